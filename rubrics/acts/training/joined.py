"""Two replies to one message made one: most replies that were added later do a single thing.

Replies at work do several things at once. What holds of the whole follows from the codebook
(``docs/labelling.md``) where the parts settle it; everything else is left unknown.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from rubrics.acts import heads
from rubrics.acts.training.data import Row

Known = Mapping[str, float]
#: What makes a reply take up the message, so that the slips of taking up nothing are gone.
_TAKES_UP = ("act:notice", "act:reflect")
_NOTHING_TAKEN_UP = frozenset({"tag:premature_solving", "tag:keyword_empathy", "tag:interrogating"})
#: True of the whole only when true of both parts.
_BOTH = frozenset({"tag:ignoring"})
#: Settled by the size or order of the parts, so known only where both agree.
_AGREED = frozenset(
    {
        "tag:toxic_positivity",
        "tag:policy_blame",
        "tag:defensiveness",
        "tag:self_orientation",
        "tag:empathy_loop",
        "tag:caving",
        "tag:over_apology",
        "act:position",
        "act:own_view",
        "act:concede",
        *heads.WORK_BEHAVIOUR,
    }
)
_UNDERSTOOD = frozenset(c for c in heads.WORK if "exploration" not in c)
_UNDONE = (heads.COLD, "tag:but_negation", "tag:hostility")
_MOST_WORDS = 50


def joined(rows: list[Row], seed: int) -> list[Row]:
    """Each reply followed by another to the same message, where both together are not too long."""
    random = np.random.default_rng(seed)
    messages: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        messages[row.message].append(row)
    found = []
    for row in rows:
        others = [other for other in messages[row.message] if other is not row]
        if others:
            other = others[int(random.integers(len(others)))]
            if len(f"{row.reply} {other.reply}".split()) <= _MOST_WORDS:
                found.append(_join(row, other))
    return found


def _join(first: Row, second: Row) -> Row:
    end = "" if first.reply.rstrip()[-1:] in set(".!?…)") else "."
    start = f"{first.reply.rstrip()}{end} "
    shifted = {k: (a + len(start), b + len(start)) for k, (a, b) in second.quotes.items()}
    known = {c: v for c in first.known if (v := _whole(c, first.known, second.known)) is not None}
    quotes = {k: v for k, v in (shifted | first.quotes).items() if known.get(k) == 1}
    return Row(first.source, first.key, first.message, start + second.reply, known, quotes)


def _whole(column: str, first: Known, second: Known) -> float | None:
    """What is known of a column of both parts together, if anything."""
    pair = first[column], second.get(column)
    if column == heads.SPECIFIC:
        return 1.0 if 1.0 in pair else None
    if column in _UNDERSTOOD and any(p[c] for p in (first, second) for c in _UNDONE):
        return 0.0
    if column in _NOTHING_TAKEN_UP and any(p[c] for p in (first, second) for c in _TAKES_UP):
        return 0.0
    if pair[0] == pair[1]:
        return pair[0]
    if column in _AGREED or column in _NOTHING_TAKEN_UP:
        return None
    return 0.0 if column in _BOTH else 1.0
