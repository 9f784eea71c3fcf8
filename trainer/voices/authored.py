"""The authored voice: puts a Beat into words from the pieces that the scenario's author wrote.

A line is a reaction, then what this turn has to say, then a push; each may be missing. What has
to be said is chosen first and never dropped; the reaction and the push take the words left over.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rubrics.model import Turn
from scenarios.model import Cue, Scenario
from trainer.beat import Beat, Utterance, VoiceName
from trainer.hearing import HARMFUL
from trainer.voices import pieces
from trainer.voices.pieces import ECHO, Piece, Pool

#: How often a reaction still comes before an answer, by cue; slips are always reacted to.
_REACTS_BEFORE_CONTENT = {
    Cue.UNDERSTOOD: 0.6,
    Cue.VALIDATED: 0.6,
    Cue.OWNED_APOLOGY: 0.7,
    Cue.REPAIRED: 0.9,
    Cue.BARE_APOLOGY: 0.7,
    Cue.EMPTY_EMPATHY: 0.7,
    Cue.INTERROGATED: 1.0,
    Cue.REPEATED: 1.0,
    Cue.BOUNDARY: 0.8,
    Cue.OPENED_UP: 0.7,
    Cue.ASKED_WELL: 0.25,
    Cue.ASKED_INTEREST: 0.3,
    Cue.APOLOGY_AGAIN: 0.8,
    Cue.CONCEDED: 0.4,
    Cue.FAIR_STANDARD: 0.4,
    Cue.POSITION: 0.5,
    Cue.OVER_PROMISED: 0.7,
    Cue.OWN_STORY: 0.9,
    Cue.CAVED: 0.8,
}
_QUESTIONS = frozenset(
    {Cue.ASKED_WELL, Cue.ASKED_INTEREST, Cue.ASKED_DATA, Cue.INFORMED, Cue.PLAIN}
)
_PREFERS_ECHO = 0.7
_SMALL = frozenset(
    "about again been come does dont even from give have havent here into isnt just know like "
    "more much need only over really right said some still tell than that thats their them then "
    "there they theyre this time today want well were what when where which will with would your "
    "youre going could should really anything something nothing because".split()
)


@dataclass(frozen=True)
class _Said:
    """What limits the choice: what was used and said before, and the random generator."""

    used: frozenset[str]
    before: str
    last: str
    echo: str | None
    rng: random.Random
    short: bool


class AuthoredVoice:
    """Speaks the scenario's own lines. Needs no model, no network and no time."""

    name: VoiceName = "authored"

    def say(
        self,
        beat: Beat,
        transcript: tuple[Turn, ...],
        scenario: Scenario,
        *,
        seed: int,
        used: frozenset[str],
    ) -> Utterance:
        """The whole utterance; the same beat, seed and ``used`` give the same words."""
        own = [turn.text for turn in transcript if turn.speaker == "counterpart"]
        said = _Said(
            used=used,
            before="\n".join(own),
            last=own[-1] if own else "",
            echo=beat.echo,
            rng=random.Random(f"{seed}:{beat.turn}"),
            short=beat.temperament == "withdrawn",
        )
        chosen = _compose(beat, scenario, said)
        text = " ".join(piece.text for piece in chosen)
        return Utterance(text=text, voice=self.name, pieces=tuple(p.id for p in chosen))

    def stream(
        self,
        beat: Beat,
        transcript: tuple[Turn, ...],
        scenario: Scenario,
        *,
        seed: int,
        used: frozenset[str],
    ) -> Iterator[str | Utterance]:
        """The text growing word by word, then the Utterance."""
        utterance = self.say(beat, transcript, scenario, seed=seed, used=used)
        for word in re.finditer(r"\S+\s*", utterance.text):
            yield utterance.text[: word.end()].rstrip()
        yield utterance


def _compose(beat: Beat, scenario: Scenario, said: _Said) -> list[Piece]:
    content = _content(beat, scenario, said)
    left = beat.word_budget - _words(content)
    opening = _reaction(beat, scenario, said, content, left)
    if not content and beat.volunteers and not _asks(opening):
        content = _pick(pieces.details(scenario, beat), said, opening, left - _words(opening))
    left = beat.word_budget - _words([*opening, *content])
    ending = _push(beat, scenario, said, [*opening, *content], left)
    chosen = [*opening, *content, *ending]
    return chosen or _something(beat, scenario, said)


def _content(beat: Beat, scenario: Scenario, said: _Said) -> list[Piece]:
    """What this turn has to say, in the order it is said, each piece leaving room for the next."""
    chosen: list[Piece] = []
    slots = list(_due(beat, scenario))
    for index, (pools, never_dropped) in enumerate(slots):
        room = sum(_least(later, said) for later, _ in slots[index + 1 :])
        left = beat.word_budget - _words(chosen) - room
        picked = _pick(pools, said, chosen, left)
        if not picked and never_dropped:
            picked = _pick(pools, said, chosen, _least(pools, said))
        chosen += picked
    if beat.asked_again:
        left = beat.word_budget - _words(chosen)
        chosen = _pick(pieces.asked_again(scenario), said, chosen, left) + chosen
    return chosen


