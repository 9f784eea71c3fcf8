"""What the scores so far say about a person's skills, how sure that is, and whether it changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import NormalDist
from typing import Literal
from uuid import UUID

import numpy as np

from progress.kalman import Array, Belief, Measured, Model
from progress.play import ScoreRecord

Change = Literal[
    "improved", "probably improving", "too early to tell", "probably slipping", "declined"
]

MIN_CONVERSATIONS = 3
MIN_SCENARIOS = 2
#: A change smaller than this, in levels, is not worth a word.
WORTH_SAYING = 0.25
SURE, LIKELY = 0.95, 0.80
_Z90 = NormalDist().inv_cdf(0.95)
TOP = 4.0
BANDS = (("Starting", 1.25), ("Developing", 2.25), ("Proficient", 3.25), ("Advanced", TOP))
#: How much of the interval must lie in one band for the band to be named.
INSIDE = 0.80
DIFFICULTY_SE = 0.35


@dataclass(frozen=True)
class Difficulty:
    """How much harder (+) or easier (-) than usual a scenario is, in levels, and its error."""

    level: float
    se: float = DIFFICULTY_SE


USUAL = Difficulty(0.0)


@dataclass(frozen=True)
class Observation:
    """One rated level of one first, unassisted conversation."""

    conversation: UUID
    when: datetime
    scenario: str
    competency: str
    level: float
    se: float | None
    difficulty: Difficulty = USUAL


@dataclass(frozen=True)
class Estimate:
    """A skill, or the mean of several, on 0-4.

    ``low`` to ``high`` holds the true level with 90% probability, as far as the model is right.
    """

    mean: float
    low: float
    high: float
    sd: float
    n: int
    n_scenarios: int
    last: datetime | None
    #: P(the skill rose, or fell, by more than .25 since the first conversation).
    p_rose: float
    p_fell: float

    @property
    def missing_conversations(self) -> int:
        """How many more conversations it takes until a level is shown."""
        return max(0, MIN_CONVERSATIONS - self.n)

    @property
    def missing_scenarios(self) -> int:
        """How many more different scenarios it takes until a level is shown."""
        return max(0, MIN_SCENARIOS - self.n_scenarios)

    @property
    def enough(self) -> bool:
        """Whether there is enough to show a level to the person."""
        return self.missing_conversations == 0 and self.missing_scenarios == 0

    @property
    def change(self) -> Change:
        """The word for how the skill moved; "too early to tell" unless the test says otherwise."""
        if not self.enough:
            return "too early to tell"
        if max(self.p_rose, self.p_fell) < LIKELY:
            return "too early to tell"
        if self.p_rose > self.p_fell:
            return "improved" if self.p_rose >= SURE else "probably improving"
        return "declined" if self.p_fell >= SURE else "probably slipping"

    @property
    def band(self) -> str | None:
        """One band, or "between X and Y" where the interval spreads; None until ``enough``."""
        return band_of(self.low, self.high) if self.enough else None

    @property
    def still_needed(self) -> str | None:
        """What is missing until a level is shown, as a sentence; None if nothing is."""
        if self.enough:
            return None
        more = max(self.missing_conversations, self.missing_scenarios)
        noun = "conversation" if more == 1 else "conversations"
        where = " on another scenario" if self.missing_scenarios and self.n else ""
        return f"Too early to tell: {more} more {noun}{where} without hints."


@dataclass(frozen=True)
class Profile:
    """All skills of a person. ``overall`` is the mean of those that were rated, if any was."""

    skills: dict[str, Estimate]
    overall: Estimate | None


@dataclass(frozen=True)
class Point:
    """What was believed right after one conversation, for a curve with its band."""

    conversation: UUID
    when: datetime
    mean: float
    low: float
    high: float


def band_of(low: float, high: float) -> str:
    """The band that holds at least 80% of the interval, or the two that it lies between."""
    names = [name for name, _ in BANDS]
    edges = [-1.0, *(edge for _, edge in BANDS)]
    low = min(low, high - 1e-6)
    width = high - low
    inside = [
        max(0.0, min(high, edges[i + 1]) - max(low, edges[i])) / width for i in range(len(names))
    ]
    best = max(range(len(names)), key=inside.__getitem__)
    touched = [i for i, share in enumerate(inside) if share > 0]
    if inside[best] >= INSIDE or len(touched) < 2:
        return names[best]
    return f"between {names[touched[0]]} and {names[touched[-1]]}"


def observations(
    records: Iterable[ScoreRecord], difficulties: Mapping[str, Difficulty]
) -> tuple[Observation, ...]:
    """The scores that count: rated, without hints, and no retries.

    ``difficulties`` are by scenario id; a scenario that is not there counts as usual.
    """
    return tuple(
        Observation(
            conversation=record.play_id,
            when=record.practised_at,
            scenario=record.scenario_id,
            competency=record.competency,
            level=record.level,
            se=record.se,
            difficulty=difficulties.get(record.scenario_id, USUAL),
        )
        for record in records
        if record.level is not None and not record.assisted and record.retry_of is None
    )


def estimate(
    seen: Sequence[Observation],
    *,
    competencies: Sequence[str],
    now: datetime,
    model: Model | None = None,
) -> Profile:
    """What is believed now about each of ``competencies`` and of all others in ``seen``."""
    names = _names(seen, competencies)
    model = model or Model()
    belief = Belief.prior(len(names), model)
    for step in _filtered(seen, names, model):
        belief = step.belief.aged(model, sessions=0, days=_days(now - step.when))
    skills = {
        name: _estimate(belief, _one(i, len(names)), [o for o in seen if o.competency == name])
        for i, name in enumerate(names)
    }
    return Profile(skills, _overall(belief, names, seen))


def trajectory(
    seen: Sequence[Observation],
    competency: str,
    *,
    competencies: Sequence[str] = (),
    model: Model | None = None,
) -> tuple[Point, ...]:
    """What was believed about one skill after each conversation, from its first rating on."""
    names = _names(seen, competencies)
    if not any(o.competency == competency for o in seen):
        return ()
    weights = _one(names.index(competency), len(names))
    first = min(o.when for o in seen if o.competency == competency)
    steps = _filtered(seen, names, model or Model())
    return tuple(_point(step, weights) for step in steps if step.when >= first)


@dataclass(frozen=True)
class _Step:
    conversation: UUID
    when: datetime
    belief: Belief


def _filtered(seen: Iterable[Observation], names: list[str], model: Model) -> Iterator[_Step]:
    """The belief after each conversation, in the order of time."""
    belief = Belief.prior(len(names), model)
    scenarios: dict[str, int] = {}
    plays: Counter[tuple[str, str]] = Counter()
    last: datetime | None = None
    ordered = sorted(seen, key=lambda o: (o.when, o.conversation))
    for (when, conversation), group in groupby(ordered, key=lambda o: (o.when, o.conversation)):
        if last is not None:
            belief = belief.aged(model, sessions=1, days=_days(when - last))
        measured = []
        for one in group:
            if one.scenario not in scenarios:
                scenarios[one.scenario] = belief.scenarios
                belief = belief.with_scenario(one.difficulty.level, one.difficulty.se)
            plays[one.scenario, one.competency] += 1
            error = model.error(one.se, plays[one.scenario, one.competency])
            skill = names.index(one.competency)
            measured.append(Measured(skill, scenarios[one.scenario], one.level, error))
        belief = belief.updated(measured)
        last = when
        yield _Step(conversation, when, belief)


def _estimate(belief: Belief, weights: Array, own: Sequence[Observation]) -> Estimate:
    mean, sd = belief.now(weights)
    moved, moved_sd = belief.change(weights)
    moves = NormalDist(moved, max(moved_sd, 1e-9))
    return Estimate(
        mean=_on_scale(mean),
        low=_on_scale(mean - _Z90 * sd),
        high=_on_scale(mean + _Z90 * sd),
        sd=sd,
        n=len({o.conversation for o in own}),
        n_scenarios=len({o.scenario for o in own}),
        last=max((o.when for o in own), default=None),
        p_rose=1 - moves.cdf(WORTH_SAYING),
        p_fell=moves.cdf(-WORTH_SAYING),
    )


def _overall(belief: Belief, names: list[str], seen: Sequence[Observation]) -> Estimate | None:
    rated = {o.competency for o in seen}
    if not rated:
        return None
    weights = np.array([1.0 / len(rated) if name in rated else 0.0 for name in names])
    return _estimate(belief, weights, seen)


def _point(step: _Step, weights: Array) -> Point:
    mean, sd = step.belief.now(weights)
    low, high = _on_scale(mean - _Z90 * sd), _on_scale(mean + _Z90 * sd)
    return Point(step.conversation, step.when, _on_scale(mean), low, high)


def _names(seen: Iterable[Observation], competencies: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*competencies, *(o.competency for o in seen)]))


def _one(index: int, size: int) -> Array:
    weights: Array = np.zeros(size)
    weights[index] = 1.0
    return weights


def _days(passed: timedelta) -> float:
    return passed.total_seconds() / 86_400


def _on_scale(level: float) -> float:
    return min(max(level, 0.0), TOP)
