"""Shapes as braille dots: two dots wide and four high in each cell of a terminal.

A row of dots is one whole number, a bit for each dot, so that a limb is painted with one shift
and one `|` a row.
"""

import math
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from player.figures.pointer import point
from player.figures.shapes import Capsule, Drawing, Flat, Ink

Run = tuple[str, Ink | None]
"""Some characters of a row and what they show; None is nothing, or the pointer's name."""


class Picture(NamedTuple):
    """A figure in cells: each row in runs, and as plain text."""

    rows: tuple[tuple[Run, ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple("".join(text for text, _ in row) for row in self.rows)


class Frame(NamedTuple):
    """How flat points become dots: `x * scale + left`, `low - y * scale`."""

    scale: float
    left: float
    low: float
    width: int
    height: int

    def dots(self, at: Flat) -> Flat:
        return at[0] * self.scale + self.left, self.low - at[1] * self.scale


MARGIN = 1.0


def frame(drawings: Sequence[Drawing], columns: int, rows: int) -> Frame:
    """One frame for all of a movement, so that nothing but the body moves."""
    bounds = [one.bounds() for one in drawings]
    left, low = min(b[0] for b in bounds), min(b[1] for b in bounds)
    right, high = max(b[2] for b in bounds), max(b[3] for b in bounds)
    width, height = columns * 2, rows * 4
    scale = min((width - 2 * MARGIN) / (right - left), (height - 1 - MARGIN) / (high - low))
    scale = min(scale, height / 0.62)
    return Frame(
        scale,
        (width - (right - left) * scale) / 2 - left * scale,
        height - 1.2 + low * scale,
        width,
        height,
    )


def picture(seen: Drawing, place: Frame, name: str = "", mirrored: bool = False) -> Picture:
    """A drawing in a frame; `name` is written where the muscle is pointed at."""
    width, height = place.width, place.height
    things, far, near, works = ([0] * height for _ in range(4))
    body = {Ink.FAR: far, Ink.BODY: near}
    everything = (things, far, near, works)
    for one, other in seen.lines:
        _line(things, place.dots(one), place.dots(other), width, height)
    marked: list[Capsule] = []
    for group in seen.groups:
        own, muscle = [0] * height, [0] * height
        for capsule in group.capsules:
            _fill(own, capsule, place)
        for capsule in group.muscles:
            _fill(muscle, capsule, place)
        marked += group.muscles
        _put(everything, own, muscle, body[group.ink], works)
    if seen.floor is not None:
        _floor(things, round(place.low - seen.floor * place.scale), width)
    if mirrored:
        things, far, near, works = (
            [_mirrored(row, width) for row in layer] for layer in everything
        )
    cells, inks = _cells((things, far, near, works), width // 2)
    if marked and name:
        point(cells, inks, name)
    return Picture(tuple(_runs(row, ink) for row, ink in zip(cells, inks, strict=True)))


def _put(
    layers: Sequence[list[int]],
    own: list[int],
    muscle: list[int],
    body: list[int],
    works: list[int],
) -> None:
    """Paint a limb: one dot all round it is cleared, so that it stands out from what is behind."""
    height = len(own)
    for y in range(height):
        mine = own[y] | muscle[y]
        if not mine:
            continue
        halo = ~(mine | mine << 1 | mine >> 1)
        for row in (y - 1, y, y + 1):
            if 0 <= row < height:
                for layer in layers:
                    layer[row] &= halo
    for y in range(height):
        body[y] |= own[y] & ~muscle[y]
        works[y] |= muscle[y]


def _fill(rows: list[int], capsule: Capsule, place: Frame) -> None:
    """Paint a capsule: for each row of dots from where it begins to where it ends."""
    scale = place.scale
    x0, y0 = capsule[0] * scale + place.left, place.low - capsule[1] * scale
    x1, y1 = capsule[3] * scale + place.left, place.low - capsule[4] * scale
    r0, r1 = max(capsule[2] * scale, 0.5), max(capsule[5] * scale, 0.5)
    dx, dy = x1 - x0, y1 - y0
    size = math.sqrt(dx * dx + dy * dy)
    top, bottom = min(y0 - r0, y1 - r1), max(y0 + r0, y1 + r1)
    edges: list[tuple[float, float, float, float]] = []
    if size > 0.5:
        lean = (r0 - r1) / size
        lean = max(-1.0, min(1.0, lean))
        up = math.sqrt(1 - lean * lean)
        ux, uy = dx / size, dy / size
        for side in (1, -1):
            nx, ny = ux * lean - side * uy * up, uy * lean + side * ux * up
            edges.append((x0 + nx * r0, y0 + ny * r0, x1 + nx * r1, y1 + ny * r1))
    (ax, ay, bx, by), (cx, cy, ex, ey) = edges or [(0, 1, 0, 0), (0, 1, 0, 0)]
    corners = ((ax, ay, bx, by), (bx, by, ex, ey), (ex, ey, cx, cy), (cx, cy, ax, ay))
    for y in range(max(0, math.ceil(top - 0.5)), min(len(rows) - 1, math.floor(bottom + 0.5)) + 1):
        left, right = math.inf, -math.inf
        for x, centre, r in ((x0, y0, r0), (x1, y1, r1)):
            inside = r * r - (y - centre) ** 2
            if inside >= 0:
                half = math.sqrt(inside)
                left, right = min(left, x - half), max(right, x + half)
        if edges:
            for sx, sy, tx, ty in corners:
                if (sy <= y) != (ty <= y):
                    x = sx + (tx - sx) * (y - sy) / (ty - sy)
                    left, right = min(left, x), max(right, x)
        if right < left:
            continue
        first, last = max(round(left), 0), min(round(right), place.width - 1)
        if last >= first:
            rows[y] |= ((1 << (last - first + 1)) - 1) << first


def _line(rows: list[int], one: Flat, other: Flat, width: int, height: int) -> None:
    dx, dy = other[0] - one[0], other[1] - one[1]
    steps = max(1, math.ceil(max(abs(dx), abs(dy))))
    for step in range(steps + 1):
        x, y = round(one[0] + dx * step / steps), round(one[1] + dy * step / steps)
        if 0 <= x < width and 0 <= y < height:
            rows[y] |= 1 << x


def _floor(rows: list[int], y: int, width: int) -> None:
    """The floor: a dotted line, so that it is not taken for a limb."""
    y = min(y, len(rows) - 1)
    rows[y] |= sum(1 << x for x in range(0, width, 2))


def _mirrored(row: int, width: int) -> int:
    return int(f"{row:0{width}b}"[::-1], 2) if row else 0


_CELL = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Unicode: the bits of a braille cell, row by row from the top."""

_SPREAD = tuple(
    tuple(
        sum(
            (_CELL[row][0] if byte >> (2 * cell) & 1 else 0) << (8 * cell)
            | (_CELL[row][1] if byte >> (2 * cell + 1) & 1 else 0) << (8 * cell)
            for cell in range(4)
        )
        for byte in range(256)
    )
    for row in range(4)
)
"""For each row in a cell: eight dots as four bytes, each with the bits of its braille cell."""

_BRAILLE = {0: " ", **{bits: chr(0x2800 + bits) for bits in range(1, 256)}}


def _cell_row(rows: Sequence[int], columns: int) -> bytes:
    """Four rows of dots as a byte a cell."""
    found = 0
    octets = (columns + 3) // 4
    for row, dots in enumerate(rows):
        if dots:
            spread = _SPREAD[row]
            for place, octet in enumerate(dots.to_bytes(octets, "little")):
                if octet:
                    found |= spread[octet] << (32 * place)
    return found.to_bytes(octets * 4, "little")[:columns]


_ORDER = (None, Ink.THING, Ink.FAR, Ink.BODY, Ink.WORKS)
"""In a cell that several share the last of them gives the colour."""


def _cells(
    layers: Sequence[list[int]], columns: int
) -> tuple[list[list[str]], list[list[Ink | None]]]:
    texts: list[list[str]] = []
    inks: list[list[Ink | None]] = []
    for top in range(0, len(layers[0]), 4):
        parts = [_cell_row(layer[top : top + 4], columns) for layer in layers]
        cells = list(zip(*parts, strict=True))
        texts.append([_BRAILLE[a | b | c | d] for a, b, c, d in cells])
        inks.append(
            [_ORDER[4 if d else 3 if c else 2 if b else 1 if a else 0] for a, b, c, d in cells]
        )
    return texts, inks


def _runs(row: Sequence[str], ink: Sequence[Ink | None]) -> tuple[Run, ...]:
    found: list[Run] = []
    for key, cells in groupby(zip(row, ink, strict=True), key=lambda cell: cell[1]):
        found.append(("".join(text for text, _ in cells), key))
    return tuple(found)
