"""What supple's screens are compared with: the smallest Textual app, and one with a clock."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Digits, Static

FIRST = "A bare app"


class Bare(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static(FIRST)


class Ticking(App[None]):
    """One clock, once a second."""

    seconds = 0

    def compose(self) -> ComposeResult:
        yield Digits("0")
        yield Static(FIRST)

    def on_mount(self) -> None:
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        self.seconds += 1
        self.query_one(Digits).update(str(self.seconds))


if __name__ == "__main__":
    (Ticking if "ticking" in sys.argv else Bare)().run()
