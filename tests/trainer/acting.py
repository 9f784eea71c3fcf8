"""Hand-made readings and short plays for the tests of director and voice."""

import random
from collections.abc import Iterable, Iterator

from rubrics.acts.reading import Act, ReplyReading, Tag, TagHit
from rubrics.model import Turn
from scenarios import library
from scenarios.model import Temperament
from trainer import director
from trainer.beat import Beat, CaseMatch, Utterance
from trainer.dynamics import CounterpartState
from trainer.voices.authored import AuthoredVoice

SCENARIO = library.find("third-missed-delivery")
VOICE = AuthoredVoice()
NOTHING = CaseMatch()


def reading(*done: Act | Tag, grounding: float = 0.5, readable: bool = True) -> ReplyReading:
    """A reading that is sure of these acts and slips."""
    return ReplyReading(
        acts={item: 0.9 for item in done if isinstance(item, Act)},
        tags=tuple(TagHit(tag=item, start=0, end=9) for item in done if isinstance(item, Tag)),
        grounding=grounding,
        readable=readable,
        labeller="by hand",
    )


def begin(seed: int = 1, temperament: Temperament = "even") -> CounterpartState:
    """A start without a relapse planned."""
    state = director.start(SCENARIO, random.Random(seed), temperament)
    return state.model_copy(update={"relapse_at": None})


def step(
    state: CounterpartState,
    done: ReplyReading,
    match: CaseMatch = NOTHING,
    reply: str = "a reply",
    seed: int = 1,
) -> tuple[CounterpartState, Beat]:
    """One step of the shipped customer scenario."""
    return director.step(state, done, SCENARIO, random.Random(seed), match, reply=reply)


def say(beat: Beat, used: frozenset[str] = frozenset(), seed: int = 1) -> Utterance:
    """The authored voice's words for a beat, with nothing said before."""
    return VOICE.say(beat, (), SCENARIO, seed=seed, used=used)


def talk(
    replies: Iterable[tuple[ReplyReading, CaseMatch]], seed: int
) -> Iterator[tuple[CounterpartState, Beat, Utterance]]:
    """A play by hand-made readings, to its end."""
    state = director.start(SCENARIO, random.Random(seed))
    used: frozenset[str] = frozenset()
    said = [Turn(speaker="counterpart", text=SCENARIO.counterpart.opening)]
    for turn, (done, match) in enumerate(replies):
        rng = random.Random(f"{seed}:{turn}")
        reply = f"reply number {turn}"
        state, beat = director.step(state, done, SCENARIO, rng, match, reply=reply)
        utterance = VOICE.say(beat, tuple(said), SCENARIO, seed=seed, used=used)
        used |= frozenset(utterance.pieces)
        said += [
            Turn(speaker="employee", text=reply),
            Turn(speaker="counterpart", text=utterance.text),
        ]
        yield state, beat, utterance
        if state.ending:
            return
