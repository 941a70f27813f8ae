"""The largest routine that the program accepts."""

DAY_MS = 24 * 3_600_000
"""The longest time and the longest session."""
MAX_SEGMENTS = 20_000
MAX_SETS = 100
"""Also the limit for rounds and cycles."""
MAX_COUNT = 1_000
