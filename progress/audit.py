"""The hash chain over one play's scores: who changes, adds or removes one later breaks it."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from progress.tables import PracticeScore, PracticeScorecard

#: Columns that rows sealed by an older version lack: left out of the seal where they are empty.
_NEW = ("disagreement", "judgement")


def link(previous: str, record: dict[str, Any]) -> str:
    """SHA-256 of the hash before it and the record, as hex."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def seal(card: PracticeScorecard, scores: Iterable[PracticeScore]) -> None:
    """Write the chain into rows that are about to be stored, in their order."""
    last = _start(card)
    for score in scores:
        score.audit_hash = last = link(last, _record(score))
    card.audit_hash = link(last, _record(card))


def is_intact(card: PracticeScorecard, scores: Iterable[PracticeScore]) -> bool:
    """Whether stored rows, in their order, are what was sealed."""
    last = _start(card)
    for score in scores:
        if score.audit_hash != link(last, _record(score)):
            return False
        last = score.audit_hash
    return card.audit_hash == link(last, _record(card))


def _start(card: PracticeScorecard) -> str:
    return card.play_id.hex


def _record(row: PracticeScore | PracticeScorecard) -> dict[str, Any]:
    record = row.model_dump(mode="json", exclude={"audit_hash"})
    return {name: value for name, value in record.items() if value is not None or name not in _NEW}
