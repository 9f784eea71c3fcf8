"""The figures of a fidelity run: one column an arm, and a plot of how tense each one sounds."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import combinations, groupby
from statistics import mean, median

from rubrics.acts.reading import Frozen
from scenarios.model import Ending
from trainer import playtest
from trainer.fidelity import ARMS, Arm, TurnMeasured
from trainer.guard import Fault

_WALKS = ("hostile",)
_COLOURS = ("#1b6ca8", "#b3541e", "#3f7d20", "#7a3e9d", "#8a6d00", "#b0305c", "#2f7f86")


class ArmFigures(Frozen):
    """What one arm did."""

    arm: Arm
    turns: int
    #: Order of the policies' final tension against the order it should have: 1 is the same.
    order_by_rules: float | None
    order_as_it_sounds: float | None
    #: The largest fall from one turn to the next, mean over the plays, as it sounds.
    largest_drop: float
    leaked_turns: float
    flipped_turns: float
    contradicting_turns: float
    too_calm_turns: float
    #: Share of hostile plays that the counterpart leaves.
    walked_away: float | None
    words: float
    #: Shares of turns in which the guard refused a line, and in which the authored voice spoke.
    refused_turns: float
    stepped_in_turns: float
    tokens_a_turn: float
    seconds_a_turn: float


def figures(turns: Sequence[TurnMeasured]) -> list[ArmFigures]:
    """One row an arm."""
    return [_figures(arm, [t for t in turns if t.arm == arm]) for arm in ARMS]


def _figures(arm: Arm, turns: Sequence[TurnMeasured]) -> ArmFigures:
    return ArmFigures(
        arm=arm,
        turns=len(turns),
        order_by_rules=_order(turns, lambda turn: turn.tension),
        order_as_it_sounds=_order(turns, lambda turn: turn.sounds),
        largest_drop=_mean(_drops(turns)),
        leaked_turns=_share(turns, Fault.LEAKS_NEED),
        flipped_turns=_share(turns, Fault.ROLE_FLIP),
        contradicting_turns=_share(turns, Fault.CONTRADICTS),
        too_calm_turns=_share(turns, Fault.TOO_CALM),
        walked_away=_walked(turns),
        words=_mean(turn.words for turn in turns),
        refused_turns=_mean(turn.refused > 0 for turn in turns),
        stepped_in_turns=_mean(turn.stepped_in for turn in turns),
        tokens_a_turn=_mean(turn.tokens for turn in turns),
        seconds_a_turn=round(median(turn.seconds for turn in turns), 2) if turns else 0.0,
    )


def _mean(values: Iterable[float]) -> float:
    held = [float(value) for value in values]
    return round(mean(held), 3) if held else 0.0


def _share(turns: Sequence[TurnMeasured], fault: Fault) -> float:
    return _mean(turn.has(fault) for turn in turns)


def plays(turns: Sequence[TurnMeasured]) -> list[list[TurnMeasured]]:
    """The turns of each play, in order."""
    ordered = sorted(turns, key=lambda turn: (turn.play, turn.turn))
    return [list(group) for _, group in groupby(ordered, lambda turn: turn.play)]


def _drops(turns: Sequence[TurnMeasured]) -> list[float]:
    return [
        max((a.sounds - b.sounds for a, b in zip(play, play[1:], strict=False)), default=0.0)
        for play in plays(turns)
    ]


def _order(turns: Sequence[TurnMeasured], value: Callable[[TurnMeasured], float]) -> float | None:
    """Kendall's tau of the policies' last three turns against the table's order."""
    last: dict[str, list[float]] = {}
    for play in plays(turns):
        last.setdefault(play[0].policy, []).extend(value(turn) for turn in play[-3:])
    known = [(playtest.TABLE.index(name), mean(values)) for name, values in last.items()]
    pairs = list(combinations(sorted(known), 2))
    if not pairs:
        return None
    return round(mean(1.0 if b[1] > a[1] else -1.0 for a, b in pairs), 2)


