"""What in a reply speaks to somebody else than the person: to a scorer, or in another language."""

from rubrics.acts.english import is_english
from rubrics.acts.patterns import search_tags
from rubrics.acts.reading import Tag, TagHit
from rubrics.acts.slips import SLIPS
from rubrics.acts.text import blanked, prose

_FOR_A_MACHINE = {Tag.MANIPULATION: SLIPS[Tag.MANIPULATION]}


def without_asides(reply: str) -> tuple[str, tuple[TagHit, ...]]:
    """The reply as far as it speaks to the person, and where it speaks to a scorer or machine.

    The sentences to a machine are blanked, and so are those in other languages, so that the rest
    is read as if they were not there: they can neither help nor hide it. A reply of little else
    is left as it is.
    """
    said = prose(reply)
    found = {said.sentence_at(hit.start) for hit in search_tags(_FOR_A_MACHINE, said)}
    foreign = {piece for piece in said.sentences if not is_english(prose(piece.text))}
    rest = blanked(reply, found | foreign)
    flags = (TagHit(tag=Tag.MANIPULATION, start=piece.start, end=piece.end) for piece in found)
    other = sum(len(prose(piece.text).words) for piece in foreign)
    enough = len(prose(rest).words) >= max(1, other)
    return rest if enough else reply, tuple(sorted(flags, key=lambda flag: flag.start))
