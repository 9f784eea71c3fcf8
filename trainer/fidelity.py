"""How faithful a language model's counterpart is: Attune's loop beside a prompt alone.

The same scripted employees talk to the same model twice: once with the director, the guard and the
authored line behind it, once with nothing but a prompt that holds the whole case file. A third
time the authored voice speaks, as a yardstick. One set of instruments reads all three from their
text. The director runs beside the prompt-only play only to know which gates would be open.
"""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from rubrics.acts.reading import Frozen
from rubrics.encoder import Encoder
from rubrics.model import Turn
from scenarios.model import Band, Ending, Gate, Scenario
from trainer import playtest
from trainer.beat import Beat, Utterance, VoiceName
from trainer.chat import Chat, ModelFailure, Usage
from trainer.guard import Candidate, Fault, Guard
from trainer.session import Engine, RolePlay, begin, extended, respond
from trainer.voices.authored import AuthoredVoice
from trainer.voices.model import ModelVoice, Recall

Arm = Literal["attune", "prompt_only", "authored"]
ARMS: tuple[Arm, ...] = ("attune", "prompt_only", "authored")
BASELINE_TOKENS = 120
#: Tension in the middle of each band, and how many neighbours read it from a text.
_MIDDLE = {Band.HOT: 0.85, Band.STRAINED: 0.60, Band.EASING: 0.42, Band.CALM: 0.25}
NEIGHBOURS = 9


PlayKey = tuple[Arm, str, str, int]


class TurnMeasured(Frozen):
    """One counterpart turn and what the instruments read in it."""

    arm: Arm
    scenario: str
    policy: str
    seed: int
    turn: int
    text: str
    #: Tension by the rules, and as the text alone sounds.
    tension: float
    sounds: float
    disclosed: Gate
    faults: tuple[Fault, ...]
    words: int
    refused: int = 0
    stepped_in: bool = False
    tokens: int = 0
    seconds: float = 0.0
    ending: Ending | None = None

    @property
    def play(self) -> PlayKey:
        """Which play it belongs to."""
        return self.arm, self.scenario, self.policy, self.seed

    def has(self, fault: Fault) -> bool:
        """Whether the line has this fault."""
        return fault in self.faults


@dataclass(frozen=True)
class Plan:
    """What is to be played."""

    scenarios: Sequence[Scenario]
    policies: Sequence[str]
    seeds: int
    turns: int = playtest.TURNS
    timeout: float = 120.0


def run(
    plan: Plan,
    engine: Engine,
    chat: Chat,
    recall: Recall | None = None,
    done: Collection[PlayKey] = (),
) -> Iterator[list[TurnMeasured]]:
    """Every arm, scenario, policy and seed, a play at a time; those ``done`` are left out."""
    for scenario in plan.scenarios:
        script = playtest.load(scenario.id).policies
        for policy in plan.policies:
            for seed in range(plan.seeds):
                for arm in ARMS:
                    if (arm, scenario.id, policy, seed) in done:
                        continue
                    speaker = _speaker(arm, chat, engine, plan.timeout, recall)
                    play = _Play(arm, scenario, policy, seed, speaker, engine)
                    yield list(play.turns(script[policy][: plan.turns]))


class PromptOnly:
    """The baseline: one prompt with everything in it, and the whole conversation."""

    name: VoiceName = "model"

    def __init__(self, chat: Chat, timeout: float) -> None:
        self._chat, self._timeout = chat, timeout

    def say(
        self,
        beat: Beat,
        transcript: tuple[Turn, ...],
        scenario: Scenario,
        *,
        seed: int,
        used: frozenset[str],
    ) -> Utterance:
        """Whatever the model says, as it says it."""
        system = whole_case(scenario)
        talk = "\n".join(f"{_who(turn, scenario)}: {turn.text}" for turn in transcript)
        asked = f"{talk}\n\nWrite {scenario.counterpart.name}'s next reply."
        answer = self._chat.say(
            [("system", system), ("user", asked)],
            max_tokens=BASELINE_TOKENS,
            seconds=self._timeout,
        )
        notes = (answer.usage.note(),) if answer.usage else ()
        text = "" if isinstance(answer, ModelFailure) else answer.text.strip()
        return Utterance(text=text, voice="model", notes=notes)

    def stream(
        self,
        beat: Beat,
        transcript: tuple[Turn, ...],
        scenario: Scenario,
        *,
        seed: int,
        used: frozenset[str],
    ) -> Iterator[str | Utterance]:
        """Only the utterance."""
        yield self.say(beat, transcript, scenario, seed=seed, used=used)


