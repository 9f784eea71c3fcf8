"""Another way to say a reply, by rule: works offline, and keeps what was fine."""

import random
import re

from rubrics.acts.reading import ReplyReading, Tag
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
    }
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
#: These come after what the employee said; the others come before it.
_FOLLOWS: frozenset[Need] = frozenset({"explore", "step"})
_LONGEST_KEPT = 240


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
    kept = _without_slips(reply, reading)
    added = another_way(need, coaching, f"{seed}:{reply}")
    parts = (kept, added) if need in _FOLLOWS and kept else (added, kept)
    return " ".join(part for part in parts if part)


def need_of(competency: str) -> Need:
    """What a counterpart gets from a skill."""
    return _BY_COMPETENCY.get(competency, "acknowledge")


def another_way(need: Need, coaching: Coaching, seed: str) -> str:
    """One authored wording for this need, always the same for the same seed."""
    return random.Random(seed).choice(wordings(need, coaching))


def _without_slips(reply: str, reading: ReplyReading) -> str:
    """The sentences of the reply that no slip touches, at most a few."""
    bad = [hit for hit in reading.tags if hit.tag in _DROPPED]
    kept = [
        reply[start:end].strip()
        for start, end in _sentences(reply)
        if not any(hit.start < end and start < hit.end for hit in bad)
    ]
    while kept and sum(map(len, kept)) > _LONGEST_KEPT:
        kept.pop()
    return " ".join(kept)


def is_harmful(reading: ReplyReading) -> bool:
    """Whether words of the reply have to go, so that little of it may be left."""
    return any(hit.tag in _DROPPED for hit in reading.tags)


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^.!?…\n]+[.!?…]*", text)]
