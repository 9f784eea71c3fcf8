"""How a self-rating compares with the evidence: the difference, and how sure it is.

Both directions matter: who rates a reply higher than the evidence learns where to look, and who
rates it lower (many careful people do) needs to hear that it worked.
"""

from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import fmean, variance
from typing import Literal

from rubrics.acts.reading import Frozen

Direction = Literal["lower", "higher", "alike"]

_Z90 = 1.64
#: Variance of a rating that is given in whole levels.
_ROUNDING = 1 / 12
#: Error of a level where the scorer gave none.
_USUAL_SE = 0.5
#: Conversations until a habit of rating can be told.
MIN_CONVERSATIONS = 3
#: A smaller difference than this, in levels, is none.
WORTH_SAYING = 0.5


class Rated(Frozen):
    """One competency in one conversation, rated by both."""

    competency: str
    own: float
    level: float
    se: float | None = None


class Gap(Frozen):
    """Self minus scored, in levels; ``low`` to ``high`` holds it with 90% probability."""

    competency: str
    mean: float
    low: float
    high: float
    n: int

    @property
    def direction(self) -> Direction:
        """Where the self-rating lies, as far as that can be told."""
        if self.high < 0 and self.mean <= -WORTH_SAYING:
            return "lower"
        return "higher" if self.low > 0 and self.mean >= WORTH_SAYING else "alike"


def gap(rated: Sequence[Rated]) -> Gap:
    """The mean difference on one competency over one conversation or several."""
    differences = [one.own - one.level for one in rated]
    spread = fmean((one.se or _USUAL_SE) ** 2 + _ROUNDING for one in rated)
    if len(differences) > 1:
        spread = max(spread, variance(differences))
    mean, error = fmean(differences), _Z90 * sqrt(spread / len(differences))
    return Gap(
        competency=rated[0].competency,
        mean=mean,
        low=mean - error,
        high=mean + error,
        n=len(differences),
    )


def gaps(rated: Iterable[Rated], least: int = 1) -> tuple[Gap, ...]:
    """A gap for every competency that was rated by both at least so often."""
    by_skill: dict[str, list[Rated]] = {}
    for one in rated:
        by_skill.setdefault(one.competency, []).append(one)
    return tuple(gap(several) for several in by_skill.values() if len(several) >= least)
