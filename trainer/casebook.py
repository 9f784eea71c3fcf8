"""What of the case file a reply is about: facts asked for and offers made, found by meaning.

Sentences are compared by the cosine of their embeddings with the ways to ask and to offer that
the scenario lists; nothing rests on exact words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from rubrics.encoder import Encoder, Vectors
from scenarios.model import Scenario
from trainer.beat import CaseMatch

#: Cosine from which a question asks for a fact, and how close behind a second fact may be.
ASKED = 0.52
ALSO_ASKED = 0.05
#: Cosine from which a proposal is one of the offers; a question needs to be closer.
OFFERED = 0.48
OFFERED_IN_QUESTION = 0.58
MAX_SENTENCES = 12
KEPT = 32
#: Questions that are about the talk itself and ask for no fact of the case.
ABOUT_THE_TALK = (
    "Have I got that right?",
    "Is that right?",
    "Did I understand you correctly?",
    "Does that make sense?",
    "Does that work for you?",
    "Would that work?",
    "How does that sound?",
    "Is that okay with you?",
    "May I ask you something?",
    "Can I ask a question?",
    "Are you still there?",
    "Can we start over?",
    "Which would you prefer?",
    "Can you hear me?",
    "How are you?",
    "Do you see what I mean?",
    "Do you agree?",
    "Can you calm down?",
)
_ASKS = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|well|then|sorry|please)[ ,]+)*"
    r"(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|would|will|may|shall|should"
    r"|tell me|talk me through|walk me through|help me understand|i(?:'d| would) like to (?:know"
    r"|understand|hear)|i(?:'m| am) wondering|give me|your (?:order|name|address))\b",
    re.I,
)
#: Openings that look like questions and propose, or that state something.
_PROPOSES = re.compile(
    r"\b(?:shall i|should i|can i (?!ask)|could i (?!ask)|may i (?!ask)|would (?:it|that) help"
    r"|would you (?:like|prefer|rather)|what if|how about|i can|i could|i(?:'ll| will)|let me"
    r"|we(?:'ll| will| can| could)|let's|would you be (?:ok|willing|open))\b",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")


@dataclass(frozen=True)
class _Index:
    """Vectors of the listed wordings, each with the id it stands for."""

    ids: tuple[str, ...]
    vectors: Vectors

    def nearest(self, vector: npt.NDArray[np.float32]) -> list[tuple[float, str]]:
        """The best cosine of every id, best first."""
        best: dict[str, float] = {}
        for fact_id, cosine in zip(self.ids, self.vectors @ vector, strict=True):
            best[fact_id] = max(float(cosine), best.get(fact_id, -1.0))
        return sorted(((cosine, key) for key, cosine in best.items()), reverse=True)


class Casebook:
    """A scenario's facts and offers, searchable by meaning."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        self._encoder = encoder
        asked = [(fact.id, line) for fact in scenario.facts for line in fact.asked_by]
        offered = [(offer.id, line) for offer in scenario.offers for line in offer.examples]
        self._facts = self._index(asked)
        self._offers = self._index(offered)
        self._talk = self._index([("talk", line) for line in ABOUT_THE_TALK])

    @classmethod
    def of(cls, scenario: Scenario, encoder: Encoder) -> "Casebook":
        """The casebook of this scenario, embedded once and kept."""
        return _kept(_Key(scenario, encoder))

    def match(self, reply: str) -> CaseMatch:
        """Which facts the reply asks for and which offer it makes; never raises on any text."""
        said = sentences(reply)
        if not said:
            return CaseMatch()
        vectors = self._encoder.embed(said)
        asked: list[str] = []
        unknown = False
        offers: list[tuple[float, str]] = []
        for sentence, vector in zip(said, vectors, strict=True):
            offer = self._offer(sentence, vector)
            if offer:
                offers.append(offer)
            elif asks(sentence):
                facts = self._asked(vector)
                asked.extend(facts or ())
                unknown = unknown or facts == ()
        found = tuple(dict.fromkeys(asked))[:2]
        return CaseMatch(
            asked=found,
            asks_unknown=unknown and not found,
            offered=max(offers)[1] if offers else None,
        )

    def _index(self, entries: Sequence[tuple[str, str]]) -> _Index:
        vectors = self._encoder.embed([line for _, line in entries])
        return _Index(tuple(key for key, _ in entries), vectors)

    def _asked(self, vector: npt.NDArray[np.float32]) -> tuple[str, ...] | None:
        """Facts that a question asks for; () if no fact answers; None if about the talk itself."""
        ranked = self._facts.nearest(vector)
        best = ranked[0][0]
        if self._talk.nearest(vector)[0][0] > max(best, 0.45):
            return None
        if best < ASKED:
            return ()
        return tuple(key for cosine, key in ranked[:2] if cosine >= max(ASKED, best - ALSO_ASKED))

    def _offer(self, sentence: str, vector: npt.NDArray[np.float32]) -> tuple[float, str] | None:
        cosine, offer = self._offers.nearest(vector)[0]
        if asks(sentence) and not _PROPOSES.search(sentence):
            closest_fact = self._facts.nearest(vector)[0][0]
            return (cosine, offer) if cosine > max(OFFERED_IN_QUESTION, closest_fact) else None
        return (cosine, offer) if cosine >= OFFERED else None


def sentences(text: str) -> list[str]:
    """The sentences of a reply, the first dozen, blanks left out."""
    found = (sentence.strip() for sentence in _SENTENCE.findall(text))
    return [sentence for sentence in found if re.search(r"\w", sentence)][:MAX_SENTENCES]


def asks(sentence: str) -> bool:
    """Whether a sentence asks for something, by its mark or its opening."""
    return sentence.rstrip().endswith("?") or bool(_ASKS.match(sentence) and len(sentence) < 120)


class _Key:
    """Scenario and encoder as a cache key: by content, because scenarios are not hashable."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        self.scenario, self.encoder = scenario, encoder
        wordings = [[f.id, *f.asked_by] for f in scenario.facts]
        wordings += [[o.id, *o.examples] for o in scenario.offers]
        self._digest = sha256(repr((encoder.version, wordings)).encode()).digest()

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._digest == other._digest


@lru_cache(maxsize=KEPT)
def _kept(key: _Key) -> Casebook:
    return Casebook(key.scenario, key.encoder)
