"""A sentence said twice in one reply does what it did once."""

from rubrics.acts.text import Piece, blanked, prose


def said_once(text: str) -> str:
    """The text with every repeated sentence blanked out; offsets stay those of the original."""
    seen, again = set[str](), list[Piece]()
    for sentence in prose(text).sentences:
        key = " ".join(sentence.text.split())
        if key in seen:
            again.append(sentence)
        seen.add(key)
    return blanked(text, again)
