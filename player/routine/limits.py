"""The largest routine that the program accepts, and the longest time on one place of the body.

The check refuses files that exceed the times on a place. In a session, no key can exceed them.
"""

DAY_MS = 24 * 3_600_000
"""The longest time and the longest session."""
MAX_SEGMENTS = 20_000
MAX_SETS = 100
"""Also the limit for rounds and cycles."""
MAX_COUNT = 1_000

COLD_MS = 15 * 60_000
"""On one place. Cold comes off after 10 minutes, and after 15 at most."""
HEAT_MS = 20 * 60_000
EARLY_CARE_MS = 30 * 60_000
"""Raised or wrapped in one go."""
ROLLING_MS = 5 * 60_000
"""On a muscle of one side in a session."""
SPOT_MS = 90_000
"""Pressing one spot."""
DEEP_PRESSURE_MS = 120_000
"""On one side."""
STRETCH_MS = 180_000
"""One hold."""
CONTRACTION_MS = 15_000
"""One contraction against resistance."""
