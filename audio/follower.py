"""Which frame to play next, so that the sound follows the session's clock and not the sound card.

A device takes frames some time before they are heard, and how long before is seen only from
when it asks. One late answer makes it run dry, and everything after it is late for good; a
crystal that is 100 ppm wrong is 120 ms off after twenty minutes. So the clock is asked at every
turn, and the difference is made up where nothing sounds.

All numbers are frames, those of the clock too.
"""

from collections import deque
from collections.abc import Callable

from audio.frames import frame_of

TURNS = 8
"""One late turn says nothing about the device; the best of this many does."""

LIMIT = frame_of(3)
"""Less than this is not followed, since turns themselves come unevenly."""


class DeviceClock:
    """When the frames are heard that a device takes.

    What a device takes first is taken to be heard at once. From its first turns comes the lead
    it keeps; when its best lead changes later, it has run dry or its crystal is off.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._zero: int | None = None  # when frame 0 was heard, had nothing ever been lost
        self._lead: int | None = None
        self._ahead: deque[int] = deque(maxlen=TURNS)

    def takes(self, now: int, count: int) -> int:
        """The device takes `count` frames at `now`. Returns when the first of them is heard."""
        if self._zero is None or self._zero + self._taken < now - count:
            # The first turn; or one that comes more than its own length too late, after
            # which no window of turns is needed to know that the device stood.
            self._zero = now - self._taken
            self._ahead.clear()
        self._ahead.append(self._taken - now)
        if len(self._ahead) == TURNS:
            best = max(self._ahead)
            if self._lead is None:
                self._lead = self._zero + best
            self._zero = self._lead - best
        heard = self._zero + self._taken
        self._taken += count
        return heard


def follow(following: int, due: int, silent_until: Callable[[int], int]) -> int:
    """The frame to play: `following`, the next in order, unless another is due and it is silent.

    `silent_until(frame)` is the first frame from `frame` on at which something sounds. Nothing
    that sounds is left out or played twice.
    """
    if abs(due - following) <= LIMIT:
        return following
    if due > following:
        return min(due, silent_until(following))
    return due if silent_until(due) >= following else following
