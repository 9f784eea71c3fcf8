"""What each run of training is made of; docs/labeller.md tells what was tried."""

from dataclasses import dataclass

#: The weights that ship are a running mean over the last thousand steps or so: it generalises
#: better than the last step (Izmailov et al. 2018).
AVERAGED = 0.998


@dataclass(frozen=True)
class Rates:
    """How fast a run learns: the highest rates of the encoder and of the fresh heads."""

    seed: int
    encoder_rate: float
    head_rate: float
    averaged: float = AVERAGED
    warmup: float = 0.08
    decay: float = 0.01


@dataclass(frozen=True, kw_only=True)
class Recipe(Rates):
    """What a run is made of; the model card names the values that were chosen and why."""

    #: Passes over our corpus, AnnoMI, EPITOME, politeness, and over mismatched pairs.
    own: float
    annomi: float
    epitome: float = 1.0
    politeness: float = 0.0
    mismatched: float = 0.3
    #: Passes over the replies of supportive talks.
    talks: float = 0.0
    #: Passes over pairs of replies of our corpus made one.
    joined: float = 0.0
    #: Passes over our corpus, EPITOME and the talks among idle words or spelt by ear.
    varied: float = 0.0
    #: Which of the replies added for training had been written by then (``replies-x?.jsonl``).
    added: str = ""
    batch: int = 24


@dataclass(frozen=True)
class Round:
    """Stages, each of which starts where the last ended, and the mean of weights that they make.

    A warm restart is after Loshchilov and Hutter (2017), the mean after Wortsman et al. (2022).
    """

    stages: tuple[Recipe, ...]
    #: What the weights count for in the mean: those at the start, then those after each stage. The
    #: last know the work best and have forgotten a little of the talks of peers and counsellors.
    shares: tuple[float, ...]


FIRST = Round(
    (
        Recipe(7, 1.5e-4, 2e-3, own=6.0, annomi=2.5, epitome=4.0, politeness=0.2, mismatched=0.6),
        Recipe(8, 1e-4, 1e-3, own=3.0, annomi=0.8, epitome=1.2, added="abcdefghjr"),
        Recipe(9, 1.2e-4, 1e-3, own=6.0, annomi=1.0, epitome=1.5, added="abcdefghijklmr"),
        Recipe(10, 1e-4, 1e-3, own=3.0, annomi=0.7, epitome=1.0, added="abcdefghijklmnopqrt"),
        Recipe(11, 1e-4, 1e-3, own=3.0, annomi=1.0, epitome=1.5, added="a-t"),
    ),
    (0.0, 0.18, 0.02, 0.15, 0.25, 0.4),
)
#: Replies that do several things at once, joined ones first and then those written so.
COMPOSITE = Round(
    (
        Recipe(21, 8e-5, 8e-4, own=0.5, joined=1.0, annomi=0.7, mismatched=0.15, added="a-t"),
        Recipe(22, 1e-4, 1e-3, own=1.5, annomi=0.6, mismatched=0.15, added="a-y"),
        Recipe(23, 1e-4, 1e-3, own=1.6, annomi=0.7, epitome=1.2, mismatched=0.15, added="a-z"),
    ),
    (0.1, 0.0, 0.25, 0.65),
)
#: Support in talk about a trouble, with a little of all else lest it is forgotten.
SUPPORT = Round(
    (
        Recipe(
            seed=24,
            encoder_rate=5e-5,
            head_rate=2e-3,
            own=0.25,
            annomi=0.3,
            epitome=0.5,
            talks=4.0,
            mismatched=0.03,
            added="a-z",
        ),
    ),
    (0.0, 1.0),
)
#: The same replies among idle words and in other spellings, then once more with the labels that
#: were read again where the labeller of the rounds before doubted them (docs/corpus.md).
DRESSED = Round(
    (
        Recipe(
            seed=25,
            encoder_rate=6e-5,
            head_rate=6e-4,
            own=0.2,
            annomi=0.3,
            epitome=0.4,
            talks=0.5,
            varied=1.0,
            mismatched=0.1,
            added="a-z",
        ),
        Recipe(
            seed=26,
            encoder_rate=8e-5,
            head_rate=8e-4,
            own=1.0,
            annomi=0.6,
            talks=1.0,
            joined=0.1,
            varied=0.3,
            mismatched=0.15,
            added="a-z",
        ),
    ),
    (0.3, 0.1, 0.6),
)
FURTHER = (COMPOSITE, SUPPORT, DRESSED)
