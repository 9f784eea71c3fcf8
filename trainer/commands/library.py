"""``attune scenarios``: list, lint, playtest."""

import argparse
from pathlib import Path

from scenarios import library
from trainer.cli import BAD_INPUT, FINDING, FINE, InputError
from trainer.commands.output import say, say_json, say_table


def list_scenarios(arguments: argparse.Namespace) -> int:
    """What can be played."""
    rows = [
        {
            "id": scenario.id,
            "version": scenario.version,
            "program": scenario.program,
            "title": scenario.title,
            "minutes": scenario.minutes,
            "difficulty": scenario.difficulty,
            "opportunities": list(scenario.opportunities),
        }
        for scenario in library.shipped().values()
    ]
    if arguments.json:
        say_json(rows)
    else:
        header = ("id", "program", "minutes", "title")
        say_table(header, [tuple(str(row[key]) for key in header) for row in rows])
    return FINE


def lint(arguments: argparse.Namespace) -> int:
    """Check scenario files; 1 if there is a finding, 2 if a file cannot be read as a scenario."""
    from scenarios.lint import lint_file

    paths = [Path(path) for path in arguments.paths] or library.shipped_files()
    findings = [finding for path in paths for finding in lint_file(path)]
    if arguments.json:
        say_json([finding.model_dump(mode="json") for finding in findings])
    else:
        for finding in findings:
            say(str(finding))
        say(f"{len(paths)} checked, {len(findings)} findings")
    if any(finding.severity == "unreadable" for finding in findings):
        return BAD_INPUT
    return FINDING if findings else FINE


def playtest(arguments: argparse.Namespace) -> int:
    """Play every scripted employee against the scenarios and show where each one ends."""
    from trainer.assembly import build_engine
    from trainer.playtest import playtest_scenario

    if arguments.seeds < 1:
        raise InputError("--seeds: at least 1")
    engine = build_engine()
    results = [
        result
        for scenario_id in arguments.ids
        for result in playtest_scenario(library.find(scenario_id), engine, arguments.seeds)
    ]
    if arguments.json:
        say_json([result.model_dump(mode="json") for result in results])
    else:
        header = ("scenario", "policy", "tension", "disclosed", "overall", "endings")
        say_table(header, [result.row() for result in results])
    return FINE
