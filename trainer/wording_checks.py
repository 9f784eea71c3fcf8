"""What a wording from a language model must pass before an employee sees it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rubrics.acts.reading import Act, ReplyReading, Tag
from scenarios.model import Gate, Scenario
from trainer.guard.case import quantities
from trainer.rewording import is_harmful

MOST_WORDS = 45
#: Words shorter than this tell nothing of a case, and of a reply.
_TELLING, _CONTENT = 5, 4
#: Numbers up to this are figures of speech.
_IDIOM = 2
_COMMON = frozenset(
    "about after again also back because been before being came come could does doing done down "
    "even ever from gets give goes going good have having here hers into just know like look made "
    "make many more most much must need never only other over really right said same says should "
    "since some something still take tell than that their them then there these they thing things "
    "think this those through time very want wants well were what when where which while will "
    "with without would your yours".split()
)
_TO_THE_TRAINEE = re.compile(
    r"\b(?:you (?:could|might|may|can) (?:say|try|reply|write)|try (?:saying|this|something)|"
    r"instead of saying|your (?:reply|wording|response|sentence)|(?:the|this|a) new reply|"
    r"(?:the|this) (?:speaker|employee|trainee)|reword|rephras|"
    r"here(?:'s| is) (?:a|an|another|the|my) (?:new|better|possible|reply|version|wording|way)|"
    r"as an ai|language model|feel free|hope this helps|note:)",
    re.I,
)
_MARKUP = re.compile(r"^\s*(?:[-*•#]|\d[.)])\s|\*\*|```|[{}<>]", re.M)


@dataclass(frozen=True)
class Proposal:
    """A wording and the reply that it is to replace, with what may be known by then."""

    text: str
    #: How the labeller reads it.
    reading: ReplyReading
    reply: str
    was: ReplyReading
    scenario: Scenario
    said: tuple[str, ...]
    disclosed: Gate


def cleaned(text: str) -> str:
    """Without quotation marks or a name round it."""
    text = " ".join(text.split())
    text = re.sub(r"^(?:(?:new )?reply|speaker|you|me)\s*:\s*", "", text, flags=re.I)
    return text.strip().strip("\"“”'").strip() if text[:1] in "\"“'" else text


def fault(proposal: Proposal) -> str:
    """Why this wording cannot be shown, in words for the page; empty if it can."""
    return next(_faults(proposal), "")


def _faults(proposal: Proposal) -> Iterator[str]:
    text, reading = proposal.text, proposal.reading
    words = re.findall(r"[\w'’]+", text)
    if not words or text[-1] not in ".!?…":
        yield "it was not a whole sentence"
    if len(words) > MOST_WORDS:
        yield "it was too long"
    if _MARKUP.search(text):
        yield "it used a list or markup"
    if not reading.readable:
        yield "it was not in English"
    if _TO_THE_TRAINEE.search(text):
        yield f"it spoke to you and not to {_name(proposal)}"
    if _slips(reading) and (is_harmful(reading) or _slips(reading) - _slips(proposal.was)):
        yield "it had a slip of its own"
    if not is_harmful(proposal.was) and not _keeps_a_word(proposal):
        yield "nothing of your own words was left in it"
    if _leaks(proposal) or _invents(proposal):
        yield "it said what nobody had told you"


def _slips(reading: ReplyReading) -> set[Tag]:
    return set() if reading.has(Act.BOUNDARY) else {hit.tag for hit in reading.tags}


def _name(proposal: Proposal) -> str:
    return proposal.scenario.counterpart.name.split()[0]


def _keeps_a_word(proposal: Proposal) -> bool:
    own = _stems([proposal.reply], _CONTENT)
    return not own or bool(own & _stems([proposal.text], _CONTENT))


def _leaks(proposal: Proposal) -> bool:
    """Whether it holds a word that only what is still hidden holds."""
    hidden = _stems(_hidden(proposal.scenario, proposal.disclosed), _TELLING)
    open_words = _stems((*_open(proposal), *_voiced(proposal.scenario)), _TELLING)
    return bool(_stems([proposal.text], _TELLING) & (hidden - open_words))


def _invents(proposal: Proposal) -> bool:
    """Whether it names a number that nobody has said."""
    known = {value for text in _open(proposal) for value, _, _ in quantities(text)}
    return any(value > _IDIOM and value not in known for value, _, _ in quantities(proposal.text))


def _hidden(scenario: Scenario, disclosed: Gate) -> Iterator[str]:
    need = scenario.counterpart.hidden_need
    for gate, text in ((1, need.hint), (2, need.need)):
        if gate > disclosed:
            yield text
    yield from (fact.text for fact in scenario.facts if fact.gate > disclosed)


def _open(proposal: Proposal) -> Iterator[str]:
    """What the employee may know by then."""
    scenario = proposal.scenario
    brief = scenario.brief
    yield from (brief.you_are, brief.situation, brief.goal, *brief.you_know)
    yield from (offer.text for offer in scenario.may_offer)
    yield from (proposal.reply, *proposal.said)
    if proposal.disclosed:
        yield scenario.counterpart.hidden_need.hint


def _voiced(scenario: Scenario) -> Iterator[str]:
    """Authored words for the employee and the visible feeling: no secret is in them."""
    coaching = scenario.coaching
    yield from (*coaching.acknowledgements, *coaching.questions, *coaching.ownership)
    yield from (*coaching.steps, *coaching.steadying)
    yield scenario.counterpart.feeling.cause


def _stems(texts: Iterable[str], least: int) -> set[str]:
    """The words that carry meaning, cut so that their forms count as one."""
    words = (word for text in texts for word in re.findall(r"[a-z]+", text.lower()))
    return {word[:6] for word in words if len(word) >= least and word not in _COMMON}
