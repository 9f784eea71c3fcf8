"""A scenario as a trainer writes it: the case file, the counterpart, and the authored lines.

The structure follows the scenario card of standardised-patient practice (ASPE: case facts,
visible feeling and its cause, hidden need with disclosure gates, triggers, red lines, safety).
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rubrics.acts.reading import Frozen

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
CompetencyId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z-]+$")]
Program = Literal["customer", "internal", "conflict"]
Temperament = Literal["even", "quick", "grudge", "withdrawn"]
Gate = Literal[0, 1, 2]


class Band(StrEnum):
    """How tense the counterpart is, in four steps."""

    HOT = "hot"
    STRAINED = "strained"
    EASING = "easing"
    CALM = "calm"


class Cue(StrEnum):
    """What in the employee's reply the counterpart reacts to first."""

    SILENCE = "silence"  # an empty reply
    NONSENSE = "nonsense"  # not a sentence one can answer
    REPEATED = "repeated"  # the employee says the same thing again
    ADDRESSED_MACHINE = "addressed_machine"  # talks to the scorer or to a machine
    HOSTILE = "hostile"
    THREATENED = "threatened"
    POLICY_SHIELD = "policy_shield"
    BLAMED = "blamed"  # other_blame, labelling, mind_reading: made somebody else's fault
    MINIMISED = "minimised"
    CHEERED_UP = "cheered_up"  # toxic positivity
    DEFENSIVE = "defensive"
    CANCELLED = "cancelled"  # acknowledged and taken back with "but"
    OWN_STORY = "own_story"
    OVER_PROMISED = "over_promised"
    CAVED = "caved"
    INTERROGATED = "interrogated"
    PREMATURE_FIX = "premature_fix"
    EMPTY_EMPATHY = "empty_empathy"  # a stock phrase tied to nothing
    EMPATHY_LOOP = "empathy_loop"  # more understanding where a solution is due
    BARE_APOLOGY = "bare_apology"  # sorry, and nothing behind it
    APOLOGY_AGAIN = "apology_again"
    OWNED_APOLOGY = "owned_apology"  # sorry for something, and taking charge
    REPAIRED = "repaired"  # takes back an own slip
    BOUNDARY = "boundary"  # a respectful limit
    UNDERSTOOD = "understood"  # the situation or the feeling, in the employee's own words
    VALIDATED = "validated"
    ASKED_WELL = "asked_well"  # an open question
    ASKED_INTEREST = "asked_interest"
    ASKED_DATA = "asked_data"  # a closed or form-filling question
    OFFERED = "offered"  # a solution, when the time for it has come
    CONCEDED = "conceded"
    FAIR_STANDARD = "fair_standard"
    POSITION = "position"  # the employee insists
    OPENED_UP = "opened_up"  # says what matters to them, or what they observed
    INFORMED = "informed"  # plain facts; without lines for it, those for "plain" serve
    PLAIN = "plain"  # anything else


class Push(StrEnum):
    """What the counterpart does with the end of the turn."""

    DEMAND = "demand"
    QUESTION = "question"
    TEST = "test"  # tries whether the employee means it
    WAIT = "wait"  # leaves a silence
    SOFTEN = "soften"
    CLOSE = "close"  # ready to settle: wants the who, what and when


class Ending(StrEnum):
    """How a role-play ended."""

    RESOLVED = "resolved"
    PARTLY_RESOLVED = "partly_resolved"
    WALKED_AWAY = "walked_away"
    OPEN = "open"


class Brief(Frozen):
    """What the employee reads before the conversation."""

    you_are: Text
    situation: Text
    you_know: list[Line] = Field(min_length=2)
    goal: Text


class PolicyFact(Frozen):
    """Something that the employee may truthfully say or use."""

    id: Slug
    text: Line


class Feeling(Frozen):
    """The feeling on the surface, and why it is there."""

    word: Line
    cause: Line
    #: Appraisals behind it: relevance, who is to blame, is it fair, can it be fixed.
    appraisals: list[Line] = Field(min_length=1)


class HiddenNeed(Frozen):
    """What the counterpart does not say at once; told in two steps, each behind its gate."""

    hint: Text  # step 1, what may be shown once the counterpart feels somewhat understood
    need: Text  # step 2, the whole of it


class Speech(Frozen):
    """How this person talks."""

    style: Line
    habits: list[Line] = Field(min_length=1)
    max_words: int = Field(45, ge=15, le=60)


class Counterpart(Frozen):
    """The person played by the simulation."""

    name: Line
    role: Line
    opening: Text
    feeling: Feeling
    goals: list[Line] = Field(min_length=1)
    hidden_need: HiddenNeed
    triggers: list[Line] = Field(min_length=2)
    soothers: list[Line] = Field(min_length=2)
    red_lines: list[Line] = Field(min_length=1)
    can_concede: list[Line] = Field(min_length=1)
    speech: Speech
    #: One of these is drawn for each run.
    temperaments: list[Temperament] = Field(min_length=1)


class Fact(Frozen):
    """A checkable fact of the case, with the questions that ask for it and the answers in voice."""

    id: Slug
    text: Line
    #: From which disclosure step on the counterpart tells it.
    gate: Gate = 0
    asked_by: list[Line] = Field(min_length=3)
    lines: list[Line] = Field(min_length=2)
    #: How the same is snapped out while hot; without these, ``lines`` serve.
    curt: list[Line] = Field(default_factory=list)


