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
from player.base.reports import REST_MS, is_whole
from player.plain.output import Output, TerminalGone


class EndedBySignal(Exception):
    """A signal of the system asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Console(Protocol):
    """Writes lines and reads keys.

    A key is a character, or one of `pageup`, `pagedown`, `up`, `down`, `left`, `right`, `enter`,
    `backspace`, `delete`, `escape`, `f5` and `paste`.
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
    b"\x1b": "escape",
    b"\x1b[3~": "delete",
    b"\x1b[15~": "f5",
    **{
        opening + final: name
        for opening in (b"\x1b[", b"\x1bO")
        for final, name in ((b"A", "up"), (b"B", "down"), (b"C", "right"), (b"D", "left"))
    },
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
        self._arrived_at = 0

    def key(self, timeout_ms: int | None) -> str | None:
        ends_at = None if timeout_ms is None else self.now() + timeout_ms
        while True:
            if name := self._next():
                return name
            waits = []
            if self._pending:
                waits.append(self._arrived_at + REST_MS - self.now())
            if ends_at is not None:
                waits.append(ends_at - self.now())
            before = self._pending
            if self._read(min(waits, default=None)):
                self._pending, spared = _without_x(before, self._pending)
                if spared:
                    return spared
            elif ends_at is not None and self.now() >= ends_at:
                return None

    def _next(self) -> str | None:
        """Return the next key that has arrived. A sequence may still be incomplete."""
        while self._pending:
            if is_cut_off(self._pending) and self.now() - self._arrived_at < REST_MS:
                return None
            name, self._pending = first_key(self._pending)
            if name == "eof":
                raise TerminalGone
            if name == "interrupt":
                raise KeyboardInterrupt
            if name is not None:
                return name
        return None

    def forget(self, spares: str = "") -> None:
        for _ in range(_MOST_READS):
            if not self._read(0):
                break
        spared = b""
        while self._pending and not is_cut_off(self._pending):
            name, self._pending = first_key(self._pending)
            if spares and name is not None and name.lower() == spares:
                spared = spares.encode()
        # A sequence that has begun is dropped only when complete, or its rest would look like keys.
        self._pending = spared + self._pending

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
        self._arrived_at = self.now()
        return True


def _without_x(before: bytes, after: bytes) -> tuple[bytes, str]:
    """Take an `x` out that was pressed while a sequence arrives, because it means pain.

    It came alone, so it is probably no piece of the sequence. Returns the rest, and the key or "".
    """
    arrived = after[len(before) :]
    if before and arrived in {b"x", b"X"}:
        return before, arrived.decode()
    return after, ""


def is_cut_off(data: bytes) -> bool:
    """Return whether `data` begins with an incomplete key sequence, report or paste."""
    if data.startswith(_PASTE):
        return _PASTED not in data
    return data[:1] == b"\x1b" and _length(data) == 0


def _length(data: bytes) -> int:
    """Return the length of the sequence that `data` begins with; 0 if it is incomplete."""
    text = data.decode("latin-1")
    return next((end for end in range(2, len(text) + 1) if is_whole(text[:end])), 0)


def first_key(data: bytes) -> tuple[str | None, bytes]:
    """Return the first key of some input, and the rest. The key is None for an unknown sequence.

    A whole paste is one key. An `x` that ends a sequence is still an `x`, because it means pain.
    """
    if data.startswith(_PASTE):
        _, _, rest = data.partition(_PASTED)
        return "paste", rest
    if data[:1] == b"\x1b":
        length = _length(data) or len(data)
        sequence, rest = data[:length], data[length:]
        last = sequence[-1:].decode("latin-1")
        return _SEQUENCES.get(sequence, last if last in {"x", "X"} else None), rest
    if data[:1] in _SEQUENCES:
        return _SEQUENCES[data[:1]], data[1:]
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
