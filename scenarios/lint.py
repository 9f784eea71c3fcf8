"""What a trainer should mend in a scenario before others practise with it.

The schema says whether a file is a scenario; this says whether it is a good one.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from rubrics import encoder
from rubrics import library as rubrics_library
from rubrics.acts.reading import Frozen
from scenarios import library
from scenarios.model import Band, Cue, Push, Scenario
from scenarios.pieces import Location, SpokenLine, spoken

FEWEST_LINES = 40
LONGEST_LINE = 45
#: Cosine with a sentence of the hidden need from which a line gives it away: alone, and together
#: with two words of the need that are not known from the start. Three such words give it away too.
TELLS_NEED = 0.72
TELLS_NEED_WITH_WORDS = 0.50
FRIENDLY = frozenset({
    Cue.SILENCE, Cue.REPEATED, Cue.EMPATHY_LOOP, Cue.OWNED_APOLOGY, Cue.REPAIRED, Cue.BOUNDARY,
    Cue.UNDERSTOOD, Cue.VALIDATED, Cue.ASKED_WELL, Cue.ASKED_INTEREST, Cue.OFFERED,
    Cue.OPENED_UP, Cue.PLAIN,
})  # fmt: skip
_THERAPY = re.compile(
    r"\b(?:valid(?:ate[sd]?|ating|ation)|my feelings are valid|feel(?:ing)? (?:heard|seen|safe)"
    r"|safe space|hold(?:ing)? space|trigger(?:ed|ing)|trauma\w*|gaslight\w*|unpack (?:this|it)"
    r"|process (?:my|these) (?:feelings|emotions)|emotional(?:ly)? (?:labou?r|available|needs)"
    r"|boundaries|toxic|coping mechanism|inner child|active listening|i-statements?)\b",
    re.I,
)


class Finding(Frozen):
    """One thing to mend."""

    file: str
    line: int | None = None
    field: str
    message: str
    severity: Literal["unreadable", "error", "warning"]

    def __str__(self) -> str:
        """As compilers write it, so that editors can jump to it."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.severity}: {self.field}: {self.message}"


#: Lines that tell something of themselves; the others answer what the employee said.
_TELLING = frozenset({"opening", "facts", "details", "relapses"})
#: A complaint: where in the file, what, and how bad.
_Complaint = tuple[Location, str, Literal["error", "warning"]]
_Check = Callable[[Scenario], Iterator[_Complaint]]


def lint_file(path: Path) -> list[Finding]:
    """Everything to mend in one file; an unreadable one gives findings of that severity."""
    try:
        scenario = library.load(path)
    except library.ScenarioError as error:
        return [_unreadable(path, line) for line in str(error).splitlines()]
    node, _ = library.compose(path.read_text(encoding="utf-8"))
    return [
        Finding(
            file=str(path),
            line=library.line_of(node, where),
            field=".".join(map(str, where)),
            message=message,
            severity=severity,
        )
        for where, message, severity in complaints(scenario)
    ]


def complaints(scenario: Scenario) -> list[_Complaint]:
    """What every check has to say."""
    return [complaint for check in _CHECKS for complaint in check(scenario)]


def _unreadable(path: Path, message: str) -> Finding:
    found = re.match(rf"{re.escape(str(path))}(?::(\d+))?: (?:([\w.]+): )?(.*)", message)
    line, field, what = found.groups() if found else (None, None, message)
    return Finding(
        file=str(path),
        line=int(line) if line else None,
        field=field or "the file",
        message=what,
        severity="unreadable",
    )


def _reactions(scenario: Scenario) -> Iterator[_Complaint]:
    bands: dict[Cue, set[Band]] = {cue: set() for cue in Cue}
    for group in scenario.lines.reactions:
        for cue in group.on:
            bands[cue] |= set(group.bands)
    for cue, there in bands.items():
        if cue == Cue.INFORMED:  # "plain" serves
            continue
        if not there & {Band.HOT, Band.STRAINED}:
            yield ("lines", "reactions"), f"nothing is said on '{cue}' while tense", "error"
        elif cue in FRIENDLY and not there & {Band.EASING, Band.CALM}:
            yield ("lines", "reactions"), f"nothing is said on '{cue}' once calmer", "error"


