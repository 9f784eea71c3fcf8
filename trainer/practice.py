"""One person's practice: role-plays that are saved turn by turn and can be gone on with.

Everything a page does to a role-play goes through here; what a browser sends back is never
trusted, the state always comes from the record.
"""

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from progress import skills
from progress.errors import AlreadyStored, TurnConflict, UnknownPlay
from progress.play import NewPlay, Play, PlaySummary
from progress.store import Store
from rubrics import library as rubrics_library
from rubrics.combining import calibrated
from rubrics.highlights import Highlight, Highlights
from rubrics.model import Rubric
from scenarios import library
from scenarios.model import Scenario
from trainer.allowance import spent_today
from trainer.beat import VoiceName
from trainer.coach import Hint, Support, next_hint, skill_now, support_for
from trainer.judging import Rated, SecondRater, judged_line, not_asked
from trainer.marking import moments
from trainer.recording import new_play, new_turn, noted, replayed
from trainer.rewriter import Request, Rewording, Rewriter, RuleRewriter
from trainer.session import Engine, RolePlay, begin, ending_of, respond, score
from trainer.text import clean_reply
from trainer.voices.speaker import AUTHORED_LINE, last_voice_line


@dataclass(frozen=True)
class OpenPlay:
    """A role-play as the record has it, ready to go on."""

    owner: UUID
    record: Play
    play: RolePlay
    scenario: Scenario
    rubric: Rubric
    #: Which voice speaks, for the page.
    voice_line: str = AUTHORED_LINE

    @property
    def first_name(self) -> str:
        """What the counterpart is called on the page."""
        return self.scenario.counterpart.name.split()[0]

    @property
    def hints_now(self) -> list[str]:
        """Hints taken before the reply that comes next."""
        return [h.text for h in self.record.hints if h.before_turn == len(self.play.exchanges)]


