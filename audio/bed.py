"""Loops one track as the background. The position in the session decides which part plays."""

from pathlib import Path

import numpy as np

from audio.child import GoOn, always
from audio.decode import TRACK, ClipError, Frames, read
from audio.ducking import Ducking
from audio.frames import RATE, frame_of
from audio.loudness import gain_to
from audio.samples import Samples

BED_LUFS = -28.0
_FADES_IN = frame_of(2_000)
FADES_OUT = frame_of(4_000)
_SEAM = frame_of(2_000)
_SHORTEST_S = 1
_MOST_GAIN = 4.0
"""The most amplification (12 dB). More would only raise the hiss of a nearly silent recording."""


class Bed:
    """A track that plays softly below all other sounds. It is immutable.

    It is stored as 16-bit samples, since it may last ten minutes. Its end fades into its beginning.
    """

    def __init__(self, track: Frames) -> None:
        weighed = track.astype(np.float32) / np.float32(1 << 15)
        self._gain = np.float32(min(gain_to(weighed, BED_LUFS), _MOST_GAIN) / (1 << 15))
        seam = min(_SEAM, len(track) // 4)
        self._track = track[: len(track) - seam].copy()
        if seam:
            rising = np.sqrt(np.arange(1, seam + 1) / (seam + 1))[:, np.newaxis]
            blended = track[:seam] * rising + track[-seam:] * rising[::-1]
            self._track[:seam] = np.clip(np.rint(blended), -(1 << 15), (1 << 15) - 1)
        self._track.flags.writeable = False

    def read(self, first: int, count: int) -> Samples:
        """Return the frames from `first` to `first + count` of the session, as [count, 2]."""
        made = np.zeros((count, 2), np.float32)
        done = max(min(-first, count), 0)
        while done < count:
            at = (first + done) % len(self._track)
            piece = self._track[at : at + count - done]
            made[done : done + len(piece)] = piece
            done += len(piece)
        made *= self._gain
        return made


def beneath(bed: Bed, ducking: Ducking, end: int, first: int, count: int) -> Samples:
    """Return the background as the person hears it.

    It fades in, becomes quieter while somebody speaks, and fades out after `end`. All numbers are
    frames of the session.
    """
    if first >= end + FADES_OUT:
        return np.zeros((count, 2), np.float32)
    made = bed.read(first, count)
    gains = ducking.gains(first, count)
    if gains is not None:
        made *= gains[:, np.newaxis]
    if first < _FADES_IN:
        rising = np.arange(first + 1, first + count + 1, dtype=np.float32) / _FADES_IN
        made *= np.clip(rising, 0, 1)[:, np.newaxis]
    if first + count > end:
        falling = 1 - np.arange(first - end, first - end + count, dtype=np.float32) / FADES_OUT
        made *= np.clip(falling, 0, 1)[:, np.newaxis]
    return made


def load_bed(path: Path, go_on: GoOn = always) -> Bed:
    """Read the background from a sound file. Raises ClipError.

    When `go_on` returns False, it ends at once, with a ClipError.
    """
    track = read(path, TRACK, go_on=go_on)
    if len(track) < _SHORTEST_S * RATE:
        raise ClipError(f"The sound `{path.name}` is shorter than a second, too short for a loop.")
    return Bed(track)
