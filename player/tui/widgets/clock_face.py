"""The large clock of a session. It shows the remaining time, and the side as a word."""

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from player.base.text import width as cells
from player.routine.vocabulary import Side
from player.tui.widgets.dots import big
from player.tui.widgets.paint import repaint

SIDE_NARROW, SIDE_WIDE = 9, 30
"""Cells for the word of a side: enough for RIGHT in plain letters, or in dots."""

WIDE_FROM = 100

_WORDS = {Side.LEFT: "LEFT", Side.RIGHT: "RIGHT"}

Row = tuple[str, str, str]
"""The texts on the left, in the middle and on the right."""


class ClockFace(Widget):
    """Draws a clock such as `LEFT   0:30        `. The word RIGHT would be on the right."""

    DEFAULT_CSS = "ClockFace { padding: 0 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"clock-face--time", "clock-face--side"}

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._time = ""
        self._side: Side | None = None
        self._rows: list[Row] = []
        self._drawn_for = Size(0, 0)

    def put(self, time: str, side: Side | None = None) -> None:
        """Show a time or a word, and the side if it is left or right.

        Only the cells that changed are repainted.
        """
        if (time, side) == (self._time, self._side):
            return
        wide = any(cells(text) != len(text) for text in (time, self._time))
        self._time, self._side = time, side
        before, self._rows = self._rows, self._draw()
        rows = (["".join(row) for row in picture] for picture in (before, self._rows))
        repaint(self, *rows, wide=wide)

    def _draw(self) -> list[Row]:
        """Return all rows of the widget, padded with blanks."""
        self._drawn_for = width, height = self.content_size
        room = SIDE_WIDE if width >= WIDE_FROM else min(SIDE_NARROW, width // 4)
        left = _filled(self._word(Side.LEFT), room, height, "left")
        time = _filled(self._time, width - 2 * room, height, "center")
        right = _filled(self._word(Side.RIGHT), room, height, "right")
        return list(zip(left, time, right, strict=True))

    def _word(self, place: Side) -> str:
        return _WORDS[place] if self._side is place else ""

    def render_line(self, y: int) -> Strip:
        if self._drawn_for != self.content_size:
            self._rows = self._draw()
        time = self.get_component_rich_style("clock-face--time")  # Textual caches this style
        side = self.get_component_rich_style("clock-face--side")
        styles = (side, time, side)
        return Strip([Segment(*part) for part in zip(self._rows[y], styles, strict=True)])


def _filled(text: str, width: int, height: int, place: str) -> list[str]:
    """Return the rows of a text, drawn as large as possible, with blanks around it."""
    measure = len if text.isascii() else cells  # `len` is faster, and right for dots too
    rows = [_padded(row, width, place, measure) for row in big(text, width, height)[:height]]
    above = (height - len(rows)) // 2
    blank = " " * width
    return [blank] * above + rows + [blank] * (height - len(rows) - above)


def _padded(row: str, width: int, place: str, measure: Callable[[str], int]) -> str:
    """Return a row of exactly `width` cells. A longer row is cut."""
    while measure(row) > width:
        row = row[:-1]
    room = width - measure(row)
    before = {"left": 0, "center": room // 2, "right": room}[place]
    return " " * before + row + " " * (room - before)
