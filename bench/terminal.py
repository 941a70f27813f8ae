"""Measures a program in a pseudo-terminal from outside: when it shows something, and its cost."""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.row import NotMeasurable
from tests import screen

_WITHIN_S = 60.0
"""Long enough for a slow and busy machine. A program that takes longer does not work."""


class MeasuredProgram(screen.Seen):
    """A process in a terminal of 80 columns and 24 rows, and its screen."""

    def __init__(self, command: Sequence[str], env: dict[str, str]) -> None:
        self._began = time.monotonic()
        super().__init__(env=env, command=command)

    def seconds_until_shown(self, words: str) -> float:
        """Wait until `words` are on the screen. Return the seconds since the process started."""
        self.until(lambda: words in self.picture, repr(words), _WITHIN_S)
        return time.monotonic() - self._began

    def seconds_until_gone(self, words: str) -> float:
        """Wait until `words` are gone from the screen. Return the seconds since the start."""
        self.until(lambda: words not in self.picture, f"end of {words!r}", _WITHIN_S)
        return time.monotonic() - self._began

    def wait_until_still(self, seconds: float, within: float) -> None:
        """Wait until the text on the screen is the same for `seconds`, at most for `within`."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            before = self.picture
            self.pump(seconds)
            if self.picture == before:
                return

    def wait_for_change(self, picture: str, within: float) -> None:
        """Wait until the screen differs from `picture`, but no longer than `within`."""
        deadline = time.monotonic() + within
        while self.picture == picture and time.monotonic() < deadline:
            self.pump(0.05)

    def processor_seconds(self) -> float:
        """Return the processor time that the process has used so far."""
        threads = list(Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"))
        if not threads:
            raise NotMeasurable("this system has no /proc/PID/task/TID/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def memory(self) -> float:
        """Return the memory of the process in bytes."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except OSError as error:
            raise NotMeasurable("this system has no /proc/PID/statm") from error
        return pages * os.sysconf("SC_PAGE_SIZE")


def run_together(
    programs: Sequence[MeasuredProgram], work: Callable[[MeasuredProgram], object]
) -> None:
    """Run `work` for all programs at the same time.

    A program blocks if nobody reads its output.
    """
    with ThreadPoolExecutor(len(programs)) as pool:
        list(pool.map(work, programs))
