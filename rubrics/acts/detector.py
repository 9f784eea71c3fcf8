"""The detectors: word patterns and sentence meaning, one kind of evidence of the learned labeller.

Readable, deterministic, milliseconds. They label a reply on their own too, so that it can be
measured what the rest adds (``rubrics.acts.training.measure --detectors``).
"""

from collections.abc import Iterable

from rubrics.acts.acting import remedies
from rubrics.acts.asking import questions
from rubrics.acts.english import is_english
from rubrics.acts.grounding import Grounding, Grounds
from rubrics.acts.judging import judged
from rubrics.acts.mechanisms import COLD, COOL, behaviour, mechanisms
from rubrics.acts.owning import ownership, too_sorry
from rubrics.acts.patterns import Finding, search, search_tags
from rubrics.acts.reading import Act, Context, ReplyReading, Span, Tag, TagHit
from rubrics.acts.relating import feelings, reflections, regard
from rubrics.acts.slips import SLIPS
from rubrics.acts.speaking import SPEAKING
from rubrics.acts.text import Prose, prose
from rubrics.encoder import Encoder

#: What a detector's hit and its silence are worth: its usual precision, and what it overlooks.
HIT, SILENT = 0.85, 0.08
#: Confidence in an unreadable reply, in one with a message to compare it to, and without.
_UNREADABLE, _WITH_MESSAGE, _ALONE = 0.2, 0.8, 0.6


class DetectorLabeller:
    """Small pattern tables and the bundled sentence encoder, read as an ActLabeller is."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._grounding = Grounding(encoder)
        self._sees = encoder.version if encoder else "words"

    @property
    def version(self) -> str:
        """Name and version, with those of the encoder."""
        return f"detectors-1/{self._sees}"

    def label(self, context: Context, reply: str) -> ReplyReading:
        """Label one reply; any text at all gets a reading."""
        return self.read(context, reply)

    def read(self, context: Context, reply: str, taken_up: float = 0.0) -> ReplyReading:
        """Label one reply of which it is known how far it takes up the message, 0-1."""
        said = prose(reply)
        if not is_english(said):
            return ReplyReading(labeller=self.version, readable=False, confidence=_UNREADABLE)
        heard = prose(context.message)
        grounds = self._grounding.of(context.message, said, taken_up)
        findings = _findings(said, grounds)
        acts = {finding.label for finding in findings if isinstance(finding.label, Act)}
        slips = [*search_tags(SLIPS, said), *too_sorry(said), *judged(heard, said, grounds, acts)]
        return self._reading(said, grounds, findings, slips, bool(heard.words))

    def _reading(
        self,
        said: Prose,
        grounds: Grounds,
        findings: list[Finding],
        slips: list[Finding],
        answered: bool,
    ) -> ReplyReading:
        tags = {finding.label for finding in slips if isinstance(finding.label, Tag)}
        spans = _spans(findings)
        spans = _unspoiled(spans, _hits(slips))
        acts = {act: HIT if act in spans else SILENT for act in Act}
        return ReplyReading(
            acts=acts,
            act_spans=spans,
            mechanisms=mechanisms(acts, tags, grounds.whole),
            behaviour=behaviour(acts, tags, len(said.words)),
            tags=_hits(slips),
            grounding=grounds.whole,
            confidence=_WITH_MESSAGE if answered else _ALONE,
            labeller=self.version,
        )


#: Acts that a slip in the same words makes void; after contempt or a threat, in the whole reply.
_SPOILED = frozenset({Act.NOTICE, Act.REFLECT, Act.VALIDATE, Act.AFFIRM, Act.BOUNDARY})


def _unspoiled(
    spans: dict[Act, tuple[Span, ...]], hits: tuple[TagHit, ...]
) -> dict[Act, tuple[Span, ...]]:
    """The spans without those that a cold or dismissive stretch of words overlaps."""
    cold = any(hit.tag in COLD for hit in hits)
    over = [hit for hit in hits if hit.tag in COOL]
    kept = {}
    for act, found in spans.items():
        clean = found
        if act in _SPOILED:
            clean = tuple(s for s in found if not cold and not any(_overlap(s, h) for h in over))
        if clean:
            kept[act] = clean
    return kept


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _findings(said: Prose, grounds: Grounds) -> list[Finding]:
    return [
        *feelings(said, grounds),
        *reflections(said, grounds),
        *regard(said),
        *ownership(said),
        *remedies(said),
        *questions(said),
        *search(SPEAKING, said),
    ]


def _spans(findings: Iterable[Finding]) -> dict[Act, tuple[Span, ...]]:
    spans: dict[Act, dict[tuple[int, int], Span]] = {}
    for label, start, end in findings:
        if isinstance(label, Act) and start < end:
            spans.setdefault(label, {})[start, end] = Span(start=start, end=end)
    return {act: tuple(found[key] for key in sorted(found)) for act, found in spans.items()}


def _hits(slips: Iterable[Finding]) -> tuple[TagHit, ...]:
    found = {f for f in slips if isinstance(f.label, Tag) and f.start < f.end}
    ordered = sorted(found, key=lambda f: (f.start, f.end, f.label))
    return tuple(TagHit(tag=Tag(f.label), start=f.start, end=f.end) for f in ordered)
