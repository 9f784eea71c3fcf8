"""Agreement between two raters, a person and the labeller for one: numpy alone, no opinions.

Every function takes the truth first. Formulas: Cohen 1960 and 1968 (kappa, weighted kappa),
Hanley and McNeil 1982 (area under the curve as a share of pairs), Efron 1979 (bootstrap).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Metric = Callable[[Numbers, Numbers], float]
#: Resamples of a bootstrap interval; the ends of a 95% interval move by less than .005 beyond it.
RESAMPLES, LEVEL = 1000, 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95% bootstrap interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def table(truth: Numbers, given: Numbers) -> Numbers:
    """How often each pair of labels occurs, over the labels that occur at all."""
    labels = np.unique(np.concatenate([truth, given]))
    size = len(labels)
    cells = np.searchsorted(labels, truth) * size + np.searchsorted(labels, given)
    return np.bincount(cells, minlength=size * size).reshape(size, size).astype(float)


def kappa(truth: Numbers, given: Numbers) -> float:
    """Cohen's kappa; 1 where both always say the same one thing."""
    return _kappa(truth, given, lambda size: 1 - np.eye(size))


def qwk(truth: Numbers, given: Numbers) -> float:
    """Kappa with quadratic weights over the ordered labels that occur."""
    labels = np.unique(np.concatenate([truth, given]))
    return _kappa(truth, given, lambda size: (labels[:, None] - labels[None, :]) ** 2)


def _kappa(truth: Numbers, given: Numbers, weights: Callable[[int], Numbers]) -> float:
    counts = table(truth, given)
    weight = weights(len(counts))
    chance = np.outer(counts.sum(1), counts.sum(0)) / max(counts.sum(), 1)
    expected = float((weight * chance).sum())
    return 1.0 - float((weight * counts).sum()) / expected if expected else 1.0


def f1(truth: Numbers, given: Numbers) -> float:
    """Harmonic mean of precision and recall of the positives (0 where there are none at all)."""
    both, either = float((truth * given).sum()), float(truth.sum() + given.sum())
    return 2 * both / either if either else 0.0


def macro_f1(truth: Numbers, given: Numbers) -> float:
    """Mean F1 over the labels that occur in the truth."""
    return float(np.mean([f1(1.0 * (truth == x), 1.0 * (given == x)) for x in np.unique(truth)]))


def mean_f1(truth: Numbers, given: Numbers) -> float:
    """Mean F1 over the columns of two tables of yes and no."""
    return float(np.mean([f1(truth[:, k], given[:, k]) for k in range(truth.shape[1])]))


def auc(truth: Numbers, scores: Numbers) -> float:
    """Share of pairs of a positive and a negative that the scores put in order; ties count half."""
    positive, negative = scores[truth > 0], scores[truth <= 0]
    if not len(positive) or not len(negative):
        return 0.5
    return pairs_in_order(positive, negative)


def pairs_in_order(above: Numbers, below: Numbers) -> float:
    """Share of all pairs in which the first is above the second; ties count half."""
    ordered = np.sort(below)
    wins = np.searchsorted(ordered, above, "left") + np.searchsorted(ordered, above, "right")
    return float(wins.sum()) / (2 * len(above) * len(below))


def estimate(
    metric: Metric,
    truth: Numbers,
    given: Numbers,
    groups: Sequence[object] | None = None,
    seed: int = 0,
) -> Estimate:
    """The figure with its 95% interval, resampling rows, or groups of rows that hang together."""
    truth, given = np.asarray(truth, float), np.asarray(given, float)
    members = None if groups is None else _members(groups)
    size = len(truth) if members is None else len(members)
    random = np.random.default_rng(seed)
    drawn = []
    for _ in range(RESAMPLES):
        rows = random.integers(0, size, size)
        if members is not None:
            rows = np.concatenate([members[k] for k in rows])
        drawn.append(metric(truth[rows], given[rows]))
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(metric(truth, given), float(low), float(high))


def _members(groups: Sequence[object]) -> list[npt.NDArray[np.int64]]:
    found: dict[object, list[int]] = {}
    for row, group in enumerate(groups):
        found.setdefault(group, []).append(row)
    return [np.array(rows) for rows in found.values()]
