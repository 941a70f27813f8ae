"""The apps with which supple's screens are compared: `python -m bench.bare [ticking | moving]`.

They are the smallest Textual app, one with a clock, and one with moving pictures.
"""

import random
import sys

from textual.app import App, ComposeResult
from textual.widgets import Digits, Static

FIRST = "A bare app"

COLUMNS, ROWS = 28, 9
"""The cells of a figure in a session on a terminal of 80 columns and 24 rows."""


class Bare(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static(FIRST)


class Ticking(App[None]):
    """One clock, which changes once a second."""

    _seconds = 0

    def compose(self) -> ComposeResult:
        yield Digits("0")
        yield Static(FIRST)

    def on_mount(self) -> None:
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self._seconds += 1
        self.query_one(Digits).update(str(self._seconds))


class Moving(App[None]):
    """Shows prepared pictures of the size of a figure, ten a second."""

    _shown = 0

    def compose(self) -> ComposeResult:
        yield Static(FIRST)
        yield Static(id="picture")

    def on_mount(self) -> None:
        chance = random.Random(1)
        self._pictures = [
            "\n".join(
                "".join(chr(chance.randrange(0x2800, 0x2900)) for _ in range(COLUMNS))
                for _ in range(ROWS)
            )
            for _ in range(8)
        ]
        self.set_interval(0.1, self._turn)

    def _turn(self) -> None:
        self._shown += 1
        picture = self._pictures[self._shown % len(self._pictures)]
        self.query_one("#picture", Static).update(picture)


_APPS: dict[str, type[App[None]]] = {"ticking": Ticking, "moving": Moving}

if __name__ == "__main__":
    _APPS.get(sys.argv[-1], Bare)().run()
