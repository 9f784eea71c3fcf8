"""How far a reply takes up what this counterpart said: by words, by numbers and by meaning."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rubrics.acts.lexicon import STOCK, STOP_STEMS_TEXT
from rubrics.acts.text import NUMBER, Piece, Prose, prose, stem
from rubrics.encoder import Encoder, Vectors

#: Characters of a reply that are embedded (about 100 tokens): the rest is read by words alone.
MAX_EMBEDDED_CHARS = 400
MAX_MESSAGE_SENTENCES = 6
#: A sentence sharing this many content words with the message is about it: no need to embed it.
PLAIN_OVERLAP, _USUAL_MEANING = 4, 0.55
_CACHE = 2048

_STOP = frozenset(map(stem, STOP_STEMS_TEXT.split())) | frozenset(STOP_STEMS_TEXT.split())
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"once": "1", "twice": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
#: Weights of the sum that becomes grounding; chosen on the development contexts so that .5 parts
#: replies to their own message from replies to another.
_BIAS, _MEANING, _WORDS, _NUMBER = -2.6, 5.0, 0.75, 0.6


@dataclass(frozen=True)
class Grounds:
    """Per sentence of the reply 0-1, and the whole."""

    sentences: tuple[float, ...]
    whole: float
    #: Per sentence: it says nothing but the counterpart's words again.
    echoes: tuple[bool, ...]


class Grounding:
    """Compares replies with messages; without an encoder, by words and numbers."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder

    def of(self, message: str, reply: Prose, taken_up: float = 0.0) -> Grounds:
        """How far each sentence of the reply takes up the message.

        Where there is no encoder, ``taken_up`` (0-1) stands for the meaning of each sentence: how
        far the whole reply is about the message, as somebody else has read it.
        """
        heard = prose(message)
        bare = [without_stock(sentence) for sentence in reply.sentences]
        scores = self._scores(heard, bare, _USUAL_MEANING * taken_up)
        whole = max(scores, default=0.0)
        echoes = tuple(is_echo(heard.words, prose(text).words) for text in bare)
        return Grounds(tuple(scores), whole, echoes)

    def _scores(self, heard: Prose, bare: list[str], usual: float) -> list[float]:
        message = self._vectors(self._encoder, heard) if heard.words and self._encoder else None
        known, numbers = content(heard.plain), counted(heard.plain)
        left, scores = MAX_EMBEDDED_CHARS, []
        for text in bare:
            meaning, shared = usual if text else 0.0, len(content(text) & known)
            if shared >= PLAIN_OVERLAP:
                meaning = _USUAL_MEANING
            elif self._encoder and message is not None and 0 < len(text) <= left:
                left -= len(text)
                meaning = max(0.0, float((message @ self._encoder.embed([text])[0]).max()))
            scores.append(_combine(meaning, shared, len(counted(text) & numbers)))
        return scores

    @staticmethod
    def _vectors(encoder: Encoder, heard: Prose) -> Vectors:
        texts = [sentence.text[:200] for sentence in heard.sentences[:MAX_MESSAGE_SENTENCES]]
        vectors = encoder.embed(texts or [heard.plain[:200]])
        whole = vectors.mean(axis=0, keepdims=True)
        unit = whole / max(float(np.linalg.norm(whole)), 1e-9)
        return np.vstack([vectors, unit])


def without_stock(sentence: Piece) -> str:
    """The sentence without its stock empathy; empty where nothing else is in it."""
    left = STOCK.sub(" ", sentence.text)
    return left.strip() if any(char.isalnum() for char in left) else ""


@lru_cache(_CACHE)
def content(text: str) -> frozenset[str]:
    """Stems of the words that carry content."""
    stems = {stem(word) for word in prose(text).words if word not in _STOP}
    return frozenset(item for item in stems if item not in _STOP and item not in _NUMBERS)


@lru_cache(_CACHE)
def counted(text: str) -> frozenset[str]:
    """Numbers in digits or in words, except "one", which is mostly a pronoun."""
    words = {_NUMBERS[word] for word in prose(text).words if word in _NUMBERS and word != "one"}
    return frozenset(words | set(NUMBER.findall(text)))


def is_echo(heard: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether nearly all of a sentence is a verbatim run of the message, with nothing changed."""
    core = [word for word in said if word not in {"ok", "okay", "right", "so", "yes", "and", "oh"}]
    if not core or len(core) > len(heard):
        return False
    joined = f" {' '.join(heard)} "
    return f" {' '.join(core)} " in joined


def _combine(meaning: float, shared: int, numbers: int) -> float:
    total = _BIAS + _MEANING * meaning + _WORDS * min(shared, 4) + _NUMBER * min(numbers, 2)
    return float(1 / (1 + np.exp(-total)))
