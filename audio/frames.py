"""Converts times to frames. A frame is one sample of each of two channels, at 48,000 Hz."""

RATE = 48_000
BYTES_A_FRAME = 4
"""In the format of a device: 16 bits for each channel."""


def frame_of(ms: int) -> int:
    """Return the frame at a time in ms."""
    return ms * RATE // 1_000
