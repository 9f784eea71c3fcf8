"""Faults of role by their wording: assistant, coach, narrator, machine, or the other side."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from scenarios.model import Band
from trainer.guard.finding import Candidate, Fault, Finding

WORDING = Path(__file__).parent / "wording.yaml"
_TENSE = (Band.HOT, Band.STRAINED)


def faults(line: Candidate) -> Iterator[Finding]:
    """Every fault of role that its wording shows."""
    spoken = line.spoken
    yield from _found(
        Fault.SPEAKS_FOR_EMPLOYEE, line.text, _wording("script"), _wording("narrates"), _named(line)
    )
    for fault, patterns in (
        (Fault.HELPER_VOICE, (_wording("helper"),)),
        (Fault.COACHING, (_wording("coaches"),)),
        (Fault.ADMITS_AI, (_wording("machine"), _as_oneself(line))),
        (Fault.LEAKS_INSTRUCTIONS, (_wording("prompted"),)),
    ):
        yield from _found(fault, spoken, *patterns)
    if line.beat.band in _TENSE and not line.beat.ending:
        yield from _found(Fault.TOO_CALM, _wording("sour").sub(" ", spoken), _wording("grateful"))
    if line.beat.ending is None:
        yield from _found(Fault.LEAVES_EARLY, spoken, _wording("leaves"))


def flips(line: Candidate) -> str:
    """Words that only the other side would say, or that address the counterpart; else empty."""
    spoken = line.spoken
    patterns = [_wording("serves"), _addressed(line)]
    if line.scenario.program == "customer":
        patterns.append(_wording("firm"))
    return next((match[0] for p in patterns if (match := p.search(spoken))), "")


def _found(fault: Fault, text: str, *patterns: re.Pattern[str]) -> Iterator[Finding]:
    match = next((found for p in patterns if (found := p.search(text))), None)
    if match:
        yield Finding(fault=fault, quote=match[0].strip())


def _named(line: Candidate) -> re.Pattern[str]:
    """The counterpart's own name as in a play script, after the start."""
    return re.compile(rf"\S\s+{re.escape(line.name)}\s*:\s")


def _as_oneself(line: Candidate) -> re.Pattern[str]:
    return re.compile(rf"\bas {re.escape(line.name)}\b|\bpretend to be\b|\({{1}}staying", re.I)


def _addressed(line: Candidate) -> re.Pattern[str]:
    """The counterpart spoken to by their own name, which only the other side does."""
    first, *rest = line.scenario.counterpart.name.split()
    short = re.search(r"called (\w+)", line.scenario.counterpart.role)
    names = "|".join(re.escape(n) for n in (first, *(short.groups() if short else ())))
    last = re.escape(rest[-1]) if rest else "$^"
    return re.compile(
        rf"(?:^|[.!?] |\b(?:hi|hello|dear|thanks|thank you|sorry|so),? )(?:{names}),\s"
        rf"|\b(?:hi|hello|dear) (?:{names})\b|,\s(?:{names})[.,!?]|\bm(?:s|rs|r)\.? {last}\b",
        re.I,
    )


@cache
def _wording(kind: str) -> re.Pattern[str]:
    """How this kind of fault sounds."""
    patterns = yaml.safe_load(WORDING.read_text(encoding="utf-8"))[kind]
    return re.compile("|".join(patterns), re.I | re.M)
