"""A reply made ready for the labeller, with every offset still that of the original text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from rubrics.model import MAX_REPLY_CHARS

#: Sentences looked at in one reply; a fair reply has three, a rambling one a dozen.
MAX_SENTENCES = 24

_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_ABBREVIATION = re.compile(r"\b(?:mr|mrs|ms|dr|st|e\.g|i\.e|no|vs)\.$")
_SENTENCE_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)|\n+")
_CLAUSE_END = re.compile(r"[,;:.!?…\n]+(?=\s|$)|\s-+\s")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


class Stretch(Protocol):
    """Anything that says where it begins and ends in a text."""

    @property
    def start(self) -> int:
        """Its first character."""
        ...

    @property
    def end(self) -> int:
        """The character after its last."""
        ...


@dataclass(frozen=True)
class Piece:
    """A stretch of the reply: offsets, and its text in lower case."""

    start: int
    end: int
    text: str

    @property
    def is_question(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip("\"') ").endswith("?")


@dataclass(frozen=True)
class Prose:
    """The part of a text that is analysed (its first MAX_REPLY_CHARS), folded to lower case."""

    plain: str

    @cached_property
    def sentences(self) -> tuple[Piece, ...]:
        """Its sentences, at most MAX_SENTENCES."""
        return tuple(_split(self.plain))[:MAX_SENTENCES]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in order."""
        return tuple(match.group() for match in WORD.finditer(self.plain))

    def sentence_at(self, offset: int) -> Piece:
        """The sentence around that character, or the whole where there is none."""
        for sentence in self.sentences:
            if sentence.start <= offset < sentence.end:
                return sentence
        return Piece(0, len(self.plain), self.plain)

    def clause_at(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the clause (to the next comma or stop) around a stretch."""
        left = 0
        for match in _CLAUSE_END.finditer(self.plain, 0, start):
            left = match.end()
        right = _CLAUSE_END.search(self.plain, max(start, end - 1))
        stop = right.start() if right else len(self.plain)
        return trim(self.plain, left, max(stop, end))


@lru_cache(maxsize=128)
def prose(text: str) -> Prose:
    """Fold a text for analysis; never raises and keeps offsets.

    A turn's reader, detectors and judges all ask for the same texts: the last ones are kept.
    """
    return Prose(fold(text[:MAX_REPLY_CHARS]))


def fold(text: str) -> str:
    """Lower case, straight quotes, no control characters; as long as the text itself."""
    return "".join(map(_fold_char, text.translate(_SAME_LENGTH)))


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Zs", "Co", "Cs"}:
        return " "
    low = char.lower()
    return low if len(low) == 1 else char


def blanked(text: str, stretches: Iterable[Stretch]) -> str:
    """The text with spaces in place of these stretches, so that every offset stays."""
    left = list(text)
    for stretch in stretches:
        left[stretch.start : stretch.end] = " " * (stretch.end - stretch.start)
    return "".join(left)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without the white space at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _split(plain: str) -> Iterator[Piece]:
    start = 0
    for match in _SENTENCE_END.finditer(plain):
        if _ABBREVIATION.search(plain[max(0, match.end() - 5) : match.end()]):
            continue
        yield from _piece(plain, start, match.end())
        start = match.end()
    yield from _piece(plain, start, len(plain))


def _piece(plain: str, start: int, end: int) -> Iterator[Piece]:
    start, end = trim(plain, start, end)
    if any(char.isalnum() for char in plain[start:end]):
        yield Piece(start, end, plain[start:end])


_SUFFIXES = ("ingly", "ness", "ing", "ies", "ied", "edly", "ed", "ly", "es", "er", "s", "e", "y")


@lru_cache(maxsize=20000)
def stem(word: str) -> str:
    """A crude stem, enough that "waited" meets "waiting"."""
    word = word.removesuffix("'s").removesuffix("'")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
