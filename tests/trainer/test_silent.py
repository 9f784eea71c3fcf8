from rubrics.acts.reading import Act, Tag
from tests.trainer.acting import reading
from trainer.silent import Heard, SilentEmpathy, silent_empathy

ANGRY = "This is the third time! Nobody even called me."
FLAT = "Hello, it is about the parcel."


def talk(*done: tuple[Act | Tag, ...], message: str = ANGRY, grounding: float = 0.5) -> list[Heard]:
    return [Heard(message=message, reading=reading(*one, grounding=grounding)) for one in done]


def test_a_feeling_never_said_is_found() -> None:
    found = silent_empathy(talk((Act.REFLECT,), (Act.EXPLORE,), (Act.SOLVE,)))
    assert found == SilentEmpathy(felt_at=1, said_at=None, closest=1)


def test_a_feeling_said_in_the_fourth_reply_is_late() -> None:
    found = silent_empathy(talk((Act.REFLECT,), (Act.EXPLORE,), (Act.SOLVE,), (Act.NOTICE,)))
    assert found and found.said_at == 4


def test_a_feeling_said_in_the_third_reply_is_in_time() -> None:
    assert silent_empathy(talk((Act.REFLECT,), (Act.EXPLORE,), (Act.NOTICE,))) is None


def test_without_a_feeling_there_is_nothing_to_say() -> None:
    replies = talk((Act.REFLECT,), (Act.EXPLORE,), (Act.SOLVE,), message=FLAT)
    assert silent_empathy(replies) is None


def test_replies_that_pass_over_everything_are_not_silent_empathy() -> None:
    assert silent_empathy(talk((Act.SOLVE,), (Act.SOLVE,), (Act.SOLVE,), grounding=0.1)) is None


def test_cold_replies_are_not_silent_empathy() -> None:
    replies = talk((Act.REFLECT,), (Act.REFLECT, Tag.HOSTILITY), (Act.REFLECT,))
    assert silent_empathy(replies) is None


def test_the_closest_reply_is_the_one_that_took_up_most() -> None:
    middle = Heard(message=ANGRY, reading=reading(Act.EXPLORE, grounding=0.9))
    first, last = talk((Act.REFLECT,), (Act.REFLECT,))
    found = silent_empathy([first, middle, last])
    assert found and found.closest == 2
