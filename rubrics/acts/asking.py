"""Questions: open, closed, checking back, under the surface, and those that attack."""

import re
from collections.abc import Iterator

from rubrics.acts.patterns import Finding, compiled
from rubrics.acts.reading import Act, Tag
from rubrics.acts.text import Piece, Prose

ATTACKING = compiled(
    r"why (?:didn't|did you not|don't|do you not|weren't|aren't|can't|couldn't|wouldn't|haven't|"
    r"hasn't|would you|are you being|is it always|does one|not just) ?\w*",
    r"(?:how|what|who) (?:can|could|gives|on earth|do you think you are|is wrong with)[^?]{0,20}"
    r"(?:you (?:be|expect|not)|wrong with you|think you are|were you thinking)",
    r"what (?:do|did) you expect|what were you thinking|what(?:'s| is) your problem",
    r"(?:do|did|have|are|can) you (?:even|ever|really think|seriously|not)",
    r"(?:who|what) gives out|since when do you|whose fault|are you (?:serious|kidding|joking)",
    r"did(?:n't)? you (?:check|book|roll|think|read|bother)",
)
#: Opens a question that cannot be answered with yes, no or a datum.
OPEN = compiled(
    r"(?:what|how)(?:'s|'d|'re| is| was| are| were| do| did| does| has| have| would| will| could|"
    r" might| can| else| about| happened| happens| worries| matters| breaks| slips| makes| made|"
    r" kind| part| part of| exactly| really| bothers| hurts| weighs| keeps)?",
    r"tell me|talk me through|walk me through|take me through|say more|help me understand|"
    r"i'd (?:like|love) to (?:hear|understand)|i want to (?:hear|understand)|"
    r"describe|where does (?:that|this|it) leave|why is|why does|why do you think|"
    r"in what way|which part|which of",
)
_DATUM = compiled(
    r"what(?:'s| is| was| are)? (?:the|your) (?:\w+ ){0,2}(?:number|name|address|postcode|email|"
    r"url|"
    r"date|code|reference|time|model|id|account|birth|password|extension|serial|version|size)\w*",
    r"(?:what|which) (?:time|day|date|number|model|year|colour|size|room|flight|train|address)",
    r"how (?:many|much|long|often|old|soon|far|late|big)",
    r"(?:where|when|who|which|whose)(?:'s| is| was| did| do| are)?",
    r"(?:order|account|reference|booking|phone|customer|ticket|policy) (?:number|id|no)",
)
CHECK = compiled(
    r"(?:is|was|have|did|am|are) (?:that|this|it|i|we) (?:right|correct|it|got (?:that|it|this)|"
    r"get (?:that|it)|understood|understand|fair|close|about right|missing|missed)[^?.!]{0,40}",
    r"(?:have|did) i (?:got|get|understood|heard|read|miss)\w*[^?.!]{0,40}|am i (?:right|reading|"
    r"close)[^?.!]{0,30}",
    r"(?:does|would|will|could|can|might) (?:that|this|it|either|one of those|any of (?:that|"
    r"those))"
    r" (?:work|help|suit|fit|be (?:ok|okay|all right|alright|enough|fair|right|good|easier)|do|"
    r"cover|"
    r"sound|feel|make|solve|still)[^?.!]{0,40}",
    r"(?:is|are) (?:that|this|it|you) (?:ok|okay|all right|alright|fine|workable|enough|doable|"
    r"possible|manageable|acceptable)[^?.!]{0,40}",
    r"(?:may|can|could|shall|should) (?:i|we) [^?.!]{2,80}\?",
    r"(?:do|would|could) you (?:mind|agree|like me to|want me to|be (?:ok|okay|"
    r"willing))[^?.!]{0,80}",
    r"(?:if|when) you (?:allow|agree|permit|like|want)|if that(?:'s| is| suits| works)[^?.!]{0,30}|"
    r"if it(?:'s| is) (?:ok|okay|all right)|with your permission",
    r"(?:all right|alright|ok|okay|right|agreed|deal|yes|correct|true|isn't it|sound fair|fair "
    r"enough|"
    r"does it|yeah|good for you)\?",
    r"tell me if|correct me|what did i (?:miss|get wrong)|how does that (?:sound|sit|fit)|"
    r"(?:can|could) you live with",
)
INTEREST = compiled(
    r"what (?:matters|would matter|is most important|'s most important|are you (?:most )?"
    r"(?:afraid|worried)|do you (?:most )?(?:need|fear|want|lose)|would you (?:lose|need|want|miss|"
    r"most)|would (?:slip|break|suffer|happen|it (?:mean|cost|give|take)|help|\w+ing)|slips|breaks|"
    r"suffers|worries you|'s at stake|is at stake|hangs on|depends on|"
    r"makes (?:it|that|this|the)|is behind|'s behind|does (?:it|that|this|he|she) (?:mean|cost|"
    r"give|do))"
    r"[^.!?]{0,80}",
    r"what (?:do|did|would) you (?:need|use|want) (?:it|that|this|the \w+|her|him|them) (?:for|"
    r"to)[^.!?]*",
    r"what(?:'s| is) (?:it|that|this) (?:for|about|really about)[^.!?]{0,30}",
    r"what(?: \w+){1,4} for you[^.!?]{0,40}",
    r"(?:what|how much) would you lose",
    r"why (?:is|does|do) (?:that|this|it|the \w+|you) (?:matter|so important|important|"
    r"need)[^.!?]*",
)
CHOICE = compiled(
    r"which (?:one|way|of|would|is|do|suits|works|helps|feels)[^.!?]{0,60}",
    r"(?:what|which)(?: \w+)? (?:would|do|could|might|can) (?:you )?(?:help|prefer|rather|like "
    r"best|"
    r"suit|be (?:most |more )?(?:help\w*|use\w*|better|best|easier)|work best)[^.!?]{0,60}",
    r"(?:what|which) (?:suits|works|is (?:better|easier|best)|helps)[^.!?]{0,40}",
    r"what would (?:you (?:want|like|need) (?:to (?:happen|see)|from)|put it right|make (?:it|"
    r"this) right|help)[^.!?]*",
    r"(?:two|three|2|3|several) (?:ways|options|possibilities|choices|things i can|routes)[^.!?]*",
    r"(?:either|whichever|whatever) (?:is|suits|you|way|works|feels|lets)?[^.!?]{0,60}",
    r"(?:your (?:choice|call|pick)|up to you|you (?:choose|decide|pick))",
    r"(?:or|and) (?:else )?(?:would you (?:rather|prefer)|if you(?:'d| would)? (?:rather|"
    r"prefer))[^.!?]*",
    r"(?:i|we|you) (?:can|could|may)[^.!?]{5,160}(?:,| -|;)? or (?:i |we |you |a |an |the |else |"
    r"both |"
    r"by |in |at |have |take |get |leave |keep |send |do )[^.!?]{3,}",
    r"(?:today|tomorrow|now|by phone|by voice|in writing|\w+day) or [^.!?]{3,40}\?",
    r"(?:shall|should|do|would) (?:i|we|you)[^.!?]{4,80} or [^.!?]{3,}\?",
)


