import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, text

from progress.database import open_engine
from progress.errors import AlreadyStored, PlayClosed, TurnConflict, UnknownTurn, UnknownUser
from progress.play import NewTurn
from progress.store import SOLO_USER, Store
from progress.tables import Table
from tests.progress.making import append, complete, judged_scorecard, new_play, new_turn, scorecard


def test_a_play_comes_back_as_it_went_in(store: Store, user: UUID, play: UUID) -> None:
    append(store, user, play, 2)
    loaded = store.load_play(user=user, play_id=play)
    assert [turn.index for turn in loaded.turns] == [0, 1]
    assert loaded.turns[1].model_dump(exclude={"index", "created_at"}) == new_turn(1).model_dump()
    assert loaded.state == {"tension": 0.69}
    assert loaded.opening_state == {"tension": 0.75}


def test_moments_come_back_in_utc(store: Store, user: UUID, play: UUID) -> None:
    assert store.load_play(user=user, play_id=play).started_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    naive = Store(engine, clock=lambda: datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        naive.ensure_user()


def test_the_solo_user_is_made_once(store: Store) -> None:
    assert store.ensure_user() == store.ensure_user()
    assert store.ensure_user().id == SOLO_USER


def test_a_play_of_nobody_is_refused(store: Store) -> None:
    with pytest.raises(UnknownUser):
        store.start_play(user=SOLO_USER, new=new_play())


def test_the_same_token_twice_stores_one_turn(store: Store, user: UUID, play: UUID) -> None:
    first = store.append_turn(user=user, play_id=play, index=0, turn=new_turn(0))
    again = store.append_turn(user=user, play_id=play, index=0, turn=new_turn(5, token="token-0"))
    assert again == first
    assert len(store.load_play(user=user, play_id=play).turns) == 1


def test_a_tab_that_is_behind_gets_what_is_stored(store: Store, user: UUID, play: UUID) -> None:
    append(store, user, play, 2)
    with pytest.raises(TurnConflict) as conflict:
        store.append_turn(user=user, play_id=play, index=1, turn=new_turn(9))
    assert [turn.reply for turn in conflict.value.stored] == ["My reply 0 ✓", "My reply 1 ✓"]


def test_two_connections_write_the_same_turn_once(
    store: Store, engine: Engine, user: UUID, play: UUID
) -> None:
    other = Store(open_engine(engine.url.render_as_string(), busy_timeout=0.1))
    store.append_turn(user=user, play_id=play, index=0, turn=new_turn(0, token="here"))
    with pytest.raises(TurnConflict):
        other.append_turn(user=user, play_id=play, index=0, turn=new_turn(0, token="there"))
    assert len(other.load_play(user=user, play_id=play).turns) == 1


def test_no_turn_after_the_end(store: Store, user: UUID, play: UUID) -> None:
    store.append_turn(user=user, play_id=play, index=0, turn=new_turn(0), ending="walked_away")
    with pytest.raises(PlayClosed):
        store.append_turn(user=user, play_id=play, index=1, turn=new_turn(1))
    assert store.load_play(user=user, play_id=play).ending == "walked_away"


def test_an_unknown_ending_changes_nothing(store: Store, user: UUID, play: UUID) -> None:
    with pytest.raises(ValueError, match="no such ending"):
        store.append_turn(user=user, play_id=play, index=0, turn=new_turn(0), ending="happy")
    assert store.load_play(user=user, play_id=play).turns == ()


def test_finishing_twice_is_once(store: Store, user: UUID, play: UUID) -> None:
    first = store.finish(user=user, play_id=play, ending="open")
    assert store.finish(user=user, play_id=play, ending="open") == first
    with pytest.raises(PlayClosed):
        store.finish(user=user, play_id=play, ending="resolved")


def test_a_hint_makes_the_next_reply_assisted(store: Store, user: UUID, play: UUID) -> None:
    store.add_hint(user=user, play_id=play, before_turn=0, depth=1, text="Look at her morning.")
    assert store.append_turn(user=user, play_id=play, index=0, turn=new_turn(0)).assisted
    assert not store.append_turn(user=user, play_id=play, index=1, turn=new_turn(1)).assisted


def test_a_hint_is_for_the_next_turn_only(store: Store, user: UUID, play: UUID) -> None:
    with pytest.raises(UnknownTurn):
        store.add_hint(user=user, play_id=play, before_turn=1, depth=1, text="Too early.")


def test_a_retry_starts_in_the_same_mood(store: Store, user: UUID, play: UUID) -> None:
    append(store, user, play, 3)
    retry = store.start_retry(user=user, play_id=play, from_turn=2)
    first = store.load_play(user=user, play_id=play)
    assert retry.turns == first.turns[:2]
    assert (retry.retry_of, retry.retry_turn, retry.seed) == (play, 2, first.seed)
    assert retry.opening_state == first.opening_state


def test_a_retry_stays_one_when_its_first_is_deleted(store: Store, user: UUID, play: UUID) -> None:
    append(store, user, play, 1)
    retry = store.start_retry(user=user, play_id=play, from_turn=0)
    store.delete_play(user=user, play_id=play)
    assert store.load_play(user=user, play_id=retry.id).retry_of == play


def test_no_retry_from_a_turn_that_is_not_there(store: Store, user: UUID, play: UUID) -> None:
    with pytest.raises(UnknownTurn):
        store.start_retry(user=user, play_id=play, from_turn=0)


def test_a_scorecard_comes_back_as_it_went_in(store: Store, user: UUID) -> None:
    play = complete(store, user)
    assert play.scorecard == scorecard()
    assert list(play.scorecard.competencies) == ["REFLECT", "NOTICE", "EXPLORE"]
    assert play.phase == "debrief"


def test_a_score_record_says_what_made_it(store: Store, user: UUID) -> None:
    first, _, abstained = complete(store, user).scores
    assert first.assisted and first.mode == "practice" and first.retry_of is None
    assert [state["tension"] for state in first.state_trace] == pytest.approx(
        [0.75, 0.7, 0.69, 0.68]
    )
    assert abstained.abstained and not first.abstained


def test_raw_levels_and_calibration_are_kept(store: Store, user: UUID, play: UUID) -> None:
    store.finish(user=user, play_id=play, ending="open")
    raw = {"REFLECT": {"judge-1": 3.0, "judge-2": 2.0}}
    card = scorecard()
    scored = store.save_scorecard(
        user=user, play_id=play, scorecard=card, raw_levels=raw, calibrated=["REFLECT"]
    )
    assert scored.scores[0].raw_levels_by_model == raw["REFLECT"]
    assert [score.calibrated for score in scored.scores] == [True, False, False]


def test_scores_are_written_once(store: Store, user: UUID) -> None:
    play = complete(store, user)
    again = store.save_scorecard(user=user, play_id=play.id, scorecard=scorecard())
    assert again == play
    other = scorecard().model_copy(update={"versions": {"rubric": "2"}})
    with pytest.raises(AlreadyStored):
        store.save_scorecard(user=user, play_id=play.id, scorecard=other)


def test_no_scores_before_the_end(store: Store, user: UUID, play: UUID) -> None:
    with pytest.raises(PlayClosed):
        store.save_scorecard(user=user, play_id=play, scorecard=scorecard())


def test_no_self_rating_after_the_scores(store: Store, user: UUID, play: UUID) -> None:
    store.finish(user=user, play_id=play, ending="open")
    store.save_scorecard(user=user, play_id=play, scorecard=scorecard())
    with pytest.raises(PlayClosed):
        store.save_self_ratings(user=user, play_id=play, levels={"NOTICE": 2.0})


@pytest.mark.parametrize("level", [-0.5, 4.5, float("nan")])
def test_a_self_rating_is_on_the_scale(store: Store, user: UUID, play: UUID, level: float) -> None:
    store.finish(user=user, play_id=play, ending="open")
    with pytest.raises(ValueError, match="between 0 and 4"):
        store.save_self_ratings(user=user, play_id=play, levels={"NOTICE": level})


def test_other_self_ratings_do_not_replace_the_first(store: Store, user: UUID) -> None:
    play = complete(store, user)
    with pytest.raises(AlreadyStored):
        store.save_self_ratings(user=user, play_id=play.id, levels={"REFLECT": 0.0})


def test_unfinished_plays_are_those_without_scores(store: Store, user: UUID, play: UUID) -> None:
    done = complete(store, user)
    assert [p.id for p in store.unfinished(user=user)] == [play]
    assert [p.id for p in store.history(user=user)] == [done.id, play]


def test_a_changed_score_breaks_the_chain(store: Store, engine: Engine, user: UUID) -> None:
    play = complete(store, user)
    assert store.scores_intact(user=user, play_id=play.id)
    with engine.begin() as connection:
        connection.execute(text("UPDATE practice_score SET level = 4 WHERE status = 'rated'"))
    assert not store.scores_intact(user=user, play_id=play.id)


def test_a_removed_score_breaks_the_chain(store: Store, engine: Engine, user: UUID) -> None:
    play = complete(store, user)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM practice_score WHERE position = 2"))
    assert not store.scores_intact(user=user, play_id=play.id)


def test_deleting_a_play_leaves_no_row(store: Store, engine: Engine, user: UUID) -> None:
    play = complete(store, user)
    store.delete_play(user=user, play_id=play.id)
    assert _rows(engine) == {name: int(name == "users") for name in Table.metadata.tables}


def test_deleting_everything_leaves_no_row(store: Store, engine: Engine, user: UUID) -> None:
    complete(store, user)
    store.delete_all(user=user)
    assert set(_rows(engine).values()) == {0}


def test_deleted_words_are_gone_from_the_files(store: Store, engine: Engine, user: UUID) -> None:
    play = complete(store, user)
    store.delete_play(user=user, play_id=play.id)
    path = engine.url.database or ""
    for name in (path, f"{path}-wal"):
        with open(name, "rb") as file:
            assert b"My reply" not in file.read()


def test_every_table_is_filled_by_a_complete_play(store: Store, engine: Engine, user: UUID) -> None:
    complete(store, user)
    assert 0 not in _rows(engine).values()


def _rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in Table.metadata.tables
        }


