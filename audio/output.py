"""Makes the next frames for a device: the session's sound at its position, without clicks.

A chime that has begun is heard to its end, even if the session jumps; only a stop cuts it off.
Words stop when the session jumps away from them. So a sound that has begun plays by itself, and
the position of the session decides only what begins.

It runs on the device's thread. It shares only the immutable `Run` with other threads.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from audio.follower import DeviceClock, follow
from audio.frames import BYTES_A_FRAME, frame_of
from audio.mixer import LATEST, LOUDEST, Mixer, PlacedSound, mixed
from audio.samples import Samples, sixteen_bits

FADE_FRAMES = frame_of(20)

_REMEMBERED = 16
"""How many of the last pieces are remembered, so that a jump does not begin them again."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The session runs: at the clock's time `at` (ms) its position was `position` (ms)."""

    mixer: Mixer
    position: int
    at: int
    stops: int = 0
    """How often the session has stopped so far. A stop may be too short for a device to see."""

    @property
    def ahead(self) -> int:
        """Return the session's frame at the clock's frame 0."""
        return frame_of(self.position) - frame_of(self.at)


class _Sound:
    """A piece that has begun, or begins in `wait` frames. It plays on in order by itself."""

    def __init__(self, piece: PlacedSound, done: int, wait: int, gain: float) -> None:
        self.piece = piece
        self.done = done
        self.wait = wait
        self.gain = gain
        self.leaves = False

    @property
    def left(self) -> int:
        """The number of frames until it ends."""
        return self.wait + len(self.piece.samples) - self.done

    @property
    def is_over(self) -> bool:
        return self.left <= 0 or (self.leaves and (self.gain <= 0 or not self.done))

    def add_to(self, mono: Samples, gain: float) -> None:
        """Add the next frames to `mono`. The gain moves to `gain`, or to 0 if it fades out."""
        begin = min(self.wait, len(mono))
        self.wait -= begin
        samples = self.piece.samples[self.done : self.done + len(mono) - begin]
        self.done += len(samples)
        gains, self.gain = _gains(self.gain, 0.0 if self.leaves else gain, len(samples))
        mono[begin : begin + len(samples)] += samples * gains


class _Background:
    """Reads the background of a mixer in order, while its gain rises or falls steadily."""

    def __init__(self, mixer: Mixer, frame: int) -> None:
        self.mixer = mixer
        self.frame = frame
        self.gain = 0.0 if frame > 0 else 1.0  # the beginning of a session fades in by itself
        self.leaves = False

    def read(self, count: int, gain: float) -> Samples:
        gains, self.gain = _gains(self.gain, 0.0 if self.leaves else gain, count)
        made = self.mixer.background(self.frame, count)
        self.frame += count
        if made is None:
            return np.zeros((count, 2), np.float32)
        if isinstance(gains, np.ndarray):
            made *= gains[:, np.newaxis]
        elif gains != 1:
            made *= gains
        return made


def _gains(gain: float, towards: float, count: int) -> tuple[np.float32 | Samples, float]:
    """Return the gain of each of the next frames, and the gain after them."""
    if gain == towards:
        return np.float32(gain), gain
    steps = np.arange(1, count + 1, dtype=np.float32) / FADE_FRAMES
    if towards > gain:
        return np.minimum(gain + steps, towards), min(gain + count / FADE_FRAMES, towards)
    return np.maximum(gain - steps, towards), max(gain - count / FADE_FRAMES, towards)


