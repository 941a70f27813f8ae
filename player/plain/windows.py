"""The console of the plain mode on Windows."""

import sys
import time

from player.base import clock
from player.plain.output import Output, TerminalGone

if sys.platform == "win32":
    import msvcrt

    _SPECIAL = {
        "I": "pageup", "Q": "pagedown", "H": "up", "P": "down", "K": "left", "M": "right",
        "S": "delete", "?": "f5",
    }  # fmt: skip
    _NAMES = {"\r": "enter", "\n": "enter", "\b": "backspace", "\x1b": "escape"}
    _POLL_S = 0.02

    class WindowsConsole(Output):
        """Polls for keys, because Windows can't wait for one with a time limit."""

        def key(self, timeout_ms: int | None) -> str | None:
            left = None if timeout_ms is None else timeout_ms / 1_000
            while not msvcrt.kbhit():
                if left is not None:
                    if left <= 0:
                        return None
                    left -= _POLL_S
                time.sleep(_POLL_S)
            char = msvcrt.getwch()
            if char in {"\x00", "\xe0"}:
                return _SPECIAL.get(msvcrt.getwch())
            if char == "\x03":
                raise KeyboardInterrupt
            if char == "\x1a":
                raise TerminalGone
            return _NAMES.get(char, char if char.isprintable() else None)

        def forget(self, spares: str = "") -> None:
            typed = ""
            while msvcrt.kbhit():
                typed += msvcrt.getwch()
            if spares and spares in typed.lower():
                msvcrt.ungetwch(spares)

        def now(self) -> int:
            return clock.now()
