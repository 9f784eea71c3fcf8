"""Choosing a scenario by program, difficulty, length and what it exercises."""

from dataclasses import dataclass
from functools import cache

import gradio as gr

from rubrics import library as rubrics_library
from scenarios import library
from scenarios.model import Scenario
from trainer.pages import html
from trainer.pages.texts import LISTENING, PROGRAMS, difficulty_words

ANY = "any"
LENGTHS = {"up to 8 minutes": (0, 8), "9 to 12 minutes": (9, 12), "longer": (13, 99)}


@dataclass(frozen=True)
class Choose:
    """The section's components."""

    column: gr.Column
    cards: gr.HTML
    filters: list[gr.Dropdown]


def render() -> Choose:
    """Lay the section out; hidden until the page knows that nothing is being played."""
    with gr.Column(visible=False) as column:
        gr.HTML(html.page(html.heading("Choose a conversation", 1), wide=True))
        with gr.Row():
            filters = [
                _filter("Who with", [(name, program) for program, name in PROGRAMS.items()]),
                _filter("Difficulty", [(word, word) for word in ("gentle", "medium", "demanding")]),
                _filter("Length", [(words, words) for words in LENGTHS]),
                _filter("What it exercises", competencies()),
            ]
        cards = gr.HTML(cards_html(list(library.shipped().values())), label="Conversations")
    return Choose(column, cards, filters)


def _filter(label: str, choices: list[tuple[str, str]]) -> gr.Dropdown:
    """One filter, narrow enough for two of them to stand side by side on a phone."""
    return gr.Dropdown([(ANY, ANY), *choices], label=label, min_width=140, filterable=False)


def listen(choose: Choose) -> None:
    """Filter as soon as a filter changes."""
    for dropdown in choose.filters:
        dropdown.change(
            _filtered, choose.filters, choose.cards, api_visibility="private", queue=False
        )


def competencies() -> list[tuple[str, str]]:
    """Every competency of the three programs: name and id, once each."""
    named = {c.id: c.name for p in PROGRAMS for c in rubrics_library.find(p).competencies}
    return [(name, competency_id) for competency_id, name in named.items()]


@cache
def everywhere() -> frozenset[str]:
    """The competencies that every shipped scenario exercises: naming them tells none apart."""
    return frozenset.intersection(*(frozenset(s.opportunities) for s in library.shipped().values()))


def matches(scenario: Scenario, program: str, difficulty: str, length: str, skill: str) -> bool:
    """Whether a scenario passes the four filters."""
    low, high = LENGTHS.get(length, (0, 99))
    return (
        program in (ANY, scenario.program)
        and difficulty in (ANY, difficulty_words(scenario.difficulty))
        and low <= scenario.minutes <= high
        and (skill == ANY or skill in scenario.opportunities)
    )


def _filtered(program: str, difficulty: str, length: str, skill: str) -> str:
    found = [
        s for s in library.shipped().values() if matches(s, program, difficulty, length, skill)
    ]
    return cards_html(found)


def cards_html(scenarios: list[Scenario]) -> str:
    """A card a scenario, or what to do when none is left."""
    if not scenarios:
        return html.page(html.note("No conversation fits all four. Set one of them back to “any”."))
    cards = "".join(_card(scenario) for scenario in scenarios)
    return html.page(f'<div class="at-grid">{cards}</div>', wide=True)


def _address(scenario: Scenario) -> str:
    return f"/practise?scenario={scenario.id}"


def _card(scenario: Scenario) -> str:
    names = {c.id: c.name for c in rubrics_library.find(scenario.program).competencies}
    facts = (
        f"{PROGRAMS[scenario.program]}, {scenario.minutes} minutes, "
        f"{difficulty_words(scenario.difficulty)}"
    )
    special = [
        f"“{names[c]}”" for c in scenario.opportunities if c in names and c not in everywhere()
    ]
    note = scenario.safety.content_note
    return html.card(
        html.heading(scenario.title),
        html.paragraph(facts, "quiet"),
        html.paragraph(scenario.summary),
        html.paragraph(", ".join([LISTENING, *special]), "quiet"),
        html.paragraph(f"Content note: {note}", "quiet") if note else "",
        f"<p>{html.link('Start', _address(scenario), 'at-button', about=scenario.title)}</p>",
    )
