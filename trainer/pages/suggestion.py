"""What a user's practice says so far, and which practice to offer next."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from progress import plan, skills
from rubrics import library as rubrics_library
from scenarios import library
from scenarios.model import Scenario
from trainer.practice import Practice

FIRST = "third-missed-delivery"


@dataclass(frozen=True)
class Suggested:
    """A scenario and the reason for it, in one sentence."""

    scenario: Scenario
    reason: str


def competency_names() -> dict[str, str]:
    """Every competency of the three programs, id to name."""
    return {c.id: c.name for r in rubrics_library.every() for c in r.competencies}


def seen_by(practice: Practice, user: UUID) -> tuple[skills.Observation, ...]:
    """The levels that count towards the user's skills."""
    hardness = {s.id: skills.Difficulty(s.difficulty) for s in library.shipped().values()}
    return skills.observations(practice.store.score_history(user=user), hardness)


def profile(practice: Practice, user: UUID) -> skills.Profile:
    """What is believed about each skill now."""
    return skills.estimate(
        seen_by(practice, user), competencies=list(competency_names()), now=datetime.now(UTC)
    )


def suggest(practice: Practice, user: UUID) -> Suggested:
    """The next practice for this user; a fixed, gentle one where nothing is known yet."""
    played = {p.scenario_id: p.started_at for p in reversed(practice.history(user))}
    if not played:
        reason = "A good first one: an upset customer, and something they do not say at once."
        return Suggested(library.find(FIRST), reason)
    offered = [
        plan.Practisable(s.id, s.program, tuple(s.opportunities), s.difficulty)
        for s in library.shipped().values()
    ]
    best = plan.suggest(
        profile(practice, user).skills,
        offered,
        played=played,
        now=datetime.now(UTC),
        names=competency_names(),
    )
    if best is None:
        return Suggested(library.find(FIRST), "Start here.")
    return Suggested(library.find(best.scenario), best.reason)
