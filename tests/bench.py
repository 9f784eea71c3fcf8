"""`make bench`: how fast and how big Attune is on this machine, as medians.

Every figure is taken on the parts that people use; nothing is mocked.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from uuid import uuid4

from progress.database import open_engine, upgrade
from progress.store import Store
from rubrics import library as rubrics_library
from rubrics.acts import Context
from rubrics.acts.learned import LearnedLabeller
from scenarios import library
from scenarios.model import Scenario
from tests.published_shape import BiEncoder
from tests.serving import serving
from trainer import playtest
from trainer.assembly import build_engine
from trainer.guard import Guard
from trainer.guard.measure import labelled
from trainer.practice import Practice
from trainer.session import Engine, RolePlay, begin, extended, respond, score

RUNS = 5
READINGS = 15
PARALLEL = 20
SETTLING_SECONDS = 3
#: A pair of 60 tokens in all, as they are read together; the number makes it a new reply.
MESSAGE = "This is the third time. I took the morning off for nothing. Do you people even care?"
REPLY = (
    "{} times, and today it cost you a morning as well. I'm sorry, that was our mistake. I'll "
    "ring the depot myself. What was in it?"
)
TARGETS = {
    "a turn without a language model": (60, "ms"),
    "a turn with the record": (80, "ms"),
    "director, guard and record, with a model": (80, "ms"),
    "scoring twelve turns": (400, "ms"),
    "loading the labeller": (1000, "ms"),
    "memory for the labeller": (200, "MB"),
    "labelling a reply of 60 tokens": (15, "ms"),
    "labelling twelve replies": (150, "ms"),
    "attune --help": (400, "ms"),
    "attune serve to the first page": (6000, "ms"),
    "resident with the page open": (600, "MB"),
    "95th percentile of a turn, 20 in parallel": (500, "ms"),
}


#: At least so many times as fast as a model of the published shape on the same replies.
TIMES_AS_FAST = 20


def main() -> int:
    """Measure, print a table, and say which targets are missed."""
    figures = dict(_labelling())
    parts = build_engine()
    figures |= dict(_figures(parts))
    sys.stdout.write(f"{'what':<45}{'median':>10}{'target':>10}\n")
    for what, value in figures.items():
        target, unit = TARGETS[what]
        verdict = "" if value <= target else "  missed"
        sys.stdout.write(f"{what:<45}{value:>7.0f} {unit}{target:>7} {unit}{verdict}\n")
    for what, ratio in _beside_the_published(figures):
        verdict = "" if ratio >= TIMES_AS_FAST else "  missed"
        sys.stdout.write(f"{what:<45}{ratio:>7.0f} x {TIMES_AS_FAST:>7} x {verdict}\n")
    return 0


def _labelling() -> Iterator[tuple[str, float]]:
    """The labeller alone, loaded here for the first time."""
    before, began = _resident_mb(os.getpid()), time.perf_counter()
    labeller = LearnedLabeller()
    one, replies = Context(message=MESSAGE), map(REPLY.format, count(3))
    labeller.label(one, next(replies))
    yield "loading the labeller", 1000 * (time.perf_counter() - began)
    yield "memory for the labeller", _resident_mb(os.getpid()) - before
    single = _median(lambda: labeller.label(one, next(replies)), READINGS)
    yield "labelling a reply of 60 tokens", single
    twelve = _median(lambda: labeller.label_many([(one, next(replies)) for _ in range(12)]))
    yield "labelling twelve replies", twelve


def _beside_the_published(figures: dict[str, float]) -> Iterator[tuple[str, float]]:
    """How many times as fast as one RoBERTa-base bi-encoder, which answers for one mechanism."""
    one = _median(BiEncoder().read)
    twelve = 12 * one  # it has nothing to gain from a batch on one thread
    yield "one reply, beside a RoBERTa bi-encoder", one / figures["labelling a reply of 60 tokens"]
    yield "twelve replies, beside it", twelve / figures["labelling twelve replies"]


def _figures(parts: Engine) -> Iterator[tuple[str, float]]:
    for known in library.shipped().values():
        parts.casebook(known)  # as in a process that has been up for a while
    scenario = library.find("third-missed-delivery")
    replies = playtest.load(scenario.id).policies["skilled"]
    played = _play(parts, scenario, replies)
    rubric = rubrics_library.find(scenario.program)
    yield "a turn without a language model", statistics.median(_turns(parts))
    yield "scoring twelve turns", _median(lambda: score(played, scenario, rubric, parts))
    with tempfile.TemporaryDirectory() as folder:
        practice = _practice(parts, Path(folder))
        times = _recorded(practice, scenario.id, replies)
        yield "a turn with the record", statistics.median(times)
        guarded = statistics.median(times) + statistics.median(_guarded(parts))
        yield "director, guard and record, with a model", guarded
        with ThreadPoolExecutor(PARALLEL) as pool:
            runs = pool.map(lambda script: _recorded(practice, *script), _scripts(PARALLEL))
            every = sorted(time for run in runs for time in run)
        yield "95th percentile of a turn, 20 in parallel", every[int(0.95 * len(every))]
    command = [sys.executable, "-m", "trainer.cli", "--help"]
    quiet = subprocess.DEVNULL
    yield "attune --help", _median(lambda: subprocess.run(command, stdout=quiet, check=True))
    yield from _served()


def _guarded(parts: Engine) -> Iterator[float]:
    """Milliseconds to look at each of the labelled lines, none of which was seen before."""
    lines = labelled("dev")[:READINGS]
    for line in lines:
        guard = Guard.of(library.find(line.scenario), parts.encoder)
        candidate = line.candidate()
        began = time.perf_counter()
        guard.check(candidate)
        yield 1000 * (time.perf_counter() - began)


def _served() -> Iterator[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        before = time.perf_counter()
        with serving(Path(folder)) as server:
            yield "attune serve to the first page", 1000 * (time.perf_counter() - before)
            yield "resident with the page open", _settled_mb(server.pid)


def _settled_mb(pid: int) -> float:
    """Resident memory once everything that loads behind the first page is there."""
    before, now = -1.0, _resident_mb(pid)
    while now - before > 1:
        time.sleep(SETTLING_SECONDS)
        before, now = now, _resident_mb(pid)
    return now


def _resident_mb(pid: int) -> float:
    """Resident memory as Linux counts it; 0 where there is no /proc."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    sizes = [int(line.split()[1]) for line in lines if line.startswith("VmRSS")]
    return sizes[0] / 1024 if sizes else 0.0


