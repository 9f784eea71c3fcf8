"""The labeller that learned from people's labels: a fine-tuned encoder, detectors and words.

The encoder reads message and reply together (cross-encoding) and answers for every column of
``heads.py``; the detectors add their hits and their exact words; ``decisions.py`` weighs both.
Made by ``python -m rubrics.acts.training.run``; figures and limits stand in ``docs/labeller.md``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from rubrics.acts import heads
from rubrics.acts.asides import without_asides
from rubrics.acts.decisions import Decisions, Values, evidence, log_odds, sigmoid, softmax
from rubrics.acts.detector import DetectorLabeller
from rubrics.acts.english import is_english
from rubrics.acts.judging import has_a_but, takes_the_blame
from rubrics.acts.pairs import Pair, Pairs, answers, heaviest
from rubrics.acts.reading import (
    Act,
    Behaviour,
    Context,
    Mechanism,
    Mechanisms,
    ReplyReading,
    Span,
    Support,
    Tag,
    TagHit,
)
from rubrics.acts.text import Prose, prose
from rubrics.acts.words import Words
from rubrics.encoder import session

WEIGHTS = Path(__file__).parent.parent / "weights" / "acts"
GRAPH = "encoder.onnx"
#: Confidence in an unreadable reply, and what is left of it where there is no message to answer.
_UNREADABLE, _ALONE = 0.2, 0.75
#: Words that show support are kept from this probability on: a level above the lowest is proven.
_TELLING = 0.1
#: Words that can be quoted for what a reply does have at least this number.
_PROVING = 2


@dataclass(frozen=True)
class Seen:
    """One reply with all that is known of it before it is decided on."""

    context: Context
    reply: str
    said: Prose
    pair: Pair
    detected: ReplyReading
    #: Probability per column, and each reply token's share in each column's logit.
    chances: Values
    shares: Values

    @property
    def answers(self) -> bool:
        """Whether there is a message that it answers."""
        return bool(self.context.message.strip())

    @cached_property
    def domains(self) -> dict[str, float]:
        """How like a workplace, a peer-support or a counselling pair; alone, it is from work."""
        if not self.answers:
            return dict(zip(heads.DOMAINS, (1.0, 0.0, 0.0), strict=True))
        shares = softmax(log_odds(self.chances[heads.places(heads.DOMAIN)]))
        return dict(zip(heads.DOMAINS, map(float, shares), strict=True))

    def chance(self, column: str) -> float:
        """Probability of one column."""
        return float(self.chances[heads.INDEX[column]])


class LearnedLabeller:
    """An ActLabeller; onnxruntime on one thread, no network, no torch."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._session = session(folder / GRAPH)
        self._pairs, self._words = Pairs(), Words(folder)
        self._decisions = Decisions.load(folder)
        self._detectors = DetectorLabeller()
        self._version = f"learned-2/{_digest(folder)}"

    @property
    def version(self) -> str:
        """Name, version and the first digits of the weights' hash."""
        return self._version

    def label(self, context: Context, reply: str) -> ReplyReading:
        """Label one reply; any text at all gets a reading."""
        return self.label_many([(context, reply)])[0]

    def label_many(self, pairs: Sequence[tuple[Context, str]]) -> list[ReplyReading]:
        """Label many replies; each gets the reading that ``label`` gives it."""
        unread = ReplyReading(labeller=self.version, readable=False, confidence=_UNREADABLE)
        readings = [unread] * len(pairs)
        split = [without_asides(reply) for _, reply in pairs]
        read = [p for p, (left, _) in enumerate(split) if is_english(prose(left))]
        for place, seen in zip(
            read, self.see([(pairs[p][0], split[p][0]) for p in read]), strict=True
        ):
            readings[place] = self._reading(seen, split[place][1])
        return readings

    def see(self, pairs: Sequence[tuple[Context, str]]) -> list[Seen]:
        """What encoder, detectors and words make of each reply."""
        tokens = [self._pairs.pair(context.message, reply) for context, reply in pairs]
        found = answers(self._session, tokens)
        return [
            self._seen(context, reply, pair, *answer)
            for (context, reply), pair, answer in zip(pairs, tokens, found, strict=True)
        ]

    def _seen(
        self, context: Context, reply: str, pair: Pair, logits: Values, shares: Values
    ) -> Seen:
        detected = self._detectors.read(context, reply, taken_up(logits))
        known = evidence(logits, hits(detected), self._words.scores(reply))
        chances = self._decisions.probabilities(known)
        return Seen(context, reply, prose(reply), pair, detected, chances, shares)

    def _reading(self, seen: Seen, flags: tuple[TagHit, ...]) -> ReplyReading:
        acts = act_chances(seen)
        there = [act for act, chance in acts.items() if chance >= 0.5]
        return ReplyReading(
            acts=acts,
            act_spans={act: _act_spans(seen, act) for act in there},
            mechanisms=self._mechanisms(seen),
            support=_support(seen),
            support_spans=_support_spans(seen),
            behaviour=_behaviour(seen),
            tags=_tag_hits(seen, flags),
            grounding=seen.chance(heads.SPECIFIC) if seen.answers else 0.0,
            confidence=_confidence(seen, acts),
            labeller=self.version,
        )

    def _mechanisms(self, seen: Seen) -> Mechanisms:
        peer = seen.domains["peer"]
        work = self._decisions.expected(seen.chances, "work")
        other = self._decisions.expected(seen.chances, "peer")
        expected = (1 - peer) * work + peer * other
        by = (other, "peer") if peer > 0.5 else (work, "work")
        made = [
            Mechanism(level=level, expected=float(np.clip(value, 0, 2)))
            for level, value in zip(self._decisions.levels(*by), expected, strict=True)
        ]
        return Mechanisms(**dict(zip(heads.MECHANISMS, made, strict=True)))


