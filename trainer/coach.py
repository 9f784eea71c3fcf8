"""Hints during the conversation; they work offline.

Hints come in three depths (practice research: cue, then principle, then example), are about the
reply and never the person, and always follow what the counterpart needs next. How much of a hint
there is fades as the skill grows and comes back when it is needed.
"""

import random
from collections.abc import Sequence
from typing import Literal

from rubrics.acts.reading import Frozen, Tag
from rubrics.model import Rubric
from scenarios.model import Coaching, Scenario
from trainer.dynamics import READY_FOR_SOLUTION, CounterpartState
from trainer.session import RolePlay

Depth = Literal[1, 2, 3]
Need = Literal["steady", "acknowledge", "explore", "own", "step"]

_COMPETENCY: dict[Need, str] = {
    "steady": "STEADY",
    "acknowledge": "REFLECT",
    "explore": "EXPLORE",
    "own": "STEADY",
    "step": "PARTNER",
}
_HEATED = (Tag.HOSTILITY, Tag.THREAT, Tag.SLUR, Tag.DEFENSIVENESS)
_SHIELDED = (Tag.POLICY_BLAME, Tag.OTHER_BLAME, Tag.MINIMISING, Tag.BUT_NEGATION)
_STUCK_TURNS = 2


#: How far help goes, from the least to the most: the first depth given and the deepest one.
_LADDER: tuple[tuple[Depth, Depth], ...] = ((1, 2), (1, 3), (2, 3), (3, 3))
_NEWCOMER = 1
#: Help becomes less after two levels like this in a row, and more after one like that.
_GOOD, _WEAK = 2.5, 1.5
_FADED = "You have done this well without help lately, so the wording is yours."


class Support(Frozen):
    """How much help a skill gets: where hints start, and how deep they go."""

    start: Depth
    deepest: Depth

    def depth(self, taken: int) -> Depth:
        """The depth of the next hint after so many for the same reply."""
        depths: tuple[Depth, ...] = (1, 2, 3)
        return depths[min(self.start + taken, self.deepest) - 1]


def support_for(levels: Sequence[float]) -> Support:
    """The help for a skill after these levels, oldest first, all reached without hints."""
    rung, good = _NEWCOMER, 0
    for level in levels:
        good = good + 1 if level >= _GOOD else 0
        if level < _WEAK:
            rung = min(rung + 1, len(_LADDER) - 1)
        elif good == 2:
            rung, good = max(rung - 1, 0), 0
    start, deepest = _LADDER[rung]
    return Support(start=start, deepest=deepest)


def skill_now(play: RolePlay, rubric: Rubric) -> str:
    """The competency that a hint for this moment is about."""
    return rubric.competency(_COMPETENCY[next_need(play)]).id


class Hint(Frozen):
    """One hint: how deep it goes, what it is about, and its words."""

    depth: Depth
    competency: str
    text: str


def is_stuck(state: CounterpartState) -> bool:
    """Two turns in a row without the counterpart feeling more understood: time to offer a hint."""
    return state.stuck >= _STUCK_TURNS


def next_need(play: RolePlay) -> Need:
    """What the counterpart needs next, from their state and the last reply's slips."""
    state = play.state
    if play.exchanges:
        reading = play.exchanges[-1].reading
        if reading.tagged(*_HEATED):
            return "steady"
        if reading.tagged(*_SHIELDED):
            return "own"
    if state.understood < READY_FOR_SOLUTION[0]:
        return "explore" if play.exchanges and state.understood > 0.2 else "acknowledge"
    return "explore" if state.disclosed < 2 else "step"


def next_hint(
    play: RolePlay, scenario: Scenario, rubric: Rubric, support: Support, taken: int = 0
) -> Hint:
    """The next hint for this moment, after so many taken for the same reply."""
    given = hint(play, scenario, rubric, support.depth(taken), taken)
    if given.depth == support.deepest < 3:
        return given.model_copy(update={"text": f"{given.text} {_FADED}"})
    return given


def hint(play: RolePlay, scenario: Scenario, rubric: Rubric, depth: Depth, taken: int = 0) -> Hint:
    """The hint of that depth for this moment."""
    need = next_need(play)
    competency = rubric.competency(_COMPETENCY[need])
    name = scenario.counterpart.name.split()[0]
    if depth == 1:
        text = _CUES[need].format(name=name)
    elif depth == 2:
        text = f"{competency.name}: {competency.advice}"
    else:
        text = f"For example: “{_wording(need, scenario, play, taken)}”"
    return Hint(depth=depth, competency=competency.id, text=text)


_CUES: dict[Need, str] = {
    "steady": "Slow down for a moment. What is {name} really asking you for underneath the heat?",
    "acknowledge": "What has this cost {name} so far, and have you said it out loud?",
    "explore": "There is something {name} has not told you yet. What would you like to understand?",
    "own": "Which part of this is yours to carry? {name} is waiting to hear it.",
    "step": "{name} may be ready for a way forward now. What can you offer, by when?",
}


def _wording(need: Need, scenario: Scenario, play: RolePlay, taken: int) -> str:
    """An authored wording for this need, another one each turn and each time it is asked for."""
    pool = wordings(need, scenario.coaching)
    first = random.Random(f"{play.seed}:{len(play.exchanges)}:{need}").randrange(len(pool))
    return pool[(first + taken) % len(pool)]


def wordings(need: Need, coaching: Coaching) -> list[str]:
    """The scenario's authored wordings that meet this need."""
    pools: dict[Need, list[str]] = {
        "steady": coaching.steadying,
        "acknowledge": coaching.acknowledgements,
        "explore": coaching.questions,
        "own": coaching.ownership,
        "step": coaching.steps,
    }
    return pools[need]
