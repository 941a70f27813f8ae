"""Names a working muscle and draws a line to it, so that no colour is needed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from player.base.text import width
from player.figures.shapes import Ink

Cells = list[list[str]]
Inks = list[list[Ink | None]]

_REACH = 8
"""The search for marked cells reaches 1/8 of the rows up and down, and twice as many columns."""

_THROUGH = 4
"""A cell of the line that passes behind a limb costs as much as this many free cells."""


class _Way(NamedTuple):
    """A place for the name, and the cells from it to the muscle; the last is next to the muscle."""

    cost: float
    row: int
    column: int
    line: tuple[tuple[int, int], ...]
    ends: str


def point(cells: Cells, inks: Inks, name: str, at: tuple[float, float]) -> None:
    """Write `name` at the free place nearest to the marked cells around `at` (column, row).

    The name covers nothing. If there is no free place, it is not written.
    """
    across, down = at
    reach = max(len(cells) / _REACH, 1.0)
    marked = [
        (row, column)
        for row, line in enumerate(inks)
        for column, ink in enumerate(line)
        if ink is Ink.WORKS and abs(row - down) <= reach and abs(column - across) <= 2 * reach
    ]
    if not marked or width(name) != len(name):
        return
    middle = (down, across)
    ways = [*_beside(cells, marked, name, middle), *_above(cells, marked, name, middle)]
    if not ways:
        return
    best = min(ways)
    for place, char in enumerate(name):
        _write(cells, inks, best.row, best.column + place, char)
    for y, x in best.line:
        if cells[y][x] == " ":
            _write(cells, inks, y, x, "│" if best.ends in "▾▴" else "─")
    y, x = best.line[-1]
    _write(cells, inks, y, x, best.ends)


def _write(cells: Cells, inks: Inks, y: int, x: int, char: str) -> None:
    cells[y][x] = char
    if char != " ":
        inks[y][x] = Ink.NAME


def _beside(
    cells: Cells, marked: Sequence[tuple[int, int]], name: str, middle: tuple[float, float]
) -> Iterator[_Way]:
    """Yield the ways whose line runs straight left or right."""
    size, columns = len(name), len(cells[0])
    for y in {y for y, _ in marked}:
        xs = [x for row, x in marked if row == y]
        for step, first, ends in ((-1, min(xs) - 1, "▸"), (1, max(xs) + 1, "◂")):
            line: list[tuple[int, int]] = []
            through = 0
            for x in range(first, columns if step > 0 else -1, step):
                start = x - size if step < 0 else x + 1
                if len(line) >= 2 and _blank(cells, y, start - 1, size + 2):
                    cost = len(line) + _THROUGH * through + abs(y - middle[0])
                    yield _Way(cost, y, start, tuple(reversed(line)), ends)
                    break
                through += cells[y][x] != " "
                if line or cells[y][x] == " ":
                    line.append((y, x))


def _above(
    cells: Cells, marked: Sequence[tuple[int, int]], name: str, middle: tuple[float, float]
) -> Iterator[_Way]:
    """Yield the ways whose line runs straight up or down."""
    size, rows, columns = len(name), len(cells), len(cells[0])
    if size > columns:
        return
    for x in {x for _, x in marked}:
        ys = [y for y, column in marked if column == x]
        start = min(max(x - size // 2, 0), columns - size)
        for step, first, ends in ((-1, min(ys) - 1, "▾"), (1, max(ys) + 1, "▴")):
            line: list[tuple[int, int]] = []
            through = 0
            for y in range(first, rows if step > 0 else -1, step):
                if line and _blank(cells, y, start - 1, size + 2):
                    cost = 2 * len(line) + _THROUGH * through + abs(x - middle[1])
                    yield _Way(cost + 1, y, start, tuple(reversed(line)), ends)
                    break
                through += cells[y][x] != " "
                if line or cells[y][x] == " ":
                    line.append((y, x))


def _blank(cells: Cells, y: int, start: int, size: int) -> bool:
    """Return whether these cells are free; one cell beyond each edge of the picture is free."""
    columns = len(cells[0])
    if start < -1 or start + size > columns + 1:
        return False
    return "".join(cells[y][max(start, 0) : start + size]).isspace()
