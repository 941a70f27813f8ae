"""A clock that tests set, a device without hardware, and a sound card with a buffer."""

from collections.abc import Callable

import numpy as np

from audio.cue import Cue, CueKind, CueSheet
from audio.device import Pull
from audio.frames import frame_of
from audio.samples import Samples

PERIOD = frame_of(100)


def sheet(*cues: tuple[int, CueKind]) -> CueSheet:
    return CueSheet(tuple(Cue(at, kind, "") for at, kind in sorted(cues)))


def amplitudes(given: bytes) -> Samples:
    """Return the left channel of the bytes that a device got."""
    left = np.frombuffer(given, np.int16)[::2]
    return left.astype(np.float32) / np.float32(32_767)


def loudest(samples: Samples) -> float:
    return float(np.abs(samples).max(initial=0))


class Clock:
    """A clock that only moves when a test moves it."""

    def __init__(self, now: int = 5_000_000) -> None:
        self.at = now

    def now(self) -> int:
        return self.at


class FakeDevice:
    """A device that requests frames only when a test calls `turn`."""

    def __init__(self) -> None:
        self.closed = 0
        self._pull: Pull | None = None

    def opened(self, pull: Pull) -> "FakeDevice":
        self._pull = pull
        return self

    def close(self) -> None:
        self.closed += 1

    def turn(self, count: int = PERIOD) -> Samples:
        assert self._pull is not None
        given = self._pull(count)
        assert len(given) == count * 4
        return amplitudes(given)


class Card:
    """A sound card with a buffer, a clock of its own, and sometimes a late answer.

    It requests 100 ms whenever its buffer of 260 ms has room for them. So it holds about 160 ms
    that are not heard yet, as measured with PulseAudio. `ppm` is how much too fast its clock runs.
    """

    BUFFER = frame_of(260)

    def __init__(self, clock: Clock, give: Callable[[int], bytes], ppm: int = 0) -> None:
        self._clock = clock
        self._give = give
        self._ppm = ppm
        self._ahead = np.zeros(0, np.float32)
        self._owed = 0
        self._blocks: list[Samples] = []
        self._since = [0]

    def run(self, ms: int, answers: bool = True) -> None:
        """Let time pass. Without answers the card gets no frames and may run dry."""
        for _ in range(ms):
            while answers and len(self._ahead) + PERIOD <= self.BUFFER:
                self._ahead = np.concatenate((self._ahead, amplitudes(self._give(PERIOD))))
            self._owed += 48 * (1_000_000 + self._ppm)
            count, self._owed = divmod(self._owed, 1_000_000)
            heard, self._ahead = self._ahead[:count], self._ahead[count:]
            self._blocks.append(np.pad(heard, (0, count - len(heard))))
            self._since.append(self._since[-1] + count)
            self._clock.at += 1

    def heard(self) -> Samples:
        return np.concatenate(self._blocks)

    def onsets(self, gap_ms: int = 150) -> list[float]:
        """Return when each chime became audible, in ms since the card was opened."""
        loud = np.flatnonzero(np.abs(self.heard()) > 0.01)
        begins = loud[np.diff(loud, prepend=-frame_of(gap_ms) * 2) > frame_of(gap_ms)]
        return [float(ms) for ms in np.interp(begins, self._since, range(len(self._since)))]
