"""The director: keeps how the counterpart feels, and decides each turn before anybody words it.

Pure and seeded: the same state, reading and random generator give the same Beat. The feelings
themselves are moved by ``trainer.dynamics``; what in a reply is heard first by ``trainer.hearing``.
"""

import random
from typing import Literal

from rubrics.acts.reading import Act, ReplyReading, Tag
from scenarios.model import Cue, Ending, Scenario, Temperament
from trainer import delivery, hearing
from trainer.beat import Beat, CaseMatch
from trainer.dynamics import (
    CALM_TENSION,
    MANNERS,
    CounterpartState,
    Features,
    Manner,
    advance,
)
from trainer.hearing import HARMFUL, Moment

DIRECTOR_VERSION = "director-1"

NO_MATCH = CaseMatch()
#: Share of plays with a new bad fact in the middle, when it may come, and what it adds.
RELAPSE_SHARE = 0.2
RELAPSE_TURNS = (4, 6)
RELAPSE_LATEST = 9
RELAPSE_JUMP = 0.14
RELAPSE_CEILING = 0.80
CONFLICT_START = {"firmness": 0.70, "face_threat": 0.30}
FIRM_ENOUGH_TO_SETTLE = 0.50
WALKS_AFTER_BOILING = 2
WALKS_AFTER_SILENCES = 4
WALKS_AFTER_INSULTS = 3
#: No settlement before this turn, and not without feeling understood to this degree.
EARLIEST_SETTLEMENT = 4
UNDERSTOOD_TO_SETTLE = 0.50
PROGRESS_TO_SETTLE = 0.90
#: Above this tension nothing is even partly resolved.
PARTLY_TENSION = 0.50


def start(
    scenario: Scenario, rng: random.Random, temperament: Temperament | None = None
) -> CounterpartState:
    """How the counterpart is when the conversation opens; everything random is drawn from rng."""
    drawn = rng.choice(scenario.counterpart.temperaments) if temperament is None else temperament
    relapses = rng.random() < RELAPSE_SHARE
    planned = rng.randint(*RELAPSE_TURNS)
    manner = manner_of(drawn, scenario)
    firm = CONFLICT_START if scenario.program == "conflict" else {}
    return CounterpartState(
        temperament=drawn,
        tension=manner.tension,
        trust=manner.trust,
        relapse_at=planned if relapses else None,
        **firm,
    )


def manner_of(temperament: Temperament, scenario: Scenario) -> Manner:
    """The temperament in numbers; a harder scenario starts with less trust and reacts less."""
    manner = MANNERS[temperament]
    return manner.model_copy(
        update={
            "trust": min(1.0, max(0.0, manner.trust - 0.06 * scenario.difficulty)),
            "react": manner.react * (1 - 0.10 * scenario.difficulty),
        }
    )


def step(
    state: CounterpartState,
    reading: ReplyReading,
    scenario: Scenario,
    rng: random.Random,
    match: CaseMatch = NO_MATCH,
    *,
    reply: str,
) -> tuple[CounterpartState, Beat]:
    """One turn: what the reply did to the counterpart, and what they do now."""
    at = hearing.moment(state, reading, match, reply)
    cue = hearing.cue(at)
    felt = _feel(at, hearing.features(at, scenario), scenario, rng)
    felt = _remember(felt, at, cue, scenario)
    relapse = _relapses(felt, at, cue)
    if relapse:
        felt = felt.model_copy(
            update={
                "tension": min(RELAPSE_CEILING, felt.tension + RELAPSE_JUMP),
                "relapsed": True,
            }
        )
    felt = felt.model_copy(update={"ending": _ending(felt, at, cue, scenario)})
    beat = delivery.decide(felt, at, cue, relapse, scenario, rng)
    told = tuple(dict.fromkeys((*felt.told, *beat.answers)))
    return felt.model_copy(update={"told": told}), beat


def _feel(at: Moment, did: Features, scenario: Scenario, rng: random.Random) -> CounterpartState:
    """The feelings after this reply; words addressed to a machine move nothing."""
    if at.slips(Tag.MANIPULATION):
        return at.state.model_copy(update={"turn": at.state.turn + 1})
    return advance(at.state, did, rng, manner_of(at.state.temperament, scenario))


