"""The only file that reads time. Everything else is given it.

`now` is for lengths of time: it never goes back, and where the system can it counts through
suspend, so that a closed lid is seen as a gap. `wall` is for dates.
"""

import sys
import time
from typing import Protocol


class Clock(Protocol):
    """What is asked for the time; this module is one, tests have their own."""

    def now(self) -> int:
        """Milliseconds on a clock that never goes back; only differences mean anything."""

    def wall(self) -> int:
        """Milliseconds since 1970 by the calendar."""


if sys.platform == "linux":
    _SESSION_CLOCK = time.CLOCK_BOOTTIME
elif sys.platform == "darwin":
    _SESSION_CLOCK = time.CLOCK_MONOTONIC  # goes on in sleep, unlike time.monotonic there


def now() -> int:
    """Milliseconds on a clock that never goes back; only differences mean anything."""
    if sys.platform in {"linux", "darwin"}:
        return time.clock_gettime_ns(_SESSION_CLOCK) // 1_000_000
    return time.monotonic_ns() // 1_000_000


def midnight(wall_ms: int) -> int:
    """When the local day of `wall_ms` began, in milliseconds since 1970."""
    day = time.localtime(wall_ms / 1_000)
    return int(time.mktime((*day[:3], 0, 0, 0, 0, 0, -1))) * 1_000


def wall() -> int:
    """Milliseconds since 1970 by the calendar; people and time servers can change it."""
    return time.time_ns() // 1_000_000
