"""Opening the database, bringing its tables up to date, and one transaction at a time."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlmodel import Session

from progress.errors import (
    SchemaMismatch,
    StoreLocked,
    StoreReadOnly,
    StoreUnavailable,
    from_driver,
    translated,
)
from progress.tables import SCHEMA_REVISION

#: Seconds to wait for another process before giving up.
BUSY_TIMEOUT = 5.0
_UPGRADE_LOCK = 0x617474756E65  # any number, the same in every process: PostgreSQL's advisory lock
_CONNECTIONS = 20
_WRITE = "attune_write"
_QUEUE = "attune_queue"


class _Queue:
    """One writer of this process at a time.

    SQLite lets writers of one process race and sleeps between tries, which is slow and unfair
    when twenty people send at once; a lock wakes the next one at once.
    """

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._timeout):
            raise StoreLocked

    def __exit__(self, *_error: object) -> None:
        self._lock.release()


def open_engine(url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> Engine:
    """An engine for ``sqlite:///file`` or ``postgresql+psycopg://…``.

    A new SQLite file and its folder are made for this user's eyes only.

    Args:
        url: where the record is; SQLite in memory is refused, for nothing in it is durable.
        busy_timeout: seconds to wait for a lock, at least 0.

    Raises:
        StoreUnavailable: no such kind of database, no driver for it, or no such folder.
        StoreReadOnly: the folder refuses a new file.
    """
    try:
        where = make_url(url)
        backend = where.get_backend_name()
        if backend == "sqlite":
            return _open_sqlite(where, busy_timeout)
        if backend == "postgresql":
            return _open_postgresql(where, busy_timeout)
    except (ArgumentError, ImportError) as error:
        raise StoreUnavailable(f"The database cannot be opened: {error}.") from error
    raise StoreUnavailable(f"Attune keeps its record in SQLite or PostgreSQL, not in {backend}.")


def _open_sqlite(url: URL, busy_timeout: float) -> Engine:
    if not url.database or url.database == ":memory:" or url.query.get("mode") == "memory":
        raise StoreUnavailable("A database in memory keeps nothing; give it a file.")
    if "uri" not in url.query:
        _make_private_file(Path(url.database))
    engine = create_engine(
        url,
        connect_args={"timeout": busy_timeout},
        hide_parameters=True,
        json_serializer=_to_json,
        pool_size=_CONNECTIONS,
        execution_options={_QUEUE: _Queue(busy_timeout)},
    )
    event.listen(engine, "connect", partial(_prepare_sqlite, busy_timeout))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_postgresql(url: URL, busy_timeout: float) -> Engine:
    return create_engine(
        url,
        connect_args={"options": f"-c lock_timeout={int(busy_timeout * 1000)}"},
        hide_parameters=True,
        json_serializer=_to_json,
        pool_pre_ping=True,
    )


def _to_json(value: Any) -> str:
    return json.dumps(value, allow_nan=False)


def _make_private_file(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except PermissionError as error:
        if not path.exists():
            raise StoreReadOnly(f"The database file {path} cannot be made.") from error
    except OSError as error:
        raise StoreUnavailable(f"The database file {path} cannot be made.") from error


def _prepare_sqlite(busy_timeout: float, connection: sqlite3.Connection, _record: object) -> None:
    """Settings of one connection.

    WAL lets pages read while a turn is written. ``synchronous=FULL`` flushes every commit to the
    disk: with NORMAL a kill loses nothing but a power cut could take the last turns, and one flush
    a turn costs a few milliseconds at most. ``secure_delete`` overwrites what is deleted.
    """
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    try:
        _use_wal(connection, deadline=time.monotonic() + busy_timeout)
    except sqlite3.OperationalError as error:
        if not isinstance(from_driver(error), StoreReadOnly):
            raise


def _use_wal(connection: sqlite3.Connection, *, deadline: float) -> None:
    """Switch to WAL once; SQLite does not wait for other processes here, so we do."""
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not isinstance(from_driver(error), StoreLocked) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where we mean to write: a late upgrade of a lock cannot wait."""
    writes = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: Engine, *, write: bool) -> Iterator[Session]:
    """One transaction: all of it is on the disk after the block, or nothing.

    Raises:
        StoreError: of the kind that fits, for anything the database refuses.
        ValueError: data that no database takes, such as a moment without a zone.
    """
    queue = engine.get_execution_options().get(_QUEUE) if write else None
    scoped = engine.execution_options(**{_WRITE: write})
    try:
        with queue or nullcontext(), Session(scoped, expire_on_commit=False) as session:
            with session.begin():
                yield session
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise translated(error) from error


def scrub(engine: Engine) -> None:
    """Take deleted rows out of SQLite's write-ahead log too, as far as no reader needs them.

    A failure is no failure of the deletion: SQLite empties the log itself a little later.
    """
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        if isinstance(driver, sqlite3.Connection):
            with suppress(sqlite3.OperationalError):
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def current_revision(engine: Engine) -> str | None:
    """The migration the database is at, or None where no migration ever ran.

    Raises:
        StoreError: the database cannot be read.
    """
    try:
        with transaction(engine, write=False) as session:
            row = session.connection().execute(text("SELECT version_num FROM alembic_version"))
            return row.scalar_one_or_none()
    except SchemaMismatch:
        return None


def check_schema(engine: Engine) -> None:
    """Say clearly where the tables are older or newer than this program (SchemaMismatch)."""
    found = current_revision(engine)
    if found == SCHEMA_REVISION:
        return
    if found is None:
        raise SchemaMismatch("The database has no tables yet.")
    if found < SCHEMA_REVISION:
        raise SchemaMismatch(f"The database is at version {found}, Attune at {SCHEMA_REVISION}.")
    raise SchemaMismatch(
        f"The database was written by a newer Attune (version {found}, here {SCHEMA_REVISION}).",
        todo="Install the newer Attune again.",
    )


def upgrade(database: Engine | str) -> str:
    """Bring the tables up to date; nothing happens where they are. Safe in two processes at once.

    Returns:
        The revision the tables are at now.

    Raises:
        StoreError: the database cannot be written, or a newer Attune wrote it.
    """
    engine = open_engine(database) if isinstance(database, str) else database
    try:
        if (current_revision(engine) or "") >= SCHEMA_REVISION:
            check_schema(engine)
        else:
            _migrate(engine)
    finally:
        if engine is not database:
            engine.dispose()
    return SCHEMA_REVISION


def _migrate(engine: Engine) -> None:
    from progress.migrate import run_migrations

    try:
        with engine.execution_options(**{_WRITE: True}).connect() as connection:
            with _without_foreign_keys(connection), connection.begin():
                _one_at_a_time(connection)
                run_migrations(connection)
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise translated(error) from error


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """A migration may rebuild a table; with foreign keys on, SQLite would cascade the drop."""
    driver = connection.connection.dbapi_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _one_at_a_time(connection: Connection) -> None:
    """SQLite's BEGIN IMMEDIATE has locked already; PostgreSQL needs to be asked."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})"))
