"""``attune guard``: precision and recall of the guard on the labelled lines that ship with it."""

import argparse

from rubrics import encoder
from trainer.cli import FINE
from trainer.commands.output import say, say_json, say_table
from trainer.guard import GUARD_VERSION
from trainer.guard.measure import Measured, labelled, look, measure

HEADER = ("fault", "lines", "found", "false alarms", "recall", "95%", "precision", "95%")


def guard(arguments: argparse.Namespace) -> int:
    """Measure on the held-out lines, or on all of them."""
    lines = labelled(None if arguments.all else "held_out")
    found = measure(look(lines, encoder.shared()))
    good = sum(not line.faults for line in lines)
    if arguments.json:
        rows = [_plain(row) for row in found]
        say_json({"guard": GUARD_VERSION, "lines": len(lines), "good": good, "faults": rows})
    else:
        say(f"{GUARD_VERSION}, {len(lines)} lines, {good} of them good\n")
        say_table(HEADER, [_row(row) for row in found])
    return FINE


def _plain(row: Measured) -> dict[str, object]:
    shares = {"recall": row.recall, "precision": row.precision}
    ends = {"recall_interval": row.recall_interval, "precision_interval": row.precision_interval}
    return {**row.model_dump(), **shares, **ends}


def _row(row: Measured) -> tuple[str, ...]:
    counts = (str(row.lines), str(row.found), str(row.false_alarms))
    recall = (_share(row.recall), _ends(row.recall_interval))
    return (row.fault, *counts, *recall, _share(row.precision), _ends(row.precision_interval))


def _ends(interval: tuple[float, float] | None) -> str:
    return "-" if interval is None else f"[{interval[0]:.2f}, {interval[1]:.2f}]"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
