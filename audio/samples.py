"""What sound is made of before a device takes it."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Amplitudes from -1 to 1, at 48 kHz: one channel [n], or two [n, 2]."""

SixteenBits = NDArray[np.int16]

_FULL = 32_767


def sixteen_bits(samples: Samples) -> SixteenBits:
    """As a device takes them, and a file. `samples` is used up."""
    samples *= _FULL
    return samples.astype(np.int16)
