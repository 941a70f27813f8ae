"""Finds the only word that a misspelt word can mean."""

from collections.abc import Collection

_LONG = 8
"""A word of at least this length is unambiguous even with two slips."""


def meant(word: str, known: Collection[str], is_id: bool = False) -> str:
    """Return the only known word within one slip (two in a long word), or an empty string.

    A slip is an extra, missing or wrong letter, or two swapped neighbours. Case, `_` and `-` do not
    count. An id allows only one slip, because `calf-wall` and `calf-roll` are two slips apart.
    """
    mine = _plain(word)
    if len(mine) < 3 or len(mine) > 60:
        return ""
    most = 1 if is_id or len(mine) < _LONG else 2
    near = {other for other in known if _slips(mine, _plain(other), most) <= most}
    return near.pop() if len(near) == 1 else ""


def _plain(word: str) -> str:
    return word.strip().lower().replace("_", "-")


def _slips(one: str, other: str, most: int) -> int:
    """The number of slips between two words; a number above `most` if there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
