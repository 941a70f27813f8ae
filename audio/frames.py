"""What a frame is: one sample of each of two channels, 48,000 times a second."""

RATE = 48_000
BYTES_A_FRAME = 4
"""As a device takes it: 16 bits of each channel."""


def frame_of(ms: int) -> int:
    """The frame at a session position, or at a time of a clock."""
    return ms * RATE // 1_000
