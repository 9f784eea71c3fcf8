"""Every line that a counterpart can say, with where it stands in the file."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scenarios.model import Gate, Scenario

Location = tuple[int | str, ...]


class SpokenLine(NamedTuple):
    """A line the counterpart can say; ``gate`` is the disclosure step it needs."""

    where: Location
    text: str
    gate: Gate

    @property
    def field(self) -> str:
        """The place as it is written in messages: ``lines.pushes.3.lines.0``."""
        return ".".join(map(str, self.where))


def spoken(scenario: Scenario) -> Iterator[SpokenLine]:
    """All lines of a scenario, the opening first."""
    yield SpokenLine(("counterpart", "opening"), scenario.counterpart.opening, 0)
    for i, fact in enumerate(scenario.facts):
        yield from _each(("facts", i, "lines"), fact.lines, fact.gate)
        yield from _each(("facts", i, "curt"), fact.curt, fact.gate)
    for i, offer in enumerate(scenario.offers):
        yield from _each(("offers", i, "too_early"), offer.too_early, 0)
        yield from _each(("offers", i, "lines"), offer.lines, 1)
    yield from _authored(scenario)


def _authored(scenario: Scenario) -> Iterator[SpokenLine]:
    lines = scenario.lines
    for i, reaction in enumerate(lines.reactions):
        yield from _each(("lines", "reactions", i, "lines"), reaction.lines, 0)
    for name, groups in (("details", lines.details), ("deflections", lines.deflections)):
        for i, group in enumerate(groups):
            yield from _each(("lines", name, i, "lines"), group.lines, group.gate)
    yield from _each(("lines", "asked_again"), lines.asked_again, 0)
    yield from _each(("lines", "disclosures", "hint"), lines.disclosures["hint"], 1)
    yield from _each(("lines", "disclosures", "need"), lines.disclosures["need"], 2)
    yield from _each(("lines", "relapses"), lines.relapses, 0)
    for i, push in enumerate(lines.pushes):
        yield from _each(("lines", "pushes", i, "lines"), push.lines, 0)
    for ending, closings in lines.closings.items():
        gate: Gate = 2 if ending == "resolved" else 0
        yield from _each(("lines", "closings", str(ending)), closings, gate)


def _each(where: Location, lines: Sequence[str], gate: Gate) -> Iterator[SpokenLine]:
    return (SpokenLine((*where, i), line, gate) for i, line in enumerate(lines))
