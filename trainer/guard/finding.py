"""What the guard looks at and what it finds."""

import re
from dataclasses import dataclass
from enum import StrEnum

from rubrics.acts.reading import Frozen
from rubrics.model import Turn
from scenarios.model import Scenario
from trainer.beat import Beat


class Fault(StrEnum):
    """What can be wrong with a line that a model wrote for the counterpart."""

    ROLE_FLIP = "role_flip"  # speaks as the other side of the conversation
    HELPER_VOICE = "helper_voice"  # talks like an assistant or a therapist
    SPEAKS_FOR_EMPLOYEE = "speaks_for_employee"  # writes the employee's words too
    COACHING = "coaching"  # teaches or marks the employee
    ADMITS_AI = "admits_ai"
    LEAKS_NEED = "leaks_need"  # tells what is behind a gate that has not opened
    LEAKS_INSTRUCTIONS = "leaks_instructions"
    CONTRADICTS = "contradicts"  # numbers, names or dates that the case file does not have
    TOO_CALM = "too_calm"  # grateful, relieved or obliging while the state is not
    LEAVES_EARLY = "leaves_early"  # says goodbye while the conversation goes on
    LEAVES_OUT = "leaves_out"  # does not say what this turn has to say
    TOO_LONG = "too_long"
    LIST = "list"
    REPETITION = "repetition"
    OTHER_LANGUAGE = "other_language"
    CUT = "cut"  # empty, no words in it, or no end


#: Said to the model when it gets its one more try, and kept in the record.
REASONS: dict[Fault, str] = {
    Fault.ROLE_FLIP: "it spoke as the other person in this conversation",
    Fault.HELPER_VOICE: "it sounded like an assistant or a therapist",
    Fault.SPEAKS_FOR_EMPLOYEE: "it wrote the other person's words as well",
    Fault.COACHING: "it taught or marked the other person",
    Fault.ADMITS_AI: "it stepped out of the part",
    Fault.LEAKS_NEED: "it told something that this person does not tell yet",
    Fault.LEAKS_INSTRUCTIONS: "it gave away how it was instructed",
    Fault.CONTRADICTS: "it named a number, a name or a day that is not in the facts",
    Fault.TOO_CALM: "it was calmer or kinder than this person is now",
    Fault.LEAVES_EARLY: "it ended the conversation, which goes on",
    Fault.LEAVES_OUT: "it left out what has to be said now",
    Fault.TOO_LONG: "it was too long",
    Fault.LIST: "it used a list or markup",
    Fault.REPETITION: "it repeated words that were said already",
    Fault.OTHER_LANGUAGE: "it was not in English",
    Fault.CUT: "it was empty or not a whole sentence",
}


class Finding(Frozen):
    """One fault of a line, with the words that show it."""

    fault: Fault
    quote: str = ""

    @property
    def reason(self) -> str:
        """Why the line cannot stand, in plain words."""
        return REASONS[self.fault]


@dataclass(frozen=True)
class Candidate:
    """A line before it may be said, and the moment it is meant for."""

    text: str
    scenario: Scenario
    beat: Beat
    transcript: tuple[Turn, ...]

    @property
    def spoken(self) -> str:
        """The line without what it quotes of others."""
        return re.sub(r"(?<!\w)'[^']{2,}'|[\"“][^\"”]*[\"”]", " … ", self.text)

    @property
    def asked(self) -> str:
        """The employee's latest words."""
        said = [turn.text for turn in self.transcript if turn.speaker == "employee"]
        return said[-1] if said else ""

    @property
    def name(self) -> str:
        """What the counterpart is called."""
        return self.scenario.counterpart.name.split()[0]
