"""Slips that show only against the message answered, or against what else the reply does."""

import re
from collections.abc import Iterator

from rubrics.acts.acting import remedies
from rubrics.acts.asking import interrogation, is_attack
from rubrics.acts.grounding import Grounds
from rubrics.acts.lexicon import FEELING, STOCK
from rubrics.acts.patterns import Finding, compiled
from rubrics.acts.reading import Act, Tag
from rubrics.acts.text import Piece, Prose

#: Below this grounding, empathy words are about nobody in particular.
UNTIED = 0.35
#: Below this grounding a reply without any act misses the message.
MISSED = 0.12
#: Share of a reply's words in the speaker's own story (codebook: about a third).
OWN_STORY_SHARE = 0.3

GIVES_BACK = frozenset({Act.NOTICE, Act.REFLECT})
_HELPS = frozenset({Act.OWN, Act.SOLVE, Act.OFFER_CHOICE, Act.COMMIT, Act.APOLOGISE, Act.CONCEDE})

_RULE = compiled(
    r"(?:policy|policies|polic\w+ (?:is|says)|rules?|procedure|regulations?|statutes?|handbook|"
    r"protocol|terms(?: of use| and conditions)?|the (?:system|contract|law|guidelines?|spec|tool|"
    r"tariff|clause|computer|software|board|manual|small print|agreement|form))",
    r"(?:section|paragraph|annex|clause|article|page) \w+|legal(?:ly)?|automatic(?:ally)?|"
    r"(?:decided|generated|allocated|determined|released|charged|made|set|permitted|approved|"
    r"carried out|inserted|listed|foreseen|documented) (?:by|under|in accordance|automatically|in "
    r"the|at)|in accordance with|"
    r"without exception|applies (?:equally )?to (?:all|every)\w*|requirement|head office|"
    r"(?:nothing|not anything) (?:that )?(?:i|we|the practice|can be) (?:can|could|done)|"
    r"regardless of|obligation is|minimum term|working days|(?:still )?liable|only guaranteed",
)
_OTHER = compiled(
    r"you (?:should(?:'ve| have)|ought to have|must have|could have|would have had|have to "
    r"(?:articulate|open|read)|can't have|never (?:asked|once|told|said))",
    r"(?:courier|driver|colleague|payroll|marketing|post room|warehouse|depot|agency|contractor|"
    r"hospital|supplier|it department|night shift|operator|engineer|reception|finance|sales|hr|"
    r"office|team|she|he|they|client|bank|airline|garage|trainee|temp)s?(?:'s| is| are)? (?:\w+ )?"
    r"(?:messed|lost|forgot|failed|got it wrong|mixed|set the|at fault|to blame|fault|problem|new|"
    r"always|external|self-employed|late|made|dropped|must have|didn't|simply|just doesn't|never)",
    r"(?:take it up|take that up|argue|speak|talk) (?:with|to) (?:him|her|them|the|his|head|"
    r"facility|your)",
    r"not (?:me|us)(?=[.,!]|$)|not (?:my|our) (?:fault|department|job|team|problem)|"
    r"nothing to do with (?:me|us)|that was \w+(?:'s (?:doing|fault|job))?,? (?:he|she|they)|"
    r"that(?:'s| was| is) \w+'s (?:job|doing|fault|department)|the \w+s?'s? (?:job|task|fault)|"
    r"ask (?:the )?\w+, (?:he|she|they)|if (?:you|your|loading|theatre|your people) (?:\w+ ){0,3}"
    r"(?:had|were|started|moaned|did|scanned|spoke)|it's (?:\w+ )?\w+'s lot|external (?:agency|"
    r"contractors?)|"
    r"that includes you|why (?:did|does|didn't) (?:you|one)|(?:your|the) (?:own )?(?:fault|"
    r"negligence)",
)
_OURS_INSTEAD = r"(?<!\w)not (?:the )?[\w']+(?: fault)?,? but (?:ours|mine|us|me)(?!\w)[^.!?]*"
_NOT_BLAME = compiled(
    _OURS_INSTEAD + r"|you should(?:n't| not) (?:have|"
    r"never)|"
    r"you should(?:'ve| have) (?:had|been|got|heard|never)[^.!?]*|you (?:must|could) have (?:been|"
    r"felt|had)"
)
_RETRACTS = compiled(r"but|however|although|though|nevertheless|still,|yet,|only that")
#: These and looser ways to turn round: nothing is taken back without one.
_BUT = compiled(
    r"but|however|although|tho(?:ugh)?|nevertheless|still|yet|only|just|except|while|whereas|"
    r"that said|then again|even so|mind you|it must be said"
)
_ACKNOWLEDGES = compiled(
    r"i (?:do |can |totally |completely |fully |really )*(?:understand|get|hear|see|appreciate|"
    r"know|agree|"
    r"feel|sympathi[sz]e)[^.!?]*|(?:fair|good|valid) (?:point|enough|question)[^.!?]*|"
    r"sorry(?: (?:about|for|to hear|that|if)[^.!?]*)?[,. ]*$|"
    r"you(?:'re| are) right[^.!?]*|(?:it|that)(?:'s| is| must be| sounds)[^.!?]*"
    + FEELING
    + r"[^.!?]*|"
    r"(?:your|the) (?:concern|feelings?|anger|frustration|point)[^.!?]*|of course[^.!?]*|"
    r"understood[^.!?]*|true[^.!?]*|"
    r"with (?:all )?(?:due )?respect[^.!?]*"
)
_HELPFUL_TAIL = compiled(
    r"(?:here's|here is|what) (?:what )?i can|i(?:'ll| will| can|'m going to| could| want to|'d "
    r"like to)|"
    r"we(?:'ll| will| can| could)|let(?:'s| me)|ours|mine|(?:it's|that's) (?:on )?(?:us|me|ours|"
    r"mine)|"
    r"(?:shall|may|could|would) (?:i|we)|i need us"
)
_READY = compiled(
    r"(?:just|only) (?:tell|give|send|want|need|fix|say|do|do it|get)[^.!?]*|what (?:now|next|"
    r"happens (?:now|next)|"
    r"are (?:the|my) options|can you (?:do|offer))[^.!?]*|let's (?:get on|do|fix|move|close|settle|"
    r"write|get it)[^.!?]*|"
    r"(?:can|could) (?:you|we|i) (?:please )?(?:just |now )?(?:send|give|tell|do|get|book|move|"
    r"have|add|change|resend|write|"
    r"fix|sign|shake|close|put)[^.!?]*|(?:ok|okay|fine|right|good|thanks|thank you)[,. ][^.!?]*|"
    r"enough (?:of|sympathy|talk)[^.!?]*|"
    r"no (?:more )?(?:sympathy|apolog)[^.!?]*|(?:don't|do not) need (?:sympathy|a hug|pity)[^.!?]*|"
    r"please (?:just )?\w+[^.!?]*"
)
_EMPATHY_TALK = compiled(
    r"how (?:are|were|did|do|have|has|does|it|that|hard|upsetting|exhausted|unsettling|anxious|"
    r"you)[^.!?]*(?:feel\w*|sit|cop\w+|for you|"
    r"must|felt|was|been)[^.!?]*|i(?:'m| am) here[^.!?]*|take all the time[^.!?]*|before (?:we|i|"
    r"anything|you)[^.!?]*(?:acknowledge|move|else|do that|feel)[^.!?]*|"
    r"(?:stay|sit) with[^.!?]*|once more how sorry|still (?:hurt|must|like to say|thinking)[^.!?]*|"
    r"what was going through[^.!?]*|"
    r"(?:it|that) must (?:still )?(?:hurt|feel|have)[^.!?]*|don't want to rush[^.!?]*|with those "
    r"feelings|i can (?:imagine|feel)[^.!?]*"
)
_HEATED = compiled(
    FEELING,
    r"again|still|never|nobody|no one|third|fourth|fifth|twice|three|four|five|wrong|lost|broken|"
    r"ruined|missed|waited|waiting|late|fault|why|how (?:is|am|can|could|do)|can't|cannot|won't|"
    r"wouldn't|didn't|don't|dead|died|passed|funeral|ill|sick|hospital|complain\w*|problem|"
    r"supposed|"
    r"enough|stop\w*|unacceptable|joke|ridiculous|everyone|whole|alone|quit|leave|leaving",
)
_STORY = compiled(
    r"when (?:i|my|our|we) |i (?:once|also had|had|have had|lost|did|went|got|cried|grew|used to|"
    r"remember|can't stand|hate|love|started here|survived|rebuilt|never had) |i too|me too|mine "
    r"(?:too|"
    r"got|won't|did|was|also)|same here|tell me about it|happened to me|been there|don't i know|"
    r"(?:was|did|had) the same|don't get me started|back in my|in my (?:case|day|time)|my week|i "
    r"was the same|"
    r"my (?:own )?(?:mum|mother|dad|father|husband|wife|brother|sister|cousin|son|daughter|boss|"
    r"aunt|uncle|neighbour|friend|kids?|girlfriend|boyfriend|ex|nan|gran\w*|dog|cat|partner|lad|"
    r"therapist|team has|old man|first \w+)|my (?:husband|wife) and i|i'd already|as a (?:mother|"
    r"parent)"
)
_OURS = compiled(
    r"fault|mistake|responsib\w+|your (?!\w+ and i)|(?:will|'ll|can't|would|could) |"
    r"that's why|promised?|hesitated"
)


