import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

import rubrics.scorer
from tests.servers.misbehaving import Script, serving
from tests.trainer.test_judge_cli import verdict
from trainer.allowance import spent_today
from trainer.judging import judged_line, second_rater
from trainer.pages.levels import levels_html
from trainer.practice import OpenPlay, Practice
from trainer.settings import Settings
from trainer.voices.speaker import AUTHORED_LINE

SCENARIO = "third-missed-delivery"
REPLY = "You lost a morning over this, and nobody came. What was in it?"


@pytest.fixture(scope="module", autouse=True)
def libraries() -> None:
    """Loading them takes seconds and is no part of any time-out here."""
    importlib.import_module("langchain_openai")


def said() -> str:
    return verdict(0, "You lost a morning over this")


@contextmanager
def seconded(practice: Practice, *moods: str, words: Any = None) -> Iterator[Practice]:
    """Practice with a second rater behind a real server."""
    script = Script(moods=moods or ("good",), words=words or (lambda request: said()), stall=3)
    with serving(script) as base:
        fields = {"judge_model": "strict", "OPENAI_BASE_URL": base, "model_timeout": 2}
        yield replace(practice, second_rater=second_rater(Settings.model_validate(fields)))


def debriefed(practice: Practice, me: UUID) -> OpenPlay:
    """A role-play of four replies, ended and rated."""
    play = practice.start(me, SCENARIO)
    for number in range(4):
        practice.reply(me, play, REPLY, expected=number, token=f"{number}")
    practice.end(me, play)
    practice.rate_self(me, play, {})
    return practice.open(me, play)


def test_without_a_judge_model_nothing_changes(practice: Practice, me: UUID) -> None:
    assert second_rater(Settings()) is None
    card = debriefed(practice, me).record.scorecard
    assert card is not None
    assert not any(score.judgement for score in card.competencies.values())


def test_the_record_keeps_both_raters(practice: Practice, me: UUID) -> None:
    with seconded(practice) as judged:
        record = debriefed(judged, me).record
    raters = [set(score.raw_levels_by_model) for score in record.scores if score.level is not None]
    assert {rubrics.scorer.VERSION, "strict"} in raters
    assert practice.store.scores_intact(user=me, play_id=record.id)
    assert record.scorecard is not None
    assert record.scorecard.versions["judge_model"] == "strict"


def test_the_debrief_asks_for_a_person_where_raters_disagree(practice: Practice, me: UUID) -> None:
    with seconded(practice) as judged:
        page = levels_html(debriefed(judged, me))
    assert "have a person look" in page
    assert "The language model strict gave 0.0. It names the cost." in page


def test_what_a_model_says_is_escaped(practice: Practice, me: UUID) -> None:
    sent = said().replace("It names", "<script>alert(1)</script>")
    with seconded(practice, words=lambda request: sent) as judged:
        page = levels_html(debriefed(judged, me))
    assert "<script>" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("mood", ["500", "stall", "cut_json"])
def test_a_failing_judge_leaves_the_local_levels_and_a_note(
    practice: Practice, me: UUID, mood: str
) -> None:
    local = debriefed(practice, me).record.scorecard
    with seconded(practice, mood) as judged:
        began = time.monotonic()
        opened = debriefed(judged, me)
    assert time.monotonic() - began < 10
    card = opened.record.scorecard
    assert local is not None and card is not None
    for name, score in card.competencies.items():
        assert score.status == local.competencies[name].status
    assert "rest on one rater alone" in levels_html(opened)


def test_a_used_up_allowance_asks_nobody(practice: Practice, me: UUID) -> None:
    with seconded(practice) as judged:
        debriefed(judged, me)
        spent = spent_today(judged.store, me)
        assert spent > 0
        card = debriefed(replace(judged, daily_tokens=spent), me).record.scorecard
    assert card is not None
    assert "used up" in card.versions["judge"]


def test_the_page_does_not_say_that_nothing_leaves(practice: Practice, me: UUID) -> None:
    fields = {"judge_model": "strict", "OPENAI_BASE_URL": "https://models.example/v1"}
    rater = second_rater(Settings.model_validate(fields))
    line = judged_line(AUTHORED_LINE, rater)
    assert "leaves this computer" not in line
    assert "models.example; what was said is sent there" in line
    assert judged_line(AUTHORED_LINE, None) == AUTHORED_LINE
