"""What the words did: the curve, one thing to keep, one to change, and feeling left unsaid."""

from itertools import pairwise

from rubrics.acts.reading import Act
from rubrics.highlights import Highlight, Highlights
from scenarios.model import Ending
from trainer.coach import wordings
from trainer.dynamics import CounterpartState
from trainer.effects import effect, moved
from trainer.hearing import HARMFUL
from trainer.pages import charts, html
from trainer.pages.texts import (
    ENDINGS,
    NOTHING_TO_CHANGE,
    NOTHING_TO_KEEP,
    TENSION_NAMES,
    TOO_SHORT,
)
from trainer.practice import OpenPlay
from trainer.rewording import another_way, need_met
from trainer.rewriter import Rewording
from trainer.silent import Heard, SilentEmpathy, silent_empathy

#: From this rise of feeling understood on a reply has helped.
HELPED = 0.03
#: A change that is about saying the feeling, so that both are one thing to look at.
_UNSAID = {f"missing:{act}" for act in (Act.NOTICE, Act.VALIDATE)}


def moments_html(
    opened: OpenPlay, found: Highlights, other: Rewording | None, beside: str = ""
) -> str:
    """The upper half of the debrief. ``beside`` replaces the curve where there are two tries."""
    ending = ENDINGS[Ending(opened.record.ending or "open")].format(name=opened.first_name)
    same = found.change is not None and found.change.reason in _UNSAID
    silent = silent_html(opened, example=not same)
    if found.change and not _missing(found.change):
        silent = ""  # one thing to change is enough
    return html.page(
        html.heading("What your words did", 1),
        html.paragraph(ending, "lead"),
        beside or curve_html(opened, found),
        _two_cards(opened, found, other, silent if same else ""),
        html.card(silent) if silent and not same else "",
    )


def _two_cards(opened: OpenPlay, found: Highlights, other: Rewording | None, more: str) -> str:
    """What to keep and what to change; one card where there is too little for either."""
    if not (found.strength or found.change or _rated(opened)):
        return html.card(html.heading("Too short to tell"), html.paragraph(TOO_SHORT))
    return strength_html(opened, found.strength) + change_html(opened, found.change, other, more)