def _turns(parts: Engine) -> list[float]:
    """Milliseconds of every turn of a few plays; no reply is said twice."""
    times = []
    for seed, (scenario_id, replies) in enumerate(_scripts(RUNS)):
        scenario = library.find(scenario_id)
        play = begin(scenario, seed)
        for reply in replies:
            before = time.perf_counter()
            exchange = respond(play, reply, scenario, parts)
            times.append(1000 * (time.perf_counter() - before))
            play = extended(play, exchange)
            if play.ending:
                break
    return times


def _play(parts: Engine, scenario: Scenario, replies: Sequence[str]) -> RolePlay:
    play = begin(scenario, 1)
    for reply in replies:
        play = extended(play, respond(play, reply, scenario, parts))
    return play


def _practice(parts: Engine, folder: Path) -> Practice:
    database = open_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    upgrade(database)
    return Practice(parts, Store(database))


def _scripts(count: int) -> Sequence[tuple[str, Sequence[str]]]:
    """As many different scripted employees, so that none profits from another's words."""
    every = [
        (scenario_id, replies)
        for scenario_id in library.shipped()
        for name, replies in playtest.load(scenario_id).policies.items()
        if name != "silent"
    ]
    return every[:count]


def _recorded(practice: Practice, scenario_id: str, replies: Sequence[str]) -> list[float]:
    """Milliseconds of every turn of one play, from the reply to the durable answer."""
    me = practice.store.ensure_user(user=uuid4()).id
    play = practice.start(me, scenario_id)
    times = []
    for index, reply in enumerate(replies):
        before = time.perf_counter()
        opened = practice.reply(me, play, reply, expected=index, token=uuid4().hex)
        times.append(1000 * (time.perf_counter() - before))
        if opened.record.ending:
            break
    return times


def _median(run: Callable[[], object], runs: int = RUNS) -> float:
    """Median milliseconds of a few runs."""
    times = []
    for _ in range(runs):
        before = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - before))
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
