"""A program in a pseudo-terminal, measured from outside: when what is seen, at what cost."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyte

_KITTY = (b"\x1b[>25u", b"\x1b[>1u", b"\x1b[<u")
"""Keyboard modes that pyte would print."""


class Seen:
    """A process at an 80x24 terminal, and the screen that it has drawn."""

    def __init__(self, command: Sequence[str], env: dict[str, str]) -> None:
        self.began = time.monotonic()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), env)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)

    def __enter__(self) -> "Seen":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def send(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def until_gone(self, words: str, within: float = 20.0) -> float:
        """Seconds since the process began until `words` stand there no longer."""
        deadline = time.monotonic() + within
        while words in self.text:
            if time.monotonic() > deadline:
                raise AssertionError(f"{words!r} stayed in:\n{self.text}")
            self._read(0.05)
        return time.monotonic() - self.began

    def until(self, words: str, within: float = 20.0) -> float:
        """Seconds since the process began until `words` stand on the screen."""
        deadline = time.monotonic() + within
        while words not in self.text:
            if time.monotonic() > deadline:
                raise AssertionError(f"never saw {words!r} in:\n{self.text}")
            self._read(0.05)
        return time.monotonic() - self.began

    def rest(self, seconds: float) -> None:
        """Read whatever comes for some time."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """MiB that stand in memory now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def _read(self, seconds: float) -> None:
        if not select.select([self._fd], [], [], max(seconds, 0))[0]:
            return
        data = os.read(self._fd, 65536)
        if b"\x1b[?2026$p" in data:
            self.send("\x1b[?2026;2$y")
        for mode in _KITTY:
            data = data.replace(mode, b"")
        self._stream.feed(data)