def taken_up(logits: Values) -> float:
    """How far the reply takes up the message, 0-1, as the encoder alone sees it."""
    return float(sigmoid(logits[heads.INDEX[heads.SPECIFIC]]))


def hits(detected: ReplyReading) -> Values:
    """Which columns the detectors speak for."""
    found = [f"act:{act.value}" for act in Act if detected.has(act)]
    found += [f"tag:{hit.tag.value}" for hit in detected.tags]
    for name in heads.MECHANISMS:
        level = getattr(detected.mechanisms, name).level
        found += [f"work:{name}>{k}" for k in range(level)]
    found += [f"counsel:is_{name}" for name, acts in _CODED.items() if any(map(detected.has, acts))]
    there = np.zeros(len(heads.COLUMNS))
    there[heads.places(found)] = 1.0
    return there


#: What the detectors see of the three things that counsellors code.
_CODED = {
    "reflection": {Act.REFLECT, Act.NOTICE},
    "question": {Act.EXPLORE, Act.ASK_INTEREST, Act.ASK_CLOSED, Act.CHECK_BACK},
    "open": {Act.EXPLORE, Act.ASK_INTEREST},
}


def act_chances(seen: Seen) -> dict[Act, float]:
    """Probability per act; in counselling, giving back and asking as counsellors code them."""
    counsel = seen.domains["counsel"]
    given_back, asked, opened = (seen.chance(column) for column in heads.COUNSEL_FLAGS)
    coded = {
        Act.REFLECT: given_back,
        Act.EXPLORE: min(asked, opened),
        Act.ASK_CLOSED: min(asked, 1 - opened),
    }
    acts = {act: seen.chance(f"act:{act.value}") for act in Act}
    mixed = {act: (1 - counsel) * acts[act] + counsel * chance for act, chance in coded.items()}
    return acts | mixed


def _support(seen: Seen) -> Support:
    levels = {
        name: sum(seen.chance(f"talk:{name}>{level}") for level in (0, 1)) for name in heads.SUPPORT
    }
    return Support(**levels)


def _support_spans(seen: Seen) -> dict[str, Span]:
    columns = {name: f"talk:{name}>0" for name in heads.SUPPORT}
    return {
        name: _likeliest(seen, column)
        for name, column in columns.items()
        if seen.chance(column) >= _TELLING
    }


def _behaviour(seen: Seen) -> Behaviour:
    counsel = seen.domains["counsel"]
    work, coded = (
        softmax(log_odds(seen.chances[heads.places(columns)]))
        for columns in (heads.WORK_BEHAVIOUR, heads.COUNSEL_BEHAVIOUR)
    )
    return heads.BEHAVIOURS[int(((1 - counsel) * work + counsel * coded).argmax())]


def _act_spans(seen: Seen, act: Act) -> tuple[Span, ...]:
    detected = seen.detected.act_spans.get(act, ())
    found = [span for span in detected if _proves(seen.reply[span.start : span.end])]
    return tuple(found) or (_likeliest(seen, f"act:{act.value}"),)


def _proves(words: str) -> bool:
    """Whether it can be quoted for what it does; a mere "Good." cannot."""
    return len(words.split()) >= _PROVING


def _took_up(seen: Seen) -> bool:
    """Whether anything is given back: by the codebook no solution is then too early."""
    return max(seen.chance(f"act:{act.value}") for act in (Act.REFLECT, Act.NOTICE)) >= 0.5


def _ruled_out(seen: Seen, tag: Tag) -> bool:
    """Whether the codebook's own test for a slip fails, whatever was learned."""
    if tag is Tag.PREMATURE_SOLVING:
        return _took_up(seen)
    if tag is Tag.BUT_NEGATION:
        return not has_a_but(seen.said) or takes_the_blame(seen.said)
    if tag is Tag.MIND_READING:  # stock phrases claim to know, and are another slip
        return seen.chance(f"tag:{Tag.KEYWORD_EMPATHY.value}") >= 0.5
    return tag is Tag.OTHER_BLAME and takes_the_blame(seen.said)


def _tag_hits(seen: Seen, flags: tuple[TagHit, ...]) -> tuple[TagHit, ...]:
    made = list(flags)
    for tag in Tag:
        if seen.chance(f"tag:{tag.value}") < 0.5 or (tag is Tag.MANIPULATION and flags):
            continue
        if _ruled_out(seen, tag):
            continue
        found = [hit for hit in seen.detected.tags if hit.tag is tag]
        if not found:
            span = _likeliest(seen, f"tag:{tag.value}")
            found = [TagHit(tag=tag, start=span.start, end=span.end)]
        made += found
    return tuple(sorted(made, key=lambda hit: (hit.start, hit.end, hit.tag)))


def _likeliest(seen: Seen, column: str) -> Span:
    """The sentence whose tokens add most to the column's logit, a single word only in need."""
    proving = [piece for piece in seen.said.sentences if _proves(piece.text)]
    pieces = proving or seen.said.sentences
    if not pieces:
        return Span(start=0, end=len(seen.said.plain))
    best = pieces[heaviest(seen.pair, seen.shares[:, heads.INDEX[column]], pieces)]
    return Span(start=best.start, end=best.end)


def _confidence(seen: Seen, acts: dict[Act, float]) -> float:
    """One minus twice the mean doubt over the acts; less where no message is known."""
    doubt = float(np.mean([min(chance, 1 - chance) for chance in acts.values()]))
    return (1 - 2 * doubt) * (1.0 if seen.answers else _ALONE)


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:8]
