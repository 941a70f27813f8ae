"""The screen after a session: what was done, and the way back into it."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from player.play.requests import ShowSummary
from player.tui.screens.note import NoteScreen
from player.tui.widgets.key_line import Keys

GOES_BACK = "back"


class SummaryScreen(NoteScreen):
    """Shows what was done. The result is GOES_BACK if the person takes back that it ended."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u,U", "go_back", id="summary.back")]

    def __init__(self, request: ShowSummary) -> None:
        (title, subtitle), parts = request.head, request.parts
        super().__init__(title, request.heading, parts, request.tone, "done", subtitle)
        self._can_go_back = request.can_go_back

    def extra_keys(self) -> Keys:
        return (("u", "undo: back to the session"),) if self._can_go_back else ()

    def action_go_back(self) -> None:
        if self._can_go_back and self.may_close():
            self.close_with(GOES_BACK)
