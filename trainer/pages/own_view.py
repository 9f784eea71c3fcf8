"""How the employee saw it beside what the evidence shows, for one conversation and over time."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from progress.play import Play
from trainer.calibration import MIN_CONVERSATIONS, Direction, Gap, Rated, gaps
from trainer.pages import html
from trainer.pages.suggestion import competency_names
from trainer.practice import OpenPlay, Practice

#: Conversations looked at, the newest ones.
RECENT = 20
_ONE: dict[Direction, str] = {
    "lower": "You rated yourself lower than the evidence on {skills}. The words quoted there "
    "worked, so count them.",
    "higher": "You rated yourself higher than the evidence on {skills}. The quotes below show "
    "what the level rests on, and what one reply more could add.",
    "alike": "Your rating and the evidence agree on {skills}, as far as one conversation can tell.",
}
_OFTEN: dict[Direction, str] = {
    "lower": "You usually rate yourself lower than the evidence on {skills}. It is going better "
    "there than it feels.",
    "higher": "You usually rate yourself higher than the evidence on {skills}. The quotes in your "
    "debriefs are the best place to look next.",
    "alike": "Your ratings and the evidence usually agree on {skills}.",
}


def debrief_html(opened: OpenPlay) -> str:
    """Self-rating and evidence side by side; empty where nothing was rated by both."""
    rated = list(rated_by_both(opened.record))
    found = gaps(rated)
    if not found:
        return ""
    names = competency_names()
    rows = [
        (names[one.competency], f"{one.own:.0f}", f"{one.level:.1f}", difference(gap))
        for one, gap in zip(rated, found, strict=True)
    ]
    header = ("Skill", "Your rating", "The evidence", "Your rating is")
    return html.card(
        html.heading("How you saw it, and what the words show"),
        *_sentences(found, _ONE),
        html.details("Skill by skill", html.table(header, rows, "Your rating and the evidence")),
    )


def progress_html(practice: Practice, user: UUID) -> str:
    """The same over the latest conversations; empty until something was rated by both."""
    rated = list(_recent(practice, user))
    if not rated:
        return ""
    found = gaps(rated, least=MIN_CONVERSATIONS)
    title = html.heading("How you see it, and what the words show")
    if not found:
        text = (
            f"Too early to tell. It takes {MIN_CONVERSATIONS} conversations in which you rate the "
            "same skill yourself."
        )
        return html.card(title, html.paragraph(text))
    names = competency_names()
    rows = [(names[gap.competency], str(gap.n), difference(gap)) for gap in found]
    header = ("Skill", "Conversations", "Your rating is, on average")
    return html.card(
        title,
        *_sentences(found, _OFTEN),
        html.details("Skill by skill", html.table(header, rows, "Your ratings and the evidence")),
    )


def rated_by_both(record: Play) -> Iterator[Rated]:
    """The competencies that the employee rated and the evidence could."""
    scores = record.scorecard.competencies if record.scorecard else {}
    for name, score in scores.items():
        own = record.self_ratings.get(name)
        if own is not None and score.level is not None:
            yield Rated(competency=name, own=own, level=score.level, se=score.se)


def difference(gap: Gap) -> str:
    """The difference with its interval, in words."""
    return f"{_signed(gap.mean)}, likely {_interval(gap.low, gap.high)}"


def _interval(low: float, high: float) -> str:
    if high < 0:
        return f"{-high:.1f} to {-low:.1f} lower"
    if low > 0:
        return f"{low:.1f} to {high:.1f} higher"
    return f"between {_signed(low)} and {_signed(high)}"


def _signed(levels: float) -> str:
    if abs(levels) < 0.05:
        return "the same"
    return f"{abs(levels):.1f} {'higher' if levels > 0 else 'lower'}"


def _sentences(found: Sequence[Gap], texts: dict[Direction, str]) -> Iterator[str]:
    """A paragraph for each direction; the encouraging one first."""
    names = competency_names()
    for direction, text in texts.items():
        skills = [names[gap.competency] for gap in found if gap.direction == direction]
        if skills:
            yield html.paragraph(text.format(skills=_listed(skills)))


def _listed(skills: Sequence[str]) -> str:
    quoted = [f"“{skill}”" for skill in skills]
    return " and ".join([*([", ".join(quoted[:-1])] if quoted[1:] else []), quoted[-1]])


def _recent(practice: Practice, user: UUID) -> Iterator[Rated]:
    """Ratings of first tries only: a second try is easier to foresee."""
    scored = [p for p in practice.history(user) if p.phase == "debrief" and p.retry_of is None]
    for play in scored[:RECENT]:
        yield from rated_by_both(practice.store.load_play(user=user, play_id=play.id))
