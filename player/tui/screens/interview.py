"""The screen that asks the safety questions one after another."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Container

from player.safety.filling import BACK, LEAVE, NONE, whys
from player.safety.interview import Interview
from player.safety.prompts import Form
from player.tui.screens.note import NoteScreen
from player.tui.screens.page import Page
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.prompt_view import PromptView
from player.tui.widgets.shown import shown
from player.tui.widgets.title_line import TitleLine

_ENTER = {Form.MARKS, Form.NUMBER}
"""The forms that are answered with Enter."""


class InterviewScreen(Page[Interview]):
    """Asks the safety questions. If the person leaves, the result still has an open question."""

    CSS_PATH = "interview.tcss"

    def __init__(
        self,
        title: str,
        subtitle: str,
        interview: Interview,
        on_answer: Callable[[Interview], None],
    ) -> None:
        """`on_answer` is called after each answer."""
        super().__init__()
        self._title = title
        self._subtitle = subtitle
        self.interview = interview
        self._report_answer = on_answer

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, self._subtitle)
        yield Container(id="prompt")
        yield Line(id="message")
        yield KeyLine([])

    def on_mount(self) -> None:
        self.call_next(self._show)

    async def _go_to(self, interview: Interview) -> None:
        self.interview = interview
        self._report_answer(interview)
        await self._show()

    async def _show(self) -> None:
        """Show the present prompt, or close the screen after the last one."""
        prompt = self.interview.prompt
        if prompt is None:
            self.close_with(self.interview)
            return
        enter = [("Enter", "done")] if prompt.form in _ENTER or prompt.lowers else []
        if prompt.form is Form.MARKS:
            enter = [(NONE, "none"), *enter]
        self.query_one("#message", Line).put(shown(""))
        self.query_one(KeyLine).put([*enter, ("?", "why"), ("-", "back"), ("q", "leave")])
        place = self.query_one("#prompt")
        with self.app.batch_update():
            await place.remove_children()
            await place.mount(PromptView(prompt))

    async def on_prompt_view_answered(self, event: PromptView.Answered) -> None:
        if event.prompt is self.interview.prompt:  # fast keys may answer an old prompt
            await self._go_to(self.interview.answer(event.reply))

    def on_prompt_view_feedback(self, event: PromptView.Feedback) -> None:
        self.say(event.words)

    async def on_prompt_view_command_pressed(self, event: PromptView.CommandPressed) -> None:
        prompt = self.interview.prompt
        if event.prompt is not prompt:
            return
        if event.key == LEAVE:
            self.close_with(self.interview)
        elif event.key == BACK:
            await self._go_to(self.interview.back())
        elif prompt is not None:
            self.app.push_screen(NoteScreen("Why this is asked", "", whys(prompt)))