def _echoes(scenario: Scenario) -> Iterator[_Complaint]:
    for i, group in enumerate(scenario.lines.reactions):
        if all("{echo}" in line for line in group.lines):
            yield (
                ("lines", "reactions", i),
                "every line needs an echo; add one that stands without",
                "error",
            )
    for line in spoken(scenario):
        odd = "{echo}" in line.text and "reactions" not in line.where
        if odd or re.search(r"[{}]", line.text.replace("{echo}", "")):
            yield line.where, "only {echo}, and only in reactions, is filled in", "error"


def _pushes(scenario: Scenario) -> Iterator[_Complaint]:
    there = {push.kind for push in scenario.lines.pushes}
    for kind in Push:
        if kind not in there:
            yield ("lines", "pushes"), f"no way to end a turn with '{kind}'", "warning"


def _amount(scenario: Scenario) -> Iterator[_Complaint]:
    count = sum(line.where[0] == "lines" for line in spoken(scenario))
    if count < FEWEST_LINES:
        yield (
            ("lines",),
            f"{count} authored lines; below {FEWEST_LINES} two plays sound alike",
            "error",
        )


def _length(scenario: Scenario) -> Iterator[_Complaint]:
    longest = min(LONGEST_LINE, scenario.counterpart.speech.max_words)
    for line in spoken(scenario):
        words = len(line.text.split())
        if words > longest:
            yield line.where, f"{words} words; this person says {longest} at most", "error"


def _duplicates(scenario: Scenario) -> Iterator[_Complaint]:
    seen: dict[str, SpokenLine] = {}
    for line in spoken(scenario):
        key = " ".join(re.findall(r"\w+", line.text.lower()))
        if key in seen:
            yield line.where, f"the same words stand at {seen[key].field}", "warning"
        seen.setdefault(key, line)


def _therapy(scenario: Scenario) -> Iterator[_Complaint]:
    for line in spoken(scenario):
        found = _THERAPY.search(line.text)
        if found:
            yield line.where, f"'{found.group()}' is a trainer's word, not a person's", "warning"


def _competencies(scenario: Scenario) -> Iterator[_Complaint]:
    known = {c.id for c in rubrics_library.find(scenario.program).competencies}
    for name in scenario.opportunities:
        if name not in known:
            yield (
                ("opportunities", name),
                f"the {scenario.program} rubric has no {name}; it has: {', '.join(sorted(known))}",
                "error",
            )


def _offers(scenario: Scenario) -> Iterator[_Complaint]:
    if not any(offer.meets == "need" for offer in scenario.offers):
        yield ("offers",), "no offer meets the hidden need, so nothing can be resolved", "error"


def _leaks(scenario: Scenario) -> Iterator[_Complaint]:
    hidden = scenario.counterpart.hidden_need
    early = [line for line in spoken(scenario) if line.gate == 0]
    secret = _words(hidden.need) - _words(_known_from_the_start(scenario))
    telling = [line for line in early if {*line.where[:2]} & _TELLING]
    told = dict(zip(telling, _cosines([line.text for line in telling], hidden.need), strict=True))
    for line in early:
        cosine, shared = told.get(line, 0.0), len(_words(line.text) & secret)
        by_both = cosine >= TELLS_NEED_WITH_WORDS and shared > 1
        if cosine >= TELLS_NEED or by_both or shared > 2:
            yield line.where, "gives the hidden need away before its gate", "error"
    if _words(hidden.need) <= _words(hidden.hint):
        yield ("counterpart", "hidden_need", "hint"), "the hint tells the whole need", "error"


def _known_from_the_start(scenario: Scenario) -> str:
    person, brief = scenario.counterpart, scenario.brief
    texts = [person.name, scenario.title, scenario.summary, brief.situation]
    return " ".join([*texts, *brief.you_know])


def _cosines(lines: list[str], need: str) -> list[float]:
    """How near each line comes to the nearest sentence of the need."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", need) if len(s.split()) > 3] or [need]
    vectors = encoder.shared().embed([*lines, *sentences])
    near = vectors[: len(lines)] @ vectors[len(lines) :].T
    return [float(value) for value in np.max(near, axis=1)]


@cache
def _words(text: str) -> frozenset[str]:
    """The weighty words of a text, by their stems."""
    return frozenset(word[:6] for word in re.findall(r"[a-z]{5,}|[A-Z][a-z]{3,}", text))


_CHECKS: tuple[_Check, ...] = (
    _reactions, _echoes, _pushes, _amount, _length, _duplicates, _therapy, _competencies, _offers,
    _leaks,
)  # fmt: skip
