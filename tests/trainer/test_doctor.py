import importlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.servers.misbehaving import SPOKEN, Script, serving
from trainer.cli import main
from trainer.commands.doctor import examine
from trainer.llm import build_chat
from trainer.settings import Settings


@pytest.fixture(scope="module", autouse=True)
def libraries() -> None:
    """Loading them takes seconds and is no part of any time-out here."""
    importlib.import_module("langchain_openai")


@contextmanager
def server(monkeypatch: pytest.MonkeyPatch, *moods: str) -> Iterator[None]:
    def words(request: dict[str, Any]) -> str:
        return '{"mood": "angry", "level": 4}' if "response_format" in request else SPOKEN["good"]

    with serving(Script(moods=moods, words=words)) as base:
        monkeypatch.setenv("OPENAI_BASE_URL", base)
        monkeypatch.setenv("ATTUNE_MODEL", "test")
        yield


def doctor(capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    code = main(["doctor", "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_working_server_is_fine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(monkeypatch, "good"):
        code, found = doctor(capsys)
    assert code == 0
    assert [check["name"] for check in found["checks"]] == [
        "connection", "streaming", "speed", "structured output",
    ]  # fmt: skip


def test_a_failing_server_is_a_finding(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(monkeypatch, "500"):
        code, found = doctor(capsys)
    assert code == 1
    assert "failed (500)" in found["checks"][0]["words"]


def test_without_a_model_it_says_what_to_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 2
    assert "ATTUNE_MODEL" in capsys.readouterr().out


def test_plain_words_for_people(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(monkeypatch, "good", "cut_json"):
        assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "works  streaming: the answer came in" in out
    assert "fails  structured output: No usable JSON" in out


def test_a_stalling_server_is_said_to_be_late() -> None:
    with serving(Script(moods=["stall"], stall=3)) as base:
        chat = build_chat(Settings.model_validate({"model": "m", "OPENAI_BASE_URL": base}))
        (check,) = examine(chat, seconds=0.5)
    assert (check.result, check.words) == ("no", "The model did not answer in time.")