class Offer(Frozen):
    """A way forward that an employee may propose, and how the counterpart takes it."""

    id: Slug
    #: Does it meet the hidden need?
    meets: Literal["need", "partly", "no"]
    examples: list[Line] = Field(min_length=3)
    #: Said while the counterpart does not yet feel understood.
    too_early: list[Line] = Field(min_length=1)
    #: Said once they can hear it.
    lines: list[Line] = Field(min_length=2)


class Reaction(Frozen):
    """Short first words. ``{echo}`` stands for the employee's own words that caused them."""

    on: list[Cue] = Field(min_length=1)
    bands: list[Band] = Field(default_factory=lambda: list(Band), min_length=1)
    #: Only for people of these temperaments; empty for all.
    temperaments: list[Temperament] = Field(default_factory=list)
    lines: list[Line] = Field(min_length=1)


class Detail(Frozen):
    """Something more about the case that the counterpart brings up unasked."""

    bands: list[Band] = Field(default_factory=lambda: list(Band), min_length=1)
    gate: Gate = 0
    lines: list[Line] = Field(min_length=1)


class Deflection(Detail):
    """How a question is put off."""

    #: "guarded": they know but do not say it yet; "unknown": nothing in the case answers it.
    why: Literal["any", "guarded", "unknown"] = "any"


class PushLines(Frozen):
    """Ways to end a turn."""

    kind: Push
    bands: list[Band] = Field(default_factory=lambda: list(Band), min_length=1)
    #: Only for people of these temperaments; empty for all.
    temperaments: list[Temperament] = Field(default_factory=list)
    #: Only after these cues, where the words fit nothing else; empty for any.
    after: list[Cue] = Field(default_factory=list)
    lines: list[Line] = Field(min_length=1)


class Lines(Frozen):
    """Everything the authored voice can say, in pieces that join in the order they stand here."""

    reactions: list[Reaction] = Field(min_length=1)
    details: list[Detail] = Field(min_length=1)
    #: Said when a question is not covered by any fact, or not yet open.
    deflections: list[Deflection] = Field(min_length=1)
    disclosures: dict[Literal["hint", "need"], list[Line]]
    #: Said before a fact that was told already ("I've told you that.").
    asked_again: list[Line] = Field(default_factory=list)
    #: A new bad fact in the middle of things.
    relapses: list[Line] = Field(min_length=1)
    pushes: list[PushLines] = Field(min_length=1)
    closings: dict[Ending, list[Line]]


class Exchange(Frozen):
    """One message of an exemplar conversation, with a note on what it does."""

    counterpart: Line
    employee: Text
    why: Line


class Exemplars(Frozen):
    """Three short worked examples."""

    poor: list[Exchange] = Field(min_length=1)
    fair: list[Exchange] = Field(min_length=1)
    good: list[Exchange] = Field(min_length=1)


class Safety(Frozen):
    """What the employee is told beforehand, and what the counterpart never does."""

    content_note: Line | None = None
    never: list[Line] = Field(min_length=1)


class Coaching(Frozen):
    """Words that would fit this case, from which hints and better wordings are made."""

    #: Says what this person feels or what it cost them, and why that makes sense.
    acknowledgements: list[Line] = Field(min_length=4)
    #: Open questions that follow this person's thread.
    questions: list[Line] = Field(min_length=4)
    #: Takes charge of one's own part.
    ownership: list[Line] = Field(min_length=2)
    #: Concrete next steps within what the employee may offer, checked with the person.
    steps: list[Line] = Field(min_length=3)
    #: Stays calm under fire without grovelling.
    steadying: list[Line] = Field(min_length=2)


class Scenario(Frozen):
    """One case file. Immutable; ``id`` and ``version`` are stored with every play."""

    id: Slug
    version: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)*$")]
    program: Program
    title: Line
    summary: Line
    sector: Line
    minutes: int = Field(10, ge=3, le=30)
    max_turns: int = Field(14, ge=6, le=30)
    #: How much harder (+) or easier (-) than usual a level is to reach here, in levels.
    difficulty: float = Field(0.0, ge=-1.5, le=1.5)
    brief: Brief
    may_offer: list[PolicyFact] = Field(min_length=2)
    counterpart: Counterpart
    facts: list[Fact] = Field(min_length=5)
    offers: list[Offer] = Field(min_length=3)
    #: Competency id to the moments (at least two) that give an opportunity for it.
    opportunities: dict[CompetencyId, Annotated[list[Line], Field(min_length=2)]]
    cultural_brief: Text
    safety: Safety
    exemplars: Exemplars
    coaching: Coaching
    lines: Lines

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        for what, ids in (
            ("facts", [f.id for f in self.facts]),
            ("offers", [o.id for o in self.offers]),
            ("may_offer", [p.id for p in self.may_offer]),
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(f"{what}: two entries share an id")
        return self

    @model_validator(mode="after")
    def _every_step_and_ending_has_lines(self) -> Self:
        for step in ("hint", "need"):
            if len(self.lines.disclosures.get(step, [])) < 2:
                raise ValueError(f"lines.disclosures.{step}: write at least two ways to say it")
        for ending in Ending:
            if not self.lines.closings.get(ending):
                raise ValueError(f"lines.closings.{ending}: no line for this ending")
        return self

    def fact(self, fact_id: str) -> Fact:
        """The fact of that id; KeyError if there is none."""
        return {f.id: f for f in self.facts}[fact_id]

    def offer(self, offer_id: str) -> Offer:
        """The offer of that id; KeyError if there is none."""
        return {o.id: o for o in self.offers}[offer_id]
