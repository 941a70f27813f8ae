"""What every screen that gives a result has in common."""

from typing import TypeVar

from textual.screen import Screen

READ_FOR_S = 0.6
"""A key that comes sooner was meant for the screen before."""

_Result = TypeVar("_Result")


class Page(Screen[_Result]):
    """A screen that gives its result once, and only while it lies on top."""

    _given = False
    armed = False
    """Whether it was on the screen for so long that a person can have seen it."""

    def on_mount(self) -> None:
        """Textual calls this besides the one of a subclass."""
        self.set_timer(READ_FOR_S, self._arm)

    def _arm(self) -> None:
        self.armed = True

    def give(self, result: _Result | None) -> None:
        """Close with a result; nothing happens the second time, or below another screen."""
        if not self._given and self.app.screen is self:
            self._given = True
            self.dismiss(result)
