"""Two raters' scorecards of one conversation made into one.

    level = sum(level_i / se_i^2) / sum(1 / se_i^2)

Its standard error is never less than half of what lies between the raters: a conversation on which
they differ counts for less (measurement.md, section 2).
"""

import math

from rubrics.model import CompetencyScore, Evidence, Scorecard

#: Raters further apart than this disagree.
APART = 1.0
#: The gain that text made to sway a rater must not exceed (validation.md, V8).
RAISE = 0.25
MAX_EVIDENCE = 4
UNKNOWN_SE = 1.0


def combine(local: Scorecard, judged: Scorecard) -> Scorecard:
    """Levels weighed by their standard errors; what the local scorer will not rate stays so.

    A model can be talked into a level and the local scorer cannot, so a model lowers freely and
    raises little: by no more than ``RAISE``, and not at all where it is more than one level above
    (a person has to look) or where a turn may speak to it.
    """
    swayed = bool(local.flagged_turns or judged.flagged_turns)
    return local.model_copy(
        update={
            "competencies": {
                name: _combined(mine, judged.competencies.get(name), swayed)
                for name, mine in local.competencies.items()
            },
            "versions": {**judged.versions, **local.versions},
        }
    )


def raw_levels(local: Scorecard, judged: Scorecard) -> dict[str, dict[str, float]]:
    """Competency to rater to level, before weighing and calibration, for the record."""
    levels: dict[str, dict[str, float]] = {}
    for name, mine in local.competencies.items():
        theirs = judged.competencies.get(name)
        by_rater = {local.versions["scorer"]: mine.level}
        if theirs and theirs.judgement:
            by_rater[theirs.judgement.model] = theirs.judgement.raw_level
        levels[name] = {rater: level for rater, level in by_rater.items() if level is not None}
    return levels


def calibrated(card: Scorecard) -> frozenset[str]:
    """Competencies of which the model's level went through a calibration."""
    return frozenset(
        name for name, s in card.competencies.items() if s.judgement and s.judgement.calibrated
    )


def second_rater_note(card: Scorecard) -> str | None:
    """What to tell about levels that a second rater was asked for and did not give."""
    asked = {name: s.judgement for name, s in card.competencies.items() if s.judgement}
    failed = {name: j.failure for name, j in asked.items() if j.failure}
    if not failed:
        return None
    first = next(iter(failed.values())).what
    which = "these levels" if len(failed) == len(asked) else f"the levels of {', '.join(failed)}"
    return f"The second rater was not heard, so {which} rest on one rater alone. {first}"


def _combined(
    mine: CompetencyScore, theirs: CompetencyScore | None, swayed: bool
) -> CompetencyScore:
    if theirs is None:
        return mine
    if mine.level is None or theirs.level is None:
        return mine.model_copy(update={"judgement": theirs.judgement})
    apart = abs(mine.level - theirs.level)
    weights = [1 / (score.se or UNKNOWN_SE) ** 2 for score in (mine, theirs)]
    level = (mine.level * weights[0] + theirs.level * weights[1]) / sum(weights)
    disagree = apart > APART
    return mine.model_copy(
        update={
            "level": round(min(level, mine.level + _room(mine.level, theirs.level, swayed)), 3),
            "se": round(max(1 / math.sqrt(sum(weights)), apart / 2), 3),
            "evidence": _both(mine.evidence, theirs.evidence),
            "disagreement": disagree,
            "reason": _reason(mine.level, theirs.level) if disagree else None,
            "judgement": theirs.judgement,
        }
    )


def _room(mine: float, theirs: float, swayed: bool) -> float:
    """By how much the model may raise the level."""
    return 0.0 if swayed or theirs > mine + APART else RAISE


def _reason(mine: float, theirs: float) -> str:
    return f"Raters disagree ({mine:.1f} and {theirs:.1f}): have a person look."


def _both(mine: tuple[Evidence, ...], theirs: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The quotes of both raters, those of the first one first, none twice."""
    new = (
        quote
        for quote in theirs
        if not any(
            quote.turn == known.turn and quote.start < known.end and known.start < quote.end
            for known in mine
        )
    )
    return (*mine, *new)[:MAX_EVIDENCE]
