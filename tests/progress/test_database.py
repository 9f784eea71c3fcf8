import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text

from progress.database import check_schema, current_revision, open_engine, upgrade
from progress.errors import SchemaMismatch, StoreUnavailable
from progress.migrate import _config, differences, newest_revision
from progress.store import Store
from progress.tables import SCHEMA_REVISION
from tests.progress.making import complete


def test_upgrade_from_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new folder/50%/attune.db"
    assert upgrade(url) == SCHEMA_REVISION
    check_schema(open_engine(url))


def test_the_tables_are_what_the_migrations_make(engine: Engine) -> None:
    with engine.connect() as connection:
        assert differences(connection) == []


def test_the_program_expects_the_newest_migration() -> None:
    assert newest_revision() == SCHEMA_REVISION


def test_upgrade_again_keeps_everything(engine: Engine, store: Store) -> None:
    user = store.ensure_user().id
    play = complete(store, user)
    upgrade(engine)
    assert store.load_play(user=user, play_id=play.id) == play


def test_scores_sealed_before_there_were_second_raters_stay_intact(
    engine: Engine, store: Store
) -> None:
    user = store.ensure_user().id
    play = complete(store, user)
    with engine.begin() as connection:
        command.downgrade(_config(connection), "0001")
    upgrade(engine)
    assert store.scores_intact(user=user, play_id=play.id)
    assert store.load_play(user=user, play_id=play.id) == play


def test_processes_that_upgrade_at_once_all_succeed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/attune.db"
    code = f"from progress.database import upgrade; upgrade({url!r})"
    started = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    assert current_revision(open_engine(url)) == SCHEMA_REVISION


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("secure_delete", 1)],
)
def test_settings_of_a_connection(engine: Engine, pragma: str, value: object) -> None:
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_only_this_user_may_read_a_new_file(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/private/attune.db")
    assert (tmp_path / "private" / "attune.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "private").stat().st_mode & 0o077 == 0


def test_an_empty_database_asks_for_the_upgrade(tmp_path: Path) -> None:
    store = Store(open_engine(f"sqlite:///{tmp_path}/attune.db"))
    with pytest.raises(SchemaMismatch, match="attune db upgrade"):
        store.ensure_user()


def test_an_older_database_asks_for_the_upgrade(engine: Engine, store: Store) -> None:
    _pretend_revision(engine, "0000")
    with pytest.raises(SchemaMismatch, match="attune db upgrade"):
        store.ensure_user()


def test_a_newer_database_asks_for_the_newer_program(engine: Engine, store: Store) -> None:
    _pretend_revision(engine, "9999")
    with pytest.raises(SchemaMismatch, match="newer Attune"):
        store.ensure_user()
    with pytest.raises(SchemaMismatch, match="newer Attune"):
        upgrade(engine)


def _pretend_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://somewhere/attune",
        "nonsense",
        "sqlite:////dev/null/attune.db",
    ],
)
def test_a_place_that_cannot_keep_the_record_is_refused(url: str) -> None:
    with pytest.raises(StoreUnavailable):
        open_engine(url)


def test_a_store_is_imported_without_alembic() -> None:
    code = "import sys, progress.store; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
