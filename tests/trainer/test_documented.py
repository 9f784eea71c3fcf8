import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.cli import build_parser

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands(parser: argparse.ArgumentParser, path: str = "attune") -> Iterator[str]:
    """Every command that can be typed, with its group."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield path
    for group in groups:
        for name, inner in group.choices.items():
            yield from commands(inner, f"{path} {name}")


@pytest.mark.parametrize("command", list(commands(build_parser())))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`{command}" in README
