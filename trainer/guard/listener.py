"""Whose words a line is: an encoder that reads the case, the employee's latest words and the line.

all-MiniLM-L6-v2, fine-tuned on lines that counterparts say and lines that only the other side could
say, with the case beside them (``trainer.guard.training``; figures in docs/guard.md). It runs on
one core in int8; no text leaves the machine.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rubrics.acts.pairs import Pairs, answers, heaviest
from rubrics.acts.text import prose
from rubrics.encoder import Encoder, Vectors, session
from scenarios.model import Scenario
from trainer.casebook import sentences

WEIGHTS = Path(__file__).parent / "weights" / "listener.onnx"
#: Tokens of the case and of the line that are read.
CASE_TOKENS, LINE_TOKENS = 200, 96
#: How many sentences of each side's knowledge are read: those nearest to the line.
OWN, KNOWN = 2, 3
#: Cosine from which a sentence of the case is the line itself, and tells nothing.
THE_LINE = 0.93


def told(me: str, you: str, after: str) -> str:
    """Who speaks with whom, and the latest words, as the encoder reads them."""
    return f"I: {me} You: {you} You said: {after}"


class CaseText:
    """A scenario as the encoder reads it: who both sides are, and what each of them knows."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        one = scenario.counterpart
        self._encoder = encoder
        self._me = f"I'm {one.name}, {one.role}. {one.opening}"
        self._you = scenario.brief.you_are
        self._own = _Known(_own(scenario), encoder)
        self._known = _Known(known(scenario), encoder)

    def told(self, line: str, after: str) -> str:
        """The case with what of it is nearest to the line."""
        near = self._encoder.embed([line])[0]
        me = " ".join([self._me, *self._own.nearest(near, OWN)])
        you = " ".join([self._you, *self._known.nearest(near, KNOWN)])
        return told(me, you, after)


class _Known:
    """Sentences of one side with their vectors."""

    def __init__(self, texts: list[str], encoder: Encoder) -> None:
        self._texts = [part for text in dict.fromkeys(texts) for part in sentences(text)]
        self._vectors = encoder.embed(self._texts)

    def nearest(self, vector: Vectors, count: int) -> list[str]:
        """The nearest sentences, the line itself aside."""
        cosines = self._vectors @ vector
        ranked = [k for k in np.argsort(-cosines, kind="stable") if cosines[k] < THE_LINE]
        return [self._texts[k] for k in ranked[:count]]


def _own(scenario: Scenario) -> list[str]:
    one = scenario.counterpart
    facts = [text for fact in scenario.facts for text in (fact.text, fact.lines[0])]
    return [one.feeling.cause, *facts, one.hidden_need.need]


def known(scenario: Scenario) -> list[str]:
    """What only the employee knows or may do, as the scenario tells it."""
    brief = scenario.brief
    return [brief.situation, *brief.you_know, *(policy.text for policy in scenario.may_offer)]


class Heard(NamedTuple):
    """Log odds that the other side says the line, and the sentence that speaks most for it."""

    odds: float
    quote: str


class Listener:
    """The fitted encoder."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        self._session = session(path)
        self._pairs = Pairs(LINE_TOKENS, CASE_TOKENS)

    def hear(self, case: str, line: str) -> Heard:
        """What it makes of a line said in this case (``told``)."""
        pair = self._pairs.pair(case, line)
        logits, shares = answers(self._session, [pair])[0]
        pieces = prose(line).sentences
        quote = pieces[heaviest(pair, shares[:, 0], pieces)].text if pieces else line
        return Heard(float(logits[0]), quote)


@cache
def listener() -> Listener:
    """The one of this process; it loads when a model's first line is looked at."""
    return Listener()
