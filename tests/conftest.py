"""What every test shares: a folder of its own, no network, and the real engine."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from progress.database import open_engine, upgrade
from progress.store import Store
from trainer.assembly import build_engine
from trainer.practice import Practice
from trainer.session import Engine

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection that would leave this computer is an error."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings or the record of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("ATTUNE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ATTUNE_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def parts() -> Engine:
    """The real labeller, voice and scorer."""
    return build_engine()


@pytest.fixture
def practice(parts: Engine, tmp_path: Path) -> Iterator[Practice]:
    """Practice on an empty record."""
    database = open_engine(f"sqlite:///{tmp_path / 'attune.sqlite3'}")
    upgrade(database)
    yield Practice(parts, Store(database))
    database.dispose()


@pytest.fixture
def me(practice: Practice) -> UUID:
    """The person who practises."""
    return practice.store.ensure_user().id
