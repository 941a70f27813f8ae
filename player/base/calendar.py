"""Counts days on the local calendar. When the clocks change, a day has 23 or 25 hours.

Moments are seconds since 1970. Lengths in hours need no calendar: there they are only added.
"""

from datetime import datetime, timedelta

_FIRST, _LAST = 172_800.0, 32_503_680_000.0
"""The moments from 1970 to the year 3000, which every system can put on its calendar."""


def day_began(at: float, later: int = 0) -> float:
    """When the local day of `at` began, or the day so many days later."""
    day = _local(at) + timedelta(days=later)
    return datetime(day.year, day.month, day.day).timestamp()


def days_after(at: float, days: int) -> float:
    """The moment with the same local time so many days later.

    If the clocks show that time twice, it is the second time. If they leave it out, it is as much
    later as they were put forward.
    """
    then = _local(at) + timedelta(days=days)
    return max(then.timestamp(), then.replace(fold=1).timestamp())


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(min(max(at, _FIRST), _LAST)).replace(fold=0)
