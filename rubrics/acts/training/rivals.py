"""Pairs of replies to one message of which one must score higher, matched in length."""

from collections.abc import Callable, Sequence
from itertools import product

from rubrics.acts import heads
from rubrics.acts.learned import Seen
from rubrics.acts.reading import ReplyReading
from rubrics.acts.training.data import COLD_TAGS, Row

Rivals = dict[str, list[tuple[float, float]]]
Kind = Callable[[Row], bool]
#: Most that the longer of two matched replies may exceed the shorter, as a ratio of words.
MATCHED = 1.5
_SHORT, _LONG = 16, 24
#: Sum of the labelled mechanisms of real empathy: stuffing has 2 at most by the codebook.
_REAL = 3


def empathy(reading: ReplyReading, seen: Seen) -> float:
    """Sum of the expected mechanisms, less coldness: harm is below absence (rubric.md, levels)."""
    found = reading.mechanisms
    parts = (found.emotional_reaction, found.interpretation, found.exploration)
    return sum(mechanism.expected for mechanism in parts) - seen.chance(heads.COLD)


def rivals(rows: Sequence[Row], readings: Sequence[ReplyReading], seen: Sequence[Seen]) -> Rivals:
    """Empathy scores (better, worse) of all such pairs within one message."""
    scored = [
        (row, empathy(reading, one)) for row, reading, one in zip(rows, readings, seen, strict=True)
    ]
    return {
        "real above stuffed": _pairs(scored, _real, _stuffed, _matched),
        "short real above long dismissive": _pairs(scored, _real, _dismissive, _short_long),
        "neutral above dismissive": _pairs(scored, _neutral, _dismissive, _matched),
    }


def _pairs(
    scored: Sequence[tuple[Row, float]], better: Kind, worse: Kind, fit: Callable[[Row, Row], bool]
) -> list[tuple[float, float]]:
    return [
        (high, low)
        for (a, high), (b, low) in product(scored, scored)
        if a.key == b.key and better(a) and worse(b) and fit(a, b)
    ]


def _words(row: Row) -> int:
    return len(row.reply.split())


def _matched(a: Row, b: Row) -> bool:
    return max(_words(a), _words(b)) <= MATCHED * max(1, min(_words(a), _words(b)))


def _short_long(a: Row, b: Row) -> bool:
    return _words(a) <= _SHORT and _words(b) >= _LONG


def _real(row: Row) -> bool:
    return sum(row.known[name] for name in heads.WORK) >= _REAL


def _stuffed(row: Row) -> bool:
    return row.known["tag:keyword_empathy"] == 1


def _dismissive(row: Row) -> bool:
    return any(row.known[f"tag:{tag}"] for tag in COLD_TAGS) and not _any_mechanism(row)


def _neutral(row: Row) -> bool:
    tags = [name for name, value in row.known.items() if name.startswith("tag:") and value]
    return not tags and not _any_mechanism(row)


def _any_mechanism(row: Row) -> bool:
    return any(row.known[name] for name in heads.WORK)
