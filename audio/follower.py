"""Chooses the next frame to play, so that the sound follows the session's clock.

A device takes frames before they are heard. How long before is known only from the times of its
requests. After one late answer the device runs dry, and all later sound is late. A crystal that is
off by 100 ppm is off by 120 ms after twenty minutes. So each turn reads the clock, and corrects any
difference for the sounds that begin from then on.

All numbers are frames, including those of the clock.
"""

from collections import deque

from audio.frames import frame_of

TURNS = 8
"""The best of this many turns shows the state of the device; a single late turn shows nothing."""

LIMIT = frame_of(3)
"""A smaller difference is ignored, since the turns come unevenly."""


class DeviceClock:
    """Computes when the frames that a device takes are heard.

    The first frames count as heard at once. The first turns show the lead: how far ahead of the
    sound the device takes frames. If the best lead changes later, the device has run dry, or its
    crystal is inaccurate.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._zero: int | None = None  # the time of frame 0, as if nothing had been lost
        self._lead: int | None = None
        self._ahead: deque[int] = deque(maxlen=TURNS)

    def takes(self, now: int, count: int) -> int:
        """Record that the device takes `count` frames at `now`. Return when they begin to sound."""
        if self._zero is None or self._zero + self._taken < now - count:
            # This is the first turn, or it comes more than its own length too late. Then the device
            # has stopped, and there is no need to wait for more turns to be sure.
            self._zero = now - self._taken
            self._ahead.clear()
        if self._lead is None and self._ahead and self._taken - now > max(self._ahead) + LIMIT:
            self._ahead.clear()  # the device still fills its buffer
        self._ahead.append(self._taken - now)
        if len(self._ahead) == TURNS:
            best = max(self._ahead)
            if self._lead is None:
                self._lead = self._zero + best
            self._zero = self._lead - best
        heard = self._zero + self._taken
        self._taken += count
        return heard


def follow(following: int, due: int) -> int:
    """Return the next frame to play: `following`, or `due` if the two are too far apart."""
    return following if abs(due - following) <= LIMIT else due
