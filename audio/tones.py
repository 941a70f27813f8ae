"""Makes the chimes: bell-like notes of a few sines that die away.

A chime begins with its first sample, so that a cue is heard exactly at its time. It rises within a
few milliseconds, so that it does not startle a person with closed eyes.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audio.cue import CueKind
from audio.frames import RATE, frame_of
from audio.loudness import gain_to
from audio.samples import Samples

__all__ = ["Samples", "chimes"]

CHIME_LUFS = -20.0
TICK_LUFS = -24.0

_ATTACK_MS = 3
_RELEASE_MS = 10
_FALLS_BY = 6.9
"""A note falls by this many time constants (60 dB) over its length."""


class _Partial(NamedTuple):
    ratio: float
    level: float
    lasts: float
    """As a share of the note. The high partials of a bell die away first."""


_BELL = (
    _Partial(1.0, 1.0, 1.0),
    _Partial(1.003, 0.3, 0.9),  # slow beats with the first partial, which sound warm
    _Partial(2.0, 0.3, 0.55),
    _Partial(3.0, 0.1, 0.35),
    _Partial(4.2, 0.04, 0.2),
)
_WOOD = (_Partial(1.0, 1.0, 1.0), _Partial(2.0, 0.15, 0.4))


class _Note(NamedTuple):
    """A note of `hertz` that begins `at` ms after its chime and lasts `ms`."""

    hertz: float
    ms: int
    at: int = 0
    timbre: tuple[_Partial, ...] = _BELL


class _Chime(NamedTuple):
    lufs: float
    notes: tuple[_Note, ...]


_D4, _E4, _G4, _A4 = 293.66, 329.63, 392.00, 440.00
_C5, _D5, _E5, _G5 = 523.25, 587.33, 659.26, 783.99

_CHIMES = {
    CueKind.START: _Chime(CHIME_LUFS, (_Note(_D5, 1_400),)),
    CueKind.HALF: _Chime(CHIME_LUFS, (_Note(_G5, 900),)),
    CueKind.COUNT: _Chime(TICK_LUFS, (_Note(_G4, 160, timbre=_WOOD),)),
    CueKind.SWITCH: _Chime(CHIME_LUFS, (_Note(_E5, 500), _Note(_A4, 900, at=240))),
    CueKind.NEXT: _Chime(CHIME_LUFS - 0.8, (_Note(_E4, 800),)),
    CueKind.WAIT: _Chime(CHIME_LUFS, (_Note(_D4, 500), _Note(_G4, 900, at=260))),
    CueKind.END: _Chime(
        CHIME_LUFS, (_Note(_G5, 900), _Note(_E5, 1_100, 300), _Note(_C5, 1_700, 600))
    ),
}


@cache
def chimes() -> Mapping[CueKind, Samples]:
    """Return the chime of each kind of cue that has one: one channel, read-only."""
    return MappingProxyType({kind: _chime(chime) for kind, chime in _CHIMES.items()})


def _chime(chime: _Chime) -> Samples:
    length = frame_of(max(note.at + note.ms for note in chime.notes))
    samples = np.zeros(length, np.float64)
    for note in chime.notes:
        first = frame_of(note.at)
        struck = _struck(note)
        samples[first : first + len(struck)] += struck
    made = samples.astype(np.float32)
    made *= np.float32(gain_to(made, chime.lufs))
    made.flags.writeable = False
    return made


def _struck(note: _Note) -> NDArray[np.float64]:
    length = frame_of(note.ms)
    seconds = np.arange(1, length + 1) / RATE  # from 1, so that the first sample is not silent
    wave = np.zeros(length)
    for partial in note.timbre:
        falling = np.exp(-_FALLS_BY * seconds / (partial.lasts * note.ms / 1_000))
        wave += partial.level * falling * np.sin(2 * np.pi * note.hertz * partial.ratio * seconds)
    attack, release = frame_of(_ATTACK_MS), frame_of(_RELEASE_MS)
    wave[:attack] *= np.arange(1, attack + 1) / attack
    wave[-release:] *= np.arange(release, 0, -1) / release
    return wave
