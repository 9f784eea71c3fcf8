"""What one person has used of the language model today, as the record has it."""

from datetime import UTC, datetime
from uuid import UUID

from progress.play import Play
from progress.store import Store
from trainer.chat import Usage


def spent_today(store: Store, user: UUID, now: datetime | None = None) -> int:
    """Tokens of this person's turns and scores since midnight (UTC), read and written."""
    today = (now or datetime.now(UTC)).date()
    recent = [
        play
        for play in store.history(user=user)
        if play.ended_at is None or play.ended_at.date() >= today
    ]
    plays = (store.load_play(user=user, play_id=play.id) for play in recent)
    return sum(_spent(play, today) for play in plays)


def _spent(play: Play, today: object) -> int:
    notes = (note for turn in play.turns if turn.created_at.date() == today for note in turn.notes)
    spoken = sum(usage.tokens for note in notes if (usage := Usage.from_note(note)))
    scores = play.scorecard.competencies.values() if play.scorecard else ()
    return spoken + sum(score.judgement.tokens for score in scores if score.judgement)
