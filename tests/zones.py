"""Time zones in which the clocks change, and moments near a change."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st

needs_zones = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone can't be set here")

CHANGES = {
    "Europe/Berlin": [datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 1)],
    "America/New_York": [datetime(2026, 3, 8, 7), datetime(2026, 11, 1, 6)],
    "Australia/Lord_Howe": [datetime(2026, 4, 4, 15), datetime(2026, 10, 3, 15, 30)],
    "America/Havana": [datetime(2026, 3, 8, 5), datetime(2026, 11, 1, 5)],  # at midnight
    "Africa/Cairo": [datetime(2026, 4, 23, 22), datetime(2026, 10, 29, 21)],  # at midnight
    "Asia/Kolkata": [datetime(2026, 3, 29, 1)],  # never changes
}
"""When the clocks change in each zone, in UTC."""
MOMENTS = [(zone, change) for zone, changes in CHANGES.items() for change in changes]


@contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Run the block in this time zone."""
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = zone
        time.tzset()
        yield
    finally:
        os.environ.pop("TZ", None) if before is None else os.environ.update(TZ=before)
        time.tzset()


near_a_change = st.tuples(st.sampled_from(MOMENTS), st.integers(-96 * 60, 96 * 60)).map(
    lambda drawn: (drawn[0][0], drawn[0][1].replace(tzinfo=UTC) + timedelta(minutes=drawn[1]))
)
"""A zone, and a moment within four days of a change of its clocks."""
