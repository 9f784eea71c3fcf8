"""Scripted employees: they play a scenario through, so that its figures can be compared.

The scripts stand in ``scenarios/playtests/<scenario-id>.yaml``, one list of replies a policy. They
know nothing of the counterpart's answers; an empty reply is silence.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Self

import yaml
from pydantic import ValidationError, model_validator

from rubrics import library as rubrics_library
from rubrics.acts.reading import Frozen
from rubrics.model import Scorecard
from scenarios import library
from scenarios.library import ScenarioError
from scenarios.model import Ending, Gate, Scenario, Slug, Temperament
from trainer import session
from trainer.session import Engine, RolePlay

FOLDER = Path(library.__file__).parent / "playtests"
TURNS = 12
#: The policies of the design, from the calmest final tension to the hottest.
TABLE = (
    "skilled",
    "repair",
    "average",
    "keyword_empathy",
    "interrogator",
    "apology_spam",
    "silent",
    "premature_solver",
    "policy_blamer",
    "minimiser",
    "hostile",
)


class Playtest(Frozen):
    """One scenario's scripted replies, by policy; an empty string is silence."""

    scenario: Slug
    policies: dict[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        missing = [name for name in TABLE if name not in self.policies]
        if missing:
            raise ValueError(f"policies are missing: {', '.join(missing)}")
        short = [name for name, replies in self.policies.items() if len(replies) != TURNS]
        if short:
            raise ValueError(f"write {TURNS} replies each for: {', '.join(short)}")
        return self


class PlaytestResult(Frozen):
    """How one policy fared over several seeds."""

    scenario: str
    policy: str
    seeds: int
    #: Means over the seeds: final tension and trust in [0, 1], disclosure 0-2, level 0-4.
    tension: float
    trust: float
    disclosed: float
    overall: float | None
    endings: dict[Ending, int]

    def row(self) -> tuple[str, ...]:
        """For a table: scenario, policy, tension, disclosed, overall, endings."""
        level = "-" if self.overall is None else f"{self.overall:.2f}"
        endings = ", ".join(f"{ending} {count}" for ending, count in self.endings.items())
        return (
            self.scenario,
            self.policy,
            f"{self.tension:.2f}",
            f"{self.disclosed:.1f}",
            level,
            endings,
        )


def load(scenario_id: str, folder: Path = FOLDER) -> Playtest:
    """The scripts for a scenario; ScenarioError says what is wrong with the file."""
    path = folder / f"{scenario_id}.yaml"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Playtest.model_validate(data)
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path}: not valid YAML ({error})") from error
    except ValidationError as error:
        raise ScenarioError(f"{path}: {error.errors()[0]['msg']}") from error


def play(
    scenario: Scenario,
    replies: Sequence[str],
    engine: Engine,
    seed: int,
    temperament: Temperament | None = None,
) -> RolePlay:
    """The whole role-play of one script; it stops where the counterpart ends it."""
    role_play = session.begin(scenario, seed, temperament)
    for reply in replies:
        if role_play.ending:
            break
        exchange = session.respond(role_play, reply, scenario, engine)
        role_play = session.extended(role_play, exchange)
    return role_play


def playtest_scenario(scenario: Scenario, engine: Engine, seeds: int) -> Iterator[PlaytestResult]:
    """Every policy of the scenario's script over seeds 0 to ``seeds - 1``, with scores."""
    for policy, replies in load(scenario.id).policies.items():
        plays = [play(scenario, replies, engine, seed) for seed in range(seeds)]
        cards = [_score(role_play, scenario, engine) for role_play in plays]
        yield summarise(scenario.id, policy, plays, cards)


def summarise(
    scenario_id: str, policy: str, plays: Sequence[RolePlay], cards: Sequence[Scorecard] = ()
) -> PlaytestResult:
    """The means over the plays of one policy."""
    levels = [level for card in cards if (level := card.overall()) is not None]
    disclosed: list[Gate] = [role_play.state.disclosed for role_play in plays]
    return PlaytestResult(
        scenario=scenario_id,
        policy=policy,
        seeds=len(plays),
        tension=mean(role_play.state.tension for role_play in plays),
        trust=mean(role_play.state.trust for role_play in plays),
        disclosed=mean(disclosed),
        overall=mean(levels) if levels else None,
        endings=dict(Counter(session.ending_of(role_play) for role_play in plays)),
    )


def _score(role_play: RolePlay, scenario: Scenario, engine: Engine) -> Scorecard:
    return session.score(role_play, scenario, rubrics_library.find(scenario.program), engine)
