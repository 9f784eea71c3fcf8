"""From rows to plain data and back. Nothing here opens a transaction or asks who may see what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from progress.audit import seal
from progress.play import Hint, NewTurn, Play, PlaySummary, ScoreRecord, Turn
from progress.tables import (
    PracticeHint,
    PracticePlay,
    PracticeScore,
    PracticeScorecard,
    PracticeSelfRating,
    PracticeTurn,
)
from rubrics.model import CompetencyScore, Scorecard

RawLevels = Mapping[str, Mapping[str, float]]
_P = TypeVar("_P", bound=PlaySummary)


@dataclass(frozen=True)
class MadeBy:
    """How levels came about: by model before calibration, and which were calibrated."""

    raw_levels: RawLevels
    calibrated: frozenset[str]


def turn_row(play_id: UUID, index: int, turn: NewTurn, now: datetime) -> PracticeTurn:
    """The row of a new turn."""
    fields = turn.model_dump() | {"pieces": list(turn.pieces), "notes": list(turn.notes)}
    return PracticeTurn(play_id=play_id, index=index, created_at=now, **fields)


def as_turn(row: PracticeTurn) -> Turn:
    """The stored turn."""
    return Turn.model_validate(row.model_dump(exclude={"play_id"}))


def turn_rows(session: Session, play_id: UUID) -> list[PracticeTurn]:
    """All turns of a play in order."""
    query = select(PracticeTurn).where(PracticeTurn.play_id == play_id)
    return list(session.exec(query.order_by(col(PracticeTurn.index))))


def turns(session: Session, play_id: UUID) -> tuple[Turn, ...]:
    """All turns of a play in order, as plain data."""
    return tuple(as_turn(row) for row in turn_rows(session, play_id))


def copied_turn(row: PracticeTurn, play_id: UUID) -> PracticeTurn:
    """The same turn for a retry that starts after it."""
    return PracticeTurn(**row.model_dump(exclude={"play_id"}), play_id=play_id)


def as_summary(row: PracticePlay, replies: int) -> PlaySummary:
    """A play without its words."""
    return _of_play(PlaySummary, row).model_copy(update={"replies": replies})


def as_play(session: Session, row: PracticePlay) -> Play:
    """A play with everything that is stored under it."""
    card = session.get(PracticeScorecard, row.id)
    scores = score_rows(session, row.id)
    said = turns(session, row.id)
    return _of_play(Play, row).model_copy(
        update={
            "replies": len(said),
            "turns": said,
            "hints": _hints(session, row.id),
            "self_ratings": self_ratings(session, row.id),
            "scorecard": card and as_scorecard(card, scores),
            "scores": tuple(as_score_record(row, card, score) for score in scores) if card else (),
        }
    )


def _of_play(kind: type[_P], row: PracticePlay) -> _P:
    return kind.model_validate(row.model_dump(include=set(kind.model_fields)))


def _hints(session: Session, play_id: UUID) -> tuple[Hint, ...]:
    query = select(PracticeHint).where(PracticeHint.play_id == play_id)
    rows = session.exec(query.order_by(col(PracticeHint.created_at), col(PracticeHint.depth)))
    return tuple(Hint.model_validate(row.model_dump(exclude={"id", "play_id"})) for row in rows)


def self_ratings(session: Session, play_id: UUID) -> dict[str, float]:
    """Level by competency, as the person rated themselves."""
    query = select(PracticeSelfRating).where(PracticeSelfRating.play_id == play_id)
    return {row.competency: row.level for row in session.exec(query)}


def score_rows(session: Session, play_id: UUID) -> list[PracticeScore]:
    """The scores of a play in the scorecard's order."""
    query = select(PracticeScore).where(PracticeScore.play_id == play_id)
    return list(session.exec(query.order_by(col(PracticeScore.position))))


def stored_scorecard(session: Session, play_id: UUID) -> Scorecard | None:
    """The scorecard as it was handed in, or None where there is none yet."""
    card = session.get(PracticeScorecard, play_id)
    return None if card is None else as_scorecard(card, score_rows(session, play_id))


def add_scorecard(
    session: Session,
    play: PracticePlay,
    scorecard: Scorecard,
    made_by: MadeBy,
    now: datetime,
) -> None:
    """Add the rows of a new scorecard, sealed by their hash chain."""
    said = turn_rows(session, play.id)
    card = PracticeScorecard(
        play_id=play.id,
        rubric=scorecard.rubric,
        versions=scorecard.versions,
        flagged_turns=list(scorecard.flagged_turns),
        state_trace=[play.opening_state, *(turn.state for turn in said)],
        assisted=any(turn.assisted for turn in said),
        retry_of=play.retry_of,
        created_at=now,
        audit_hash="",
    )
    scores = [
        _score_row(card, position, name, score, made_by)
        for position, (name, score) in enumerate(scorecard.competencies.items())
    ]
    seal(card, scores)
    session.add(card)
    session.flush()
    session.add_all(scores)


def _score_row(
    card: PracticeScorecard, position: int, name: str, score: CompetencyScore, made_by: MadeBy
) -> PracticeScore:
    return PracticeScore(
        play_id=card.play_id,
        competency=name,
        position=position,
        status=score.status,
        level=score.level,
        se=score.se,
        raw_levels_by_model=dict(made_by.raw_levels.get(name, {})),
        calibrated=name in made_by.calibrated,
        evidence=[quote.model_dump() for quote in score.evidence],
        tags=list(score.tags),
        caps_applied=list(score.caps),
        reason=score.reason,
        audit_hash="",
        disagreement=score.disagreement or None,
        judgement=score.judgement.model_dump(mode="json") if score.judgement else None,
    )


def as_score_record(
    play: PracticePlay, card: PracticeScorecard, score: PracticeScore
) -> ScoreRecord:
    """One score with all that made it."""
    fields = score.model_dump(exclude={"position", "disagreement", "judgement"})
    fields |= card.model_dump(include={"rubric", "versions", "state_trace", "assisted", "retry_of"})
    fields |= play.model_dump(include={"scenario_id", "scenario_version", "counterpart_version"})
    return ScoreRecord.model_validate(
        fields | {"user": play.owner, "practised_at": play.started_at}
    )


def as_scorecard(card: PracticeScorecard, scores: list[PracticeScore]) -> Scorecard:
    """The scorecard as it was handed in."""
    return Scorecard.model_validate(
        {
            "rubric": card.rubric,
            "flagged_turns": card.flagged_turns,
            "versions": card.versions,
            "competencies": {score.competency: _as_competency_score(score) for score in scores},
        }
    )


def _as_competency_score(score: PracticeScore) -> dict[str, object]:
    names = {"status", "level", "se", "evidence", "tags", "reason", "judgement"}
    more = {"caps": score.caps_applied, "disagreement": bool(score.disagreement)}
    return score.model_dump(include=names) | more
