"""The screen with the result of the safety questions."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from player.play.requests import Picked, ShowResult
from player.safety.matrix import Rank
from player.safety.pace import RESULT_AFTER_MS
from player.tui.screens.page import Page
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.shown import shown
from player.tui.widgets.title_line import TitleLine

_TONE = {Rank.PLAY: "good", Rank.CAUTION: "mild", Rank.ADAPT: "mild"}


class ResultScreen(Page[Picked]):
    """Shows the rank, the reasons and the changes. The result is what the person picks.

    If the routine is refused, the person can only leave or pick an offer.
    """

    CSS_PATH = "result.tcss"
    AFTER_MS = RESULT_AFTER_MS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", id="result.start"),
        Binding("q,Q,escape", "leave", id="result.leave"),
    ]

    def __init__(self, request: ShowResult) -> None:
        super().__init__()
        self._request = request
        self._result = request.result
        self._offers = request.offers

    def compose(self) -> ComposeResult:
        request, result = self._request, self._result
        tone = _TONE.get(result.shown.rank, "grave")
        yield TitleLine(request.head.title, request.head.subtitle)
        with VerticalScroll() as body:
            yield Static(shown(result.heading), classes=f"heading {tone}")
            if request.number_words:
                yield Static(shown(request.number_words), classes="number")
            if request.warning:
                yield Static(shown(request.warning), classes="words warning")
            for words in request.before_offers:
                yield Static(shown(words), classes="words")
            for key in self._offers:
                yield Static(shown(request.offer_words(key)), classes="words offer")
            for words in result.changes(request.languages):
                yield Static(shown(words), classes="words")
            if not result.refusal:
                yield Static(shown(request.length_words), classes="words begins")
        body.focus()
        start = [] if result.refusal else [("Enter", "start")]
        offers = [(key, offer.name(request.languages)) for key, offer in self._offers.items()]
        yield Line(id="message", classes="passing")
        yield KeyLine([*start, *offers, ("q", "leave")])

    def on_key(self, event: events.Key) -> None:
        offer = self._offers.get(event.key)
        if offer and self.may_close():
            self.close_with(offer)

    def action_start(self) -> None:
        if self.may_close():
            self.close_with(not self._result.refusal)

    def action_leave(self) -> None:
        if self.may_close():
            self.close_with(False)
