"""Which word a misspelt one can only have been meant as."""

from collections.abc import Collection

_LONG = 8
"""From so many letters on two slips still leave no doubt."""


def meant(word: str, known: Collection[str], is_id: bool = False) -> str:
    """The only known word within a slip (two, in a long word) of this one, or an empty string.

    A slip is a letter too many, too few, wrong, or swapped with the next. Case, `_` and `-` don't
    count. In an id one slip is the most: `calf-wall` and `calf-roll` are two apart.
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
    """The slips from one word to the other; more than `most` where there are more."""
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