def test_an_export_is_json_with_everything(store: Store, user: UUID) -> None:
    complete(store, user)
    export = json.loads(json.dumps(store.export(user=user)))
    assert export["user"]["display_name"] == "You"
    assert export["plays"][0]["turns"][2]["reply"] == "My reply 2 ✓"
    assert export["plays"][0]["scores"][0]["level"] == 2.5


@pytest.mark.parametrize("reply", ["a\x00b", "\ud800"])
def test_text_that_no_database_takes_is_refused_early(reply: str) -> None:
    with pytest.raises(ValidationError):
        NewTurn.model_validate(new_turn(0).model_dump() | {"reply": reply})


def test_changing_what_was_given_out_changes_nothing_stored(
    store: Store, user: UUID, play: UUID
) -> None:
    append(store, user, play, 1)
    store.load_play(user=user, play_id=play).turns[0].state["tension"] = 0.0
    assert store.load_play(user=user, play_id=play).state == {"tension": 0.7}


def test_many_people_at_once_all_get_through(engine: Engine, user: UUID) -> None:
    store = Store(open_engine(engine.url.render_as_string()))
    plays = [store.start_play(user=user, new=new_play()).id for _ in range(12)]
    with ThreadPoolExecutor(len(plays)) as people:
        list(people.map(lambda play: append(store, user, play, 5), plays))
    assert all(len(store.load_play(user=user, play_id=play).turns) == 5 for play in plays)


def test_the_history_counts_replies(store: Store, user: UUID) -> None:
    play = store.start_play(user=user, new=new_play())
    assert store.history(user=user)[0].replies == 0
    store.append_turn(user=user, play_id=play.id, index=0, turn=new_turn(0))
    assert store.history(user=user)[0].replies == 1
    assert store.load_play(user=user, play_id=play.id).replies == 1


def test_what_a_second_rater_was_sent_and_sent_back_is_kept(
    store: Store, user: UUID, play: UUID
) -> None:
    card = judged_scorecard()
    store.finish(user=user, play_id=play, ending="open")
    assert store.save_scorecard(user=user, play_id=play, scorecard=card).scorecard == card
    assert store.scores_intact(user=user, play_id=play)
    assert "Which skill?" in str(store.export(user=user))
