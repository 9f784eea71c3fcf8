"""Doing and telling: facts, remedies, promises with a date."""

from collections.abc import Iterator

from rubrics.acts.lexicon import TIME
from rubrics.acts.patterns import Finding, compiled
from rubrics.acts.reading import Act
from rubrics.acts.text import Piece, Prose

_DO = (
    r"(?:send|resend|call|ring|phone|book|rebook|check|fix|put|bring|write|email|message|text|"
    r"refund|"
    r"block|stop|cancel|speak|look|go|move|change|replace|arrange|get|open|close|set|add|remove|"
    r"give|"
    r"take|clear|pause|cover|pay|waive|credit|escalate|transfer|forward|update|correct|sort|help|"
    r"order|"
    r"find|make|talk|ask|come|drive|deliver|collect|pick|swap|switch|log|note|file|report|"
    r"organi[sz]e|"
    r"show|explain|walk|sit|start|split|share|reserve|hold|keep|lock|unlock|cut|offer|prepare|"
    r"print|"
    r"repair|reset|restore|reverse|review|schedule|sign|tell|try|upgrade|unblock|post|meet|confirm|"
    r"do|"
    r"push|pull|let|free|trade|lend|rotate|alternate|draft|plan|teach|train|introduce|bring|join|"
    r"run)"
)
_SOLVE = compiled(
    r"(?:i|we)(?:'ll|'m going to| will| shall)(?! (?:not|never|say|be (?:honest|here|frank|clear)|"
    r"listen|"
    r"hear|admit|remember|regret|take that|see what you))",
    r"(?:i|we) can(?! (?:see|hear|understand|imagine|feel|tell|only|not|promise|ask|i\b|also see))",
    r"(?:i|we)(?:'m| am|'re| are| now| just)+ (?:chasing|lifting|striking|releasing|reopening|"
    r"pulling|"
    r"waiving|recalling|halting|freezing|walking over)|(?:i|we) (?:reopen|release|recall|waive|"
    r"chase|"
    r"lift|book|pay|come|walk|call|speak|ring|write)",
    r"(?:i've|we've|i have|we have)(?: now| just| already)? (?:struck|lifted|locked|waived|"
    r"recalled|"
    r"pulled|halted|frozen|reopened|passed|found you|rung|spoken)",
    r"(?:on (?:its|the) way|in your inbox|back by tonight|recall's started|is now (?:closed|set|"
    r"off))",
    r"^(?:just |so,? |then |simply |if so,? )*(?:rebook|appeal|bin|have|press|click|download|see|"
    r"wait|"
    r"leave|give|turn|switch|keep|pop|sit|take|contact|log|drop)(?! me| a (?:good|nice)| you| "
    r"been)\b",
    r"^(?:done|fixed|sorted|corrected|changed)",
    rf"(?:i|we|they|he|she)(?:'ll|'m going to| will| shall| can| could| would|'d)(?: \w+ly| also| "
    rf"now| "
    rf"then| just| at least| gladly| still| have| get)? {_DO}[^.!?]*",
    rf"(?:i|we)(?: now| just)? (?:{_DO}|am|put) (?:it|this|that|the|your|you|a|an|her|him|them|"
    rf"depot|out|on|with|my|now|in)"
    r"(?: \w+)*",
    r"(?:i'm|we're|i am|we are)(?: now| just)? (?:sending|calling|ringing|booking|fixing|putting|"
    r"stopping|going|getting|changing|moving|arranging|cancelling|refunding|taking|writing|making|"
    r"opening|clearing|adding|raising|asking|on it)[^.!?]*",
    r"(?:i've|we've|i have|we have)(?: now| just| already)? (?:sent|called|booked|fixed|put|"
    r"stopped|"
    r"changed|moved|arranged|cancelled|refunded|taken|written|opened|cleared|added|blocked|asked|"
    r"set|"
    r"corrected|started|pulled|reserved|removed|logged|ordered|raised|credited|freed)[^.!?]*",
    r"let me (?!know|start|try|be|just say|tell)\w+[^.!?]*|let's \w+[^.!?]*|"
    r"(?:shall|should|could) we \w+[^.!?]*|shall i \w+[^.!?]*",
    r"(?:you (?:should|could|might want to|need to|ought to)|you (?:can|could|may) (?:also |simply "
    r"|just )?(?!count|be |tell|see|only|rely|have|imagine|still|not )|why don't you|have you "
    r"tried|"
    r"try|i(?:'d| would) (?:suggest|recommend|advise)|i suggest|i recommend|my advice|maybe you|"
    r"how about|what about|what if (?:we|i|you)|best to|please (?:call|fill|send|contact|use|"
    r"check|go|bring|visit|complete|try|see|log|reset|restart)|kindly (?:use|fill|call|contact|"
    r"check|send))[^.!?]*",
    r"^(?:bring|send|check|use|call|change|take|book|try|go|get|talk|restart|reset|fill|come|put|"
    r"ask|"
    r"make|write|split|swap)[^.!?]*",
    r"(?:will|can|to) be (?:\w+ed|sent|with you|there|paid|put|done|rebooked|in touch)[^.!?]*|"
    r"(?:new|replacement|refund|technician|engineer|courier|driver)[^.!?]{0,40}(?:will|comes?|is "
    r"on|goes|by|can|on \w+day|tomorrow|today)[^.!?]*",
    r"(?:corrected|done|fixed|sorted|booked|refunded|cancelled|blocked) (?:now|in|for|today|"
    r"already|and)[^.!?]*",
    r"i help (?:you )?now|straight to the|alternate weeks[^.!?]*|a booking sheet[^.!?]*",
)
_COMMIT_HEAD = compiled(
    r"(?:i|we|she|he|they|you'll|you will)(?:'ll|'m| will| shall| can|'re| am| are)?",
    r"(?:arrives?|comes?|goes|leaves?|finish\w*|done|with you|will be|is on|follows|delivered)",
    r"let's|on it|corrected|sent",
)
_TIME = compiled(TIME)
_FUTURE = compiled(
    r"(?:i|we|you|he|she|they|it|\w+)(?:'ll| will| shall)|(?:i'm|we're|i am|we are) \w+ing|"
    rf"(?:i|we)(?: now| just)? {_DO}|(?:i|we) can {_DO}|comes?|arrives?|goes|leaves|is on|done for|"
    rf"let's"
)
_VAGUE = compiled(
    r"soon|as soon as possible|shortly|in due course|at some point|we'll look into it"
)
_INFORM = compiled(
    r"the (?:rule|limit|reason|cause|policy|window|law|clause|system|contract|deadline|plan|budget|"
    r"flight|"
    r"delay|\w+) (?:is|are|was|were|says|has|had|closes|allows|covers|excludes|costs|runs|ends|"
    r"starts|"
    r"needs|failed|went|can't|cannot|only)[^.!?]*",
    r"(?:because|since) (?:the|of|we|our|it|they|\w+)[^.!?]*",
    r"(?:i|we) (?:can't|cannot|don't know|do not know|haven't|have no|couldn't|won't be "
    r"able)[^.!?]*",
    r"(?:it|this|that|they|there|he|she)(?:'s| is| are| was| were) (?:a |an |the |only |already |"
    r"still |"
    r"due |at |in |on |no |not )[^.!?]*",
    r"(?:it|they|he|she) (?:takes?|costs?|needs?|ends?|starts?|runs?|arrives?|finish\w*|leaves?|"
    r"goes|works?)[^.!?]*",
    r"(?:is|are|was|were) (?:planned|listed|fixed|due|required|charged|limited|decided|set|caused|"
    r"allocated|stored|covered|excluded|generated|reviewed|booked|scheduled|available|made|"
    r"carried|blocked)[^.!?]*",
    r"what (?:happened|i know|went wrong) (?:is|was)[^.!?]*|(?:as far as i know|i found|i see "
    r"in)[^.!?]*",
    r"new time|(?:\d+|per) (?:days|euros?|pounds|percent|months|weeks|working days)[^.!?]*",
    r"(?:your|the) \w+ (?:is at|has been|have been|was delivered|leaves|left|arrived)[^.!?]*",
)


