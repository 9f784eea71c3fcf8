"""What to practise next: one skill, one scenario, one sentence why. Pure.

Rules (practice.md §2.6-7): one skill at a time; a scenario on which the expected level is 1.8-2.6,
where about two tries in three succeed; reviews after 2, 7, 21 and 60 days, sooner for a weak skill
and later for a strong one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from progress.skills import Estimate

EXPECTED = (1.8, 2.6)
SPACING_DAYS = (2, 7, 21, 60)
WEAK, STRONG = 2.0, 3.0
SOONER, LATER = 0.5, 1.6
#: A scenario played before must fit better by this many levels than one never played.
NOVELTY = 0.4


@dataclass(frozen=True)
class Practisable:
    """What the plan knows of a scenario; ``difficulty`` in levels, + is harder than usual."""

    id: str
    program: str
    competencies: tuple[str, ...]
    difficulty: float


@dataclass(frozen=True)
class Suggestion:
    """The next practice. ``expected`` is the level that the skill is likely to show there, 0-4."""

    scenario: str
    competency: str
    expected: float
    reason: str


def suggest(
    skills: Mapping[str, Estimate],
    scenarios: Iterable[Practisable],
    *,
    played: Mapping[str, datetime],
    now: datetime,
    names: Mapping[str, str] | None = None,
) -> Suggestion | None:
    """The next practice, or None where no scenario exercises any of the skills.

    Args:
        skills: what is believed of each skill.
        scenarios: what may be suggested; filter by program before, if the person chose one.
        played: when each scenario was last played, by id.
        now: the time now, with its zone.
        names: how to call a skill in the reason, by id.
    """
    offered = sorted(scenarios, key=lambda s: s.id)
    able = {c: e for c, e in skills.items() if any(c in s.competencies for s in offered)}
    if not able:
        return None
    target = _target(able, now)
    fitting = [s for s in offered if target in s.competencies]
    best = min(fitting, key=lambda s: _misfit(s, skills[target].mean, played))
    return Suggestion(
        scenario=best.id,
        competency=target,
        expected=_expected(best, skills[target].mean),
        reason=_reason((names or {}).get(target, target), skills[target], best, played, now),
    )


def due_at(skill: Estimate) -> datetime | None:
    """When the skill should be practised again; None where it never was."""
    if skill.last is None:
        return None
    days = float(SPACING_DAYS[min(skill.n, len(SPACING_DAYS)) - 1])
    if skill.mean < WEAK:
        days *= SOONER
    elif skill.mean >= STRONG:
        days *= LATER
    return skill.last + timedelta(days=days)


def _is_due(skill: Estimate, now: datetime) -> bool:
    due = due_at(skill)
    return due is None or due <= now


def _target(skills: Mapping[str, Estimate], now: datetime) -> str:
    """The skill that may be lowest: a low estimate and a doubtful one both have a low bound.

    A skill that is due, or was never practised, comes before one that is not.
    """
    return min(skills, key=lambda c: (not _is_due(skills[c], now), skills[c].low))


def _expected(scenario: Practisable, mean: float) -> float:
    return min(max(mean - scenario.difficulty, 0.0), 4.0)


def _misfit(
    scenario: Practisable, mean: float, played: Mapping[str, datetime]
) -> tuple[float, float, float]:
    """Smaller is better: how far off the wanted level, then the middle of it, then how recent."""
    expected = _expected(scenario, mean)
    off = max(EXPECTED[0] - expected, expected - EXPECTED[1], 0.0)
    last = played.get(scenario.id)
    recent = last.timestamp() if last else 0.0
    return (off + (NOVELTY if last else 0.0), recent, abs(expected - sum(EXPECTED) / 2))


def _reason(
    name: str,
    skill: Estimate,
    scenario: Practisable,
    played: Mapping[str, datetime],
    now: datetime,
) -> str:
    what = "again" if scenario.id in played else "in a conversation that is new to you"
    due = due_at(skill)
    if due is None:
        return f"There is no level for “{name}” yet; try it {what}."
    if due <= now:
        days = max((now - skill.last).days, 0) if skill.last else 0
        return f"“{name}” was last practised {_ago(days)} and is due; practise it {what}."
    return f"“{name}” has the most room to grow so far; practise it {what}."


def _ago(days: int) -> str:
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
