"""Turning to the person: feelings, understanding, credit, stock phrases."""

from collections.abc import Iterator

from rubrics.acts.grounding import Grounds, without_stock
from rubrics.acts.lexicon import FEELING, STOCK
from rubrics.acts.patterns import Finding, compiled
from rubrics.acts.reading import Act
from rubrics.acts.text import Piece, Prose

#: A sentence must take up this much of the message to count as giving it back.
REFLECTS = 0.5
#: A feeling is tied to the person where the reply as a whole takes up this much.
TIED = 0.25

_FEELING = compiled(FEELING)
_NOT_THEIRS = compiled(
    r"(?:i'm|i am|i was|i feel|i felt|we're|we are|i'd be|makes me|made me) (?:\w+ ){0,2}"
    + FEELING,
    r"(?:don't|no need to|stop|not|never|nobody|needn't|there's nothing to) (?:be |get |feel |"
    r"being )?"
    r"(?:so )?(?:\w+ )?" + FEELING,
    r"calm down|overreact\w*|used to|hard (?:drive|copy|work(?:er|ing))|is used|are used|lost "
    r"(?:luggage|"
    r"property|parcel)|try hard|sick (?:note|leave|pay)|(?:too|over)sensitive|mad about",
)
_TO_THEM = compiled(
    r"you|your|yours|u|ur|that|this|it|he|she|her|him|they|anyone|no wonder|of course|must|sounds?|"
    r"what a|no"
)
_VALIDATE = compiled(
    r"no wonder|(?:of course|naturally)(?:,)? (?:you|it|that|she|he|they)\b(?! can| could)",
    r"(?:makes?|made|making) (?:complete |total |perfect |every |a lot of )?sense",
    r"(?:any(?:one|body)|everyone|any \w+|most people)(?: in your (?:place|shoes|position))?"
    r"(?:'d| would)(?:n't| not)?",
    r"(?:would|could) make any(?:one|body)|no ?(?:one|body) should (?:have to )?\w+",
    r"i(?:'d| would) (?:be|feel|have been|have felt) (?:\w+ )?" + FEELING,
    r"i(?:'d| would)(?: not|n't)? (?:sign|accept|stop believing|want that|trust)[^.!?]* (?:either|"
    r"too|also|"
    r"in your place)",
    r"(?:you're|you are|you were|ur) (?:\w+ )?(?:right|entitled|correct)(?! now)",
    r"you(?:'ve| have|'d)? (?:every|had every|have a|a full|had a|good|full) (?:right|reason|"
    r"cause)",
    r"you(?:'ve| have) (?:cause|reason|been patient|earned)|rightly|with good reason|well founded",
    r"(?:fair|good|legitimate|reasonable) (?:point|question|enough|ask|thing to|concern|complaint|"
    r"wish|"
    r"criticism)",
    r"(?:it's|it is|that's|that is|is|feels|seems|sounds|be) (?:only |completely |perfectly |"
    r"totally |"
    r"entirely |quite |very |so |more than |just )*(?:fair|natural|human|understandable|reasonable|"
    r"legitimate|justified|right to|normal)",
    r"(?:not|isn't|aren't|wasn't|never|nothing|n't) (?:too |a |at all |being |making )?(?:silly|"
    r"stupid|"
    r"petty|foolish|dramatic|asking too much|too much to ask|weak|weakness|a burden|your fault|"
    r"dumb|"
    r"fussy|unreasonable|a fuss|fuss|mad|crazy|cruelty|late|a dragon|to be ashamed|ashamed|"
    r"shameful)",
    r"you (?:did|have done|'ve done|kept|held|played|stuck to|followed) (?:your|every|exactly|what|"
    r"all|"
    r"everything|nothing wrong|the right)",
    r"(?:that|this|it|is)(?:'s| is| was)?(?: simply| just)? ?not (?:right|ok|okay|good enough|fair|"
    r"acceptable|how|correct)|(?:that|this|it)(?:'s| is| was)(?: simply)? (?:no answer|"
    r"unacceptable|"
    r"wrong|unfair)|wasn't good enough",
    r"you (?:deserve\w*|shouldn't have (?:to|had)|should not have (?:to|had)|should never have)",
    r"right priority|you could not know|easily done|(?:can't|cannot|don't|wouldn't) blame (?:you|"
    r"her|him)",
    r"(?:it|that) (?:took|takes) (?:guts|courage|nerve)|stands to reason|be angry at that",
    r"i (?:can |do )?(?:see|understand|get) why|i see how (?:that|this|it)",
)
_AFFIRM = compiled(
    r"thank(?:s| you)(?: very much| so much)? for (?:telling|saying|being|raising|asking|coming|"
    r"trusting|bringing|spelling|flagging|noticing|writing (?:this|it|to me)|speaking|pointing|"
    r"putting|the (?:photo|detail|list|honest)|not|your (?:honest|open)|holding|keeping|letting me|"
    r"sharing that|catching|naming)[^.!?]*",
    r"i(?:'m| am) glad (?:you|that you)[^.!?]*|glad you (?:said|told|came|wrote|asked|rang)[^.!?]*",
    r"i(?: really)? (?:respect|admire|appreciate|value) (?:that you|you|how you|the way you|"
    r"this)[^.!?]*",
    r"(?:good|well) (?:catch|spotted|done|call|thinking)|(?:that|it) (?:took|takes) (?:guts|"
    r"courage|nerve)[^.!?]*",
    r"(?:kind|brave|generous|decent|honest|thoughtful) of you[^.!?]*|you (?:handled|caught|spotted|"
    r"noticed|carried|kept)[^.!?]*(?:well|calm|first|brilliantly|running)",
)
#: Sentences that do something else than give back, even where they share words.
_ELSEWHERE = compiled(
    r"(?:i|we)(?:'ll| will| can| could|'m going to| shall|'ve| have to| must)",
    r"(?:i|we) (?:just )?(?:send|call|phone|ring|book|check|fix|put|bring|write|refund|block|stop|"
    r"take|"
    r"ask|make|cancel|speak|look|go|need|want)",
    r"let me|please|kindly|you (?:should|could|must|have to|ought)(?!')|^try|^yes|"
    r"^no promise|^(?:very |so |deepest )?(?:sorry|thank\w*) |i (?:said|promise|had|was|am)|"
    r"(?:shall|should) (?:i|we)",
)
_SPEAKER = compiled(r"i(?:'m|'ve|'d|'ll)?|my|me|mine")
_THEIRS = compiled(r"you(?:'re|'ve|'d|'ll|rs)?|your|u|ur|he|his|she|her|him|they|their|them")


