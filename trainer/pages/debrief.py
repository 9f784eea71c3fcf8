"""The debrief: what the words did, one strength, one change, the levels with their quotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import gradio as gr

from rubrics.highlights import Highlight, Highlights
from rubrics.model import CompetencyScore
from scenarios.model import Ending
from trainer.pages import charts, html
from trainer.pages.conversation import said_html
from trainer.pages.suggestion import Suggested, suggest
from trainer.pages.texts import ENDINGS, SIMULATED, TAGS, TENSION_NAMES
from trainer.practice import OpenPlay, Practice
from trainer.rewording import reword


@dataclass(frozen=True)
class Debrief:
    """The section's components; ``turn`` is the reply (from 0) to try again from."""

    column: gr.Column
    moments: gr.HTML
    turn: gr.Number
    retry: gr.Button
    levels: gr.HTML


def render() -> Debrief:
    """Lay the section out."""
    with gr.Column(visible=False) as column:
        moments = gr.HTML(label="Debrief")
        turn = gr.Number(0, visible="hidden", label="Turn")
        retry = gr.Button("Try again", variant="primary", elem_classes="at-narrow")
        levels = gr.HTML(label="Level by level", elem_id="debrief-levels")
    return Debrief(column, moments, turn, retry, levels)


def updates(section: Debrief, practice: Practice, opened: OpenPlay) -> dict[Any, Any]:
    """The debrief of this play."""
    found = practice.highlights(opened)
    change = found.change
    turn = (change.turn - 1) // 2 if change else 0
    return {
        section.moments: moments_html(opened, found),
        section.levels: html.page(
            levels_html(opened),
            html.heading("The conversation, marked"),
            transcript_html(opened),
            next_html(suggest(practice, opened.owner)),
        ),
        section.turn: turn,
        section.retry: gr.update(
            value=f"Try again from your turn {turn + 1}", visible=bool(opened.play.exchanges)
        ),
    }


