"""``attune db``: the record's schema."""

import argparse

from sqlalchemy.engine import make_url

from progress.database import current_revision, open_engine
from progress.database import upgrade as upgrade_database
from trainer.cli import FINE
from trainer.commands.output import say, say_json
from trainer.settings import load_settings


def upgrade(arguments: argparse.Namespace) -> int:
    """Bring the database to this version's schema; safe to run again."""
    url = load_settings().database()
    engine = open_engine(url)
    upgrade_database(engine)
    revision = current_revision(engine)
    url = make_url(url).render_as_string(hide_password=True)
    if arguments.json:
        say_json({"database": url, "revision": revision})
    else:
        say(f"{url} is at revision {revision}")
    return FINE
