"""The general rubric: how supportive a whole talk about a trouble is, 1 to 5 on six dimensions.

    level = intercept + slope * mean over replies of what each shows (0 to 2), within [1, 5]

What a reply shows is read by the labeller, which learned it from labelled replies. Every slope is
above nothing, so a level can only move the way a rater would expect; means over replies make it
blind to how long the talk is. The lines are fitted by ``python -m rubrics.validation.fitting`` on
conversations rated by the anchors.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field

from rubrics.acts.reading import Frozen, ReplyReading, Tag
from rubrics.conversation import Reply, replies
from rubrics.model import CompetencyScore, Evidence, Scorecard, Transcript
from rubrics.support import quote

VERSION = "supportive-2"
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
    #: What of a reply's reading shows it.
    shown_by: str
    anchors: tuple[Anchor, ...]

    def of(self, reply: Reply) -> float:
        """How far one reply shows it, 0 to 2."""
        return float(getattr(reply.reading.support, self.shown_by))


class SupportiveRubric(Frozen):
    """The six dimensions as raters read them."""

    id: str
    version: str
    name: str
    dimensions: tuple[Dimension, ...]


class Line(Frozen):
    """One dimension's fitted line from the mean of the replies' levels, 0 to 2, to 1 to 5."""

    intercept: float
    slope: float
    #: Standard deviation of the raters' levels around the line, on the conversations it was fitted.
    residual: float


class Calibration(Frozen):
    """The fitted lines, and the labeller whose readings they were fitted on."""

    labeller: str
    lines: dict[str, Line]


@cache
def rubric() -> SupportiveRubric:
    """The rubric file."""
    return SupportiveRubric.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@cache
def calibration() -> Calibration:
    """The weights file."""
    return Calibration.model_validate_json(WEIGHTS.read_text(encoding="utf-8"))


def score(transcript: Transcript, readings: Mapping[int, ReplyReading]) -> Scorecard:
    """Six levels from 1 to 5 with standard errors and verbatim proof."""
    said = replies(transcript, readings)
    usable = tuple(reply for reply in said if reply.usable)
    reason = _refusal(said, usable)
    known = calibration().lines
    return Scorecard(
        rubric=RUBRIC_ID,
        competencies={
            dimension.id: CompetencyScore(status="not_rated", reason=reason)
            if reason
            else _score(dimension, known[dimension.id], usable)
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


def _score(dimension: Dimension, line: Line, said: Sequence[Reply]) -> CompetencyScore:
    found = [dimension.of(reply) for reply in said]
    level = held(line.intercept + line.slope * sum(found) / len(found))
    return CompetencyScore(
        status="rated",
        level=round(level, 3),
        se=round(_standard_error(line, found), 3),
        evidence=_proof(dimension, said) if level > SHOWN else (),
        tags=tuple(sorted({tag.value for reply in said for tag in reply.tags})),
    )


def held(level: float) -> float:
    """The level within the scale."""
    return min(HIGHEST, max(LOWEST, level))


def _standard_error(line: Line, found: Sequence[float]) -> float:
    """SE^2 = residual^2 + s^2 / n, with the spread s^2 shrunk to 1 as by one more reply."""
    mean = sum(found) / len(found)
    spread = (1 + line.slope**2 * sum((x - mean) ** 2 for x in found)) / (len(found) + 1)
    return math.sqrt(line.residual**2 + spread / len(found))


def _proof(dimension: Dimension, said: Sequence[Reply]) -> tuple[Evidence, ...]:
    """The words of up to three replies that show it most."""
    ranked = sorted(said, key=lambda reply: -dimension.of(reply))
    spans = ((reply, reply.reading.support_spans.get(dimension.shown_by)) for reply in ranked)
    quotes = (quote(reply, span) for reply, span in spans if span)
    return tuple(evidence for evidence in quotes if evidence)[:MAX_EVIDENCE]


def _versions(transcript: Transcript, readings: Mapping[int, ReplyReading]) -> dict[str, str]:
    versions = {
        "rubric": f"{RUBRIC_ID}-{rubric().version}",
        "labeller": "+".join(sorted({r.labeller for r in readings.values()})) or "none",
        "scorer": VERSION,
    }
    return versions | ({"scenario": transcript.scenario} if transcript.scenario else {})