def moments_html(opened: OpenPlay, found: Highlights) -> str:
    """What the words did, one thing to keep, one to change."""
    ending = ENDINGS[Ending(opened.record.ending or "open")].format(name=opened.first_name)
    return html.page(
        html.heading("What your words did", 1),
        html.paragraph(ending, "lead"),
        curve_html(opened, found),
        strength_html(opened, found.strength),
        change_html(opened, found.change),
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
        scale={0.0: "low", 0.5: "medium", 1.0: "high"},
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
    """One thing that worked, in the employee's own words."""
    if strength is None:
        text = "Nothing stood out yet. A longer conversation gives more to see."
        return html.card(html.heading("Keep"), html.paragraph(text))
    return html.card(
        html.heading(f"Keep: {_skill(opened, strength.competency)}"),
        html.quote(strength.quote),
        html.paragraph(strength.text),
        html.paragraph(_effect(opened, strength.turn), "quiet"),
    )


def change_html(opened: OpenPlay, change: Highlight | None) -> str:
    """One thing to change, with another way to say the same sentence."""
    if change is None:
        text = "Nothing in this conversation calls for a change first. Try a harder one."
        return html.card(html.heading("Change"), html.paragraph(text))
    said = opened.play.turns()[change.turn].text
    reading = opened.play.readings()[change.turn]
    coaching, seed = opened.scenario.coaching, opened.play.seed
    other = reword(said, reading, change.competency, coaching, seed)
    return html.card(
        html.heading(f"Change: {_skill(opened, change.competency)}"),
        html.paragraph(f"Your turn {(change.turn + 1) // 2}:", "quiet"),
        html.quote(said or "(nothing)"),
        html.paragraph(change.text),
        html.paragraph(_effect(opened, change.turn), "quiet"),
        html.paragraph("Another way to say it:", "quiet"),
        html.note(other, "at-good"),
    )


def _skill(opened: OpenPlay, competency: str) -> str:
    return opened.rubric.competency(competency).name


def _effect(opened: OpenPlay, turn: int) -> str:
    """What that reply did to the counterpart, from the record of their state."""
    before, after = opened.play.states()[turn // 2 : turn // 2 + 2]
    name = opened.first_name
    if after.disclosed > before.disclosed:
        return f"After this, {name} told you something new."
    if after.understood - before.understood > 0.02:
        return f"After this, {name} felt more understood."
    if after.tension - before.tension > 0.02:
        tension = TENSION_NAMES[opened.scenario.program].lower()
        return f"After this, {name}'s {tension} rose."
    return f"After this, little changed for {name}."


def levels_html(opened: OpenPlay) -> str:
    """Every competency: its level on the scale with quotes, or why there is none."""
    card = opened.record.scorecard
    if card is None:
        return ""
    intro = (
        "A dot is where the evidence points; the band is how sure that is (90%). Levels are about "
        "the words of this conversation, from 0, worked against it, to 4, well and fitted to them."
    )
    cards = (_level_html(opened, name, score) for name, score in card.competencies.items())
    versions = ", ".join(f"{what}: {version}" for what, version in card.versions.items())
    return (
        html.heading("Level by level")
        + html.paragraph(intro, "quiet")
        + "".join(cards)
        + html.details("What made these levels", html.paragraph(versions, "quiet"))
    )


def _level_html(opened: OpenPlay, name: str, score: CompetencyScore) -> str:
    competency = opened.rubric.competency(name)
    head = html.heading(competency.name, 3)
    own = opened.record.self_ratings.get(name)
    self_rating = html.paragraph(f"You said {own:.0f}.", "quiet") if own is not None else ""
    if score.level is None:
        status = score.status.replace("_", " ").capitalize()
        return html.card(head, html.paragraph(f"{status}. {score.reason or ''}"), self_rating)
    anchor = min(competency.anchors, key=lambda a: abs(a.level - (score.level or 0)))
    quotes = "".join(
        html.quote(evidence.quote)
        + html.paragraph(f"your turn {(evidence.turn + 1) // 2}", "quiet")
        for evidence in score.evidence
    )
    slips = [TAGS[tag] for tag in score.tags if tag in TAGS]
    return html.card(
        head,
        html.scale(score.level, score.se or 0.0),
        html.paragraph(f"Nearest description: {anchor.text}"),
        self_rating,
        html.details("The words it rests on", quotes) if quotes else "",
        html.paragraph(f"Worth another look: {', '.join(slips)}.", "quiet") if slips else "",
    )


def transcript_html(opened: OpenPlay) -> str:
    """The conversation with the evidence and the slips marked and labelled."""
    bubbles = []
    for number, turn in enumerate(opened.play.turns()):
        if turn.speaker == "counterpart":
            name = f"{opened.scenario.counterpart.name} ({SIMULATED})"
            bubbles.append(html.bubble(name, html.marked(turn.text, ()), mine=False))
            continue
        exchange = opened.play.exchanges[number // 2]
        who = f"You, turn {number // 2 + 1}" + (" (after a hint)" if exchange.assisted else "")
        body = html.marked(turn.text, _marks(opened, number)) if turn.text else said_html("")
        bubbles.append(html.bubble(who, body, mine=True))
    return html.talk(bubbles, "The conversation with marks")


def _marks(opened: OpenPlay, number: int) -> Iterable[html.Mark]:
    """Slips first, because where two marks overlap the earlier one stands."""
    for hit in opened.play.exchanges[number // 2].reading.tags:
        yield html.Mark(hit.start, hit.end, TAGS[hit.tag.value], good=False)
    card = opened.record.scorecard
    for name, score in (card.competencies if card else {}).items():
        for evidence in score.evidence:
            if evidence.turn == number and (score.level or 0) >= 2:
                yield html.Mark(evidence.start, evidence.end, _skill(opened, name))


def next_html(suggested: Suggested) -> str:
    """What to practise next, and a bridge to the real world."""
    scenario = suggested.scenario
    address = f"/practise?scenario={scenario.id}"
    return html.card(
        html.heading("Next"),
        html.paragraph(suggested.reason),
        f"<p>{html.link(scenario.title, address, 'at-button second')}"
        f"{html.link('My progress', '/progress', 'at-button second')}</p>",
        html.paragraph(
            "One small thing for this week: pick a real conversation, and use one sentence from "
            "here in it, in your own words.",
            "quiet",
        ),
    )