@dataclass(frozen=True)
class Practice:
    """What a user can do with role-plays. Raises StoreError, ScenarioError or ReplyTooLong."""

    engine: Engine
    store: Store
    #: Tokens that one person may use in a day; 0 for no limit.
    daily_tokens: int = 0
    #: Who finds another way to say a reply.
    rewriter: Rewriter = field(default_factory=RuleRewriter)
    #: Who rates beside the local scorer, if anybody.
    second_rater: SecondRater | None = None

    def start(self, user: UUID, scenario_id: str) -> UUID:
        """Begin a role-play; one just begun and still without a reply is taken up again."""
        scenario = library.find(scenario_id)
        for waiting in self.store.unfinished(user=user):
            untouched = waiting.replies == 0 and waiting.retry_of is None
            if untouched and waiting.scenario_id == scenario_id:
                if waiting.scenario_version == scenario.version:
                    return waiting.id
        seed = random.SystemRandom().randrange(2**31)
        return self.store.start_play(user=user, new=self._new(scenario, seed)).id

    def _new(self, scenario: Scenario, seed: int) -> NewPlay:
        return new_play(scenario, begin(scenario, seed), self.engine.voice)

    def open(self, user: UUID, play_id: UUID) -> OpenPlay:
        """The role-play where it stands."""
        return self._opened(user, self.store.load_play(user=user, play_id=play_id))

    def _opened(self, user: UUID, record: Play) -> OpenPlay:
        scenario = library.find(record.scenario_id)
        rubric = rubrics_library.find(scenario.program)
        play = replayed(record)
        return OpenPlay(user, record, play, scenario, rubric, self._voice_line(record))

    def _voice_line(self, record: Play) -> str:
        if record.voice == "authored":
            return judged_line(AUTHORED_LINE, self.second_rater)
        last = record.turns[-1] if record.turns else None
        stepped_in = last_voice_line(last.voice, last.notes) if last else ""
        return judged_line(self.engine.voice_line + stepped_in, self.second_rater)

    def reply(self, user: UUID, play_id: UUID, text: str, *, expected: int, token: str) -> OpenPlay:
        """Say something; the turn is in the record before this returns.

        ``expected`` is the number of replies that the page has shown: TurnConflict if the
        role-play went on elsewhere. ``token`` makes sending the same reply twice harmless.
        """
        said = clean_reply(text)
        now = self.open(user, play_id)
        shown = now.play.rewound(expected)  # a page that is behind conflicts in the store, below
        assisted = bool(now.hints_now)
        voice, why = self._voice(now)
        exchange = respond(shown, said, now.scenario, self.engine, voice, assisted=assisted)
        exchange = noted(exchange, why) if why else exchange
        ending = exchange.state.ending
        stored = self.store.append_turn(
            user=user,
            play_id=play_id,
            index=expected,
            turn=new_turn(exchange, token),
            ending=ending.value if ending else None,
        )
        if stored.reply != said:  # the token of an earlier reply: this one was not taken
            raise TurnConflict((stored,))
        if ending or expected < now.record.replies:  # ended, or the same reply sent again
            return self.open(user, play_id)
        return self._opened(user, now.record.followed_by(stored))

    def _voice(self, now: OpenPlay) -> tuple[VoiceName, str]:
        """Who speaks now, and why it is not the model where the role-play was begun with one."""
        if now.record.voice != "model":
            return "authored", ""
        if "model" not in self.engine.voices:
            return "authored", "The authored voice spoke. No language model is set up any more."
        if self._used_up(now):
            return "authored", (
                f"The authored voice spoke. Today's {self.daily_tokens:,} tokens are used up."
            )
        return "model", ""

    def _used_up(self, now: OpenPlay) -> bool:
        """Whether the tokens that its owner may use today are spent."""
        return bool(self.daily_tokens) and spent_today(self.store, now.owner) >= self.daily_tokens

    def hint(self, user: UUID, play_id: UUID) -> Hint:
        """The next deeper hint for this moment; the next reply counts as assisted."""
        now = self.open(user, play_id)
        support, taken = self._support(now), len(now.hints_now)
        given = next_hint(now.play, now.scenario, now.rubric, support, taken)
        turn = len(now.play.exchanges)
        if given.text not in now.hints_now:
            self.store.add_hint(
                user=user, play_id=play_id, before_turn=turn, depth=given.depth, text=given.text
            )
        return given

    def _support(self, now: OpenPlay) -> Support:
        """How much help there is, from what was reached without any on the skill in question."""
        skill = skill_now(now.play, now.rubric)
        seen = skills.observations(self.store.score_history(user=now.owner), {})
        return support_for([one.level for one in seen if one.competency == skill])

    def end(self, user: UUID, play_id: UUID) -> None:
        """The employee ends the conversation where it stands."""
        now = self.open(user, play_id)
        if now.record.phase == "conversation":
            ending = ending_of(now.play).value
            self.store.finish(user=user, play_id=play_id, ending=ending)

    def rate_self(self, user: UUID, play_id: UUID, levels: dict[str, float]) -> None:
        """Keep the self-rating, then score the conversation."""
        now = self.open(user, play_id)
        if now.record.phase != "self_rating":
            return
        self.store.save_self_ratings(user=user, play_id=play_id, levels=levels)
        rated = self._rated(now)
        with suppress(AlreadyStored):  # another tab was first, and a model never says it twice
            self.store.save_scorecard(
                user=user,
                play_id=play_id,
                scorecard=rated.card,
                raw_levels=rated.raw_levels,
                calibrated=calibrated(rated.card),
            )

    def _rated(self, now: OpenPlay) -> Rated:
        """The scores, by two raters where there is a second one and tokens are left for it."""
        card = score(now.play, now.scenario, now.rubric, self.engine)
        if self.second_rater is None:
            return Rated(card, {})
        if self._used_up(now):
            return Rated(not_asked(card, self.daily_tokens), {})
        return self.second_rater.second(card, now.play, now.scenario, now.rubric)

    def highlights(self, opened: OpenPlay) -> Highlights:
        """What to keep and what to change, for the debrief."""
        card = opened.record.scorecard
        return moments(opened.play, card, opened.rubric) if card else Highlights()

    def rewording(self, opened: OpenPlay, change: Highlight, *, wait: bool = False) -> Rewording:
        """Another way to say the reply; with ``wait`` a language model may be asked for it."""
        request = _request(opened, change)
        if self._used_up(opened):
            return RuleRewriter().at_once(request)
        return self.rewriter.rewrite(request) if wait else self.rewriter.at_once(request)

    def first_try(self, opened: OpenPlay) -> OpenPlay | None:
        """What this role-play is another try of, where that is still on the record."""
        if opened.record.retry_of is None:
            return None
        try:
            return self.open(opened.owner, opened.record.retry_of)
        except UnknownPlay:
            return None

    def other_tries(self, opened: OpenPlay) -> Sequence[PlaySummary]:
        """The later tries from a turn of this role-play, newest first."""
        return [p for p in self.history(opened.owner) if p.retry_of == opened.record.id]

    def retry(self, user: UUID, play_id: UUID, turn: int) -> UUID:
        """Begin again just before reply ``turn`` (from 0), in exactly the same mood."""
        return self.store.start_retry(user=user, play_id=play_id, from_turn=turn).id

    def history(self, user: UUID) -> Sequence[PlaySummary]:
        """Every role-play in which something was said, newest first."""
        return [play for play in self.store.history(user=user) if play.replies]


def _request(opened: OpenPlay, change: Highlight) -> Request:
    play, number = opened.play, change.turn // 2
    return Request(
        reply=play.exchanges[number].reply,
        reading=play.exchanges[number].reading,
        competency=change.competency,
        why=change.text,
        scenario=opened.scenario,
        before=play.turns()[: change.turn],
        disclosed=play.states()[number].disclosed,
        seed=play.seed,
    )
