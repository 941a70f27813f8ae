"""Draws words and numbers in large dots, readable from three metres away."""

from collections.abc import Mapping
from functools import lru_cache

from player.base.text import safe

ROWS = 7
LARGEST = 6

# Glyphs of five by seven dots. Each number is a row; its highest bit is the dot on the left.
_WIDE: Mapping[str, str] = {
    "0": "0E 11 11 11 11 11 0E", "1": "04 0C 04 04 04 04 0E", "2": "0E 11 01 02 04 08 1F",
    "3": "1F 02 04 02 01 11 0E", "4": "02 06 0A 12 1F 02 02", "5": "1F 10 1E 01 01 11 0E",
    "6": "06 08 10 1E 11 11 0E", "7": "1F 01 02 04 08 08 08", "8": "0E 11 11 0E 11 11 0E",
    "9": "0E 11 11 0F 01 02 0C", "A": "0E 11 11 11 1F 11 11", "B": "1E 11 11 1E 11 11 1E",
    "C": "0E 11 10 10 10 11 0E", "D": "1C 12 11 11 11 12 1C", "E": "1F 10 10 1E 10 10 1F",
    "F": "1F 10 10 1E 10 10 10", "G": "0E 11 10 17 11 11 0F", "H": "11 11 11 1F 11 11 11",
    "I": "0E 04 04 04 04 04 0E", "J": "07 02 02 02 02 12 0C", "K": "11 12 14 18 14 12 11",
    "L": "10 10 10 10 10 10 1F", "M": "11 1B 15 15 11 11 11", "N": "11 11 19 15 13 11 11",
    "O": "0E 11 11 11 11 11 0E", "P": "1E 11 11 1E 10 10 10", "Q": "0E 11 11 11 15 12 0D",
    "R": "1E 11 11 1E 14 12 11", "S": "0F 10 10 0E 01 01 1E", "T": "1F 04 04 04 04 04 04",
    "U": "11 11 11 11 11 11 0E", "V": "11 11 11 11 11 0A 04", "W": "11 11 11 15 15 15 0A",
    "X": "11 11 0A 04 0A 11 11", "Y": "11 11 11 0A 04 04 04", "Z": "1F 01 02 04 08 10 1F",
    "-": "00 00 00 1F 00 00 00",
}  # fmt: skip
_NARROW: Mapping[str, tuple[str, int]] = {":": ("0 1 1 0 1 1 0", 1), " ": ("0 0 0 0 0 0 0", 2)}
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@lru_cache(maxsize=256)
def big(text: str, width: int, height: int) -> tuple[str, ...]:
    """Return the rows of `text`, as large as `width` cells and `height` rows allow.

    Each dot is `k` cells wide and `k` half rows high. If the smallest size does not fit, or a
    character has no glyph, the result is plain text.
    """
    dots = _dots(text)
    if dots:
        for k in range(LARGEST, 0, -1):
            if len(dots[0]) * k <= width and (ROWS * k + 1) // 2 <= height:
                return tuple(_drawn(dots, k))
    return (safe(text),)


def _dots(text: str) -> list[list[bool]] | None:
    """Return the dots of a text row by row, or None if a character has no glyph."""
    rows: list[list[bool]] = [[] for _ in range(ROWS)]
    for place, char in enumerate(text):
        glyph, columns = _NARROW.get(char, (_WIDE.get(char, ""), 5))
        if not glyph:
            return None
        for row, bits in zip(rows, glyph.split(), strict=True):
            dots = [int(bits, 16) >> column & 1 == 1 for column in reversed(range(columns))]
            row.extend([False, *dots] if place else dots)
    return rows if text else None


def _drawn(dots: list[list[bool]], k: int) -> list[str]:
    tall = [[dot for dot in row for _ in range(k)] for row in dots for _ in range(k)]
    if len(tall) % 2:
        tall.append([False] * len(tall[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(tall[::2], tall[1::2], strict=True)
    ]
