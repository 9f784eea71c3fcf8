"""Small plays and scores to test with."""

from uuid import UUID

from progress.play import NewPlay, NewTurn, Play
from progress.store import Store
from rubrics.model import CompetencyScore, Evidence, JudgeRecord, Scorecard


def new_play(scenario: str = "late-parcel") -> NewPlay:
    return NewPlay(
        scenario_id=scenario,
        scenario_version="1",
        program="customer",
        counterpart_version="director-1",
        voice="authored",
        seed=7,
        opening="This is the third time.",
        opening_state={"tension": 0.75},
    )


def new_turn(number: int, *, token: str | None = None, assisted: bool = False) -> NewTurn:
    return NewTurn(
        client_token=token or f"token-{number}",
        reply=f"My reply {number} ✓",
        counterpart=f"Her answer {number}",
        reading={"acts": {"notice": 0.9}, "labeller": "test"},
        beat={"turn": number},
        state={"tension": 0.7 - number / 100},
        voice="authored",
        pieces=("a", "b"),
        notes=("said plainly",),
        assisted=assisted,
    )


def scorecard() -> Scorecard:
    return Scorecard(
        rubric="customer",
        competencies={
            "REFLECT": CompetencyScore(
                status="rated",
                level=2.5,
                se=0.4,
                evidence=(Evidence(turn=1, start=0, end=8, quote="My reply"),),
                tags=("keyword_empathy",),
                caps=("keyword_empathy",),
            ),
            "NOTICE": CompetencyScore(status="no_opportunity", reason="Nothing was felt."),
            "EXPLORE": CompetencyScore(status="not_rated", reason="No proof was found."),
        },
        flagged_turns=(3,),
        versions={"rubric": "1", "labeller": "test"},
    )


def judged_scorecard() -> Scorecard:
    """A scorecard on one competency of which a second rater was far off."""
    record = JudgeRecord(
        model="strict",
        version="judge-1",
        prompt=(("system", "Rate."), ("user", "Which skill?")),
        replies=('{"level": 0}',),
        status="rated",
        raw_level=0.0,
        level=0.5,
        calibrated=True,
        tokens=900,
    )
    card = scorecard()
    apart = card.competencies["REFLECT"].model_copy(
        update={"disagreement": True, "judgement": record}
    )
    return card.model_copy(update={"competencies": {**card.competencies, "REFLECT": apart}})


def append(store: Store, user: UUID, play: UUID, count: int) -> None:
    for number in range(count):
        store.append_turn(user=user, play_id=play, index=number, turn=new_turn(number))


def complete(store: Store, user: UUID, scenario: str = "late-parcel") -> Play:
    """A play with something in every table."""
    play = store.start_play(user=user, new=new_play(scenario)).id
    append(store, user, play, 2)
    store.add_hint(user=user, play_id=play, before_turn=2, depth=1, text="What worries her?")
    store.append_turn(user=user, play_id=play, index=2, turn=new_turn(2), ending="resolved")
    store.save_self_ratings(user=user, play_id=play, levels={"REFLECT": 3.0, "NOTICE": 2.5})
    return store.save_scorecard(user=user, play_id=play, scorecard=scorecard())
