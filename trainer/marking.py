"""The two moments of a role-play that the debrief talks about, checked against what they did.

The labeller sees words; the counterpart's state shows what came of them. A reply after which the
other person was worse off is not held up as one to keep, and a fix that came when it could be
heard is not called too early.
"""

from itertools import pairwise

from rubrics.acts.reading import ReplyReading, Tag
from rubrics.highlights import Highlights, highlights
from rubrics.model import Rubric, Scorecard
from scenarios.model import Cue, Ending
from trainer.dynamics import CounterpartState
from trainer.hearing import HARMFUL
from trainer.session import Exchange, RolePlay

#: What understanding, trust and tension together may lose without harm.
_NOISE = 0.03
_FELL_FLAT = HARMFUL | {Cue.PREMATURE_FIX, Cue.EMPTY_EMPATHY, Cue.INTERROGATED, Cue.APOLOGY_AGAIN}


def moments(play: RolePlay, card: Scorecard, rubric: Rubric) -> Highlights:
    """What to keep and what to change."""
    readings = {2 * n + 1: _felt(exchange) for n, exchange in enumerate(play.exchanges)}
    return highlights(play.transcript(), readings, card, rubric, harmed=harmed(play))


def harmed(play: RolePlay) -> frozenset[int]:
    """Transcript indexes of the replies after which the other person was worse off."""
    steps = zip(play.exchanges, pairwise(play.states()), strict=True)
    return frozenset(
        2 * n + 1
        for n, (exchange, (before, after)) in enumerate(steps)
        if exchange.beat.cue in _FELL_FLAT or _worse(before, after)
    )


def _worse(before: CounterpartState, after: CounterpartState) -> bool:
    lost = before.understood - after.understood + before.trust - after.trust
    left = after.ending is Ending.WALKED_AWAY
    return left or lost + after.tension - before.tension > _NOISE


def _felt(exchange: Exchange) -> ReplyReading:
    """The reading, without "too early" on a fix that came when it could be heard."""
    if exchange.beat.cue is not Cue.OFFERED:
        return exchange.reading
    tags = tuple(hit for hit in exchange.reading.tags if hit.tag is not Tag.PREMATURE_SOLVING)
    return exchange.reading.model_copy(update={"tags": tags})
