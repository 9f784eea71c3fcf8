"""What the record gives out and takes in: plain frozen data, safe to keep, no rows behind it."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, computed_field

from rubrics.model import Evidence, Scorecard, Status

Phase = Literal["conversation", "self_rating", "debrief"]
Ending = Literal["resolved", "partly_resolved", "walked_away", "open"]
#: A JSON object as ``model_dump(mode="json")`` gives it.
JsonObject = dict[str, Any]


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text with a NUL character cannot be stored")
    text.encode()  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    return text


StoredText = Annotated[str, AfterValidator(_storable)]
Name = Annotated[str, AfterValidator(_storable), Field(min_length=1)]


class Stored(BaseModel):
    """Plain data that nobody changes in place and that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class User(Stored):
    """A person who practises."""

    id: UUID
    display_name: Name
    created_at: datetime


class NewPlay(Stored):
    """What a role-play starts from: enough to play it again, move by move."""

    scenario_id: Name
    scenario_version: Name
    program: Name
    counterpart_version: Name
    voice: Name
    seed: int = Field(ge=-(2**63), lt=2**63)
    opening: StoredText
    opening_state: JsonObject


class NewTurn(Stored):
    """A reply, what it did, and the answer to it."""

    #: Chosen by the tab once a reply; sending the same one again stores nothing twice.
    client_token: Name
    reply: StoredText
    counterpart: StoredText
    reading: JsonObject
    beat: JsonObject
    #: How the counterpart is after this turn.
    state: JsonObject
    voice: Name
    pieces: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assisted: bool = False


class Turn(NewTurn):
    """A stored turn. ``index`` counts replies from 0."""

    index: int = Field(ge=0)
    created_at: datetime


class Hint(Stored):
    """A hint given before the reply ``before_turn``; depth 1 cue, 2 principle, 3 example."""

    before_turn: int = Field(ge=0)
    depth: int = Field(ge=1, le=3)
    text: StoredText
    created_at: datetime


class ScoreRecord(Stored):
    """One score with everything that made it (the fields of the score record)."""

    play_id: UUID
    user: UUID
    mode: Literal["practice"] = "practice"
    assisted: bool
    retry_of: UUID | None
    scenario_id: str
    scenario_version: str
    counterpart_version: str
    rubric: str
    versions: dict[str, str]
    competency: str
    status: Status
    level: float | None
    se: float | None
    raw_levels_by_model: dict[str, float]
    calibrated: bool
    evidence: tuple[Evidence, ...]
    tags: tuple[str, ...]
    caps_applied: tuple[str, ...]
    reason: str | None
    state_trace: tuple[JsonObject, ...]
    #: When the conversation began: skills are dated by practice, not by scoring.
    practised_at: datetime
    audit_hash: str

    @computed_field  # type: ignore[prop-decorator]
    @property
    def abstained(self) -> bool:
        """Whether there was something to rate and the scorer would not."""
        return self.status == "not_rated"


class PlaySummary(Stored):
    """A role-play without its words, for lists."""

    id: UUID
    scenario_id: str
    scenario_version: str
    program: str
    counterpart_version: str
    voice: str
    seed: int
    started_at: datetime
    ended_at: datetime | None
    phase: Phase
    ending: Ending | None
    retry_of: UUID | None
    retry_turn: int | None
    mode: Literal["practice"]
    #: How many replies the employee has given.
    replies: int = Field(0, ge=0)


class Play(PlaySummary):
    """A role-play with everything in it, enough to go on at the same turn in the same mood."""

    opening: str
    opening_state: JsonObject
    turns: tuple[Turn, ...] = ()
    hints: tuple[Hint, ...] = ()
    self_ratings: dict[str, float] = Field(default_factory=dict)
    scorecard: Scorecard | None = None
    scores: tuple[ScoreRecord, ...] = ()

    @property
    def state(self) -> JsonObject:
        """How the counterpart is now."""
        return self.turns[-1].state if self.turns else self.opening_state

    def followed_by(self, turn: Turn) -> Self:
        """The play with one more turn, as it is stored where that did not end it."""
        return self.model_copy(update={"turns": (*self.turns, turn), "replies": self.replies + 1})

    @property
    def assisted(self) -> bool:
        """Whether a hint helped with any reply."""
        return any(turn.assisted for turn in self.turns)