def _due(beat: Beat, scenario: Scenario) -> Iterator[tuple[list[Pool], bool]]:
    """The pools for each thing to be said, and whether it is said at any length."""
    for fact_id in beat.answers:
        yield pieces.answers(scenario, beat, fact_id), False
    if beat.offer:
        yield pieces.offer_answers(scenario, beat, beat.offer), False
    if beat.deflects:
        yield pieces.deflections(scenario, beat), False
    if beat.reveals:
        yield pieces.disclosures(scenario, beat), True
    if beat.relapse:
        yield pieces.relapses(scenario), True
    if beat.ending:
        yield pieces.closings(scenario, beat.ending), True


def _least(pools: list[Pool], said: _Said) -> int:
    """Words of the shortest piece that is left to say, 0 if none is."""
    return min((p.words for pool in pools for p in pool if _usable(p, said)), default=0)


def _words(chosen: list[Piece]) -> int:
    return sum(piece.words for piece in chosen)


def _asks(chosen: list[Piece]) -> bool:
    return any(piece.asks for piece in chosen)


def _reaction(
    beat: Beat, scenario: Scenario, said: _Said, content: list[Piece], left: int
) -> list[Piece]:
    if content and said.rng.random() >= _chance_of_reaction(beat):
        return []
    return _pick(pieces.reactions(scenario, beat, beat.cue), said, content, left)


def _chance_of_reaction(beat: Beat) -> float:
    """A slip is nearly always reacted to; a plain answer often comes without preface."""
    if beat.cue in HARMFUL:
        return 0.9
    if beat.relapse or beat.ending or (beat.deflects and beat.cue in _QUESTIONS):
        return 0.0
    if beat.offer:
        return 0.4 if beat.cue in {Cue.OWNED_APOLOGY, Cue.REPAIRED, Cue.BOUNDARY} else 0.0
    return _REACTS_BEFORE_CONTENT.get(beat.cue, 0.1)


def _push(
    beat: Beat, scenario: Scenario, said: _Said, before: list[Piece], left: int
) -> list[Piece]:
    if beat.push is None or beat.ending or (before and before[-1].asks):
        return []
    return _pick(pieces.pushes(scenario, beat, beat.push), said, before, left)


def _something(beat: Beat, scenario: Scenario, said: _Said) -> list[Piece]:
    """Where everything that fits has been said: a detail, a plain reaction, or a word."""
    for pools in (
        pieces.details(scenario, beat),
        pieces.reactions(scenario, beat, Cue.PLAIN),
        pieces.stock(),
    ):
        chosen = _pick(pools, said, [], beat.word_budget)
        if chosen:
            return chosen
    return [Piece("stock.silence", "…")]


def _pick(
    pools: list[Pool], said: _Said, beside: list[Piece], words: int | None = None
) -> list[Piece]:
    """One unused piece from the first pool that has any, the one that joins best, or none."""
    for pool in pools:
        fresh = [pieces.filled(piece, said.echo) for piece in pool if _usable(piece, said)]
        fresh = [piece for piece in fresh if words is None or piece.words <= words]
        echoing = [piece for piece in fresh if piece.echoes]
        if echoing and said.rng.random() < _PREFERS_ECHO:
            fresh = echoing
        if fresh:
            return [_best(fresh, said, beside)]
    return []


def _usable(piece: Piece, said: _Said) -> bool:
    if piece.id in said.used or (ECHO in piece.text and not said.echo):
        return False
    return ECHO in piece.text or piece.text not in said.before


def _best(fresh: list[Piece], said: _Said, beside: list[Piece]) -> Piece:
    """A random piece among those with the fewest clumsy joins."""
    said.rng.shuffle(fresh)
    if said.short:
        fresh = sorted(fresh, key=lambda piece: piece.words)[: (len(fresh) + 1) // 2]
    return min(fresh, key=lambda piece: _clumsy(piece, said, beside))


def _clumsy(piece: Piece, said: _Said, beside: list[Piece]) -> int:
    """How badly it joins: words said twice, two questions, the same beginning as last time."""
    near = " ".join(other.text for other in beside)
    doubled = len(_weighty(piece.text) & _weighty(near))
    asked_twice = piece.asks and any(other.asks for other in beside)
    same_start = bool(said.last) and piece.text.split()[0] == said.last.split()[0]
    repeated = len(_weighty(piece.text) & _weighty(said.last)) > 1
    return 2 * doubled + 2 * asked_twice + same_start + repeated


def _weighty(text: str) -> set[str]:
    words = re.findall(r"[a-z]{4,}", text.lower().replace("'", ""))
    return {word[:6] for word in words if word not in _SMALL}