def _walked(turns: Sequence[TurnMeasured]) -> float | None:
    hostile = [play for play in plays(turns) if play[0].policy in _WALKS]
    if not hostile:
        return None
    return _mean(any(_leaves(turn) for turn in play) for play in hostile)


def _leaves(turn: TurnMeasured) -> bool:
    return turn.ending == Ending.WALKED_AWAY or turn.has(Fault.LEAVES_EARLY)


def rows(found: Sequence[ArmFigures]) -> list[tuple[str, ...]]:
    """The table: one line a figure, one column an arm."""

    def show(value: float | int | None, percent: bool) -> str:
        if value is None:
            return "-"
        return f"{100 * value:.1f}%" if percent else f"{value:g}"

    named = {
        "turns": ("turns", False),
        "order_by_rules": ("order of final tension, by the rules (tau)", False),
        "order_as_it_sounds": ("order of final tension, as it sounds (tau)", False),
        "largest_drop": ("largest fall in one turn, as it sounds", False),
        "leaked_turns": ("turns that leak before the gate", True),
        "flipped_turns": ("turns with a role flip", True),
        "contradicting_turns": ("turns that contradict the case", True),
        "too_calm_turns": ("turns calmer than the state", True),
        "walked_away": ("hostile plays the counterpart leaves", True),
        "words": ("words a reply", False),
        "refused_turns": ("turns with a line refused by the guard", True),
        "stepped_in_turns": ("turns spoken by the authored voice", True),
        "tokens_a_turn": ("tokens a turn", False),
        "seconds_a_turn": ("seconds a turn, median", False),
    }
    return [
        (title, *(show(getattr(one, key), percent) for one in found))
        for key, (title, percent) in named.items()
    ]


def plot(turns: Sequence[TurnMeasured]) -> str:
    """An SVG: how tense the counterpart is by the rules and as it sounds, one panel an arm."""
    policies = sorted({turn.policy for turn in turns}, key=playtest.TABLE.index)
    panels = [
        _panel(arm, [t for t in turns if t.arm == arm], policies, 20 + 270 * place)
        for place, arm in enumerate(ARMS)
    ]
    legend = [
        f'<text x="{20 + 150 * (i % 5)}" y="{272 + 16 * (i // 5)}" fill="{_colour(i)}">'
        f"{escape(policy.replace('_', ' '))}</text>"
        for i, policy in enumerate(policies)
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 320" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="How tense the counterpart is, by turn">'
        '<text x="20" y="252">Up is tense, down is calm; turns from left to right. Dashed: by the '
        "rules. Solid: as the words sound.</text>" + "".join(panels) + "".join(legend) + "</svg>\n"
    )


def _panel(arm: Arm, turns: Sequence[TurnMeasured], policies: Sequence[str], left: int) -> str:
    parts = [
        f'<text x="{left}" y="18" font-weight="bold">{arm.replace("_", " ")}</text>',
        f'<rect x="{left}" y="28" width="240" height="190" fill="none" stroke="#999"/>',
    ]
    for number, policy in enumerate(policies):
        mine = [turn for turn in turns if turn.policy == policy]
        numbers = sorted({turn.turn for turn in mine})
        sounds = [(n, _mean(t.sounds for t in mine if t.turn == n)) for n in numbers]
        rules = [(n, _mean(t.tension for t in mine if t.turn == n)) for n in numbers]
        parts.append(_line(left, sounds, f'stroke="{_colour(number)}" stroke-width="2"'))
        parts.append(_line(left, rules, f'stroke="{_colour(number)}" stroke-dasharray="5 4"'))
    return "".join(parts)


def _line(left: int, course: Sequence[tuple[int, float]], style: str) -> str:
    points = " ".join(f"{left + 20 * n:.0f},{218 - 190 * tension:.0f}" for n, tension in course)
    return f'<polyline points="{points}" fill="none" {style}/>'


def _colour(number: int) -> str:
    return _COLOURS[number % len(_COLOURS)]
