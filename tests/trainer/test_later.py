import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from trainer.assembly import build_engine, warm
from trainer.later import Later
from trainer.session import Engine


def test_two_who_need_a_part_at_once_load_it_once() -> None:
    loads = []

    def load() -> object:
        loads.append("loaded")
        time.sleep(0.05)
        return object()

    part = Later(load)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: part.get(), range(2))
    assert first is second
    assert loads == ["loaded"]


def test_a_part_that_could_not_load_is_tried_again() -> None:
    found = iter([None, "weights"])

    def load() -> str:
        part = next(found)
        if part is None:
            raise OSError("no such file")
        return part

    part = Later(load)
    with pytest.raises(OSError):
        part.get()
    assert part.get() == "weights"


def test_warming_stops_once_the_server_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    leaving, warmed = Event(), []

    def casebook(_engine: Engine, scenario: object) -> None:
        warmed.append(scenario)
        leaving.set()

    monkeypatch.setattr(Engine, "casebook", casebook)
    warm(build_engine(), leaving)
    assert len(warmed) == 1
