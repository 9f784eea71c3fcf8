"""The general rubric: how supportive a whole talk about a trouble is, 1 to 5 on six dimensions.

    level = intercept + mean over replies of (sum of weight * feature), held within [1, 5]

Every weight has the sign that the anchors give it, so a level can only move the way a rater would
expect; means over replies make it blind to how long the talk is. The weights are fitted by
``python -m rubrics.validation.fitting`` on conversations rated by the anchors.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field

from rubrics.acts.reading import Frozen, ReplyReading, Span, Tag
from rubrics.acts.text import prose
from rubrics.conversation import Reply, replies
from rubrics.model import CompetencyScore, Evidence, Scorecard, Transcript
from rubrics.support import quote
from rubrics.supportive_signals import Signals, signals

VERSION = "supportive-1"
RUBRIC_ID = "supportive-listening"
FILE = Path(__file__).parent / f"{RUBRIC_ID}.yaml"
WEIGHTS = Path(__file__).parent / f"{RUBRIC_ID}.weights.json"
LOWEST, HIGHEST = 1.0, 5.0
#: Two replies are enough: a talk about a trouble is often short, every reply bears on all six
#: dimensions, and what a few replies cannot tell shows in the standard error.
MIN_TURNS = 2
MAX_EVIDENCE = 3
#: A level above this is shown with the words that carry it.
SHOWN = 1.5


class Anchor(Frozen):
    """What one level looks like."""

    level: int = Field(ge=1, le=5)
    text: str


class Dimension(Frozen):
    """One side of supportive talk."""

    id: str
    name: str
    question: str
    lower_is_better: bool = False
    #: The signal whose words prove the level.
    shown_by: str
    anchors: tuple[Anchor, ...]


class SupportiveRubric(Frozen):
    """The six dimensions as raters read them."""

    id: str
    version: str
    name: str
    dimensions: tuple[Dimension, ...]


class Line(Frozen):
    """One dimension's fitted line."""

    intercept: float
    weights: dict[str, float]
    #: Standard deviation of the raters' levels around the line, on the conversations it was fitted.
    residual: float


class Calibration(Frozen):
    """The fitted lines, and the labeller whose readings they were fitted on."""

    labeller: str
    lines: dict[str, Line]


FEATURES: dict[str, Callable[[Signals], float]] = {
    "validating": lambda s: s.validating,
    "asking": lambda s: s.asking,
    "asked": lambda s: float(s.asking >= 0.3),
    "giving_back": lambda s: s.giving_back,
    "giving_back_feeling": lambda s: s.giving_back * s.validating,
    "asking_from_it": lambda s: s.giving_back * s.asking,
    "advised": lambda s: s.advised,
    "advising": lambda s: s.advising,
    "own": lambda s: s.own,
    "owned": lambda s: s.owned,
    "dismissing": lambda s: s.dismissing,
    "cold": lambda s: (1 - s.validating) * (1 - s.asking),
}


@cache
def rubric() -> SupportiveRubric:
    """The rubric file."""
    return SupportiveRubric.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@cache
def calibration() -> Calibration:
    """The weights file."""
    return Calibration.model_validate_json(WEIGHTS.read_text(encoding="utf-8"))


def score(
    transcript: Transcript,
    readings: Mapping[int, ReplyReading],
    lines: Mapping[str, Line] | None = None,
) -> Scorecard:
    """Six levels from 1 to 5 with standard errors and verbatim proof."""
    said = replies(transcript, readings)
    usable = tuple(reply for reply in said if reply.usable)
    reason = _refusal(said, usable)
    known = lines or calibration().lines
    found = signals(usable)
    return Scorecard(
        rubric=RUBRIC_ID,
        competencies={
            dimension.id: CompetencyScore(status="not_rated", reason=reason)
            if reason
            else _score(dimension, known[dimension.id], found)
            for dimension in rubric().dimensions
        },
        flagged_turns=tuple(r.turn for r in said if Tag.MANIPULATION in r.tags),
        versions=_versions(transcript, readings),
    )


def _refusal(said: Sequence[Reply], usable: Sequence[Reply]) -> str | None:
    """Why nothing can be rated, or None."""
    if 2 * sum(not reply.reading.readable for reply in said) > len(said):
        return "Most of the turns are not English prose, and this labeller reads English."
    if len(usable) < MIN_TURNS:
        return f"Only {len(usable)} of your turns can be rated; {MIN_TURNS} are needed."
    return None


def _score(dimension: Dimension, line: Line, found: Sequence[Signals]) -> CompetencyScore:
    parts = [contribution(line, signal) for signal in found]
    level = held(line.intercept + sum(parts) / len(parts))
    return CompetencyScore(
        status="rated",
        level=round(level, 3),
        se=round(_standard_error(line, parts), 3),
        evidence=_proof(dimension, found, parts) if level > SHOWN else (),
        tags=tuple(sorted({tag.value for s in found for tag in s.reply.tags})),
    )


def contribution(line: Line, signal: Signals) -> float:
    """What one reply adds."""
    return sum(weight * FEATURES[name](signal) for name, weight in line.weights.items())


def held(level: float) -> float:
    """The level within the scale."""
    return min(HIGHEST, max(LOWEST, level))


def _standard_error(line: Line, parts: Sequence[float]) -> float:
    """SE^2 = residual^2 + s^2 / n, with the spread s^2 shrunk to 1 as by one more reply."""
    mean = sum(parts) / len(parts)
    spread = (1 + sum((part - mean) ** 2 for part in parts)) / (len(parts) + 1)
    return math.sqrt(line.residual**2 + spread / len(parts))


def _proof(
    dimension: Dimension, found: Sequence[Signals], parts: Sequence[float]
) -> tuple[Evidence, ...]:
    """The strongest words of up to three replies; else the opening of what moved it most."""
    strongest = []
    for signal in found:
        shown = sorted(signal.spans(dimension.shown_by), key=lambda pair: -pair[0])[:1]
        strongest += [(x, quote(signal.reply, span)) for x, span in shown]
    ranked = sorted(strongest, key=lambda pair: -pair[0])
    quotes = tuple(evidence for _, evidence in ranked if evidence)[:MAX_EVIDENCE]
    return quotes or _opening(found[max(range(len(parts)), key=parts.__getitem__)])


def _opening(signal: Signals) -> tuple[Evidence, ...]:
    first = prose(signal.reply.text).sentences[:1]
    quotes = (quote(signal.reply, Span(start=p.start, end=p.end)) for p in first)
    return tuple(evidence for evidence in quotes if evidence)


def _versions(transcript: Transcript, readings: Mapping[int, ReplyReading]) -> dict[str, str]:
    versions = {
        "rubric": f"{RUBRIC_ID}-{rubric().version}",
        "labeller": "+".join(sorted({r.labeller for r in readings.values()})) or "none",
        "scorer": VERSION,
    }
    return versions | ({"scenario": transcript.scenario} if transcript.scenario else {})
