"""A screen with one question, such as which side, or whether to leave the session."""

from textual.app import ComposeResult

from player.safety.filling import LEAVE, NEEDS_ANSWER, NONE, WHY, whys
from player.safety.prompts import Form, Prompt, Reply
from player.tui.screens.note import NoteScreen
from player.tui.screens.page import Page
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.prompt_view import PromptView
from player.tui.widgets.title_line import TitleLine


class ChoiceScreen(Page[Reply]):
    """Asks one question. The result is the reply, or None if the person leaves.

    If the reply is `required`, the person can't leave. `stay_reply` is the reply for Escape and
    for a second `q`.
    """

    CSS_PATH = "choice.tcss"

    def __init__(
        self,
        title: str,
        prompt: Prompt,
        subtitle: str = "",
        required: bool = False,
        stay_reply: Reply | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._subtitle = subtitle
        self._prompt = prompt
        self._required = required
        self._stay_reply = stay_reply

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, self._subtitle)
        yield PromptView(self._prompt)
        yield Line(id="message")
        why = [("?", "why")] if self._prompt.why else []
        leave = [] if self._required else [("q", "leave")]
        keys = [(choice.key, choice.say) for choice in self._prompt.choices]
        if self._prompt.form is Form.MARKS:
            keys = [(NONE, "none"), ("Enter", "done")]
        yield KeyLine([*keys, *why, *leave])

    def on_prompt_view_answered(self, event: PromptView.Answered) -> None:
        self.close_with(event.reply)

    def on_prompt_view_feedback(self, event: PromptView.Feedback) -> None:
        self.say(event.words)

    def on_prompt_view_command_pressed(self, event: PromptView.CommandPressed) -> None:
        if event.key == WHY:
            self.app.push_screen(NoteScreen("Why this is asked", "", whys(self._prompt)))
        elif self._stay_reply is not None:
            self.close_with(self._stay_reply)
        elif self._required:
            self.say(NEEDS_ANSWER)
        elif event.key == LEAVE:
            self.close_with(None)
