"""What the counterpart hears in a reply: features for the dynamics, and the cue.

Everything here is a pure function of the labeller's reading, the reply's text and the state.
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from rubrics.acts.reading import Act, ReplyReading, Tag
from scenarios.model import Cue, Scenario
from trainer.beat import CaseMatch
from trainer.dynamics import READY_FOR_SOLUTION, CounterpartState, Features

#: How many earlier replies are remembered, and how alike two must be to be the same again.
REMEMBERED = 3
SAME_AGAIN = 0.75
#: Where a person starts to hear a solution: the middle of the ramp in the dynamics.
HEARS_OFFERS = sum(READY_FOR_SOLUTION) / 2
MANY_QUESTIONS = 3
#: What questions count for that only collect data: too little to open anything.
MANY_ASKED = 0.33
#: What a closed question counts for that asks for just what the counterpart holds back.
ASKED_WHAT_MATTERS = 0.6
CIRCLES = 3

_STRENGTH: dict[str, dict[Tag, float]] = {
    "minimise": {Tag.MINIMISING: 0.7, Tag.TOXIC_POSITIVITY: 0.55},
    "blame": {
        Tag.POLICY_BLAME: 0.8,
        Tag.OTHER_BLAME: 0.8,
        Tag.LABELLING: 0.8,
        Tag.MIND_READING: 0.6,
        Tag.DEFENSIVENESS: 0.6,
    },
    "but": {Tag.BUT_NEGATION: 0.6},
    "hostile": {Tag.HOSTILITY: 0.8, Tag.THREAT: 0.8, Tag.SLUR: 1.0},
}
#: Cues that hurt, or that nobody could settle anything on.
HARMFUL = frozenset({
    Cue.HOSTILE, Cue.THREATENED, Cue.MINIMISED, Cue.POLICY_SHIELD, Cue.BLAMED, Cue.DEFENSIVE,
    Cue.CHEERED_UP, Cue.CANCELLED, Cue.SILENCE, Cue.NONSENSE, Cue.ADDRESSED_MACHINE,
})  # fmt: skip
_RECOGNISES = {
    Act.REFLECT: 0.8,
    Act.NOTICE: 0.7,
    Act.VALIDATE: 0.6,
    Act.REPAIR: 0.5,
    Act.AFFIRM: 0.3,
}
_OPENS = {
    Act.ASK_INTEREST: 1.0,
    Act.CONCEDE: 1.0,
    Act.STANDARD: 1.0,
    Act.OWN_VIEW: 0.6,
    Act.OFFER_CHOICE: 0.6,
}
_OFFER_WORTH = {"need": 1.0, "partly": 0.8, "no": 0.1, "none": 0.6}


@dataclass(frozen=True)
class Moment:
    """One reply as it reaches the counterpart, and how they were just before it."""

    state: CounterpartState
    reading: ReplyReading
    text: str
    match: CaseMatch
    repeats: bool

    def does(self, *acts: Act) -> bool:
        """Whether the reply does any of these."""
        return any(self.reading.has(act) for act in acts)

    def slips(self, *tags: Tag) -> bool:
        """Whether the reply makes any of these slips."""
        return self.reading.tagged(*tags)

    @property
    def silent(self) -> bool:
        """Nothing was said."""
        return not self.text.strip()

    @property
    def takes_up(self) -> bool:
        """It gives back something of what this person said or feels."""
        return self.does(Act.REFLECT, Act.NOTICE, Act.VALIDATE)

    @property
    def proposes(self) -> bool:
        """It puts a way forward on the table; asking what would help is not yet one."""
        named = self.match.offered is not None and self.does(Act.OFFER_CHOICE, Act.CONCEDE)
        return named or self.does(Act.SOLVE, Act.COMMIT)

    @property
    def can_hear(self) -> bool:
        """A way forward would be heard by now."""
        return self.state.understood >= HEARS_OFFERS


def moment(state: CounterpartState, reading: ReplyReading, match: CaseMatch, text: str) -> Moment:
    """Put together what the rest of this module looks at."""
    return Moment(state, reading, text, match, repeats=_repeats(state, fingerprint(text)))


def features(at: Moment, scenario: Scenario) -> Features:
    """The reading as the dynamics take it; every value in [0, 1]."""
    if at.silent or not at.reading.readable or at.slips(Tag.MANIPULATION):
        return Features()
    sure = 0.5 + 0.5 * at.reading.confidence
    act = {name: _firm(at.reading, name) for name in Act}
    slips = {kind: _slip(at.reading, kind) * (0.6 + 0.4 * sure) for kind in _STRENGTH}
    return Features(
        reflect=_recognised(at) * sure,
        explore=_explored(at, scenario) * sure * _drowned(at),
        own=act[Act.OWN] * sure,
        apology=act[Act.APOLOGISE] if act[Act.APOLOGISE] >= 0.5 else 0.0,
        solve=_solved(at, scenario) * sure,
        generic=act[Act.GENERIC_EMPATHY],
        repeats=at.repeats,
        **(_conflict(at.reading) if scenario.program == "conflict" else {}),
        **slips,
    )


def _firm(reading: ReplyReading, act: Act) -> float:
    """The act's probability, stretched: below .3 it is absent, from .8 on it is plainly there."""
    return min(1.0, max(0.0, (reading.acts.get(act, 0.0) - 0.3) / 0.5))