class DeviceOutput:
    """Makes the bytes for the device, one turn after the other."""

    def __init__(self) -> None:
        self._device = DeviceClock()
        self._run: Run | None = None
        self._from = 0
        """The session's frame from which the present run plays."""
        self._frame = 0
        """The session's frame that comes next."""
        self._begun = 0
        """Pieces before this frame of the session do not begin any more."""
        self._sounds: list[_Sound] = []
        self._last: deque[tuple[PlacedSound, int]] = deque(maxlen=_REMEMBERED)
        """The pieces begun last, each with the clock's frame at which it is first heard."""
        self._background: _Background | None = None
        self._backgrounds: list[_Background] = []
        """The present background, and others that fade out."""

    def give(self, run: Run | None, audible: bool, now: int, count: int) -> bytes:
        """Return the next `count` frames, which the device takes at the clock's time `now` (ms)."""
        heard = self._device.takes(frame_of(now), count)
        before, self._run = self._run, run
        if before is not None and (run is None or run.stops != before.stops):
            self._stop()
            before = None
        if run is not None:
            due = heard + run.ahead
            if before is not None and before.ahead == run.ahead:
                self._go_on(run, before, due)
                pieces = run.mixer.beginning(self._begun, self._frame + count)
            else:
                self._enter(run, due, heard)
                pieces = run.mixer.lasting(due, due + count)
            for piece in pieces:
                self._begin(piece, run, heard, audible)
            self._frame += count
            self._begun = max(self._begun, self._frame)
        return self._mixed(run, audible, count)

    def _stop(self) -> None:
        """Let everything fade out."""
        for sound in self._sounds:
            sound.leaves = True
        self._change_background(None)
        self._last.clear()

    def _go_on(self, run: Run, before: Run, due: int) -> None:
        """Continue in order. What is said may have changed, or the device may have lost frames."""
        frame = follow(self._frame, due)
        if run.mixer is not before.mixer or frame != self._frame:
            self._change_background(run.mixer, frame)
        self._frame = frame

    def _enter(self, run: Run, due: int, heard: int) -> None:
        """Begin at another position. Words stop, unless they are due at the new position too."""
        self._from, self._frame, self._begun = frame_of(run.position), due, due
        for sound in self._sounds:
            piece = sound.piece
            at = heard + max(piece.first - due, 0)
            is_due = piece.first >= self._from and run.mixer.has(piece)
            if not (piece.is_chime or (is_due and self._is_heard(piece, run, at))):
                sound.leaves = True
        self._change_background(run.mixer, due)

    def _change_background(self, mixer: Mixer | None, frame: int = 0) -> None:
        """Fade the background out, and that of `mixer` in."""
        if self._background is not None:
            self._background.leaves = True
        self._background = None
        if mixer is not None and mixer.has_bed:
            self._background = _Background(mixer, frame)
            self._backgrounds.append(self._background)

    def _begin(self, piece: PlacedSound, run: Run, heard: int, audible: bool) -> None:
        """Begin a piece at its frame; if that has passed, now or not at all.

        Only words that are understood without their beginning may begin in the middle.
        """
        late = self._frame - piece.first
        wait = max(-late, 0 if piece.is_chime else self._until_said(piece))
        if self._is_heard(piece, run, heard + wait):
            return
        if piece.first >= self._from and late + wait <= piece.latest:
            if audible or not piece.is_chime:
                gain = float(piece.gain) if audible else 0.0
                self._sounds.append(_Sound(piece, 0, wait, gain))
                self._last.append((piece, heard + wait))
        elif not piece.is_whole and not wait and late < len(piece.samples):
            self._sounds.append(_Sound(piece, late, 0, 0.0))
            self._last.append((piece, heard - late))

    def _until_said(self, piece: PlacedSound) -> int:
        """Return the frames until the words before this piece have ended, as they may be late."""
        words = (s for s in self._sounds if not s.piece.is_chime and not s.leaves)
        return max((s.left for s in words if s.piece.end <= piece.first), default=0)

    def _is_heard(self, piece: PlacedSound, run: Run, at: int) -> bool:
        """Return whether a piece to begin at the clock's frame `at` has begun for an earlier run.

        The session may have jumped just over the time that a device is ahead.
        """
        earliest = frame_of(run.at) - LATEST
        return any(
            other.first == piece.first
            and other.samples is piece.samples
            and begun >= earliest
            and at - begun <= piece.latest
            for other, begun in self._last
        )

    def _mixed(self, run: Run | None, audible: bool, count: int) -> bytes:
        self._sounds = [sound for sound in self._sounds if not sound.is_over]
        self._backgrounds = [each for each in self._backgrounds if each.gain > 0 or not each.leaves]
        if count == 0 or not (self._sounds or self._backgrounds):
            return bytes(count * BYTES_A_FRAME)
        mono = np.zeros(count, np.float32)
        for sound in self._sounds:
            sound.leaves = sound.leaves or (sound.piece.is_chime and not audible)
            volume = 0.0
            if run is not None and audible:
                volumes = run.mixer.volumes
                volume = volumes.chimes if sound.piece.is_chime else volumes.voice
            sound.add_to(mono, volume)
        below: Samples | None = None
        for background in self._backgrounds:
            read = background.read(count, 1.0 if audible else 0.0)
            below = read if below is None else below + read
        mix = mixed(mono, below)
        return sixteen_bits(np.clip(mix, -LOUDEST, LOUDEST)).tobytes()
