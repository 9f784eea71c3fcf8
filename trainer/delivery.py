"""How a turn is delivered: what is answered, how it ends, how many words it may take."""

import random
from statistics import median_high
from typing import Literal

from rubrics.acts.reading import Act
from scenarios.model import Band, Cue, Ending, Push, Scenario, Temperament
from trainer.beat import Beat
from trainer.dynamics import CALM_TENSION, CounterpartState
from trainer.echo import echo
from trainer.hearing import HARMFUL, Moment

#: Lowest tension of each band.
BANDS = ((0.70, Band.HOT), (0.50, Band.STRAINED), (CALM_TENSION, Band.EASING))
MIN_WORDS, MAX_WORDS = 8, 45
#: … and where a question, an offer and a disclosure all want their answer in one turn.
MOST_WORDS = 60
#: Usual words a turn: short bursts when hot, more room when calm.
_WORDS = {Band.HOT: 18, Band.STRAINED: 25, Band.EASING: 32, Band.CALM: 36}
_WORDS_OF: dict[Temperament, float] = {"even": 1.0, "quick": 0.9, "grudge": 1.0, "withdrawn": 0.55}
_JITTER = 4
#: Cues after which questions in the same reply go unanswered.
_DEAF = frozenset({
    Cue.HOSTILE, Cue.THREATENED, Cue.SILENCE, Cue.NONSENSE, Cue.ADDRESSED_MACHINE,
})  # fmt: skip
_Weights = dict[Push | None, int]
_BY_BAND: dict[Band, _Weights] = {
    Band.HOT: {Push.DEMAND: 5, Push.QUESTION: 2, Push.TEST: 2, None: 3},
    Band.STRAINED: {Push.DEMAND: 2, Push.QUESTION: 3, Push.TEST: 3, Push.WAIT: 1, None: 4},
    Band.EASING: {Push.QUESTION: 3, Push.SOFTEN: 2, Push.TEST: 1, Push.WAIT: 2, None: 4},
    Band.CALM: {Push.SOFTEN: 3, Push.QUESTION: 2, Push.WAIT: 1, None: 4},
}
_AFTER_ANSWER: dict[Band, _Weights] = {
    Band.HOT: {Push.DEMAND: 3, Push.QUESTION: 1, None: 4},
    Band.STRAINED: {Push.DEMAND: 1, Push.QUESTION: 2, None: 5},
    Band.EASING: {Push.QUESTION: 1, None: 6},
    Band.CALM: {None: 1},
}
#: Cues that ask for more, so that more is said even where no fact answers.
_INVITES = frozenset({Cue.ASKED_WELL, Cue.ASKED_INTEREST})
#: Cues that claim something which can be put to the test.
_CLAIMS = frozenset({Cue.EMPTY_EMPATHY, Cue.BARE_APOLOGY, Cue.OFFERED, Cue.OPENED_UP})
_GOOD_WORDS = frozenset({Cue.UNDERSTOOD, Cue.VALIDATED, Cue.OWNED_APOLOGY, Cue.REPAIRED})
_AFTER_GOOD_WORDS: dict[Band, _Weights] = {
    Band.HOT: {Push.TEST: 3, Push.DEMAND: 3, Push.QUESTION: 2, None: 2},
    Band.STRAINED: {Push.TEST: 3, Push.QUESTION: 3, Push.WAIT: 1, None: 3},
    Band.EASING: {Push.SOFTEN: 3, Push.QUESTION: 2, Push.WAIT: 1, None: 3},
    Band.CALM: {Push.SOFTEN: 3, None: 3},
}


def band_of(tension: float) -> Band:
    """The band of a tension in [0, 1]."""
    return next((band for lowest, band in BANDS if tension >= lowest), Band.CALM)


def decide(
    felt: CounterpartState,
    at: Moment,
    cue: Cue,
    relapse: bool,
    scenario: Scenario,
    rng: random.Random,
) -> Beat:
    """The turn as decided, for a voice to put into words."""
    reveals = _reveals(at.state, felt)
    answers, unanswered, guarded = _answers(
        at, cue, reveals is not None, felt.ending == Ending.WALKED_AWAY, scenario
    )
    heard = at.proposes and not relapse and cue not in _DEAF and not felt.ending
    offer = at.match.offered if heard else None
    content = bool(answers or offer or reveals or relapse)
    beat = Beat(
        turn=felt.turn,
        band=band_of(felt.tension),
        temperament=felt.temperament,
        cue=cue,
        echo=echo(at.reading, at.text, cue),
        answers=answers,
        asked_again=tuple(i for i in answers if i in felt.told),
        deflects=unanswered and not (content or felt.ending),
        guards=guarded and not (content or felt.ending),
        offer=offer,
        offer_too_early=offer is not None and not at.can_hear,
        reveals=reveals,
        relapse=relapse,
        volunteers=not (content or unanswered) and _volunteers(felt, at, cue, rng),
        disclosed=felt.disclosed,
        word_budget=MAX_WORDS,
        ending=felt.ending,
    )
    push = _push(felt, beat, scenario, rng)
    budget = _budget(beat, scenario, rng)
    return beat.model_copy(update={"push": push, "word_budget": budget})


