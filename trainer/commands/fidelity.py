"""``attune fidelity``: a model's counterpart in Attune's loop, beside a prompt alone."""

import argparse
import sys
from pathlib import Path

from scenarios import library
from trainer import playtest
from trainer.assembly import build_engine
from trainer.cli import FINE, InputError
from trainer.commands.output import say, say_json, say_table
from trainer.fidelity import ARMS, Plan, run
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
    turns = list(run(plan, engine, chat, memory.recall, _progress))
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


def _progress(line: str) -> None:
    sys.stderr.write(line + "\n")
