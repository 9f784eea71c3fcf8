"""Saying sorry, taking responsibility, taking a slip back."""

import re
from collections.abc import Iterator

from rubrics.acts.patterns import Finding, compiled
from rubrics.acts.reading import Act, Tag
from rubrics.acts.text import Prose

#: Three apologies in one reply grate (rubric.md section 4: more than two).
MANY_APOLOGIES = 3

APOLOGY = compiled(
    r"sorry(?! to (?:say|tell|inform)|\?)|apolog(?:y|ies|i[sz]e\w*)|(?:i|we) regret|"
    r"forgive (?:me|us)|my bad|excuse (?:me|us|the)|pardon (?:me|us)"
)
_GROVEL = compiled(
    r"(?:so|really|terribly|truly|ever so),? (?:so|really|terribly|truly),? (?:\w+ )?sorry|"
    r"i feel (?:terrible|awful|horrible|so bad)|unforgivable|can you ever forgive|beg (?:you|your)|"
    r"i'm (?:so )?useless|i hate myself|a thousand apologies|i don't know how to apologi[sz]e"
)
_OWN = compiled(
    r"(?:our|my|'s our) (?:\w+ )?(?:omission|lapse|chaos|carelessness|shortcoming|fault|mistake|"
    r"error|slip|failing|failure|oversight|"
    r"doing|mess|muddle|mix-?up|swap|part|responsibility|job|bad|side|wording|miss|blunder|delay)",
    r"(?:that|this|it|the \w+)(?:'s| is| was|'re)? (?:is )?(?:on (?:us|me)|mine|ours|down to (?:us|"
    r"me)|"
    r"my (?:doing|part|fault|job)|our (?:doing|part|fault|job|side))",
    r"(?:we|i) (?:did|have done|'ve done) (?:that|this|it) to you|we cost you|i cost you",
    r"(?:we|i)(?:'ve| have)? (?:\w+ )?(?:messed|screwed|failed|missed|let you|let (?:her|him|them) "
    r"down|"
    r"got (?:it|that|this) wrong|broke|forgot|lost|dropped|overlooked|mixed|kept (?:you|sending)|"
    r"made (?:a|an|the|that|this) (?:\w+ )?(?:mistake|error|mess)|put you|left you|"
    r"should(?:'ve| have| never| not)|shouldn't have|ought to have|talked over|corrected you|"
    r"cut you|skipped|ignored|didn't (?:think|ask|tell|listen|read|check|see|do|call|look|keep)|"
    r"never (?:asked|told|called|checked|looked|rang)|were wrong|was wrong|went (?:over|behind)|"
    r"treated you|sent you|gave you|promised)",
    r"(?:we|i) (?:\w+ed|took|gave|put|sent|left|kept|made|said|told|broke|cut) (?:it|that|this|you|"
    r"your|her|his|"
    r"him|them|twice|wrong|excuses)|(?:hadn't|haven't) read|\w+ were mine|(?:through|from|by) us|"
    r"it's us|"
    r"nobody (?:here |on our side )?(?:checked|told|read|asked)|(?:wrong|careless|unfair|"
    r"thoughtless|rude|undignified|unkind|clumsy|poor) of (?:me|us)|cause is me|it was (?:me|us)|"
    r"that was "
    r"(?:me|us)|"
    r"not correct from us|not the \w+'s fault but ours",
    r"i(?:'ll| will|'m| am| have|'ve)? (?:\w+ )*(?:take|taking|took|taken) (?:this|that|it|care|"
    r"charge|"
    r"responsibility|ownership|the blame)(?: \w+)* ?(?:myself|on|over|personally)?",
    r"i(?:'m| am) (?:staying|on it|on this|handling)|i(?:'ll| will) (?:stay|see (?:this|it) "
    r"through|"
    r"own|handle)|(?:i|i'll|i'm|i've)[^.!?]{1,60} (?:myself|personally)|borrow me|leave (?:it|"
    r"that) with me|"
    r"i help (?:you )?now|you(?:'ve| have) got me",
)
_REPAIR = compiled(
    r"let me (?:start|begin|try)(?: that| this| it)? (?:again|over|once more)|"
    r"(?:can|could|may) i (?:start|try)(?: that| this)? (?:again|over)",
    r"(?:i|i'd|i'll)(?: \w+)? (?:take|took|taking) (?:that|it|this|what i (?:just )?said|my "
    r"words?) back|"
    r"take back (?:what|the|that)|scratch that|strike that|i withdraw",
    r"i (?:started|jumped|rushed|was (?:too quick|defending|explaining|about to|lecturing)|"
    r"went straight|got defensive|cut (?:you|across)|interrupted|talked past|answered too)[^.!?]*",
    r"that (?:came out|was (?:the )?(?:wrong|unfair|sharp|glib|cheap|a script|too quick|uncalled|"
    r"out of line|not fair))[^.!?]*|i (?:said|put|phrased) (?:that|it) (?:badly|wrong|too)[^.!?]*|"
    r"i shouldn't have said|i should not have said|i sent you a script|what i (?:just )?said was",
    r"(?:sorry|apologies) for (?:snapping|that (?:remark|tone|answer|line)|the (?:tone|lecture|"
    r"script)|my (?:tone|last))",
)
_PASSIVE = re.compile(r"mistakes were made|errors (?:were|have been) made")


def ownership(reply: Prose) -> Iterator[Finding]:
    """APOLOGISE, OWN and REPAIR."""
    for act, pattern in ((Act.APOLOGISE, APOLOGY), (Act.OWN, _OWN), (Act.REPAIR, _REPAIR)):
        for match in pattern.finditer(reply.plain):
            sentence = reply.sentence_at(match.start())
            if not _PASSIVE.search(sentence.text):
                yield Finding(act, sentence.start, sentence.end)


def too_sorry(reply: Prose) -> Iterator[Finding]:
    """OVER_APOLOGY: three or more, or grovelling."""
    said = [*APOLOGY.finditer(reply.plain)]
    if len(said) >= MANY_APOLOGIES:
        yield Finding(Tag.OVER_APOLOGY, said[0].start(), said[-1].end())
    for match in _GROVEL.finditer(reply.plain):
        if len(said) >= MANY_APOLOGIES - 1 or "sorry" not in match.group():
            yield Finding(Tag.OVER_APOLOGY, *reply.clause_at(match.start(), match.end()))
