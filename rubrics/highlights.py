"""The two moments a debrief talks about: what worked best, and the one thing to change."""

from collections.abc import Container, Iterable, Iterator, Mapping

from rubrics.acts.reading import Act, Frozen, ReplyReading, Span, Tag
from rubrics.acts.text import prose
from rubrics.conversation import Reply, replies
from rubrics.model import Competency, Evidence, Rubric, Scorecard, Transcript
from rubrics.opportunity import chances
from rubrics.reasons import MISSING, SHOWN, SLIP_REASONS
from rubrics.support import ABSENT, Support, quote, support

#: The level a training aims at; what it takes is what a weaker reply misses.
TARGET = 3


class Highlight(Frozen):
    """One moment: the words, the skill it is about, and why, said of the reply."""

    turn: int
    start: int
    end: int
    quote: str
    competency: str
    #: A tag's name, or "shown:<act>", or "missing:<act>".
    reason: str
    text: str


class Highlights(Frozen):
    """The strongest and the weakest employee turn, where there are such."""

    strength: Highlight | None = None
    change: Highlight | None = None


def highlights(
    transcript: Transcript,
    readings: Mapping[int, ReplyReading],
    scorecard: Scorecard,
    rubric: Rubric,
    *,
    harmed: Container[int] = (),
) -> Highlights:
    """The two moments, taken from the competencies that were rated.

    Where nothing could be rated, what the words prove is told all the same: a slip is one in the
    shortest conversation. ``harmed`` are turns that the other person was worse off after; none of
    them is a strength.
    """
    said = tuple(reply for reply in replies(transcript, readings) if reply.usable)
    rated = [c for c in rubric.competencies if _rated(scorecard, c)]
    seen = rated or list(rubric.competencies)
    strength = _strength((reply for reply in said if reply.turn not in harmed), seen)
    change = next(_slips(said, seen), None) or _gap(said, rated, scorecard, strength)
    return Highlights(strength=strength, change=change)


def _rated(scorecard: Scorecard, competency: Competency) -> bool:
    score = scorecard.competencies.get(competency.id)
    return score is not None and score.status == "rated"


def _strength(said: Iterable[Reply], rated: list[Competency]) -> Highlight | None:
    """The best-supported moment of a reply without slips; the earlier of two equals."""
    found = [(support(r, c), c) for r in said if not r.tags for c in rated]
    proven = [(s, c) for s, c in found if s.evidence and s.level > ABSENT]
    if not proven:
        return None
    best, competency = max(proven, key=lambda pair: pair[0].level)
    act = _act_at(best)
    return _highlight(best.evidence, competency.id, f"shown:{act}", SHOWN.get(act))


def _slips(said: tuple[Reply, ...], rated: list[Competency]) -> Iterator[Highlight]:
    """Slips from the gravest, each with the rated competency that it costs most."""
    for tag, text in SLIP_REASONS.items():
        competency = _costs_most(tag, rated)
        for reply in said if competency else ():
            if tag in reply.tags and (words := _words(reply, tag)):
                yield from _some(_highlight(words, competency, tag.value, text))


def _costs_most(tag: Tag, rated: list[Competency]) -> str | None:
    caps = [(cap.max_level, c.id) for c in rated for cap in c.caps if cap.tag == tag]
    return min(caps, key=lambda pair: pair[0])[1] if caps else None


def _gap(
    said: tuple[Reply, ...],
    rated: list[Competency],
    scorecard: Scorecard,
    strength: Highlight | None,
) -> Highlight | None:
    """The weakest reply for the weakest competency, and the act that it misses.

    The reply to keep is not also the one to change where there is another.
    """
    for competency in sorted(rated, key=lambda c: scorecard.competencies[c.id].level or 0):
        could = chances(competency, said, None) or said
        could = tuple(r for r in could if not strength or r.turn != strength.turn) or could
        weakest = min((support(r, competency) for r in could), key=lambda s: s.level, default=None)
        if weakest is None or weakest.level >= TARGET:
            continue
        act = _missing(competency, weakest.reply)
        if act and (words := _opening(weakest.reply)):
            return _highlight(words, competency.id, f"missing:{act}", MISSING[act])
    return None


def _missing(competency: Competency, reply: Reply) -> Act | None:
    """The first act of the target level that the reply lacks."""
    wanted = [i for i in competency.indicators if i.level == TARGET]
    acts = (act for i in wanted for act in (*i.all_of, *i.any_of))
    return next((act for act in acts if act not in reply.acts and act in MISSING), None)


def _words(reply: Reply, tag: Tag) -> Evidence | None:
    hits = (hit for hit in reply.reading.tags if hit.tag == tag)
    return next((found for hit in hits if (found := quote(reply, hit))), _opening(reply))


def _opening(reply: Reply) -> Evidence | None:
    sentences = prose(reply.text).sentences
    return quote(reply, Span(start=sentences[0].start, end=sentences[0].end)) if sentences else None


def _act_at(best: Support) -> Act:
    """The act whose span the evidence is."""
    evidence = best.evidence
    start = evidence.start if evidence else 0
    spans = best.reply.reading.act_spans
    found = (act for act, at in spans.items() if act in SHOWN and any(s.start == start for s in at))
    return next(found, Act.REFLECT)


def _highlight(
    words: Evidence | None, competency: str | None, reason: str, text: str | None
) -> Highlight | None:
    if words is None or competency is None or text is None:
        return None
    return Highlight(**words.model_dump(), competency=competency, reason=reason, text=text)


def _some(item: Highlight | None) -> Iterator[Highlight]:
    if item is not None:
        yield item
