"""One role-play as plain data: what was said, read, decided and felt at every turn.

A ``RolePlay`` never changes; each reply makes an ``Exchange`` and a longer RolePlay. Chance is
drawn from the seed and the turn number alone, so any turn can be resumed or tried again exactly.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from rubrics.acts import ActLabeller, Context, ReplyReading
from rubrics.acts.reading import Frozen
from rubrics.acts.repeating import said_once
from rubrics.encoder import Encoder
from rubrics.model import Rubric, Scorecard, Transcript, Turn
from rubrics.scorer import Scorer
from scenarios.model import Ending, Scenario, Temperament
from trainer import director
from trainer.beat import Beat, Utterance, Voice, VoiceName
from trainer.casebook import Casebook
from trainer.dynamics import CounterpartState
from trainer.voices.speaker import AUTHORED_LINE


class Exchange(Frozen):
    """The employee's reply and everything that followed from it."""

    reply: str
    reading: ReplyReading
    beat: Beat
    state: CounterpartState
    utterance: Utterance
    #: A hint was taken before this reply.
    assisted: bool = False


class RolePlay(Frozen):
    """A conversation up to now."""

    scenario: str
    seed: int
    opening: str
    start: CounterpartState
    exchanges: tuple[Exchange, ...] = ()

    @property
    def state(self) -> CounterpartState:
        """How the counterpart is now."""
        return self.exchanges[-1].state if self.exchanges else self.start

    @property
    def ending(self) -> Ending | None:
        """How the counterpart ended it, or None while they are still there."""
        return self.state.ending

    def states(self) -> list[CounterpartState]:
        """The state at the opening and after every exchange."""
        return [self.start, *(exchange.state for exchange in self.exchanges)]

    def turns(self) -> tuple[Turn, ...]:
        """Everything said, oldest first; employee turns stand at odd indexes."""
        said = [Turn(speaker="counterpart", text=self.opening)]
        for exchange in self.exchanges:
            said.append(Turn(speaker="employee", text=exchange.reply))
            said.append(Turn(speaker="counterpart", text=exchange.utterance.text))
        return tuple(said)

    def transcript(self) -> Transcript:
        """The conversation as the scorer takes it."""
        return Transcript(scenario=self.scenario, turns=self.turns())

    def readings(self) -> dict[int, ReplyReading]:
        """The stored reading of each employee turn, by transcript index."""
        return {2 * i + 1: exchange.reading for i, exchange in enumerate(self.exchanges)}

    def rewound(self, turn: int) -> "RolePlay":
        """As it was before the employee's reply number ``turn`` (from 0)."""
        return self.model_copy(update={"exchanges": self.exchanges[:turn]})


@dataclass(frozen=True)
class Engine:
    """The parts that a role-play needs, built once a process."""

    labeller: ActLabeller
    encoder: Encoder
    voices: Mapping[VoiceName, Voice]
    scorer: Scorer
    #: Which voice speaks, in words for the pages.
    voice_line: str = AUTHORED_LINE

    @property
    def voice(self) -> VoiceName:
        """Who speaks in a new role-play: the model where there is one."""
        return "model" if "model" in self.voices else "authored"

    def casebook(self, scenario: Scenario) -> Casebook:
        """The scenario's facts and offers, searchable by meaning."""
        return Casebook.of(scenario, self.encoder)


def begin(scenario: Scenario, seed: int, temperament: Temperament | None = None) -> RolePlay:
    """The opening: the counterpart has said their first words and is in their first mood."""
    state = director.start(scenario, random.Random(f"{seed}:start"), temperament)
    opening = scenario.counterpart.opening
    return RolePlay(scenario=scenario.id, seed=seed, opening=opening, start=state)


def respond(
    play: RolePlay,
    reply: str,
    scenario: Scenario,
    engine: Engine,
    voice: VoiceName = "authored",
    *,
    assisted: bool = False,
) -> Exchange:
    """Read the reply, move the counterpart, and have the voice say what was decided."""
    turns = play.turns()
    context = Context(message=turns[-1].text, earlier=tuple(turn.text for turn in turns[:-1]))
    reading = engine.labeller.label(context, said_once(reply))
    match = engine.casebook(scenario).match(reply)
    rng = random.Random(f"{play.seed}:{len(play.exchanges)}")
    state, beat = director.step(play.state, reading, scenario, rng, match=match, reply=reply)
    utterance = engine.voices[voice].say(
        beat,
        (*turns, Turn(speaker="employee", text=reply)),
        scenario,
        seed=play.seed,
        used=frozenset(piece for done in play.exchanges for piece in done.utterance.pieces),
    )
    return Exchange(
        reply=reply,
        reading=reading,
        beat=beat,
        state=state,
        utterance=utterance,
        assisted=assisted,
    )


def extended(play: RolePlay, exchange: Exchange) -> RolePlay:
    """The role-play with one more exchange."""
    return play.model_copy(update={"exchanges": (*play.exchanges, exchange)})


def ending_of(play: RolePlay) -> Ending:
    """How it ended: by the counterpart, or where it stands if the employee stops now."""
    return play.ending or director.ending_now(play.state)


def score(play: RolePlay, scenario: Scenario, rubric: Rubric, engine: Engine) -> Scorecard:
    """The scorecard of this conversation, with the scenario's version among the versions."""
    card = engine.scorer.score(
        play.transcript(), rubric, play.readings(), frozenset(scenario.opportunities)
    )
    versions = {
        **card.versions,
        "scenario": f"{scenario.id} {scenario.version}",
        "director": director.DIRECTOR_VERSION,
    }
    return card.model_copy(update={"versions": versions})
