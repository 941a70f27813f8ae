"""The types of sound samples, before and after their conversion for a device."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Amplitudes from -1 to 1 at 48 kHz: one channel [n], or two [n, 2]."""

SixteenBits = NDArray[np.int16]

_FULL = 32_767


def sixteen_bits(samples: Samples) -> SixteenBits:
    """Convert samples to the format of devices and files. This overwrites `samples`."""
    samples *= _FULL
    return samples.astype(np.int16)
