"""A language model as second rater: one competency a call, every level proven or not given.

One call each, because a rater who sees all skills at once gives them one mark (halo), because a
cut or unusable verdict then costs one skill and not all, and because small models keep to a small
shape. The calls run side by side within one deadline.

What the transcript says can lower a level and never raise it past the proof: turns that speak to
a rater are left out, quotes are looked up in the employee's own turns, and the caps that stand over
the local levels stand over these too.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import Field

from rubrics.acts.reading import Frozen, ReplyReading, Tag
from rubrics.calibration import Calibration
from rubrics.caps import Limits, limits
from rubrics.conversation import Reply, replies
from rubrics.disarm import find_quote
from rubrics.judge_prompt import Message, line_id, messages, quoted, repair
from rubrics.model import (
    Competency,
    CompetencyScore,
    Evidence,
    JudgeRecord,
    RatingFailure,
    Rubric,
    Scorecard,
    Transcript,
)
from rubrics.scorer import MAX_EVIDENCE, Scorer
from rubrics.screen import may_address_rater
from rubrics.support import quote
from rubrics.verdict import Verdict, read, schema, storable

VERSION = "judge-1"
#: More than this does not fit beside the answer in the context of a small model.
MAX_CHARS = 40_000
#: Standard error of a model that nobody has calibrated: single raters miss a consensus by .55 on
#: average, a deviation of .69, and models are off by .51 on average over six dimensions
#: (validation.md, section 1): (.69^2 + .51^2) ** .5.
UNCALIBRATED_SE = 0.86
PARALLEL = 4
ATTEMPTS = 2


class Answer(Frozen):
    """What the model sent."""

    text: str
    cut: bool = False
    tokens: int = Field(0, ge=0)


class JudgeModel(Protocol):
    """A chat model as the judge needs it. Never raises for what a server does."""

    @property
    def name(self) -> str:
        """Which model this is."""
        ...

    def answer(
        self, asked: Sequence[Message], *, schema: dict[str, Any], seconds: float
    ) -> Answer | RatingFailure:
        """An answer, in that shape where the server can hold it to one, within the seconds."""
        ...


@dataclass(frozen=True)
class _Talk:
    """A conversation ready to be asked about."""

    transcript: Transcript
    said: tuple[Reply, ...]
    #: What the model is shown, and only this may be proof.
    visible: tuple[Reply, ...]
    shown: str
    deadline: float


@dataclass(frozen=True)
class Judge:
    """Rates whole conversations with a model's help."""

    model: JudgeModel
    calibration: Calibration = Calibration()
    clock: Callable[[], float] = time.monotonic

    def score(
        self,
        transcript: Transcript,
        rubric: Rubric,
        readings: Mapping[int, ReplyReading],
        opportunities: Collection[str] | None = None,
        *,
        seconds: float,
    ) -> Scorecard:
        """A level with proof, "no opportunity" or "not rated" for each, within the seconds."""
        said = replies(transcript, readings)
        suspect = frozenset(r.turn for r in said if _addresses_rater(r))
        visible = tuple(r for r in said if r.usable and r.turn not in suspect)
        left_out = {r.turn for r in said} - {r.turn for r in visible}
        talk = _Talk(
            transcript, said, visible, quoted(transcript, left_out), self.clock() + seconds
        )
        reason = Scorer().refusal(said)

        def rated(competency: Competency) -> CompetencyScore:
            if reason:
                return CompetencyScore(status="not_rated", reason=reason)
            if opportunities is not None and competency.id not in opportunities:
                called_for = "This scenario does not call for it."
                return CompetencyScore(status="no_opportunity", reason=called_for)
            return self._rate(talk, competency)

        with ThreadPoolExecutor(PARALLEL) as pool:
            scores = list(pool.map(rated, rubric.competencies))
        return Scorecard(
            rubric=rubric.id,
            competencies={c.id: s for c, s in zip(rubric.competencies, scores, strict=True)},
            flagged_turns=tuple(sorted(suspect)),
            versions=self._versions(rubric, transcript),
        )

    def _versions(self, rubric: Rubric, transcript: Transcript) -> dict[str, str]:
        made_by = {"rubric": f"{rubric.id}-{rubric.version}", "judge": VERSION}
        made_by["judge_model"] = self.model.name
        return made_by | ({"scenario": transcript.scenario} if transcript.scenario else {})

    def _rate(self, talk: _Talk, competency: Competency) -> CompetencyScore:
        """Ask, check, and ask once more where the verdict cannot be used."""
        first = messages(talk.shown, competency)
        record = JudgeRecord(model=self.model.name, version=VERSION, prompt=tuple(first))
        if len(talk.shown) > MAX_CHARS:
            what = "The conversation is too long for the second rater."
            return _not_rated(record, RatingFailure(kind="too_long", what=what))
        asked = first
        for attempt in range(1, ATTEMPTS + 1):
            left = talk.deadline - self.clock()
            answer = self.model.answer(asked, schema=schema(), seconds=left)
            if isinstance(answer, RatingFailure):
                return _not_rated(record, answer)
            record = _heard(record, answer)
            found = _checked(talk, answer)
            if not isinstance(found, RatingFailure):
                return self._rated(record, found, _bounds(talk, competency), competency)
            if attempt == ATTEMPTS:
                return _not_rated(record, _in_words(found))
            asked = [*first, ("assistant", record.replies[-1]), ("user", repair(found.what))]
        raise AssertionError("the last attempt always returns")

    def _rated(
        self, record: JudgeRecord, found: "_Proven", bounds: Limits, competency: Competency
    ) -> CompetencyScore:
        record = record.model_copy(update={"because": storable(found.verdict.because)})
        raw = found.verdict.level
        if raw == "no_opportunity":
            record = record.model_copy(update={"status": "no_opportunity"})
            reason = "The second rater saw nothing that called for it."
            return CompetencyScore(status="no_opportunity", reason=reason, judgement=record)
        line = self.calibration.line(self.model.name, VERSION, competency.id)
        level = min(line.applied(raw) if line else float(raw), bounds.overall)
        known = {"status": "rated", "raw_level": float(raw), "level": level}
        return CompetencyScore(
            status="rated",
            level=level,
            se=line.error if line else UNCALIBRATED_SE,
            evidence=found.evidence,
            caps=bounds.applied,
            judgement=record.model_copy(update={**known, "calibrated": line is not None}),
        )


