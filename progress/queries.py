"""The questions the store asks inside its transactions."""

from uuid import UUID

from sqlmodel import Session, col, func, select

from progress.access import sees_practice
from progress.errors import PlayClosed, UnknownPlay, UnknownUser
from progress.play import Phase
from progress.tables import (
    PracticeHint,
    PracticePlay,
    PracticeScore,
    PracticeScorecard,
    PracticeTurn,
    UserRow,
)


def known(session: Session, user: UUID) -> UserRow:
    """The user's row, or UnknownUser."""
    row = session.get(UserRow, user)
    if row is None:
        raise UnknownUser
    return row


def own(session: Session, user: UUID, play_id: UUID, *, lock: bool = False) -> PracticePlay:
    """The play, or UnknownPlay where it is not the user's to see.

    With ``lock`` no other transaction writes under this play until ours is done.
    """
    query = select(PracticePlay).where(PracticePlay.id == play_id, sees_practice(user))
    row = session.exec(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise UnknownPlay
    return row


def plays_of(session: Session, user: UUID) -> list[PracticePlay]:
    """All plays the user may see, newest first."""
    query = select(PracticePlay).where(sees_practice(user))
    order = (col(PracticePlay.started_at).desc(), col(PracticePlay.id))
    return list(session.exec(query.order_by(*order)))


def reply_counts(session: Session, user: UUID) -> dict[UUID, int]:
    """How many replies each play holds that has any, by play."""
    query = (
        select(PracticeTurn.play_id, func.count())
        .join(PracticePlay, col(PracticePlay.id) == col(PracticeTurn.play_id))
        .where(sees_practice(user))
        .group_by(col(PracticeTurn.play_id))
    )
    return dict(session.exec(query).all())


def scores_of(
    session: Session, user: UUID
) -> list[tuple[PracticePlay, PracticeScorecard, PracticeScore]]:
    """All scores the user may see with what they belong to, oldest first."""
    query = (
        select(PracticePlay, PracticeScorecard, PracticeScore)
        .where(col(PracticeScorecard.play_id) == PracticePlay.id)
        .where(col(PracticeScore.play_id) == PracticePlay.id)
        .where(sees_practice(user))
    )
    order = (col(PracticePlay.started_at), col(PracticePlay.id), col(PracticeScore.position))
    return list(session.exec(query.order_by(*order)))


def expect_phase(play: PracticePlay, phase: Phase) -> None:
    """PlayClosed unless the play is in that phase."""
    if play.phase != phase:
        raise PlayClosed


def count_turns(session: Session, play_id: UUID) -> int:
    """How many turns are stored."""
    query = select(func.count()).where(PracticeTurn.play_id == play_id)
    return session.exec(query).one()


def turn_of_token(session: Session, play_id: UUID, token: str) -> PracticeTurn | None:
    """The turn that a tab stored under its token, if it did."""
    query = select(PracticeTurn).where(PracticeTurn.play_id == play_id)
    return session.exec(query.where(PracticeTurn.client_token == token)).one_or_none()


def is_hinted(session: Session, play_id: UUID, index: int) -> bool:
    """Whether a hint was given before the turn."""
    query = select(PracticeHint.id).where(PracticeHint.play_id == play_id)
    return session.exec(query.where(PracticeHint.before_turn == index)).first() is not None
