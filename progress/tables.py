"""The tables. Practice has its own, named ``practice_*``: assessed work never shares one with it.

Rows are written once. Only ``phase``, ``ending`` and ``ended_at`` of a play move on; whoever wants
another turn, score or self-rating than the stored one starts a retry.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    MetaData,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

#: The migration that these tables stand for; a test holds it to the newest one.
SCHEMA_REVISION = "0002"

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


#: JSON whose absence is the database's NULL and not the word "null".
_JSON_OR_NULL: Any = JSON(none_as_null=True)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone (ValueError); store the rest as UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(SQLModel):
    """Base of all tables: their own metadata, with names that a migration can find again."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


def _of_play() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["play_id"], ["practice_play.id"], ondelete="CASCADE")


class UserRow(Table, table=True):
    """A person who practises."""

    __tablename__ = "users"

    id: UUID = Field(primary_key=True)
    display_name: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class PracticePlay(Table, table=True):
    """One role-play. ``retry_of`` is no foreign key: a retry stays one when its first is deleted.

    ``phase``: conversation (open) → self_rating (ended, not scored) → debrief (scored).
    """

    __tablename__ = "practice_play"
    __table_args__ = (
        ForeignKeyConstraint(["owner"], ["users.id"], ondelete="CASCADE"),
        CheckConstraint("mode = 'practice'", name="mode"),
        CheckConstraint("phase IN ('conversation', 'self_rating', 'debrief')", name="phase"),
        CheckConstraint(
            "ending IN ('resolved', 'partly_resolved', 'walked_away', 'open')", name="ending"
        ),
        CheckConstraint("(phase = 'conversation') = (ended_at IS NULL)", name="ended_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    owner: UUID = Field(index=True)
    scenario_id: str
    scenario_version: str
    program: str
    counterpart_version: str
    voice: str
    seed: int = Field(sa_type=BigInteger)
    started_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    phase: str = "conversation"
    ending: str | None = None
    retry_of: UUID | None = None
    retry_turn: int | None = None
    mode: str = "practice"
    opening: str = Field(sa_type=Text)
    opening_state: dict[str, Any] = Field(sa_type=JSON)


class PracticeTurn(Table, table=True):
    """One reply and what came back."""

    __tablename__ = "practice_turn"
    __table_args__ = (_of_play(), UniqueConstraint("play_id", "client_token"))

    play_id: UUID = Field(primary_key=True)
    index: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reply: str = Field(sa_type=Text)
    counterpart: str = Field(sa_type=Text)
    reading: dict[str, Any] = Field(sa_type=JSON)
    beat: dict[str, Any] = Field(sa_type=JSON)
    state: dict[str, Any] = Field(sa_type=JSON)
    voice: str
    pieces: list[str] = Field(sa_type=JSON)
    notes: list[str] = Field(sa_type=JSON)
    assisted: bool
    client_token: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class PracticeHint(Table, table=True):
    """One hint given before a reply; it makes that reply an assisted one."""

    __tablename__ = "practice_hint"
    __table_args__ = (_of_play(), CheckConstraint("depth BETWEEN 1 AND 3", name="depth"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    play_id: UUID = Field(index=True)
    before_turn: int
    depth: int
    text: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)


class PracticeSelfRating(Table, table=True):
    """How the person rated themselves before seeing the scores."""

    __tablename__ = "practice_self_rating"
    __table_args__ = (_of_play(), CheckConstraint("level BETWEEN 0 AND 4", name="level"))

    play_id: UUID = Field(primary_key=True)
    competency: str = Field(primary_key=True)
    level: float
    created_at: datetime = Field(sa_type=UtcDateTime)


class PracticeScorecard(Table, table=True):
    """What the scores of one play have in common. ``state_trace`` outlives the transcript."""

    __tablename__ = "practice_scorecard"
    __table_args__ = (_of_play(),)

    play_id: UUID = Field(primary_key=True)
    rubric: str
    versions: dict[str, str] = Field(sa_type=JSON)
    flagged_turns: list[int] = Field(sa_type=JSON)
    state_trace: list[dict[str, Any]] = Field(sa_type=JSON)
    assisted: bool
    retry_of: UUID | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    audit_hash: str


class PracticeScore(Table, table=True):
    """One competency's score; ``audit_hash`` covers the row and the hash of the row before it."""

    __tablename__ = "practice_score"
    __table_args__ = (
        ForeignKeyConstraint(["play_id"], ["practice_scorecard.play_id"], ondelete="CASCADE"),
        UniqueConstraint("play_id", "position"),
        CheckConstraint("status IN ('rated', 'no_opportunity', 'not_rated')", name="status"),
        CheckConstraint("(status = 'rated') = (level IS NOT NULL)", name="level"),
    )

    play_id: UUID = Field(primary_key=True)
    competency: str = Field(primary_key=True)
    position: int
    status: str
    level: float | None = None
    se: float | None = None
    raw_levels_by_model: dict[str, float] = Field(sa_type=JSON)
    calibrated: bool
    evidence: list[dict[str, Any]] = Field(sa_type=JSON)
    tags: list[str] = Field(sa_type=JSON)
    caps_applied: list[str] = Field(sa_type=JSON)
    reason: str | None = Field(default=None, sa_type=Text)
    audit_hash: str
    #: True where two raters are far apart; empty in most rows and in all of before 0002.
    disagreement: bool | None = None
    #: What a second rater was sent and sent back.
    judgement: dict[str, Any] | None = Field(default=None, sa_type=_JSON_OR_NULL)
