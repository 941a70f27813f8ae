"""Counts days on the local calendar. When the clocks change, a day has 23 or 25 hours.

Moments are seconds since 1970. Lengths in hours need no calendar: there they are only added.
"""

from datetime import datetime, timedelta

_FIRST, _LAST = 172_800.0, 32_503_680_000.0
"""The moments from 1970 to the year 3000, which every system can convert to local time."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day_began(at: float, later: int = 0) -> float:
    """Return when the local day of `at` began, or the day that is `later` days after it."""
    day = _local(at) + timedelta(days=later)
    return datetime(day.year, day.month, day.day).timestamp()


def days_after(at: float, days: int) -> float:
    """Return the moment with the same local time `days` days later.

    If the clocks show that time twice, this is the second time. If they skip it, this is later by
    as much as the clocks were put forward.
    """
    then = _local(at) + timedelta(days=days)
    return max(then.timestamp(), then.replace(fold=1).timestamp())


def day_words(at: float, now: float) -> str:
    """Return the day of a moment, such as `25 November`, with the year if it is not this year."""
    day, today = _local(at), _local(now)
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def months_after(at: float, months: int) -> float:
    """Return the moment with the same local time `months` months later, or earlier if negative.

    If that month has no such day, it is the first day of the month after it: 31 August and six
    months is 1 March. So a length in months is never too short.
    """
    day = _local(at)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = day.replace(year=year, month=month + 1, day=1)
    later = first + timedelta(days=day.day - 1)
    if later.month != first.month:
        later = (first + timedelta(days=31)).replace(day=1)
    return days_after(later.timestamp(), 0)


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(min(max(at, _FIRST), _LAST)).replace(fold=0)
