"""The model's voice: a language model words the Beat, the guard looks at it before it is said.

A line that cannot stand gets one more try with the reason; after that, or when the time is up,
the authored line is said. Nobody waits longer than the time-out, and the notes tell what happened.
"""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from rubrics.encoder import Encoder
from rubrics.model import Turn
from scenarios.model import Band, Gate, Scenario
from trainer.beat import Beat, Utterance, VoiceFailure, VoiceName
from trainer.casebook import sentences
from trainer.chat import Chat, ModelFailure, Said, Usage
from trainer.guard import Candidate, Finding, Guard
from trainer.voices import prompt
from trainer.voices.authored import AuthoredVoice

#: Lines nearest to a moment: scenario, words, band, disclosed.
Recall = Callable[[Scenario, str, Band, Gate], tuple[str, ...]]
TRIES = 2
#: Seconds kept back for the guard and the authored line.
KEPT_BACK = 0.15
TOKENS_A_WORD, SPARE_TOKENS = 1.6, 30
_BEFORE = re.compile(r"^\s*(?:\*[^*]*\*|\([^)]*\)|[A-Z][\w ]{0,24}:)\s*")


@dataclass
class _Turn:
    """One turn while it is being worded."""

    beat: Beat
    transcript: tuple[Turn, ...]
    scenario: Scenario
    deadline: float
    notes: list[str] = field(default_factory=list)
    spent: list[Usage] = field(default_factory=list)
    reasons: tuple[str, ...] = ()

    @property
    def left(self) -> float:
        """Seconds until somebody has waited long enough."""
        return self.deadline - time.monotonic()


class ModelVoice:
    """Speaks through a chat model, guarded; falls back to the authored voice turn by turn."""

    name: VoiceName = "model"

    def __init__(
        self,
        chat: Chat,
        encoder: Encoder,
        *,
        timeout: float,
        recall: Recall | None = None,
        fallback: AuthoredVoice | None = None,
    ) -> None:
        self.chat = chat
        self._encoder = encoder
        self._timeout = timeout
        self._recall = recall
        self._fallback = fallback or AuthoredVoice()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="guard")

    def say(
        self,
        beat: Beat,
        transcript: tuple[Turn, ...],
        scenario: Scenario,
        *,
        seed: int,
        used: frozenset[str],
    ) -> Utterance:
        """The whole utterance, within the time-out whatever the model does."""
        deadline = time.monotonic() + self._timeout - KEPT_BACK
        turn = _Turn(beat, transcript, scenario, deadline)
        guard = self._worker.submit(Guard.of, scenario, self._encoder)
        text = self._worded(turn, guard)
        if isinstance(text, VoiceFailure):
            said = self._fallback.say(beat, transcript, scenario, seed=seed, used=used)
            told = f"The authored voice spoke. {text.what}"
            return said.model_copy(update={"notes": (told, *_notes(turn))})
        told = f"The model {self.chat.name} spoke."
        return Utterance(text=text, voice="model", notes=(told, *_notes(turn)))

    def stream(
        self,
        beat: Beat,
        transcript: tuple[Turn, ...],
        scenario: Scenario,
        *,
        seed: int,
        used: frozenset[str],
    ) -> Iterator[str | Utterance]:
        """The checked text growing word by word: unchecked words are shown to nobody."""
        utterance = self.say(beat, transcript, scenario, seed=seed, used=used)
        for word in re.finditer(r"\S+\s*", utterance.text):
            yield utterance.text[: word.end()].rstrip()
        yield utterance

    def _worded(self, turn: _Turn, guard: "Future[Guard]") -> str | VoiceFailure:
        """A line that may be said, or why there is none."""
        examples = self._examples(turn)
        problem = "There was no time left to ask the model."
        for _ in range(TRIES):
            if turn.left <= KEPT_BACK:
                break
            answer = self._ask(turn, examples)
            if isinstance(answer, ModelFailure):
                return VoiceFailure(what=answer.what, instead="the authored line")
            line = tidy(answer.text, turn)
            found = self._check(line, turn, guard)
            if found is None:
                problem = "There was no time left to check the model's line."
                break
            if not found:
                return line
            turn.reasons = tuple(dict.fromkeys(finding.reason for finding in found))
            problem = "The guard refused the model's lines."
            turn.notes.append(_refused(found))
        return VoiceFailure(what=problem, instead="the authored line")

    def _ask(self, turn: _Turn, examples: tuple[str, ...]) -> Said | ModelFailure:
        asked = prompt.messages(turn.beat, turn.transcript, turn.scenario, examples, turn.reasons)
        most = round(TOKENS_A_WORD * turn.beat.word_budget) + SPARE_TOKENS
        answer = self.chat.say(asked, max_tokens=most, seconds=turn.left)
        if answer.usage is not None:
            turn.spent.append(answer.usage)
        return answer

    def _check(self, line: str, turn: _Turn, guard: "Future[Guard]") -> tuple[Finding, ...] | None:
        """What the guard finds, or None where it is not ready in time."""
        try:
            ready = guard.result(timeout=max(0.0, turn.left))
        except TimeoutError:
            return None
        return ready.check(Candidate(line, turn.scenario, turn.beat, turn.transcript))

    def _examples(self, turn: _Turn) -> tuple[str, ...]:
        """Authored lines nearest to this moment, none that was said already."""
        if self._recall is None:
            return ()
        words = f"{turn.transcript[-1].text} {turn.beat.echo or ''}".strip() or "silence"
        near = self._recall(turn.scenario, words, turn.beat.band, turn.beat.disclosed)
        said = " ".join(line.text for line in turn.transcript if line.speaker == "counterpart")
        return tuple(line for line in near if line not in said)


def tidy(text: str, turn: _Turn) -> str:
    """Without name, stage directions and quotation marks; whole sentences within the budget."""
    text = re.sub(r"\s+", " ", text.split("\n\n")[0]).strip()
    while (match := _BEFORE.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    if len(text) > 1 and text[0] in '"“' and text[-1] in '"”':
        text = text[1:-1].strip()
    return _fitting(text, turn.beat.word_budget)


def _fitting(text: str, budget: int) -> str:
    """The first whole sentences that fit; the text as it is where not even one does."""
    kept: list[str] = []
    for sentence in sentences(text):
        room = budget * 1.2 - sum(len(part.split()) for part in kept)
        if sentence[-1] not in ".!?…\"'”’" or len(sentence.split()) > room:
            break
        kept.append(sentence)
    return " ".join(kept) or text


def _refused(found: tuple[Finding, ...]) -> str:
    reasons = "; ".join(dict.fromkeys(finding.reason for finding in found))
    faults = ", ".join(dict.fromkeys(finding.fault.value for finding in found))
    return f"The guard refused a line of the model: {reasons} ({faults})."


def _notes(turn: _Turn) -> tuple[str, ...]:
    return (*turn.notes, *(usage.note() for usage in turn.spent))
