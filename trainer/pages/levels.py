"""Level by level: where the evidence points, how sure that is, and the words it rests on."""

from rubrics.model import Competency, CompetencyScore, Scorecard
from trainer.pages import html, second_rater
from trainer.pages.texts import TAGS
from trainer.practice import OpenPlay

#: So near to a whole level, that level's anchor alone is told.
_AT_THE_LEVEL = 0.25


def levels_html(opened: OpenPlay) -> str:
    """Every competency: its level on the scale with quotes, or why there is none."""
    card = opened.record.scorecard
    if card is None:
        return ""
    intro = (
        "A dot is where the evidence points; the band is how sure that is (90%). Levels are about "
        "the words of this conversation, from 0, worked against it, to 4, well and fitted to them."
    )
    rated = {name: s for name, s in card.competencies.items() if s.level is not None}
    cards = (_level_html(opened, name, score) for name, score in rated.items())
    versions = ", ".join(f"{what}: {version}" for what, version in card.versions.items())
    return (
        html.heading("Level by level")
        + (html.paragraph(intro, "quiet") if rated else "")
        + second_rater.unheard_html(card)
        + html.cards(cards)
        + _without_level_html(opened, card)
        + html.details("What made these levels", html.paragraph(versions, "quiet"))
    )


def _without_level_html(opened: OpenPlay, card: Scorecard) -> str:
    """The competencies without a level, under the reason that they share."""
    reasons: dict[str, list[str]] = {}
    for name, score in card.competencies.items():
        if score.level is None:
            reason = score.reason or score.status.replace("_", " ").capitalize() + "."
            reasons.setdefault(reason, []).append(opened.rubric.competency(name).name)
    lists = (html.paragraph(why) + html.bullets(names) for why, names in reasons.items())
    return html.card(html.heading("No level", 3), *lists) if reasons else ""


def meaning(competency: Competency, level: float) -> str:
    """What the rubric says of the level; between two, what it says of both.

    It is said of the level and not of the person: no conversation shows all that an anchor names.
    """
    at = [f"“{a.text}”" for a in competency.anchors if abs(a.level - level) <= _AT_THE_LEVEL]
    around = [f"“{a.text}”" for a in competency.anchors if abs(a.level - level) < 1]
    return f"The level stands for: {at[0]}" if at else f"Between two levels: {' and '.join(around)}"


def _level_html(opened: OpenPlay, name: str, score: CompetencyScore) -> str:
    competency = opened.rubric.competency(name)
    head = html.heading(competency.name, 3)
    own = opened.record.self_ratings.get(name)
    self_rating = html.paragraph(f"You said {own:.0f}.", "quiet") if own is not None else ""
    level = score.level or 0.0
    quotes = "".join(
        html.quote(evidence.quote)
        + html.paragraph(f"your turn {(evidence.turn + 1) // 2}", "quiet")
        for evidence in score.evidence
    )
    slips = [TAGS[tag] for tag in score.tags if tag in TAGS]
    return html.card(
        head,
        html.scale(level, score.se or 0.0),
        second_rater.apart_html(score),
        html.paragraph(meaning(competency, level)),
        self_rating,
        html.details("The words it rests on", quotes) if quotes else "",
        second_rater.said_html(score),
        html.paragraph(f"Worth another look: {', '.join(slips)}.", "quiet") if slips else "",
    )
