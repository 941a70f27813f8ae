"""The terminal of the plain mode. It writes lines, reads single keys, and restores the terminal."""

import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Protocol

from player.base import clock
from player.plain.output import Output, TerminalGone


class EndedBySignal(Exception):
    """A signal of the system asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Console(Protocol):
    """Writes lines and reads keys.

    A key is a character, or one of `pageup`, `pagedown`, `enter`, `backspace` and `paste`.
    """

    def line(self, text: str = "") -> None:
        """Write one line. Unsafe characters are made visible."""

    def write(self, text: str) -> None:
        """Write a prompt or an echo without ending the line."""

    def bell(self) -> None:
        """Ring the terminal's bell."""

    def key(self, timeout_ms: int | None) -> str | None:
        """Return the next key, or None after `timeout_ms`. Raises TerminalGone if input ends."""

    def forget(self, spares: str = "") -> None:
        """Throw away the keys typed so far, because they were meant for an earlier prompt.

        The letter `spares` is not thrown away.
        """

    def now(self) -> int:
        """Return the present time in milliseconds, on the clock of the session."""


_SEQUENCES = {
    b"\x1b[5~": "pageup",
    b"\x1b[6~": "pagedown",
    b"\r": "enter",
    b"\n": "enter",
    b"\x7f": "backspace",
    b"\x08": "backspace",
    b"\x03": "interrupt",
    b"\x04": "eof",
}
# The plain mode writes no escape codes, so it can't ask the terminal to mark pastes. Some
# terminals mark them anyway.
_PASTE, _PASTED = b"\x1b[200~", b"\x1b[201~"
_REST_MS = 150
"""The longest time until the rest of a key's sequence arrives."""
_MOST_READS = 64
"""The most reads in one `forget`, so that endless input can't block the program."""


def is_terminal() -> bool:
    """Return whether both input and output are a terminal, so that a person can answer."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty()
    except (AttributeError, ValueError):
        return False


def unfit() -> str:
    """Return why this terminal can't show the screens, or an empty text if it can."""
    if os.environ.get("TERM", "") in {"", "dumb"} and sys.platform != "win32":
        return "This terminal can't be drawn on"
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    return "" if encoding.startswith("utf") else "This terminal does not take UTF-8"


class PosixConsole(Output):
    """A POSIX terminal that is read key by key. Create it with `open_console`."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._pending = b""

    def key(self, timeout_ms: int | None) -> str | None:
        if not self._pending and not self._read(timeout_ms):
            return None
        while is_cut_off(self._pending) and self._read(_REST_MS):
            pass
        name, self._pending = first_key(self._pending)
        if name == "eof":
            raise TerminalGone
        if name == "interrupt":
            raise KeyboardInterrupt
        return name

    def forget(self, spares: str = "") -> None:
        for _ in range(_MOST_READS):
            if not self._read(0):
                break
        typed = self._pending.lower()
        self._pending = spares.encode() if spares and spares.encode() in typed else b""

    def now(self) -> int:
        return clock.now()

    def _read(self, timeout_ms: int | None) -> bool:
        """Read the input that is ready. Returns False if nothing arrives in time."""
        timeout = None if timeout_ms is None else max(timeout_ms, 0) / 1_000
        ready, _, _ = select.select([self.fd], [], [], timeout)
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1024)
        except OSError:
            raise TerminalGone from None
        if not data:
            raise TerminalGone
        self._pending += data
        return True


def is_cut_off(data: bytes) -> bool:
    """Return whether `data` begins with an incomplete key sequence or paste."""
    if data.startswith(_PASTE):
        return _PASTED not in data
    if data[:1] != b"\x1b":
        return False
    if data[1:2] not in {b"[", b"O"}:
        return len(data) == 1
    return not any(0x40 <= byte <= 0x7E for byte in data[2:])


def first_key(data: bytes) -> tuple[str | None, bytes]:
    """Return the first key of some input, and the rest. The key is None for an unknown sequence.

    A whole paste is one key.
    """
    if data.startswith(_PASTE):
        _, _, rest = data.partition(_PASTED)
        return "paste", rest
    for sequence, name in _SEQUENCES.items():
        if data.startswith(sequence):
            return name, data[len(sequence) :]
    if data[:1] == b"\x1b":
        end = 1
        if data[1:2] in {b"[", b"O"}:
            end = 2
            while end < len(data) and not 0x40 <= data[end] <= 0x7E:
                end += 1
            end += 1
        return None, data[end:]
    for length in range(1, 5):
        try:
            char = data[:length].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return (char if char.isprintable() else None), data[length:]
    return None, data[1:]


@contextmanager
def open_console() -> Iterator[Console]:
    """Switch the terminal to single keys, and always restore it at the end.

    SIGTERM and SIGHUP raise `EndedBySignal`, so the program can save everything first.
    """
    if sys.platform == "win32":
        from player.plain.windows import WindowsConsole

        yield WindowsConsole()
        return
    import termios
    import tty

    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)

    def again(number: int, frame: FrameType | None) -> None:
        tty.setcbreak(fd, termios.TCSADRAIN)

    def end(number: int, frame: FrameType | None) -> None:
        raise EndedBySignal(number)

    with _handling({signal.SIGTERM: end, signal.SIGHUP: end, signal.SIGCONT: again}):
        console = PosixConsole(fd)
        try:
            tty.setcbreak(fd, termios.TCSADRAIN)
            yield console
        finally:
            with suppress(termios.error, OSError):  # the terminal may be gone
                termios.tcsetattr(fd, termios.TCSADRAIN, before)


_Handler = Callable[[int, FrameType | None], None]


@contextmanager
def _handling(handlers: dict[signal.Signals, _Handler]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
