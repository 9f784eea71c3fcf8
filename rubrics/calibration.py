"""How a model's levels relate to human raters': one shrunken line a competency, with its error.

    human - model = shift + tilt * (model - centre)

Both are shrunk as if ``PRIOR`` more conversations had agreed with the model, so that a few ratings
move little. The error is that of conversations held out one by one. A line that does not help
there is not applied, and its error is the model's own.
"""

import math
from collections.abc import Sequence
from statistics import fmean

from pydantic import Field

from rubrics.acts.reading import Frozen

#: Rated conversations below which nothing is fitted: the error of a line would be a guess.
ENOUGH = 12
PRIOR = 4
#: No rater is surer than this of one conversation (rubrics.scorer.FLOOR and a human's own error).
FLOOR = 0.3
LOWEST, HIGHEST = 0.0, 4.0


class Line(Frozen):
    """One competency's correction."""

    shift: float
    tilt: float
    centre: float
    #: Rated conversations that it rests on.
    n: int = Field(ge=ENOUGH)
    #: Root mean square error on conversations held out, with the line and as the model is.
    error: float
    error_before: float

    def applied(self, level: float) -> float:
        """The level as human raters would give it, within the scale."""
        return round(_moved(level, self.shift, self.tilt, self.centre), 3)


class Calibration(Frozen):
    """Lines by model and version of the judge, then by competency."""

    lines: dict[str, dict[str, Line]] = Field(default_factory=dict)

    def line(self, model: str, version: str, competency: str) -> Line | None:
        """The line for this model and judge, if one has been fitted."""
        return self.lines.get(_key(model, version), {}).get(competency)

    def extended(self, model: str, version: str, lines: dict[str, Line]) -> "Calibration":
        """With these lines put in the place of older ones."""
        key = _key(model, version)
        return Calibration(lines={**self.lines, key: {**self.lines.get(key, {}), **lines}})


def _key(model: str, version: str) -> str:
    return f"{model} {version}"


Pair = tuple[float, float]


def fit(pairs: Sequence[Pair]) -> Line | None:
    """The line through (model, human) levels, a pair a conversation; None for too few of them."""
    if len(pairs) < ENOUGH:
        return None
    before = _root_mean_square([human - level for level, human in pairs])
    after = _root_mean_square(
        [
            human - _moved(level, *_ridge([*pairs[:at], *pairs[at + 1 :]]))
            for at, (level, human) in enumerate(pairs)
        ]
    )
    shift, tilt, centre = _ridge(pairs) if after < before else (0.0, 0.0, 0.0)
    return Line(
        shift=round(shift, 3),
        tilt=round(tilt, 3),
        centre=round(centre, 3),
        n=len(pairs),
        error=max(FLOOR, min(after, before)),
        error_before=before,
    )


def _ridge(pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """Shift, tilt and centre: ridge regression of the gap on the level, in closed form."""
    centre = fmean(level for level, _ in pairs)
    gaps = [human - level for level, human in pairs]
    away = [level - centre for level, _ in pairs]
    shift = sum(gaps) / (len(pairs) + PRIOR)
    together = sum(gap * a for gap, a in zip(gaps, away, strict=True))
    return shift, together / (sum(a * a for a in away) + PRIOR), centre


def _moved(level: float, shift: float, tilt: float, centre: float) -> float:
    return min(HIGHEST, max(LOWEST, level + shift + tilt * (level - centre)))


def _root_mean_square(errors: Sequence[float]) -> float:
    return round(math.sqrt(fmean(e * e for e in errors)), 3)
