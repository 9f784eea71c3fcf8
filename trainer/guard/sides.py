"""Role flips: a line that the other side of the conversation would say."""

import re
from collections.abc import Iterator

import numpy as np

from rubrics.encoder import Encoder, Vectors
from scenarios.model import Exchange, Scenario
from trainer.casebook import sentences
from trainer.guard.finding import Candidate
from trainer.guard.listener import CaseText, known, listener
from trainer.guard.speaker import employee_like

#: How much it counts that a sentence is nearer to the other side's lines of this case than to
#: one's own, beside the log odds that an employee says it: cross-validated on the tuning half.
NEARNESS = 8.0
#: How much both count beside what the encoder hears in the whole line, and the sum from which it
#: is a flip. Best on the lines that tune (``trainer.guard.training``) are .3 and 1.15; at 1.4 fewer
#: good lines are refused (docs/guard.md).
WORDS, FLIP = 0.3, 1.4
#: Both sides ask questions: one of the employee's has to be this much nearer.
ASKS_MARGIN = 0.10
#: Fewer words than this are said by anybody.
SAYS_LITTLE = 3
#: Somebody says what they or theirs do.
_CLAIMS = re.compile(r"\b(?:i|we|our|my (?:team|people))\b", re.I)


class SideSense:
    """One scenario's two sides: who they are, what each knows and how each would say it."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        self._program, self._encoder = scenario.program, encoder
        self._case = CaseText(scenario, encoder)
        self._knows = encoder.embed(list(_knows(scenario)))
        self._does = encoder.embed(list(_does(scenario)))
        self._asks = encoder.embed(list(_asks(scenario)))
        self._own = encoder.embed(list(_own(scenario)))

    def flip(self, line: Candidate) -> str:
        """The words that show best that the other side would say this line; empty if not so."""
        if len(line.spoken.split()) < SAYS_LITTLE:
            return ""
        heard, quote = self.heard(line)
        by_words = self.by_words(line)
        return quote if heard + WORDS * by_words > FLIP else ""

    def heard(self, line: Candidate) -> tuple[float, str]:
        """What the encoder makes of the whole line in its case: log odds, and a sentence."""
        return listener().hear(self._case.told(line.spoken, line.asked), line.spoken)

    def by_words(self, line: Candidate) -> float:
        """The most that a sentence speaks for the other side, by its words and by the case."""
        said = sentences(line.spoken) or [line.text]
        vectors = self._encoder.embed(said)
        odds = employee_like(said, vectors, self._program)
        does, knows = _near(vectors, self._does), _near(vectors, self._knows)
        asks, own = _near(vectors, self._asks) - ASKS_MARGIN, _near(vectors, self._own)
        claims = np.array([bool(_CLAIMS.search(sentence)) for sentence in said])
        asked = np.array([sentence.endswith("?") for sentence in said])
        theirs = np.maximum(does, np.where(claims, knows, -1.0))
        theirs = np.maximum(theirs, np.where(asked, asks, -1.0))
        return float((odds + NEARNESS * (theirs - own)).max())


def _near(vectors: Vectors, texts: Vectors) -> Vectors:
    """The best cosine of each."""
    best: Vectors = (vectors @ texts.T).max(axis=1, initial=-1.0)
    return best


def _knows(scenario: Scenario) -> Iterator[str]:
    """What only the employee knows or may do, as the employee would say it."""
    for text in known(scenario):
        yield from (_as_first_person(sentence) for sentence in sentences(text))


def _does(scenario: Scenario) -> Iterator[str]:
    """What the employee would say to help."""
    for offer in scenario.offers:
        yield from offer.examples
    if coaching := scenario.coaching:
        yield from (*coaching.acknowledgements, *coaching.ownership)
        yield from (*coaching.steps, *coaching.steadying)
    for exemplar in _exemplars(scenario):
        yield from sentences(exemplar.employee)


def _asks(scenario: Scenario) -> Iterator[str]:
    """What the employee would ask."""
    for fact in scenario.facts:
        yield from fact.asked_by
    if scenario.coaching:
        yield from scenario.coaching.questions


def _own(scenario: Scenario) -> Iterator[str]:
    """What the counterpart would say."""
    yield from sentences(scenario.counterpart.opening)
    for fact in scenario.facts:
        yield from (fact.text, *fact.lines[:2])
    for offer in scenario.offers:
        yield from (offer.lines[0], offer.too_early[0])
    for push in scenario.lines.pushes:
        yield push.lines[0]
    for lines in scenario.lines.disclosures.values():
        yield from lines
    for exemplar in _exemplars(scenario):
        yield exemplar.counterpart


def _exemplars(scenario: Scenario) -> tuple[Exchange, ...]:
    found = scenario.exemplars
    return (*found.poor, *found.fair, *found.good)


def _as_first_person(text: str) -> str:
    """What is written to somebody, as they would say it themselves."""
    for pattern, word in ((r"you are", "I am"), (r"your", "my"), (r"yourself", "myself")):
        text = re.sub(rf"\b{pattern}\b", word, text, flags=re.I)
    return re.sub(r"\byou\b", "I", text, flags=re.I)
