"""How often a file says that something is done, as numbers."""

import re
from typing import NamedTuple


class Often(NamedTuple):
    """How often, at its most: times a day, days a week, hours between."""

    per_day: float
    days: float


_EACH = re.compile(r"(\d+)\s*(?:-\s*(\d+)\s*)?/\s*(day|week)")
_EVERY = re.compile(r"every\s+(\d+)\s+(day|hour|week)")


def often_of(text: str) -> Often | None:
    """`often` as numbers. Without a number of days a week, it is every day."""
    words = text.strip().lower().replace("–", "-")
    if words in {"daily", "every day"}:
        return Often(1, 7)
    if words == "every other day":
        return Often(1, 3.5)
    if match := _EVERY.match(words):
        number = max(int(match[1]), 1)
        per_day = {"hour": 24 / number, "day": 1 / number, "week": 1 / (7 * number)}[match[2]]
        return Often(max(per_day, 1), min(per_day * 7, 7))
    per = {match[3]: int(match[2] or match[1]) for match in _EACH.finditer(words)}
    if not per:
        return None
    if "week" not in per:
        return Often(per["day"], 7)
    days = min(per["week"], 7)
    return Often(per.get("day", max(1, -(-per["week"] // 7))), days)