def questions(reply: Prose) -> Iterator[Finding]:
    """What each question in the reply asks for."""
    for sentence in reply.sentences:
        for act in _acts(sentence):
            yield Finding(act, sentence.start, sentence.end)


def is_attack(sentence: Piece) -> bool:
    """Whether it asks in order to blame."""
    return bool(ATTACKING.search(sentence.text))


def _acts(sentence: Piece) -> Iterator[Act]:
    text = sentence.text
    asks = sentence.is_question
    if is_attack(sentence):
        return
    checks = bool(CHECK.search(text))
    if checks and (asks or "if " in text or "tell me if" in text or "correct me" in text):
        yield Act.CHECK_BACK
    if CHOICE.search(text):
        yield Act.OFFER_CHOICE
    if asks and INTEREST.search(text):
        yield Act.ASK_INTEREST
    opens = _opens(text, asks)
    if opens:
        yield Act.EXPLORE
    elif asks and not checks and not CHOICE.search(text) and _COLLECTS.search(text):
        yield Act.ASK_CLOSED


_COLLECTS = re.compile(
    r"^(?:(?:and|so|but|ok|okay|right|thanks|hi|hello|sorry|just|now|first|then|oh)[,. ]+)*"
    r"(?:is|are|do|does|did|have|has|had|was|were|can|could|will|would|what|which|where|when|who|"
    r"how|"
    r"any|it|you)\b(?! (?:that|it) (?:help|work|suit)| you (?:know that|know our|please|send|give)|"
    r"\?)|"
    r"^\W*(?:\w+\W+){1,4}$|(?:or|and) (?:is|are|do|did|was|which|what|where|when|how)\b|"
    r"[:;,] (?:what|which|when|where|how|is|are|do|did|have)\b"
)
_INVITES = compiled(
    r"^(?:(?:please|so|and|then|now|but|could you|would you|can you|will you) )*(?:tell me(?! "
    r"(?:if|which|by|when|whether|only|your)))"
    r"|talk me through|walk me through|take me through|say more|help me understand|"
    r"i'd (?:like|love) to (?:hear|understand)|i want to (?:hear|understand)|i'm listening"
)


def _opens(text: str, asks: bool) -> bool:
    if _INVITES.search(text):
        return True
    if not asks or _DATUM.search(text) and not INTEREST.search(text):
        return False
    tail = text.rsplit(",", 1)[-1] if ", " in text else text
    match = OPEN.search(text)
    return bool(match) and (match.start() < 60 or bool(OPEN.search(tail))) if match else False


def interrogation(reply: Prose, gives_back: bool) -> Iterator[Finding]:
    """Three questions or more and nothing given back (rubric.md section 4)."""
    asked = [sentence for sentence in reply.sentences if sentence.is_question]
    if len(asked) >= 3 and not gives_back:
        yield Finding(Tag.INTERROGATING, asked[0].start, asked[-1].end)
