"""How the counterpart's feelings move: pure arithmetic on a small state.

The equations and constants are the tested parameter set of the design (appraisal theory: EMA,
Scherer; calm lags good behaviour because affect has inertia). Every quantity is in [0, 1] unless
said otherwise. ``tension`` is anger for a customer, hurt or anxiety for a colleague, and heat in a
conflict, which also has ``face_threat`` and ``firmness``.
"""

import random
from typing import Annotated, Literal

from pydantic import Field

from rubrics.acts.reading import Frozen
from scenarios.model import Cue, Ending, Temperament

Unit = Annotated[float, Field(ge=0, le=1)]

BASE_TENSION = 0.15
HEATING_INERTIA = 0.40
NOISE_SD = 0.02
#: Felt understanding below which a solution is premature, and above which it is heard.
READY_FOR_SOLUTION = (0.39, 0.47)
TRUST_CEILING = 0.85
GATE_ONE = (0.35, 0.30)  # understood, explore
GATE_TWO = (0.55, 0.40, 0.30)  # understood, trust, explore
#: Tension above which it boils, and how far above the start that is for cooler people.
WALK_AWAY_TENSION = 0.95
WALK_AWAY_RISE = 0.20
CALM_TENSION = 0.35
#: The most that tension falls in one turn: nobody is calm at once.
MAX_DROP = 0.20


class Manner(Frozen):
    """A temperament in numbers."""

    tension: Unit = 0.75
    trust: Unit = 0.25
    inertia: Unit = 0.72
    react: float = 1.0
    rumination: float = 0.01


MANNERS: dict[Temperament, Manner] = {
    "even": Manner(),
    "quick": Manner(tension=0.65, trust=0.35, inertia=0.58, react=1.2),
    "grudge": Manner(trust=0.12, inertia=0.85, react=0.7, rumination=0.02),
    "withdrawn": Manner(tension=0.55, inertia=0.80, react=0.8),
}


class Features(Frozen):
    """What one reply did, as the equations take it; each in [0, 1]."""

    reflect: Unit = 0.0
    explore: Unit = 0.0
    own: Unit = 0.0
    apology: Unit = 0.0
    solve: Unit = 0.0
    generic: Unit = 0.0
    minimise: Unit = 0.0
    blame: Unit = 0.0
    but: Unit = 0.0
    hostile: Unit = 0.0
    #: Conflict only: opening interests or giving something up, and insisting.
    reciprocity: Unit = 0.0
    insist: Unit = 0.0
    repeats: bool = False


class CounterpartState(Frozen):
    """How the counterpart is now. Plain data: stored with every turn and restored from it."""

    temperament: Temperament
    tension: Unit = Field(ge=0, le=1)
    trust: Unit = Field(ge=0, le=1)
    understood: Unit = Field(0.05, ge=0, le=1)
    disclosed: Literal[0, 1, 2] = 0
    face_threat: Unit = Field(0.0, ge=0, le=1)
    firmness: Unit = Field(0.0, ge=0, le=1)
    turn: int = 0
    #: Practical progress made while they could hear it; not bounded by 1.
    progress: float = Field(0.0, ge=0)
    apologies: int = 0
    boiling: int = 0  # turns in a row in which it boiled
    silences: int = 0  # silent replies in a row
    insults: int = 0  # insults and threats so far
    unreturned: int = 0  # turns in a row that asked and gave nothing back
    stuck: int = 0  # turns in a row in which understanding did not grow
    circling: int = 0  # turns in a row of mere understanding where a way forward is due
    #: The best way forward heard so far, once it could be heard, and whether it was made firm.
    best_offer: Literal["none", "no", "partly", "need"] = "none"
    settled: bool = False
    told: tuple[str, ...] = ()  # ids of facts already told
    #: Word fingerprints of the latest replies, so that a repetition is noticed.
    heard: tuple[tuple[int, ...], ...] = ()
    last_cue: Cue | None = None
    relapse_at: int | None = None
    relapsed: bool = False
    ending: Ending | None = None


def advance(
    state: CounterpartState, did: Features, rng: random.Random, manner: Manner | None = None
) -> CounterpartState:
    """One turn of feeling. ``rng`` supplies the small noise; everything else is determined."""
    manner = manner or MANNERS[state.temperament]
    recog = _recognition(state, did)
    premature = did.solve * (1 - _readiness(state.understood))
    progress = 0.6 * (did.solve - premature) - 0.35 * premature
    understood = _understood(state, did, recog, premature, manner)
    understood = _unit(understood + rng.gauss(0, NOISE_SD))
    trust = _trust(state, did, recog, premature, progress)
    target = _target(did, understood, trust, premature, progress, manner)
    tension = _tension(state, understood, target, manner) + rng.gauss(0, NOISE_SD)
    tension = _unit(max(tension, state.tension - MAX_DROP))
    return state.model_copy(
        update={
            "tension": tension,
            "trust": trust,
            "understood": understood,
            "disclosed": _disclosed(state.disclosed, understood, trust, did.explore),
            "face_threat": _face_threat(state, did, recog),
            "firmness": _firmness(state, did, understood),
            "turn": state.turn + 1,
            "progress": state.progress + max(0.0, progress),
            "apologies": state.apologies + (did.apology > 0),
            "boiling": state.boiling + 1 if tension > _boils_at(manner) else 0,
            "unreturned": state.unreturned + 1 if did.explore and not did.reflect else 0,
            "stuck": 0 if understood > state.understood + 0.01 else state.stuck + 1,
        }
    )


