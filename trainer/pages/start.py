"""The start page: what this is, and one click to a first practice."""

from uuid import UUID

import gradio as gr
from gradio.components import Navbar

from progress.errors import StoreError
from progress.play import PlaySummary
from trainer.judging import judged_line
from trainer.pages import html
from trainer.pages.session_user import UserOf
from trainer.pages.suggestion import Suggested, suggest
from trainer.pages.texts import title_of, when
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
    if unfinished:
        parts.append(_go_on(unfinished[0]))
    parts.append(_suggested(suggested, first=not unfinished))
    parts.append(_elsewhere())
    parts.append(_first_visit() if not history else "")
    line = judged_line(practice.engine.voice_line, practice.second_rater)
    parts.append(html.paragraph(line, "quiet"))
    return html.page(*parts)


def _go_on(play: PlaySummary) -> str:
    """The latest conversation that is not finished."""
    turns = f"{play.replies} {'reply' if play.replies == 1 else 'replies'} so far"
    address = f"/practise?play={play.id}"
    return html.card(
        html.heading(title_of(play.scenario_id)),
        html.paragraph(f"Begun {when(play.started_at)}, {turns}. All of it is saved.", "quiet"),
        f"<p>{html.link('Go on where you stopped', address, 'at-button')}</p>",
    )


def _suggested(suggested: Suggested, *, first: bool) -> str:
    """The practice to start next; ``first`` where it is the one thing to do."""
    scenario = suggested.scenario
    note = scenario.safety.content_note
    start = html.link(
        f"Start a {scenario.minutes}-minute practice",
        f"/practise?scenario={scenario.id}",
        "at-button" if first else "at-button second",
    )
    return html.card(
        html.heading(scenario.title if first else f"Or something new: {scenario.title}"),
        html.paragraph(scenario.summary),
        html.paragraph(suggested.reason, "quiet"),
        html.paragraph(f"Content note: {note}", "quiet") if note else "",
        f"<p>{start}</p>",
    )


def _elsewhere() -> str:
    choose = html.link("Choose another", "/practise", "at-button second")
    return f"<p>{choose}{html.link('My progress', '/progress', 'at-button second')}</p>"


def _first_visit() -> str:
    return html.heading("Good to know", 2) + html.bullets(
        [
            "Practice is private to you. It is kept on this computer, and you can delete it.",
            "Scores are about the words in a conversation, not about you. Each rests on quotes "
            "from what you wrote, and says how sure it is.",
            "The person you talk to is simulated. You can pause or stop at any time.",
        ]
    )
