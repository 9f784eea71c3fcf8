"""What a second rater adds to the debrief."""

from rubrics.combining import second_rater_note
from rubrics.model import CompetencyScore, Scorecard
from trainer.pages import html


def unheard_html(card: Scorecard) -> str:
    """Said where a second rater was asked and gave no usable answer."""
    note = second_rater_note(card)
    return html.paragraph(note, "quiet") if note else ""


def apart_html(score: CompetencyScore) -> str:
    """Said where two raters are far apart."""
    return html.note(score.reason or "") if score.disagreement else ""


def said_html(score: CompetencyScore) -> str:
    """The second rater's own level and reason, to unfold."""
    said = score.judgement
    if said is None or said.level is None:
        return ""
    level = f"The language model {said.model} gave {said.level:.1f}. {said.because}"
    return html.details("What the second rater said", html.paragraph(level, "quiet"))