def feelings(reply: Prose, grounds: Grounds) -> Iterator[Finding]:
    """NOTICE: a feeling of theirs, outside stock phrases, in a reply tied to what they said."""
    if grounds.whole < TIED:
        return
    for sentence in reply.sentences:
        text = without_stock(sentence)
        text = _NOT_THEIRS.sub(" ", text)
        if _FEELING.search(text) and (_TO_THEM.search(text) or not _SPEAKER.search(text)):
            if not (sentence.is_question and sentence.text.startswith(("are you", "why"))):
                yield Finding(Act.NOTICE, sentence.start, sentence.end)


def reflections(reply: Prose, grounds: Grounds) -> Iterator[Finding]:
    """REFLECT: a statement of what they said, more than an echo of it."""
    for sentence, score, echo in zip(
        reply.sentences, grounds.sentences, grounds.echoes, strict=False
    ):
        if score >= REFLECTS and not echo and _gives_back(sentence):
            yield Finding(Act.REFLECT, sentence.start, sentence.end)


def _gives_back(sentence: Piece) -> bool:
    if sentence.is_question and not _CONFIRMS.search(sentence.text):
        return False
    text = sentence.text
    speaks_of_self = bool(_SPEAKER.search(text)) and not _THEIRS.search(text)
    return not speaks_of_self and not _ELSEWHERE.search(text)


_CONFIRMS = compiled(
    r"(?:right|yes|correct|true|is that (?:it|right)|have i got that|am i right)\?|^so|^is it that|"
    r"^(?:it )?sounds|^you"
)


def regard(reply: Prose) -> Iterator[Finding]:
    """VALIDATE, AFFIRM and GENERIC_EMPATHY."""
    for act, pattern in ((Act.VALIDATE, _VALIDATE), (Act.AFFIRM, _AFFIRM)):
        for match in pattern.finditer(reply.plain):
            sentence = reply.sentence_at(match.start())
            if not sentence.is_question or act is Act.AFFIRM:
                yield Finding(act, sentence.start, sentence.end)
    for match in STOCK.finditer(reply.plain):
        if not _goes_on(reply, match.end()):
            yield Finding(Act.GENERIC_EMPATHY, match.start(), match.end())


def _goes_on(reply: Prose, end: int) -> bool:
    """Whether the same sentence says at once what the stock phrase is about."""
    rest = reply.plain[end : reply.sentence_at(max(0, end - 1)).end]
    return bool(_ABOUT.match(rest))


_ABOUT = compiled(r"\s*(?:about|that|when|after|because|over|with|having|to have) \w+ \w+.*")
