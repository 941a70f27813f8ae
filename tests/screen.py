"""Decodes the screen of the real program, and checks the terminal afterwards."""

import re
import time
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import pyte

from tests.terminal import PATIENCE_S, Terminal

_MODES = re.compile(rb"\x1b\[\?([\d;]+)([hl])|\x1b\[([<>])[\d;]*u")
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>][\d;]*u")
_CUT_OFF = re.compile(rb"\x1b(?:\[[^@-~]*)?\Z")
_ALTERNATE = 1049
_ON_FROM_THE_START = {7, 25}
"""Line wrap and cursor."""

_T = TypeVar("_T")


def modes_left(data: bytes) -> set[str]:
    """Return the private modes of the terminal that were not restored, and `kitty` for its keys."""
    on = set(_ON_FROM_THE_START)
    keyboards = {False: 0, True: 0}  # the alternate screen has its own setting
    for numbers, how, keys in _MODES.findall(data):
        if keys:
            here = _ALTERNATE in on
            keyboards[here] = max(keyboards[here] + (1 if keys == b">" else -1), 0)
        for number in map(int, filter(None, numbers.split(b";"))):
            (on.add if how == b"h" else on.discard)(number)
    kitty = {"kitty"} if any(keyboards.values()) else set()
    return {str(number) for number in on ^ _ON_FROM_THE_START} | kitty


class Seen(Terminal):
    """A terminal that decodes its screen after each complete frame."""

    size = (24, 80)
    _coming = b""

    @cached_property
    def _screen(self) -> pyte.Screen:
        return pyte.Screen(self.size[1], self.size[0])

    @cached_property
    def _stream(self) -> pyte.ByteStream:
        return pyte.ByteStream(self._screen)

    @property
    def rows(self) -> list[str]:
        """The rows of the present screen, without blanks at the ends."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def picture(self) -> str:
        return "\n".join(self.rows)

    def resize(self, rows: int, columns: int) -> None:
        super().resize(rows, columns)
        self._screen.resize(rows, columns)

    def see(self, pattern: str, within: float = PATIENCE_S) -> re.Match[str]:
        """Wait until the screen shows this pattern."""
        return self.until(lambda: re.search(pattern, self.picture), repr(pattern), within)

    def until(self, found: Callable[[], _T | None], what: str, within: float = PATIENCE_S) -> _T:
        """Wait until `found` returns a true value for the screen, and return that value."""
        deadline = time.monotonic() + within
        while not (it := found()):
            left = deadline - time.monotonic()
            if left <= 0 or not self._pump(left):
                raise AssertionError(f"no {what} in:\n{self.picture}\n{self.seen[-300:]!r}")
        return it

    def _pump(self, seconds: float) -> bool:
        before = len(self.seen)
        alive = super()._pump(seconds)
        data = self.seen[before:]
        if b"\x1b[?2026$p" in data:
            self.send(
                "\x1b[?2026;2$y"
            )  # from now on the program marks where a frame begins and ends
        self._coming += data
        began = self._coming.rfind(b"\x1b[?2026h")
        cut_off = _CUT_OFF.search(self._coming)
        end = cut_off.start() if cut_off else len(self._coming)
        if began >= 0 and b"\x1b[?2026l" not in self._coming[began:]:
            end = began
        ready, self._coming = _NOT_FOR_PYTE.sub(b"", self._coming[:end]), self._coming[end:]
        # pyte has no alternate screen: here all is empty whenever one begins or ends.
        self._stream.feed(re.sub(rb"(\x1b\[\?1049[hl])", b"\\1\x1b[0m\x1b[2J\x1b[H", ready))
        return alive
