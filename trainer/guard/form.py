"""Faults of form: length, lists, repetition, another language, no whole sentence."""

import re
from collections import Counter
from collections.abc import Iterator

from trainer.guard.finding import Candidate, Fault, Finding

#: Words over the budget that still pass, and the most that ever do.
LEEWAY, MOST_WORDS = 1.35, 60
_MARKUP = re.compile(
    r"\*\*|^#+ |\s#{2,} |```|`\w|<\w+/?>|^\s*[-*•·] |[.!?:]\s[-•*·]\s|^\s*\{"
    r"|(?:^|\s)1[.)]\s.*\s2[.)]\s|\*\w[^*]*\*|\"\w+\":",
    re.M | re.S,
)
_FOREIGN = frozenset(
    "der die das und ich nicht ist ein eine habe mit auf den dem zu wir sie es mein kein oder "
    "le la les des une je ne pas est et que qui vous nous avec pour dans mon mes suis avant "
    "el los las una es que no por con para mi está donde dónde llevo esperando toda "
    "il lo gli un che non sono per con mio ho niente va bene grazie dire tutto "
    "de het een niet ik van en dat op met voor is zijn "
    "az egy és nem hogy meg sem van szóval tőlem o a os um uma não eu com para em".split()
) - frozenset("a no is o me an on in so van mi es die den la met en".split())
_ENGLISH = frozenset(
    "the a an and i you it is was to of in that not my me on for with have do what so no but "
    "this be at they your i'm it's don't that's".split()
)
_STOPS = ".!?…\"'”’)"
_HANGING = re.compile(r"(?:\b(?:and|or|the|a|an|because|if)|,)[.…]*$", re.I)


def words(text: str) -> list[str]:
    """The words of a line, lower-cased."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())


def faults(line: Candidate) -> Iterator[Finding]:
    """Every fault of form."""
    said = words(line.text)
    if not re.search(r"[^\W\d_]", line.text) or _unfinished(line.text):
        yield Finding(fault=Fault.CUT, quote=line.text[-40:])
    if len(said) > min(MOST_WORDS, max(12, LEEWAY * line.beat.word_budget)):
        yield Finding(fault=Fault.TOO_LONG, quote=f"{len(said)} words")
    if match := _MARKUP.search(line.text):
        yield Finding(fault=Fault.LIST, quote=match[0].strip())
    if _foreign(line.text, said):
        yield Finding(fault=Fault.OTHER_LANGUAGE, quote=line.text[:60])
    if quote := _repeated(line, said):
        yield Finding(fault=Fault.REPETITION, quote=quote)


def _unfinished(text: str) -> bool:
    text = text.rstrip()
    return bool(text) and (text[-1] not in _STOPS or bool(_HANGING.search(text.rstrip(_STOPS))))


def _foreign(text: str, said: list[str]) -> bool:
    letters = [c for c in text if c.isalpha()]
    if sum(ord(c) > 0x24F for c in letters) > 0.2 * max(1, len(letters)):
        return True
    foreign = sum(word in _FOREIGN or bool(re.search("[à-öø-ÿőű]", word)) for word in said)
    return foreign >= 3 or (foreign >= 2 and foreign > sum(word in _ENGLISH for word in said))


def _repeated(line: Candidate, said: list[str]) -> str:
    """Words said over and over, or taken whole from what was said before."""
    grams = Counter(zip(said, said[1:], said[2:], strict=False))
    pairs = Counter(zip(said, said[1:], strict=False))
    for counts, most in ((grams, 3), (pairs, 4)):
        if counts and counts.most_common(1)[0][1] >= most + (len(said) > 40):
            return " ".join(counts.most_common(1)[0][0])
    if _again(line.text):
        return line.text[:40]
    for turn in line.transcript:
        if _copied(said, words(turn.text)):
            return turn.text[:60]
    return ""


def _again(text: str) -> bool:
    """Whether a sentence of three words comes twice, or a shorter one three times."""
    whole = Counter(" ".join(words(part)) for part in re.split(r"[.!?]+", text))
    return any(n >= (2 if part.count(" ") > 1 else 3) for part, n in whole.items() if " " in part)


def _copied(said: list[str], before: list[str]) -> bool:
    """Whether a line is mostly one long run of an earlier one."""
    if len(said) < 8 or len(before) < 8:
        return False
    runs = {tuple(before[i : i + 5]) for i in range(len(before) - 4)}
    same = sum(tuple(said[i : i + 5]) in runs for i in range(len(said) - 4))
    return same >= 0.6 * (len(said) - 4)
