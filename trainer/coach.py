"""Hints during the conversation and better wordings after it; works offline.

Hints come in three depths (practice research: cue, then principle, then example), are about the
reply and never the person, and always follow what the counterpart needs next.
"""

import random
import re
from typing import Literal

from rubrics.acts.reading import Frozen, ReplyReading, Tag
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


def hint(play: RolePlay, scenario: Scenario, rubric: Rubric, depth: Depth) -> Hint:
    """The hint of that depth for this moment."""
    need = next_need(play)
    competency = rubric.competency(_COMPETENCY[need])
    name = scenario.counterpart.name.split()[0]
    if depth == 1:
        text = _CUES[need].format(name=name)
    elif depth == 2:
        text = f"{competency.name}: {competency.advice}"
    else:
        text = f"For example: “{_wording(need, scenario, play)}”"
    return Hint(depth=depth, competency=competency.id, text=text)


_CUES: dict[Need, str] = {
    "steady": "Slow down for a moment. What is {name} really asking you for underneath the heat?",
    "acknowledge": "What has this cost {name} so far, and have you said it out loud?",
    "explore": "There is something {name} has not told you yet. What would you like to understand?",
    "own": "Which part of this is yours to carry? {name} is waiting to hear it.",
    "step": "{name} may be ready for a way forward now. What can you offer, by when?",
}


def _wording(need: Need, scenario: Scenario, play: RolePlay) -> str:
    """An authored wording for this need, another one each turn."""
    chooser = random.Random(f"{play.seed}:{len(play.exchanges)}:{need}")
    return chooser.choice(_pool(need, scenario.coaching))


def _pool(need: Need, coaching: Coaching) -> list[str]:
    pools: dict[Need, list[str]] = {
        "steady": coaching.steadying,
        "acknowledge": coaching.acknowledgements,
        "explore": coaching.questions,
        "own": coaching.ownership,
        "step": coaching.steps,
    }
    return pools[need]


#: Slips whose words have to go; the rest of the reply stays the employee's own.
_DROPPED = frozenset(
    {
        Tag.HOSTILITY,
        Tag.THREAT,
        Tag.SLUR,
        Tag.POLICY_BLAME,
        Tag.OTHER_BLAME,
        Tag.MINIMISING,
        Tag.TOXIC_POSITIVITY,
        Tag.DEFENSIVENESS,
        Tag.LABELLING,
        Tag.MIND_READING,
        Tag.OVER_PROMISE,
        Tag.KEYWORD_EMPATHY,
        Tag.BUT_NEGATION,
        Tag.OVER_APOLOGY,
        Tag.SELF_ORIENTATION,
        Tag.MANIPULATION,
        Tag.INTERROGATING,
        Tag.IGNORING,
    }
)
_BY_TAG: dict[Tag, Need] = {
    Tag.HOSTILITY: "steady",
    Tag.THREAT: "steady",
    Tag.SLUR: "steady",
    Tag.DEFENSIVENESS: "own",
    Tag.POLICY_BLAME: "own",
    Tag.OTHER_BLAME: "own",
    Tag.OVER_APOLOGY: "own",
    Tag.OVER_PROMISE: "step",
    Tag.EMPATHY_LOOP: "step",
    Tag.CAVING: "step",
}
_BY_COMPETENCY: dict[str, Need] = {
    "EXPLORE": "explore",
    "INTERESTS": "explore",
    "STEADY": "steady",
    "OWN": "own",
    "CANDOUR": "own",
    "PARTNER": "step",
    "RESOLVE": "step",
    "FAIR-WAY": "step",
    "BRIDGE": "step",
}
#: These come after what the employee said; the others come before it.
_FOLLOWS: frozenset[Need] = frozenset({"explore", "step"})
_LONGEST_KEPT = 240


def reword(
    reply: str, reading: ReplyReading, competency: str, coaching: Coaching, seed: int
) -> str:
    """Another way to say the same reply: what hurt is left out, what was missing is put in.

    What is left of the employee's own words stays theirs. ``coaching`` supplies the missing piece.
    """
    slips = [hit.tag for hit in reading.tags]
    need = next((_BY_TAG[tag] for tag in slips if tag in _BY_TAG), None)
    if need is None:
        need = "acknowledge" if slips else _BY_COMPETENCY.get(competency, "acknowledge")
    kept = _without_slips(reply, reading)
    added = random.Random(f"{seed}:{reply}").choice(_pool(need, coaching))
    parts = (kept, added) if need in _FOLLOWS and kept else (added, kept)
    return " ".join(part for part in parts if part)


def _without_slips(reply: str, reading: ReplyReading) -> str:
    """The sentences of the reply that no slip touches, at most a few."""
    bad = [hit for hit in reading.tags if hit.tag in _DROPPED]
    kept = [
        reply[start:end].strip()
        for start, end in _sentences(reply)
        if not any(hit.start < end and start < hit.end for hit in bad)
    ]
    while kept and sum(map(len, kept)) > _LONGEST_KEPT:
        kept.pop()
    return " ".join(kept)


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^.!?…\n]+[.!?…]*", text)]
