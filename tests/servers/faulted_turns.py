"""Many turns against a server that does everything wrong.

Run it as ``python -m tests.servers.faulted_turns``.

Counts what must never happen: an exception, an empty reply, a turn over the time-out, a turn that
is not stored exactly once, a turn without a word on who spoke.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from progress.database import open_engine, upgrade
from progress.store import Store
from scenarios import library
from tests.servers.misbehaving import FAULTS, Script, serving
from trainer import playtest
from trainer.assembly import engine_for
from trainer.guard import Guard
from trainer.practice import Practice
from trainer.settings import Settings

#: Seconds over the time-out that a loaded machine may take for everything that is not the model.
SLACK = 1.0


def run(turns: int, timeout: float, seed: int = 0) -> Counter[str]:
    """Play that many turns over the shipped scenarios; what happened, by name."""
    rng = random.Random(seed)
    moods = [rng.choice((*FAULTS, "good")) for _ in range(4 * turns)]
    with tempfile.TemporaryDirectory() as folder, serving(Script(moods, stall=30)) as base:
        settings = Settings.model_validate(
            {"model": "test", "OPENAI_BASE_URL": base, "model_timeout": timeout}
        )
        database = open_engine(f"sqlite:///{Path(folder) / 'attune.sqlite3'}")
        upgrade(database)
        practice = Practice(engine_for(settings), Store(database))
        _warm(practice)
        found = _play(practice, turns, timeout)
        database.dispose()
    return found


def _warm(practice: Practice) -> None:
    practice.engine.voices["model"].chat.warm()  # type: ignore[attr-defined]
    for scenario in library.shipped().values():
        Guard.of(scenario, practice.engine.encoder)


def _play(practice: Practice, turns: int, timeout: float) -> Counter[str]:
    me = practice.store.ensure_user().id
    found: Counter[str] = Counter()
    waits: list[float] = []
    while found["turns"] < turns:
        scenario = list(library.shipped())[found["plays"] % 3]
        replies = playtest.load(scenario).policies[("skilled", "average")[found["plays"] % 2]]
        play_id = practice.start(me, scenario)
        found["plays"] += 1
        for number, reply in enumerate(replies):
            began = time.monotonic()
            try:
                done = practice.reply(me, play_id, reply, expected=number, token=f"t{number}")
            except Exception as error:
                found[f"unhandled {type(error).__name__}"] += 1
                break
            waits.append(time.monotonic() - began)
            stored = done.record.turns
            found["turns"] += 1
            found["model spoke"] += stored[-1].voice == "model"
            found["not stored once"] += len(stored) != number + 1
            found["empty"] += not stored[-1].counterpart.strip()
            found["no word on who spoke"] += "spoke" not in (stored[-1].notes or ("",))[0]
            found["too late"] += waits[-1] > timeout + SLACK
            if done.record.ending or found["turns"] >= turns:
                break
    found["longest wait, ms"] = round(1000 * max(waits))
    found["median wait, ms"] = round(1000 * median(waits))
    return found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--timeout", type=float, default=1.0)
    arguments = parser.parse_args()
    for name, count in sorted(run(arguments.turns, arguments.timeout).items()):
        sys.stdout.write(f"{name}: {count}\n")


if __name__ == "__main__":
    main()
