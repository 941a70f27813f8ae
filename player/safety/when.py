"""The answers to "When was it?" and the latest moment that each allows (section 2c)."""

from collections.abc import Sequence
from typing import NamedTuple

from player.base.calendar import days_after
from player.safety.matrix import Length
from player.safety.prompts import Choice

LONGER, NOT_SURE = "l", "u"


class _Range(NamedTuple):
    """One answer. `from_` is how long ago it was at the least; None for today."""

    key: str
    say: str
    from_: Length | None


_RANGES = {
    "weeks": (
        _Range("0", "Today or yesterday", None),
        _Range("1", "2 to 6 days ago", Length(2, "d")),
        _Range("2", "1 to 2 weeks ago", Length(1, "w")),
        _Range("3", "2 to 4 weeks ago", Length(2, "w")),
        _Range("4", "4 to 6 weeks ago", Length(4, "w")),
        _Range("5", "6 to 8 weeks ago", Length(6, "w")),
        _Range("6", "8 to 12 weeks ago", Length(8, "w")),
    ),
    "months": (
        _Range("0", "In the last month", None),
        _Range("1", "1 to 2 months ago", Length(1, "m")),
        _Range("2", "2 to 3 months ago", Length(2, "m")),
        _Range("3", "3 to 4 months ago", Length(3, "m")),
        _Range("4", "4 to 6 months ago", Length(4, "m")),
        _Range("5", "6 to 9 months ago", Length(6, "m")),
        _Range("6", "9 to 12 months ago", Length(9, "m")),
    ),
}
_UNITS = {"w": "weeks", "m": "months"}


def unit_of(length: Length) -> str:
    """Whether the day of something that lasts this long is asked in weeks or months."""
    return "months" if length.unit == "m" else "weeks"


def choices_of(
    unit: str, lasts: Length, not_sure: str, also: Sequence[Choice] = ()
) -> list[Choice]:
    """The answers for something that ends after `lasts`: only those that matter."""
    ranges = [r for r in _RANGES[unit] if not r.from_ or r.from_.most_days < lasts.most_days]
    longer = f"More than {lasts.number} {_UNITS[lasts.unit]} ago"
    return [
        *(Choice(r.key, r.say) for r in ranges),
        Choice(LONGER, longer),
        *also,
        Choice(NOT_SURE, f"Not sure (counts as {not_sure})"),
    ]


def latest_moment(unit: str, key: str, lasts: Length, now: float) -> float:
    """The latest moment that an answer other than "not sure" allows."""
    if key == LONGER:
        return days_after(lasts.before(now), -1)
    from_ = next(r.from_ for r in _RANGES[unit] if r.key == key)
    return from_.before(now) if from_ else now
