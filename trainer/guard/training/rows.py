"""Lines with the case they are said in and whose words they are.

Most are from ``cases.jsonl``: people in a dispute or a complaint, each with lines of their own and
lines that only the other side could say. Every sixth case is kept aside; every fourth labelled line
tunes.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from rubrics import encoder
from rubrics.acts.training.data import corpus_lines, part_of
from rubrics.validation.talks import FILE as TALKS
from scenarios import library
from scenarios.model import Scenario
from trainer import playtest
from trainer.casebook import sentences
from trainer.guard import Fault
from trainer.guard.listener import CaseText, told
from trainer.guard.measure import Half, Labelled, labelled

HERE = Path(__file__).parents[1]
CASES, WRITTEN = HERE / "cases.jsonl", HERE / "speakers.jsonl"
KEPT_CASES, TUNE_LINES = 6, 4
_LISTENER = "You are a colleague who listens and wants to help."
#: Faulty lines that are nevertheless said as the counterpart.
OWN_FAULTS = frozenset({
    Fault.LEAKS_NEED, Fault.CONTRADICTS, Fault.TOO_CALM, Fault.TOO_LONG, Fault.LEAVES_EARLY,
})  # fmt: skip


class Row(NamedTuple):
    """A line, the case as the encoder reads it, and whether the other side would say it."""

    case: str
    line: str
    swapped: bool


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a file with one on each line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cases(kept: bool) -> list[Row]:
    """Lines written for the purpose, in hard pairs: those kept aside or those to learn from."""
    return [
        Row(told(case["me"], case["you"], block["after"]), line, whose == "other")
        for number, case in enumerate(read(CASES))
        if (number % KEPT_CASES == 0) == kept
        for block in case["blocks"]
        for whose in ("own", "other")
        for line in block[whose]
    ]


def known(half: Half, tune: bool | None = None) -> Iterator[Labelled]:
    """The labelled lines of a half: those to tune on, those to train on or, with None, all."""
    for number, line in enumerate(labelled(half)):
        if tune is None or (number % TUNE_LINES == 0) == tune:
            yield line


def sure(some: Iterable[Labelled]) -> Iterator[Labelled]:
    """Those that are surely one's own or surely the other side's."""
    return (line for line in some if is_own(line) or Fault.ROLE_FLIP in line.faults)


def is_own(line: Labelled) -> bool:
    """Whether it is surely said as the counterpart, faulty or not."""
    return OWN_FAULTS.issuperset(line.faults) and Fault.ROLE_FLIP not in line.may


def lines(half: Half, tune: bool | None = None) -> Iterator[Row]:
    """The same as rows, where it is sure whose words they are."""
    sides = _sides()
    for line in sure(known(half, tune)):
        spoken = line.candidate().spoken
        yield Row(sides[line.scenario].told(spoken, line.after), spoken, not is_own(line))


def _sides() -> dict[str, CaseText]:
    return {key: CaseText(one, encoder.shared()) for key, one in library.shipped().items()}


def written() -> Iterator[Row]:
    """Lines written for the scenarios; those of two sides begin as one's own."""
    sides, random = _sides(), Random(1)
    for row in read(WRITTEN):
        if (key := row.get("scenario")) is None:
            continue
        after = random.choice(list(employee(library.find(key))))
        own, other = row.get("own", ""), row.get("other", "")
        if own:
            yield Row(sides[key].told(own, after), own, False)
        if other:
            whole = f"{own} {other}".strip()
            yield Row(sides[key].told(whole, after), whole, True)


def authored() -> Iterator[Row]:
    """The scenarios' own lines, and what their employees say."""
    sides, random = _sides(), Random(2)
    for key, scenario in library.shipped().items():
        theirs = list(employee(scenario))
        for said, swapped in ((counterpart(scenario), False), (iter(theirs), True)):
            for line in said:
                yield Row(sides[key].told(line, random.choice(theirs)), line, swapped)


def counterpart(scenario: Scenario) -> Iterator[str]:
    """What the counterpart says in this scenario."""
    texts = scenario.lines
    for fact in scenario.facts:
        yield from (*fact.lines, *fact.curt)
    for detail in (*texts.details, *texts.deflections):
        yield from detail.lines
    for reaction in texts.reactions:
        yield from (text for text in reaction.lines if "{echo}" not in text)
    for push in texts.pushes:
        yield from push.lines
    for offer in scenario.offers:
        yield from (*offer.lines, *offer.too_early)
    for pool in (*texts.disclosures.values(), *texts.closings.values(), texts.relapses):
        yield from pool


def employee(scenario: Scenario) -> Iterator[str]:
    """What employees say in this scenario."""
    for offer in scenario.offers:
        yield from offer.examples
    for fact in scenario.facts:
        yield from fact.asked_by[:3]
    if coaching := scenario.coaching:
        yield from (*coaching.acknowledgements, *coaching.questions, *coaching.ownership)
        yield from (*coaching.steps, *coaching.steadying)
    for replies in playtest.load(scenario.id).policies.values():
        for reply in replies:
            yield from sentences(reply)


def talks() -> Iterator[Row]:
    """Both sides of the talks that the supportive rubric was fitted on."""
    for talk in read(TALKS):
        first, *turns = talk["turns"]
        heard = ""
        for number, turn in enumerate(turns):
            swapped = turn["speaker"] == "employee"
            if number or not swapped:
                yield Row(told(first["text"], _LISTENER, heard), turn["text"], swapped)
            heard = turn["text"] if swapped else heard


def corpus() -> Iterator[Row]:
    """A reply of the corpus after another to the same message; the second half of the message."""
    random, replies = Random(3), dict[str, list[str]]()
    for record in corpus_lines("replies-*.jsonl"):
        if record["kind"] != "bad" and part_of(record["c"]) == "train":
            replies.setdefault(record["c"], []).append(record["reply"])
    for context in corpus_lines("contexts-*.jsonl"):
        said = replies.get(context["c"], [])
        if len(said) < 2:
            continue
        before, after = random.sample(said, 2)
        yield Row(told(context["text"], "", before), after, True)
        parts = sentences(context["text"])
        half = len(parts) // 2
        if half:
            first, second = " ".join(parts[:half]), " ".join(parts[half:])
            yield Row(told(first, "", before), second, False)