def _recognised(at: Moment) -> float:
    """Giving back, naming the feeling and validating add up; words tied to nothing do not count."""
    missed = 1.0
    for act, weight in _RECOGNISES.items():
        missed *= 1 - weight * _firm(at.reading, act)
    grounded = min(1.0, 0.7 + 0.6 * at.reading.grounding)
    hollow = 0.15 if at.slips(Tag.KEYWORD_EMPATHY) else 1.0
    return (1 - missed) * grounded * hollow * _drowned(at)


def _drowned(at: Moment) -> float:
    """From the third apology on, whatever else the reply does is hardly heard."""
    return 0.2 if at.does(Act.APOLOGISE) and at.state.apologies > 1 and not at.proposes else 1.0


def _explored(at: Moment, scenario: Scenario) -> float:
    """An open question; a closed one counts little, unless it asks for what is held back."""
    reading = at.reading
    open_question = max(_firm(reading, Act.EXPLORE), _firm(reading, Act.ASK_INTEREST))
    held_back = any(scenario.fact(i).gate > at.state.disclosed for i in at.match.asked)
    closed = ASKED_WHAT_MATTERS if held_back else MANY_ASKED
    asked = max(open_question, closed * _firm(reading, Act.ASK_CLOSED))
    return min(asked, MANY_ASKED) if reading.tagged(Tag.INTERROGATING) else asked


def _solved(at: Moment, scenario: Scenario) -> float:
    if not at.proposes:
        return 0.0
    proposed = max(
        _firm(at.reading, Act.SOLVE),
        0.8 * _firm(at.reading, Act.OFFER_CHOICE),
        0.8 * _firm(at.reading, Act.COMMIT),
    )
    if not at.can_hear:
        return proposed
    offered = at.match.offered
    return proposed * _OFFER_WORTH[scenario.offer(offered).meets if offered else "none"]


def _slip(reading: ReplyReading, kind: str) -> float:
    return max((value for tag, value in _STRENGTH[kind].items() if reading.tagged(tag)), default=0)


def _conflict(reading: ReplyReading) -> dict[str, float]:
    opening = max(weight * _firm(reading, act) for act, weight in _OPENS.items())
    return {"reciprocity": opening, "insist": _firm(reading, Act.POSITION)}


def fingerprint(text: str) -> tuple[int, ...]:
    """The set of longer words as numbers: enough to notice a repetition, not to read it back."""
    words = set(re.findall(r"[^\W_]{3,}", text.lower()))
    return tuple(sorted(zlib.crc32(word.encode()) for word in words))


def _repeats(state: CounterpartState, now: tuple[int, ...]) -> bool:
    return any(_alike(set(now), set(then)) >= SAME_AGAIN for then in state.heard)


