"""``attune guard``: precision and recall of the guard on the labelled lines that ship with it."""

import argparse

from rubrics import encoder
from trainer.cli import FINE
from trainer.commands.output import say, say_json, say_table
from trainer.guard import GUARD_VERSION
from trainer.guard.measure import Measured, labelled, look, measure

HEADER = ("fault", "lines", "found", "false alarms", "recall", "precision")


def guard(arguments: argparse.Namespace) -> int:
    """Measure on the held-out lines, or on all of them."""
    lines = labelled(None if arguments.all else "held_out")
    found = measure(look(lines, encoder.shared()))
    good = sum(not line.faults for line in lines)
    if arguments.json:
        rows = [{**row.model_dump(), "recall": row.recall, "precision": row.precision}
                for row in found]  # fmt: skip
        say_json({"guard": GUARD_VERSION, "lines": len(lines), "good": good, "faults": rows})
    else:
        say(f"{GUARD_VERSION}, {len(lines)} lines, {good} of them good\n")
        say_table(HEADER, [_row(row) for row in found])
    return FINE


def _row(row: Measured) -> tuple[str, ...]:
    counts = (str(row.lines), str(row.found), str(row.false_alarms))
    return (row.fault, *counts, _share(row.recall), _share(row.precision))


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
