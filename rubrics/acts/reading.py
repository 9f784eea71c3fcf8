"""The contract between whoever labels a reply and whoever uses the labels.

Definitions of every act, tag and mechanism stand in ``docs/labelling.md``.
"""

from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

Probability = Annotated[float, Field(ge=0, le=1)]


class Act(StrEnum):
    """Something a reply does; several may hold at once."""

    NOTICE = "notice"
    REFLECT = "reflect"
    EXPLORE = "explore"
    ASK_CLOSED = "ask_closed"
    VALIDATE = "validate"
    AFFIRM = "affirm"
    APOLOGISE = "apologise"
    OWN = "own"
    INFORM = "inform"
    SOLVE = "solve"
    OFFER_CHOICE = "offer_choice"
    COMMIT = "commit"
    CHECK_BACK = "check_back"
    BOUNDARY = "boundary"
    REPAIR = "repair"
    GENERIC_EMPATHY = "generic_empathy"
    OBSERVE = "observe"
    OWN_VIEW = "own_view"
    REQUEST = "request"
    CHANNEL = "channel"
    ASK_INTEREST = "ask_interest"
    STANDARD = "standard"
    CONCEDE = "concede"
    POSITION = "position"


class Tag(StrEnum):
    """A slip in one reply that caps or flags a score."""

    PREMATURE_SOLVING = "premature_solving"
    MINIMISING = "minimising"
    TOXIC_POSITIVITY = "toxic_positivity"
    POLICY_BLAME = "policy_blame"
    OTHER_BLAME = "other_blame"
    INTERROGATING = "interrogating"
    KEYWORD_EMPATHY = "keyword_empathy"
    OVER_APOLOGY = "over_apology"
    DEFENSIVENESS = "defensiveness"
    IGNORING = "ignoring"
    BUT_NEGATION = "but_negation"
    SELF_ORIENTATION = "self_orientation"
    MIND_READING = "mind_reading"
    LABELLING = "labelling"
    OVER_PROMISE = "over_promise"
    EMPATHY_LOOP = "empathy_loop"
    CAVING = "caving"
    HOSTILITY = "hostility"
    THREAT = "threat"
    SLUR = "slur"
    MANIPULATION = "manipulation"


Behaviour = Literal["question", "reflection", "therapist_input", "other"]


class Frozen(BaseModel):
    """Plain data that nobody changes in place and that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """Characters ``start`` (included) to ``end`` (excluded) of the reply."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class TagHit(Span):
    """One slip and the words that show it."""

    tag: Tag


class Mechanism(Frozen):
    """One communication mechanism: its likeliest level 0-2 and the expected level 0.0-2.0."""

    level: Literal[0, 1, 2] = 0
    expected: float = Field(0.0, ge=0, le=2)


class Mechanisms(Frozen):
    """Warmth shown, understanding shown, invitation to say more."""

    emotional_reaction: Mechanism = Mechanism()
    interpretation: Mechanism = Mechanism()
    exploration: Mechanism = Mechanism()


class Support(Frozen):
    """Support in talk about a trouble: expected level 0.0-2.0 of each; the last three hinder it."""

    validating: float = Field(0.0, ge=0, le=2)
    elaboration: float = Field(0.0, ge=0, le=2)
    understanding: float = Field(0.0, ge=0, le=2)
    advice: float = Field(0.0, ge=0, le=2)
    self_orientation: float = Field(0.0, ge=0, le=2)
    dismissing: float = Field(0.0, ge=0, le=2)


class Context(Frozen):
    """What the reply answers: the counterpart's latest message, and earlier turns, oldest first."""

    message: str = ""
    earlier: tuple[str, ...] = ()


class ReplyReading(Frozen):
    """What one reply did. Spans are character offsets into the reply exactly as it was given."""

    acts: dict[Act, Probability] = Field(default_factory=dict)
    act_spans: dict[Act, tuple[Span, ...]] = Field(default_factory=dict)
    mechanisms: Mechanisms = Mechanisms()
    support: Support = Support()
    #: The words that show most of each kind of support that is there.
    support_spans: dict[str, Span] = Field(default_factory=dict)
    behaviour: Behaviour = "other"
    tags: tuple[TagHit, ...] = ()
    #: 0-1, how far the reply takes up what this counterpart said, by meaning.
    grounding: Probability = 0.0
    #: 0-1, how sure the labeller is of this reading as a whole.
    confidence: Probability = 1.0
    #: False where the reply is not English prose: then nothing in it may be rated.
    readable: bool = True
    #: Name and version of the labeller that made it.
    labeller: str

    def has(self, act: Act, threshold: float = 0.5) -> bool:
        """Whether the act is there, at the threshold of probability."""
        return self.acts.get(act, 0.0) >= threshold

    def tagged(self, *tags: Tag) -> bool:
        """Whether any of these slips is there."""
        return any(hit.tag in tags for hit in self.tags)


class ActLabeller(Protocol):
    """Reads one reply. Deterministic, local, milliseconds; never raises on any text."""

    @property
    def version(self) -> str:
        """Name and version, stored with every score that rests on it."""
        ...

    def label(self, context: Context, reply: str) -> ReplyReading:
        """Label one reply in its context."""
        ...