def curve_html(opened: OpenPlay, found: Highlights) -> str:
    """The counterpart's curve with the employee's turns on it, and the table behind it."""
    states = opened.play.states()
    name, tension = opened.first_name, TENSION_NAMES[opened.scenario.program]
    ticks = ["start", *(f"{n}" for n in range(1, len(states)))]
    marked = [(h.turn + 1) // 2 for h in (found.strength, found.change) if h]
    chart = charts.Chart(
        finding=finding(opened),
        series=[
            charts.Series(tension, [s.tension for s in states]),
            charts.Series("feels understood", [s.understood for s in states], second=True),
        ],
        ticks=ticks,
        top=1.0,
        scale=charts.LOW_TO_HIGH,
        marked=frozenset(marked),
    )
    rows = [
        (tick, f"{s.tension:.2f}", f"{s.understood:.2f}", f"{s.trust:.2f}")
        for tick, s in zip(ticks, states, strict=True)
    ]
    header = ("After your turn", tension, "Feels understood", "Trust")
    legend = f"Solid line: {tension.lower()}. Dashed line: how far {name} feels understood."
    legend += " Large points: the replies below." if marked else ""
    return (
        charts.line_chart(chart)
        + html.paragraph(legend, "quiet")
        + html.details("The same as a table", html.table(header, rows, f"How {name} felt"))
    )


def finding(opened: OpenPlay) -> str:
    """The curve's title: where it went, and at which turn it moved most."""
    states = opened.play.states()
    name, tension = opened.first_name, TENSION_NAMES[opened.scenario.program].lower()
    change = states[-1].tension - states[0].tension
    steps = [after.tension - before.tension for before, after in pairwise(states)]
    if not steps:
        return f"{name} had only just begun."
    if change < -0.1:
        turn = 1 + steps.index(min(steps))
        return f"{name}'s {tension} eased, most of all after your turn {turn}."
    if change > 0.1:
        turn = 1 + steps.index(max(steps))
        return f"{name}'s {tension} grew, most of all after your turn {turn}."
    return f"{name}'s {tension} stayed about where it was."


def strength_html(opened: OpenPlay, strength: Highlight | None) -> str:
    """One thing that worked, in the employee's own words, and a second way to do the same."""
    if strength is None:
        return html.card(html.heading("Keep"), html.paragraph(NOTHING_TO_KEEP))
    need = need_met(strength.reason, strength.competency)
    seed = f"{opened.play.seed}:{strength.quote}"
    other = another_way(need, opened.scenario.coaching, seed, strength.quote)
    before, after = _states(opened, strength.turn)
    did = moved(before, after, opened.first_name, TENSION_NAMES[opened.scenario.program])
    return html.card(
        html.heading(f"Keep: {_skill(opened, strength.competency)}"),
        html.paragraph(f"{strength.text} {did}"),
        html.pair(
            (_your_turn(strength), html.quote(strength.quote)),
            ("Another way to do the same", html.quote(other)),
        ),
    )


def change_html(
    opened: OpenPlay, change: Highlight | None, other: Rewording | None, more: str = ""
) -> str:
    """One thing to change, with another way to say the same sentence; ``more`` is safe HTML."""
    if change is None or other is None:
        return html.card(html.heading("Change"), html.paragraph(NOTHING_TO_CHANGE))
    said = opened.play.turns()[change.turn].text
    return html.card(
        html.heading(f"Change: {_skill(opened, change.competency)}"),
        html.paragraph(f"{change.text} {_even_so(opened, change)}"),
        html.pair(
            (_your_turn(change), html.quote(said or "(nothing)")),
            ("Another way to say it", html.quote(other.text)),
        ),
        html.paragraph(other.made_by, "quiet"),
        more,
    )


def silent_html(opened: OpenPlay, *, example: bool = True) -> str:
    """A gentle word where the matter was taken up and the feeling was not said."""
    exchanges, turns = opened.play.exchanges, opened.play.turns()
    talk = [Heard(message=turns[2 * n].text, reading=e.reading) for n, e in enumerate(exchanges)]
    found = silent_empathy(talk)
    if found is None:
        return ""
    options = wordings("acknowledge", opened.scenario.coaching)
    one = options[opened.play.seed % len(options)]
    return (
        html.heading("Feeling it is not the same as saying it", 3)
        + html.paragraph(silent_words(found, opened.first_name))
        + (html.paragraph(f"One way to put it into words: “{one}”") if example else "")
    )


def silent_words(found: SilentEmpathy, name: str) -> str:
    """What was taken up, what was not said, and why that matters."""
    when = (
        "it is not said in any of your replies"
        if found.said_at is None
        else f"it is first said in your turn {found.said_at}"
    )
    return (
        f"Your replies follow closely what happened, as in your turn {found.closest}. What that is "
        f"like for {name} shows from turn {found.felt_at} on, and {when}. You may well have felt "
        f"it; {name} only knows what is said."
    )


def _your_turn(moment: Highlight) -> str:
    return f"Your turn {(moment.turn + 1) // 2}"


def _skill(opened: OpenPlay, competency: str) -> str:
    return opened.rubric.competency(competency).name


def _rated(opened: OpenPlay) -> bool:
    """Whether there was enough to go by for a level at all."""
    card = opened.record.scorecard
    return card is not None and any(s.level is not None for s in card.competencies.values())


def _states(opened: OpenPlay, turn: int) -> tuple[CounterpartState, CounterpartState]:
    """How the counterpart was before and after this turn of the transcript."""
    before, after = opened.play.states()[turn // 2 : turn // 2 + 2]
    return before, after


def _even_so(opened: OpenPlay, change: Highlight) -> str:
    """What a reply did; one that is worth changing may have done good all the same."""
    before, after = _states(opened, change.turn)
    tension = TENSION_NAMES[opened.scenario.program]
    beat = opened.play.exchanges[change.turn // 2].beat
    did = effect(before, after, beat, opened.first_name, tension)
    if after.understood - before.understood <= HELPED or beat.cue in HARMFUL:
        return did
    return f"Even so, {did}" if _missing(change) else did.replace("After this", "Even so", 1)


def _missing(change: Highlight) -> bool:
    """Whether the reply is fine as far as it goes."""
    return change.reason.startswith("missing:")
