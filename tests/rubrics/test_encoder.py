from collections.abc import Sequence

import numpy as np

from rubrics.encoder import DIMENSIONS, Remembered, Vectors, shared


class Counting:
    """An encoder that notes what it was asked."""

    version = "counting-1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return np.full((len(texts), DIMENSIONS), len(self.asked), dtype=np.float32)


def test_like_meanings_are_near() -> None:
    one, same, other = shared().embed(
        ["When will it come?", "What time does it arrive?", "I like red shoes."]
    )
    assert one @ same > one @ other + 0.2


def test_vectors_have_length_one() -> None:
    assert np.allclose(np.linalg.norm(shared().embed(["Hello.", "x" * 5000]), axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors() -> None:
    assert shared().embed([]).shape == (0, DIMENSIONS)


def test_a_text_is_embedded_once() -> None:
    counting = Counting()
    encoder = Remembered(counting)
    first = encoder.embed(["a", "b", "a"])
    assert np.array_equal(encoder.embed(["B", "A"]), first[[1, 0]])
    assert counting.asked == ["a", "b"]


def test_the_longest_unused_text_is_forgotten() -> None:
    counting = Counting()
    encoder = Remembered(counting, size=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        encoder.embed([text])
    assert counting.asked == ["a", "b", "c", "b"]
