"""What came of the questions: the class, the reasons, what changes today."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from player.intake import Result
from player.safety.matrix import Rank
from player.screens.page import Page
from player.widgets.key_line import KeyLine
from player.widgets.shown import shown
from player.widgets.title_line import TitleLine

_TONE = {Rank.PLAY: "good", Rank.CAUTION: "mild", Rank.ADAPT: "mild"}


class ResultScreen(Page[bool]):
    """Gives whether to go on; nothing but leaving is offered where nothing is played."""

    CSS_PATH = "result.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", id="result.start"),
        Binding("q,Q,escape", "leave", id="result.leave"),
    ]

    def __init__(
        self, title: str, aside: str, result: Result, languages: tuple[str, ...], begins: str
    ) -> None:
        super().__init__()
        self._title = title
        self._aside = aside
        self._result = result
        self._languages = languages
        self._begins = begins

    def compose(self) -> ComposeResult:
        result = self._result
        tone = _TONE.get(result.rank, "grave")
        yield TitleLine(self._title, self._aside)
        with VerticalScroll() as body:
            words = f"{result.rank.name}. {result.clearance.advice}"
            yield Static(shown(words), classes=f"heading {tone}")
            if result.number:
                yield Static(shown(f"Your emergency number: {result.number}"), classes="number")
            for words in (result.refusal, *result.told, *result.changes(self._languages)):
                if words:
                    yield Static(shown(words), classes="words")
            if not result.refusal:
                yield Static(shown(self._begins), classes="words begins")
        body.focus()
        leave = ("q", "leave")
        yield KeyLine([leave] if result.refusal else [("Enter", "start"), leave])

    def action_start(self) -> None:
        if self.armed:
            self.give(not self._result.refusal)

    def action_leave(self) -> None:
        self.give(False)
