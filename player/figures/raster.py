"""Draws shapes as braille dots: each terminal cell is two dots wide and four dots high.

A row of dots is one integer with a bit for each dot. So a limb is painted with one shift and one
`|` for each row.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import ceil, floor, sqrt
from types import MappingProxyType
from typing import NamedTuple

from player.figures.pointer import point
from player.figures.shapes import Capsule, Drawing, Flat, Ink, middle
from player.routine.vocabulary import Region

Run = tuple[str, Ink | None]
"""Characters of a row and their ink. None means that the cells are blank."""


class Picture(NamedTuple):
    """A figure in terminal cells. Each row is a list of runs; `lines` is the plain text."""

    rows: tuple[tuple[Run, ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple("".join(text for text, _ in row) for row in self.rows)


class Frame(NamedTuple):
    """Maps flat points to dots: `x * scale + left`, `low - y * scale`."""

    scale: float
    left: float
    low: float
    width: int
    height: int

    def dots(self, at: Flat) -> Flat:
        return at[0] * self.scale + self.left, self.low - at[1] * self.scale


MARGIN = 1.0
_NO_NAMES: Mapping[Region, str] = MappingProxyType({})
_NOWHERE = 1e9
_SEEN = 0.35
_THINNEST = 0.5
_SAME = 0.05
"""If the two ends are closer than this, in dots, the shape is one disc."""


def frame(drawings: Sequence[Drawing], columns: int, rows: int) -> Frame:
    """Return one frame for a whole movement, so that only the body moves."""
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


def picture(
    seen: Drawing, place: Frame, names: Mapping[Region, str] = _NO_NAMES, mirrored: bool = False
) -> Picture:
    """Draw into a frame, and write the name of each marked region with a line to it."""
    width, height = place.width, place.height
    things, far, near, works, taken = ([0] * height for _ in range(5))
    body = {Ink.FAR: far, Ink.BODY: near}
    if seen.tools:
        tools = [0] * height
        for one, other in seen.tools:
            _line(tools, place.dots(one), place.dots(other), width)
        _put(tools, things, taken)
    marked: dict[Region, Capsule] = {}
    for group in reversed(seen.groups):  # front first, since it covers what is behind it
        limb = [0] * height
        for capsule in group.capsules:
            _fill(limb, capsule, place)
        if group.muscles:
            muscle = [0] * height
            for region, capsule in group.muscles:
                _fill(muscle, capsule, place)
                marked.setdefault(region, capsule)
            _mark(muscle, limb, works, taken)
        _put(limb, body[group.ink], taken)
    if seen.lines:
        behind = [0] * height
        for one, other in seen.lines:
            _line(behind, place.dots(one), place.dots(other), width)
        _put(behind, things, taken)
    if seen.floor is not None:
        _floor(things, round(place.low - seen.floor * place.scale), width)
    layers: tuple[list[int], ...] = (things, far, near, works)
    if mirrored:
        layers = _turned(layers, width)
    cells, inks = _cells(layers, width // 2)
    for region, capsule in marked.items():
        if region in names:
            x, y = place.dots(middle(capsule))
            cell = ((width - 1 - x if mirrored else x) / 2 - 0.5, y / 4 - 0.5)
            point(cells, inks, names[region], cell)
    return Picture(tuple(_runs(row, ink) for row, ink in zip(cells, inks, strict=True)))


def named_as(seen: Picture, first: Picture) -> Picture:
    """Return a picture of a movement with the names at the places of its first picture."""
    found = []
    for row, other in zip(seen.rows, first.rows, strict=True):
        if all(ink is not Ink.NAME for _, ink in other):
            found.append(row)
            continue
        texts, inks = _apart(row)
        for place, (char, ink) in enumerate(zip(*_apart(other), strict=True)):
            if ink is Ink.NAME and texts[place] == " ":
                texts[place], inks[place] = char, ink
        found.append(_runs(texts, inks))
    return Picture(tuple(found))


def _apart(row: Sequence[Run]) -> tuple[list[str], list[Ink | None]]:
    """Return the cells of a row."""
    cells = [(char, ink) for text, ink in row for char in text]
    return [char for char, _ in cells], [ink for _, ink in cells]


def _put(limb: list[int], body: list[int], taken: list[int]) -> None:
    """Paint a limb behind the dots in `taken`, and add the limb and a ring of one dot to them."""
    last = len(limb) - 1
    ring = {}
    for y, bones in enumerate(limb):
        if bones:
            body[y] |= bones & ~taken[y]
            ring[y] = bones | bones << 1 | bones >> 1
    for y, dots in ring.items():
        taken[y] |= dots
        if y:
            taken[y - 1] |= dots
        if y < last:
            taken[y + 1] |= dots


def _mark(muscle: list[int], limb: list[int], works: list[int], taken: list[int]) -> None:
    """Paint a marked muscle over its limb.

    A muscle that is mostly hidden is painted whole, because the person looks for it.
    """
    whole = sum(flesh.bit_count() for flesh in muscle)
    free = [flesh & ~hidden for flesh, hidden in zip(muscle, taken, strict=True)]
    if sum(flesh.bit_count() for flesh in free) < _SEEN * whole:
        free = muscle
    for y, flesh in enumerate(free):
        if flesh:
            works[y] |= flesh
            limb[y] |= flesh


def _fill(rows: list[int], capsule: Capsule, place: Frame) -> None:
    """Paint a capsule: two discs and the area between their outer tangents.

    This runs some 250 times a second while a figure moves. It compares values itself, because a
    call to `min` costs more than the rest of its line.
    """
    ax, ay, ar, bx, by, br = capsule
    scale, height = place.scale, len(rows)
    x0, y0, r0 = ax * scale + place.left, place.low - ay * scale, ar * scale
    x1, y1, r1 = bx * scale + place.left, place.low - by * scale, br * scale
    if r0 < _THINNEST:
        r0 = _THINNEST
    if r1 < _THINNEST:
        r1 = _THINNEST
    lefts, rights = [_NOWHERE] * height, [-_NOWHERE] * height
    dx, dy = x1 - x0, y1 - y0
    size = sqrt(dx * dx + dy * dy)
    top, bottom = ceil(y0 - r0), floor(y0 + r0)
    if top < 0:
        top = 0
    if bottom >= height:
        bottom = height - 1
    square = r0 * r0
    for row in range(top, bottom + 1):
        off = row - y0
        half = sqrt(square - off * off)
        lefts[row] = x0 - half
        rights[row] = x0 + half
    if size > _SAME:
        first, end = ceil(y1 - r1), floor(y1 + r1)
        if first < 0:
            first = 0
        if end >= height:
            end = height - 1
        if first < top:
            top = first
        if end > bottom:
            bottom = end
        square = r1 * r1
        for row in range(first, end + 1):
            off = row - y1
            half = sqrt(square - off * off)
            if x1 - half < lefts[row]:
                lefts[row] = x1 - half
            if x1 + half > rights[row]:
                rights[row] = x1 + half
    if size > _SAME and abs(r0 - r1) < size:
        lean = (r0 - r1) / size
        up = sqrt(1 - lean * lean)
        ux, uy = dx / size, dy / size
        for side in (up, -up):
            nx, ny = ux * lean - uy * side, uy * lean + ux * side
            sx, sy, tx, ty = x0 + nx * r0, y0 + ny * r0, x1 + nx * r1, y1 + ny * r1
            if sy > ty:
                sx, sy, tx, ty = tx, ty, sx, sy
            first, end = ceil(sy), floor(ty)
            if first < 0:
                first = 0
            if end >= height:
                end = height - 1
            if end < first:
                continue
            slope = (tx - sx) / (ty - sy)
            x = sx + (first - sy) * slope
            for row in range(first, end + 1):
                if x < lefts[row]:
                    lefts[row] = x
                if x > rights[row]:
                    rights[row] = x
                x += slope
    width = place.width
    for row in range(top, bottom + 1):
        begin, end = int(lefts[row] + 0.5), int(rights[row] + 1.5)
        if begin < 0:
            begin = 0
        if end > width:
            end = width
        if end > begin:
            rows[row] |= (1 << end) - (1 << begin)


def _line(rows: list[int], one: Flat, other: Flat, width: int) -> None:
    x0, y0, x1, y1 = round(one[0]), round(one[1]), round(other[0]), round(other[1])
    height = len(rows)
    if y0 == y1:
        begin, end = max(min(x0, x1), 0), min(max(x0, x1) + 1, width)
        if 0 <= y0 < height and begin < end:
            rows[y0] |= (1 << end) - (1 << begin)
        return
    if x0 == x1:
        if 0 <= x0 < width:
            dot = 1 << x0
            for y in range(max(min(y0, y1), 0), min(max(y0, y1) + 1, height)):
                rows[y] |= dot
        return
    steps = max(abs(x1 - x0), abs(y1 - y0))
    dx, dy = (x1 - x0) / steps, (y1 - y0) / steps
    for step in range(steps + 1):
        x, y = x0 + round(dx * step), y0 + round(dy * step)
        if 0 <= x < width and 0 <= y < height:
            rows[y] |= 1 << x


def _floor(rows: list[int], y: int, width: int) -> None:
    """Paint the floor as a dotted line, so that it does not look like a limb."""
    y = min(y, len(rows) - 1)
    rows[y] |= _dotted(width)


@lru_cache(maxsize=64)
def _dotted(width: int) -> int:
    return sum(1 << x for x in range(0, width, 2))


def _turned(layers: Sequence[list[int]], width: int) -> tuple[list[int], ...]:
    """Return each row of dots mirrored."""
    return tuple(
        [int(f"{row:0{width}b}"[::-1], 2) if row else 0 for row in layer] for layer in layers
    )


_CELL = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille cell, row by row from the top (Unicode)."""

