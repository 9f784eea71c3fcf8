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

Vector = npt.NDArray[np.float32]
#: Cosine from which a question asks for a fact, and from which even a bare phrase does.
ASKED = 0.50
ASKED_WITHOUT_MARK = 0.65
#: How close behind a second fact may be, in a question with "and" and in any other.
ALSO_ASKED = (0.12, 0.02)
#: Cosine from which a proposal is one of the offers; a question needs to be closer.
OFFERED = 0.48
OFFERED_IN_QUESTION = 0.58
#: Of offers as close as this to the best, the one that helps most counts.
ALSO_OFFERED = 0.06
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
    "Is that time okay for you?",
    "Is half past six okay for you?",
    "May I ask you something?",
    "Can I ask a question?",
    "Are you still there?",
    "Can we start over?",
    "Which would you prefer?",
    "Can you hear me?",
    "How are you?",
    "Do you see what I mean?",
    "Do you agree?",
    "Deal?",
    "Can you calm down?",
    "Does that cover everything?",
    "Is there anything else you need?",
    "Is that all?",
    "Do you want to speak to my manager?",
    "Can you hold for a moment?",
)
#: Things that forms ask and that no case file answers, unless it says so itself.
FORM_QUESTIONS = (
    "What's your date of birth?",
    "What is your email address?",
    "How did you pay?",
    "Is the account in your name?",
    "Have you got the invoice?",
    "What's your customer password?",
    "Is there a second entrance?",
)
_ASKS = re.compile(
    r"^(?:(?:hi|hello|hey)\b[^,]{0,20}, *)?"
    r"(?:(?:and|but|so|ok(?:ay)?|well|then|sorry|please)[ ,]+)*"
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
#: "…, isn't it?", "…, eh?": a statement that wants a nod.
_TAG_QUESTION = re.compile(
    r",\s*(?:eh|right|ok(?:ay)?|huh|yes|no|(?:is|are|did|do|does|was|were|have|has|can|could|will"
    r"|would)(?:n['’]t)? (?:i|you|it|he|she|we|they|that|there))\s*\?$",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")


@dataclass(frozen=True)
class _Index:
    """Vectors of the listed wordings, each with the id it stands for."""

    ids: tuple[str, ...]
    vectors: Vectors

    def nearest(self, vector: Vector) -> list[tuple[float, str]]:
        """The best cosine of every id, best first."""
        best: dict[str, float] = {}
        for fact_id, cosine in zip(self.ids, self.vectors @ vector, strict=True):
            best[fact_id] = max(float(cosine), best.get(fact_id, -1.0))
        return sorted(((cosine, key) for key, cosine in best.items()), reverse=True)


_WORTH = {"no": 0, "partly": 1, "need": 2}


@dataclass(frozen=True)
class _Heard:
    """What one sentence asks or offers."""

    asked: tuple[str, ...] = ()
    unknown: bool = False
    offer: tuple[int, float, str] | None = None


class Casebook:
    """A scenario's facts and offers, searchable by meaning."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        self._encoder = encoder
        asked = [(fact.id, line) for fact in scenario.facts for line in fact.asked_by]
        offered = [(offer.id, line) for offer in scenario.offers for line in offer.examples]
        self._facts = self._index(asked)
        self._offers = self._index(offered)
        self._meets = {offer.id: _WORTH[offer.meets] for offer in scenario.offers}
        self._talk = self._index([("talk", line) for line in ABOUT_THE_TALK])
        self._forms = self._index([("form", line) for line in FORM_QUESTIONS])

    @classmethod
    def of(cls, scenario: Scenario, encoder: Encoder) -> "Casebook":
        """The casebook of this scenario, embedded once and kept."""
        return _kept(_Key(scenario, encoder))

    def match(self, reply: str) -> CaseMatch:
        """Which facts the reply asks for and which offer it makes; never raises on any text."""
        said = sentences(reply)
        if not said:
            return CaseMatch()
        heard = [
            self._hear(sentence, vector)
            for sentence, vector in zip(said, self._encoder.embed(said), strict=True)
        ]
        asked = tuple(dict.fromkeys(fact for one in heard for fact in one.asked))[:2]
        offers = [one.offer for one in heard if one.offer]
        return CaseMatch(
            asked=asked,
            asks_unknown=not asked and any(one.unknown for one in heard),
            offered=max(offers)[-1] if offers else None,
        )

    def _index(self, entries: Sequence[tuple[str, str]]) -> _Index:
        vectors = self._encoder.embed([line for _, line in entries])
        return _Index(tuple(key for key, _ in entries), vectors)

    def _hear(self, sentence: str, vector: Vector) -> _Heard:
        facts = self._facts.nearest(vector)
        offer = self._offer(sentence, vector, facts[0][0])
        if offer:
            return _Heard(offer=offer)
        if not asks(sentence):
            bare = facts[0][0] >= ASKED_WITHOUT_MARK and len(sentence.split()) < 8
            return _Heard(asked=(facts[0][1],)) if bare else _Heard()
        if self._talk.nearest(vector)[0][0] > max(facts[0][0], 0.45):
            return _Heard()
        if facts[0][0] < max(ASKED, self._forms.nearest(vector)[0][0]):
            return _Heard(unknown=sentence.endswith("?") and len(sentence.split()) > 2)
        behind = ALSO_ASKED[0 if " and " in sentence else 1]
        lowest = max(ASKED, facts[0][0] - behind)
        return _Heard(asked=tuple(key for cosine, key in facts[:2] if cosine >= lowest))

    def _offer(
        self, sentence: str, vector: Vector, closest_fact: float
    ) -> tuple[int, float, str] | None:
        """How much the offer in this sentence helps, its cosine and its id."""
        ranked = self._offers.nearest(vector)
        best = ranked[0][0]
        asking = asks(sentence) and not _PROPOSES.search(sentence)
        if best < (OFFERED_IN_QUESTION if asking else OFFERED):
            return None
        if closest_fact > best and (asking or closest_fact >= ASKED_WITHOUT_MARK):
            return None
        near = [(c, key) for c, key in ranked[:3] if c >= max(OFFERED, best - ALSO_OFFERED)]
        return max((self._meets[key], cosine, key) for cosine, key in near)


def sentences(text: str) -> list[str]:
    """The sentences of a reply, the first dozen, blanks left out."""
    found = (sentence.strip() for sentence in _SENTENCE.findall(text))
    return [sentence for sentence in found if re.search(r"\w", sentence)][:MAX_SENTENCES]


def asks(sentence: str) -> bool:
    """Whether a sentence asks for something, by its mark or its opening."""
    if _TAG_QUESTION.search(sentence):
        return False
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
