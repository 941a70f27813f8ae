"""Whether a machine had a core free while something was measured that plays in real time."""

import time
from collections.abc import Callable
from pathlib import Path

from bench.row import Row

_PRESSURE = Path("/proc/pressure/cpu")
_CROWDED = 0.25


def unless_crowded(measure: Callable[[], Row]) -> Row:
    """The row that `measure` returns. One that does not hold is judged only if there was room.

    Sound that is late on a machine where other programs waited for a core all the time says
    nothing about supple. Where the system does not count such waiting, every row is judged.
    """
    began, before = time.monotonic(), _waited_s()
    row = measure()
    share = (_waited_s() - before) / (time.monotonic() - began)
    if row.held or share < _CROWDED:
        return row
    why = f"not judged: programs waited for a core {share:.0%} of the time"
    return row._replace(held=None, remark=why)


def _waited_s() -> float:
    """The seconds in which some program was ready and had no core, since the system started."""
    try:
        words = _PRESSURE.read_text().split()  # some avg10=0.00 avg60=0.00 avg300=0.00 total=12
    except OSError:
        return 0.0
    return int(words[4].removeprefix("total=")) / 1e6
