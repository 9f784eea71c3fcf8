"""People who really grow, on scenarios that get harder as they do: what would be believed?"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
import numpy.typing as npt

from progress.skills import Change, Difficulty, Observation, estimate

SKILLS = [f"skill-{i}" for i in range(8)]
START = datetime(2026, 1, 1, tzinfo=UTC)
#: Person by scenario, occasion, scorer; the rounding comes from rounding.
ERROR_SD = float(np.sqrt(0.40**2 + 0.30**2 + 0.35**2))
LOOK_AFTER = (1, 2, 4, 8, 16)


@dataclass
class Found:
    """Errors of the estimate and of the plain mean, and hits of the interval, by session."""

    errors: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    mean_errors: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    hits: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    words: list[Change] = field(default_factory=list)

    def rmse(self, session: int) -> float:
        return float(np.sqrt(np.mean(np.square(self.errors[session]))))

    def rmse_of_mean(self, session: int) -> float:
        return float(np.sqrt(np.mean(np.square(self.mean_errors[session]))))

    def coverage(self, session: int) -> float:
        return float(np.mean(self.hits[session]))


def simulate(people: int, *, growth: float, seed: int) -> Found:
    """``growth`` in levels a session; each session on a new scenario, three days apart."""
    rng = np.random.default_rng(seed)
    found = Found()
    for _ in range(people):
        _one_person(rng, growth, found)
    return found


def _one_person(rng: np.random.Generator, growth: float, found: Found) -> None:
    skills = 1.8 + 0.6 * np.sqrt(0.5) * (rng.normal() + rng.normal(size=len(SKILLS)))
    seen: list[Observation] = []
    believed = 1.8
    for session in range(1, max(LOOK_AFTER) + 1):
        rating = float(np.clip(believed - 2.2, -1.2, 1.2))
        seen += _conversation(rng, skills, session, rating)
        if session in LOOK_AFTER:
            believed = _look(seen, skills, session, found)
        skills = skills + growth


def _conversation(
    rng: np.random.Generator, skills: npt.NDArray[np.float64], session: int, rating: float
) -> list[Observation]:
    difficulty = rating + 0.35 * rng.normal()
    levels = skills - difficulty + ERROR_SD * rng.normal(size=len(SKILLS))
    return [
        Observation(
            conversation=UUID(int=session),
            when=START + timedelta(days=3 * session),
            scenario=f"scenario-{session}",
            competency=name,
            level=float(level),
            se=0.35,
            difficulty=Difficulty(rating),
        )
        for name, level in zip(SKILLS, np.clip(np.round(levels), 0, 4), strict=True)
    ]


def _look(
    seen: list[Observation], skills: npt.NDArray[np.float64], session: int, found: Found
) -> float:
    profile = estimate(seen, competencies=SKILLS, now=seen[-1].when)
    for name, true in zip(SKILLS, skills, strict=True):
        one = profile.skills[name]
        plain = float(np.mean([o.level for o in seen if o.competency == name]))
        found.errors[session].append(one.mean - float(true))
        found.mean_errors[session].append(plain - float(true))
        found.hits[session].append(one.low <= true <= one.high)
        if session == max(LOOK_AFTER):
            found.words.append(one.change)
    assert profile.overall is not None
    return profile.overall.mean
