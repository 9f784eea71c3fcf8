"""The command line. Only parsing lives here, so that ``attune --help`` answers at once."""

import argparse
import importlib
import sys
from collections.abc import Sequence

FINE, FINDING, BAD_INPUT = 0, 1, 2


class InputError(ValueError):
    """Something the person at the terminal can put right; one clear line says what and where."""


def build_parser() -> argparse.ArgumentParser:
    """The commands, each bound to the function that runs it as ``module:function``."""
    parser = argparse.ArgumentParser(
        prog="attune", description="Practise hard conversations at work.", allow_abbrev=False
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_scenarios(commands)
    _add_play(commands)
    _add_reading(commands)
    _add_validate(commands)
    _add_db(commands)
    _add_model(commands)
    return parser


_Commands = argparse._SubParsersAction  # argparse has no public name for it


def _add_serve(commands: "_Commands[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="start the web app")
    serve.add_argument("--host", help="address to listen on (default: ATTUNE_HOST or 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port (default: ATTUNE_PORT or 7860)")
    serve.set_defaults(run="serving:serve")


def _add_scenarios(commands: "_Commands[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("scenarios", help="the library of role-plays")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="what can be played")
    listing.set_defaults(run="library:list_scenarios")
    lint = actions.add_parser("lint", help="check scenario files (default: the shipped ones)")
    lint.add_argument("paths", nargs="*", metavar="PATH")
    lint.set_defaults(run="library:lint")
    playtest = actions.add_parser("playtest", help="play scripted employees against a scenario")
    playtest.add_argument("ids", nargs="+", metavar="ID")
    playtest.add_argument("--seeds", type=int, default=3, help="plays a policy (default 3)")
    playtest.set_defaults(run="library:playtest")
    for action in (listing, lint, playtest):
        _add_json(action)


def _add_play(commands: "_Commands[argparse.ArgumentParser]") -> None:
    play = commands.add_parser("play", help="a role-play in the terminal")
    play.add_argument("id", metavar="ID", help="a scenario id, see 'attune scenarios list'")
    play.add_argument("--replies", metavar="FILE", help="one reply a line; empty line is silence")
    play.add_argument("--seed", type=int, default=None, help="same seed, same play")
    voices = ["authored", "model"]
    play.add_argument("--voice", choices=voices, default="authored", help="who speaks")
    _add_json(play)
    play.set_defaults(run="play:play")


def _add_reading(commands: "_Commands[argparse.ArgumentParser]") -> None:
    acts = commands.add_parser("acts", help="what each reply does")
    acts.add_argument("--in", dest="source", metavar="FILE.jsonl", help="default: standard input")
    acts.set_defaults(run="reading:acts")
    score = commands.add_parser("score", help="score transcript files")
    score.add_argument("files", nargs="+", metavar="FILE")
    score.add_argument("--rubric", help="default: the one of the scenario's program")
    judges = ["local", "model", "both"]
    score.add_argument("--judge", choices=judges, default="local", help="who rates")
    score.set_defaults(run="reading:score")
    calibrate = commands.add_parser("calibrate", help="fit the judge to human ratings")
    calibrate.add_argument("--ratings", required=True, metavar="FILE.jsonl", help="a rating a line")
    calibrate.add_argument("--rubric", help="default: the one of the scenario's program")
    calibrate.set_defaults(run="calibrating:calibrate")
    for command in (acts, score, calibrate):
        _add_json(command)


def _add_validate(commands: "_Commands[argparse.ArgumentParser]") -> None:
    validate = commands.add_parser("validate", help="how far the scores can be trusted")
    validate.add_argument("--only", action="append", metavar="STUDY", help="one group of studies")
    validate.add_argument("--data", metavar="DIR", help="human-labelled sets (or ATTUNE_DATA)")
    validate.add_argument("--docs", action="store_true", help="write docs/validation.md as well")
    validate.add_argument("--freeze", action="store_true", help="freeze the anchors' levels anew")
    _add_json(validate)
    validate.set_defaults(run="validate:validate")


def _add_db(commands: "_Commands[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("db", help="the record of practice")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    upgrade = actions.add_parser("upgrade", help="bring the database to this version")
    _add_json(upgrade)
    upgrade.set_defaults(run="database:upgrade")


def _add_model(commands: "_Commands[argparse.ArgumentParser]") -> None:
    doctor = commands.add_parser("doctor", help="test the language model and say what works")
    doctor.set_defaults(run="doctor:doctor")
    guard = commands.add_parser("guard", help="how well the guard sees what is wrong with a line")
    guard.add_argument("--all", action="store_true", help="the development lines as well")
    guard.set_defaults(run="guarding:guard")
    fidelity = commands.add_parser("fidelity", help="a model's counterpart beside a prompt alone")
    fidelity.add_argument("--scenarios", nargs="+", metavar="ID", help="default: all")
    fidelity.add_argument("--policies", nargs="+", default=["skilled", "average", "hostile"])
    fidelity.add_argument("--seeds", type=int, default=1, help="plays a policy (default 1)")
    fidelity.add_argument("--turns", type=int, default=12, help="replies a play (default 12)")
    fidelity.add_argument("--record", metavar="FILE.jsonl", help="keep each play; go on with it")
    fidelity.add_argument("--plot", metavar="FILE.svg", help="write a plot")
    fidelity.set_defaults(run="fidelity:fidelity")
    index = commands.add_parser("index", help="the index of authored lines")
    rebuild = index.add_subparsers(required=True, metavar="ACTION").add_parser("rebuild")
    rebuild.set_defaults(run="index:rebuild")
    for command in (doctor, guard, fidelity, rebuild):
        _add_json(command)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 fine, 1 a finding, 2 bad input (one line on stderr)."""
    arguments = build_parser().parse_args(argv)
    module, function = arguments.run.split(":")
    command = getattr(importlib.import_module(f"trainer.commands.{module}"), function)
    try:
        code: int = command(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; nothing is left to say
        return FINE
    except Exception as error:
        if not _is_users(error):
            raise
        sys.stderr.write(f"attune: {error}\n")
        return BAD_INPUT
    return code


def _is_users(error: Exception) -> bool:
    """Whether the message of this error is meant for the person at the terminal."""
    from progress.store import StoreError
    from rubrics.library import RubricError
    from scenarios.library import ScenarioError
    from trainer.settings import SettingsError

    return isinstance(error, InputError | ScenarioError | RubricError | SettingsError | StoreError)


if __name__ == "__main__":
    sys.exit(main())
