"""What each reply of a supportive talk does, as numbers in [0, 1] with the words that show it.

The labeller's reading and the tables of ``supportive_phrases`` are blended: the one knows meaning,
the other the ways of talk between people who share a trouble.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rubrics.acts.grounding import content, without_stock
from rubrics.acts.reading import Act, Span, Tag
from rubrics.acts.text import Piece, prose
from rubrics.conversation import Reply
from rubrics.supportive_phrases import (
    ABOUT_YOU,
    ACCUSING,
    BRUSHING,
    DATUM,
    FRAMING,
    GIVING_BACK,
    INVITING,
    LEGITIMATE,
    OPEN_QUESTION,
    OWN_LIFE,
    STOCK_SORRY,
    SUGGESTING,
    SYMPATHY,
    TELLING,
)

#: Strength of each way to acknowledge a feeling, to ask, to advise, to brush aside.
_LEGITIMATE, _NAMED, _SORRY = 1.0, 0.7, 0.4
_INVITED, _OPEN, _CLOSED, _DATUM, _LOADED = 1.0, 0.9, 0.5, 0.35, 0.1
_TOLD, _SUGGESTED = 1.0, 0.75
_ACCUSED = 0.5
#: Words of theirs that a statement must take up to give it back fully; a plain statement and a
#: question give back less than one in a telling form.
_FULLY, _PLAINLY, _ASKING_BACK = 3, 0.6, 0.3
#: Messages back that a reply may take up; more would favour long talks.
_REMEMBERED = 2
#: Share of first-person words from which a sentence that names no "you" is about the speaker.
_MINE = 0.12
#: Weight of the words' own form against the labeller's reading, per signal.
_FORM = {"validating": 0.5, "asking": 0.6, "giving_back": 0.5, "advised": 0.6}
#: From this strength on, words are shown as proof.
_TELLING = 0.3

#: Slips that dismiss, and how far a single one does.
_DISMISSIVE = {
    Tag.HOSTILITY: 0.8,
    Tag.THREAT: 1.0,
    Tag.SLUR: 1.0,
    Tag.MINIMISING: 0.9,
    Tag.TOXIC_POSITIVITY: 0.6,
    Tag.BUT_NEGATION: 0.7,
    Tag.LABELLING: 0.5,
    Tag.IGNORING: 0.4,
}
_ME = re.compile(r"i|i'\w+|me|my|mine|myself")
_YOU = re.compile(r"you|you'\w+|your|yours|yourself|u|ur")


@dataclass(frozen=True)
class Sentence:
    """One sentence and how strongly it does each thing."""

    piece: Piece
    validating: float
    asking: float
    giving_back: float
    advised: float
    owned: float
    dismissing: float

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.piece.text.split())


@dataclass(frozen=True)
class Signals:
    """One reply; every number in [0, 1]."""

    reply: Reply
    sentences: tuple[Sentence, ...]
    validating: float
    asking: float
    giving_back: float
    #: Whether there is advice, and the share of the words that goes into it; so for own stories.
    advised: float
    advising: float
    owned: float
    own: float
    dismissing: float

    def spans(self, kind: str) -> tuple[tuple[float, Span], ...]:
        """The sentences that show a signal, with their strength."""
        found = [(float(getattr(s, kind)), s.piece) for s in self.sentences]
        shown = [(x, Span(start=p.start, end=p.end)) for x, p in found if x >= _TELLING]
        if kind == "dismissing":
            shown += [
                (_DISMISSIVE[hit.tag], Span(start=hit.start, end=hit.end))
                for hit in self.reply.reading.tags
                if hit.tag in _DISMISSIVE
            ]
        return tuple(shown)


def signals(replies: Sequence[Reply]) -> tuple[Signals, ...]:
    """The signals of every reply, each against the last messages that it can answer."""
    heard = [content(prose(reply.message).plain) for reply in replies]
    found = []
    for at, reply in enumerate(replies):
        recent = frozenset[str]().union(*heard[max(0, at + 1 - _REMEMBERED) : at + 1])
        sentences = tuple(_sentence(piece, recent) for piece in prose(reply.text).sentences)
        found.append(_blended(reply, sentences))
    return tuple(found)


def _blended(reply: Reply, sentences: tuple[Sentence, ...]) -> Signals:
    advising, own = _share(sentences, "advised"), _share(sentences, "owned")
    return Signals(
        reply=reply,
        sentences=sentences,
        validating=_validating(reply, _most(sentences, "validating")),
        asking=_asking(reply, _most(sentences, "asking")),
        giving_back=_giving_back(reply, _most(sentences, "giving_back"), advising + own),
        advised=_blend("advised", _most(sentences, "advised"), _act(reply, Act.SOLVE)),
        advising=advising,
        owned=_most(sentences, "owned"),
        own=own,
        dismissing=_dismissing(reply, _most(sentences, "dismissing")),
    )


def _most(sentences: Iterable[Sentence], kind: str) -> float:
    return max((float(getattr(s, kind)) for s in sentences), default=0.0)


def _share(sentences: Sequence[Sentence], kind: str) -> float:
    words = sum(s.words for s in sentences) or 1
    return sum(s.words * float(getattr(s, kind)) for s in sentences) / words


def _blend(kind: str, form: float, read: float) -> float:
    return _FORM[kind] * form + (1 - _FORM[kind]) * read


def _act(reply: Reply, act: Act) -> float:
    return reply.reading.acts.get(act, 0.0)


def _validating(reply: Reply, form: float) -> float:
    warmth = reply.reading.mechanisms.emotional_reaction.expected / 2
    read = max(_act(reply, Act.VALIDATE), _NAMED * _act(reply, Act.NOTICE), warmth)
    return _blend("validating", form, read)


def _asking(reply: Reply, form: float) -> float:
    invited = reply.reading.mechanisms.exploration.expected / 2
    return _blend("asking", form, invited) if form else 0.0


def _giving_back(reply: Reply, form: float, elsewhere: float) -> float:
    """What is read as understanding counts only so far as the words are about this person."""
    understood = reply.reading.mechanisms.interpretation.expected / 2
    read = max(_act(reply, Act.REFLECT), understood) * reply.reading.grounding
    return _blend("giving_back", form, read * max(0.0, 1 - elsewhere))


def _dismissing(reply: Reply, form: float) -> float:
    tagged = max((_DISMISSIVE.get(tag, 0.0) for tag in reply.tags), default=0.0)
    return max(form, (form + tagged) / 2)


def _sentence(piece: Piece, heard: frozenset[str]) -> Sentence:
    text = piece.text
    brushes = _brushes(text, piece.is_question)
    advised = 0.0 if LEGITIMATE.match(text) else _advice(text)
    owned = 1.0 if _is_own(text) else 0.0
    away = bool(brushes or advised or owned)
    return Sentence(
        piece=piece,
        validating=0.0 if brushes else _comfort(piece, bool(owned)),
        asking=_question(text, piece.is_question, advised),
        giving_back=0.0 if away else _uptake(text, piece.is_question, heard),
        advised=advised,
        owned=owned,
        dismissing=brushes,
    )


def _brushes(text: str, question: bool) -> float:
    if BRUSHING.search(text):
        return 1.0
    return _ACCUSED if question and ACCUSING.search(text) else 0.0


def _comfort(piece: Piece, owned: bool) -> float:
    if LEGITIMATE.search(without_stock(piece)):
        return _LEGITIMATE
    if owned:
        return 0.0
    if SYMPATHY.search(piece.text):
        return _NAMED
    sorry = STOCK_SORRY.search(piece.text) or LEGITIMATE.search(piece.text)
    return _SORRY if sorry else 0.0


def _advice(text: str) -> float:
    if SUGGESTING.search(text):
        return _SUGGESTED
    return _TOLD if TELLING.search(text) else 0.0


def _question(text: str, question: bool, advised: float) -> float:
    if INVITING.search(text):
        return _INVITED
    if not question:
        return 0.0
    if advised or ACCUSING.search(text):
        return _LOADED
    if DATUM.search(text):
        return _DATUM
    return _OPEN if OPEN_QUESTION.search(text) else _CLOSED


def _is_own(text: str) -> bool:
    """Whether a sentence tells of the speaker: by its form, or as it speaks of nobody else."""
    if ABOUT_YOU.search(text):
        return False
    if OWN_LIFE.search(text):
        return True
    words = prose(text).words
    about_me = sum(bool(_ME.fullmatch(word)) for word in words)
    about_you = any(_YOU.fullmatch(word) for word in words)
    mine = about_me > 0 and about_me >= _MINE * len(words)
    return mine and not about_you and not FRAMING.search(text)


def _uptake(text: str, question: bool, heard: frozenset[str]) -> float:
    taken = min(1.0, len(content(text) & heard) / _FULLY)
    if question:
        return _ASKING_BACK * taken
    return taken if GIVING_BACK.search(text) else _PLAINLY * taken
