"""Another way to say a reply, by rule: works offline, and keeps what was fine."""

import random
import re

from rubrics.acts.grounding import content
from rubrics.acts.reading import Act, ReplyReading, Tag
from scenarios.model import Coaching
from trainer.coach import Need, wordings

#: Slips whose words have to go; the rest of the reply stays the employee's own.
_DROPPED = frozenset(
    {
        Tag.HOSTILITY,
        Tag.THREAT,
        Tag.SLUR,
        Tag.POLICY_BLAME,
        Tag.OTHER_BLAME,
        Tag.MINIMISING,
        Tag.TOXIC_POSITIVITY,
        Tag.DEFENSIVENESS,
        Tag.LABELLING,
        Tag.MIND_READING,
        Tag.OVER_PROMISE,
        Tag.KEYWORD_EMPATHY,
        Tag.BUT_NEGATION,
        Tag.OVER_APOLOGY,
        Tag.SELF_ORIENTATION,
        Tag.MANIPULATION,
        Tag.INTERROGATING,
        Tag.IGNORING,
        Tag.CAVING,
    }
)
#: Slips that colour the whole reply: nothing of it is kept …
_SPOILS = frozenset({Tag.HOSTILITY, Tag.THREAT, Tag.SLUR, Tag.LABELLING, Tag.MANIPULATION})
#: … and slips whose other sentences are kept only where they do something for the other person.
_TAINTS = frozenset(
    {
        Tag.POLICY_BLAME,
        Tag.OTHER_BLAME,
        Tag.MINIMISING,
        Tag.TOXIC_POSITIVITY,
        Tag.DEFENSIVENESS,
        Tag.MIND_READING,
        Tag.CAVING,
    }
)
_DOES_GOOD = (
    Act.NOTICE,
    Act.REFLECT,
    Act.EXPLORE,
    Act.VALIDATE,
    Act.APOLOGISE,
    Act.OWN,
    Act.SOLVE,
    Act.OFFER_CHOICE,
    Act.COMMIT,
    Act.INFORM,
)
#: Openings that say nothing once another sentence comes before them.
_FILLER = re.compile(
    r"(?:ok(?:ay)?|i see|alright|all right|right|sure|well|yes|i (?:totally |completely )?"
    r"(?:understand|get it|get that))[.!,…]*",
    re.I,
)
_BY_TAG: dict[Tag, Need] = {
    Tag.HOSTILITY: "steady",
    Tag.THREAT: "steady",
    Tag.SLUR: "steady",
    Tag.DEFENSIVENESS: "own",
    Tag.POLICY_BLAME: "own",
    Tag.OTHER_BLAME: "own",
    Tag.OVER_APOLOGY: "own",
    Tag.OVER_PROMISE: "step",
    Tag.EMPATHY_LOOP: "step",
    Tag.CAVING: "step",
}
_BY_COMPETENCY: dict[str, Need] = {
    "EXPLORE": "explore",
    "INTERESTS": "explore",
    "STEADY": "steady",
    "OWN": "own",
    "CANDOUR": "own",
    "PARTNER": "step",
    "RESOLVE": "step",
    "FAIR-WAY": "step",
    "BRIDGE": "step",
}
_BY_ACT: dict[Act, Need] = {
    Act.NOTICE: "acknowledge",
    Act.REFLECT: "acknowledge",
    Act.VALIDATE: "acknowledge",
    Act.EXPLORE: "explore",
    Act.ASK_INTEREST: "explore",
    Act.APOLOGISE: "own",
    Act.OWN: "own",
    Act.SOLVE: "step",
    Act.OFFER_CHOICE: "step",
    Act.COMMIT: "step",
}
#: These come after what the employee said; the others come before it.
_FOLLOWS: frozenset[Need] = frozenset({"explore", "step"})
#: Longer replies are cut short, so that another wording stays one to remember.
_LONGEST_KEPT = 160


def reword(
    reply: str, reading: ReplyReading, competency: str, coaching: Coaching, seed: int
) -> str:
    """Another way to say the same reply: what hurt is left out, what was missing is put in.

    What is left of the employee's own words stays theirs. ``coaching`` supplies the missing piece.
    """
    slips = [hit.tag for hit in reading.tags]
    need = next((_BY_TAG[tag] for tag in slips if tag in _BY_TAG), None)
    if need is None:
        need = "acknowledge" if slips else need_of(competency)
    added = another_way(need, coaching, f"{seed}:{reply}", reply)
    own = _kept_sentences(reply, reading)
    if need in _FOLLOWS:
        return " ".join([*_short(_one_question(own, added)), added])
    return " ".join([added, *_short(own)])


def need_of(competency: str) -> Need:
    """What a counterpart gets from a skill."""
    return _BY_COMPETENCY.get(competency, "acknowledge")


def need_met(reason: str, competency: str) -> Need:
    """What a strength gave the counterpart: by the act it showed, else by its skill."""
    shown = {f"shown:{act}": need for act, need in _BY_ACT.items()}
    return shown.get(reason) or need_of(competency)


def another_way(need: Need, coaching: Coaching, seed: str, said: str = "") -> str:
    """An authored wording for this need, as far from what was said as there is.

    Among equals the seed decides, so that the same seed always gives the same one.
    """
    pool, own = list(wordings(need, coaching)), content(said)
    random.Random(seed).shuffle(pool)
    return min(pool, key=lambda wording: len(content(wording) & own))


def _kept_sentences(reply: str, reading: ReplyReading) -> list[str]:
    """The sentences of the reply that can stay as they are."""
    if reading.tagged(*_SPOILS):
        return []
    bad = [hit for hit in reading.tags if hit.tag in _DROPPED]
    spans = [
        (start, end)
        for start, end in _sentences(reply)
        if not any(hit.start < end and start < hit.end for hit in bad)
    ]
    if reading.tagged(*_TAINTS):
        spans = [span for span in spans if _does_good(reading, *span)]
    texts = (reply[start:end].strip() for start, end in spans)
    return [text for text in texts if text and not _FILLER.fullmatch(text)]


def _does_good(reading: ReplyReading, start: int, end: int) -> bool:
    spans = (span for act in _DOES_GOOD for span in reading.act_spans.get(act, ()))
    return any(span.start < end and start < span.end for span in spans)


def _one_question(own: list[str], added: str) -> list[str]:
    """Without the questions at the end, where the added wording asks one itself."""
    while own and own[-1].endswith("?") and "?" in added:
        own = own[:-1]
    return own


def _short(own: list[str]) -> list[str]:
    """The first sentences, with a sign where more of them stay as they are."""
    kept = list(own)
    while len(kept) > 1 and sum(map(len, kept)) > _LONGEST_KEPT:
        kept.pop()
    return kept if len(kept) == len(own) else [*kept, "…"]


def is_harmful(reading: ReplyReading) -> bool:
    """Whether words of the reply have to go, so that little of it may be left."""
    return any(hit.tag in _DROPPED for hit in reading.tags)


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^.!?…\n]+[.!?…]*", text)]
