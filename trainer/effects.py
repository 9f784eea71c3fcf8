"""What a reply did to the counterpart, in a sentence or two, from the director's trace."""

from collections.abc import Iterator

from scenarios.model import Cue, Ending
from trainer.beat import Beat
from trainer.dynamics import CounterpartState

#: Smaller moves than this are noise; larger ones than these are named as such.
_NOISE, _PLAIN, _MUCH = 0.03, 0.08, 0.15
_MOST_NAMED = 2

_HEARD: dict[Cue, str] = {
    Cue.SILENCE: "heard nothing come back",
    Cue.NONSENSE: "could not make sense of this",
    Cue.REPEATED: "heard the same thing again",
    Cue.ADDRESSED_MACHINE: "could tell that these words were for somebody else",
    Cue.HOSTILE: "took these words as an insult",
    Cue.THREATENED: "heard a threat",
    Cue.POLICY_SHIELD: "ran into a rule",
    Cue.BLAMED: "heard blame",
    Cue.MINIMISED: "heard it made smaller than it is",
    Cue.CHEERED_UP: "was cheered up before being heard",
    Cue.DEFENSIVE: "heard a defence",
    Cue.CANCELLED: "heard the “but”, and it took the rest away",
    Cue.OWN_STORY: "got another story in place of an answer",
    Cue.OVER_PROMISED: "heard a promise too big to believe",
    Cue.CAVED: "got everything at once and wondered why",
    Cue.INTERROGATED: "was asked a lot and got nothing back",
    Cue.PREMATURE_FIX: "got a fix before feeling heard",
    Cue.EMPTY_EMPATHY: "heard a stock phrase",
    Cue.EMPATHY_LOOP: "wanted to get on and was soothed",
    Cue.BARE_APOLOGY: "heard a sorry with nothing behind it",
    Cue.APOLOGY_AGAIN: "heard one apology too many",
    Cue.OWNED_APOLOGY: "heard an apology that takes charge",
    Cue.REPAIRED: "heard a slip taken back",
    Cue.BOUNDARY: "met a clear and respectful limit",
    Cue.UNDERSTOOD: "heard that it was taken in",
    Cue.VALIDATED: "heard that the reaction makes sense",
    Cue.ASKED_WELL: "got an open question",
    Cue.ASKED_INTEREST: "was asked what matters",
    Cue.ASKED_DATA: "was asked for details",
    Cue.OFFERED: "heard a way forward at a time when it could be heard",
    Cue.CONCEDED: "saw something given",
    Cue.FAIR_STANDARD: "heard a yardstick that is fair to both",
    Cue.POSITION: "heard insisting",
    Cue.OPENED_UP: "heard what matters on the other side",
    Cue.INFORMED: "got information",
}


def effect(
    before: CounterpartState, after: CounterpartState, beat: Beat, name: str, tension: str
) -> str:
    """What ``name`` took from the reply and how it moved them; ``tension`` is what it is called."""
    heard = f"{name} {_HEARD[beat.cue]}. " if beat.cue in _HEARD else ""
    return heard + moved(before, after, name, tension)


def moved(before: CounterpartState, after: CounterpartState, name: str, tension: str) -> str:
    """How a reply moved ``name``: the two feelings that moved most, and what they told."""
    found = sorted(_moves(before, after, tension.lower()), reverse=True)[:_MOST_NAMED]
    # what is not about the name itself comes last, so that the name is the subject of the rest
    named = sorted((words for _, words in found), key=lambda words: not _about(words))
    moves = [*_told(before, after), *named]
    if after.ending is Ending.WALKED_AWAY:
        moves.append("the conversation was over")
    return f"After this, {_joined(name, moves)}." if moves else f"Little changed for {name}."


def _told(before: CounterpartState, after: CounterpartState) -> Iterator[str]:
    if after.disclosed > before.disclosed:
        yield "{name} told you something new"


def _moves(
    before: CounterpartState, after: CounterpartState, tension: str
) -> Iterator[tuple[float, str]]:
    """How far each feeling moved, and the words for it."""
    felt = after.understood - before.understood
    trust = after.trust - before.trust
    heat = after.tension - before.tension
    if abs(felt) >= _NOISE:
        yield abs(felt), f"{{name}} felt {_much(felt)}{_more(felt)} understood"
    if abs(trust) >= _NOISE:
        yield abs(trust), f"{{name}} trusted you {_much(trust)}{_more(trust)}"
    if abs(heat) >= _NOISE:
        grew = "grew" if heat > 0 else "eased"
        yield abs(heat), f"{{name}}'s {tension} {grew}{_far(heat)}"


def _more(by: float) -> str:
    return "more" if by > 0 else "less"


def _much(by: float) -> str:
    if abs(by) >= _MUCH:
        return "much "
    return "" if abs(by) >= _PLAIN else "a little "


def _far(by: float) -> str:
    if abs(by) >= _MUCH:
        return " a lot"
    return "" if abs(by) >= _PLAIN else " a little"


def _about(words: str) -> bool:
    return words.startswith("{name} ")


def _joined(name: str, moves: list[str]) -> str:
    """The moves as one clause, the name once where it can be."""
    first = moves[0].format(name=name)
    rest = [m.removeprefix("{name} ").replace("{name}'s", "their") for m in moves[1:]]
    return " and ".join([", ".join([first, *rest[:-1]]), *rest[-1:]])