def whole_case(scenario: Scenario) -> str:
    """The case file as a prompt, hidden need included, with the usual pleas."""
    who = scenario.counterpart
    need = who.hidden_need
    facts = "\n".join(f"- {fact.text}" for fact in scenario.facts)
    return (
        f"Play {who.name}: {who.role}. Stay in the role all the time.\n"
        f"You are {who.feeling.word}: {who.feeling.cause} How you talk: {who.speech.style}\n"
        f"Facts:\n{facts}\nTriggers: {' '.join(who.triggers)}\nSoothers: {' '.join(who.soothers)}\n"
        f"Hidden: {need.hint} {need.need}\nDo not tell the hidden part before the other person has "
        f"shown real understanding and asked an open question. Calm down only slowly. If they are "
        f"hostile, end the conversation. Answer in at most 45 words."
    )


def _who(turn: Turn, scenario: Scenario) -> str:
    return scenario.counterpart.name if turn.speaker == "counterpart" else "Other person"


def _speaker(
    arm: Arm, chat: Chat, engine: Engine, timeout: float, recall: Recall | None
) -> AuthoredVoice | ModelVoice | PromptOnly:
    if arm == "authored":
        return AuthoredVoice()
    if arm == "prompt_only":
        return PromptOnly(chat, timeout)
    return ModelVoice(chat, engine.encoder, timeout=timeout, recall=recall)


@dataclass(frozen=True)
class _Play:
    """One role-play of one arm."""

    arm: Arm
    scenario: Scenario
    policy: str
    seed: int
    speaker: AuthoredVoice | ModelVoice | PromptOnly
    engine: Engine

    def turns(self, replies: Sequence[str]) -> Iterator[TurnMeasured]:
        """The turns until the script or the counterpart ends."""
        voice = self.speaker.name
        engine = replace(self.engine, voices={voice: self.speaker})
        play = begin(self.scenario, self.seed)
        for reply in replies:
            began = time.monotonic()
            exchange = respond(play, reply, self.scenario, engine, voice)
            seconds = time.monotonic() - began
            measured = self._measured(play, exchange.utterance, reply, exchange.beat, seconds)
            play = extended(play, exchange)
            yield measured.model_copy(update={"tension": exchange.state.tension})
            if play.ending:
                return

    def _measured(
        self, play: RolePlay, said: Utterance, reply: str, beat: Beat, seconds: float
    ) -> TurnMeasured:
        talk = (*play.turns(), Turn(speaker="employee", text=reply))
        guard = Guard.of(self.scenario, self.engine.encoder)
        found = guard.check(Candidate(said.text, self.scenario, beat, talk))
        spent = [usage for note in said.notes if (usage := Usage.from_note(note))]
        return TurnMeasured(
            arm=self.arm,
            scenario=self.scenario.id,
            policy=self.policy,
            seed=self.seed,
            turn=beat.turn,
            text=said.text,
            tension=0.0,
            sounds=sounds(said.text, self.scenario, self.engine.encoder),
            disclosed=beat.disclosed,
            faults=tuple(dict.fromkeys(finding.fault for finding in found)),
            words=len(said.text.split()),
            refused=sum(note.startswith("The guard refused a line") for note in said.notes),
            stepped_in=self.arm == "attune" and said.voice == "authored",
            tokens=sum(usage.tokens for usage in spent),
            seconds=round(seconds, 3),
            ending=beat.ending if self.arm != "prompt_only" else None,
        )


def sounds(text: str, scenario: Scenario, encoder: Encoder) -> float:
    """How tense a line sounds, 0-1: the bands of the authored lines nearest to it in meaning."""
    vectors, tensions = _sounding(_Key(scenario, encoder))
    cosines = vectors @ encoder.embed([text or "…"])[0]
    near = np.argsort(-cosines)[:NEIGHBOURS]
    weights = np.maximum(cosines[near], 0.05) ** 3
    return round(float((weights * tensions[near]).sum() / weights.sum()), 3)


@dataclass(frozen=True)
class _Key:
    scenario: Scenario
    encoder: Encoder

    def __hash__(self) -> int:
        return hash((self.scenario.id, self.scenario.version))


@lru_cache(maxsize=8)
def _sounding(key: _Key) -> tuple[np.ndarray, np.ndarray]:
    lines = key.scenario.lines
    bands: dict[str, list[float]] = {}
    groups = [(group.bands, group.lines) for group in lines.reactions]
    groups += [(group.bands, group.lines) for group in lines.pushes]
    for found, texts in groups:
        for text in texts:
            bands.setdefault(text, []).extend(_MIDDLE[band] for band in found)
    for fact in key.scenario.facts:
        bands |= {text: [_MIDDLE[Band.HOT]] for text in fact.curt}
    vectors = key.encoder.embed(list(bands))
    return vectors, np.array([sum(values) / len(values) for values in bands.values()])
