"""What a busy or slow machine adds to a time, so that it can be taken out again.

Linux counts for each thread how long it was ready to go on while others had the cores. Elsewhere
nothing is taken out.
"""

import os
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tests.cost import yardstick

YARDSTICK_S = 0.006
"""The yardstick of the machine on which the limits in milliseconds were set."""

COLD = 2.5
"""How many times longer work may take on a shared core, where others leave the caches cold.

So it is for work that waits for a core as long as it works, and in proportion for less.
"""


class Spent(NamedTuple):
    """Seconds that some processes worked, and that they waited for a core."""

    worked: float = 0.0
    queued: float = 0.0


class Watch:
    """What the threads of some processes spend from now on."""

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self._before = self._threads()
        self._now = dict(self._before)

    def _threads(self) -> dict[Path, Spent]:
        found = {}
        for pid in self._pids:
            for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                try:
                    worked, queued, _ = thread.read_text().split()
                except OSError:  # it has just ended
                    continue
                found[thread] = Spent(int(worked) / 1e9, int(queued) / 1e9)
        return found

    def spent(self) -> Spent:
        """What they have spent up to now; of a thread that has ended, what was seen before."""
        each = self._each()
        return Spent(sum(one.worked for one in each), sum(one.queued for one in each))

    def queued(self) -> float:
        """How long the thread that waited longest has waited."""
        return max((one.queued for one in self._each()), default=0.0)

    def _each(self) -> list[Spent]:
        self._now |= self._threads()
        return [
            Spent(now.worked - was.worked, now.queued - was.queued)
            for thread, now in self._now.items()
            for was in [self._before.get(thread, Spent())]
        ]


class Stopwatch:
    """Measures something that this process waits for another one to do."""

    def __init__(self, pid: int) -> None:
        self._other = Watch(pid)
        self._own = Watch(os.getpid())
        self._began = time.monotonic()

    def slept(self, until: float | None = None) -> float:
        """The seconds in which both did nothing and waited for no core."""
        worked, queued = self._other.spent()
        passed = (until or time.monotonic()) - self._began
        return max(passed - queued - self._own.spent().queued - worked, 0)

    def until_ended(self, process: subprocess.Popen[bytes], slept: float) -> None:
        """Wait until the other one has ended, or the two have slept for some seconds."""
        while process.poll() is None and self.slept() < slept:
            time.sleep(0.01)

    def worked(self) -> float:
        """The seconds that the other one worked."""
        return self._other.spent().worked

    def fair(self, until: float) -> float:
        """What the seconds up to a moment would have been on that machine with nobody else on it.

        What the two waited for a core does not count, what the other one slept counts in full,
        and what it worked counts as it would on that machine.
        """
        slept, (worked, queued) = self.slept(until), self._other.spent()
        shared = min(queued / worked, 1) if worked else 0
        slower = max(yardstick() / YARDSTICK_S, 1)
        return slept + worked / slower / (1 + (COLD - 1) * shared)


class Queue:
    """Looks again and again at how long some processes, one behind the other, waited for a core.

    Of each only the thread that waited longest counts, because the others wait at the same time.
    """

    def __init__(self, *pids: int) -> None:
        self._watches = [Watch(pid) for pid in pids]
        self._looks: list[tuple[float, float]] = []

    def look(self) -> None:
        queued = sum(watch.queued() for watch in self._watches)
        self._looks.append((time.monotonic(), queued))

    def upto(self, moment: float) -> float:
        """The seconds that they had waited by the first look after `moment`."""
        return next((queued for at, queued in self._looks if at >= moment), self._looks[-1][1])
