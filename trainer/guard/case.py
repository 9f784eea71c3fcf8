"""Facts that a line makes up: numbers, times, days, names and kin that the case file has not."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scenarios.model import Scenario
from trainer.guard.finding import Candidate, Fault, Finding

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
VALUES = {word: n for n, word in enumerate(_ONES)}
VALUES |= {word: 20 + 10 * n for n, word in enumerate(_TENS)}
VALUES |= {word: n for n, word in enumerate(_ORDINALS)} | {"thirtieth": 30, "once": 1, "twice": 2}
_NUMBER = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[- ](?P<ones>{'|'.join((*_ONES[1:10], *_ORDINALS[1:10]))})"
    rf"|(?P<word>{'|'.join(sorted(VALUES, key=len, reverse=True))})"
    r"|(?P<digits>\d+(?:[.:,]\d+)*)(?:st|nd|rd|th)?(?P<tail>[A-Za-z]?))\b"
    r"(?:[- ](?P<unit>[a-z]+))?(?: (?P<unit2>[a-z]+))?",
    re.I,
)
_RANGE = re.compile(r"\b(\w+) (?:to|and|till|until|-) (\w+)\b", re.I)
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS[3:13])})\b(?! of (?:a|an|the)\b)", re.I)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(VALUES)})(?:st|nd|rd|th)?(?: of)? ({_MONTHS})\b"
    rf"|\b({_MONTHS}) (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b",
    re.I,
)
_DAYS = re.compile(
    r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april"
    r"|june|july|august|september|october|november|december)s?\b",
    re.I,
)
_KIN = re.compile(
    r"\b(son|daughter|boy|girl|wife|husband|mother|father|mum|mom|dad|brother|sister|niece|nephew"
    r"|grandson|granddaughter|grandmother|grandfather|fiancée?|boyfriend|girlfriend)s?\b",
    re.I,
)
_NAME = re.compile(r"(?<![.!?:…\"“'] )(?<!^)(?<![\"“'\[(])\b([A-Z][a-zà-ÿ]{2,})(?:'s)?\b")
#: Numbers this small are figures of speech: "one thing", "two minutes".
_IDIOM = 2
#: What can be counted: plurals, people, times; and words that only look like it.
_COUNTED = re.compile(r"[a-z]{3,}s|people|time", re.I)
_NO_UNIT = frozenset("this was his hers its has does yes plus as us is".split())
_CAPITALS = frozenset(
    "english internet okay hello sorry thanks thank please yes mr mrs ms captain dr god".split()
)


@dataclass
class _Known:
    """Everything the case file says that can be checked."""

    numbers: set[float] = field(default_factory=set)
    by_unit: dict[str, set[float]] = field(default_factory=lambda: defaultdict(set))
    ordinals: set[float] = field(default_factory=set)
    dates: set[tuple[float, str]] = field(default_factory=set)
    ranges: set[tuple[float, float]] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def learn(self, text: str) -> None:
        """Take in one more text."""
        for value, units, _ in quantities(text):
            self.numbers.add(value)
            for unit in units:
                self.by_unit[unit].add(value)
        self.ordinals.update(ordinals(text))
        self.dates.update(dates(text))
        self.ranges.update(ranges(text))
        self.days.update(m.lower() for m in _DAYS.findall(text))
        self.kin.update(m.lower() for m in _KIN.findall(text))
        self.words.update(re.findall(r"[a-zà-ÿ]+", text.lower()))


def quantities(text: str) -> Iterator[tuple[float, tuple[str, ...], str]]:
    """Numbers in figures or words: the value, what is counted (singular), the words."""
    text = re.sub(r"\b(\w+) point (\w+)\b", _pointed, text)
    for match in _NUMBER.finditer(text):
        said = match[0]
        units = tuple(
            unit.lower().rstrip("s")
            for unit in (match["unit"], match["unit2"])
            if unit and _COUNTED.fullmatch(unit) and unit.lower() not in _NO_UNIT
        )
        yield _value(match), units[:1], said


def _value(match: re.Match[str]) -> float:
    if match["tens"]:
        ones = match["ones"].lower()
        return VALUES[match["tens"].lower()] + VALUES[ones]
    if match["word"]:
        return VALUES[match["word"].lower()]
    tail = match["tail"].lower()
    number = float(".".join(re.split(r"[.:,]", match["digits"])[:2]))
    return number + (ord(tail) / 1000 if tail else 0)


def _pointed(match: re.Match[str]) -> str:
    whole, part = (VALUES.get(match[i].lower()) for i in (1, 2))
    return match[0] if whole is None or part is None else f"{whole}.{part}"


def ordinals(text: str) -> Iterator[float]:
    """Places in a row in words, such as "the third"."""
    yield from (VALUES[word.lower()] for word in _ORDINAL.findall(text))


def dates(text: str) -> Iterator[tuple[float, str]]:
    """Day and month, whichever stands first."""
    for day, month, month_first, day_last in _DATE.findall(text):
        said = (day or day_last).lower()
        number = VALUES.get(said, _digit(said))
        if number is not None:
            yield number, (month or month_first).lower()


def ranges(text: str) -> Iterator[tuple[float, float]]:
    """Spans such as "eight to twelve"."""
    for low, high in _RANGE.findall(text):
        ends = [VALUES.get(word.lower(), _digit(word)) for word in (low, high)]
        if None not in ends:
            yield float(ends[0] or 0), float(ends[1] or 0)


def _digit(word: str) -> float | None:
    return float(word) if word.isdigit() else None


def _unknown(text: str, base: _Known, said: _Known) -> Iterator[str]:
    """Words for everything that neither the case file nor the employee has said."""
    yield from _made_up_numbers(text, base, said)
    yield from _made_up_times(text, base, said)
    for pattern, known in ((_DAYS, base.days | said.days), (_KIN, base.kin | said.kin)):
        yield from (m for m in pattern.findall(text) if known and m.lower() not in known)
    named = base.words | said.words | _CAPITALS
    yield from (name for name in _NAME.findall(text) if name.lower() not in named)


def _made_up_numbers(text: str, base: _Known, said: _Known) -> Iterator[str]:
    for value, units, quote in quantities(text):
        if value <= _IDIOM or value in said.numbers:
            continue
        counted = set().union(*(base.by_unit.get(unit, set()) for unit in units))
        if (counted and value not in counted) or value not in base.numbers:
            yield quote
    places = base.ordinals | said.ordinals | base.by_unit.get("time", set())
    yield from (_ORDINALS[int(place)] for place in ordinals(text) if place not in places)


def _made_up_times(text: str, base: _Known, said: _Known) -> Iterator[str]:
    for day, month in dates(text):
        if base.dates and (day, month) not in base.dates | said.dates:
            yield f"{day:g} {month}"
    for pair in ranges(text):
        if base.ranges and pair not in base.ranges | said.ranges and max(pair) > _IDIOM:
            yield f"{pair[0]:g} to {pair[1]:g}"


def _texts(node: object) -> Iterator[str]:
    """Every text in a case file."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, Iterable):
        for value in node:
            yield from _texts(value)


class CaseFacts:
    """What one scenario says that can be checked."""

    def __init__(self, scenario: Scenario) -> None:
        self._known = _Known()
        for text in _texts(scenario.model_dump(mode="json")):
            self._known.learn(text)

    def faults(self, line: Candidate) -> Iterator[Finding]:
        """The first thing that the case file contradicts, or that nobody has said."""
        said = _Known()
        for turn in line.transcript:
            if turn.speaker == "employee":
                said.learn(turn.text)
        for quote in _unknown(line.text, self._known, said):
            yield Finding(fault=Fault.CONTRADICTS, quote=quote)
            return
