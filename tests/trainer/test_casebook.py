import pytest

from rubrics import encoder
from tests.trainer.acting import SCENARIO
from trainer.beat import CaseMatch
from trainer.casebook import Casebook, asks, sentences

BOOK = Casebook.of(SCENARIO, encoder.shared())


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("May I ask what you had ordered?", "contents"),
        ("So what is inside the package", "contents"),
        ("Who's it for, may I ask?", "who-for"),
        ("By when would you need to have it?", "needed-by"),
        ("What would be most helpful now?", "what-would-help"),
        ("Could it be that you didn't hear the bell?", "was-at-home"),
        ("Order number please.", "order-number"),
        ("Hi Dana, give me your order number and I'll check.", "order-number"),
        ("Would you prefer a call or a text?", "how-to-reach"),
        ("How old will she be?", "the-daughter"),
        ("What did that morning cost you?", "morning-off"),
        ("I'm sorry. Could you tell me what happened this morning?", "what-happened-today"),
    ],
)
def test_finds_the_fact_that_is_asked_for(question: str, fact: str) -> None:
    assert BOOK.match(question).asked[0] == fact


@pytest.mark.parametrize(
    ("reply", "offer"),
    [
        (
            "I could get it to the shop on Elm Street for tonight. Would that work?",
            "pick-up-tonight",
        ),
        ("A driver I know will bring it on Friday morning, you get the number.", "named-driver"),
        ("Then I'll give you your money back.", "refund"),
        ("I'll send another one on Monday.", "replacement"),
        ("We'll look into it.", "pass-it-on"),
        ("I'll check myself at four and text you.", "own-check"),
    ],
)
def test_finds_the_offer_that_is_made(reply: str, offer: str) -> None:
    assert BOOK.match(reply).offered == offer


def test_of_two_ways_the_one_that_helps_counts() -> None:
    reply = "Two ways: you pick it up at the shop tonight, or we try the delivery again tomorrow."
    offered = BOOK.match(reply).offered
    assert offered is not None and SCENARIO.offer(offered).meets == "need"


@pytest.mark.parametrize("question", ["Do you like pizza?", "What's your date of birth?"])
def test_knows_what_the_case_does_not_answer(question: str) -> None:
    assert BOOK.match(question) == CaseMatch(asks_unknown=True)


@pytest.mark.parametrize(
    "question",
    [
        "Have I got that right?",
        "Does that work for you?",
        "Third time lucky, eh?",
        "Deal?",
        "What?",
    ],
)
def test_a_check_back_asks_for_nothing(question: str) -> None:
    assert BOOK.match(question) == CaseMatch()


def test_two_questions_ask_for_two_facts() -> None:
    assert set(BOOK.match("What was in it? And who is it for?").asked) == {"contents", "who-for"}


@pytest.mark.parametrize("text", ["", "   ", "…", "?!?!", "\x00", "a" * 4000, "?\n" * 2000])
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(BOOK.match(text), CaseMatch)


def test_a_scenario_is_embedded_once() -> None:
    assert Casebook.of(SCENARIO, encoder.shared()) is BOOK


def test_sentences_are_told_apart() -> None:
    assert sentences("Oh no. Really? Fine") == ["Oh no.", "Really?", "Fine"]
    assert [asks(s) for s in ("Really?", "tell me more", "That is bad.")] == [True, True, False]
