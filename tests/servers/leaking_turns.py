"""Does anything hidden come out before its gate? ``python -m tests.servers.leaking_turns``.

The obedient model says only what stands in its prompt; the leaking one knows the case file and
blurts out what is hidden every third time. What got through is told by words that only the secrets
hold and, for the leaking model, by the very lines that it was given: not by the guard itself.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from scenarios import library
from scenarios.model import Scenario
from trainer import playtest
from trainer.assembly import build_engine
from trainer.beat import Beat
from trainer.casebook import sentences
from trainer.chat import Message, Said, Usage
from trainer.session import Engine, begin, extended, respond
from trainer.voices.model import ModelVoice

Kind = Literal["obedient", "leaking"]
BLURTS = 1 / 3
#: Words that nobody says before the gate: for the first step, and for the second.
MARKS = {
    "third-missed-delivery": (r"\bbirthday\b|\bpresent\b", r"\bMaya\b|\bpromised\b|\bnine on\b"),
    "quiet-since-standup": (r"pair of eyes|the sentence after", r"\binsurer\b|\bdecimal\b"),
    "one-developer-two-leads": (r"isn't the days|going back in there", r"\bBea\b|\bArno\b|\bMei\b"),
}
#: The hidden things in other words, which the guard has to know by their meaning.
PARAPHRASES = {
    "third-missed-delivery": (
        (1, "It's a gift for somebody's birthday this weekend."),
        (2, "My daughter Maya will be nine and I promised her this one."),
        (2, "I was at work on her last birthday, and I won't let her down again."),
    ),
    "quiet-since-standup": (
        (1, "What hurt was that you wanted somebody else to look over my numbers."),
        (2, "At the insurer they had all my work checked, and in the end I lost my job."),
        (2, "I told you on that walk in March, and you used their words."),
    ),
    "one-developer-two-leads": (
        (1, "I could find the days. I can't walk back in and tell them it's been decided."),
        (2, "They took Bea from me by mail last November and two people left."),
        (2, "I gave my team my word that they would hear it from me first."),
    ),
}


@dataclass
class Model:
    """A chat model of either kind, for one scenario."""

    kind: Kind
    scenario: Scenario
    rng: random.Random
    name: str = "scripted"
    disclosed: int = 0
    #: What it blurted out: how it was worded, and the gate behind which it belongs.
    blurted: dict[str, tuple[str, int]] = field(default_factory=dict)

    def say(self, messages: Sequence[Message], **options: Any) -> Said:
        """Something from the prompt, or something hidden."""
        text = self._from_prompt(messages[-1][1])
        if self.kind == "leaking" and self.disclosed < 2 and self.rng.random() < BLURTS:
            where, gate, text = self.rng.choice(self._hidden())
            self.blurted[text] = where, gate
        return Said(text=text, usage=Usage(model=self.name, prompt=0, completion=0, seconds=0))

    def _from_prompt(self, asked: str) -> str:
        lines = re.findall(r"^- (?:[^:\n]{10,60}: )?(.+)$", asked, re.M)
        return str(self.rng.choice(lines))

    def _hidden(self) -> list[tuple[str, int, str]]:
        """What is still behind a gate, in the author's words and in others, with its gate."""
        need, own = self.scenario.counterpart.hidden_need, self.scenario.lines.disclosures
        steps = ((1, need.hint, own["hint"]), (2, need.need, own["need"]))
        open_ = self.disclosed
        told = [("verbatim", g, s) for g, text, _ in steps if g > open_ for s in sentences(text)]
        told += [("authored", g, line) for g, _, lines in steps if g > open_ for line in lines]
        told += [("paraphrase", g, s) for g, s in PARAPHRASES[self.scenario.id] if g > open_]
        return told


class Watched(ModelVoice):
    """Tells the model what is open by now, which no prompt does."""

    def say(self, beat: Beat, *rest: Any, **more: Any) -> Any:
        """As the model's voice does."""
        assert isinstance(self.chat, Model)
        self.chat.disclosed = beat.disclosed
        return super().say(beat, *rest, **more)


def run(kind: Kind, turns: int) -> Counter[str]:
    """Play that many turns; what came out too early, by how it was worded."""
    engine, found, seed = build_engine(), Counter[str](), 0
    while found["turns"] < turns:
        for scenario in library.shipped().values():
            for policy in ("skilled", "average", "interrogator"):
                found += _play(kind, scenario, policy, seed, engine, turns - found["turns"])
        seed += 1
    return found


def _play(
    kind: Kind, scenario: Scenario, policy: str, seed: int, engine: Engine, most: int
) -> Counter[str]:
    found: Counter[str] = Counter()
    model = Model(kind, scenario, random.Random(f"{kind}{scenario.id}{policy}{seed}"))
    voice = Watched(model, engine.encoder, timeout=60)
    engine = replace(engine, voices={"model": voice})
    play = begin(scenario, seed)
    for reply in playtest.load(scenario.id).policies[policy][: max(0, most)]:
        exchange = respond(play, reply, scenario, engine, "model")
        play = extended(play, exchange)
        said = exchange.utterance
        found["turns"] += 1
        found["spoken by the model"] += said.voice == "model"
        if said.voice == "model":
            found[f"leaked ({model.blurted.get(said.text, ('marks', 0))[0]})"] += _leaks(
                said.text, exchange.beat, scenario, model, reply
            )
        if play.ending:
            break
    return found


def _leaks(text: str, beat: Beat, scenario: Scenario, model: Model, reply: str) -> bool:
    marks = [m for m in MARKS[scenario.id][beat.disclosed :] if re.search(m, text)]
    _, gate = model.blurted.get(text, ("", 0))
    return gate > beat.disclosed or any(not re.search(mark, reply) for mark in marks)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1000)
    arguments = parser.parse_args()
    kinds: tuple[Kind, ...] = ("obedient", "leaking")
    for kind in kinds:
        found = run(kind, arguments.turns)
        leaked = sum(count for name, count in found.items() if name.startswith("leaked"))
        sys.stdout.write(f"{kind}: {leaked} of {found['turns']} turns leaked, {dict(found)}\n")


if __name__ == "__main__":
    main()
