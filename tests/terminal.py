"""Runs the real program in a real pseudo-terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from tests.program import PROGRAM

PATIENCE_S = 60.0
"""How long a test waits for something: enough for a slow and busy machine.

This does not promise any speed. Only a failing test waits this long.
"""


class Terminal:
    """A process in a pseudo-terminal. `seen` is everything it wrote, undecoded.

    `streams` redirects streams of the process away from the terminal. If the process is not
    `controlled` by the terminal, it gets no signal when the terminal is closed.
    """

    size = (24, 200)
    """Rows and columns at the start."""

    def __init__(
        self,
        *words: str,
        env: dict[str, str],
        command: Sequence[str] = PROGRAM,
        streams: dict[str, int] | None = None,
        controlled: bool = True,
    ) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *self.size, 0, 0))
        self.slave = os.dup(slave)
        self.before = termios.tcgetattr(self.slave)

        def control() -> None:
            # Some shells start background jobs with Ctrl+C disabled.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            if controlled:
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        given = dict.fromkeys(("stdin", "stdout", "stderr"), slave) | (streams or {})
        self.process = subprocess.Popen(
            [*command, *words],
            stdin=given["stdin"],
            stdout=given["stdout"],
            stderr=given["stderr"],
            env=env,
            cwd=env["HOME"],
            start_new_session=True,
            preexec_fn=control,  # noqa: PLW1509 - one thread
        )
        os.close(slave)
        self.seen = b""
        self._read_to = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        for fd in (self.slave, self.master):
            if fd >= 0:
                os.close(fd)

    @property
    def text(self) -> str:
        return self.seen.decode("utf-8", "replace").replace("\r\n", "\n")

    def send(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def expect(self, pattern: str, within: float = PATIENCE_S) -> re.Match[str]:
        """Wait for a pattern in the text after the last match, and move behind it."""
        deadline = time.monotonic() + within
        while True:
            match = re.compile(pattern).search(self.text, self._read_to)
            if match:
                self._read_to = match.end()
                return match
            left = deadline - time.monotonic()
            if left <= 0 or not self._pump(left):
                raise AssertionError(f"no {pattern!r} in:\n{self.text[self._read_to :][-3000:]}")

    def pump(self, seconds: float) -> None:
        """Read the output for some time."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and self._pump(left):
            pass

    def _pump(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], min(seconds, 0.2))
        if not ready:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += data
        return bool(data)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self, within: float = PATIENCE_S) -> int:
        """Wait until the process has ended, and return its exit code."""
        deadline = time.monotonic() + within
        while self.process.poll() is None and time.monotonic() < deadline:
            self._pump(0.05)
        code = self.process.wait(0.01)
        while select.select([self.master], [], [], 0)[0]:  # the rest of the output
            if not self._pump(0):
                break
        return code

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the terminal. The kernel sends the program a signal."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def is_as_before(self) -> bool:
        """Return whether the settings of the terminal are the same as before the program."""
        return termios.tcgetattr(self.slave) == self.before

    def take_away(self) -> None:
        """Close the terminal while the program runs, as when its window is closed."""
        os.close(self.master)
        os.close(self.slave)
        self.master = self.slave = -1
