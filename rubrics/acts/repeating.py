"""A sentence said twice in one reply does what it did once."""

from rubrics.acts.text import prose


def said_once(text: str) -> str:
    """The text with every repeated sentence blanked out; offsets stay those of the original."""
    seen, left = set[str](), list(text)
    for sentence in prose(text).sentences:
        key = " ".join(sentence.text.split())
        if key in seen:
            left[sentence.start : sentence.end] = " " * (sentence.end - sentence.start)
        seen.add(key)
    return "".join(left)
