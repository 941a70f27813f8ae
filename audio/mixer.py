"""The sound of a session by its position: ask for frames, get exactly those."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from audio.cue import Cue, CueKind, CueSheet
from audio.frames import frame_of
from audio.tones import Samples, chimes

LOUDEST = 0.891
"""No sample is ever larger: -1 dBFS."""

NEVER = 1 << 62
"""A frame that no session reaches."""

_BENDS_FROM = 0.6
"""Quieter samples are left as they are; louder ones are bent softly towards `LOUDEST`."""

_MOST_TELLING = (
    CueKind.END,
    CueKind.START,
    CueKind.SWITCH,
    CueKind.HALF,
    CueKind.COUNT,
    CueKind.WAIT,
    CueKind.NEXT,
)
"""Of cues at the same moment only the first of this order sounds: two chimes at once are mush."""


class _Piece(NamedTuple):
    """Samples of one channel that begin at frame `first` of the session."""

    first: int
    samples: Samples


class Mixer:
    """Everything that sounds in a session. It never changes, so any thread may read it."""

    def __init__(self, sheet: CueSheet) -> None:
        self._pieces = _pieces(sheet.cues)
        self._firsts = [piece.first for piece in self._pieces]
        self._longest = max((len(piece.samples) for piece in self._pieces), default=0)
        self._begins, self._ends = _stretches(self._pieces)

    def read(self, first: int, count: int) -> Samples:
        """Frames `first` up to `first + count` of the session, as [count, 2]."""
        mono = np.zeros(count, np.float32)
        index = bisect_right(self._firsts, first - self._longest)
        while index < len(self._pieces) and self._firsts[index] < first + count:
            start, samples = self._pieces[index]
            begin, end = max(start, first), min(start + len(samples), first + count)
            if begin < end:
                mono[begin - first : end - first] += samples[begin - start : end - start]
            index += 1
        return np.repeat(bounded(mono)[:, np.newaxis], 2, axis=1)

    def silent_until(self, frame: int) -> int:
        """The first frame from `frame` on at which something sounds, `frame` itself included."""
        index = bisect_right(self._ends, frame)
        return max(self._begins[index], frame) if index < len(self._ends) else NEVER

    def next_onset(self, frame: int) -> int:
        """The first frame from `frame` on at which a sound begins, `frame` itself included."""
        index = bisect_left(self._firsts, frame)
        return self._firsts[index] if index < len(self._firsts) else NEVER


def bounded(samples: Samples) -> Samples:
    """The same samples, none beyond `LOUDEST`.

    Each is bent for itself, and by exactly rounded arithmetic only, so that it does not matter
    in which block a sample is asked for.
    """
    if len(samples) == 0 or np.abs(samples).max() <= _BENDS_FROM:
        return samples
    room = LOUDEST - _BENDS_FROM
    over = np.maximum(np.abs(samples) - _BENDS_FROM, 0)
    bent = np.copysign(_BENDS_FROM + room * over / (room + over), samples)
    return np.where(over > 0, bent, samples).astype(np.float32)


def _pieces(cues: Sequence[Cue]) -> list[_Piece]:
    told: dict[int, CueKind] = {}
    for cue in cues:
        if cue.kind in _MOST_TELLING:
            other = told.get(cue.at, cue.kind)
            told[cue.at] = min(cue.kind, other, key=_MOST_TELLING.index)
    return [_Piece(frame_of(at), chimes()[told[at]]) for at in sorted(told)]


def _stretches(pieces: list[_Piece]) -> tuple[list[int], list[int]]:
    """Where sound begins and ends, with what overlaps taken together."""
    begins: list[int] = []
    ends: list[int] = []
    for piece in pieces:
        end = piece.first + len(piece.samples)
        if ends and piece.first <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            begins.append(piece.first)
            ends.append(end)
    return begins, ends
