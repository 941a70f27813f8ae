"""Reports whether a core was free during a measurement in real time."""

import time
from collections.abc import Callable
from pathlib import Path

from bench.row import Row

_PRESSURE = Path("/proc/pressure/cpu")
_CROWDED = 0.25


def unless_crowded(measure: Callable[[], Row]) -> Row:
    """Return the row from `measure`. A bad row is only judged if a core was free.

    If other programs waited for a core all the time, late sound says nothing about supple. On a
    system that does not count such waiting, every row is judged.
    """
    began, before = time.monotonic(), _waited_s()
    row = measure()
    share = (_waited_s() - before) / (time.monotonic() - began)
    if row.held or share < _CROWDED:
        return row
    why = f"not judged: programs waited for a core {share:.0%} of the time"
    return row._replace(held=None, remark=why)


def _waited_s() -> float:
    """Return the seconds since the system started in which a program waited for a core."""
    try:
        words = _PRESSURE.read_text().split()  # some avg10=0.00 avg60=0.00 avg300=0.00 total=12
    except OSError:
        return 0.0
    return int(words[4].removeprefix("total=")) / 1e6
