"""Makes the next frames for a device: the session's sound at its position, without clicks.

It runs on the device's thread. It shares only the immutable `Run` with other threads.
"""

from dataclasses import dataclass

import numpy as np

from audio.follower import DeviceClock, follow
from audio.frames import BYTES_A_FRAME, frame_of
from audio.mixer import LOUDEST, Mixer
from audio.samples import Samples, sixteen_bits

FADE_FRAMES = frame_of(20)

LATEST = frame_of(300)
"""The most that a chime may be late. After that it would mislead, so it is left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The session runs: at the clock's time `at` (ms) its position was `position` (ms)."""

    mixer: Mixer
    position: int
    at: int
    continues: bool = False
    """Only the sounds have changed: a sound that has begun is neither cut nor started again."""


class _Voice:
    """Reads a mixer in order, while its gain rises or falls steadily."""

    def __init__(self, mixer: Mixer, frame: int, gain: float) -> None:
        self.mixer = mixer
        self.frame = frame
        self.gain = gain

    def add_to(self, mix: Samples, towards: float) -> None:
        """Add the next frames to `mix` and move the gain towards 0 or 1."""
        count = len(mix)
        if self.gain != towards:
            slope = np.arange(1, count + 1, dtype=np.float32) / FADE_FRAMES
            gains = self.gain + (slope if towards > self.gain else -slope)
            np.clip(gains, 0, 1, out=gains)
            mix += self.mixer.read(self.frame, count) * gains[:, np.newaxis]
            self.gain = float(gains[-1])
        elif self.gain > 0 and self._sounds(count):
            mix += self.mixer.read(self.frame, count)
        self.frame += count

    def _sounds(self, count: int) -> bool:
        return self.mixer.has_bed or self.mixer.silent_until(self.frame) < self.frame + count


class DeviceOutput:
    """Makes the bytes for the device, one turn after the other."""

    def __init__(self) -> None:
        self._device = DeviceClock()
        self._run: Run | None = None
        self._voice: _Voice | None = None
        self._leaving: list[_Voice] = []

    def give(self, run: Run | None, audible: bool, now: int, count: int) -> bytes:
        """Return the next `count` frames, which the device takes at the clock's time `now` (ms)."""
        heard = self._device.takes(frame_of(now), count)
        gain = 1.0 if audible else 0.0
        if run is not self._run and self._voice is not None:
            self._leaving.append(self._voice)
            frame = self._voice.frame
            self._voice = _Voice(run.mixer, frame, 0.0) if run and run.continues else None
        self._run = run
        if run is not None:
            self._place(run, _due(run, heard), gain)
        if count == 0 or (self._voice is None and not self._leaving):
            return bytes(count * BYTES_A_FRAME)
        mix = np.zeros((count, 2), np.float32)
        for leaving in self._leaving:
            leaving.add_to(mix, 0.0)
        self._leaving = [leaving for leaving in self._leaving if leaving.gain > 0]
        if self._voice is not None:
            self._voice.add_to(mix, gain)
        np.clip(mix, -LOUDEST, LOUDEST, out=mix)
        return sixteen_bits(mix).tobytes()

    def _place(self, run: Run, due: int, gain: float) -> None:
        """Move the voice to the frame that is due, or start it again if the device stopped for too
        long.

        If the background jumps, the old place fades out while the new one fades in.
        """
        voice = self._voice
        if voice is None or due - voice.frame > LATEST:
            self._voice = _entering(run, due, gain)
            return
        frame = follow(voice.frame, due, run.mixer.silent_until)
        if frame == voice.frame:
            return
        if run.mixer.has_bed and run.mixer.silent_until(frame) >= frame + FADE_FRAMES:
            self._leaving.append(voice)
            self._voice = _Voice(run.mixer, frame, 0.0)
        else:
            voice.frame = frame


def _due(run: Run, heard: int) -> int:
    """Return the session's frame at the clock's frame `heard`."""
    return frame_of(run.position) + heard - frame_of(run.at)


def _entering(run: Run, due: int, gain: float) -> _Voice:
    """Start at the frame that is due.

    A chime that began too late for any device to play in time is still played from its start. A
    sound that has already begun fades in.
    """
    first = max(frame_of(run.position), due - LATEST)
    frame = min(due, run.mixer.next_onset(first))
    sounding = run.mixer.has_bed or run.mixer.silent_until(frame - 1) < frame
    amid = sounding and run.mixer.next_onset(frame) != frame
    return _Voice(run.mixer, frame, 0.0 if amid else gain)
