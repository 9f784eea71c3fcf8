"""Conversations and readings made for the tests of this room."""

from rubrics.acts import Act, ReplyReading, Span, Tag, TagHit, default_labeller
from rubrics.conversation import read_transcript
from rubrics.library import find
from rubrics.model import Scorecard, Transcript, Turn
from rubrics.scorer import Scorer

PARCEL = "This is the third time. I took the morning off work for nothing. Do you people even care?"


def conversation(*lines: str, scenario: str | None = None) -> Transcript:
    """Alternating lines, the counterpart first."""
    speakers = ("counterpart", "employee")
    turns = tuple(Turn(speaker=speakers[i % 2], text=line) for i, line in enumerate(lines))
    return Transcript(scenario=scenario, turns=turns)


def reading(*acts: Act, text: str = "word", tags: tuple[Tag, ...] = ()) -> ReplyReading:
    """A certain reading whose every span is the whole of a text."""
    span = Span(start=0, end=len(text))
    return ReplyReading(
        acts=dict.fromkeys(acts, 1.0),
        act_spans=dict.fromkeys(acts, (span,)),
        tags=tuple(TagHit(tag=tag, start=0, end=len(text)) for tag in tags),
        grounding=1.0,
        labeller="by hand",
    )


def score(transcript: Transcript, rubric: str = "customer", min_turns: int = 4) -> Scorecard:
    readings = read_transcript(transcript, default_labeller())
    return Scorer(min_turns=min_turns).score(transcript, find(rubric), readings)


def level_of(reply: str, competency: str, message: str = PARCEL, rubric: str = "customer") -> float:
    """The level of a single reply; what is not rated counts as nothing shown."""
    card = score(conversation(message, reply), rubric, min_turns=1)
    level = card.competencies[competency].level
    return 1.0 if level is None else level
