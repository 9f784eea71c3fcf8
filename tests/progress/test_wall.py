"""Practice is seen by its owner only, whatever method is asked."""

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from progress.database import open_engine
from progress.errors import UnknownPlay
from progress.store import Store
from tests.progress.making import complete, new_play, new_turn, scorecard

#: For every method that takes a play: what else it takes.
ON_A_PLAY: dict[str, dict[str, Any]] = {
    "start_retry": {"from_turn": 0},
    "append_turn": {"index": 3, "turn": new_turn(3)},
    "add_hint": {"before_turn": 3, "depth": 1, "text": "Listen."},
    "finish": {"ending": "resolved"},
    "save_self_ratings": {"levels": {"REFLECT": 3.0, "NOTICE": 2.5}},
    "save_scorecard": {"scorecard": scorecard()},
    "load_play": {},
    "scores_intact": {},
    "delete_play": {},
}
ON_ALL_PLAYS = ("unfinished", "history", "score_history", "export")
WITHOUT_PLAYS = ("ensure_user", "start_play", "delete_all")


@pytest.fixture(scope="module")
def shared(empty_database: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{empty_database}")
    yield engine
    engine.dispose()


def test_every_method_is_held_against_the_wall() -> None:
    methods = {name for name, _ in inspect.getmembers(Store, inspect.isfunction)}
    public = {name for name in methods if not name.startswith("_")}
    assert public == {*ON_A_PLAY, *ON_ALL_PLAYS, *WITHOUT_PLAYS}


@pytest.mark.parametrize("method", ON_A_PLAY)
def test_a_strangers_play_is_as_one_that_does_not_exist(
    store: Store, user: UUID, stranger: UUID, method: str
) -> None:
    play = complete(store, user)
    for play_id in (play.id, uuid4()):
        with pytest.raises(UnknownPlay):
            getattr(store, method)(user=stranger, play_id=play_id, **ON_A_PLAY[method])
    assert store.load_play(user=user, play_id=play.id) == play


def test_deleting_all_deletes_nothing_of_a_stranger(
    store: Store, user: UUID, stranger: UUID
) -> None:
    play = complete(store, user)
    store.delete_all(user=stranger)
    assert store.load_play(user=user, play_id=play.id) == play


@settings(max_examples=15, deadline=None)
@given(who_plays=st.lists(st.integers(0, 2), min_size=1, max_size=6), asks=st.integers(0, 2))
def test_no_list_has_a_row_of_another(shared: Engine, who_plays: list[int], asks: int) -> None:
    store = Store(shared)
    users = [store.ensure_user(user=uuid4(), display_name=f"Person {i}").id for i in range(3)]
    plays = [(who, _some_play(store, users[who], number)) for number, who in enumerate(who_plays)]
    mine = {str(play) for who, play in plays if who == asks}
    others = {str(play) for who, play in plays if who != asks}
    for method in ON_ALL_PLAYS:
        found = json.dumps(getattr(store, method)(user=users[asks]), default=_as_text)
        assert not [play for play in others if play in found]
        assert method in {"unfinished", "score_history"} or all(play in found for play in mine)


def _some_play(store: Store, user: UUID, number: int) -> UUID:
    if number % 2:
        return complete(store, user).id
    return store.start_play(user=user, new=new_play()).id


def _as_text(value: Any) -> str:
    return str(value.model_dump_json())
