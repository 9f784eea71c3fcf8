"""From readings to levels: the best sustained level, its proof, its caps and its uncertainty.

The rules are those of rubric.md section 5: not the mean of the turns (it punishes short neutral
ones) and not the best one (it rewards a lucky line).
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rubrics.acts.reading import ReplyReading, Tag
from rubrics.caps import Limits, limits, unrepaired_harm
from rubrics.conversation import Reply, replies
from rubrics.model import Competency, CompetencyScore, Evidence, Rubric, Scorecard, Transcript
from rubrics.opportunity import chances
from rubrics.support import ABSENT, Support, distinct, harm, support

VERSION = "scorer-4"
#: Fewer replies than this say too little about a skill.
MIN_TURNS = 4
#: A level needs this many supporting quotes in different turns, where there were as many chances.
SUSTAINED = 2
MAX_EVIDENCE = 3
#: Standard error: SE^2 = (s^2 + u) / n + FLOOR^2 over the n replies that had the chance, where
#: s^2 = (1 + sum of squared deviations of their levels) / (n + 1) is their spread, shrunk towards
#: one level as if by one more reply, and u the mean of (2 * (1 - confidence))^2 of their readings,
#: because an unsure reading may be two levels off. FLOOR stands for what more turns cannot cure.
FLOOR, MAX_SE = 0.15, 1.5


@dataclass(frozen=True)
class Scorer:
    """Scores whole conversations; pure, so the same input gives the same scorecard."""

    min_turns: int = MIN_TURNS

    def score(
        self,
        transcript: Transcript,
        rubric: Rubric,
        readings: Mapping[int, ReplyReading],
        opportunities: Collection[str] | None = None,
    ) -> Scorecard:
        """Levels with proof; ``opportunities`` are the competencies the scenario exercises."""
        said = replies(transcript, readings)
        reason = self.refusal(said)
        return Scorecard(
            rubric=rubric.id,
            competencies={
                competency.id: CompetencyScore(status="not_rated", reason=reason)
                if reason
                else _score(competency, said, opportunities)
                for competency in rubric.competencies
            },
            flagged_turns=tuple(r.turn for r in said if Tag.MANIPULATION in r.tags),
            versions=_versions(transcript, rubric, readings),
        )

    def refusal(self, said: Sequence[Reply]) -> str | None:
        """Why nothing can be rated, whoever rates, or None."""
        if len(said) < self.min_turns or not said:
            return f"Only {len(said)} of your turns say something; {self.min_turns} are needed."
        unreadable = sum(not reply.reading.readable for reply in said)
        if 2 * unreadable > len(said):
            return "Most of the turns are not English prose, and this labeller reads English."
        if not any(reply.usable for reply in said):
            return "The turns speak to the scorer instead of to the other person."
        return None


def _score(
    competency: Competency, said: Sequence[Reply], declared: Collection[str] | None
) -> CompetencyScore:
    standing = tuple(reply for reply in said if reply.stands)
    had_chance = chances(competency, standing, declared)
    bounds = limits(competency, standing)
    damage = _damage(competency, standing)
    if not had_chance and not damage:
        return CompetencyScore(
            status="no_opportunity", reason="Nothing in this conversation called for it."
        )
    supports = _supports(competency, standing, bounds)
    level = _level(supports, len(had_chance), bounds.overall)
    proof = _proof(supports, level)
    shown = any(item.evidence and item.level > ABSENT for item in supports)
    if damage and (not shown or bounds.overall == 0):
        level, proof = 0.0, damage[:MAX_EVIDENCE]
    return CompetencyScore(
        status="rated",
        level=level,
        se=_standard_error(supports, had_chance),
        evidence=proof,
        tags=_tags(competency, standing),
        caps=bounds.applied,
    )


def _supports(
    competency: Competency, standing: Sequence[Reply], bounds: Limits
) -> tuple[Support, ...]:
    """Each reply's support, held down where a slip stands over it."""
    return tuple(
        Support(item.reply, min(item.level, most), item.evidence)
        for reply, most in zip(standing, bounds.per_reply, strict=True)
        for item in (support(reply, competency),)
    )


def _level(supports: Sequence[Support], chances_had: int, most: float) -> float:
    """Halfway (rounded down to a half) between what is sustained and what was shown once."""
    levels = sorted((s.level for s in distinct(supports) if s.evidence), reverse=True)
    needed = min(SUSTAINED, max(1, chances_had))
    best = max(ABSENT, levels[0]) if levels else ABSENT
    sustained = max(ABSENT, levels[needed - 1]) if len(levels) >= needed else ABSENT
    level = min(math.floor(sustained + best) / 2, most)
    return max(level, 0.0)


def _proof(supports: Sequence[Support], level: float) -> tuple[Evidence, ...]:
    """Up to three quotes that carry the level, the strongest first; none for an absent skill."""
    if level <= ABSENT:
        return ()
    carrying = [s for s in distinct(supports) if s.evidence and s.level > ABSENT]
    ranked = sorted(carrying, key=lambda s: (-s.level, s.reply.turn))
    return tuple(s.evidence for s in ranked[:MAX_EVIDENCE] if s.evidence)


def _damage(competency: Competency, standing: Sequence[Reply]) -> tuple[Evidence, ...]:
    """Quotes of level-0 behaviour that was left standing."""
    places = sorted(set(unrepaired_harm(standing, competency.harmful)))
    found = (harm(standing[place], competency.harmful) for place in places)
    return tuple(evidence for evidence in found if evidence)


def _tags(competency: Competency, standing: Sequence[Reply]) -> tuple[str, ...]:
    """The slips in the conversation that bear on this competency."""
    bearing = {cap.tag for cap in competency.caps} | set(competency.harmful)
    return tuple(sorted({tag.value for reply in standing for tag in reply.tags & bearing}))


def _standard_error(supports: Sequence[Support], had_chance: Sequence[Reply]) -> float:
    turns = {reply.turn for reply in had_chance}
    counted = [item for item in supports if item.reply.turn in turns] or list(supports)
    n = len(counted)
    mean = sum(item.level for item in counted) / n
    spread = (1 + sum((item.level - mean) ** 2 for item in counted)) / (n + 1)
    unsure = sum((2 * (1 - item.reply.reading.confidence)) ** 2 for item in counted) / n
    return round(min(MAX_SE, math.sqrt((spread + unsure) / n + FLOOR**2)), 3)


def _versions(
    transcript: Transcript, rubric: Rubric, readings: Mapping[int, ReplyReading]
) -> dict[str, str]:
    versions = {
        "rubric": f"{rubric.id}-{rubric.version}",
        "labeller": "+".join(sorted({r.labeller for r in readings.values()})) or "none",
        "scorer": VERSION,
    }
    return versions | ({"scenario": transcript.scenario} if transcript.scenario else {})
