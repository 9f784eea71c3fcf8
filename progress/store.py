"""The record of practice: every turn is on the disk before it is shown, and only its owner sees it.

Every method takes the ``user`` and answers for somebody else's play exactly as for one that does
not exist (UnknownPlay). Every method raises StoreError and nothing of the database's own.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import Engine, delete
from sqlmodel import Session, col

from progress import queries, rows
from progress.audit import is_intact
from progress.database import check_schema, scrub, transaction
from progress.errors import AlreadyStored, StoreError, TurnConflict, UnknownTurn
from progress.play import Ending, Hint, NewPlay, NewTurn, Play, PlaySummary, ScoreRecord, Turn, User
from progress.tables import (
    PracticeHint,
    PracticePlay,
    PracticeScorecard,
    PracticeSelfRating,
    UserRow,
)
from rubrics.model import Scorecard

__all__ = ["SOLO_USER", "Store", "StoreError", "TurnConflict", "utc_now"]

#: The one user where nobody logs in.
SOLO_USER = UUID("00000000-0000-4000-8000-000000000001")


def utc_now() -> datetime:
    """The time now."""
    return datetime.now(UTC)


class Store:
    """The record behind one engine; safe to share between threads."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock
        self._schema_checked = False

    def ensure_user(self, *, user: UUID = SOLO_USER, display_name: str = "You") -> User:
        """The user, made on the spot where there is none yet."""
        with self._read() as session:
            row = session.get(UserRow, user)
        if row is None:
            with self._write() as session:
                row = session.get(UserRow, user) or UserRow(
                    id=user, display_name=display_name, created_at=self._clock()
                )
                session.add(row)
        return User.model_validate(row.model_dump())

    def start_play(self, *, user: UUID, new: NewPlay) -> Play:
        """Begin a role-play.

        Raises:
            UnknownUser: ``ensure_user`` was not called, or the user was erased.
        """
        with self._write() as session:
            queries.known(session, user)
            row = PracticePlay(owner=user, started_at=self._clock(), **new.model_dump())
            session.add(row)
            return rows.as_play(session, row)

    def start_retry(self, *, user: UUID, play_id: UUID, from_turn: int) -> Play:
        """Begin again from a turn: a new play with the turns before it, in the same mood.

        Raises:
            UnknownTurn: the play has no turn of that index.
        """
        with self._write() as session:
            first = queries.own(session, user, play_id, lock=True)
            turns = rows.turn_rows(session, play_id)
            if not 0 <= from_turn < len(turns):
                raise UnknownTurn
            setup = first.model_dump(include=set(NewPlay.model_fields))
            row = PracticePlay(
                owner=user,
                started_at=self._clock(),
                retry_of=play_id,
                retry_turn=from_turn,
                **setup,
            )
            session.add(row)
            session.flush()
            session.add_all(rows.copied_turn(turn, row.id) for turn in turns[:from_turn])
            session.flush()
            return rows.as_play(session, row)

    def append_turn(
        self,
        *,
        user: UUID,
        play_id: UUID,
        index: int,
        turn: NewTurn,
        ending: str | None = None,
    ) -> Turn:
        """Store turn ``index`` (from 0) in one transaction; it is durable on return.

        The same ``client_token`` again stores nothing and returns the turn stored first. With
        ``ending`` the conversation ends with this turn. A turn after a hint is stored as assisted.

        Raises:
            TurnConflict: ``index`` is not the next one; carries the turns that are stored.
            PlayClosed: the conversation has ended.
            ValueError: ``ending`` is not an ``Ending``.
        """
        with self._write() as session:
            play = queries.own(session, user, play_id, lock=True)
            stored = queries.turn_of_token(session, play_id, turn.client_token)
            if stored is not None:
                return rows.as_turn(stored)
            if index != queries.count_turns(session, play_id):
                raise TurnConflict(rows.turns(session, play_id))
            queries.expect_phase(play, "conversation")
            row = rows.turn_row(play_id, index, turn, self._clock())
            row.assisted = row.assisted or queries.is_hinted(session, play_id, index)
            session.add(row)
            if ending is not None:
                self._end(play, ending)
            return rows.as_turn(row)

    def add_hint(
        self, *, user: UUID, play_id: UUID, before_turn: int, depth: int, text: str
    ) -> Hint:
        """Store a hint for the reply ``before_turn``, which becomes an assisted one.

        Raises:
            UnknownTurn: ``before_turn`` is not the next turn.
            PlayClosed: the conversation has ended.
        """
        hint = Hint(before_turn=before_turn, depth=depth, text=text, created_at=self._clock())
        with self._write() as session:
            queries.expect_phase(queries.own(session, user, play_id, lock=True), "conversation")
            if before_turn != queries.count_turns(session, play_id):
                raise UnknownTurn
            session.add(PracticeHint(play_id=play_id, **hint.model_dump()))
        return hint

    def finish(self, *, user: UUID, play_id: UUID, ending: str) -> Play:
        """End the conversation; again with the same ending changes nothing.

        Raises:
            PlayClosed: it ended otherwise.
            ValueError: not an ``Ending``.
        """
        with self._write() as session:
            play = queries.own(session, user, play_id, lock=True)
            if play.ending != ending:
                queries.expect_phase(play, "conversation")
                self._end(play, ending)
            return rows.as_play(session, play)

    def save_self_ratings(self, *, user: UUID, play_id: UUID, levels: Mapping[str, float]) -> Play:
        """Store how the person rates themselves, level 0-4 by competency, before the scores.

        Raises:
            ValueError: a level outside 0-4.
            PlayClosed: the conversation is not over, or the scores have been shown.
            AlreadyStored: other ratings are stored.
        """
        if any(not 0 <= level <= 4 for level in levels.values()):
            raise ValueError("a self-rating is between 0 and 4")
        with self._write() as session:
            play = queries.own(session, user, play_id, lock=True)
            stored = rows.self_ratings(session, play_id)
            if stored and stored != dict(levels):
                raise AlreadyStored
            if not stored:
                queries.expect_phase(play, "self_rating")
                now = self._clock()
                session.add_all(
                    PracticeSelfRating(
                        play_id=play_id, competency=name, level=level, created_at=now
                    )
                    for name, level in levels.items()
                )
            return rows.as_play(session, play)

    def save_scorecard(
        self,
        *,
        user: UUID,
        play_id: UUID,
        scorecard: Scorecard,
        raw_levels: rows.RawLevels | None = None,
        calibrated: Collection[str] = (),
    ) -> Play:
        """Store the scores, once; the same ones again change nothing.

        Args:
            user: the owner.
            play_id: a play whose conversation is over.
            scorecard: the scores.
            raw_levels: competency to model to level before calibration, where models judged.
            calibrated: competencies whose level went through a calibration.

        Raises:
            PlayClosed: the conversation is not over.
            AlreadyStored: other scores are stored.
        """
        with self._write() as session:
            play = queries.own(session, user, play_id, lock=True)
            stored = rows.stored_scorecard(session, play_id)
            if stored is None:
                queries.expect_phase(play, "self_rating")
                made_by = rows.MadeBy(raw_levels or {}, frozenset(calibrated))
                rows.add_scorecard(session, play, scorecard, made_by, self._clock())
                play.phase = "debrief"
            elif stored != scorecard:
                raise AlreadyStored
            return rows.as_play(session, play)

    def load_play(self, *, user: UUID, play_id: UUID) -> Play:
        """A play with everything in it."""
        with self._read() as session:
            return rows.as_play(session, queries.own(session, user, play_id))

    def unfinished(self, *, user: UUID) -> tuple[PlaySummary, ...]:
        """The user's plays that have no scores yet, newest first."""
        return tuple(play for play in self.history(user=user) if play.phase != "debrief")

    def history(self, *, user: UUID) -> tuple[PlaySummary, ...]:
        """All the user's plays, newest first."""
        with self._read() as session:
            replies = queries.reply_counts(session, user)
            plays = queries.plays_of(session, user)
            return tuple(rows.as_summary(row, replies.get(row.id, 0)) for row in plays)

    def score_history(self, *, user: UUID) -> tuple[ScoreRecord, ...]:
        """All the user's scores, oldest first."""
        with self._read() as session:
            return tuple(rows.as_score_record(*row) for row in queries.scores_of(session, user))

    def scores_intact(self, *, user: UUID, play_id: UUID) -> bool:
        """Whether the play's scores are as they were sealed; True where it has none."""
        with self._read() as session:
            queries.own(session, user, play_id)
            card = session.get(PracticeScorecard, play_id)
            return card is None or is_intact(card, rows.score_rows(session, play_id))

    def delete_play(self, *, user: UUID, play_id: UUID) -> None:
        """Delete a play and every row under it, for good."""
        with self._write() as session:
            session.delete(queries.own(session, user, play_id, lock=True))
        scrub(self._engine)

    def delete_all(self, *, user: UUID) -> None:
        """Delete the user and everything of theirs, for good. Nothing happens where there is none.

        ``ensure_user`` makes an empty one again.
        """
        with self._write() as session:
            session.exec(delete(UserRow).where(col(UserRow.id) == user))
        scrub(self._engine)

    def export(self, *, user: UUID) -> dict[str, Any]:
        """Everything the record holds of the user, ready for JSON."""
        with self._read() as session:
            row = queries.known(session, user)
            plays = [rows.as_play(session, play) for play in queries.plays_of(session, user)]
        return {
            "format": "attune-practice/1",
            "exported_at": self._clock().isoformat(),
            "user": row.model_dump(mode="json"),
            "plays": [play.model_dump(mode="json") for play in plays],
        }

    def _read(self) -> AbstractContextManager[Session]:
        return self._session(write=False)

    def _write(self) -> AbstractContextManager[Session]:
        return self._session(write=True)

    def _session(self, *, write: bool) -> AbstractContextManager[Session]:
        if not self._schema_checked:
            check_schema(self._engine)
            self._schema_checked = True
        return transaction(self._engine, write=write)

    def _end(self, play: PracticePlay, ending: str) -> None:
        if ending not in get_args(Ending):
            raise ValueError(f"no such ending: {ending!r}")
        play.phase = "self_rating"
        play.ending = ending
        play.ended_at = self._clock()
