"""The conversation: bubbles, how the counterpart seems, the reply box, hint, pause and end."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import gradio as gr

from scenarios.model import Ending
from trainer.coach import is_stuck
from trainer.delivery import band_of
from trainer.pages import html
from trainer.pages.texts import (
    ENDINGS,
    MOODS,
    PRIVATE,
    SIMULATED,
    TENSION_NAMES,
    trust_words,
    understood_words,
)
from trainer.practice import OpenPlay

SECONDS_A_WORD = 0.03


@dataclass(frozen=True)
class Conversation:
    """The section's components."""

    column: gr.Column
    title: gr.HTML
    bubbles: gr.HTML
    notice: gr.HTML
    reply: gr.Textbox
    send: gr.Button
    silent: gr.Button
    hint: gr.Button
    end: gr.Button
    onward: gr.Button
    writing: gr.Column
    brief: gr.HTML
    mood: gr.HTML
    show_mood: gr.Checkbox


def render() -> Conversation:
    """Lay the section out: one column of work, a quiet panel beside it on wide screens."""
    with gr.Column(visible=False) as column:
        title = gr.HTML(label="Title")
        with gr.Row(elem_classes="at-columns"):
            with gr.Column(scale=3, min_width=320):
                bubbles = gr.HTML(label="Conversation", elem_id="talk", autoscroll=True)
                notice = gr.HTML(label="Notice")
                with gr.Column(elem_id="writing") as writing:
                    reply = gr.Textbox(
                        label="Your reply",
                        info=f"{PRIVATE} Enter sends, Shift+Enter makes a new line.",
                        placeholder="What would you say?",
                        lines=1,
                        max_lines=10,
                        elem_id="reply",
                    )
                    with gr.Row(elem_classes="at-buttons"):
                        send = gr.Button("Send", variant="primary", min_width=90)
                        hint = gr.Button("Hint", min_width=90)
                        silent = gr.Button("Say nothing", min_width=120)
                        end = gr.Button("End here", min_width=100)
                    gr.HTML(html.page(_pause_link()))
                onward = gr.Button("Go on", variant="primary", visible=False)
            with gr.Column(scale=2, min_width=300):
                show_mood = gr.Checkbox(True, label="Show how they seem")
                mood = gr.HTML(label="How they seem")
                brief = gr.HTML(label="Brief", elem_id="brief")
    return Conversation(
        column, title, bubbles, notice, reply, send, silent, hint, end, onward, writing,
        brief, mood, show_mood,
    )  # fmt: skip


def _pause_link() -> str:
    link = html.link("Pause", "/?paused=1")
    return f'<p class="quiet">{link}: every turn is saved, go on whenever you like.</p>'


def title_html(opened: OpenPlay) -> str:
    """The scenario's title and who speaks."""
    again = opened.record.retry_turn
    retry = "" if again is None else f"Trying again from your turn {again + 1}. "
    return html.page(
        html.heading(opened.scenario.title, 1),
        html.paragraph(retry + opened.voice_line, "quiet"),
        wide=True,
    )


def bubbles_html(opened: OpenPlay, shown_words: int | None = None) -> str:
    """The conversation; ``shown_words`` limits the latest counterpart message while it streams."""
    turns = opened.play.turns()
    parts = []
    for number, turn in enumerate(turns):
        text = turn.text
        if shown_words is not None and number == len(turns) - 1:
            text = " ".join(text.split(" ")[:shown_words])
        if turn.speaker == "employee":
            parts.append(html.bubble("You", said_html(text), mine=True))
        else:
            name = f"{opened.scenario.counterpart.name} ({SIMULATED})"
            parts.append(html.bubble(name, escape(text), mine=False))
    label = f"Conversation with {opened.scenario.counterpart.name}"
    return html.page(html.talk(parts, label, busy=shown_words is not None))


def said_html(text: str) -> str:
    """An employee's words, or that they said nothing."""
    return escape(text) if text else '<span class="silent">(says nothing)</span>'


def stream(opened: OpenPlay) -> Iterator[str]:
    """The latest counterpart message word by word; it is stored already."""
    words = opened.play.turns()[-1].text.count(" ") + 1
    for shown in range(1, words):
        yield bubbles_html(opened, shown)
        time.sleep(SECONDS_A_WORD)


def brief_html(opened: OpenPlay) -> str:
    """Who, what happened, what you know, what you may offer; folded once the talk has begun."""
    scenario = opened.scenario
    brief, note = scenario.brief, scenario.safety.content_note
    begun = bool(opened.play.exchanges)
    body = (
        html.paragraph(brief.you_are)
        + html.paragraph(brief.situation)
        + html.paragraph(f"Your aim: {brief.goal}")
        + html.heading("What you know", 3)
        + html.bullets(brief.you_know)
        + html.details(
            "What you may say and offer", html.bullets([p.text for p in scenario.may_offer])
        )
        + (html.paragraph(f"Content note: {note}", "quiet") if note else "")
    )
    return html.page(html.card(html.details("Your brief", body, unfolded=not begun)))


def mood_html(opened: OpenPlay) -> str:
    """How the counterpart seems: a sentence and three small bars."""
    state, program = opened.play.state, opened.scenario.program
    mood = MOODS[program][band_of(state.tension)]
    understood, trust = understood_words(state.understood), trust_words(state.trust)
    rows = [
        (TENSION_NAMES[program], state.tension, mood),
        ("Feels understood", state.understood, understood),
        ("Trust", state.trust, trust),
    ]
    return html.page(
        html.card(
            html.heading(f"How {opened.first_name} seems", 2),
            html.paragraph(f"{opened.first_name} seems {mood} and {understood}."),
            html.gauge(rows),
        )
    )


def notice_html(opened: OpenPlay, messages: Sequence[str] = ()) -> str:
    """Messages, hints taken for this reply, an offer of one when stuck, or how it ended."""
    notes = [html.note(message) for message in messages]
    if opened.record.ending is not None:
        words = ENDINGS[Ending(opened.record.ending)].format(name=opened.first_name)
        notes.append(html.note(words, "at-good"))
    else:
        notes.extend(html.note(f"Hint: {text}", "at-good") for text in opened.hints_now)
        if is_stuck(opened.play.state) and not opened.hints_now:
            notes.append(html.note("Not getting through? A hint is one button away.", "at-good"))
    return html.page(*notes) if notes else ""
