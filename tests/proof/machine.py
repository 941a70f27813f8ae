"""What a busy or slow machine adds to a time, so that it can be taken out again.

Linux counts for each thread how long it was ready to go on while others had the cores. Elsewhere
nothing is taken out.
"""

import math
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tests.cost import yardstick

YARDSTICK_S = 0.006
"""The yardstick of the machine on which the limits in milliseconds were set."""

COLD = 2.5
"""How many times longer work may take on a shared core, where others leave the caches cold.

The full factor applies where a thread waits for a core as long as it works. Where it waits less,
the factor is smaller in proportion.
"""


PASSING_ON_S = 0.05
"""How long a key and a frame may wait for a core on their way through other threads."""


class Spent(NamedTuple):
    """Seconds that some processes worked, and that they waited for a core."""

    worked: float = 0.0
    queued: float = 0.0


class Watch:
    """What the threads of a process spend from now on."""

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
        """See what they have spent up to now; what a thread spends after that is not known."""
        self._now |= self._read()

    def main(self) -> Spent:
        """What its first thread has spent."""
        return self._since(self._main)

    def others(self) -> list[Spent]:
        """What each of the other threads has spent, also of those that have ended."""
        return [self._since(thread) for thread in self._now if thread != self._main]

    def _since(self, thread: Path) -> Spent:
        now, before = self._now.get(thread, Spent()), self._before.get(thread, Spent())
        return Spent(now.worked - before.worked, now.queued - before.queued)


class Stopwatch:
    """Measures something that this process waits for another one to do."""

    def __init__(self, pid: int) -> None:
        self._other = Watch(pid)
        self._began = time.monotonic()

    def slept(self) -> float:
        """The seconds up to now in which the other one neither worked nor waited for a core.

        It works in its first thread. Of its other threads only the one that waited longest for a
        core counts, because the rest waited at the same time.
        """
        return self._slept(time.monotonic(), math.inf)

    def _slept(self, until: float, longest_passing_on: float) -> float:
        self._other.look()
        others = max((other.queued for other in self._other.others()), default=0.0)
        passed = until - self._began - sum(self._other.main())
        return max(passed - min(others, longest_passing_on), 0)

    def until_ended(self, process: subprocess.Popen[bytes], slept: float) -> None:
        """Wait until the other one has ended, or has slept for some seconds."""
        while process.poll() is None and self.slept() < slept:
            time.sleep(0.01)

    def worked(self) -> float:
        """The seconds that the other one worked."""
        self._other.look()
        threads = (self._other.main(), *self._other.others())
        return sum(thread.worked for thread in threads)

    def fair(self, until: float) -> float:
        """How long it would have taken, up to a moment, on the reference machine with nothing
        else running.

        The time that the other process waited for a core does not count. The time that it slept
        counts in full. The time that it worked is converted to the reference machine
        (`YARDSTICK_S`).
        """
        slept, (worked, queued) = self._slept(until, PASSING_ON_S), self._other.main()
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
        queued = 0.0
        for watch in self._watches:
            watch.look()
            queued += max(thread.queued for thread in (watch.main(), *watch.others()))
        self._looks.append((time.monotonic(), queued))

    def upto(self, moment: float) -> float:
        """The seconds that they had waited by the first look after `moment`."""
        return next((queued for at, queued in self._looks if at >= moment), self._looks[-1][1])
