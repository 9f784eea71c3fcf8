import pytest

from rubrics import library as rubrics_library
from scenarios import library
from scenarios.model import Ending
from trainer.session import Engine, RolePlay, begin, ending_of, extended, respond, score

SCENARIO = library.find("third-missed-delivery")
REPLIES = [
    "Three promises and three misses, and today it cost you a morning. That's on us.",
    "What was today's delivery meant to be for?",
    "So it's about Saturday. What happens if it isn't there by then?",
    "I can have it at the Elm Street shop tonight, or a driver on Friday. Which suits you?",
]


def played(parts: Engine, replies: list[str], seed: int = 3) -> RolePlay:
    play = begin(SCENARIO, seed)
    for reply in replies:
        play = extended(play, respond(play, reply, SCENARIO, parts))
    return play


def test_same_seed_same_play(parts: Engine) -> None:
    assert played(parts, REPLIES) == played(parts, REPLIES)


def test_another_seed_sounds_different(parts: Engine) -> None:
    assert played(parts, REPLIES).turns() != played(parts, REPLIES, seed=4).turns()


def test_a_play_survives_being_stored_as_json(parts: Engine) -> None:
    play = played(parts, REPLIES)
    assert RolePlay.model_validate_json(play.model_dump_json()) == play


def test_going_back_and_saying_the_same_leads_to_the_same(parts: Engine) -> None:
    play = played(parts, REPLIES)
    again = play.rewound(2)
    for reply in REPLIES[2:]:
        again = extended(again, respond(again, reply, SCENARIO, parts))
    assert again == play


def test_the_employee_speaks_at_odd_indexes(parts: Engine) -> None:
    play = played(parts, REPLIES)
    assert {turn.speaker for turn in play.turns()[1::2]} == {"employee"}
    assert sorted(play.readings()) == [1, 3, 5, 7]


def test_stopping_early_leaves_it_open() -> None:
    assert ending_of(begin(SCENARIO, 1)) == Ending.OPEN


def test_a_score_knows_what_made_it(parts: Engine) -> None:
    rubric = rubrics_library.find("customer")
    card = score(played(parts, REPLIES), SCENARIO, rubric, parts)
    assert {"rubric", "labeller", "scorer", "scenario", "director"} <= card.versions.keys()


@pytest.mark.parametrize("reply", ["", "<script>alert(1)</script>", "x " * 2000, "👍👍", "שלום"])
def test_any_reply_gets_an_answer(parts: Engine, reply: str) -> None:
    assert respond(begin(SCENARIO, 1), reply, SCENARIO, parts).utterance.text