def judged(message: Prose, reply: Prose, grounds: Grounds, acts: set[Act]) -> Iterator[Finding]:
    """The slips that depend on the message or on the other acts."""
    gives_back = bool(acts & GIVES_BACK)
    yield from interrogation(reply, gives_back)
    yield from _blame(reply, acts)
    yield from _taken_back(reply)
    yield from _stuffed(reply, grounds, acts)
    yield from _too_soon(message, reply, acts)
    yield from _loop(message, reply, acts)
    yield from _own_story(reply, acts)
    if _misses(message, reply, grounds, acts):
        yield Finding(Tag.IGNORING, 0, len(reply.plain.rstrip()))
    for sentence in reply.sentences:
        if is_attack(sentence):
            yield Finding(Tag.DEFENSIVENESS, sentence.start, sentence.end)


def _blame(reply: Prose, acts: set[Act]) -> Iterator[Finding]:
    text = _NOT_BLAME.sub(lambda match: " " * len(match.group()), reply.plain)
    if not acts & (_HELPS | GIVES_BACK | {Act.VALIDATE, Act.OWN_VIEW}):
        for match in _RULE.finditer(text):
            yield Finding(Tag.POLICY_BLAME, *reply.clause_at(match.start(), match.end()))
    if not acts & {Act.OWN, Act.REPAIR}:
        for match in _OTHER.finditer(text):
            yield Finding(Tag.OTHER_BLAME, *reply.clause_at(match.start(), match.end()))


