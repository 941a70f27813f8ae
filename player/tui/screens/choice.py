"""One prompt on its own: which side, go on or anew, leave or stay, what hurts."""

from textual.app import ComposeResult

from player.safety.filling import LEAVE, WHY, whys
from player.safety.prompts import Prompt, Reply
from player.tui.screens.note import NoteScreen
from player.tui.screens.page import Page
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.prompt_view import PromptView
from player.tui.widgets.title_line import TitleLine


class ChoiceScreen(Page[Reply]):
    """Gives the reply; None where somebody leaves. `required`: there is no way but to answer.

    `stay_reply`: what Escape and a second `q` mean.
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
        yield Line(id="said")
        why = [("?", "why")] if self._prompt.why else []
        leave = [] if self._required else [("q", "leave")]
        yield KeyLine(
            [*((choice.key, choice.say) for choice in self._prompt.choices), *why, *leave]
        )

    def on_screen_suspend(self) -> None:
        for view in self.query(PromptView):
            view.cover()

    def on_screen_resume(self) -> None:
        for view in self.query(PromptView):
            view.show_again()

    def on_prompt_view_answered(self, event: PromptView.Answered) -> None:
        self.give(event.reply)

    def on_prompt_view_said(self, event: PromptView.Said) -> None:
        self.say(event.words)

    def on_prompt_view_asked(self, event: PromptView.Asked) -> None:
        if event.key == WHY:
            self.app.push_screen(NoteScreen("Why this is asked", "", whys(self._prompt)))
        elif self._stay_reply is not None:
            self.give(self._stay_reply)
        elif event.key == LEAVE and not self._required:
            self.give(None)
