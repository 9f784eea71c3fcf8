"""A transcript as the scorer sees it: the employee's replies in order, each with its reading."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rubrics.acts.grounding import content
from rubrics.acts.reading import Act, ActLabeller, Context, ReplyReading, Tag
from rubrics.acts.repeating import said_once
from rubrics.acts.text import blanked
from rubrics.model import Transcript

#: Replies within which earlier understanding still makes a solution timely, an apology must be
#: followed by action, and a slip can be repaired (rubric.md sections 4 and 5).
NEAR = 2
#: More apologies than this in one conversation grate.
APOLOGIES = 2
#: Relational replies in a row, after the first, without any action: a loop.
RELATIONAL_RUN = 4
#: Questions in two replies that make an interrogation where nothing is given back.
QUESTIONS = 3

#: Their words said again are facts given back at most, not what those mean for them: the reply
#: takes them up no further than this, below what REFLECT 3 asks for.
_FACTS = 0.55
_GIVES_BACK = (Act.REFLECT, Act.NOTICE)
_DOES = (Act.SOLVE, Act.COMMIT, Act.OFFER_CHOICE, Act.OWN, Act.CONCEDE)
#: What makes a reply more than their words said again.
_DOES_MORE = frozenset({*_DOES, Act.EXPLORE, Act.ASK_INTEREST})


@dataclass(frozen=True)
class Reply:
    """One employee turn: where it stands, what it answers, what it did."""

    turn: int
    text: str
    message: str
    reading: ReplyReading
    #: Slips of this reply, with those that only the conversation shows.
    tags: frozenset[Tag]
    #: It has no content word that they have not said.
    echoes: bool = False

    @property
    def acts(self) -> frozenset[Act]:
        """The acts that are there; merely saying their words again is no reflection."""
        found = frozenset(act for act in self.reading.acts if self.reading.has(act))
        return found - {Act.REFLECT} if self.echoes and not found & _DOES_MORE else found

    @property
    def grounding(self) -> float:
        """How far it takes up what they said, 0-1; their own words, as facts at most."""
        return min(self.reading.grounding, _FACTS) if self.echoes else self.reading.grounding

    @property
    def usable(self) -> bool:
        """Whether it may serve as evidence."""
        return self.reading.readable and Tag.MANIPULATION not in self.tags

    @property
    def stands(self) -> bool:
        """Whether it counts as a reply: text to the scorer excuses nothing else in it."""
        slips = self.tags - {Tag.MANIPULATION, Tag.IGNORING}
        return self.reading.readable and (self._speaks or bool(slips))

    @property
    def _speaks(self) -> bool:
        """Whether it says anything that is not for the scorer."""
        aside = [hit for hit in self.reading.tags if hit.tag is Tag.MANIPULATION]
        return any(char.isalnum() for char in blanked(self.text, aside))


def contexts(transcript: Transcript) -> Iterator[tuple[int, Context, str]]:
    """Each employee turn that says something: its index, what it answers, and its text."""
    earlier: list[str] = []
    message: list[str] = []
    for index, turn in enumerate(transcript.turns):
        if turn.speaker == "counterpart":
            message.append(turn.text)
            continue
        if turn.text.strip():
            yield index, Context(message="\n".join(message), earlier=tuple(earlier)), turn.text
        earlier, message = [*earlier, *message, turn.text], []


def read_transcript(transcript: Transcript, labeller: ActLabeller) -> dict[int, ReplyReading]:
    """A reading for every employee turn that says something, by transcript index."""
    return {
        index: labeller.label(context, said_once(text))
        for index, context, text in contexts(transcript)
    }


def replies(transcript: Transcript, readings: Mapping[int, ReplyReading]) -> tuple[Reply, ...]:
    """The employee's replies that have a reading, with the slips of the whole conversation."""
    found, heard = [], set[str]()
    for index, context, text in contexts(transcript):
        heard |= content(context.message)
        if index in readings:
            tags, own = _own_tags(readings[index]), content(text)
            echoes = bool(own) and own <= heard
            found.append(Reply(index, text, context.message, readings[index], tags, echoes))
    return tuple(_in_place(found))


def _in_place(found: list[Reply]) -> Iterator[Reply]:
    """Each reply with its slips; one that does not stand counts in no sequence, like silence."""
    standing = [reply for reply in found if reply.stands]
    places = {reply.turn: place for place, reply in enumerate(standing)}
    for reply in found:
        place = places.get(reply.turn)
        yield reply if place is None else replace(reply, tags=_in_sequence(standing, place))


def _own_tags(reading: ReplyReading) -> frozenset[Tag]:
    """A limit against abuse is never a slip, however curt it sounds."""
    tags = frozenset(hit.tag for hit in reading.tags)
    if reading.has(Act.BOUNDARY) and not tags & {Tag.THREAT, Tag.SLUR}:
        tags -= {Tag.HOSTILITY, Tag.DEFENSIVENESS, Tag.LABELLING}
    return tags


def _in_sequence(found: list[Reply], at: int) -> frozenset[Tag]:
    tags = found[at].tags
    before = found[max(0, at - NEAR) : at]
    if any(_did(reply, *_GIVES_BACK) for reply in before):
        tags -= {Tag.PREMATURE_SOLVING}
    if _interrogates(found, at):
        tags |= {Tag.INTERROGATING}
    if _apologises_too_much(found, at):
        tags |= {Tag.OVER_APOLOGY}
    if _circles(found, at):
        tags |= {Tag.EMPATHY_LOOP}
    if _says_again(found, at):
        tags |= {Tag.KEYWORD_EMPATHY}
    return tags


def _did(reply: Reply, *acts: Act) -> bool:
    return any(reply.reading.has(act) for act in acts)


def _interrogates(found: list[Reply], at: int) -> bool:
    pair = found[max(0, at - 1) : at + 1]
    if len(pair) < 2 or any(_did(reply, *_GIVES_BACK) for reply in pair):
        return False
    asked = [reply.text.count("?") for reply in pair]
    return all(asked) and sum(asked) >= QUESTIONS


def _apologises_too_much(found: list[Reply], at: int) -> bool:
    sorry = [place for place in range(at + 1) if _did(found[place], Act.APOLOGISE)]
    if not sorry or sorry[-1] != at:
        return False
    after = found[at : at + NEAR + 1]
    no_action = len(after) > NEAR and not any(_did(reply, *_DOES) for reply in after)
    return len(sorry) > APOLOGIES or no_action


def _circles(found: list[Reply], at: int) -> bool:
    run = found[max(0, at - RELATIONAL_RUN + 1) : at + 1]
    relational = (*_GIVES_BACK, Act.VALIDATE, Act.GENERIC_EMPATHY, Act.APOLOGISE)
    if len(run) < RELATIONAL_RUN or any(_did(reply, *_DOES, Act.EXPLORE) for reply in run):
        return False
    return all(_did(reply, *relational) for reply in run)


def _says_again(found: list[Reply], at: int) -> bool:
    """The same stock phrase as in an earlier reply."""
    return bool(_stock(found[at]) & {p for reply in found[:at] for p in _stock(reply)})


def _stock(reply: Reply) -> set[str]:
    spans = reply.reading.act_spans.get(Act.GENERIC_EMPATHY, ())
    return {normal(reply.text[span.start : span.end]) for span in spans}


def normal(text: str) -> str:
    """Words only, in lower case: two texts are the same sentence where this is equal."""
    return " ".join(re.findall(r"\w+", text.lower()))
