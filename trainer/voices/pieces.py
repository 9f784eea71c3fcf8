"""The authored pieces of a scenario as pools to choose from, best pool first.

A pool that has nothing left falls back to the neighbouring band; where that is empty too, the
piece is left out rather than said twice.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scenarios.model import Band, Cue, Detail, Ending, Gate, Push, Scenario, Temperament
from trainer.beat import Beat

_ORDER = list(Band)
ECHO = "{echo}"
#: Where a scenario has no words of its own for being asked again.
ASKED_AGAIN = ("I've told you that.", "You asked me that already.", "Like I said.")
#: … and for an offer that does not help and was answered before.
SAME_OFFER = ("That still doesn't do it.", "No. Same as before.", "We've had that one.")
#: The last resort when every authored line has been said.
STOCK = ("Right.", "Okay.", "And?", "Go on, then.", "I'm still here.", "Well.", "Fine.", "Mm.")


@dataclass(frozen=True)
class Piece:
    """One authored line, with the id under which its use is remembered."""

    id: str
    text: str
    #: It gives back words of the employee's.
    echoes: bool = False

    @property
    def words(self) -> int:
        """How many words it takes, ``{echo}`` counted as one."""
        return len(self.text.split())

    @property
    def asks(self) -> bool:
        """Whether it ends with a question."""
        return self.text.rstrip("\"'”’ ").endswith("?")


Pool = list[Piece]


def _pool(prefix: str, lines: Iterable[str]) -> Pool:
    return [Piece(f"{prefix}.{index}", line) for index, line in enumerate(lines)]


def _near(bands: Sequence[Band], band: Band) -> int:
    """Steps from the band to the nearest of ``bands``."""
    return min(abs(_ORDER.index(band) - _ORDER.index(other)) for other in bands)


def _speaks(temperaments: Sequence[Temperament], temperament: Temperament) -> bool:
    return not temperaments or temperament in temperaments


def reactions(scenario: Scenario, beat: Beat, cue: Cue) -> list[Pool]:
    """Reactions to the cue: in this band, then in the neighbouring ones."""
    pools: list[Pool] = [[], []]
    for index, group in enumerate(scenario.lines.reactions):
        distance = _near(group.bands, beat.band)
        if cue in group.on and distance < 2 and _speaks(group.temperaments, beat.temperament):
            pools[distance].extend(_pool(f"reactions.{index}", group.lines))
    if cue == Cue.INFORMED and not any(pools):
        return reactions(scenario, beat, Cue.PLAIN)
    return pools


def pushes(scenario: Scenario, beat: Beat, kind: Push) -> list[Pool]:
    """Ways to end the turn like this: written for this cue, then any, then a neighbouring band."""
    pools: list[Pool] = [[], [], []]
    bare = not (beat.answers or beat.offer or beat.reveals or beat.relapse or beat.volunteers)
    for index, group in enumerate(scenario.lines.pushes):
        distance = _near(group.bands, beat.band)
        meant = not group.after or (bare and beat.cue in group.after)
        fits = group.kind == kind and distance < 2 and meant
        if fits and _speaks(group.temperaments, beat.temperament):
            rank = distance + (0 if group.after and distance == 0 else 1)
            pools[min(rank, 2)].extend(_pool(f"pushes.{index}", group.lines))
    return pools


def details(scenario: Scenario, beat: Beat) -> list[Pool]:
    """Something more about the case, as far as it may be known by now."""
    return _details("details", scenario.lines.details, beat.band, beat.disclosed)


def deflections(scenario: Scenario, beat: Beat) -> list[Pool]:
    """Answers to a question that has no answer, or not yet."""
    reasons = {"any", "guarded" if beat.guards else "unknown"}
    groups = [group if group.why in reasons else None for group in scenario.lines.deflections]
    return _details("deflections", groups, beat.band, beat.disclosed)


def _details(
    prefix: str, groups: Sequence[Detail | None], band: Band, disclosed: Gate
) -> list[Pool]:
    """The groups open by now, in this band and the next; None keeps a place in the count."""
    pools: list[Pool] = [[], []]
    for index, group in enumerate(groups):
        if group is None:
            continue
        distance = _near(group.bands, band)
        if group.gate <= disclosed and distance < 2:
            pools[distance].extend(_pool(f"{prefix}.{index}", group.lines))
    return pools


def answers(scenario: Scenario, beat: Beat, fact_id: str) -> list[Pool]:
    """Ways to tell a fact: snapped while hot, where written so."""
    fact = scenario.fact(fact_id)
    plain = _pool(f"facts.{fact_id}", fact.lines)
    curt = _pool(f"facts.{fact_id}.curt", fact.curt)
    return [curt, plain] if beat.band == Band.HOT else [plain]


def asked_again(scenario: Scenario) -> list[Pool]:
    """What is said before a fact that was told already."""
    return [_pool("asked_again", scenario.lines.asked_again), _pool("stock.again", ASKED_AGAIN)]


def offer_answers(scenario: Scenario, beat: Beat, offer_id: str) -> list[Pool]:
    """How an offer is taken now."""
    offer = scenario.offer(offer_id)
    same = _pool("stock.offer", SAME_OFFER)
    if beat.offer_too_early:
        return [_pool(f"offers.{offer_id}.early", offer.too_early), same]
    told = _pool(f"offers.{offer_id}", offer.lines)
    return [told, same] if offer.meets == "no" else [told]


def disclosures(scenario: Scenario, beat: Beat) -> list[Pool]:
    """What comes out in this turn, and only in this turn."""
    if beat.reveals is None:
        return []
    return [_pool(f"disclosures.{beat.reveals}", scenario.lines.disclosures[beat.reveals])]


def relapses(scenario: Scenario) -> list[Pool]:
    """A new bad fact."""
    return [_pool("relapses", scenario.lines.relapses)]


def closings(scenario: Scenario, ending: Ending) -> list[Pool]:
    """Last words."""
    return [_pool(f"closings.{ending}", scenario.lines.closings[ending])]


def stock() -> list[Pool]:
    """A few words that fit nearly anywhere."""
    return [_pool("stock", STOCK)]


def filled(piece: Piece, echo: str | None) -> Piece:
    """The piece with the employee's words in the place of ``{echo}``."""
    if ECHO not in piece.text or echo is None:
        return piece
    text = re.sub(r"(^|[.!?]\s+)([\"'“‘]?)\{echo\}", rf"\1\2{ECHO.upper()}", piece.text)
    text = text.replace(ECHO.upper(), echo[:1].upper() + echo[1:])
    return Piece(piece.id, text.replace(ECHO, _lowered(echo)), echoes=True)


def _lowered(echo: str) -> str:
    """Lower-cased at its start, unless it begins with "I" or an acronym."""
    first = echo.split()[0]
    keeps = first in {"I", "I'm", "I'll", "I've", "I'd"} or first.isupper()
    return echo if keeps else echo[:1].lower() + echo[1:]
