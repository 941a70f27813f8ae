"""A program in a pseudo-terminal, measured from outside: when something is seen, at what cost."""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.row import NotHere
from tests import screen

_WITHIN_S = 60.0
"""Long enough for a slow and busy machine; whatever takes longer does not work."""


class Seen(screen.Seen):
    """A process at a terminal of 80 columns and 24 rows, and the screen that it has drawn."""

    def __init__(self, command: Sequence[str], env: dict[str, str]) -> None:
        self._began = time.monotonic()
        super().__init__(env=env, command=command)

    def shows(self, words: str) -> float:
        """Wait until `words` are on the screen; the seconds since the process began."""
        self.until(lambda: words in self.picture, repr(words), _WITHIN_S)
        return time.monotonic() - self._began

    def shows_no_more(self, words: str) -> float:
        """Wait until `words` are gone from the screen; the seconds since the process began."""
        self.until(lambda: words not in self.picture, f"end of {words!r}", _WITHIN_S)
        return time.monotonic() - self._began

    def becomes_still(self, seconds: float, within: float) -> None:
        """Wait until the text on the screen was the same for `seconds`; never beyond `within`."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            before = self.picture
            self.pump(seconds)
            if self.picture == before:
                return

    def changes(self, picture: str, within: float) -> None:
        """Wait until the screen shows something else than `picture`; never beyond `within`."""
        deadline = time.monotonic() + within
        while self.picture == picture and time.monotonic() < deadline:
            self.pump(0.05)

    def processor_seconds(self) -> float:
        """The processor time that the process has used so far."""
        threads = list(Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"))
        if not threads:
            raise NotHere("this system has no /proc/PID/task/TID/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def memory(self) -> float:
        """The bytes that the process holds in memory now."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except OSError as error:
            raise NotHere("this system has no /proc/PID/statm") from error
        return pages * os.sysconf("SC_PAGE_SIZE")


def together(programs: Sequence[Seen], work: Callable[[Seen], object]) -> None:
    """Run `work` on all programs at the same time.

    A program whose output nobody reads would block.
    """
    with ThreadPoolExecutor(len(programs)) as pool:
        list(pool.map(work, programs))
