"""Measures how loud people hear a sound: ITU-R BS.1770-4, in numpy.

One channel is measured as it is played: the same sound in both speakers. So a channel that is
adjusted to -18 LUFS also measures -18 LUFS in a session or an exported file.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.frames import frame_of
from audio.samples import Samples

_HOP = frame_of(100)
_HOPS_A_BLOCK = 4
"""A block lasts 400 ms, and the next block begins 100 ms later."""

_AT_ONCE = 100 * _HOP
"""A long track is measured in pieces of 10 s, which limits the memory."""

_RINGS = frame_of(200)
"""After this time the filters no longer depend on earlier samples."""

_SILENCE_LUFS = -70.0
_GATE_LU = 10.0

_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285),
          (1.0, -1.69065929318241, 0.73248077421585))  # fmt: skip
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The filters of BS.1770 for 48 kHz: the effect of the head, and weaker hearing of low notes."""


def loudness(samples: Samples) -> float:
    """Return the LUFS of samples at 48 kHz, one channel [n] or two [n, 2]; minus infinity for
    silence.

    A sound shorter than 400 ms is measured as one block, without gates.
    """
    channels = samples[:, np.newaxis] if samples.ndim == 1 else samples
    each = [list(_hops(channels[:, number])) for number in range(channels.shape[1])]
    hops = np.sum(each, axis=0) * (2 if len(each) == 1 else 1)
    if len(hops) < _HOPS_A_BLOCK:
        return _lufs(hops.sum() * _HOP / max(len(samples), 1))
    blocks = np.convolve(hops, np.full(_HOPS_A_BLOCK, 1 / _HOPS_A_BLOCK), "valid")
    audible = blocks[blocks > _power(_SILENCE_LUFS)]
    if len(audible):
        audible = audible[audible > audible.mean() * 10 ** (-_GATE_LU / 10)]
    return _lufs(audible.mean() if len(audible) else 0.0)


def gain_to(samples: Samples, lufs: float) -> float:
    """Return the factor that makes samples as loud as `lufs`; 1 for silence."""
    heard = loudness(samples)
    return float(10 ** ((lufs - heard) / 20)) if np.isfinite(heard) else 1.0


def _hops(channel: Samples) -> Iterator[float]:
    """Yield the weighted mean power of each 100 ms. Only a short clip yields a partial one."""
    short = len(channel) < _HOP * _HOPS_A_BLOCK
    whole = len(channel) if short else len(channel) // _HOP * _HOP
    for first in range(0, whole, _AT_ONCE):
        begin, end = max(first - _RINGS, 0), min(first + _AT_ONCE, whole)
        weighted = _weighted(channel[begin:end])[first - begin :]
        for hop in range(0, len(weighted), _HOP):
            yield float(np.square(weighted[hop : hop + _HOP]).sum()) / _HOP


def _weighted(channel: Samples) -> NDArray[np.float64]:
    # Leave room for the filters' ringing, which would otherwise wrap round to the start. Round up
    # to a multiple of `_HOP`: the FFT of a prime length takes ten times as long.
    length = -(-(len(channel) + _RINGS) // _HOP) * _HOP
    spectrum = np.fft.rfft(channel.astype(np.float64), length)
    for gains in _gains(length):
        spectrum *= gains
    weighted: NDArray[np.float64] = np.fft.irfft(spectrum, length)[: len(channel)]
    return weighted


@lru_cache(maxsize=1)  # the pieces of a track have the same length
def _gains(length: int) -> tuple[NDArray[Any], ...]:  # complex, but numpy's types say float
    """Return the gains of both filters at each frequency of a spectrum of `length` samples."""
    late = np.exp(-2j * np.pi * np.fft.rfftfreq(length))
    return tuple(
        np.polyval(above[::-1], late) / np.polyval(below[::-1], late)
        for above, below in (_SHELF, _HIGH_PASS)
    )


def _lufs(power: float) -> float:
    return float(10 * np.log10(power) - 0.691) if power > 0 else float("-inf")


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
