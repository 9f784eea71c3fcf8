"""Replies in another dress keep what is known of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rubrics.acts.training.data import Row
from rubrics.acts.training.varied import by_ear, varied
from rubrics.validation.gaming import NEUTRAL

REPLY = "You waited three times. It's only a day, though."
ROW = Row(
    "own",
    "xa-001",
    "Nobody came again.",
    REPLY,
    {"act:reflect": 1.0, "tag:minimising": 1.0},
    {"tag:minimising": (24, 38)},
)


def dressed() -> list[Row]:
    return varied([ROW] * 60, seed=1)


def test_what_is_known_stays() -> None:
    assert all(row.known == ROW.known and row.message == ROW.message for row in dressed())


def test_idle_words_leave_the_reply_whole_and_move_its_quotes() -> None:
    among = [row for row in dressed() if REPLY in row.reply]
    assert 20 < len(among) < 40
    for row in among:
        start, end = row.quotes["tag:minimising"]
        assert row.reply[start:end] == REPLY[24:38]


def test_idle_words_are_not_those_of_the_gate() -> None:
    assert not any(sentence in row.reply for row in dressed() for sentence in NEUTRAL)


def test_long_replies_are_only_spelt_anew() -> None:
    long = Row("own", "xa-001", "", "word " * 40, {})
    assert all(row.reply.split() == ["word"] * 40 for row in varied([long] * 20, seed=2))


def test_spelling_by_ear_changes_spelling_and_not_the_number_of_words() -> None:
    random = np.random.default_rng(3)
    heard = [by_ear(REPLY, random) for _ in range(20)]
    assert len(set(heard)) > 10
    assert all(len(one.split()) == len(REPLY.split()) for one in heard)


@given(st.text(max_size=80))
def test_any_text_can_be_spelt_by_ear(text: str) -> None:
    assert isinstance(by_ear(text, np.random.default_rng(0)), str)


def test_a_seed_gives_the_same_rows() -> None:
    assert dressed() == dressed()
