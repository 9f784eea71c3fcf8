"""The start page: what this is, and one click to a first practice."""

from uuid import UUID

import gradio as gr
from gradio.components import Navbar

from progress.errors import StoreError
from trainer.judging import judged_line
from trainer.pages import html
from trainer.pages.session_user import UserOf
from trainer.pages.suggestion import Suggested, suggest
from trainer.practice import Practice


def build(blocks: gr.Blocks, practice: Practice, user_of: UserOf) -> None:
    """Put the page together."""
    Navbar(main_page_name="Start")
    body = gr.HTML(label="Start")

    def show(request: gr.Request) -> str:
        try:
            return _page(practice, user_of(request), paused="paused" in request.query_params)
        except StoreError as error:
            return html.page(html.heading("Attune", 1), html.note(str(error)))

    blocks.load(show, outputs=body, api_visibility="private")


def _page(practice: Practice, user: UUID, *, paused: bool) -> str:
    history = practice.history(user)
    suggested = suggest(practice, user)
    unfinished = [play for play in history if play.phase != "debrief"]
    parts = [html.heading("Practise a hard conversation before you have it", 1)]
    if paused:
        parts.append(html.note("Saved. You can go on whenever you like.", "at-good"))
    parts.append(
        html.paragraph(
            "Write to a simulated person who reacts to what you say. Then see what your words did, "
            "with quotes, and try again.",
            "lead",
        )
    )
    parts.append(_actions(suggested, unfinished[0].id if unfinished else None))
    parts.append(_first_visit() if not history else "")
    line = judged_line(practice.engine.voice_line, practice.second_rater)
    parts.append(html.paragraph(line, "quiet"))
    return html.page(*parts)


def _actions(suggested: Suggested, unfinished: UUID | None) -> str:
    scenario = suggested.scenario
    start = html.link(
        f"Start a {scenario.minutes}-minute practice",
        f"/practise?scenario={scenario.id}",
        "at-button",
    )
    lines = [start]
    if unfinished:
        lines.append(
            html.link("Go on where you stopped", f"/practise?play={unfinished}", "at-button second")
        )
    lines.append(html.link("Choose another", "/practise", "at-button second"))
    lines.append(html.link("My progress", "/progress", "at-button second"))
    content_note = scenario.safety.content_note
    return html.card(
        html.heading(scenario.title),
        html.paragraph(scenario.summary),
        html.paragraph(suggested.reason, "quiet"),
        html.paragraph(f"Content note: {content_note}", "quiet") if content_note else "",
        f"<p>{''.join(lines)}</p>",
    )


def _first_visit() -> str:
    return html.heading("Good to know", 2) + html.bullets(
        [
            "Practice is private to you. It is kept on this computer, and you can delete it.",
            "Scores are about the words in a conversation, not about you. Each rests on quotes "
            "from what you wrote, and says how sure it is.",
            "The person you talk to is simulated. You can pause or stop at any time.",
        ]
    )
