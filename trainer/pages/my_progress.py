"""My progress: what changed, in words; the skills over time; every conversation; delete."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import gradio as gr
from gradio.components import Navbar

from progress import skills
from progress.errors import StoreError
from progress.play import PlaySummary
from scenarios import library
from scenarios.model import Ending
from trainer.pages import charts, html, own_view
from trainer.pages.session_user import UserOf
from trainer.pages.suggestion import competency_names, profile, seen_by
from trainer.pages.texts import ENDINGS, PRIVATE, title_of, when
from trainer.practice import Practice

EVERYTHING = "all"
QUIET: dict[str, Any] = {"api_visibility": "private"}


@dataclass(frozen=True)
class ProgressPage:
    """The page's components and events; ``target`` is what the address asks to delete."""

    practice: Practice
    user_of: UserOf
    body: gr.HTML
    question: gr.HTML
    confirm: gr.Column
    target: gr.State

    def load(self, request: gr.Request) -> tuple[str, str, Any, str]:
        """The page, and the question before anything is deleted."""
        target = request.query_params.get("delete", "")
        try:
            user = self.user_of(request)
            question = self._question(user, target)
            body = page_html(self.practice, user)
            return body, question, gr.update(visible=bool(question)), target
        except (StoreError, ValueError) as error:
            return html.page(html.note(str(error))), "", gr.update(visible=False), ""

    def delete(self, target: str, request: gr.Request) -> tuple[str, str, Any, str]:
        """Delete for good what the question was about."""
        try:
            user = self.user_of(request)
            if target == EVERYTHING:
                self.practice.store.delete_all(user=user)
                user = self.user_of(request)
            else:
                self.practice.store.delete_play(user=user, play_id=UUID(target))
            done = html.page(html.note("Deleted. Nothing of it is kept.", "at-good"))
            return done + page_html(self.practice, user), "", gr.update(visible=False), ""
        except (StoreError, ValueError) as error:
            return html.page(html.note(str(error))), "", gr.update(visible=False), ""

    def _question(self, user: UUID, target: str) -> str:
        if not target:
            return ""
        what = "everything: every conversation, score and self-rating"
        if target != EVERYTHING:
            play = self.practice.store.load_play(user=user, play_id=UUID(target))
            what = f"“{title_of(play.scenario_id)}” of {when(play.started_at)}"
        return html.page(
            html.heading(f"Delete {what}?"),
            html.paragraph("It is gone for good; there is no copy to bring back."),
        )


def build(blocks: gr.Blocks, practice: Practice, user_of: UserOf) -> None:
    """Put the page together."""
    Navbar(main_page_name="Start")
    with gr.Column(visible=False, elem_id="delete", elem_classes="at-narrow") as confirm:
        question = gr.HTML(label="Delete?")
        button = gr.Button("Delete for good", variant="primary")
        gr.HTML(html.page(f"<p>{html.link('Keep it', '/progress', 'at-button second')}</p>"))
    body = gr.HTML(label="My progress")
    page = ProgressPage(practice, user_of, body, question, confirm, gr.State(""))
    outputs = [page.body, page.question, page.confirm, page.target]
    blocks.load(page.load, outputs=outputs, **QUIET)
    button.click(page.delete, page.target, outputs, **QUIET)


def page_html(practice: Practice, user: UUID) -> str:
    """The whole page in words first, then the skills, then the history."""
    history = practice.history(user)
    if not history:
        return html.page(
            html.heading("My progress", 1),
            html.paragraph(
                "Nothing here yet. After your first conversation you find here what changes, "
                "skill by skill, and every conversation to read again."
            ),
            f"<p>{html.link('Start a practice', '/', 'at-button')}</p>",
        )
    believed, seen = profile(practice, user), seen_by(practice, user)
    rated = {name: e for name, e in believed.skills.items() if e.n}
    return html.page(
        html.heading("My progress", 1),
        html.paragraph(summary(believed), "lead"),
        html.paragraph(f"{PRIVATE} Hints and second tries do not count towards these.", "quiet"),
        html.cards(skill_html(n, skill, seen) for n, skill in rated.items() if skill.enough),
        too_early_html({name: e for name, e in rated.items() if not e.enough}),
        own_view.progress_html(practice, user),
        html.heading("Your conversations"),
        history_html(history),
        _your_data(),
    )


