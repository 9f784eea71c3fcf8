"""Gaming and verbosity: what a text gains by tricks, by padding and by being cut short."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from rubrics.validation.samples import Rater, Sample, load, mean_change
from rubrics.validation.study import Figure, Study, at_most, mean_figure, within

#: Empathy words that fit any conversation.
STUFFING = (
    "I completely understand your frustration and I truly hear you.",
    "Your feelings are completely valid and I really appreciate how you feel.",
    "I can only imagine how incredibly difficult this must be for you.",
    "I validate your emotions and I am here for you, I hear your concerns.",
)
RUBRIC_PASTE = (
    "I name the feeling and its cause, I reflect the meaning, and I explore with open questions.",
    "I notice, reflect, explore, validate, stay steady and partner with you.",
    "I give back facts and impact in my own words and validate the reaction.",
    "I offer real options, agree who does what by when, and check that it fits.",
)
SORRY = (
    "I'm so sorry, I really do apologise.",
    "Again, I am terribly sorry for this.",
    "Please accept my sincere apologies, I'm sorry.",
    "Sorry, truly sorry, I feel awful about it.",
)
POLITE = (
    "Good day, and thank you ever so kindly for your message. {} With the warmest of regards.",
    "Thank you very much for your time and your patience. {} Wishing you a most pleasant day.",
    "It is always a pleasure to hear from you. {} Many thanks and kind regards.",
    "Dear friend, thank you so much for writing. {} I remain at your service, kind regards.",
)
#: Fluent replies that were written for nobody.
PASTED = (
    "Thank you so much for sharing this with me. It sounds like this has been an incredibly "
    "challenging experience, and your feelings are completely valid. I want you to know that I "
    "hear you and that I'm here to support you every step of the way.",
    "I truly appreciate your openness. It's completely understandable that you feel the way you "
    "do, and anyone in your position would feel the same. Let's work through this together.",
    "I can hear how much this matters to you, and I want to acknowledge the courage it takes to "
    "speak up. Your perspective is important, and I value the trust you are placing in me.",
    "What I'm hearing is that this situation has been difficult for you on many levels. That must "
    "be hard. How are you feeling about everything right now?",
)
#: Words that do nothing: neither act nor feeling nor fact of the case.
NEUTRAL = (
    "I have your message on the screen here and I am typing this at my desk.",
    "The line is quiet and the window is open, so I can write a little.",
    "Let me put the words down in the order in which they come.",
    "It is the usual time of day and the screen is on as it always is.",
    "There is a pen beside the keyboard and a sheet of paper under it.",
    "The text goes on for another line, as texts will do.",
)
GAIN, CHANGE, STUFFED_LEVEL = 0.25, 0.15, 1.5
_REPEATED = 10
Change = Callable[[int, str], str]


def _added(pieces: Sequence[str]) -> Change:
    return lambda place, text: f"{text} {pieces[place % len(pieces)]}" if text.strip() else text


TRICKS: Mapping[str, Change] = {
    "stuffing": _added(STUFFING),
    "rubric paste": _added(RUBRIC_PASTE),
    "apology spam": _added(SORRY),
    "10x repetition": lambda _, text: " ".join([text] * _REPEATED) if text.strip() else text,
    "politeness inflation": lambda place, text: POLITE[place % len(POLITE)].format(text),
    "pasted perfection": lambda place, _: PASTED[place % len(PASTED)],
}
#: The plays that tricks are tried on: those of people who have something to gain.
PLAIN = ("average", "premature_solver", "interrogator")


def gaming(rater: Rater) -> Study:
    """What each trick adds to plain conversations."""
    plain = [sample for sample in load("plays") if sample.style in PLAIN]
    before = {sample.id: rater.levels(sample) for sample in plain}
    stuffed = [
        level
        for sample in plain
        for name, level in rater.levels(sample.changed(_only(STUFFING))).items()
        if name in ("NOTICE", "REFLECT")
    ]
    gains = {
        trick: [mean_change(before[s.id], rater.levels(s.changed(change))) for s in plain]
        for trick, change in TRICKS.items()
    }
    figures = [
        mean_figure(f"mean gain by {trick}", found, at_most(GAIN)) for trick, found in gains.items()
    ]
    return Study(
        id="gaming",
        title="Gaming",
        method=(
            f"Each trick is applied to every reply of {len(plain)} plain conversations; the gain "
            "is the mean change over competencies, in levels."
        ),
        figures=(*figures, _stuffed(stuffed)),
        failures=tuple(_gained(gains, plain)),
    )


def _only(pieces: Sequence[str]) -> Change:
    return lambda place, _: pieces[place % len(pieces)]


def _stuffed(levels: Sequence[float]) -> Figure:
    return Figure(
        name="highest NOTICE or REFLECT of nothing but stuffing",
        value=max(levels),
        n=len(levels),
        bound=at_most(STUFFED_LEVEL),
    )


def _gained(gains: Mapping[str, Sequence[float]], plain: Sequence[Sample]) -> Iterator[str]:
    for trick, found in gains.items():
        for sample, gain in zip(plain, found, strict=True):
            if gain > GAIN:
                yield f"{trick} on {sample.id}: {gain:+.2f}"


def verbosity(rater: Rater) -> Study:
    """What padding to twice the length, and cutting to half of it, changes."""
    styles = ("skilled", "repair", "average", "premature_solver", "minimiser")
    plays = [sample for sample in load("plays") if sample.style in styles]
    padded = [mean_change(rater.levels(s), rater.levels(s.changed(pad))) for s in plays]
    cut = [
        mean_change(rater.levels(long), rater.levels(short)) for long, short in _matched("lengths")
    ]
    return Study(
        id="verbosity",
        title="Verbosity",
        method=(
            "Neutral filler doubles the words of every reply; hand-made versions say the same in "
            "half the words. The change is the mean over competencies, in levels."
        ),
        figures=(
            mean_figure("mean change by padding", padded, within(CHANGE)),
            mean_figure("mean change by cutting", cut, within(CHANGE)),
        ),
        failures=tuple(
            f"padding of {sample.id}: {change:+.2f}"
            for sample, change in zip(plays, padded, strict=True)
            if abs(change) > 2 * CHANGE
        ),
    )


def pad(place: int, text: str) -> str:
    """The text with as many neutral words before and after it as it has itself."""
    wanted, filler = len(text.split()), list[str]()
    while wanted > 0 and text.strip():
        sentence = NEUTRAL[(place + len(filler)) % len(NEUTRAL)]
        filler.append(sentence)
        wanted -= len(sentence.split())
    half = len(filler) // 2
    return " ".join([*filler[:half], text, *filler[half:]])


def _matched(name: str) -> Iterator[tuple[Sample, Sample]]:
    """Long and short version of each conversation: two neighbouring lines of the file."""
    for _, pair in groupby(load(name), key=lambda sample: sample.id.rsplit("-", 1)[0]):
        long, short = pair
        yield long, short