_ORDER: tuple[Ink | None, ...] = (None, Ink.THING, Ink.FAR, Ink.BODY, Ink.WORKS)
"""If several inks share a cell, the last of them in this order gives its colour."""


def _cells(
    layers: Sequence[list[int]], columns: int
) -> tuple[list[list[str]], list[list[Ink | None]]]:
    octets = (columns + 3) // 4
    texts: list[list[str]] = []
    inks: list[list[Ink | None]] = []
    for top in range(0, len(layers[0]), 4):
        parts = [layer[top : top + 4] for layer in layers]
        rows = [
            (a | b | c | d).to_bytes(octets, "little") for a, b, c, d in zip(*parts, strict=True)
        ]
        if not any(map(any, parts)):
            texts.append([" "] * columns)
            inks.append([None] * columns)
            continue
        there = [(a | b | c | d).to_bytes(octets, "little") for a, b, c, d in parts]
        text: list[str] = []
        ink: list[Ink | None] = []
        for dots, marks in zip(zip(*rows, strict=True), zip(*there, strict=True), strict=True):
            text += _four_cells(*dots)
            ink += _four_inks(*marks)
        texts.append(text[:columns])
        inks.append(ink[:columns])
    return texts, inks


@lru_cache(maxsize=1 << 14)
def _four_cells(*rows: int) -> str:
    """Convert four rows of eight dots to four cells. Cached, since few combinations occur."""
    found = ""
    for cell in range(4):
        bits = sum(
            _CELL[row][side]
            for row, dots in enumerate(rows)
            for side in (0, 1)
            if dots >> (2 * cell + side) & 1
        )
        found += chr(0x2800 + bits) if bits else " "
    return found


@lru_cache(maxsize=1 << 14)
def _four_inks(*layers: int) -> tuple[Ink | None, ...]:
    """Return the colours of four cells from the layers that have dots in them."""
    return tuple(
        _ORDER[
            max((rank for rank, dots in enumerate(layers, 1) if dots >> (2 * cell) & 3), default=0)
        ]
        for cell in range(4)
    )


def _runs(row: Sequence[str], ink: Sequence[Ink | None]) -> tuple[Run, ...]:
    if not any(ink):
        return (("".join(row), None),)
    found: list[Run] = []
    begin, before = 0, ink[0]
    for place, now in enumerate(ink):
        if now is not before:
            found.append(("".join(row[begin:place]), before))
            begin, before = place, now
    found.append(("".join(row[begin:]), before))
    return tuple(found)
