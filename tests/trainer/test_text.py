import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.model import MAX_REPLY_CHARS
from trainer.text import ReplyTooLong, clean_reply


def test_control_characters_are_taken_out() -> None:
    assert clean_reply("Sorry\x00 about\x1b[31m that") == "Sorry about[31m that"


def test_direction_overrides_are_taken_out() -> None:
    assert clean_reply("abc\u202edef\u2066") == "abcdef"


def test_right_to_left_letters_stay() -> None:
    assert clean_reply("שלום") == "שלום"


def test_line_breaks_stay() -> None:
    assert clean_reply("one\ntwo") == "one\ntwo"


def test_a_reply_too_long_says_how_long_and_that_nothing_was_sent() -> None:
    with pytest.raises(ReplyTooLong, match="50,000 characters.*Nothing was sent"):
        clean_reply("x" * 50_000)


@given(st.text(max_size=MAX_REPLY_CHARS))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_reply(text)
    assert clean_reply(once) == once
