"""An employee's words made harmless for a prompt, and quotes of them found again exactly.

What a prompt shows is not quite what was typed: control characters go, brackets, fences, pipes and
quotation marks lose their meaning, a role name loses its colon (validation.md, V8). Every character
shown remembers where it stood, so that a quote maps back to offsets of the original.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rubrics.acts.reading import Span

_SWAPS = {
    **dict.fromkeys('"“”„«»‘’‚‹›`´′', "'"),
    **dict.fromkeys("<[{⟨【〈《", "("),
    **dict.fromkeys(">]}⟩】〉》", ")"),
    **dict.fromkeys("|\\¦", "/"),
}
#: Rules, headings, emphasis and fences.
_RUN = re.compile(r"([#*=~_\-–—'])\1+|#")
_ROLE = re.compile(
    r"\b(?:system|assistant|user|developer|human|ai|tool|function|instructions?|evaluator|scorer|"
    r"judge|rater|grader|examiner)(?: \w+)? ?:",
    re.IGNORECASE,
)
#: A quote of fewer words proves nothing unless it is the whole turn.
MIN_WORDS = 3


@dataclass(frozen=True)
class Disarmed:
    """Text as a prompt shows it, with the place of every character in the original."""

    shown: str
    places: tuple[int, ...]


def disarm(text: str) -> Disarmed:
    """One line without markup, control characters or role names."""
    pairs = list(_plain(text))
    shown = "".join(char for char, _ in pairs)
    shown = _RUN.sub(lambda run: " " * len(run[0]), shown)
    shown = _ROLE.sub(lambda role: role[0][:-1] + ",", shown)
    kept = [
        (char, place)
        for at, (char, (_, place)) in enumerate(zip(shown, pairs, strict=True))
        if char != " " or (at and shown[at - 1] != " ")
    ]
    while kept and kept[-1][0] == " ":
        kept.pop()
    return Disarmed("".join(char for char, _ in kept), tuple(place for _, place in kept))


def _plain(text: str) -> Iterator[tuple[str, int]]:
    """Characters with their places: compatibility forms unfolded, the invisible left out."""
    for place, original in enumerate(text):
        for char in unicodedata.normalize("NFKC", original):
            if char.isspace():
                yield " ", place
            elif not unicodedata.category(char).startswith("C"):
                yield _SWAPS.get(char, char), place


def find_quote(quote: str, text: str) -> Span | None:
    """Where the quote stands in the text, word for word but for white space and disarmed marks."""
    wanted = disarm(quote).shown.strip("' ").removesuffix("...").strip()
    there = disarm(text)
    at = there.shown.find(wanted)
    if at < 0 or not wanted:
        return None
    words = re.findall(r"\w+", wanted)
    if len(words) < MIN_WORDS and words != re.findall(r"\w+", there.shown):
        return None
    return Span(start=there.places[at], end=there.places[at + len(wanted) - 1] + 1)
