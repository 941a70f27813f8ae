"""Makes the background quieter while somebody speaks.

The times of all speech are known in advance. So the background is quiet before the first word, and
its gain depends only on the position.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from audio.frames import frame_of
from audio.samples import Samples

DUCKED_DB = -12.0
DOWN = frame_of(250)
"""The background begins to get quieter this many frames before a word."""

UP = frame_of(600)


class Window(NamedTuple):
    """Somebody speaks from frame `first` up to `end`."""

    first: int
    end: int


class Ducking:
    """The gain of the background at each frame. It is immutable."""

    def __init__(self, spoken: Iterable[Window]) -> None:
        self._windows = merged(spoken)
        self._begins = [window.first - DOWN for window in self._windows]

    def gains(self, first: int, count: int) -> Samples | None:
        """Return the gains of frames `first` to `first + count`, or None if they are all 1."""
        end = first + count
        index = max(bisect_right(self._begins, first) - 1, 0)
        found: Samples | None = None
        for window in self._windows[index:]:
            if window.first - DOWN >= end:
                break
            if window.end + UP > first:
                found = np.ones(count, np.float32) if found is None else found
                _put(found, _DOWN, window.first - DOWN - first)
                found[max(window.first - first, 0) : max(window.end - first, 0)] = _DOWN[-1]
                _put(found, _UP, window.end - first)
        return found


def merged(spoken: Iterable[Window]) -> list[Window]:
    """Sort the windows. Join two if the background would not regain full volume in between."""
    windows: list[Window] = []
    for window in sorted(spoken):
        if windows and window.first - DOWN <= windows[-1].end + UP:
            windows[-1] = Window(windows[-1].first, max(windows[-1].end, window.end))
        else:
            windows.append(window)
    return windows


def _slope(count: int) -> Samples:
    decibels = DUCKED_DB * np.arange(1, count + 1) / count
    slope: Samples = (10 ** (decibels / 20)).astype(np.float32)
    return slope


_DOWN = _slope(DOWN)
_UP = _slope(UP)[::-1]


def _put(gains: Samples, slope: Samples, at: int) -> None:
    """Write a slope into the gains from index `at` on. Parts outside the gains are cut off."""
    begin, end = max(at, 0), min(at + len(slope), len(gains))
    if begin < end:
        gains[begin:end] = slope[begin - at : end - at]