def _remember(felt: CounterpartState, at: Moment, cue: Cue, scenario: Scenario) -> CounterpartState:
    """What stays in mind for later turns, beside the feelings."""
    offer = _better_offer(felt, at, scenario)
    circling = felt.disclosed == 2 and at.takes_up and not at.proposes
    print_now = hearing.fingerprint(at.text)
    heard = (*felt.heard, print_now)[-hearing.REMEMBERED :] if print_now else felt.heard
    return felt.model_copy(
        update={
            "silences": felt.silences + 1 if cue == Cue.SILENCE else 0,
            "insults": felt.insults + (cue in {Cue.HOSTILE, Cue.THREATENED}),
            "circling": felt.circling + 1 if circling else 0,
            "best_offer": offer,
            "settled": felt.settled or _makes_firm(felt, at, cue, offer),
            "heard": heard,
            "last_cue": cue,
        }
    )


def _better_offer(
    felt: CounterpartState, at: Moment, scenario: Scenario
) -> Literal["none", "no", "partly", "need"]:
    """The best offer so far; one that came too early to be heard does not count."""
    if at.match.offered is None or not (at.proposes and at.can_hear):
        return felt.best_offer
    ranks: tuple[Literal["none", "no", "partly", "need"], ...] = ("none", "no", "partly", "need")
    return max(felt.best_offer, scenario.offer(at.match.offered).meets, key=ranks.index)


def _makes_firm(felt: CounterpartState, at: Moment, cue: Cue, offer: str) -> bool:
    """Something is on the table, and the employee says who does what, or stands by it."""
    if cue in HARMFUL or not at.can_hear:
        return False
    if offer in {"none", "no"} and (offer == "no" or felt.progress < PROGRESS_TO_SETTLE):
        return False
    stands_by = at.does(Act.OWN, Act.CHECK_BACK, Act.SOLVE, Act.INFORM) and felt.progress > 0.8
    return at.does(Act.COMMIT) or stands_by


def _relapses(felt: CounterpartState, at: Moment, cue: Cue) -> bool:
    """A new bad fact, at the planned turn or soon after, when nothing else is to be told."""
    if felt.relapse_at is None or felt.relapsed or felt.settled:
        return False
    due = felt.relapse_at <= felt.turn <= RELAPSE_LATEST
    busy = at.match.asked or at.match.offered or felt.disclosed > at.state.disclosed
    return due and not busy and cue not in HARMFUL and felt.tension < RELAPSE_CEILING


def _ending(felt: CounterpartState, at: Moment, cue: Cue, scenario: Scenario) -> Ending | None:
    if _has_enough(felt):
        return Ending.WALKED_AWAY
    opens = felt.disclosed > at.state.disclosed or at.does(Act.EXPLORE) or at.match.asked
    if cue not in HARMFUL and not opens and is_resolved(felt):
        return Ending.RESOLVED
    return ending_now(felt) if felt.turn >= scenario.max_turns else None


def _has_enough(felt: CounterpartState) -> bool:
    return (
        felt.boiling >= WALKS_AFTER_BOILING
        or felt.silences >= WALKS_AFTER_SILENCES
        or felt.insults >= WALKS_AFTER_INSULTS
    )


def is_resolved(state: CounterpartState) -> bool:
    """Calm, understood, and something practical agreed; in a conflict also no longer firm."""
    felt_right = state.tension < CALM_TENSION and state.understood >= UNDERSTOOD_TO_SETTLE
    practical = state.best_offer == "need" or (
        state.progress >= PROGRESS_TO_SETTLE and state.disclosed == 2 and state.best_offer != "no"
    )
    loose = state.firmness <= FIRM_ENOUGH_TO_SETTLE
    return (
        felt_right and practical and loose and state.settled and state.turn >= EARLIEST_SETTLEMENT
    )


def ending_now(state: CounterpartState) -> Ending:
    """How the conversation ends if it ends here, because time is up or the employee leaves."""
    if state.ending is not None:
        return state.ending
    if is_resolved(state):
        return Ending.RESOLVED
    way_forward = state.best_offer in {"need", "partly"} or state.progress >= PROGRESS_TO_SETTLE
    opened = state.disclosed > 0 and state.understood >= UNDERSTOOD_TO_SETTLE
    if state.tension < PARTLY_TENSION and (way_forward or opened):
        return Ending.PARTLY_RESOLVED
    return Ending.OPEN
