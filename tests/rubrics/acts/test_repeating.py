"""Repetition inside a reply."""

from rubrics.acts.repeating import said_once


def test_a_repeated_sentence_is_blanked_and_offsets_stay() -> None:
    text = "I see. That hurts. I see. What happened?"
    once = said_once(text)
    assert len(once) == len(text)
    assert once == "I see. That hurts.        What happened?"


def test_what_is_said_once_is_left_alone() -> None:
    assert said_once("No. Not yet.\n") == "No. Not yet.\n"
    assert said_once("") == ""
