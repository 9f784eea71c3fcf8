"""The contract between the director, who decides a turn, and the voices, who word it."""

from collections.abc import Iterator
from typing import Literal, Protocol

from pydantic import Field

from rubrics.acts.reading import Frozen
from rubrics.model import Turn
from scenarios.model import Band, Cue, Ending, Gate, Push, Scenario, Temperament

VoiceName = Literal["authored", "model"]


class CaseMatch(Frozen):
    """What of the case file a reply is about, found by meaning."""

    #: Ids of facts the employee asked for.
    asked: tuple[str, ...] = ()
    #: Whether the reply asks something about the case that no fact answers.
    asks_unknown: bool = False
    #: Id of the offer the employee made, if any.
    offered: str | None = None


class Beat(Frozen):
    """One counterpart turn as decided: how they are and what may be said, not yet in words."""

    turn: int
    band: Band
    temperament: Temperament
    cue: Cue
    #: The employee's own words that caused the cue, to be echoed, or None.
    echo: str | None = None
    #: Facts to be told now, by id.
    answers: tuple[str, ...] = ()
    #: Those among ``answers`` that were told before: being asked again is noticed.
    asked_again: tuple[str, ...] = ()
    #: A question was asked that the counterpart cannot or will not answer.
    deflects: bool = False
    #: … because it touches what they do not tell yet.
    guards: bool = False
    #: The offer to be answered, by id, and whether it comes too early to be heard.
    offer: str | None = None
    offer_too_early: bool = False
    #: What is disclosed in this turn; only then is its text in anybody's hands.
    reveals: Literal["hint", "need"] | None = None
    #: A new bad fact comes up.
    relapse: bool = False
    #: Bring up something more, because nothing else is to be said.
    volunteers: bool = False
    #: What has been disclosed up to and including this turn.
    disclosed: Gate = 0
    push: Push | None = None
    word_budget: int = Field(ge=5, le=60)
    ending: Ending | None = None


class Utterance(Frozen):
    """What the counterpart said, and who said it."""

    text: str
    voice: VoiceName
    #: Ids of the authored pieces used, so that none repeats in a play.
    pieces: tuple[str, ...] = ()
    #: What the guard did or what failed, in plain words, for the record.
    notes: tuple[str, ...] = ()


class VoiceFailure(Frozen):
    """A voice could not speak: what went wrong and what was done instead."""

    what: str
    instead: str


class Voice(Protocol):
    """Puts a Beat into words. ``used`` are the piece ids of earlier utterances of this play."""

    name: VoiceName

    def say(
        self,
        beat: Beat,
        transcript: tuple[Turn, ...],
        scenario: Scenario,
        *,
        seed: int,
        used: frozenset[str],
    ) -> Utterance:
        """The whole utterance."""
        ...

    def stream(
        self,
        beat: Beat,
        transcript: tuple[Turn, ...],
        scenario: Scenario,
        *,
        seed: int,
        used: frozenset[str],
    ) -> Iterator[str | Utterance]:
        """Growing text, then the Utterance as the last item."""
        ...
