"""The same replies in another dress: among idle words, or spelt by ear. What they do stays.

The labeller is to hear what a reply does through filler and through any spelling, and the corpus
holds little of either. The sentences of the gates (``rubrics/validation``) are not among these.
"""

import re
from dataclasses import replace

import numpy as np

from rubrics.acts.training.data import Row

#: Words that do nothing in any talk: sentences with places, and what stands in the places.
_IDLE = (
    "It is {day} and the {thing} is {state}.",
    "The {thing} here is {state} on a {day}.",
    "Outside it is {weather}, and in here the {thing} is {state}.",
    "Down the corridor there is {noise}.",
    "I am writing {spot}, with {object} next to me.",
    "These lines are written {spot} on a {day}.",
    "There is {object} on the shelf, and {noise} next door.",
    "Somebody has put {object} beside the {thing}.",
    "It is {weather}, as it often is in {month}.",
    "In {month} the {thing} is mostly {state}.",
    "So much for the first line of this, and here is one more.",
    "One word comes after another, and so it goes on.",
    "I write {spot}, first this sentence and then the one after it.",
    "This is written on a {day}, in so many words.",
    "The {thing} was {state} in {month} as well.",
)
_FILLS = {
    "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday",
    "month": "March|June|September|November|April|August",
    "thing": "radio|lamp|heating|kettle|door|blind|printer|clock|lift|notebook|calendar|phone",
    "state": "on|off|where it always is|the same as ever|grey|warm|new|half open|quite old|blue",
    "weather": "mild|dry|cloudy|a bit windy|bright|neither warm nor cold|foggy",
    "noise": "some music|a vacuum cleaner|the hum of a machine|the sound of footsteps",
    "spot": "at the back of the room|near the stairs|on the second floor|by the wall|at a table",
    "object": "a cup|a stapler|two folders|a plant|a box of clips|a ruler|an old newspaper",
}
_SLOT = re.compile(r"\{(\w+)\}")
_MOST_WORDS = 60

#: Words that many who write as they hear spell in their own way, and what letters sound like.
_WORDS = dict(
    word.split("=")
    for word in (
        "you=u your=ur are=r because=cos what=wot was=woz said=sed of=ov to=too know=no one=wun "
        "people=peeple two=2 three=3 tomorrow=tomoro tonight=tonite though=tho through=thru "
        "enough=enuf they=thay their=there there=ther could=cud should=shud would=wud right=rite "
        "with=wiv the=da my=mi please=pleez and=an want=wont were=wer have=av again=agen "
        "before=befor always=allways believe=beleev don't=dont can't=carnt does=dus any=eny "
        "minute=minit hour=our something=sumfin nothing=nuffin thing=fing think=fink"
    ).split()
)
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("'", ""),
        (r"ing\b", "in"),
        (r"\bth(?=[aeiou])", "d"),
        (r"th\b", "f"),
        (r"ight", "ite"),
        (r"tion", "shun"),
        (r"\bkn", "n"),
        (r"\bwr", "r"),
        (r"\bwh", "w"),
        (r"ck", "k"),
        (r"ph", "f"),
        (r"([bdfglmnprst])\1", r"\1"),
        (r"ea(?=[a-z])", "ee"),
        (r"(?<=[a-z]{2})ed\b", "d"),
        (r"(?<=[a-z]{2})er\b", "a"),
        (r"a([klmnt])e\b", r"ai\1"),
        (r"c(?=[eiy])", "s"),
        (r"qu", "kw"),
        (r"\bh(?=[aeiou])", ""),
        (r"[,;:]", ""),
        (r"[.!](?= |$)", ""),
    )
)
_A_WORD = re.compile(r"[a-z']+")


def varied(rows: list[Row], seed: int) -> list[Row]:
    """Each reply once more: every other one among idle words, unless it is long, or by ear."""
    random = np.random.default_rng(seed)
    return [_dressed(row, random) for row in rows if row.reply.strip()]


def _dressed(row: Row, random: np.random.Generator) -> Row:
    words = len(row.reply.split())
    if random.random() < 0.5 and 2 * words <= _MOST_WORDS:
        return _among_idle_words(row, words, random)
    return replace(row, reply=by_ear(row.reply, random), quotes={})


def _among_idle_words(row: Row, words: int, random: np.random.Generator) -> Row:
    idle, wanted = list[str](), random.uniform(0.3, 1.2) * words
    while sum(len(sentence.split()) for sentence in idle) < wanted:
        idle.append(_idle_sentence(random))
    before = int(random.integers(len(idle) + 1))
    start = " ".join([*idle[:before], ""])
    reply = " ".join([start + row.reply, *idle[before:]])
    quotes = {tag: (a + len(start), b + len(start)) for tag, (a, b) in row.quotes.items()}
    return replace(row, reply=reply, quotes=quotes)


def _idle_sentence(random: np.random.Generator) -> str:
    def fill(found: re.Match[str]) -> str:
        return str(random.choice(_FILLS[found[1]].split("|")))

    return _SLOT.sub(fill, _IDLE[int(random.integers(len(_IDLE)))])


def by_ear(text: str, random: np.random.Generator) -> str:
    """The text as one may write it who writes as they hear; each reply in a way of its own."""
    share = random.uniform(0.2, 0.8)

    def word(found: re.Match[str]) -> str:
        return _WORDS.get(found[0], found[0]) if random.random() < share else found[0]

    heard = _A_WORD.sub(word, text.lower())
    for pattern, sound in _SOUNDS:
        if random.random() < share:
            heard = pattern.sub(sound, heard)
    return heard