def _reveals(before: CounterpartState, after: CounterpartState) -> Literal["hint", "need"] | None:
    if after.disclosed == before.disclosed:
        return None
    return "hint" if after.disclosed == 1 else "need"


def _answers(
    at: Moment, cue: Cue, reveals: bool, leaves: bool, scenario: Scenario
) -> tuple[tuple[str, ...], bool, bool]:
    """Facts told now (at most two), whether a question stays open, and whether it is guarded."""
    if cue in _DEAF or leaves:
        return (), False, False
    if at.proposes and at.does(Act.CHECK_BACK):
        return (), False, False  # "does that cover Saturday?" asks about the offer
    asked = at.match.asked
    open_now = [i for i in asked if scenario.fact(i).gate <= at.state.disclosed]
    news = tuple(i for i in open_now if i not in at.state.told)
    told = news[: 1 if reveals else 2] or tuple(open_now[:1])
    guarded = len(open_now) < len(asked)
    return told, guarded or at.match.asks_unknown, guarded


def _volunteers(felt: CounterpartState, at: Moment, cue: Cue, rng: random.Random) -> bool:
    """Something more comes up when the talk does not move, and now and then of itself."""
    if cue in _DEAF or felt.settled:
        return False
    if cue in _INVITES:
        return True
    same_again = cue == at.state.last_cue or felt.stuck >= 2
    return rng.random() < (0.6 if same_again else 0.2)


def _push(
    felt: CounterpartState, beat: Beat, scenario: Scenario, rng: random.Random
) -> Push | None:
    """What the counterpart does with the end of the turn; often nothing."""
    weights = dict(_push_weights(felt, beat, scenario))
    if felt.temperament == "withdrawn":
        weights[Push.WAIT] = weights.get(Push.WAIT, 0) + weights.pop(Push.DEMAND, 0)
        weights[None] = 2 * weights.get(None, 1)
    return rng.choices(list(weights), list(weights.values()))[0]


def _push_weights(felt: CounterpartState, beat: Beat, scenario: Scenario) -> _Weights:
    if beat.ending or beat.cue in _DEAF:
        return {None: 1}
    if beat.reveals:
        return {None: 4, Push.WAIT: 1}
    if beat.relapse:
        return {Push.DEMAND: 2, Push.QUESTION: 1, None: 2}
    if beat.offer:
        return _after_offer(felt, beat, scenario)
    if beat.deflects or beat.volunteers:
        return {None: 3, Push.DEMAND: 1} if beat.band == Band.HOT else {None: 1}
    if felt.settled:
        return {Push.SOFTEN: 2, None: 2}
    if beat.answers:
        return _AFTER_ANSWER[beat.band]
    if felt.best_offer in {"partly", "need"} and beat.cue not in HARMFUL:
        return {Push.CLOSE: 3, None: 1}
    weights = (_AFTER_GOOD_WORDS if beat.cue in _GOOD_WORDS else _BY_BAND)[beat.band]
    testable = beat.cue in _GOOD_WORDS | _CLAIMS
    return {push: n for push, n in weights.items() if testable or push != Push.TEST}


def _after_offer(felt: CounterpartState, beat: Beat, scenario: Scenario) -> _Weights:
    if beat.offer_too_early or beat.offer is None:
        return {None: 3, Push.DEMAND: 1}
    if felt.settled:
        return {None: 2, Push.SOFTEN: 1}
    if scenario.offer(beat.offer).meets == "need":
        return {Push.CLOSE: 3, None: 1}
    return {None: 3, Push.TEST: 1}


def _budget(beat: Beat, scenario: Scenario, rng: random.Random) -> int:
    """Words for this turn: by band and temperament, with room for what has to be said."""
    longest = min(MAX_WORDS, scenario.counterpart.speech.max_words)
    usual = _WORDS[beat.band] * _WORDS_OF[beat.temperament] + rng.randint(-_JITTER, _JITTER)
    due = _words_due(beat, scenario)
    shortest, middling = sum(map(min, due)), sum(map(median_high, due))
    words = max(round(usual), middling + 2 if due else 0)
    room = longest if beat.reveals else min(longest, words)
    return min(MOST_WORDS, max(shortest, MIN_WORDS, room))


def _words_due(beat: Beat, scenario: Scenario) -> list[list[int]]:
    """For each thing that this turn must say, the words that each way of saying it takes."""
    pools = [scenario.fact(fact_id).lines for fact_id in beat.answers]
    if beat.offer:
        offer = scenario.offer(beat.offer)
        pools.append(offer.too_early if beat.offer_too_early else offer.lines)
    if beat.reveals:
        pools.append(scenario.lines.disclosures[beat.reveals])
    if beat.relapse:
        pools.append(scenario.lines.relapses)
    if beat.ending:
        pools.append(scenario.lines.closings[beat.ending])
    return [[len(line.split()) for line in pool] for pool in pools]
