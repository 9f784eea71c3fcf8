"""Building the parts that do not depend on a user or a page."""

from functools import cache

from progress.database import open_engine, upgrade
from progress.store import Store
from rubrics import encoder
from rubrics.acts import default_labeller
from rubrics.scorer import Scorer
from trainer.practice import Practice
from trainer.session import Engine
from trainer.settings import Settings
from trainer.voices.authored import AuthoredVoice


@cache
def build_engine() -> Engine:
    """The engine of this process: local labeller, authored voice, local scorer."""
    return Engine(
        labeller=default_labeller(),
        encoder=encoder.shared(),
        voices={"authored": AuthoredVoice()},
        scorer=Scorer(),
    )


def build_practice(settings: Settings) -> Practice:
    """Practice on the record that the settings name, brought to this version's schema."""
    database = open_engine(settings.database())
    upgrade(database)
    return Practice(engine=build_engine(), store=Store(database))