def has_a_but(reply: Prose) -> bool:
    """Whether any word of it could take something back."""
    return bool(_BUT.search(reply.plain))


def takes_the_blame(reply: Prose) -> bool:
    """Whether it takes the blame off somebody: "not the courier's fault but ours"."""
    return bool(re.search(_OURS_INSTEAD, reply.plain))


def _taken_back(reply: Prose) -> Iterator[Finding]:
    """Acknowledged, then taken back; not where "but" leads to help or to "ours"."""
    for match in _RETRACTS.finditer(reply.plain):
        sentence = reply.sentence_at(match.start())
        before = reply.plain[sentence.start : match.start()]
        start = sentence.start
        if not before.strip() and (earlier := _before(reply, sentence.start)) is not None:
            start, before = earlier.start, earlier.text
        tail = reply.plain[match.end() : sentence.end]
        if _ACKNOWLEDGES.search(before) and tail.strip() and not _HELPFUL_TAIL.search(tail):
            yield Finding(Tag.BUT_NEGATION, start, sentence.end)


def _before(reply: Prose, start: int) -> Piece | None:
    earlier = [sentence for sentence in reply.sentences if sentence.end <= start]
    return earlier[-1] if earlier else None


def _stuffed(reply: Prose, grounds: Grounds, acts: set[Act]) -> Iterator[Finding]:
    found = [*STOCK.finditer(reply.plain)]
    if found and Act.GENERIC_EMPATHY in acts and not acts & GIVES_BACK:
        if grounds.whole < UNTIED and not acts & {Act.SOLVE, Act.OWN, Act.OWN_VIEW}:
            yield Finding(Tag.KEYWORD_EMPATHY, found[0].start(), found[-1].end())


def _too_soon(message: Prose, reply: Prose, acts: set[Act]) -> Iterator[Finding]:
    if Act.SOLVE not in acts or acts & (GIVES_BACK | {Act.VALIDATE, Act.OWN}):
        return
    if is_upset(message) and not asks_to_get_on(message):
        first = next((f for f in remedies(reply) if f.label is Act.SOLVE), None)
        if first:
            yield first._replace(label=Tag.PREMATURE_SOLVING)


def is_upset(message: Prose) -> bool:
    """Whether a message voices an upset or a concern."""
    return bool(_HEATED.search(message.plain))


def asks_to_get_on(message: Prose) -> bool:
    """Whether a message asks for the solution now: its last sentence says so."""
    last = message.sentences[-2:]
    return any(_READY.match(sentence.text) for sentence in last)


def _loop(message: Prose, reply: Prose, acts: set[Act]) -> Iterator[Finding]:
    if not asks_to_get_on(message) or acts & {Act.SOLVE, Act.COMMIT, Act.OFFER_CHOICE}:
        return
    for match in _EMPATHY_TALK.finditer(reply.plain):
        yield Finding(Tag.EMPATHY_LOOP, *reply.clause_at(match.start(), match.end()))


def _own_story(reply: Prose, acts: set[Act]) -> Iterator[Finding]:
    if acts & {Act.OWN, Act.OWN_VIEW, Act.REPAIR} or len(reply.words) < 10:
        return
    told = [s for s in reply.sentences if _STORY.search(s.text) and not _OURS.search(s.text)]
    words = sum(len(sentence.text.split()) for sentence in told)
    if told and words > OWN_STORY_SHARE * len(reply.words):
        yield Finding(Tag.SELF_ORIENTATION, told[0].start, told[-1].end)


def _misses(message: Prose, reply: Prose, grounds: Grounds, acts: set[Act]) -> bool:
    kept = acts - {Act.INFORM, Act.ASK_CLOSED}
    return bool(message.words) and bool(reply.words) and grounds.whole < MISSED and not kept
