"""The debrief: what the words did, another try from any turn, the levels with their quotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rubrics.highlights import Highlight
from trainer.pages import branches, html, own_view
from trainer.pages.conversation import said_html
from trainer.pages.levels import levels_html
from trainer.pages.moments import moments_html
from trainer.pages.suggestion import Suggested, suggest
from trainer.pages.texts import SIMULATED, TAGS
from trainer.practice import OpenPlay, Practice

_SHOWN = 60


@dataclass(frozen=True)
class Debrief:
    """The section's components; ``turn`` is the reply (from 0) to try again from."""

    column: gr.Column
    moments: gr.HTML
    turn: gr.Dropdown
    retry: gr.Button
    levels: gr.HTML


def render() -> Debrief:
    """Lay the section out."""
    with gr.Column(visible=False) as column:
        moments = gr.HTML(label="Debrief")
        with gr.Column(elem_id="try-again", elem_classes="at-narrow"):
            turn = gr.Dropdown(
                label="Where to try again from",
                info="Everything before that turn stays as it was, and so does their mood.",
                filterable=False,
            )
            retry = gr.Button("Try again", variant="primary")
        levels = gr.HTML(label="Level by level", elem_id="debrief-levels")
    return Debrief(column, moments, turn, retry, levels)


def listen(section: Debrief) -> None:
    """The button says which turn is chosen."""
    section.turn.input(
        retry_label, section.turn, section.retry, queue=False, api_visibility="private"
    )


def retry_label(turn: int | None) -> str:
    """What the button says for this reply (from 0)."""
    return f"Try again from your turn {int(turn or 0) + 1}"


def updates(
    section: Debrief, practice: Practice, opened: OpenPlay, again: int | None = None
) -> dict[Any, Any]:
    """The debrief of this play; ``again`` is the turn that the address asks to try again from."""
    turns = turn_choices(opened)
    turn = again if again in {number for _, number in turns} else marked_turn(practice, opened)
    return {
        section.moments: upper_html(practice, opened),
        section.levels: html.page(
            branches.other_tries_html(practice.other_tries(opened)),
            own_view.debrief_html(opened),
            levels_html(opened),
            html.heading("The conversation, marked"),
            transcript_html(opened),
            next_html(suggest(practice, opened.owner)),
        ),
        section.turn: gr.update(choices=turns, value=turn if turns else None, visible=bool(turns)),
        section.retry: gr.update(value=retry_label(turn), visible=bool(turns)),
    }


def upper_html(practice: Practice, opened: OpenPlay, *, wait: bool = False) -> str:
    """The moments; with ``wait`` a language model may be asked for the other wording."""
    found = practice.highlights(opened)
    other = practice.rewording(opened, found.change, wait=wait) if found.change else None
    first = practice.first_try(opened)
    beside = branches.branches_html(first, opened) if first else ""
    return moments_html(opened, found, other, beside)


def waits(practice: Practice, opened: OpenPlay) -> bool:
    """Whether a better wording than the one shown may be had by asking for it."""
    change: Highlight | None = practice.highlights(opened).change
    return change is not None and practice.rewording(opened, change).pending


def marked_turn(practice: Practice, opened: OpenPlay) -> int:
    """The reply (from 0) that is most worth another try."""
    change = practice.highlights(opened).change
    return change.turn // 2 if change else opened.record.retry_turn or 0


def turn_choices(opened: OpenPlay) -> list[tuple[str, int]]:
    """Every reply as a choice: its number and how it begins."""
    return [
        (f"Turn {number + 1}: {_beginning(exchange.reply)}", number)
        for number, exchange in enumerate(opened.play.exchanges)
    ]


def _beginning(reply: str) -> str:
    text = " ".join(reply.split()) or "(says nothing)"
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"


def transcript_html(opened: OpenPlay) -> str:
    """The conversation with the evidence and the slips marked and labelled."""
    parts = []
    for number, turn in enumerate(opened.play.turns()):
        if turn.speaker == "counterpart":
            name = f"{opened.scenario.counterpart.name} ({SIMULATED})"
            parts.append(html.bubble(name, html.marked(turn.text, ()), mine=False))
            continue
        exchange = opened.play.exchanges[number // 2]
        who = f"You, turn {number // 2 + 1}" + (" (after a hint)" if exchange.assisted else "")
        body = html.marked(turn.text, _marks(opened, number)) if turn.text else said_html("")
        parts.append(html.bubble(who, body + _again_link(opened, number // 2), mine=True))
    return html.bubbles(parts)


def _again_link(opened: OpenPlay, turn: int) -> str:
    address = f"/practise?play={opened.record.id}&again={turn + 1}"
    link = html.link("Try again from here", address, about=f"your turn {turn + 1}")
    return f'<div class="at-again">{link}</div>'


def _marks(opened: OpenPlay, number: int) -> Iterable[html.Mark]:
    """Slips first, because where two marks overlap the earlier one stands."""
    for hit in opened.play.exchanges[number // 2].reading.tags:
        yield html.Mark(hit.start, hit.end, TAGS[hit.tag.value], good=False)
    card = opened.record.scorecard
    for name, score in (card.competencies if card else {}).items():
        for evidence in score.evidence:
            if evidence.turn == number and (score.level or 0) >= 2:
                label = opened.rubric.competency(name).name
                yield html.Mark(evidence.start, evidence.end, label)


def next_html(suggested: Suggested) -> str:
    """What to practise next, and a bridge to the real world."""
    scenario = suggested.scenario
    address = f"/practise?scenario={scenario.id}"
    return html.card(
        html.heading("Next"),
        html.paragraph(suggested.reason),
        f"<p>{html.link(f'Start “{scenario.title}”', address, 'at-button second')}"
        f"{html.link('My progress', '/progress', 'at-button second')}</p>",
        html.paragraph(
            "One small thing for this week: pick a real conversation, and use one sentence from "
            "here in it, in your own words.",
            "quiet",
        ),
    )
