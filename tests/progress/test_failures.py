"""What goes wrong with real disks and processes is said clearly, and loses nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from progress.database import open_engine
from progress.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreReadOnly
from progress.store import Store
from tests.progress.making import append, new_turn

ENDLESS_TURNS = """
import sys
from uuid import UUID
from progress.database import open_engine
from progress.store import SOLO_USER, Store
from tests.progress.making import new_turn

store = Store(open_engine(sys.argv[1]))
for number in range(100_000):
    play = UUID(sys.argv[2])
    store.append_turn(user=SOLO_USER, play_id=play, index=number, turn=new_turn(number))
    print(number, flush=True)
"""


def test_a_kill_in_the_middle_loses_no_turn_that_was_shown(
    store: Store, engine: Engine, user: UUID, play: UUID
) -> None:
    command = [sys.executable, "-c", ENDLESS_TURNS, str(engine.url), str(play)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        shown = -1
        while shown < 25:
            shown = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        shown = max([shown, *map(int, process.stdout.read().split())])
    turns = store.load_play(user=user, play_id=play).turns
    assert len(turns) in {shown + 1, shown + 2}
    assert turns[shown].state == new_turn(shown).state
    store.append_turn(user=user, play_id=play, index=len(turns), turn=new_turn(999_999))


def test_a_locked_database_is_said_to_be_locked(
    store: Store, database: Path, user: UUID, play: UUID
) -> None:
    other = sqlite3.connect(database)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked, match="Another program"):
        store.append_turn(user=user, play_id=play, index=0, turn=new_turn(0))
    assert store.load_play(user=user, play_id=play).turns == ()
    other.rollback()
    store.append_turn(user=user, play_id=play, index=0, turn=new_turn(0))


def test_a_read_only_database_can_still_be_read(
    store: Store, database: Path, user: UUID, play: UUID
) -> None:
    append(store, user, play, 1)
    frozen = Store(open_engine(f"sqlite:///file:{database}?mode=ro&uri=true"))
    with pytest.raises(StoreReadOnly, match="read-only"):
        frozen.append_turn(user=user, play_id=play, index=1, turn=new_turn(1))
    assert len(frozen.load_play(user=user, play_id=play).turns) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_without_write_permission(database: Path, user: UUID) -> None:
    database.chmod(0o400)
    with pytest.raises(StoreReadOnly):
        Store(open_engine(f"sqlite:///{database}")).delete_all(user=user)


def test_a_full_disk_loses_nothing_and_the_turn_can_be_sent_again(
    store: Store, engine: Engine, user: UUID, play: UUID
) -> None:
    append(store, user, play, 1)
    long = new_turn(1).model_copy(update={"reply": "x" * 100_000})
    with _full_disk(engine) as full:
        with pytest.raises(StoreFull, match="disk is full"):
            Store(full).append_turn(user=user, play_id=play, index=1, turn=long)
    assert len(store.load_play(user=user, play_id=play).turns) == 1
    store.append_turn(user=user, play_id=play, index=1, turn=long)


class _full_disk:  # noqa: N801
    """The same database on a disk where it cannot grow."""

    def __init__(self, engine: Engine) -> None:
        self.engine = open_engine(engine.url.render_as_string())
        event.listen(self.engine, "connect", self._limit)

    @staticmethod
    def _limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size instead

    def __enter__(self) -> Engine:
        return self.engine

    def __exit__(self, *_error: object) -> None:
        self.engine.dispose()


def test_a_file_that_is_no_database(tmp_path: Path, user: UUID) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100, encoding="utf-8")
    with pytest.raises(StoreCorrupt, match="damaged"):
        Store(open_engine(f"sqlite:///{path}")).history(user=user)
    assert path.read_text(encoding="utf-8").startswith("Dear Sir")


def test_a_damaged_database(database: Path, user: UUID) -> None:
    content = bytearray(database.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    database.write_bytes(content)
    with pytest.raises(StoreCorrupt):
        Store(open_engine(f"sqlite:///{database}")).history(user=user)


def test_every_error_says_what_happened_what_is_safe_and_what_to_do() -> None:
    kinds: list[type[StoreError]] = [StoreError, *StoreError.__subclasses__()]
    assert all(kind.what and kind.safe and kind.todo for kind in kinds)


def test_words_of_a_conversation_are_not_in_the_log(
    store: Store, database: Path, user: UUID, play: UUID
) -> None:
    frozen = Store(open_engine(f"sqlite:///file:{database}?mode=ro&uri=true"))
    with pytest.raises(StoreReadOnly) as caught:
        frozen.append_turn(user=user, play_id=play, index=0, turn=new_turn(0))
    assert "My reply" not in str(caught.value) + str(caught.value.__cause__)
