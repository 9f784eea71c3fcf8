"""Is a reply English prose? Counts function words, which any style and any accent needs."""

from functools import lru_cache

from rubrics.acts.text import Prose

_ENGLISH = frozenset(
    """
    a about after again all also am an and any are as at be because been before both but by can
    could did do does done don't for from get give go going good got had has have he her here him
    his how i i'll i'm i'd i've if in into is it it's its just know let let's like made make me more
    my need no not now of off ok okay on one only or other our out over please right said say see
    she should so some sorry take tell than thank thanks that that's the their them then there
    these they thing this those time to today tomorrow too two understand until up us very want was
    way we we'll we're we've were what what's when where which who why will with without work would
    wrong yes you you'll you're you've your u ur im its thats dont cant wont yeah hello hi noted
    hm nothing nobody everyone something never always again first help wait yourself done fine
    """.split()
)
_FOREIGN = frozenset(
    """
    ich nicht und das ist der ein eine für mit sie wir auf auch aber sind haben kein bitte ja nein
    je ne pas est et le la les des une vous nous pour dans que qui c'est mais avec sur désolé suis
    el los las por para con usted está muy pero una lo siento gracias señor estoy qué cómo
    che non il è di sono mi questo ma grazie dispiace ik niet het een van dat voor maar zijn heel
    não você com isso uma obrigado nie jest się to_jest proszę jak bir ve çok değil için jag inte
    och det är att på som nu_er hun ikke er af på til
    """.split()
)
#: Of all letters, the least share that is Latin; and of five words or more, the least share that
#: are function words. English prose has 40-60 %; word lists and other languages stay below 10 %.
_LATIN_SHARE = 0.7
_FUNCTION_SHARE = 0.12
_SHORT = 4


@lru_cache(maxsize=128)
def is_english(reply: Prose) -> bool:
    """Whether the text has words at all and they look English."""
    if not reply.words or not _mostly_latin(reply.plain):
        return False
    english = sum(word in _ENGLISH for word in reply.words)
    foreign = sum(word in _FOREIGN or not word.isascii() for word in reply.words)
    if foreign > english:
        return False
    return len(reply.words) <= _SHORT or english / len(reply.words) >= _FUNCTION_SHARE


def _mostly_latin(plain: str) -> bool:
    letters = [char for char in plain if char.isalpha()]
    latin = sum(ord(char) < 0x250 for char in letters)
    return latin >= _LATIN_SHARE * len(letters)
