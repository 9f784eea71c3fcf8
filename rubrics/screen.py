"""Which turns a language model is not shown, because they may speak to it instead of to a person.

Wider than the labeller's ``manipulation``: that one tells an employee something about their words
and must be right, this one only keeps a turn from a second rater, and the local scorer reads it all
the same. So it prefers to take one turn too many.
"""

import re
import unicodedata

from rubrics.disarm import disarm

_LEET = str.maketrans("013457@$", "oieastas")
_MARKUP = re.compile(r"```|<\|?/?\w+\|?>|<!--|\[/?\w+\]|[{}]|\"{3}|^\s*#{2,}|\b[CE]\d+\s*\|", re.M)
_RATING = re.compile(
    r"\b(?:rubrics?|scor(?:e|es|er|ing)\b(?! card)|graders?|evaluators?|examiners?|labellers?|"
    r"raters?|ratings?|full marks|anchors?|calibration run|error tags?|transcripts?|"
    r"language model|assistant|developer message|system (?:note|prompt|message)|system:|prompt|"
    r"(?:to|dear|for|hey|you,?|the|as an?) (?:model|ai|llm)|dear judge|ai reading|judge[:,] the|"
    r"(?:level|grade|points?|marks?|return|output|award|give|rate|than|set|say|answer) (?:an? )?"
    r"(?:[0-5]|zero|one|two|three|four|five)\b(?= (?:of|out of|to|across|everywhere)|[.,!;]|$)|"
    r"(?:four|five|4|5) (?:out )?of (?:four|five|4|5)|"
    r"(?:highest|top|best|maximum|maximal) (?:level|number|mark|grade|value|points?)|"
    r"level [0-5]\b|to (?:its|the) maximum|mark (?:everything|this|it|me) as|"
    r"(?:ignore|disregard|forget|override|bypass) (?:all|any|the|what|every\w*|your|"
    r"previous|above)|"
    r"(?:new|previous|your|hidden|following) (?:instructions|task)|end of (?:material|transcript|"
    r"conversation)|the employee|(?:lines?|above|below|conversation) (?:as|is|was) an? |"
    r"this (?:conversation|material|dialogue)|step out of character|stop simulating|you are now|"
    r"pretend (?:to|you)|act as|from now on you (?:answer|are|rate|give)|"
    r"switched off|skilled and adaptive|(?:rated|scored|graded|marked) as|"
    r"in your (?:rating|verdict|assessment)|when you (?:judge|rate|grade|assess)|lenient)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:NOTICE|REFLECT|EXPLORE|VALIDATE|STEADY|PARTNER|INTERESTS|FAIR-WAY|OWN|RESOLVE|CANDOUR|"
    r"BRIDGE)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:anweisung\w*|instruc\w+es|instrucciones|istruzioni|instructies|bewert\w+|punktzahl|"
    r"(?:beste|volle|meilleure) note\w*|notes? maximale?|nota m\w+xima|puntuaci\w+|punteggio|"
    r"pontua\w+|hoogste|gib mir|donnez|donner|dale?s? |geef|ignor(?:a|ez|iere|e as)|"
    r"por favor|merci)"
    r"(?!\w)",
    re.IGNORECASE,
)
#: So many letters of another script in one turn are no name and no slip of the keyboard.
FOREIGN = 4


def may_address_rater(text: str) -> bool:
    """Whether the text may be meant for whoever, or whatever, rates it."""
    shown = disarm(text).shown
    readings = (shown, shown.translate(_LEET))
    return (
        bool(_MARKUP.search(text) or _NAMES.search(shown) or _ELSEWHERE.search(shown))
        or any(_RATING.search(reading) for reading in readings)
        or sum(map(_is_foreign, shown)) >= FOREIGN
        or any(_is_mixed(word) for word in re.findall(r"\w+", shown))
        or any(unicodedata.category(char) == "Cf" for char in text.replace("\u200d", ""))
    )


def _is_mixed(word: str) -> bool:
    """Letters of two scripts in one word, which look alike and are read otherwise."""
    return len({_is_foreign(char) for char in word if char.isalpha()}) > 1


def _is_foreign(char: str) -> bool:
    return char.isalpha() and not unicodedata.name(char, "LATIN").startswith("LATIN")
