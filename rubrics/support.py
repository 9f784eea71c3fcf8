"""What one reply supports: a level, and verbatim words that prove it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rubrics.acts.reading import Act, Span, Tag
from rubrics.conversation import Reply, normal
from rubrics.model import Competency, Evidence, Indicator

#: A quote longer than this is cut at a word; it stays verbatim.
MAX_QUOTE = 240
#: The level of a reply that shows nothing of a skill: absent.
ABSENT = 1.0


@dataclass(frozen=True)
class Support:
    """A reply's level for one competency, and its quote where the level has to be proven."""

    reply: Reply
    level: float
    evidence: Evidence | None


def support(reply: Reply, competency: Competency) -> Support:
    """The highest level whose acts are there and whose words can be quoted."""
    if reply.usable:
        for indicator in sorted(competency.indicators, key=lambda i: -i.level):
            if not _meets(reply, indicator):
                continue
            quote = first_quote(reply, [*indicator.all_of, *indicator.any_of])
            if quote or indicator.level <= ABSENT:
                return Support(reply, float(indicator.level), quote)
    return Support(reply, ABSENT, None)


def distinct(supports: Iterable[Support]) -> tuple[Support, ...]:
    """One of each: a reply or quote pasted again proves nothing more."""
    seen: set[str] = set()
    kept = []
    for item in supports:
        keys = {normal(item.reply.text)}
        keys |= {normal(item.evidence.quote)} if item.evidence else set()
        if not keys & seen:
            kept.append(item)
        seen |= keys
    return tuple(kept)


def harm(reply: Reply, tags: Iterable[Tag]) -> Evidence | None:
    """The words of the first of these slips in a reply."""
    wanted = set(tags) & reply.tags
    spans = (hit for hit in reply.reading.tags if hit.tag in wanted)
    return next((found for span in spans if (found := quote(reply, span))), None)


def first_quote(reply: Reply, acts: Iterable[Act]) -> Evidence | None:
    """The first span of these acts that is really there in the reply."""
    spans = (
        span
        for act in acts
        if reply.reading.has(act)
        for span in reply.reading.act_spans.get(act, ())
    )
    return next((found for span in spans if (found := quote(reply, span))), None)


def quote(reply: Reply, span: Span) -> Evidence | None:
    """The span as evidence, or None where it is not within the text or holds no word."""
    if not 0 <= span.start < span.end <= len(reply.text):
        return None
    end = span.end
    if end - span.start > MAX_QUOTE:
        cut = reply.text.rfind(" ", span.start, span.start + MAX_QUOTE)
        end = cut if cut > span.start else span.start + MAX_QUOTE
    words = reply.text[span.start : end]
    if not any(char.isalnum() for char in words):
        return None
    return Evidence(turn=reply.turn, start=span.start, end=end, quote=words)


def _meets(reply: Reply, indicator: Indicator) -> bool:
    acts = reply.acts
    return (
        acts.issuperset(indicator.all_of)
        and (not indicator.any_of or not acts.isdisjoint(indicator.any_of))
        and acts.isdisjoint(indicator.none_of)
        and reply.grounding >= indicator.min_grounding
    )
