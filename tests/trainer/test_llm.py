import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import BaseModel

from tests.servers.misbehaving import Script, serving
from trainer.chat import Chat, ModelFailure, Said, Usage, count_tokens
from trainer.llm import build_chat
from trainer.settings import Settings, SettingsError
from trainer.structured import ask

ASKED = [("system", "You are Dana."), ("user", "What happened?")]


@pytest.fixture(scope="module", autouse=True)
def libraries() -> None:
    """Loading them takes seconds and is no part of any time-out here."""
    importlib.import_module("langchain_openai")


class Mood(BaseModel):
    mood: str
    level: int


def settings(base: str = "http://127.0.0.1:9/v1", **more: object) -> Settings:
    return Settings.model_validate({"model": "test", "OPENAI_BASE_URL": base, **more})


@contextmanager
def chat(*moods: str, **script: object) -> Iterator[tuple[Chat, Script]]:
    told = Script(moods=moods, **script)  # type: ignore[arg-type]
    with serving(told) as base:
        yield build_chat(settings(base, model_timeout=5)), told


def say(model: Chat, seconds: float = 5) -> Said | ModelFailure:
    return model.say(ASKED, max_tokens=60, seconds=seconds)  # type: ignore[arg-type]


def test_words_come_with_what_they_cost() -> None:
    with chat("good") as (model, _):
        said = say(model)
    assert isinstance(said, Said)
    assert said.text.startswith("So where is it?")
    assert (said.usage.prompt, said.pieces > 1, said.cut) == (900, True, False)


@pytest.mark.parametrize("mood", ["429", "500", "503", "empty", "break", "null", "closed"])
def test_a_passing_failure_is_tried_once_more(mood: str) -> None:
    with chat(mood, "good") as (model, script):
        assert isinstance(say(model), Said)
        assert script.asked == 2


@pytest.mark.parametrize(
    ("mood", "kind"),
    [
        ("429", "busy"),
        ("500", "broken"),
        ("400", "refused"),
        ("empty", "empty"),
        ("html", "broken"),
    ],
)
def test_a_lasting_failure_says_what_it_was(mood: str, kind: str) -> None:
    with chat(mood) as (model, script):
        failure = say(model)
        assert isinstance(failure, ModelFailure)
        assert failure.kind == kind
        assert script.asked == (1 if kind == "refused" else 2)


@pytest.mark.parametrize("mood", ["stall", "drip"])
def test_nobody_waits_longer_than_the_time_given(mood: str) -> None:
    with chat(mood, stall=4) as (model, _):
        say(model, 0.01)  # the libraries are loaded once, before anybody waits
        time.sleep(0.1)
        began = time.monotonic()
        failure = say(model, 0.8)
        assert time.monotonic() - began < 1.6
    assert isinstance(failure, ModelFailure)
    assert failure.kind == "timeout"


def test_a_server_that_is_not_there_is_unreachable() -> None:
    failure = say(build_chat(settings()))
    assert isinstance(failure, ModelFailure)
    assert failure.kind == "unreachable"


def test_a_cut_answer_says_so() -> None:
    with chat("cut") as (model, _):
        said = say(model)
    assert isinstance(said, Said)
    assert said.cut


def test_a_shape_is_asked_for_and_checked() -> None:
    with chat("good", words=lambda request: '```json\n{"mood": "angry", "level": 4}\n```') as (
        model,
        script,
    ):
        answer = ask(model, ASKED, Mood, max_tokens=60, seconds=5)  # type: ignore[arg-type]
    assert isinstance(answer, tuple)
    assert answer[0] == Mood(mood="angry", level=4)
    assert script.requests[0]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("mood", ["400", "good"])
def test_a_server_without_schemas_is_asked_for_plain_json(mood: str) -> None:
    def words(request: dict[str, object]) -> str:
        plain = request["response_format"] == {"type": "json_object"}
        return '{"mood": "angry", "level": 4}' if plain else "no idea"

    with chat(mood, "good", words=words) as (model, _):
        answer = ask(model, ASKED, Mood, max_tokens=60, seconds=5)  # type: ignore[arg-type]
    assert isinstance(answer, tuple)


def test_cut_json_is_a_failure_and_not_half_an_answer() -> None:
    with chat("cut_json") as (model, _):
        answer = ask(model, ASKED, Mood, max_tokens=60, seconds=5)  # type: ignore[arg-type]
    assert isinstance(answer, ModelFailure)
    assert answer.kind == "unreadable"


@pytest.mark.parametrize("name", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
def test_tracing_is_refused_unless_allowed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "true")
    with pytest.raises(SettingsError, match=name):
        build_chat(settings())
    assert build_chat(settings(allow_tracing=True)).name == "test"


def test_without_key_or_server_the_setting_is_named() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        build_chat(settings(base=""))


def test_without_model_both_ways_are_named() -> None:
    with pytest.raises(SettingsError, match="ATTUNE_GGUF"):
        build_chat(Settings())


def test_roles_may_have_models_of_their_own() -> None:
    both = settings(judge_model="strict")
    assert build_chat(both, "judge").name == "strict"
    assert build_chat(both, "coach").name == "test"


def test_a_stored_cost_is_read_again() -> None:
    usage = Usage(model="a b", prompt=1234, completion=5, seconds=1.5)
    assert Usage.from_note(usage.note()) == usage
    assert Usage.from_note("The guard did nothing.") is None


def test_tokens_are_counted_offline() -> None:
    assert count_tokens("So where is it?") == 5
    assert count_tokens("word " * 2000) == 2000
