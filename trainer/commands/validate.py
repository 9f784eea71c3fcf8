"""``attune validate``: how far the scores can be trusted, measured here and now."""

import argparse
import os
import sys
from pathlib import Path

from rubrics import scorer, supportive
from rubrics.validation import report
from rubrics.validation.study import Study
from trainer import validation
from trainer.assembly import build_engine
from trainer.cli import FINDING, FINE, InputError
from trainer.commands.output import say, say_json, say_table
from trainer.validation import Bench

ROOT = Path(__file__).parents[2]
#: Where the human-labelled sets are looked for when neither --data nor ATTUNE_DATA says.
BESIDE = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "validation.md"


def validate(arguments: argparse.Namespace) -> int:
    """Run the studies and report; 1 where a gate fails."""
    unknown = set(arguments.only or ()) - set(validation.STUDIES)
    if unknown:
        known = ", ".join(validation.STUDIES)
        raise InputError(f"--only: no study '{min(unknown)}'; there are: {known}")
    if arguments.docs and arguments.only:
        raise InputError("--docs: the page holds all studies, so leave --only out")
    bench = validation.bench(build_engine(), data_folder(arguments.data), _progress)
    if arguments.freeze:
        return _freeze(bench)
    studies = list(validation.run(bench, arguments.only or ()))
    _say(studies, versions(bench), arguments.json)
    if arguments.docs:
        PAGE.write_text(report.page(studies, versions(bench)), encoding="utf-8")
        _progress(f"wrote {PAGE}")
    return FINE if all(study.passed for study in studies) else FINDING


def data_folder(given: str | None) -> Path | None:
    """The folder of human-labelled sets, or None; InputError where a named one is not there."""
    named = given or os.environ.get("ATTUNE_DATA")
    if named and not Path(named).is_dir():
        raise InputError(f"{named}: not a folder")
    folder = Path(named) if named else BESIDE
    return folder if folder.is_dir() else None


def versions(bench: Bench) -> dict[str, str]:
    """What was measured."""
    return {
        "labeller": bench.engine.labeller.version,
        "scorer": scorer.VERSION,
        "supportive rubric": supportive.VERSION,
    }


def _freeze(bench: Bench) -> int:
    for path in validation.freeze(bench):
        say(f"froze {path}")
    return FINE


def _say(studies: list[Study], measured: dict[str, str], as_json: bool) -> None:
    if as_json:
        say_json(report.document(studies, measured))
        return
    say_table(report.HEADER, report.rows(studies))
    for failure in report.failures(studies):
        say(failure)


def _progress(text: str) -> None:
    sys.stderr.write(f"attune validate: {text}\n")
    sys.stderr.flush()
