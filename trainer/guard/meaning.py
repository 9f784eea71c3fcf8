"""Faults that only meaning shows: the other side's words, secrets too early, things left out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from rubrics.encoder import Encoder, Vectors
from scenarios.model import Gate, Scenario
from trainer.beat import Beat
from trainer.casebook import sentences
from trainer.guard.case import VALUES
from trainer.guard.finding import Candidate, Fault, Finding
from trainer.guard.sides import SideSense

#: Cosine with a secret that leaks it, with or without a word that only secrets hold.
TELLING, LEAK = 0.42, 0.48
#: Cosine from which it is the secret itself, however near to something open that is.
THE_SAME = 0.85
#: How much nearer than to anything open it must be then: short sentences resemble everything.
TELLING_MARGIN, MARGINS = 0.03, ((5, 0.30), (8, 0.20), (999, 0.06))
#: How near a line must come to what has to be said.
SAYS = 0.40
#: A word is telling when the secrets hold it this often and nothing open holds it.
OFTEN = 3
_NUMBERS = frozenset(word[:6] for word in VALUES)


@dataclass(frozen=True)
class _Texts:
    """Texts with their vectors and, for secrets, their gates."""

    vectors: Vectors
    gates: tuple[Gate, ...]

    def near(self, vectors: Vectors, above: int = -1, upto: int = 2) -> Vectors:
        """The best cosine of every vector, among those behind gates in this range."""
        chosen = [above < gate <= upto for gate in self.gates]
        if not any(chosen):
            return np.full(len(vectors), -1.0, dtype=np.float32)
        best: Vectors = (vectors @ self.vectors[chosen].T).max(axis=1)
        return best


class CaseSense:
    """One scenario's secrets and its two sides, by meaning."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        self._scenario, self._encoder = scenario, encoder
        secrets = list(_secrets(scenario))
        self._secrets = self._embed(secrets)
        self._open = self._embed([(0, text) for text in _open(scenario)])
        self._sides = SideSense(scenario, encoder)
        self._telling = {gate: _telling(scenario, secrets, gate) for gate in (0, 1)}

    def _embed(self, texts: list[tuple[Gate, str]]) -> _Texts:
        vectors = self._encoder.embed([text for _, text in texts])
        return _Texts(vectors, tuple(gate for gate, _ in texts))

    def faults(self, line: Candidate, flips: str) -> Iterator[Finding]:
        """Role flips (with the words that wording alone has found), leaks, things left out."""
        said = sentences(line.spoken) or [line.text]
        vectors = self._encoder.embed(said)
        if quote := flips or self._sides.flip(line):
            yield Finding(fault=Fault.ROLE_FLIP, quote=quote)
        if quote := self._leak(said, vectors, line):
            yield Finding(fault=Fault.LEAKS_NEED, quote=quote)
        if self._leaves_out(line):
            yield Finding(fault=Fault.LEAVES_OUT, quote=line.text[:60])

    def _leak(self, said: list[str], vectors: Vectors, line: Candidate) -> str:
        gate = line.beat.disclosed
        if gate == 2:
            return ""
        heard = _stems(" ".join(t.text for t in line.transcript if t.speaker == "employee"))
        telling = self._telling[gate] - heard
        secret = self._secrets.near(vectors, gate)
        told = np.maximum(self._open.near(vectors), self._secrets.near(vectors, upto=gate))
        for sentence, near, plain in zip(said, secret, told, strict=True):
            tells = bool(_stems(sentence) & telling)
            length = len(sentence.split())
            usual = next(margin for most, margin in MARGINS if length < most)
            lowest, margin = (TELLING, TELLING_MARGIN) if tells else (LEAK, usual)
            if near >= THE_SAME or (near >= lowest and near - plain >= margin):
                return sentence
        return ""

    def _leaves_out(self, line: Candidate) -> bool:
        due = list(_due(line.beat, self._scenario))
        if not due:
            return False
        vectors = self._encoder.embed([line.text, *sentences(line.text)])
        needed = self._encoder.embed([text for texts in due for text in texts])
        cosines = (vectors @ needed.T).max(axis=0)
        start = 0
        for texts in due:
            if cosines[start : start + len(texts)].max() < SAYS:
                return True
            start += len(texts)
        return False


def _due(beat: Beat, scenario: Scenario) -> Iterator[list[str]]:
    """Ways to say each thing that this turn must say."""
    if beat.reveals:
        need = scenario.counterpart.hidden_need
        yield [
            need.hint if beat.reveals == "hint" else need.need,
            *scenario.lines.disclosures[beat.reveals],
        ]
    for fact_id in beat.answers:
        fact = scenario.fact(fact_id)
        yield [fact.text, *fact.lines, *fact.curt]
    if beat.relapse:
        yield list(scenario.lines.relapses)


def _secrets(scenario: Scenario) -> Iterator[tuple[Gate, str]]:
    """What lies behind a gate, sentence by sentence."""
    steps: tuple[tuple[Gate, str, str], ...] = (
        (1, scenario.counterpart.hidden_need.hint, "hint"),
        (2, scenario.counterpart.hidden_need.need, "need"),
    )
    for gate, text, step in steps:
        lines = scenario.lines.disclosures["hint" if step == "hint" else "need"]
        yield from ((gate, part) for part in (text, *sentences(text), *lines))
    for fact in scenario.facts:
        if fact.gate:
            yield from ((fact.gate, text) for text in (fact.text, *fact.lines))
    for detail in scenario.lines.details:
        if detail.gate:
            yield from ((detail.gate, text) for text in detail.lines)


def _open(scenario: Scenario) -> Iterator[str]:
    """What may be said from the start."""
    yield from sentences(scenario.counterpart.opening)
    yield scenario.counterpart.feeling.cause
    for fact in scenario.facts:
        if not fact.gate:
            yield fact.text
            yield from fact.lines[:2]
    for offer in scenario.offers:
        if offer.meets != "need":
            yield from (*offer.lines[:1], *offer.examples[:2])
    yield from (policy.text for policy in scenario.may_offer)


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{4,}", text.lower().replace("'", ""))}


def _telling(scenario: Scenario, secrets: Iterable[tuple[Gate, str]], above: int) -> set[str]:
    """Words that the secrets still closed hold often, and nothing that may be said holds."""
    held = Counter(stem for gate, text in secrets if gate > above for stem in _stems(text))
    often = {stem for stem, count in held.items() if count >= OFTEN}
    return often - _said_openly(scenario, above) - _NUMBERS


def _said_openly(scenario: Scenario, upto: int) -> set[str]:
    """Words of everything that may be said with this much disclosed."""
    brief, lines = scenario.brief, scenario.lines
    said = [brief.situation, *brief.you_know, *(p.text for p in scenario.may_offer)]
    said += [scenario.counterpart.opening, *scenario.counterpart.can_concede]
    for fact in scenario.facts:
        said += [fact.text, *fact.lines, *fact.curt] if fact.gate <= upto else []
    for detail in (*lines.details, *lines.deflections):
        said += detail.lines if detail.gate <= upto else []
    for reactions in lines.reactions:
        said += reactions.lines
    for push in lines.pushes:
        said += push.lines
    said += lines.relapses
    for offer in scenario.offers:
        said += [*offer.lines, *offer.too_early, *offer.examples]
    if upto:
        said += [scenario.counterpart.hidden_need.hint, *lines.disclosures["hint"]]
    return _stems(" ".join(said))
