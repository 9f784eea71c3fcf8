"""A labeller of the published shape, to set our speed beside: a RoBERTa-base bi-encoder.

Two RoBERTa-base encoders (12 layers, 768 wide, 12 heads, 3,072 inside; Liu et al. 2019), one for
the message and one for the reply, as EPITOME's models have for each mechanism (Sharma et al. 2020).
Random weights do for time, and one layer's weights serve all twelve, which favours this model: they
stay in the cache. Same engine, one thread and full precision, as it was published.
"""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from rubrics.encoder import session

LAYERS, WIDTH, HEADS, INNER = 12, 768, 12, 3072
#: Tokens of each side: shorter texts are padded to it, as the published models do.
TOKENS = 64
_OPSET, _IR = 20, 9


class BiEncoder:
    """``read`` is the work of one reply for one mechanism."""

    def __init__(self) -> None:
        self._session = session(_graph().SerializeToString())

    def read(self) -> None:
        """One forward pass of each of the two encoders, over vectors of message and reply."""
        for _ in ("message", "reply"):
            self._session.run(None, {"x": _vectors()})


@cache
def _vectors() -> npt.NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal((1, TOKENS, WIDTH), dtype=np.float32)


def _graph() -> Any:
    from onnx import TensorProto, helper

    nodes, last = [], "x"
    for layer in range(LAYERS):
        last, made = _layer(layer, last)
        nodes += made
    shape = [1, None, WIDTH]
    graph = helper.make_graph(
        nodes,
        "roberta",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(last, TensorProto.FLOAT, shape)],
        _weights(),
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)


def _weights() -> list[Any]:
    from onnx import numpy_helper

    random = np.random.default_rng(0)
    shapes: dict[str, tuple[int, ...]] = {name: (WIDTH, WIDTH) for name in "qkvo"}
    shapes |= {"up": (WIDTH, INNER), "down": (INNER, WIDTH)}
    shapes |= {"bias": (WIDTH,), "inner_bias": (INNER,)}
    arrays = {
        name: 0.02 * random.standard_normal(shape, dtype=np.float32)
        for name, shape in shapes.items()
    }
    arrays |= {"ones": np.ones(WIDTH, np.float32)}
    arrays |= {"scale": np.array((WIDTH / HEADS) ** -0.5, np.float32)}
    whole = {"split": [1, -1, HEADS, WIDTH // HEADS], "join": [1, -1, WIDTH]}
    made = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    return made + [numpy_helper.from_array(np.array(s, np.int64), n) for n, s in whole.items()]


def _layer(number: int, x: str) -> tuple[str, list[Any]]:
    """The nodes of one transformer layer, and the name of what comes out."""
    from onnx import helper

    made: list[Any] = []

    def node(kind: str, inputs: list[str], name: str, **attributes: Any) -> str:
        made.append(helper.make_node(kind, inputs, [f"{number}.{name}"], **attributes))
        return f"{number}.{name}"

    def dense(given: str, weight: str, bias: str, name: str) -> str:
        return node("Add", [node("MatMul", [given, weight], f"{name}_product"), bias], name)

    def heads(given: str, name: str, order: list[int]) -> str:
        split = node("Reshape", [dense(given, name, "bias", name), "split"], f"{name}_split")
        return node("Transpose", [split], f"{name}_heads", perm=order)

    q, v = heads(x, "q", [0, 2, 1, 3]), heads(x, "v", [0, 2, 1, 3])
    scores = node("MatMul", [q, heads(x, "k", [0, 2, 3, 1])], "scores")
    shares = node("Softmax", [node("Mul", [scores, "scale"], "scaled")], "shares", axis=-1)
    mixed = node("Transpose", [node("MatMul", [shares, v], "mixed")], "back", perm=[0, 2, 1, 3])
    out = dense(node("Reshape", [mixed, "join"], "joined"), "o", "bias", "out")
    first = node("LayerNormalization", [node("Add", [x, out], "a"), "ones", "bias"], "norm_a")
    inner = node("Gelu", [dense(first, "up", "inner_bias", "inner")], "gelu")
    down = dense(inner, "down", "bias", "down_out")
    last = node("LayerNormalization", [node("Add", [first, down], "b"), "ones", "bias"], "norm_b")
    return last, made
