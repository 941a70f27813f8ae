"""Shows a list to mark, in pages of whole rows if it does not fit the screen."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from player.safety.filling import Filling
from player.safety.pace import ANSWER_AFTER_MS, Pace
from player.safety.prompts import Choice, Prompt
from player.tui.widgets.choice_row import choice_lines
from player.tui.widgets.pages import PageBlock, PageProgress, divided
from player.tui.widgets.shown import shown
from player.tui.widgets.stamp import at_ms, now_ms

_MUTED = "$foreground 70%"


class _Entry(NamedTuple):
    """A choice, or another text of the list."""

    text: str
    choice: Choice | None = None
    style: str = ""
    leads: bool = False
    begins: bool = False


_TOP = _Entry("")
"""Stands for the top line, which is no part of the list."""


class MarkList(Widget):
    """Shows the question, the choices and their marks. It knows what has been on the screen.

    While there is anything unseen, a page stays for a moment, so that a key which is held down
    can't leaf through the list.
    """

    DEFAULT_CSS = "MarkList { width: 1fr; height: 1fr; padding: 0 1; }"

    class Chosen(Message):
        """The person clicked a row, which means the same as pressing its key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, prompt: Prompt) -> None:
        super().__init__()
        self._one_of = prompt.one_of
        self._entries = _entries(prompt)
        self._marked: frozenset[str] = frozenset()
        self._reading: PageProgress | None = None
        self._fits = Size()
        """The size that the pages were made for."""
        self._shown_at: int | None = None

    # What has been seen

    @property
    def is_all_seen(self) -> bool:
        """Whether every row has been on the screen."""
        return self._reading is not None and self._reading.is_all_seen

    def may_turn(self, at: int) -> bool:
        """Whether a key pressed at `at`, in milliseconds, may turn the page."""
        if self._shown_at is None:
            return False
        return self.is_all_seen or at >= self._shown_at + ANSWER_AFTER_MS

    def _put(self, reading: PageProgress) -> None:
        """Show a page. Its rows count as seen once they have been painted."""
        self._reading = reading
        self._shown_at = None
        self.refresh()
        self.call_after_refresh(self._was_shown, reading)

    def _was_shown(self, reading: PageProgress) -> None:
        if reading is self._reading and self._is_on_screen:
            self._reading = reading.shown()
            self._shown_at = now_ms()

    @property
    def _is_on_screen(self) -> bool:
        """Whether nothing covers or cuts the present page."""
        is_whole = self.screen.region.contains_region(self.region)
        return is_whole and self._fits == self.content_size and self.app.screen is self.screen

    def look_again(self) -> None:
        """Count the present page as seen if it is on the screen now."""
        if self._reading is not None:
            self.call_after_refresh(self._was_shown, self._reading)

    # Pages

    def on_resize(self, event: events.Resize) -> None:
        self._fits = self.content_size
        width, height = self._fits
        if width < 1 or height < 1:
            return
        blocks = [
            PageBlock(len(self._lines(entry, width)), entry.leads, entry.begins)
            for entry in self._entries
        ]
        pages = divided(blocks, height)
        if len(pages) > 1:
            pages = divided(blocks, height - 1)
        self._put(PageProgress(pages) if self._reading is None else self._reading.again(pages))

    def turn(self, by: int, at: int) -> None:
        """Turn pages because of a key or a wheel at `at`."""
        if self._reading is not None and self.may_turn(at):
            self._put(self._reading.turned(by))

    def read_on(self) -> None:
        """Show the next page with something unseen."""
        if self._reading is not None:
            self._put(self._reading.read_on())

    def put(self, filling: Filling, key: str = "") -> None:
        """Show the marks, and the page with the row of `key`."""
        answers = [entry.choice.key for entry in self._entries if entry.choice]
        self._marked = frozenset(answer for answer in answers if filling.is_marked(answer))
        self.refresh()
        if key in answers and self._reading is not None and self.may_turn(now_ms()):
            block = next(n for n, e in enumerate(self._entries) if e.choice and e.choice.key == key)
            if all(piece.block != block for piece in self._reading.page):
                self._put(self._reading.at_block(block))

    # The picture

    def render(self) -> Content:
        return Content("\n").join(line for line, _ in self._rows())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return sum(len(self._lines(entry, width)) for entry in self._entries) + 1

    def _rows(self) -> list[tuple[Content, _Entry | None]]:
        """Return the lines of the present page, each with its entry if it has one."""
        if self._reading is None:
            return []
        width = self.content_size.width
        rows: list[tuple[Content, _Entry | None]] = []
        count = len(self._reading.pages)
        if count > 1:
            head = f"page {self._reading.number + 1} of {count}"
            rows.append((shown(head, _MUTED).truncate(width, ellipsis=True), _TOP))
        for piece in self._reading.page:
            entry = self._entries[piece.block]
            rows += [(Content(""), None)] * piece.gap
            lines = self._lines(entry, width)[piece.first : piece.last]
            rows += [(self._painted(line, entry, width), entry) for line in lines]
        return rows

    def _painted(self, line: Content, entry: _Entry, width: int) -> Content:
        if not self._is_marked(entry):
            return line
        return line.pad_right(max(width - line.cell_length, 0)).stylize_before("on $primary-muted")

    def _is_marked(self, entry: _Entry) -> bool:
        return entry.choice is not None and entry.choice.key in self._marked

    def _lines(self, entry: _Entry, width: int) -> Sequence[Content]:
        if entry.choice is not None:
            box = "()" if entry.choice.key in self._one_of else "[]"
            return choice_lines(entry.choice, width, self._is_marked(entry), box)
        text = shown(entry.text, entry.style)
        return text.wrap(max(width, 1)) or [text]

    def on_click(self, event: events.Click) -> None:
        """Mark the row that was clicked, or turn the page from its top line."""
        event.stop()
        offset = event.get_content_offset(self)
        rows = self._rows()
        if offset is None or offset.y >= len(rows):
            return
        entry = rows[offset.y][1]
        if entry is _TOP and self._reading is not None:
            is_last = self._reading.number == len(self._reading.pages) - 1
            self.turn(-self._reading.number if is_last else 1, at_ms(event))
        elif entry is not None and entry.choice is not None:
            self.post_message(self.Chosen(entry.choice.key))


def _entries(prompt: Prompt) -> list[_Entry]:
    """Return everything in the list from top to bottom."""
    entries = [_Entry(line, leads=True) for line in prompt.lines]
    entries.append(_Entry(prompt.ask, style="bold", leads=True))
    group = ""
    for choice in Filling(prompt, Pace(0)).choices:
        begins = choice.group != group
        if begins and choice.group:
            entries.append(_Entry(choice.group, style="bold underline", leads=True, begins=True))
            begins = False
        group = choice.group
        entries.append(_Entry(choice.say, choice, begins=begins))
    return entries
