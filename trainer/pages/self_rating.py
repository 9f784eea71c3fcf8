"""“How do you think it went?”: the same levels that the scorecard uses, before it is shown."""

from dataclasses import dataclass

import gradio as gr

from rubrics.model import Competency
from trainer.pages import html
from trainer.practice import OpenPlay

LEVELS = [
    ("0 worked against it", 0),
    ("1 hardly", 1),
    ("2 in part", 2),
    ("3 well", 3),
    ("4 well, fitted to them", 4),
]
MOST = 8


@dataclass(frozen=True)
class SelfRating:
    """The section's components; as many scales as a rubric has competencies at most."""

    column: gr.Column
    intro: gr.HTML
    scales: list[gr.Radio]
    done: gr.Button
    skip: gr.Button


def render() -> SelfRating:
    """Lay the section out."""
    with gr.Column(visible=False, elem_classes="at-narrow") as column:
        intro = gr.HTML(label="How do you think it went?")
        scales = [gr.Radio(LEVELS, label=f"Skill {n + 1}", visible=False) for n in range(MOST)]
        with gr.Row():
            done = gr.Button("See what my words did", variant="primary")
            skip = gr.Button("Skip this")
    return SelfRating(column, intro, scales, done, skip)


def intro_html(opened: OpenPlay) -> str:
    """Why this comes first, and what may be left out."""
    return html.page(
        html.heading("How do you think it went?", 1),
        html.paragraph(
            "A minute, before you see anything. Leave out what you cannot tell. Comparing the two "
            "later shows where you are harder, or easier, on yourself than the evidence is."
        ),
        html.details("What the levels mean", _anchors_html(opened)),
    )


def _anchors_html(opened: OpenPlay) -> str:
    """Two descriptions of each skill, to compare with."""
    rows = []
    for competency in exercised(opened):
        anchors = {a.level: a.text for a in competency.anchors}
        rows.append((competency.name, anchors[1], anchors[3]))
    return html.table(("Skill", "1 is like", "3 is like"), rows, "What the levels mean")


def exercised(opened: OpenPlay) -> list[Competency]:
    """The competencies that this scenario gives an opportunity for."""
    wanted = opened.scenario.opportunities
    return [c for c in opened.rubric.competencies if c.id in wanted][:MOST]


def scale_updates(opened: OpenPlay) -> list[dict[str, object]]:
    """One update a scale: its question, or hidden."""
    updates: list[dict[str, object]] = []
    for competency in exercised(opened):
        about = {"label": competency.name, "info": competency.question}
        updates.append(gr.update(**about, visible=True, value=None))
    updates.extend([gr.update(visible=False)] * (MOST - len(updates)))
    return updates


def levels_of(opened: OpenPlay, chosen: tuple[object, ...]) -> dict[str, float]:
    """The ratings given, by competency; whatever was left out is left out."""
    allowed = {value for _, value in LEVELS}
    pairs = zip(exercised(opened), chosen, strict=False)
    return {c.id: float(v) for c, v in pairs if isinstance(v, int) and v in allowed}
