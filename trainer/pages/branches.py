"""Two tries from the same turn, side by side: what was said, how it went, and the levels."""

from collections.abc import Sequence
from html import escape

from progress.play import PlaySummary
from rubrics.model import CompetencyScore
from scenarios.model import Ending
from trainer.pages import charts, html
from trainer.pages.conversation import said_html
from trainer.pages.texts import ENDINGS, SIMULATED, TENSION_NAMES, when
from trainer.practice import OpenPlay
from trainer.session import Exchange

NO_GROWTH = (
    "A second try does not count as growth: you knew what was coming. Your first try stays on the "
    "record as it was."
)
FIRST, AGAIN = "First try", "This try"
#: Less, alike and more at the end of this try.
_TENSION = (
    "{who} ended lower in this try",
    "{who} ended about the same in both tries",
    "{who} ended higher in this try",
)
_UNDERSTOOD = (
    "{who} felt less understood at the end of this try",
    "{who} felt about as understood at the end of both tries",
    "{who} felt more understood at the end of this try",
)
#: A difference below this is none that anybody would see.
ALIKE = 0.08
_LEVELS = "Levels of both tries"


def branches_html(first: OpenPlay, again: OpenPlay) -> str:
    """Everything that the two tries have between them."""
    turn = again.record.retry_turn or 0
    return html.card(
        html.heading(f"Two tries from your turn {turn + 1}"),
        html.paragraph(outcome(first, again)),
        html.paragraph(NO_GROWTH, "quiet"),
        curves_html(first, again),
        html.heading("What was said", 3),
        replies_html(first, again, turn),
        html.heading("Level by level", 3),
        levels_html(first, again),
        f"<p>{html.link('Debrief of the first try', f'/practise?play={first.record.id}')}</p>",
    )


def outcome(first: OpenPlay, again: OpenPlay) -> str:
    """How the two ended."""
    ways = [
        ENDINGS[Ending(opened.record.ending or "open")].format(name=opened.first_name)
        for opened in (first, again)
    ]
    if ways[0] == ways[1]:
        return f"Both tries ended alike. {ways[0]}"
    return f"{FIRST}: {ways[0]} {AGAIN}: {ways[1]}"


def curves_html(first: OpenPlay, again: OpenPlay) -> str:
    """Both curves in one chart for each feeling, and the tables behind them."""
    name, tension = again.first_name, TENSION_NAMES[again.scenario.program]
    before, after = first.play.states(), again.play.states()
    heat = [s.tension for s in before], [s.tension for s in after]
    felt = [s.understood for s in before], [s.understood for s in after]
    turn = again.record.retry_turn or 0
    legend = f"Dashed line: first try. Solid line: this try. They part after turn {turn}."
    if turn == 0:
        legend = "Dashed line: first try. Solid line: this try. They part at the start."
    return (
        _curves(_finding(_TENSION, f"{name}'s {tension.lower()}", *heat), *heat)
        + _curves(_finding(_UNDERSTOOD, name, *felt), *felt)
        + html.paragraph(legend, "quiet")
    )


def _finding(
    texts: tuple[str, str, str], who: str, before: Sequence[float], after: Sequence[float]
) -> str:
    """Where a feeling ended in this try beside the first."""
    less, alike, more = texts
    by = after[-1] - before[-1]
    text = alike if abs(by) < ALIKE else more if by > 0 else less
    return text.format(who=who)


def _curves(title: str, before: list[float], after: list[float]) -> str:
    ticks = ["start", *(str(n) for n in range(1, max(len(before), len(after))))]
    chart = charts.Chart(
        finding=title,
        series=[
            charts.Series("first try", before, second=True),
            charts.Series("this try", after),
        ],
        ticks=ticks,
        top=1.0,
        scale=charts.LOW_TO_HIGH,
    )
    rows = [(tick, _at(before, n), _at(after, n)) for n, tick in enumerate(ticks)]
    header = ("After your turn", FIRST, AGAIN)
    return charts.line_chart(chart) + html.details(
        "The same as a table", html.table(header, rows, title)
    )


def _at(values: Sequence[float], index: int) -> str:
    return f"{values[index]:.2f}" if index < len(values) else "over"


def replies_html(first: OpenPlay, again: OpenPlay, turn: int) -> str:
    """Turn by turn from where they part, in two columns."""
    ours, theirs = first.play.exchanges, again.play.exchanges
    name = f"{again.scenario.counterpart.name} ({SIMULATED})"
    both = min(len(ours), len(theirs))
    pairs = (
        html.pair(
            (f"{FIRST}, turn {n + 1}", _said(ours[n], name)),
            (f"{AGAIN}, turn {n + 1}", _said(theirs[n], name)),
        )
        for n in range(turn, both)
    )
    return "".join(pairs) + _rest(FIRST, ours[both:], name) + _rest(AGAIN, theirs[both:], name)


def _rest(which: str, more: Sequence[Exchange], name: str) -> str:
    """What only the longer try has, folded."""
    if not more:
        return ""
    turns = f"{len(more)} turn{'s' if len(more) != 1 else ''}"
    said = "".join(_said(exchange, name) for exchange in more)
    return html.details(f"{which} went on for {turns} more", said)


def _said(exchange: Exchange, name: str) -> str:
    return html.bubbles(
        [
            html.bubble("You", said_html(exchange.reply), mine=True),
            html.bubble(name, escape(exchange.utterance.text), mine=False),
        ]
    )


def levels_html(first: OpenPlay, again: OpenPlay) -> str:
    """Both levels of each competency with their intervals."""
    cards = [opened.record.scorecard for opened in (first, again)]
    ours, theirs = ({} if card is None else card.competencies for card in cards)
    names = [c for c in again.rubric.competencies if c.id in {*ours, *theirs}]
    rows = [(c.name, level_words(ours.get(c.id)), level_words(theirs.get(c.id))) for c in names]
    reasons = {s.reason for s in (*ours.values(), *theirs.values()) if s.status == "not_rated"}
    return (
        f'<div class="at-figures">{html.table(("Skill", FIRST, AGAIN), rows, _LEVELS)}</div>'
        + html.paragraph("In brackets: where the level likely lies (90%).", "quiet")
        + "".join(
            html.paragraph(f"Not rated: {why}", "quiet") for why in sorted(filter(None, reasons))
        )
    )


def level_words(score: CompetencyScore | None) -> str:
    """A level with its interval, or why there is none."""
    if score is None:
        return "not scored yet"
    if score.level is None:
        return score.status.replace("_", " ")
    low, high = html.likely(score.level, score.se or 0.0)
    return f"{score.level:.1f} ({low:.1f}–{high:.1f})"


def other_tries_html(tries: Sequence[PlaySummary]) -> str:
    """Links to the later tries of this conversation; empty where there are none."""
    if not tries:
        return ""
    items = "".join(f"<li>{_try_link(play)}</li>" for play in tries)
    return html.card(html.heading("Your other tries of this conversation"), f"<ul>{items}</ul>")


def _try_link(play: PlaySummary) -> str:
    action = "See both side by side" if play.phase == "debrief" else "Go on with it"
    begun = f"From your turn {(play.retry_turn or 0) + 1}, {when(play.started_at)}"
    link = html.link(action, f"/practise?play={play.id}", about=begun)
    return f"{escape(begun)}: {link}"
