"""The data of scoring: transcripts, rubrics as trainers write them, and scorecards with proof."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rubrics.acts.reading import Act, Frozen, Tag

Speaker = Literal["counterpart", "employee"]
Level = Annotated[float, Field(ge=0, le=5)]
CueKind = Literal["any", "upset", "provocation"]
Status = Literal["rated", "no_opportunity", "not_rated"]
MAX_REPLY_CHARS = 4000


class Turn(Frozen):
    """One message of a conversation."""

    speaker: Speaker
    text: str


class Transcript(Frozen):
    """A conversation to be scored; ``scenario`` is the id it was played on, if any."""

    scenario: str | None = None
    turns: tuple[Turn, ...]


class Anchor(Frozen):
    """What one level of a competency looks like, in words an employee understands."""

    level: int = Field(ge=0, le=4)
    text: str


class Exemplar(Frozen):
    """A sentence that shows a level."""

    level: int = Field(ge=0, le=4)
    text: str


class Cap(Frozen):
    """The highest level a competency may reach while this slip stands unrepaired."""

    tag: Tag
    max_level: int = Field(ge=0, le=4)
    #: Acts that lift it within two turns, beside taking the slip back or owning up to it.
    repaired_by: tuple[Act, ...] = ()


class Indicator(Frozen):
    """Acts in one reply that together are evidence for a level."""

    level: int = Field(ge=1, le=4)
    #: All of these must be there …
    all_of: tuple[Act, ...] = ()
    #: … and at least one of these, where any are given …
    any_of: tuple[Act, ...] = ()
    #: … and none of these.
    none_of: tuple[Act, ...] = ()
    #: The reply takes up what this person said at least this much (0-1).
    min_grounding: float = Field(0.0, ge=0, le=1)


class Competency(Frozen):
    """One skill with its anchored levels, its evidence and its caps."""

    id: str
    name: str
    question: str
    anchors: tuple[Anchor, ...]
    indicators: tuple[Indicator, ...]
    caps: tuple[Cap, ...] = ()
    #: Slips that are level-0 behaviour for this competency.
    harmful: tuple[Tag, ...] = ()
    #: What in the counterpart's message gives an opportunity for it.
    cue: CueKind = "any"
    exemplars: tuple[Exemplar, ...] = ()
    #: What to practise, in one sentence, used by the debrief and the plan.
    advice: str


class Rubric(Frozen):
    """A program's competencies."""

    id: str
    version: str
    name: str
    competencies: tuple[Competency, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [c.id for c in self.competencies]
        if len(set(ids)) != len(ids):
            raise ValueError("two competencies share an id")
        return self

    def competency(self, competency_id: str) -> Competency:
        """The competency of that id; KeyError if the rubric has none."""
        return {c.id: c for c in self.competencies}[competency_id]


class Evidence(Frozen):
    """A verbatim quote: ``transcript.turns[turn].text[start:end] == quote``."""

    turn: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


class RatingFailure(Frozen):
    """Why a second rater gave no level; never a zero."""

    kind: Literal["no_answer", "unreadable", "unproven", "too_long"]
    what: str


class JudgeRecord(Frozen):
    """What a language model made of one competency, with all that it was sent and sent back."""

    model: str
    #: Of the instructions and the checks.
    version: str
    #: Role and text of every message, the transcript as it was disarmed.
    prompt: tuple[tuple[str, str], ...]
    #: As they came, the last one counts.
    replies: tuple[str, ...] = ()
    because: str = ""
    status: Status = "not_rated"
    #: As the model gave it, and after calibration and caps.
    raw_level: Level | None = None
    level: Level | None = None
    calibrated: bool = False
    failure: RatingFailure | None = None
    tokens: int = Field(0, ge=0)


class CompetencyScore(Frozen):
    """One competency's level with its proof, or the reason why there is none."""

    status: Status
    level: Level | None = None
    #: Standard error of the level, in levels.
    se: float | None = None
    evidence: tuple[Evidence, ...] = ()
    tags: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()
    #: Why, in a plain sentence, where the status is not "rated" or the raters disagree.
    reason: str | None = None
    #: Two raters are more than one level apart: have a person look.
    disagreement: bool = False
    #: What the second rater said, where there was one.
    judgement: JudgeRecord | None = None

    @model_validator(mode="after")
    def _level_only_when_rated(self) -> Self:
        if (self.status == "rated") != (self.level is not None):
            raise ValueError("a level goes with status 'rated' and with no other")
        return self


class Scorecard(Frozen):
    """The scores of one conversation and what made them."""

    rubric: str
    competencies: dict[str, CompetencyScore]
    #: Transcript indexes of turns with text addressed to the scorer; a human should look.
    flagged_turns: tuple[int, ...] = ()
    #: Rubric, labeller, scorer and scenario versions.
    versions: dict[str, str]

    def overall(self) -> float | None:
        """Mean of the rated levels, or None where nothing is rated."""
        levels = [c.level for c in self.competencies.values() if c.level is not None]
        return sum(levels) / len(levels) if levels else None
