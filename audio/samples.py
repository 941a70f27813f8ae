"""What sound is made of before a device takes it."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Amplitudes from -1 to 1, at 48 kHz: one channel [n], or two [n, 2]."""
