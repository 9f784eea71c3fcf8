"""Building the parts that do not depend on a user or a page."""

from dataclasses import replace
from functools import cache
from threading import Event, Thread

from progress.database import open_engine, upgrade
from progress.store import Store
from rubrics import encoder
from rubrics.acts import Context, default_labeller
from rubrics.scorer import Scorer
from scenarios import library
from trainer.beat import Voice, VoiceName
from trainer.judging import second_rater
from trainer.later import LaterEncoder, LaterLabeller
from trainer.llm import build_chat, model_name
from trainer.memory import LazyMemory
from trainer.practice import Practice
from trainer.rewriter import ModelRewriter, Rewriter, RuleRewriter
from trainer.session import Engine
from trainer.settings import Settings
from trainer.voices.authored import AuthoredVoice
from trainer.voices.model import ModelVoice
from trainer.voices.speaker import voice_line


@cache
def build_engine() -> Engine:
    """The engine without a language model: local labeller, authored voice, local scorer.

    Its weights load with the first reply, or with ``warm``.
    """
    return Engine(
        labeller=LaterLabeller(default_labeller),
        encoder=LaterEncoder(encoder.shared),
        voices={"authored": AuthoredVoice()},
        scorer=Scorer(),
    )


def warm(engine: Engine, leaving: Event) -> None:
    """Load what the first reply needs, so that it is answered as quickly as every later one.

    Stops after the step at hand once ``leaving`` is set.
    """
    engine.labeller.label(Context(message="Hello."), "Hello.")
    for scenario in library.shipped().values():
        if not leaving.is_set():
            engine.casebook(scenario)


def engine_for(settings: Settings) -> Engine:
    """The engine with the model's voice beside the authored one, where a model is set up.

    Raises SettingsError for a model that cannot be used. What takes seconds to load is loaded in
    the background.
    """
    engine = build_engine()
    if not settings.has_model:
        return engine
    chat = build_chat(settings)
    voice = ModelVoice(
        chat,
        engine.encoder,
        timeout=settings.model_timeout,
        recall=LazyMemory(settings, engine.encoder).recall,
    )
    Thread(target=chat.warm, daemon=True).start()
    voices: dict[VoiceName, Voice] = {**engine.voices, "model": voice}
    return replace(engine, voices=voices, voice_line=voice_line(settings))


def rewriter_for(settings: Settings, engine: Engine) -> Rewriter:
    """The coach's model behind its checks, where one is set up, else the rules alone."""
    if not (model_name(settings, "coach") or settings.gguf):
        return RuleRewriter()
    chat = build_chat(settings, "coach")
    return ModelRewriter(chat, engine.labeller, settings.model_timeout)


def build_practice(settings: Settings) -> Practice:
    """Practice on the record that the settings name, brought to this version's schema."""
    database = open_engine(settings.database())
    upgrade(database)
    engine = engine_for(settings)
    return Practice(
        engine=engine,
        store=Store(database),
        daily_tokens=settings.daily_tokens,
        rewriter=rewriter_for(settings, engine),
        second_rater=second_rater(settings),
    )