def _alike(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


#: In this order: the first that holds is what a person would react to first.
_CUES: tuple[tuple[Cue, Callable[[Moment], bool]], ...] = (
    (Cue.SILENCE, lambda m: m.silent),
    (Cue.ADDRESSED_MACHINE, lambda m: m.slips(Tag.MANIPULATION)),
    (Cue.NONSENSE, lambda m: not m.reading.readable),
    (Cue.THREATENED, lambda m: m.slips(Tag.THREAT)),
    (Cue.HOSTILE, lambda m: m.slips(Tag.HOSTILITY, Tag.SLUR)),
    (Cue.REPAIRED, lambda m: m.does(Act.REPAIR)),
    (Cue.MINIMISED, lambda m: m.slips(Tag.MINIMISING)),
    (Cue.POLICY_SHIELD, lambda m: m.slips(Tag.POLICY_BLAME)),
    (Cue.BLAMED, lambda m: m.slips(Tag.OTHER_BLAME, Tag.LABELLING, Tag.MIND_READING)),
    (Cue.CHEERED_UP, lambda m: m.slips(Tag.TOXIC_POSITIVITY)),
    (Cue.DEFENSIVE, lambda m: m.slips(Tag.DEFENSIVENESS)),
    (Cue.CANCELLED, lambda m: m.slips(Tag.BUT_NEGATION)),
    (Cue.OVER_PROMISED, lambda m: m.slips(Tag.OVER_PROMISE)),
    (Cue.OWN_STORY, lambda m: m.slips(Tag.SELF_ORIENTATION)),
    (Cue.CAVED, lambda m: m.slips(Tag.CAVING)),
    (Cue.REPEATED, lambda m: m.repeats),
    (Cue.INTERROGATED, lambda m: _interrogates(m)),
    (Cue.BOUNDARY, lambda m: m.does(Act.BOUNDARY)),
    (Cue.PREMATURE_FIX, lambda m: m.proposes and not m.can_hear and not _warm(m)),
    (Cue.APOLOGY_AGAIN, lambda m: _sorry_again(m)),
    (Cue.EMPATHY_LOOP, lambda m: _loops(m)),
    (Cue.EMPTY_EMPATHY, lambda m: _hollow(m)),
    (Cue.CONCEDED, lambda m: m.does(Act.CONCEDE)),
    (Cue.FAIR_STANDARD, lambda m: m.does(Act.STANDARD)),
    (Cue.OFFERED, lambda m: m.proposes and m.can_hear),
    (Cue.OWNED_APOLOGY, lambda m: m.does(Act.APOLOGISE) and (m.does(Act.OWN) or m.takes_up)),
    (Cue.BARE_APOLOGY, lambda m: m.does(Act.APOLOGISE)),
    (Cue.UNDERSTOOD, lambda m: m.does(Act.REFLECT, Act.NOTICE)),
    (Cue.VALIDATED, lambda m: m.does(Act.VALIDATE, Act.AFFIRM)),
    (Cue.ASKED_INTEREST, lambda m: m.does(Act.ASK_INTEREST)),
    (Cue.ASKED_WELL, lambda m: m.does(Act.EXPLORE)),
    (Cue.OPENED_UP, lambda m: m.does(Act.OWN_VIEW, Act.OBSERVE, Act.CHANNEL)),
    (Cue.POSITION, lambda m: m.does(Act.POSITION)),
    (Cue.ASKED_DATA, lambda m: m.does(Act.ASK_CLOSED)),
    (Cue.INFORMED, lambda m: m.does(Act.INFORM)),
    (Cue.PLAIN, lambda m: True),
)


def cue(at: Moment) -> Cue:
    """What a person would react to first in this reply."""
    return next(cue for cue, holds in _CUES if holds(at))


def _warm(m: Moment) -> bool:
    return m.takes_up or m.does(Act.OWN)


def _interrogates(m: Moment) -> bool:
    said_before = m.state.last_cue == Cue.INTERROGATED
    in_a_row = m.state.unreturned >= MANY_QUESTIONS - 1 and not (m.takes_up or said_before)
    return m.slips(Tag.INTERROGATING) or (in_a_row and m.does(Act.EXPLORE, Act.ASK_CLOSED))


def _sorry_again(m: Moment) -> bool:
    if m.slips(Tag.OVER_APOLOGY):
        return True
    more = m.proposes or (m.state.apologies < 2 and m.takes_up)
    return m.does(Act.APOLOGISE) and m.state.apologies > 0 and not more


def _loops(m: Moment) -> bool:
    due = m.state.circling >= CIRCLES - 1 and m.takes_up and not m.proposes
    return m.slips(Tag.EMPATHY_LOOP) or due


def _hollow(m: Moment) -> bool:
    given_back = m.does(Act.REFLECT, Act.NOTICE)
    stock = m.does(Act.GENERIC_EMPATHY) and not (m.takes_up or m.proposes)
    return (m.slips(Tag.KEYWORD_EMPATHY) and not given_back) or stock
