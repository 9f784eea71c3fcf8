"""``attune fidelity``: a model's counterpart in Attune's loop, beside a prompt alone."""

import argparse
import sys
from pathlib import Path

from pydantic import ValidationError

from scenarios import library
from trainer import playtest
from trainer.assembly import build_engine
from trainer.cli import FINE, InputError
from trainer.commands.output import read_text, say, say_json, say_table
from trainer.fidelity import ARMS, Plan, TurnMeasured, run
from trainer.fidelity_report import figures, plot, rows
from trainer.llm import build_chat
from trainer.memory import PlainMemory
from trainer.settings import load_settings


def fidelity(arguments: argparse.Namespace) -> int:
    """Play the scripts against the configured model and print the table."""
    plan = _plan(arguments)
    chat = build_chat(load_settings())
    engine = build_engine()
    memory = PlainMemory(engine.encoder)
    for scenario in plan.scenarios:
        memory.prepare(scenario)
    turns = _recorded(arguments.record)
    done = {turn.play for turn in turns}
    for play in run(plan, engine, chat, memory.recall, done):
        turns += play
        _keep(play, arguments.record)
    found = figures(turns)
    if arguments.plot:
        Path(arguments.plot).write_text(plot(turns), encoding="utf-8")
    if arguments.json:
        say_json(
            {
                "model": chat.name,
                "arms": {one.arm: one.model_dump(mode="json") for one in found},
                "turns": [turn.model_dump(mode="json") for turn in turns],
            }
        )
    else:
        say(f"Model: {chat.name}\n")
        say_table(("", *(arm.replace("_", " ") for arm in ARMS)), rows(found))
    return FINE


def _plan(arguments: argparse.Namespace) -> Plan:
    unknown = [name for name in arguments.policies if name not in playtest.TABLE]
    if unknown:
        known = ", ".join(playtest.TABLE)
        raise InputError(f"--policies: there is no {unknown[0]}; there are: {known}")
    if arguments.seeds < 1 or not 1 <= arguments.turns <= playtest.TURNS:
        raise InputError(f"--seeds: at least 1; --turns: 1 to {playtest.TURNS}")
    ids = arguments.scenarios or list(library.shipped())
    return Plan(
        scenarios=[library.find(scenario_id) for scenario_id in ids],
        policies=arguments.policies,
        seeds=arguments.seeds,
        turns=arguments.turns,
    )


def _recorded(path: str | None) -> list[TurnMeasured]:
    """Turns of an earlier run that was cut off."""
    if path is None or not Path(path).exists():
        return []
    try:
        return [TurnMeasured.model_validate_json(line) for line in read_text(path).splitlines()]
    except ValidationError as error:
        raise InputError(f"{path}: not the record of a fidelity run") from error


def _keep(play: list[TurnMeasured], path: str | None) -> None:
    first = play[0]
    sys.stderr.write(f"{first.scenario} {first.policy} seed {first.seed}: {first.arm}\n")
    if path is not None:
        with Path(path).open("a", encoding="utf-8") as record:
            record.writelines(turn.model_dump_json() + "\n" for turn in play)
