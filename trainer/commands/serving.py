"""``attune serve``: the web app."""

import argparse

from trainer.cli import FINE
from trainer.settings import load_settings


def serve(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    import app

    chosen = {"host": arguments.host, "port": arguments.port}
    overrides = {name: value for name, value in chosen.items() if value is not None}
    app.serve(load_settings().model_copy(update=overrides))
    return FINE
