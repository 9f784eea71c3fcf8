"""The guard: looks at every line that a model wrote before it may be said."""

from functools import lru_cache
from hashlib import sha256

from rubrics.encoder import Encoder
from scenarios.model import Scenario
from trainer.guard import form, roles
from trainer.guard.case import CaseFacts
from trainer.guard.finding import Candidate, Fault, Finding
from trainer.guard.meaning import CaseSense

__all__ = ["Candidate", "Fault", "Finding", "Guard"]
GUARD_VERSION = "guard-3"


class Guard:
    """Pure detectors for one scenario; building one embeds a few hundred short texts."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        self._facts = CaseFacts(scenario)
        self._sense = CaseSense(scenario, encoder)

    @classmethod
    def of(cls, scenario: Scenario, encoder: Encoder) -> "Guard":
        """The guard of this scenario, built once and kept."""
        return _kept(_Key(scenario, encoder))

    def check(self, line: Candidate) -> tuple[Finding, ...]:
        """Everything that is wrong with the line; nothing means that it may be said."""
        found = list(form.faults(line))
        if any(finding.fault in {Fault.CUT, Fault.OTHER_LANGUAGE} for finding in found):
            return tuple(found)
        found += roles.faults(line)
        found += self._facts.faults(line)
        found += self._sense.faults(line, roles.flips(line))
        return tuple(found)


class _Key:
    """Scenario and encoder as a cache key, by content."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        self.scenario, self.encoder = scenario, encoder
        document = encoder.version + scenario.model_dump_json()
        self._digest = sha256(document.encode()).digest()

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._digest == other._digest


@lru_cache(maxsize=32)
def _kept(key: _Key) -> Guard:
    return Guard(key.scenario, key.encoder)