def remedies(reply: Prose) -> Iterator[Finding]:
    """SOLVE, COMMIT and INFORM, each with its sentence."""
    for sentence in reply.sentences:
        if _solves(sentence):
            yield Finding(Act.SOLVE, sentence.start, sentence.end)
        if _TIME.search(sentence.text) and _commits(sentence):
            yield Finding(Act.COMMIT, sentence.start, sentence.end)
        if _INFORM.search(sentence.text) and not sentence.is_question:
            yield Finding(Act.INFORM, sentence.start, sentence.end)


_ONLY_LISTENS = compiled(
    r"(?:i'll|let me|i can|i will) (?:listen|hear|understand|be here|be honest|say|just)|"
    r"i (?:do )?(?:hear|see|understand|feel|know|think|get you|get (?:it|that|the|why|how))|"
    r"let me (?:know|tell|start|try)|(?:may|can|could) i ask|i(?:'d| would) (?:like|love) to "
    r"(?:hear|know|understand)"
)


def _solves(sentence: Piece) -> bool:
    if not _SOLVE.search(sentence.text):
        return False
    rest = _ONLY_LISTENS.sub(" ", sentence.text)
    return bool(_SOLVE.search(rest)) and "wouldn't" not in rest


def _commits(sentence: Piece) -> bool:
    if sentence.is_question or _VAGUE.search(sentence.text):
        return False
    return bool(_FUTURE.search(sentence.text)) and " or " not in sentence.text
