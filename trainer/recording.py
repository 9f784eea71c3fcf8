"""From a role-play to what the record keeps of it, and back."""

from progress.play import NewPlay, NewTurn, Play
from scenarios.model import Scenario
from trainer import director
from trainer.beat import VoiceName
from trainer.dynamics import CounterpartState
from trainer.session import Exchange, RolePlay


def new_play(scenario: Scenario, play: RolePlay, voice: VoiceName) -> NewPlay:
    """What the record keeps of a role-play from its beginning."""
    return NewPlay(
        scenario_id=scenario.id,
        scenario_version=scenario.version,
        program=scenario.program,
        counterpart_version=director.DIRECTOR_VERSION,
        voice=voice,
        seed=play.seed,
        opening=play.opening,
        opening_state=play.start.model_dump(mode="json"),
    )


def new_turn(exchange: Exchange, token: str) -> NewTurn:
    """What the record keeps of one exchange."""
    said = exchange.utterance
    return NewTurn(
        client_token=token,
        reply=exchange.reply,
        counterpart=said.text,
        reading=exchange.reading.model_dump(mode="json"),
        beat=exchange.beat.model_dump(mode="json"),
        state=exchange.state.model_dump(mode="json"),
        voice=said.voice,
        pieces=said.pieces,
        notes=said.notes,
        assisted=exchange.assisted,
    )


def noted(exchange: Exchange, note: str) -> Exchange:
    """The exchange with a note about its voice, before those that it has."""
    said = exchange.utterance.model_copy(update={"notes": (note, *exchange.utterance.notes)})
    return exchange.model_copy(update={"utterance": said})


def replayed(record: Play) -> RolePlay:
    """The role-play from its stored turns; nothing is computed anew."""
    return RolePlay(
        scenario=record.scenario_id,
        seed=record.seed,
        opening=record.opening,
        start=CounterpartState.model_validate(record.opening_state),
        exchanges=tuple(
            Exchange.model_validate(
                {
                    "reply": turn.reply,
                    "reading": turn.reading,
                    "beat": turn.beat,
                    "state": turn.state,
                    "assisted": turn.assisted,
                    "utterance": {
                        "text": turn.counterpart,
                        "voice": turn.voice,
                        "pieces": turn.pieces,
                        "notes": turn.notes,
                    },
                }
            )
            for turn in record.turns
        ),
    )
