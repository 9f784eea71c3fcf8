from scenarios.model import Cue, Ending
from tests.trainer.acting import begin, reading, step
from trainer.dynamics import CounterpartState
from trainer.effects import effect

BEFORE = begin().model_copy(update={"tension": 0.6, "trust": 0.4, "understood": 0.4})
BEAT = step(BEFORE, reading())[1]


def told(cue: Cue, **moved: object) -> str:
    after: CounterpartState = BEFORE.model_copy(update=moved)
    return effect(BEFORE, after, BEAT.model_copy(update={"cue": cue}), "Dana", "Anger")


def test_it_names_the_cue_and_what_moved() -> None:
    text = told(Cue.POLICY_SHIELD, trust=0.2, tension=0.7)
    assert text == (
        "Dana ran into a rule. After this, Dana trusted you much less and their anger grew."
    )


def test_a_disclosure_comes_first() -> None:
    text = told(Cue.ASKED_WELL, disclosed=1, understood=0.45)
    assert "Dana told you something new and felt a little more understood." in text


def test_only_the_two_largest_moves_are_named() -> None:
    text = told(Cue.UNDERSTOOD, understood=0.6, trust=0.5, tension=0.55)
    assert "understood" in text and "trusted" in text and "anger" not in text


def test_noise_is_no_movement() -> None:
    assert told(Cue.PLAIN, tension=0.61) == "Little changed for Dana."


def test_leaving_is_said() -> None:
    assert "the conversation was over" in told(Cue.HOSTILE, ending=Ending.WALKED_AWAY)


def test_a_lone_feeling_carries_the_name() -> None:
    assert told(Cue.PLAIN, tension=0.4) == "After this, Dana's anger eased a lot."


def test_the_name_is_the_subject_of_every_feeling_but_the_tension() -> None:
    text = told(Cue.MINIMISED, tension=0.8, trust=0.35)
    assert text.endswith("After this, Dana trusted you a little less and their anger grew a lot.")


def test_no_cue_speaks_about_the_person() -> None:
    for cue in Cue:
        text = told(cue, understood=0.6).lower()
        assert "you are" not in text and "you lack" not in text
