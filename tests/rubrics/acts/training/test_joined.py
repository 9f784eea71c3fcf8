"""Two replies to one message made one: what holds of the whole follows from the parts."""

from rubrics.acts import heads
from rubrics.acts.reading import Act, Tag
from rubrics.acts.training.data import Row
from rubrics.acts.training.joined import joined

MESSAGE = "You cancelled my slot twice. My mother was waiting in the cold."


def reply(text: str, *labels: str) -> Row:
    none = [*heads.ACTS, *heads.TAGS, *heads.WORK, *heads.WORK_BEHAVIOUR, heads.COLD]
    known = dict.fromkeys(none, 0.0) | dict.fromkeys(labels, 1.0)
    return Row("own", "c-1", MESSAGE, text, known)


GIVEN_BACK = reply("Twice, and your mother out there.", "act:reflect", "work:interpretation>0")
SOLVED = reply("Come at four", "act:solve", "tag:premature_solving")
SCORNED = reply("Oh, poor you.", "tag:hostility")


def whole(first: Row, second: Row) -> Row:
    """The one of two rows that begins with the first."""
    return next(row for row in joined([first, second], 0) if row.reply.startswith(first.reply))


def test_the_whole_does_what_its_parts_do() -> None:
    known = whole(GIVEN_BACK, SOLVED).known
    assert known["act:reflect"] == known["act:solve"] == 1
    assert known[f"act:{Act.APOLOGISE.value}"] == 0


def test_a_solution_beside_something_given_back_is_not_too_early() -> None:
    assert whole(SOLVED, GIVEN_BACK).known[f"tag:{Tag.PREMATURE_SOLVING.value}"] == 0


def test_scorn_undoes_the_understanding_beside_it() -> None:
    assert whole(GIVEN_BACK, SCORNED).known["work:interpretation>0"] == 0


def test_what_the_parts_do_not_settle_is_unknown() -> None:
    known = whole(reply("We did all we could.", "tag:defensiveness"), GIVEN_BACK).known
    assert "tag:defensiveness" not in known


def test_a_quote_moves_with_its_words() -> None:
    quoted = Row(**{**vars(SCORNED), "quotes": {"tag:hostility": (4, 12)}})
    row = whole(SOLVED, quoted)
    start, end = row.quotes["tag:hostility"]
    assert row.reply == "Come at four. Oh, poor you."
    assert row.reply[start:end] == "poor you"


def test_replies_to_different_messages_are_not_joined() -> None:
    elsewhere = Row("own", "c-2", "Is Friday fine?", "Yes.", SOLVED.known)
    assert joined([SOLVED, elsewhere], 0) == []