@dataclass(frozen=True)
class _Proven:
    """A verdict and those of its quotes that are really there."""

    verdict: Verdict
    evidence: tuple[Evidence, ...]


def _heard(record: JudgeRecord, answer: Answer) -> JudgeRecord:
    said = (*record.replies, storable(answer.text))
    return record.model_copy(update={"replies": said, "tokens": record.tokens + answer.tokens})


def _not_rated(record: JudgeRecord, failure: RatingFailure) -> CompetencyScore:
    record = record.model_copy(update={"failure": failure})
    return CompetencyScore(status="not_rated", reason=failure.what, judgement=record)


def _addresses_rater(reply: Reply) -> bool:
    return Tag.MANIPULATION in reply.tags or may_address_rater(reply.text)


def _bounds(talk: _Talk, competency: Competency) -> Limits:
    """The caps that stand over the local level as well."""
    return limits(competency, tuple(reply for reply in talk.said if reply.usable))


def _in_words(failure: RatingFailure) -> RatingFailure:
    what = f"The second rater's verdict could not be used: {failure.what}."
    return failure.model_copy(update={"what": what})


def _checked(talk: _Talk, answer: Answer) -> _Proven | RatingFailure:
    """The verdict with its proof; a level other than 1 stands on at least one true quote."""
    verdict = read(answer.text, answer.cut)
    if isinstance(verdict, RatingFailure):
        return verdict
    proof = _proof(talk, verdict)
    if verdict.level in (0, 2, 3, 4) and not proof:
        what = "none of the quotes is three words or more that stand in the E line it names"
        return RatingFailure(kind="unproven", what=what)
    return _Proven(verdict, proof)


def _proof(talk: _Talk, verdict: Verdict) -> tuple[Evidence, ...]:
    """The quotes that stand, word for word, in the usable employee turns that they name."""
    lines = {line_id(talk.transcript, reply.turn): reply for reply in talk.visible}
    found: dict[tuple[int, int], Evidence] = {}
    for given in verdict.evidence:
        reply = lines.get(given.line.strip().upper())
        span = find_quote(given.quote, reply.text) if reply else None
        evidence = quote(reply, span) if reply and span else None
        if evidence:
            found[evidence.turn, evidence.start] = evidence
    return tuple(found.values())[:MAX_EVIDENCE]
