"""The Practise page: choose → conversation → self-rating → debrief, one thing at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import gradio as gr
from gradio.components import Navbar

from progress.errors import StoreError, TurnConflict
from scenarios.library import ScenarioError
from trainer.pages import choose, conversation, debrief, html, self_rating
from trainer.pages.session_user import UserOf
from trainer.practice import OpenPlay, Practice
from trainer.text import ReplyTooLong

Updates = dict[Any, Any]
PARALLEL = 20
#: Reloading comes back to this conversation; who chose a turn to try again from is taken there.
REMEMBER_ADDRESS = """(id) => {
  if (!id) return;
  const chosen = new URLSearchParams(location.search).has('again');
  history.replaceState(null, '', '/practise?play=' + id);
  const go = (left) => {
    const button = document.querySelector('#try-again button');
    button?.focus();
    if (left && document.activeElement !== button) setTimeout(go, 200, left - 1);
  };
  if (chosen) go(50);
}"""
GO_TO_PLAY = "(id) => { if (id) window.location.href = '/practise?play=' + id }"
EMPTY_REPLY = "Nothing is written yet. To stay silent on purpose, press “Say nothing”."
ELSEWHERE = (
    "This conversation went on in another tab. Here is where it stands; what you wrote is still "
    "in the box."
)


@dataclass(frozen=True)
class PractisePage:
    """The page's sections, what it remembers of this tab (on the server), and its events."""

    practice: Practice
    user_of: UserOf
    choose: choose.Choose
    talk: conversation.Conversation
    rate: self_rating.SelfRating
    debrief: debrief.Debrief
    message: gr.HTML
    address: gr.Textbox
    retry_address: gr.Textbox
    play_id: gr.State
    shown: gr.State
    token: gr.State

    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        talk, rate, end = self.talk, self.rate, self.debrief
        return [
            self.message, self.choose.column, self.address, self.play_id, self.shown, self.token,
            talk.column, talk.title, talk.bubbles, talk.notice, talk.reply, talk.onward,
            talk.writing, talk.brief, talk.mood, rate.column, rate.intro, *rate.scales, end.column,
            end.moments, end.turn, end.retry, end.levels,
        ]  # fmt: skip

    def load(self, request: gr.Request) -> Updates:
        """What the address asks for: a play, a new one of a scenario, or the choice."""
        wanted_play = request.query_params.get("play")
        wanted_scenario = request.query_params.get("scenario")
        try:
            user = self.user_of(request)
            if wanted_scenario:
                play = self.practice.start(user, wanted_scenario)
            elif wanted_play:
                play = UUID(wanted_play)
            else:
                return {self.choose.column: gr.update(visible=True)}
            again = request.query_params.get("again", "")
            turn = int(again) - 1 if again.isdecimal() else None
            return self._show(self.practice.open(user, play), turn)
        except (StoreError, ScenarioError) as error:
            return self._problem(str(error))
        except ValueError:
            return self._problem("This address names no conversation. Choose one below.")

    def send(
        self, text: str, play: UUID, shown: int, token: str, request: gr.Request
    ) -> Iterator[Updates]:
        """Send what is in the box."""
        if text.strip():
            yield from self._reply(self.user_of(request), play, shown, token, text)
        else:
            yield {self.talk.notice: html.page(html.note(EMPTY_REPLY))}

    def stay_silent(
        self, text: str, play: UUID, shown: int, token: str, request: gr.Request
    ) -> Iterator[Updates]:
        """Say nothing on purpose; what is in the box stays there."""
        yield from self._reply(self.user_of(request), play, shown, token, "", keep=text)

    def hint(self, play: UUID, request: gr.Request) -> Updates:
        """The next hint for this moment."""
        user = self.user_of(request)
        try:
            self.practice.hint(user, play)
            return {self.talk.notice: conversation.notice_html(self.practice.open(user, play))}
        except StoreError as error:
            return self._note(error)

    def end(self, play: UUID, request: gr.Request) -> Updates:
        """Stop here."""
        try:
            self.practice.end(self.user_of(request), play)
        except StoreError as error:
            return self._note(error)
        return self.go_on(play, request)

    def go_on(self, play: UUID, request: gr.Request) -> Updates:
        """Show the play at the step it has come to."""
        try:
            return self._show(self.practice.open(self.user_of(request), play))
        except (StoreError, ScenarioError) as error:
            return self._problem(str(error))

    def rated(self, play: UUID, request: gr.Request, *chosen: object) -> Updates:
        """Keep the self-rating, score, and show the debrief."""
        try:
            user = self.user_of(request)
            levels = self_rating.levels_of(self.practice.open(user, play), chosen)
            self.practice.rate_self(user, play, levels)
        except (StoreError, ScenarioError) as error:
            return {self.message: html.page(html.note(str(error)))}
        return self.go_on(play, request)

    def reword(self, play: UUID | None, request: gr.Request) -> Any:
        """Once the debrief is shown: the wording that a language model may have for it."""
        try:
            opened = self.practice.open(self.user_of(request), play) if play else None
            if opened is None or not debrief.waits(self.practice, opened):
                return gr.skip()
            return debrief.upper_html(self.practice, opened, wait=True)
        except (StoreError, ScenarioError):
            return gr.skip()  # the debrief that is shown holds without it

    def retry(self, play: UUID, turn: int | None, request: gr.Request) -> tuple[str, str]:
        """A new play from before the chosen turn; gives its id, or a message."""
        try:
            return str(self.practice.retry(self.user_of(request), play, turn or 0)), ""
        except StoreError as error:
            return "", html.page(html.note(str(error)))

    def _reply(
        self, user: UUID, play: UUID, shown: int, token: str, text: str, keep: str = ""
    ) -> Iterator[Updates]:
        """Send one reply; whatever goes wrong, what was written stays in the box."""
        try:
            opened = self.practice.reply(user, play, text, expected=shown, token=token)
        except TurnConflict:
            now = self.practice.open(user, play)
            yield self._talk_updates(now, messages=(ELSEWHERE,)) | self._next_turn(now)
            return
        except (StoreError, ScenarioError, ReplyTooLong) as error:
            yield self._note(error)
            return
        yield {self.talk.reply: keep, self.talk.notice: "", **self._next_turn(opened)}
        for bubbles in conversation.stream(opened):
            yield {self.talk.bubbles: bubbles}
        yield self._talk_updates(opened)

    def _next_turn(self, opened: OpenPlay) -> Updates:
        """What the next reply is sent with; known as soon as this turn is stored."""
        return {self.shown: len(opened.play.exchanges), self.token: uuid4().hex}

    def _note(self, error: Exception) -> Updates:
        return {self.talk.notice: html.page(html.note(str(error)))}

    def _problem(self, text: str) -> Updates:
        return {
            self.message: html.page(html.note(text)),
            self.choose.column: gr.update(visible=True),
        }

    def _show(self, opened: OpenPlay, again: int | None = None) -> Updates:
        """The whole page for where this play stands; ``again`` is a turn chosen to try again."""
        phase = opened.record.phase
        updates: Updates = {
            self.message: "",
            self.choose.column: gr.update(visible=False),
            self.play_id: opened.record.id,
            self.address: str(opened.record.id),
            self.talk.column: gr.update(visible=phase == "conversation"),
            self.rate.column: gr.update(visible=phase == "self_rating"),
            self.debrief.column: gr.update(visible=phase == "debrief"),
        }
        if phase == "conversation":
            return updates | self._talk_updates(opened) | self._next_turn(opened)
        if phase == "self_rating":
            scales = zip(self.rate.scales, self_rating.scale_updates(opened), strict=True)
            return updates | {self.rate.intro: self_rating.intro_html(opened)} | dict(scales)
        return updates | debrief.updates(self.debrief, self.practice, opened, again)

    def _talk_updates(self, opened: OpenPlay, *, messages: tuple[str, ...] = ()) -> Updates:
        talk = self.talk
        over = opened.record.phase != "conversation"
        return {
            talk.title: conversation.title_html(opened),
            talk.bubbles: conversation.bubbles_html(opened),
            talk.notice: conversation.notice_html(opened, messages),
            talk.brief: conversation.brief_html(opened),
            talk.mood: conversation.mood_html(opened),
            talk.writing: gr.update(visible=not over),
            talk.onward: gr.update(visible=over),
        }


