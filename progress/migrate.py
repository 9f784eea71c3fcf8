"""Running the migrations. Kept apart because Alembic is slow to import and rarely needed."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from progress.tables import Table


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "progress:migrations")
    return config


def run_migrations(connection: Connection) -> None:
    """Run what is missing, in the caller's transaction."""
    command.upgrade(_config(connection), "head")


def newest_revision() -> str | None:
    """The id of the newest migration."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def differences(connection: Connection) -> list[object]:
    """What the tables of this program have that the database lacks, or the other way round."""
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, Table.metadata))
