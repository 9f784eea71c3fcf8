import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.acts.reading import Act, Tag
from rubrics.model import Turn
from scenarios.model import Band, Cue, Ending, Push
from tests.trainer.acting import SCENARIO, VOICE, reading, say, talk
from trainer.beat import Beat, CaseMatch, Utterance
from trainer.voices import pieces
from trainer.voices.pieces import Piece


def beat(cue: Cue = Cue.PLAIN, band: Band = Band.STRAINED, **more: object) -> Beat:
    words = {"turn": 1, "temperament": "even", "word_budget": 40}
    return Beat.model_validate({**words, "cue": cue, "band": band, **more})


@pytest.mark.parametrize("cue", list(Cue))
@pytest.mark.parametrize("band", list(Band))
def test_there_is_something_to_say_to_everything(cue: Cue, band: Band) -> None:
    assert say(beat(cue, band, echo="our policy")).text


def test_answers_the_fact_that_was_asked_for() -> None:
    text = say(beat(Cue.ASKED_WELL, answers=("contents",))).text
    assert any(line in text for line in SCENARIO.fact("contents").lines)


def test_snaps_the_answer_while_hot() -> None:
    text = say(beat(Cue.ASKED_DATA, Band.HOT, answers=("address",))).text
    assert any(line in text for line in SCENARIO.fact("address").curt)


def test_says_that_it_was_asked_before() -> None:
    again = beat(Cue.ASKED_WELL, answers=("contents",), asked_again=("contents",))
    assert any(line in say(again).text for line in SCENARIO.lines.asked_again)


def test_gives_the_employees_words_back() -> None:
    hot = beat(Cue.POLICY_SHIELD, Band.HOT, echo="Our policy")
    texts = [say(hot, seed=seed).text for seed in range(20)]
    assert any("Our policy" in text or "our policy" in text for text in texts)
    assert not any("{echo}" in text for text in texts)


def test_without_an_echo_no_line_has_a_hole() -> None:
    texts = [say(beat(Cue.MINIMISED, Band.HOT), seed=seed).text for seed in range(20)]
    assert not any("{" in text for text in texts)


def test_an_echo_fits_into_the_sentence() -> None:
    piece = pieces.filled(Piece("x", "{echo}. And you say {echo}."), "our terms")
    assert piece.text == "Our terms. And you say our terms."


def test_the_disclosure_is_never_dropped() -> None:
    tight = beat(Cue.UNDERSTOOD, Band.HOT, reveals="need", disclosed=2, word_budget=8)
    needs = SCENARIO.lines.disclosures["need"]
    assert any(need in say(tight).text for need in needs)


def test_the_push_is_dropped_before_the_reaction() -> None:
    tight = beat(Cue.POLICY_SHIELD, Band.STRAINED, push=Push.DEMAND, word_budget=14)
    utterances = [say(tight, seed=seed) for seed in range(20)]
    assert all(u.pieces[0].startswith("reactions") for u in utterances)


@pytest.mark.parametrize("ending", list(Ending))
def test_every_ending_has_its_closing(ending: Ending) -> None:
    text = say(beat(Cue.PLAIN, ending=ending)).text
    assert any(text.endswith(line) for line in SCENARIO.lines.closings[ending])


def test_the_seed_chooses_the_words() -> None:
    texts = {say(beat(Cue.EMPTY_EMPATHY), seed=seed).text for seed in range(20)}
    assert len(texts) > 3
    assert say(beat(Cue.PLAIN), seed=3) == say(beat(Cue.PLAIN), seed=3)


def test_a_spent_pool_falls_back_to_the_next_band() -> None:
    hot = beat(Cue.REPAIRED, Band.CALM)
    own = frozenset(piece.id for piece in pieces.reactions(SCENARIO, hot, Cue.REPAIRED)[0])
    assert not own & set(say(hot, used=own).pieces)


def test_what_was_said_word_for_word_is_not_said_again() -> None:
    before = say(beat(Cue.BARE_APOLOGY)).text
    spoken = (Turn(speaker="counterpart", text=before),)
    again = VOICE.say(beat(Cue.BARE_APOLOGY), spoken, SCENARIO, seed=1, used=frozenset())
    assert again.text != before


def test_stream_grows_to_the_same_words() -> None:
    plain = beat(Cue.UNDERSTOOD)
    *growing, last = VOICE.stream(plain, (), SCENARIO, seed=1, used=frozenset())
    assert isinstance(last, Utterance) and growing[-1] == last.text
    assert all(isinstance(part, str) and last.text.startswith(part) for part in growing)


def test_withdrawn_people_use_few_words() -> None:
    even, withdrawn = (
        sum(len(say(beat(temperament=t), seed=seed).text.split()) for seed in range(30))
        for t in ("even", "withdrawn")
    )
    assert withdrawn < even


done = st.lists(st.sampled_from([*Act, *Tag]), max_size=4)
facts = st.lists(st.sampled_from([f.id for f in SCENARIO.facts]), max_size=2).map(tuple)
turns = st.lists(st.tuples(done, facts), min_size=1, max_size=14)


@given(turns, st.integers(0, 10_000))
def test_nothing_is_said_twice_and_nobody_rambles(
    replies: list[tuple[list[Act | Tag], tuple[str, ...]]], seed: int
) -> None:
    used: list[str] = []
    play = [(reading(*acts), CaseMatch(asked=asked)) for acts, asked in replies]
    for _, decided, utterance in talk(play, seed):
        assert len(utterance.text.split()) <= decided.word_budget
        used += [piece for piece in utterance.pieces if piece != "stock.silence"]
    assert len(used) == len(set(used))
