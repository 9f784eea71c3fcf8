import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from progress.database import open_engine, upgrade
from progress.store import Store
from tests.progress.making import new_play


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "attune.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "attune.db"))


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{database}", busy_timeout=0.2)
    yield engine
    engine.dispose()


class Clock:
    """A minute passes at every look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine, clock=Clock())


@pytest.fixture
def user(store: Store) -> UUID:
    return store.ensure_user().id


@pytest.fixture
def stranger(store: Store) -> UUID:
    return store.ensure_user(user=uuid4(), display_name="Somebody else").id


@pytest.fixture
def play(store: Store, user: UUID) -> UUID:
    return store.start_play(user=user, new=new_play()).id
