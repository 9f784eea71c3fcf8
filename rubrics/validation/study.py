"""What a study reports: figures with intervals, what they are held to, and what failed."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from rubrics.acts.reading import Frozen
from rubrics.validation.agreement import Estimate, estimate

#: Called with what has just been done, so that long work can be seen to move.
Progress = Callable[[str], None]


def silently(_: str) -> None:
    """The Progress of whoever does not want to see any."""


class Bound(Frozen):
    """What a figure must reach; a gate blocks a release, a target is what we aim at."""

    kind: Literal["gate", "target"] = "gate"
    at_least: float | None = None
    at_most: float | None = None

    def met(self, value: float) -> bool:
        """Whether the value lies within the bound."""
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        signs = (("≥", self.at_least), ("≤", self.at_most))
        said = " ".join(f"{sign} {x:g}" for sign, x in signs if x is not None)
        return said if self.kind == "gate" else f"{said} (target)"


class Figure(Frozen):
    """One number with its 95% interval, where there is one."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int
    bound: Bound | None = None
    #: What people reach on the same thing, in words.
    ceiling: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it is within its bound; None where it has none."""
        return None if self.bound is None else self.bound.met(self.value)

    @property
    def blocks(self) -> bool:
        """Whether it fails a release gate."""
        return self.bound is not None and self.bound.kind == "gate" and not self.met


class Study(Frozen):
    """One question about the scores, how it was asked, and the answer."""

    id: str
    title: str
    method: str
    figures: tuple[Figure, ...] = ()
    #: Cases that went wrong, for whoever mends them.
    failures: tuple[str, ...] = ()
    #: What would be needed to run it, where it could not be run.
    missing: str | None = None

    @property
    def passed(self) -> bool:
        """Whether no gate of it fails."""
        return not any(figure.blocks for figure in self.figures)


def at_least(value: float, kind: Literal["gate", "target"] = "gate") -> Bound:
    """A lower bound."""
    return Bound(kind=kind, at_least=value)


def at_most(value: float, kind: Literal["gate", "target"] = "gate") -> Bound:
    """An upper bound."""
    return Bound(kind=kind, at_most=value)


def within(value: float) -> Bound:
    """A gate on both sides of zero."""
    return Bound(at_least=-value, at_most=value)


def mean_figure(
    name: str,
    values: Sequence[float],
    bound: Bound | None = None,
    groups: Sequence[object] | None = None,
) -> Figure:
    """A mean and its bootstrap interval, resampling whole groups where rows hang together."""
    numbers = np.asarray(values, float)
    found = estimate(lambda _, given: float(given.mean()), numbers, numbers, groups)
    return figure(name, found, len(numbers), bound)


def figure(
    name: str, found: Estimate, n: int, bound: Bound | None = None, ceiling: str = ""
) -> Figure:
    """A figure from an estimate."""
    return Figure(
        name=name,
        value=round(found.value, 4),
        low=round(found.low, 4),
        high=round(found.high, 4),
        n=n,
        bound=bound,
        ceiling=ceiling,
    )
