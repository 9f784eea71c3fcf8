"""What the words did: the curve, one thing to keep, one to change, and feeling left unsaid."""

from itertools import pairwise

from rubrics.acts.reading import Act
from rubrics.highlights import Highlight, Highlights
from scenarios.model import Ending
from trainer.coach import wordings
from trainer.effects import effect
from trainer.pages import charts, html
from trainer.pages.texts import ENDINGS, TENSION_NAMES
from trainer.practice import OpenPlay
from trainer.rewording import another_way, need_of
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
    silent = silent_html(opened)
    same = found.change is not None and found.change.reason in _UNSAID
    return html.page(
        html.heading("What your words did", 1),
        html.paragraph(ending, "lead"),
        beside or curve_html(opened, found),
        strength_html(opened, found.strength),
        change_html(opened, found.change, other, silent if same else ""),
        html.card(silent) if silent and not same else "",
    )


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
        return f"{name}'s {tension} fell, most of all after your turn {turn}."
    if change > 0.1:
        turn = 1 + steps.index(max(steps))
        return f"{name}'s {tension} rose, most of all after your turn {turn}."
    return f"{name}'s {tension} stayed about where it was."


def strength_html(opened: OpenPlay, strength: Highlight | None) -> str:
    """One thing that worked, in the employee's own words, and a second way to do the same."""
    if strength is None:
        text = "Nothing stood out yet. A longer conversation gives more to see."
        return html.card(html.heading("Keep"), html.paragraph(text))
    need, seed = need_of(strength.competency), f"{opened.play.seed}:{strength.quote}"
    other = another_way(need, opened.scenario.coaching, seed)
    return html.card(
        html.heading(f"Keep: {_skill(opened, strength.competency)}"),
        html.paragraph(strength.text),
        html.paragraph(_effect(opened, strength.turn)),
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
        text = "Nothing in this conversation calls for a change first. Try a harder one."
        return html.card(html.heading("Change"), html.paragraph(text))
    said = opened.play.turns()[change.turn].text
    return html.card(
        html.heading(f"Change: {_skill(opened, change.competency)}"),
        html.paragraph(change.text),
        html.paragraph(_even_so(opened, change.turn) + _effect(opened, change.turn)),
        html.pair(
            (_your_turn(change), html.quote(said or "(nothing)")),
            ("Another way to say it", html.quote(other.text)),
        ),
        html.paragraph(other.made_by, "quiet"),
        more,
    )


def silent_html(opened: OpenPlay) -> str:
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
        + html.paragraph(f"One way to put it into words: “{one}”")
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


def _even_so(opened: OpenPlay, turn: int) -> str:
    """A reply that is worth changing may have done good all the same, and that is said."""
    before, after = opened.play.states()[turn // 2 : turn // 2 + 2]
    return "Even so, " if after.understood - before.understood > HELPED else ""


def _effect(opened: OpenPlay, turn: int) -> str:
    number = turn // 2
    before, after = opened.play.states()[number : number + 2]
    tension = TENSION_NAMES[opened.scenario.program]
    beat = opened.play.exchanges[number].beat
    return effect(before, after, beat, opened.first_name, tension)
