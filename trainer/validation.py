"""The studies that ``attune validate`` runs; known groups are played here, the rest is rated."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rubrics import library as rubrics
from rubrics.model import Scorecard
from rubrics.validation import agreement_studies, gaming, groups, robust
from rubrics.validation.groups import Play
from rubrics.validation.samples import Rater, Sample, rated
from rubrics.validation.study import Progress, Study, silently
from rubrics.validation.two_labellers import two_labellers
from scenarios import library
from scenarios.model import Scenario
from trainer import playtest, session
from trainer.session import Engine, RolePlay

SEEDS = 5
#: The policies whose plays are shipped as samples, on seed 0.
SHIPPED_PLAYS = (
    "skilled",
    "repair",
    "average",
    "premature_solver",
    "interrogator",
    "minimiser",
    "policy_blamer",
    "keyword_empathy",
)


@dataclass(frozen=True)
class Bench:
    """What the studies need."""

    engine: Engine
    rater: Rater
    data: Path | None = None
    seeds: int = SEEDS
    progress: Progress = silently


def bench(engine: Engine, data: Path | None = None, progress: Progress = silently) -> Bench:
    """The bench of an engine's labeller and scorer."""
    return Bench(engine, Rater(engine.labeller, engine.scorer), data, progress=progress)


def _groups(bench: Bench) -> Iterator[Study]:
    found = plays(bench.engine, bench.seeds, bench.progress)
    yield groups.known_groups(found)
    yield groups.discriminant(found)


def _human(bench: Bench) -> Iterator[Study]:
    yield from agreement_studies.human(bench.engine.labeller, bench.data, bench.progress)


def _own(bench: Bench) -> Iterator[Study]:
    yield two_labellers()
    yield agreement_studies.own_corpus(bench.engine.labeller, bench.progress)
    yield agreement_studies.own_talks(bench.engine.labeller)


def _robust(bench: Bench) -> Iterator[Study]:
    fresh = Rater(bench.engine.labeller, bench.engine.scorer)
    yield gaming.gaming(bench.rater)
    yield gaming.verbosity(bench.rater)
    yield robust.injection(bench.rater, bench.progress)
    yield robust.fairness(bench.rater)
    yield robust.determinism(bench.rater, fresh)
    yield robust.drift(bench.rater)


#: Groups of studies by the name that ``--only`` takes, in the order of the report.
STUDIES: dict[str, Callable[[Bench], Iterator[Study]]] = {
    "agreement": _human,
    "corpus": _own,
    "groups": _groups,
    "robust": _robust,
}


def run(bench: Bench, only: Sequence[str] = ()) -> Iterator[Study]:
    """The studies one by one, all of them or those named."""
    for name, studies in STUDIES.items():
        if not only or name in only:
            bench.progress(f"{name} …")
            yield from studies(bench)


def plays(engine: Engine, seeds: int, progress: Progress = silently) -> tuple[Play, ...]:
    """Every scripted employee on every shipped scenario and seed."""
    return tuple(_plays(engine, seeds, progress))


def _plays(engine: Engine, seeds: int, progress: Progress) -> Iterator[Play]:
    for scenario in library.shipped().values():
        for policy, replies in _policies(playtest.load(scenario.id).policies):
            for seed in range(seeds):
                card = _card(playtest.play(scenario, replies, engine, seed), scenario, engine)
                yield Play(scenario=scenario.id, policy=policy, seed=seed, levels=rated(card))
        progress(f"played {scenario.id} on {seeds} seeds")


def _policies(scripts: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    """The scripted employees, and the skilled one with each of the faults."""
    yield from scripts.items()
    for fault in (name for name in groups.TARGETS if name in scripts):
        yield groups.spoiled(fault), groups.with_fault(scripts[groups.SKILLED], scripts[fault])


def _card(role_play: RolePlay, scenario: Scenario, engine: Engine) -> Scorecard:
    return session.score(role_play, scenario, rubrics.find(scenario.program), engine)


def played(
    scenario: Scenario, policy: str, replies: Sequence[str], engine: Engine, seed: int
) -> Sample:
    """One play as a conversation to be rated."""
    role_play = playtest.play(scenario, replies, engine, seed)
    return Sample(
        id=f"{scenario.id}-{policy}",
        rubric=scenario.program,
        style=policy,
        opportunities=tuple(scenario.opportunities),
        turns=role_play.turns(),
    )


def freeze(bench: Bench, folder: Path = robust.ANCHORS.parent) -> tuple[Path, Path]:
    """Write the shipped plays anew, and the levels of all anchors as they are now."""
    samples = [
        played(scenario, policy, playtest.load(scenario.id).policies[policy], bench.engine, 0)
        for scenario in library.shipped().values()
        for policy in SHIPPED_PLAYS
    ]
    conversations, anchors = folder / "plays.jsonl", folder / robust.ANCHORS.name
    lines = (sample.model_dump_json() + "\n" for sample in samples)
    conversations.write_text("".join(lines), encoding="utf-8")
    anchors.write_text(robust.frozen_levels(bench.rater), encoding="utf-8")
    return conversations, anchors