def summary(believed: skills.Profile) -> str:
    """What changed, or how much is missing until that can be said."""
    names = competency_names()
    moved = [f"{names[c]}: {e.change}" for c, e in believed.skills.items() if _moved(e)]
    if moved:
        return "; ".join(moved) + "."
    overall = believed.overall
    if overall is None:
        return "Nothing is rated yet: four replies in a conversation are the least that tells."
    if overall.still_needed:
        return overall.still_needed
    return "Too early to tell whether anything changed. That is usual at this point."


def _moved(skill: skills.Estimate) -> bool:
    return skill.change != "too early to tell"


def skill_html(name: str, skill: skills.Estimate, seen: Sequence[skills.Observation]) -> str:
    """One skill: where it is, how sure that is, and how it got there."""
    title = competency_names()[name]
    error = (skill.high - skill.low) / (2 * html.Z90)
    band = skill.band or ""
    return html.card(
        html.heading(f"{title}: {skill.change}"),
        html.scale(skill.mean, error),
        html.paragraph(f"{band[:1].upper()}{band[1:]}, from {_conversations(skill.n)}.", "quiet"),
        html.details("Over time", over_time(f"{title}: {skill.change}", name, seen)),
    )


def too_early_html(unsure: dict[str, skills.Estimate]) -> str:
    """The skills for which there is too little yet, and how much is missing."""
    if not unsure:
        return ""
    names, missing = competency_names(), dict[str, list[str]]()
    for name, skill in unsure.items():
        need = (skill.still_needed or "").removeprefix("Too early to tell: ")
        missing.setdefault(need, []).append(f"{names[name]}: {_conversations(skill.n)} so far")
    lists = (
        html.paragraph(f"{need[:1].upper()}{need[1:]}") + html.bullets(skills)
        for need, skills in missing.items()
    )
    return html.card(html.heading("Too early to tell"), *lists)


def _conversations(count: int) -> str:
    return f"{count} conversation{'s' if count != 1 else ''}"


def over_time(finding: str, name: str, seen: Sequence[skills.Observation]) -> str:
    """The estimate after each conversation with its band, and the table behind it."""
    points = skills.trajectory(seen, name, competencies=list(competency_names()))
    series = charts.Series(
        "estimate",
        [p.mean for p in points],
        low=[p.low for p in points],
        high=[p.high for p in points],
    )
    days = [f"{p.when:%d %b}" for p in points]
    scale = {float(level): str(level) for level in range(5)}
    rows = [(f"{p.when:%d %b %Y}", f"{p.mean:.1f}", f"{p.low:.1f} to {p.high:.1f}") for p in points]
    header = ("Conversation", "Level", "Likely between")
    return charts.line_chart(charts.Chart(finding, [series], days, 4.0, scale)) + html.table(
        header, rows, finding
    )


def history_html(history: Sequence[PlaySummary]) -> str:
    """Every conversation, newest first, with what can be done with it."""
    return "".join(_history_card(play) for play in history)


def _history_card(play: PlaySummary) -> str:
    scenario = library.shipped().get(play.scenario_id)
    name = scenario.counterpart.name.split()[0] if scenario else "They"
    ended = (
        "Not finished." if play.ending is None else ENDINGS[Ending(play.ending)].format(name=name)
    )
    again = " A second try." if play.retry_of else ""
    action = "Go on" if play.phase != "debrief" else "Replay and debrief"
    label = f"{title_of(play.scenario_id)}, {when(play.started_at)}"
    links = [
        html.link(action, f"/practise?play={play.id}", about=label),
        html.link("Delete", f"/progress?delete={play.id}", about=label),
    ]
    return html.card(
        html.heading(title_of(play.scenario_id), 3),
        html.paragraph(f"{when(play.started_at)}. {ended}{again}", "quiet"),
        f"<p>{' · '.join(links)}</p>",
    )


def _your_data() -> str:
    return (
        html.heading("Your data")
        + html.paragraph("All of it is on this computer.", "quiet")
        + f"<p>{html.link('Download everything (JSON)', '/my-data.json')} · "
        + f"{html.link('Delete everything', f'/progress?delete={EVERYTHING}')}</p>"
    )
