"""What is believed about one person's skills, as a joint Gaussian, and how a conversation moves it.

Formulas (measurement.md §2). The state is ``x = [theta, theta0, d]``: the skills now, the skills as
they were at the first conversation, and the difficulty of each scenario met.

    prior       theta ~ N(m, P0), P0 = sd² ((1 - r) I + r 11ᵀ)    r: a general factor, so that what
                theta0 = theta                                    one skill shows informs the others
    scenario    d_s ~ N(author's rating, .35²), the same for every skill and every play of it
    time        theta += N(0, q C), q = .012 a conversation + .002 an idle day, C as in P0
    level       y = theta_c - d_s + e, Var(e) = s_PxS² + s_occ² + se² + 1/12

A person's own luck with a scenario (s_PxS) is the same each time they play it. With
``E = s_occ² + se² + 1/12`` the mean of k plays has the error ``s_PxS² + E/k``; the k-th play may
therefore count only as one with the error ``(kP + E)((k - 1)P + E) / E``, P = s_PxS².

There is no drift: a growth that is assumed could not be reported as found.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
ROUNDING = 1 / 12


@dataclass(frozen=True)
class Model:
    """The constants; levels are 0-4. To be fitted anew when real data are there.

    ``person_scenario_sd`` and ``occasion_sd`` are chosen so that one conversation has a
    reliability of about .45 (unknown until measured; the literature's range is .16-.50).
    """

    prior_mean: float = 1.8
    prior_sd: float = 0.60
    halo: float = 0.5
    per_session: float = 0.012
    per_idle_day: float = 0.002
    person_scenario_sd: float = 0.40
    occasion_sd: float = 0.30
    #: Used where a score states no standard error.
    scorer_se: float = 0.35

    @property
    def max_idle_days(self) -> float:
        """After this many days as much is unknown again as before the first conversation."""
        return self.prior_sd**2 / self.per_idle_day

    def correlation(self, size: int) -> Array:
        """The skills' correlation: ``halo`` between any two."""
        return (1 - self.halo) * np.eye(size) + self.halo * np.ones((size, size))

    def error(self, se: float | None, plays: int) -> float:
        """Variance of the level from the ``plays``-th (1, 2, …) play of one scenario."""
        own = self.person_scenario_sd**2
        rest = self.occasion_sd**2 + (self.scorer_se if se is None else se) ** 2 + ROUNDING
        return (plays * own + rest) * ((plays - 1) * own + rest) / rest


@dataclass(frozen=True)
class Measured:
    """One level: which skill (index), on which scenario (index), the level, its error variance."""

    skill: int
    scenario: int
    level: float
    error: float


@dataclass(frozen=True)
class Belief:
    """Mean and covariance of the state ``[theta, theta0, d]`` for ``size`` skills."""

    size: int
    mean: Array
    cov: Array

    @classmethod
    def prior(cls, size: int, model: Model) -> "Belief":
        """Before the first conversation: then and now are the same."""
        block = model.prior_sd**2 * model.correlation(size)
        return cls(size, np.full(2 * size, model.prior_mean), np.tile(block, (2, 2)))

    @property
    def scenarios(self) -> int:
        """How many scenarios are in the state."""
        return len(self.mean) - 2 * self.size

    def with_scenario(self, difficulty: float, se: float) -> "Belief":
        """With one more scenario at the end of the state."""
        cov: Array = np.zeros((len(self.mean) + 1, len(self.mean) + 1))
        cov[:-1, :-1] = self.cov
        cov[-1, -1] = se**2
        return replace(self, mean=np.append(self.mean, difficulty), cov=cov)

    def aged(self, model: Model, *, sessions: int, days: float) -> "Belief":
        """After so many conversations and idle days: the mean stays, the doubt grows."""
        idle = min(max(days, 0.0), model.max_idle_days)
        growth = model.per_session * sessions + model.per_idle_day * idle
        cov = self.cov.copy()
        cov[: self.size, : self.size] += growth * model.correlation(self.size)
        return replace(self, cov=cov)

    def updated(self, measured: list[Measured]) -> "Belief":
        """After one conversation's levels (the Kalman update); no level changes nothing."""
        if not measured:
            return self
        look: Array = np.zeros((len(measured), len(self.mean)))
        for row, one in enumerate(measured):
            look[row, one.skill] = 1.0
            look[row, 2 * self.size + one.scenario] = -1.0
        seen = self.cov @ look.T
        total = look @ seen + np.diag([one.error for one in measured])
        gain = np.linalg.solve(total, seen.T).T
        surprise = np.array([one.level for one in measured]) - look @ self.mean
        cov = self.cov - gain @ seen.T
        return replace(self, mean=self.mean + gain @ surprise, cov=(cov + cov.T) / 2)

    def now(self, weights: Array) -> tuple[float, float]:
        """Mean and standard deviation of a weighted sum of the skills now."""
        return self._sum(np.concatenate([weights, np.zeros(len(self.mean) - self.size)]))

    def change(self, weights: Array) -> tuple[float, float]:
        """Mean and standard deviation of how far a weighted sum moved since the beginning."""
        rest = np.zeros(self.scenarios)
        return self._sum(np.concatenate([weights, -weights, rest]))

    def _sum(self, weights: Array) -> tuple[float, float]:
        variance: Any = weights @ self.cov @ weights
        return float(weights @ self.mean), float(max(variance, 0.0)) ** 0.5
