"""Reads how often to do something: `2/day`, `6-7/week`, `every 2 days`."""

import re
from typing import NamedTuple

from player.document.nodes import Node, Scalar
from player.routine.fields import Fields, short


class Often(NamedTuple):
    """The highest frequency: times per day, and days per week."""

    per_day: float
    days: float


_EACH = r"([0-9]{1,3})(?:\s*-\s*([0-9]{1,3}))?\s*/\s*(day|week)"
_TIMES = rf"{_EACH}(?:\s*,\s*{_EACH})?"  # compiled on first use: few files need it
_EVERY = r"every\s+([0-9]{1,3})\s+(day|hour|week)s?"
_WORDS = {"daily": Often(1, 7), "every day": Often(1, 7), "every other day": Often(1, 3.5)}


def often_of(text: str) -> Often | None:
    """Return the numbers that `text` means; None if it is not a frequency.

    If `text` gives no days per week, it means every day.
    """
    words = text.strip().lower().replace("–", "-")
    if found := _WORDS.get(" ".join(words.split())):
        return found
    if match := re.fullmatch(_EVERY, words):
        number = max(int(match[1]), 1)
        per_day = {"hour": 24 / number, "day": 1 / number, "week": 1 / (7 * number)}[match[2]]
        return Often(max(per_day, 1), min(per_day * 7, 7))
    match = re.fullmatch(_TIMES, words)
    return _of_times(match) if match else None


def _of_times(match: re.Match[str]) -> Often:
    per = {match[3]: int(match[2] or match[1])}
    if match[6]:
        per[match[6]] = int(match[5] or match[4])
    if "week" not in per:
        return Often(per["day"], 7)
    return Often(per.get("day", max(1, -(-per["week"] // 7))), min(per["week"], 7))


def read_often(fields: Fields, key: Scalar, node: Node) -> str:
    """Read the text under `often:`. Report an error if it is not a frequency."""
    scalar = fields.scalar(node, key, "how often, such as `2/day`")
    if scalar and often_of(scalar.text) is None:
        fields.problems.error(
            "E104",
            scalar,
            f"can't read `{short(scalar.text)}` as how often",
            "examples: `2/day`, `6-7/week`, `2/day, 7/week`, `every 2 days`, `every 2 hours`",
        )
    return short(scalar.text) if scalar else ""
