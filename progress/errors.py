"""What can go wrong with the record, said so that the person in front of it knows what to do."""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from progress.play import Turn

UPGRADE_TODO = "Run `attune db upgrade`, then start Attune again."


class StoreError(Exception):
    """The record could not do what was asked.

    Attributes:
        what: what happened, one sentence.
        safe: what is not lost, one sentence.
        todo: what to do now, one sentence.
    """

    what = "The record could not be read or written."
    safe = "Everything saved before is still there."
    todo = "Try again; if it stays, look at the log."

    def __init__(
        self, what: str | None = None, *, safe: str | None = None, todo: str | None = None
    ) -> None:
        self.what = what or self.what
        self.safe = safe or self.safe
        self.todo = todo or self.todo
        super().__init__(f"{self.what} {self.safe} {self.todo}")


class UnknownPlay(StoreError):
    """No such practice for this user: it never was, was deleted, or is somebody else's."""

    what = "There is no such conversation among yours."
    safe = "Nothing was changed."
    todo = "Choose one from your history, or start a new one."


class UnknownTurn(StoreError):
    """The conversation has no such turn."""

    what = "This conversation has no such turn."
    safe = "Nothing was changed."
    todo = "Reload the page and choose a turn again."


class UnknownUser(StoreError):
    """The user is not in the record."""

    what = "This user is not known here."
    safe = "Nothing was changed."
    todo = "Go to the start page and begin again."


class PlayClosed(StoreError):
    """The step does not fit the phase that the conversation is in."""

    what = "This conversation is at another step."
    safe = "Everything you wrote is saved."
    todo = "Reload the page to go on from there."


class AlreadyStored(StoreError):
    """Something else was stored in this place before; the record never changes what is written."""

    what = "This was stored before, with other contents."
    safe = "What was stored first is kept."
    todo = "Reload the page to see it."


class TurnConflict(StoreError):
    """A turn was written for another place than the next one: this tab is behind.

    Attributes:
        stored: all turns as they are stored, to go on from.
    """

    what = "This conversation went on in another tab."
    safe = "What was said there is saved; the reply sent from here was not added."
    todo = "Look at what is new and answer that."

    def __init__(self, stored: tuple[Turn, ...]) -> None:
        super().__init__()
        self.stored = stored


class StoreLocked(StoreError):
    """Another process holds the database for longer than we wait."""

    what = "Another program is using the database and did not let go in time."
    todo = "Wait a moment and send it again; close other programs that have the file open."


class StoreReadOnly(StoreError):
    """The file, its folder or the server refuses writing."""

    what = "The database cannot be written: the file or its folder is read-only."
    todo = "Give Attune permission to write the data folder, then send it again."


class StoreFull(StoreError):
    """No room on the disk, or a quota is reached."""

    what = "The disk is full, so this could not be saved."
    todo = "Free some space, then send it again."


class StoreCorrupt(StoreError):
    """The file is no database, or is damaged."""

    what = "The database file is damaged or is not a database."
    safe = "Attune has not changed it."
    todo = "Put the file aside and restore the latest backup."


class StoreUnavailable(StoreError):
    """The file or the server cannot be reached."""

    what = "The database cannot be opened."
    todo = "Check ATTUNE_DATABASE_URL and that the data folder or the server is there."


class SchemaMismatch(StoreError):
    """The tables are older than this program, newer, or not there."""

    what = "The database does not have the tables that this version of Attune needs."
    todo = UPGRADE_TODO


_BY_SQLITE_CODE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_NOTADB: StoreCorrupt,
    sqlite3.SQLITE_CANTOPEN: StoreUnavailable,
    sqlite3.SQLITE_IOERR: StoreUnavailable,
}

_BY_SQLSTATE: dict[str, type[StoreError]] = {
    "55P03": StoreLocked,
    "57014": StoreLocked,
    "25006": StoreReadOnly,
    "42501": StoreReadOnly,
    "53100": StoreFull,
    "42P01": SchemaMismatch,
    "42703": SchemaMismatch,
    "XX001": StoreCorrupt,
    "XX002": StoreCorrupt,
}


def from_driver(error: BaseException | None) -> StoreError:
    """The StoreError for an exception of sqlite3 or psycopg; the plain StoreError if unknown."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        if code == sqlite3.SQLITE_ERROR and "no such" in str(error):
            return SchemaMismatch()
        return _BY_SQLITE_CODE.get(code & 0xFF, StoreError)()
    state = getattr(error, "sqlstate", None)
    if state is None:
        return StoreUnavailable() if _is_operational(error) else StoreError()
    return StoreUnavailable() if state[:2] == "08" else _BY_SQLSTATE.get(state, StoreError)()


def _is_operational(error: BaseException | None) -> bool:
    return type(error).__name__ == "OperationalError"


def translated(error: SQLAlchemyError | sqlite3.Error) -> Exception:
    """What to raise instead: a StoreError, or ValueError for data that no database can take."""
    if isinstance(error, DBAPIError):
        return from_driver(error.orig)
    if isinstance(error, StatementError) and isinstance(error.orig, ValueError | TypeError):
        return ValueError(f"this cannot be stored: {error.orig}")
    return from_driver(error) if isinstance(error, sqlite3.Error) else StoreError()
