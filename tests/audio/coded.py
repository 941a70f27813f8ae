"""Chimes made of numbers. They show which chimes a device received, even if chimes overlap."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from audio.cue import CueKind
from audio.samples import Samples
from audio.tones import chimes

_KINDS = (
    CueKind.COUNT, CueKind.START, CueKind.NEXT, CueKind.SWITCH, CueKind.HALF, CueKind.WAIT,
    CueKind.END,
)  # fmt: skip
"""The kinds with a chime. The rarest have the largest numbers, so that no sum is too loud."""

_UNIT = 2
"""A sample is truncated to an integer, so an odd value counts as the even value above it."""

LENGTHS = {kind: len(samples) for kind, samples in chimes().items()}


def _code(kind: CueKind) -> int:
    """Return the number of a kind. Up to three chimes of each kind may overlap."""
    return _UNIT << 2 * _KINDS.index(kind)


def coded_chimes() -> Mapping[CueKind, Samples]:
    """Return chimes as long as the real ones. Every sample of a chime is the chime's number."""
    made = {}
    for kind, length in LENGTHS.items():
        made[kind] = np.full(length, _code(kind) / 32_767, np.float32)
        made[kind].flags.writeable = False
    return made


class Rung(NamedTuple):
    """A chime that a device received, from frame `first` up to `end`."""

    kind: CueKind
    first: int
    end: int

    @property
    def is_whole(self) -> bool:
        return self.end - self.first == LENGTHS[self.kind]


def rung(given: bytes) -> list[Rung]:
    """Return the chimes in the bytes that a device received. A chime that was cut ends early."""
    left = np.frombuffer(given, np.int16)[::2]
    places = np.flatnonzero(np.diff(left, prepend=0, append=0))  # chimes begin or end only here
    after = np.append(left, np.int16(0))[places].astype(np.int64)
    codes = (after + _UNIT - 1) // _UNIT
    found: list[Rung] = []
    for place, kind in enumerate(_KINDS):
        steps = np.diff(codes >> 2 * place & 3, prepend=0)
        begins, ends = (np.repeat(places, np.maximum(way, 0)).tolist() for way in (steps, -steps))
        for begin, end in zip(begins, ends, strict=True):
            found += _one_by_one(Rung(kind, begin, end))
    return sorted(found, key=lambda each: each.first)


def _one_by_one(given: Rung) -> list[Rung]:
    """Return the chimes of one kind that follow each other without a pause."""
    length = LENGTHS[given.kind]
    if (given.end - given.first) % length:
        return [given]
    return [Rung(given.kind, at, at + length) for at in range(given.first, given.end, length)]
