"""The safety questions, one after the other; nobody gets past them."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from player.safety.filling import BACK, LEAVE, whys
from player.safety.interview import Interview
from player.safety.prompts import Form
from player.screens.note import NoteScreen
from player.widgets.key_line import KeyLine
from player.widgets.line import Line
from player.widgets.prompt_view import PromptView
from player.widgets.shown import shown
from player.widgets.title_line import TitleLine

_ENTER = {Form.MARKS, Form.NUMBER}


class InterviewScreen(Screen[Interview]):
    """Gives the interview back: over, or with an open prompt where somebody left."""

    CSS_PATH = "interview.tcss"

    def __init__(self, title: str, aside: str, interview: Interview) -> None:
        super().__init__()
        self._title = title
        self._aside = aside
        self.interview = interview

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, self._aside)
        yield Container(id="prompt")
        yield Line(id="said")
        yield KeyLine([])

    async def on_mount(self) -> None:
        await self._show()

    async def _show(self) -> None:
        """Put the prompt of this moment on the screen, or end."""
        prompt = self.interview.prompt
        if prompt is None:
            self.dismiss(self.interview)
            return
        enter = [("Enter", "done")] if prompt.form in _ENTER else []
        self.query_one("#said", Line).put(shown(""))
        self.query_one(KeyLine).put([*enter, ("?", "why"), ("-", "back"), ("q", "leave")])
        place = self.query_one("#prompt")
        pressed = [view.pressed for view in place.query(PromptView)]
        with self.app.batch_update():
            await place.remove_children()
            await place.mount(PromptView(prompt, *pressed))

    async def on_prompt_view_answered(self, event: PromptView.Answered) -> None:
        self.interview = self.interview.answer(event.reply)
        await self._show()

    def on_prompt_view_said(self, event: PromptView.Said) -> None:
        self.query_one("#said", Line).put(shown(event.words))

    async def on_prompt_view_asked(self, event: PromptView.Asked) -> None:
        prompt = self.interview.prompt
        if event.key == LEAVE:
            self.dismiss(self.interview)
        elif event.key == BACK:
            self.interview = self.interview.back()
            await self._show()
        elif prompt is not None:
            self.app.push_screen(NoteScreen("Why this is asked", "", whys(prompt)))