def _readiness(understood: float) -> float:
    """How far a solution can be heard yet, 0-1: a ramp, because people have no switch."""
    low, high = READY_FOR_SOLUTION
    return _unit((understood - low) / (high - low))


def _recognition(state: CounterpartState, did: Features) -> float:
    explore_weight = 1.0 if state.disclosed < 2 else 0.4
    generic_weight = 1.0 if state.turn == 0 else 0.2
    return (
        0.55 * did.reflect
        + 0.30 * did.explore * explore_weight
        + 0.10 * did.generic * generic_weight
        - 0.50 * did.minimise
        - 0.40 * did.blame
        - 0.25 * did.but
        - 0.60 * did.hostile
    )


def _apology_effect(state: CounterpartState, did: Features) -> float:
    """A first apology with ownership counts; from the third on they grate."""
    if not did.apology:
        return 0.0
    if state.apologies == 0 and did.own > 0:
        return 0.25
    return 0.08 if state.apologies < 2 else -0.10


def _understood(
    state: CounterpartState, did: Features, recog: float, premature: float, manner: Manner
) -> float:
    only_asks_again = did.explore > 0 and did.reflect == 0 and state.unreturned > 0
    gain = manner.react * (0.5 if did.repeats or only_asks_again else 1.0) * 0.40 * recog
    if gain > 0:
        gain *= 1 - state.understood
    return _unit(state.understood + gain - 0.10 * premature)


def _trust(
    state: CounterpartState, did: Features, recog: float, premature: float, progress: float
) -> float:
    fair = (
        0.45 * did.own
        + _apology_effect(state, did) * did.apology
        - 0.50 * did.blame
        - 0.30 * did.minimise
        - 0.50 * did.hostile
    )
    change = 0.26 * recog + 0.26 * fair + 0.30 * progress - 0.08 * premature
    step = (1 - state.trust) * change if change > 0 else 1.6 * state.trust * change - 0.02
    return min(TRUST_CEILING, _unit(state.trust + step))


def _target(
    did: Features,
    understood: float,
    trust: float,
    premature: float,
    progress: float,
    manner: Manner,
) -> float:
    relief = 0.35 * max(0.0, trust - manner.trust)
    calm_part = (manner.tension - BASE_TENSION) * (1 - understood) * (1 - relief)
    return (
        BASE_TENSION
        + calm_part
        - 0.10 * progress
        + 0.35 * did.hostile
        + 0.18 * did.minimise
        + 0.15 * did.blame
        + 0.10 * did.but
        + 0.08 * did.insist
        + 0.06 * premature
    )


def _tension(state: CounterpartState, understood: float, target: float, manner: Manner) -> float:
    """Heats fast, cools slowly."""
    inertia = manner.inertia if target < state.tension else HEATING_INERTIA
    ruminated = manner.rumination * (1 - understood)
    return inertia * state.tension + (1 - inertia) * target + ruminated


def _disclosed(
    now: Literal[0, 1, 2], understood: float, trust: float, explore: float
) -> Literal[0, 1, 2]:
    """One gate a turn at most, so that none can be skipped."""
    if now == 0 and understood > GATE_ONE[0] and explore > GATE_ONE[1]:
        return 1
    if now == 1 and understood > GATE_TWO[0] and trust > GATE_TWO[1] and explore > GATE_TWO[2]:
        return 2
    return now


def _face_threat(state: CounterpartState, did: Features, recog: float) -> float:
    """Being blamed, belittled or overruled threatens face; being recognised restores it."""
    threat = 0.30 * did.hostile + 0.20 * did.blame + 0.15 * did.minimise + 0.10 * did.insist
    return _unit(state.face_threat + threat - 0.15 * max(0.0, recog))


def _firmness(state: CounterpartState, did: Features, understood: float) -> float:
    """A position loosens only when interests are opened and something comes back in return."""
    loosened = 0.22 * did.reciprocity * (0.4 + 0.6 * understood)
    hardened = 0.15 * did.insist + 0.15 * did.hostile + 0.08 * did.blame
    return _unit(state.firmness - loosened + hardened)


def _boils_at(manner: Manner) -> float:
    """Someone who starts cool leaves at a lower heat than someone who starts hot."""
    return min(WALK_AWAY_TENSION, manner.tension + WALK_AWAY_RISE)


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))
