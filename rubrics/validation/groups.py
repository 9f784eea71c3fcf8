"""Known groups and discriminant validity: people whose faults are known because we wrote them.

The plays come from outside (``trainer.validation``); here they are only compared.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rubrics.acts.reading import Frozen
from rubrics.validation.agreement import pairs_in_order
from rubrics.validation.study import Figure, Study, at_least, at_most, mean_figure

SKILLED, AVERAGE, SILENT = "skilled", "average", "silent"
#: The competency that each scripted fault is a fault of.
TARGETS: Mapping[str, str] = {
    "keyword_empathy": "NOTICE",
    "interrogator": "EXPLORE",
    "apology_spam": "STEADY",
    "premature_solver": "PARTNER",
    "policy_blamer": "STEADY",
    "minimiser": "VALIDATE",
    "hostile": "STEADY",
    "toxic_positive": "VALIDATE",
    "defensive": "STEADY",
    "but_negator": "VALIDATE",
    "parroter": "REFLECT",
    "caver": "FAIR-WAY",
}


#: What a slip caps beside its target (rubric.md, section 4): neither target nor "other".
BESIDE: Mapping[str, frozenset[str]] = {
    "keyword_empathy": frozenset({"REFLECT"}),
    "apology_spam": frozenset({"OWN"}),
    "premature_solver": frozenset({"RESOLVE"}),
    "policy_blamer": frozenset({"OWN"}),
    "minimiser": frozenset({"NOTICE"}),
}
#: Level 0 of nearly every competency by its anchors, so that no other is left to compare with.
EVERYWHERE = frozenset({"hostile"})
#: In a discriminant play every second reply of the skilled employee is the fault's instead.
EVERY = 2


def with_fault(skilled: Sequence[str], fault: Sequence[str]) -> tuple[str, ...]:
    """The skilled replies, with the fault's in every second place."""
    pairs = enumerate(zip(skilled, fault, strict=True))
    return tuple(wrong if place % EVERY else right for place, (right, wrong) in pairs)


def spoiled(fault: str) -> str:
    """The name of the policy that is skilled but for this fault."""
    return f"{SKILLED} with {fault}"


class Play(Frozen):
    """The levels of one play; empty where nothing could be rated."""

    scenario: str
    policy: str
    seed: int
    levels: dict[str, float]


class _Pair(Frozen):
    """Two plays of a scenario and seed on the competency that the fault is about."""

    where: str
    fault: str
    better: str
    upper: float
    lower: float


def known_groups(plays: Sequence[Play]) -> Study:
    """Skilled above average above each fault, on the competency that the fault targets."""
    pairs = list(_pairs(plays))
    wrong = [pair for pair in pairs if pair.upper <= pair.lower]
    return Study(
        id="known-groups",
        title="Known groups",
        method=(
            f"{len({p.policy for p in plays if ' with ' not in p.policy})} scripted employees play "
            f"{len({p.scenario for p in plays})} scenarios on {len({p.seed for p in plays})} "
            "seeds. On the competency that a fault is about, the skilled one must score above the "
            "average one, and the average one above the fault; equal levels count as wrong."
        ),
        figures=tuple(_group_figures(plays, pairs)),
        failures=tuple(dict.fromkeys(_said(pair) for pair in wrong)),
    )


def _pairs(plays: Sequence[Play]) -> Iterator[_Pair]:
    table = {(play.scenario, play.seed, play.policy): play.levels for play in plays}
    for (scenario, seed, fault), levels in table.items():
        if fault not in TARGETS:
            continue
        on = TARGETS[fault]
        chain = [table.get((scenario, seed, name), {}).get(on) for name in (SKILLED, AVERAGE)]
        for better, upper, lower in (
            (SKILLED, chain[0], chain[1]),
            (AVERAGE, chain[1], levels.get(on)),
            (f"{SKILLED} over fault", chain[0], levels.get(on)),
        ):
            if upper is not None and lower is not None:
                yield _Pair(where=scenario, fault=fault, better=better, upper=upper, lower=lower)


