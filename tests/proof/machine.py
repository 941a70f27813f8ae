"""Measures how much a busy or slow machine adds to a time, so that it can be subtracted.

Linux counts for each thread how long it waited for a core. On other systems nothing is subtracted.
"""

import math
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tests.cost import yardstick

YARDSTICK_S = 0.006
"""The yardstick of the reference machine, on which the limits in milliseconds were set."""

COLD = 2.5
"""How many times longer work may take on a shared core, because its caches are cold.

The full factor applies if a thread waits for a core as long as it works. If it waits less, the
factor is smaller in proportion.
"""


PASSING_ON_S = 0.05
"""How long a key and a frame may wait for a core while other threads pass them on."""


class Spent(NamedTuple):
    """The seconds that some processes worked, and the seconds that they waited for a core."""

    worked: float = 0.0
    queued: float = 0.0


class Watch:
    """Measures what the threads of a process spend from now on."""

    def __init__(self, pid: int) -> None:
        self._tasks = Path(f"/proc/{pid}/task")
        self._main = self._tasks / f"{pid}/schedstat"
        self._before = self._read()
        self._now = dict(self._before)

    def _read(self) -> dict[Path, Spent]:
        found = {}
        for thread in self._tasks.glob("*/schedstat"):
            try:
                worked, queued, _ = thread.read_text().split()
            except OSError:  # it has just ended
                continue
            found[thread] = Spent(int(worked) / 1e9, int(queued) / 1e9)
        return found

    def look(self) -> None:
        """Read what the threads have spent up to now."""
        self._now |= self._read()

    def main(self) -> Spent:
        """Return what the first thread has spent."""
        return self._since(self._main)

    def others(self) -> list[Spent]:
        """Return what each of the other threads has spent, including the ended ones."""
        return [self._since(thread) for thread in self._now if thread != self._main]

    def _since(self, thread: Path) -> Spent:
        now, before = self._now.get(thread, Spent()), self._before.get(thread, Spent())
        return Spent(now.worked - before.worked, now.queued - before.queued)


class Stopwatch:
    """Measures a time in which this process waits for another one."""

    def __init__(self, pid: int) -> None:
        self._other = Watch(pid)
        self._began = time.monotonic()

    def slept(self) -> float:
        """Return the seconds in which the other process neither worked nor waited for a core.

        It works in its first thread. Of its other threads, only the longest wait for a core
        counts, because the others waited at the same time.
        """
        return self._slept(time.monotonic(), math.inf)

    def _slept(self, until: float, longest_passing_on: float) -> float:
        self._other.look()
        others = max((other.queued for other in self._other.others()), default=0.0)
        passed = until - self._began - sum(self._other.main())
        return max(passed - min(others, longest_passing_on), 0)

    def until_ended(self, process: subprocess.Popen[bytes], slept: float) -> None:
        """Wait until the other process has ended, or has slept for some seconds."""
        while process.poll() is None and self.slept() < slept:
            time.sleep(0.01)

    def worked(self) -> float:
        """Return the seconds that the other process worked."""
        self._other.look()
        threads = (self._other.main(), *self._other.others())
        return sum(thread.worked for thread in threads)

    def fair(self, until: float) -> float:
        """Return how long it would have taken on the idle reference machine.

        The time that the other process waited for a core does not count. The time that it slept
        counts in full. The time that it worked is converted to the reference machine
        (`YARDSTICK_S`).
        """
        slept, (worked, queued) = self._slept(until, PASSING_ON_S), self._other.main()
        shared = min(queued / worked, 1) if worked else 0
        slower = max(yardstick() / YARDSTICK_S, 1)
        return slept + worked / slower / (1 + (COLD - 1) * shared)


class Queue:
    """Measures repeatedly how long a chain of processes waited for a core.

    Of each process only the longest wait of a thread counts, because its threads wait at the same
    time.
    """

    def __init__(self, *pids: int) -> None:
        self._watches = [Watch(pid) for pid in pids]
        self._looks: list[tuple[float, float]] = []

    def look(self) -> None:
        queued = 0.0
        for watch in self._watches:
            watch.look()
            queued += max(thread.queued for thread in (watch.main(), *watch.others()))
        self._looks.append((time.monotonic(), queued))

    def upto(self, moment: float) -> float:
        """Return the seconds that the processes had waited by the first look after `moment`."""
        return next((queued for at, queued in self._looks if at >= moment), self._looks[-1][1])
