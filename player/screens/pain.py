"""`x`: what hurts, and what is said to it. There is no way to carry on as before."""

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from player.safety.prompts import Choice, Form, Prompt
from player.safety.questions import load_questionnaire
from player.safety.stop_list import Feeling, StopList, Then
from player.screens.note import NoteScreen
from player.widgets.key_line import KeyLine
from player.widgets.line import Line
from player.widgets.prompt_view import PromptView
from player.widgets.shown import shown
from player.widgets.title_line import TitleLine

_KEYS = "123456789abcdefghijklmnop"


class PainScreen(Screen[Feeling]):
    """The short stop list; gives the feeling that was named."""

    CSS_PATH = "pain.tcss"

    def __init__(self, title: str, stop_list: StopList) -> None:
        super().__init__()
        self._title = title
        self._by_key = dict(zip(_KEYS, stop_list, strict=False))

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title)
        yield Static(shown("Stopped. Come out slowly."), classes="heading grave")
        yield PromptView(
            Prompt(
                "stop",
                Form.ONE,
                "What is it? Press the first that fits.",
                choices=tuple(Choice(key, f.words) for key, f in self._by_key.items()),
            )
        )
        yield Line(id="said")
        yield KeyLine([(f"1 to {list(self._by_key)[-1]}", "the first that fits")])

    def on_prompt_view_answered(self, event: PromptView.Answered) -> None:
        self.dismiss(self._by_key[str(event.reply)])

    def on_prompt_view_said(self, event: PromptView.Said) -> None:
        self.query_one("#said", Line).put(shown(event.words))


def advice(title: str, feeling: Feeling, then: Then, emergency_number: str) -> NoteScreen:
    """What is said to a feeling, and what happens next."""
    words = []
    if feeling.rank == "emergency":
        words.append(f"Your emergency number: {emergency_number}")
    if then is Then.SKIP_STEP:
        words.append("This step is left out. Go on when you are ready.")
    elif then is not feeling.then:
        words.append("It is the second time today, so the session ends here.")
    if feeling.id == "pop":
        words += load_questionnaire().early_care
    rank = "" if feeling.rank == "stop" else f"{feeling.rank.upper()}. "
    tone = "mild" if feeling.rank == "stop" else "grave"
    does = "back to the session" if then is Then.SKIP_STEP else "end the session"
    return NoteScreen(title, f"{rank}{feeling.says}", words, tone, does)
