"""``attune index``: the index of authored lines that serve the model as examples."""

import argparse

from rubrics import encoder
from scenarios import library
from trainer.cli import FINE, InputError
from trainer.commands.output import say, say_json
from trainer.memory import ChromaMemory
from trainer.settings import load_settings


def rebuild(arguments: argparse.Namespace) -> int:
    """Index every shipped scenario anew; safe at any time."""
    settings = load_settings()
    try:
        memory = ChromaMemory(settings, encoder.shared())
    except Exception as error:  # Chroma raises whatever lies under it
        where = settings.chroma_url or settings.data_dir.expanduser() / "chroma"
        raise InputError(
            f"the index at {where} cannot be opened ({type(error).__name__})"
        ) from None
    lines = memory.rebuild(list(library.shipped().values()))
    if arguments.json:
        say_json({"collection": memory.name, "lines": lines})
    else:
        say(f"{memory.name}: {lines} lines")
    return FINE
