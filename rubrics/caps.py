"""Slips that limit a level, how long they do, and how they are made good."""

from collections.abc import Sequence
from dataclasses import dataclass

from rubrics.acts.reading import Act, Tag
from rubrics.conversation import NEAR, Reply
from rubrics.model import Cap, Competency

#: A slip that is left standing in this share of the replies binds the whole conversation at its
#: cap; a rarer one binds proportionally less, up to a level, because one hit of the labeller is
#: wrong too often to decide a conversation. A cap at 0 (threat, slur) always binds.
SHARE = 1 / 3
_GRAVE = 0


@dataclass(frozen=True)
class Limits:
    """What the slips of a conversation do to one competency."""

    #: The most the conversation may reach.
    overall: float
    #: Per reply, the most it may support.
    per_reply: tuple[float, ...]
    #: Names of the slips that stand, for the scorecard.
    applied: tuple[str, ...]
    #: Places in the sequence of replies at which slips stand unrepaired.
    standing: tuple[int, ...]


def limits(competency: Competency, replies: Sequence[Reply]) -> Limits:
    """The caps of a competency over the replies, with repair credit."""
    overall, per_reply, applied = 4.0, [4.0] * len(replies), []
    standing: set[int] = set()
    for cap in competency.caps:
        places = [place for place, reply in enumerate(replies) if cap.tag in reply.tags]
        unrepaired = [place for place in places if repaired_at(replies, place, cap) is None]
        for place in places:
            until = repaired_at(replies, place, cap) or place + NEAR + 1
            for index in range(place, min(until, len(replies))):
                per_reply[index] = min(per_reply[index], cap.max_level)
        if unrepaired:
            overall = min(overall, _bound(cap, len(unrepaired), len(replies)))
            applied.append(cap.tag.value)
            standing.update(unrepaired)
    return Limits(overall, tuple(per_reply), tuple(applied), tuple(sorted(standing)))


def repaired_at(replies: Sequence[Reply], place: int, cap: Cap) -> int | None:
    """Where within two replies the slip is made good: taken back, owned up to, or done right."""
    for index in range(place + 1, min(place + NEAR + 1, len(replies))):
        if cap.tag not in replies[index].tags and _makes_good(replies[index], cap):
            return index
    return None


def unrepaired_harm(replies: Sequence[Reply], tags: Sequence[Tag]) -> tuple[int, ...]:
    """Places at which one of these slips stands, neither taken back nor owned up to."""
    return tuple(
        place
        for tag in tags
        for place, reply in enumerate(replies)
        if tag in reply.tags and repaired_at(replies, place, Cap(tag=tag, max_level=0)) is None
    )


def _bound(cap: Cap, times: int, replies: int) -> float:
    if cap.max_level == _GRAVE:
        return float(_GRAVE)
    return min(4.0, cap.max_level + 1 - min(1.0, times / (SHARE * replies)))


def _makes_good(reply: Reply, cap: Cap) -> bool:
    if not reply.usable:
        return False
    owned = {Act.OWN, Act.APOLOGISE} <= reply.acts
    return Act.REPAIR in reply.acts or owned or not reply.acts.isdisjoint(cap.repaired_by)