def build(blocks: gr.Blocks, practice: Practice, user_of: UserOf) -> None:
    """Put the page together."""
    Navbar(main_page_name="Start")
    page = PractisePage(
        practice=practice,
        user_of=user_of,
        message=gr.HTML(label="Message"),
        choose=choose.render(),
        talk=conversation.render(),
        rate=self_rating.render(),
        debrief=debrief.render(),
        address=gr.Textbox(visible="hidden", label="Address"),
        retry_address=gr.Textbox(visible="hidden", label="Next address"),
        play_id=gr.State(None),
        shown=gr.State(0),
        token=gr.State(""),
    )
    choose.listen(page.choose)
    debrief.listen(page.debrief)
    _listen(blocks, page)


def _listen(blocks: gr.Blocks, page: PractisePage) -> None:
    talk, everything = page.talk, page.outputs()
    quiet: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": PARALLEL}
    loaded = blocks.load(page.load, outputs=everything, **quiet)
    loaded.then(None, page.address, js=REMEMBER_ADDRESS, api_visibility="private")
    shown = [loaded]
    known = [talk.reply, page.play_id, page.shown, page.token]
    # "multiple": a reply sent while the last words are still coming in must not be dropped
    gr.on(
        [talk.send.click, talk.reply.submit],
        page.send,
        known,
        everything,
        trigger_mode="multiple",
        **quiet,
    )
    talk.silent.click(page.stay_silent, known, everything, **quiet)
    talk.hint.click(page.hint, page.play_id, everything, **quiet)
    talk.end.click(page.end, page.play_id, everything, **quiet)
    shown.append(talk.onward.click(page.go_on, page.play_id, everything, **quiet))
    talk.show_mood.change(_visible, talk.show_mood, talk.mood, queue=False, **quiet)
    rated = [page.play_id, *page.rate.scales]
    shown.append(page.rate.done.click(page.rated, rated, everything, **quiet))
    shown.append(page.rate.skip.click(page.rated, page.play_id, everything, **quiet))
    for event in shown:
        event.then(page.reword, page.play_id, page.debrief.moments, show_progress="hidden", **quiet)
    again = page.debrief.retry.click(
        page.retry, [page.play_id, page.debrief.turn], [page.retry_address, page.message], **quiet
    )
    again.then(None, page.retry_address, js=GO_TO_PLAY, api_visibility="private")


def _visible(on: bool) -> Any:
    return gr.update(visible=on)
