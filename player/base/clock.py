"""Reads the time. No other module does: all others take a clock or a time as an argument.

`now` measures lengths of time. It never goes back. On systems that allow it, it keeps running
during suspend, so a closed lid shows as a gap. `wall` is for dates.
"""

import sys
import time
from typing import Protocol


class Clock(Protocol):
    """A source of the time. This module is one; tests use their own."""

    def now(self) -> int:
        """Milliseconds on a clock that never goes back. Only differences have a meaning."""

    def wall(self) -> int:
        """Milliseconds since 1970 by the calendar."""


if sys.platform == "linux":
    _SESSION_CLOCK = time.CLOCK_BOOTTIME
elif sys.platform == "darwin":
    _SESSION_CLOCK = time.CLOCK_MONOTONIC  # continues in sleep; time.monotonic does not


def now() -> int:
    """Milliseconds on a clock that never goes back. Only differences have a meaning."""
    if sys.platform in {"linux", "darwin"}:
        return time.clock_gettime_ns(_SESSION_CLOCK) // 1_000_000
    return time.monotonic_ns() // 1_000_000


def wall() -> int:
    """Milliseconds since 1970 by the calendar. People and time servers can change it."""
    return time.time_ns() // 1_000_000
