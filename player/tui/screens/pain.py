"""The screens after `x`: a list of what may hurt, and the advice. Neither can be cancelled."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from player.play.pain import Advice, is_red
from player.safety.prompts import Choice, Form, Prompt
from player.safety.stop_list import HURTS, Feeling, StopList
from player.tui.screens.note import NoteScreen
from player.tui.screens.page import Page
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.prompt_view import PromptView
from player.tui.widgets.shown import shown
from player.tui.widgets.title_line import TitleLine

_KEYS = "123456789abcdefghijklmnop"


class PainScreen(Page[Feeling]):
    """Shows the stop list. The result is the feeling that the person names."""

    CSS_PATH = "pain.tcss"

    def __init__(self, title: str, subtitle: str, stop_list: StopList) -> None:
        super().__init__()
        self._title = title
        self._subtitle = subtitle
        self._by_key = dict(zip(_KEYS, stop_list, strict=False))

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, self._subtitle)
        yield Static(shown("Stopped. Come out slowly."), classes="heading grave")
        yield PromptView(
            Prompt(
                "stop",
                Form.ONE,
                "What is it? Press the first that fits.",
                choices=tuple(Choice(key, f.words) for key, f in self._by_key.items()),
            )
        )
        yield Line(id="message")
        yield KeyLine([(f"1 to {list(self._by_key)[-1]}", "the first that fits")])

    def on_prompt_view_answered(self, event: PromptView.Answered) -> None:
        self.close_with(self._by_key[str(event.reply)])

    def on_prompt_view_feedback(self, event: PromptView.Feedback) -> None:
        self.say(event.words)


class AdviceScreen(NoteScreen):
    """Shows the advice. `x` works here too, because something else may begin to hurt."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x,X", "hurts", id="advice.hurts")]

    def action_hurts(self) -> None:
        self.close_with(HURTS)


def advice_screen(title: str, subtitle: str, advice: Advice) -> AdviceScreen:
    """Return the screen with the advice and the next step."""
    tone = "grave" if is_red(advice.after.feeling) else "mild"
    enter_label = "end the session" if advice.after.over else "back to the session"
    return AdviceScreen(title, advice.heading, advice.lines, tone, enter_label, subtitle)