def _group_figures(plays: Sequence[Play], pairs: Sequence[_Pair]) -> Iterator[Figure]:
    scenarios = [f"{pair.where}/{pair.fault}" for pair in pairs]
    order = [float(pair.upper > pair.lower) for pair in pairs]
    yield mean_figure("pairs in the right order", order, at_least(0.95), scenarios)
    chosen = [pair for pair in pairs if pair.better == f"{SKILLED} over fault"]
    upper = np.array([pair.upper for pair in chosen])
    lower = np.array([pair.lower for pair in chosen])
    yield Figure(
        name="AUC, skilled against faults",
        value=round(pairs_in_order(upper, lower), 4),
        n=len(chosen),
        bound=at_least(0.95),
    )
    yield Figure(
        name="d, skilled against faults",
        value=round(cohens_d(upper, lower), 3),
        n=len(chosen),
        bound=at_least(1.5),
    )
    silent = [float(not play.levels) for play in plays if play.policy == SILENT]
    yield mean_figure("silence is not rated", silent, at_least(1.0))


def cohens_d(upper: np.typing.NDArray[np.float64], lower: np.typing.NDArray[np.float64]) -> float:
    """Difference of means in pooled standard deviations (Cohen 1988)."""
    pooled = math.sqrt((float(upper.var(ddof=1)) + float(lower.var(ddof=1))) / 2)
    return float(upper.mean() - lower.mean()) / max(pooled, 1e-9)


def _said(pair: _Pair) -> str:
    on = TARGETS[pair.fault]
    better = pair.better.split()[0]
    worse = AVERAGE if pair.better == SKILLED else pair.fault
    return f"{pair.where}: {better} {pair.upper:g}, {worse} {pair.lower:g} on {on}"


def discriminant(plays: Sequence[Play]) -> Study:
    """A fault costs its own competency more than the others, and competencies are not one thing."""
    drops = list(_drops(plays))
    own = [drop[1] for drop in drops]
    other = [drop[2] for drop in drops]
    ratio = float(np.mean(own)) / max(float(np.mean(other)), 1e-9)
    return Study(
        id="discriminant",
        title="Discriminant validity",
        method=(
            "In the skilled play every second reply is replaced by a fault's; against the skilled "
            "play of the same scenario and seed, how much that lowers the competency that the "
            "fault is about, and how much the others on average that the slip does not cap as well "
            "(rubric, section 4; hostility, level 0 of nearly all, is left out). The halo is the "
            "mean correlation between competencies over all scripted employees."
        ),
        figures=(
            mean_figure("drop on the targeted competency", own),
            mean_figure("mean drop on the others", other),
            Figure(name="ratio of the two", value=round(ratio, 3), n=len(own), bound=at_least(2.0)),
            Figure(
                name="mean correlation between competencies",
                value=round(halo(plays), 3),
                n=len(plays),
                bound=at_most(0.75),
            ),
        ),
        failures=tuple(
            dict.fromkeys(f"{name}: {a:.2f} against {b:.2f}" for name, a, b in drops if a < 2 * b)
        ),
    )


def _drops(plays: Sequence[Play]) -> Iterator[tuple[str, float, float]]:
    table = {(play.scenario, play.seed, play.policy): play.levels for play in plays}
    for (scenario, seed, fault), on in _faults(plays):
        best = table.get((scenario, seed, SKILLED), {})
        levels = table.get((scenario, seed, spoiled(fault)), {})
        aside = BESIDE.get(fault, frozenset()) | {on}
        others = [best[k] - levels[k] for k in best if k in levels and k not in aside]
        if on in best and on in levels and others:
            yield f"{scenario}: {fault}", best[on] - levels[on], float(np.mean(others))


def _faults(plays: Sequence[Play]) -> Iterator[tuple[tuple[str, int, str], str]]:
    for play in plays:
        if play.policy in TARGETS and play.policy not in EVERYWHERE:
            yield (play.scenario, play.seed, play.policy), TARGETS[play.policy]


def halo(plays: Sequence[Play]) -> float:
    """The mean Pearson correlation over pairs of competencies rated in at least ten plays."""
    columns: dict[str, dict[int, float]] = defaultdict(dict)
    for row, play in enumerate(play for play in plays if " with " not in play.policy):
        for name, level in play.levels.items():
            columns[name][row] = level
    names = sorted(columns)
    found = [
        _correlation(columns[a], columns[b]) for i, a in enumerate(names) for b in names[i + 1 :]
    ]
    known = [r for r in found if r is not None]
    return float(np.mean(known)) if known else 0.0


def _correlation(one: Mapping[int, float], other: Mapping[int, float]) -> float | None:
    rows = sorted(one.keys() & other.keys())
    first, second = np.array([one[r] for r in rows]), np.array([other[r] for r in rows])
    if len(rows) < 10 or not first.std() or not second.std():
        return None
    return float(np.corrcoef(first, second)[0, 1])
