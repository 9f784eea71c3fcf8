"""The columns that the fine-tuned encoder answers with, in their fixed order."""

from rubrics.acts.reading import Act, Behaviour, Tag

MECHANISMS = ("emotional_reaction", "interpretation", "exploration")
BEHAVIOURS: tuple[Behaviour, ...] = ("question", "reflection", "therapist_input", "other")
#: Where a reply comes from: the workplace, a peer-support forum, a counselling session. Raters
#: of the three used other definitions, so that each has its own mechanism or behaviour columns.
DOMAINS = ("work", "peer", "counsel")
FLAGS = ("reflection", "question", "open")


def _ordinal(domain: str) -> list[str]:
    return [f"{domain}:{name}>{level}" for name in MECHANISMS for level in (0, 1)]


ACTS = [f"act:{act.value}" for act in Act]
TAGS = [f"tag:{tag.value}" for tag in Tag]
WORK, PEER = _ordinal("work"), _ordinal("peer")
WORK_BEHAVIOUR = [f"work:{name}" for name in BEHAVIOURS]
COUNSEL_BEHAVIOUR = [f"counsel:{name}" for name in BEHAVIOURS]
COUNSEL_FLAGS = [f"counsel:is_{name}" for name in FLAGS]
#: Support between people who share a trouble, by reply and in levels 0-2 (docs/labelling.md).
SUPPORT = ("validating", "elaboration", "understanding", "advice", "self_orientation", "dismissing")
TALK = [f"talk:{name}>{level}" for name in SUPPORT for level in (0, 1)]
DOMAIN = [f"domain:{name}" for name in DOMAINS]
COLD, IMPOLITE, SPECIFIC = "cold", "impolite", "specific"

COLUMNS = [
    *ACTS,
    *TAGS,
    *WORK,
    *PEER,
    *WORK_BEHAVIOUR,
    *COUNSEL_BEHAVIOUR,
    *COUNSEL_FLAGS,
    COLD,
    IMPOLITE,
    SPECIFIC,
    *DOMAIN,
    *TALK,
]
INDEX = {name: place for place, name in enumerate(COLUMNS)}


def places(names: list[str]) -> list[int]:
    """Where these columns stand."""
    return [INDEX[name] for name in names]
