from typing import Any

from rubrics.acts.reading import Act, ReplyReading, Tag
from scenarios.model import Cue, Ending
from tests.trainer.acting import SCENARIO, begin, reading, step
from trainer.beat import Utterance
from trainer.marking import _felt, harmed
from trainer.session import Exchange, RolePlay

START = begin().model_copy(update={"tension": 0.6, "trust": 0.4, "understood": 0.4})


def exchange(cue: Cue, done: ReplyReading | None = None, **moved: Any) -> Exchange:
    done = done or reading(Act.REFLECT)
    return Exchange(
        reply="a reply",
        reading=done,
        beat=step(START, done)[1].model_copy(update={"cue": cue}),
        state=START.model_copy(update=moved),
        utterance=Utterance(text="Well.", voice="authored"),
    )


def after(cue: Cue, **moved: Any) -> frozenset[int]:
    play = RolePlay(scenario=SCENARIO.id, seed=1, opening="Hm.", start=START)
    return harmed(play.model_copy(update={"exchanges": (exchange(cue, **moved),)}))


def test_a_reply_that_helped_did_no_harm() -> None:
    assert after(Cue.UNDERSTOOD, understood=0.6) == frozenset()


def test_lost_trust_is_harm() -> None:
    assert after(Cue.OFFERED, trust=0.2) == {1}


def test_a_fix_that_came_too_early_is_harm_whatever_it_moved() -> None:
    assert after(Cue.PREMATURE_FIX, understood=0.6) == {1}


def test_a_reply_after_which_they_left_is_harm() -> None:
    assert after(Cue.VALIDATED, understood=0.6, ending=Ending.WALKED_AWAY) == {1}


def test_a_fix_that_could_be_heard_was_not_too_early() -> None:
    early = reading(Act.SOLVE, Tag.PREMATURE_SOLVING)
    assert _felt(exchange(Cue.OFFERED, early)).tags == ()
    assert _felt(exchange(Cue.PREMATURE_FIX, early)).tags == early.tags
