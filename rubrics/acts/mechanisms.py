"""How the detectors get from acts and tags to mechanisms and behaviour (docs/labelling.md)."""

from rubrics.acts.reading import Act, Behaviour, Mechanism, Mechanisms, Tag

#: Slips that leave no warmth and no understanding to be counted …
COLD = frozenset({Tag.HOSTILITY, Tag.THREAT, Tag.SLUR, Tag.LABELLING, Tag.MANIPULATION})
#: … and those that cost a level each.
COOL = frozenset(
    {
        Tag.MINIMISING,
        Tag.OTHER_BLAME,
        Tag.POLICY_BLAME,
        Tag.DEFENSIVENESS,
        Tag.MIND_READING,
        Tag.BUT_NEGATION,
        Tag.TOXIC_POSITIVITY,
        Tag.CAVING,
        Tag.IGNORING,
    }
)
_RELATES = frozenset({Act.NOTICE, Act.REFLECT, Act.VALIDATE, Act.AFFIRM})
_ACTS_OUT = frozenset(
    {
        Act.SOLVE,
        Act.INFORM,
        Act.APOLOGISE,
        Act.COMMIT,
        Act.OWN,
        Act.POSITION,
        Act.CONCEDE,
        Act.BOUNDARY,
        Act.REQUEST,
        Act.OWN_VIEW,
        Act.STANDARD,
        Act.OBSERVE,
        Act.CHANNEL,
        Act.REPAIR,
    }
)
_ASKS = frozenset({Act.EXPLORE, Act.ASK_CLOSED, Act.ASK_INTEREST})
#: Grounding from which a question is about something specific in what they said.
SPECIFIC = 0.3


def mechanisms(acts: dict[Act, float], tags: set[Tag], grounding: float) -> Mechanisms:
    """The three mechanisms; a cold reply has none of the first two."""
    there = {act for act, probability in acts.items() if probability >= 0.5}
    loss = 2 if tags & COLD else 2 if tags & COOL and not there & {Act.NOTICE, Act.OWN} else 0
    stuffed = Tag.KEYWORD_EMPATHY in tags
    return Mechanisms(
        emotional_reaction=_mechanism(_warmth(there, stuffed), loss, grounding),
        interpretation=_mechanism(_understanding(there, stuffed), loss, grounding),
        exploration=_mechanism(_invitation(there, grounding), 2 if tags & COLD else 0, grounding),
    )


def _warmth(acts: set[Act], stuffed: bool) -> int:
    if not stuffed and (Act.NOTICE in acts or {Act.REFLECT, Act.VALIDATE} <= acts):
        return 2
    if not stuffed and {Act.REFLECT, Act.APOLOGISE} <= acts:
        return 2
    warm = {Act.APOLOGISE, Act.GENERIC_EMPATHY, Act.VALIDATE, Act.AFFIRM, Act.REFLECT}
    return int(bool(acts & warm))


def _understanding(acts: set[Act], stuffed: bool) -> int:
    if Act.REFLECT in acts and not stuffed:
        return 2
    return int(bool(acts & {Act.NOTICE, Act.GENERIC_EMPATHY, Act.VALIDATE}))


def _invitation(acts: set[Act], grounding: float) -> int:
    if acts & {Act.EXPLORE, Act.ASK_INTEREST}:
        return 2 if grounding >= SPECIFIC or Act.ASK_INTEREST in acts else 1
    return 0


def _mechanism(level: int, loss: int, grounding: float) -> Mechanism:
    """The expected level leans towards the neighbour where the grounding says otherwise."""
    level = max(0, level - loss)
    expected = (0.0, 0.7 + 0.5 * grounding, 1.5 + 0.5 * grounding)[level]
    if level == 0:
        return Mechanism(level=0, expected=0.1 if loss else 0.25 * grounding)
    return Mechanism(level=2 if level == 2 else 1, expected=expected)


def behaviour(acts: dict[Act, float], tags: set[Tag], words: int) -> Behaviour:
    """What carries the reply: asking, giving back, putting something in, or nothing much."""
    there = {act for act, probability in acts.items() if probability >= 0.5}
    if there & _ASKS or Tag.INTERROGATING in tags:
        return "therapist_input" if Act.SOLVE in there and Act.EXPLORE not in there else "question"
    if there & _ACTS_OUT:
        return "therapist_input"
    if there & {Act.OFFER_CHOICE, Act.CHECK_BACK} and not there & _RELATES:
        return "question"
    if there & _RELATES:
        return "reflection"
    return "therapist_input" if tags - {Tag.IGNORING} or words > 8 else "other"
