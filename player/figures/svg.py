"""Draws a figure as SVG for pages and handouts: the same shapes as in the terminal, but smooth."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from player.figures.shapes import Capsule, Drawing, Ink, Line, middle
from player.routine.vocabulary import Region

Names = Mapping[Region, str]
_NO_NAMES: Names = MappingProxyType({})

_COLOURS = {
    Ink.FAR: "#9fb0bd",
    Ink.BODY: "#3d5566",
    Ink.WORKS: "#e4572e",
    Ink.THING: "#7d8a93",
    Ink.NAME: "#a3320f",
}
_SIZE = 300.0
"""The height of a body in SVG units."""
_HALO = 0.008
_LEADER, _LETTER, _LETTER_HIGH, _ARROW = 14.0, 8.5, 17.0, 42.0


class Sketch(NamedTuple):
    """A figure for a page: its SVG elements and its size."""

    inside: str
    width: float
    height: float
    title: str = ""
    alt: str = ""

    def whole(self) -> str:
        """Return a complete SVG file."""
        return f"{_open(self.width, self.height)}{self._title()}{self.inside}</svg>\n"

    def _title(self) -> str:
        return f"<title>{escape(self.title)}</title><desc>{escape(self.alt)}</desc>"

    def in_box(self, x: float, y: float, width: float, height: float) -> str:
        """Return the figure scaled to fit into a box, in its middle."""
        view = f"0 0 {self.width:.0f} {self.height:.0f}"
        place = f'x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}"'
        return f'<svg {place} viewBox="{view}" role="img">{self._title()}{self.inside}</svg>'


def _open(width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        'role="img" font-family="sans-serif">'
    )


def sketch(
    drawings: list[Drawing], names: Names = _NO_NAMES, title: str = "", alt: str = ""
) -> Sketch:
    """Lay drawings side by side: one pose, or both poses of a movement with an arrow between them.

    `names` are written beside the muscles that work. `title` and `alt` are for screen readers.
    """
    boxes = [one.bounds() for one in drawings]
    high, low = max(box[3] for box in boxes), min(box[1] for box in boxes)
    top, tall = (high + 0.05) * _SIZE, (high - low + 0.09) * _SIZE
    parts, left = [], 0.0
    for place, (one, box) in enumerate(zip(drawings, boxes, strict=True)):
        if place:
            parts.append(_arrow(left, tall / 2))
            left += _ARROW
        before, behind = _margins(one, names, box)
        inside = _floor(one, box[0] * _SIZE - before, box[2] * _SIZE + behind)
        inside += _body(one, names, box)
        shift = left + before - box[0] * _SIZE
        parts.append(f'<g transform="translate({shift:.1f} {top:.1f})">{inside}</g>')
        left += before + (box[2] - box[0]) * _SIZE + behind
    return Sketch("".join(parts), left, tall, title, alt)


def sheet(sketches: Sequence[Sketch], across: int = 4) -> str:
    """Draw figures in a grid, each with its title below."""
    wide, tall, words = 320, 210, 26
    rows = -(-len(sketches) // across)
    parts = []
    for place, one in enumerate(sketches):
        x, y = place % across * wide, place // across * (tall + words)
        parts.append(one.in_box(x + 8, y + 6, wide - 16, tall - 10))
        parts.append(
            f'<text x="{x + wide / 2:.0f}" y="{y + tall + 14:.0f}" font-size="13" '
            f'text-anchor="middle" fill="#222">{escape(one.title)}</text>'
        )
    size = across * wide, rows * (tall + words)
    ground = f'<rect width="{size[0]}" height="{size[1]}" fill="#fff"/>'
    return f"{_open(*size)}{ground}{chr(10).join(parts)}</svg>\n"


def _arrow(left: float, y: float) -> str:
    return (
        f'<path d="M{left + 8:.1f} {y:.1f}h26m-8 -6l8 6l-8 6" fill="none" '
        f'stroke="{_COLOURS[Ink.THING]}" stroke-width="3"/>'
    )


def _marked(one: Drawing, names: Names) -> dict[str, tuple[float, float]]:
    """Return each name with the middle of its muscle, or of the last one painted."""
    return {
        names[muscle.region]: middle(muscle.capsule)
        for group in one.groups
        for muscle in group.muscles
        if muscle.region in names
    }


def _margins(one: Drawing, names: Names, box: tuple[float, ...]) -> tuple[float, float]:
    """Return the room for names on the left and on the right."""
    usual = 0.06 * _SIZE
    rooms = [usual, usual]
    for name, (x, _) in _marked(one, names).items():
        room = 2 * _LEADER + _LETTER * len(name)
        side = 0 if x * _SIZE < _centre(box) else 1
        rooms[side] = max(rooms[side], room)
    return rooms[0], rooms[1]


def _centre(box: tuple[float, ...]) -> float:
    return (box[0] + box[2]) / 2 * _SIZE


def _floor(one: Drawing, left: float, right: float) -> str:
    if one.floor is None:
        return ""
    return (
        f'<path d="M{left:.1f} {-one.floor * _SIZE:.1f}H{right:.1f}" '
        f'stroke="{_COLOURS[Ink.THING]}" stroke-dasharray="4 4" stroke-width="2"/>'
    )


def _body(one: Drawing, names: Names, box: tuple[float, ...]) -> str:
    parts = []
    parts.append(_strokes(one.lines))
    for group in one.groups:
        muscles = [muscle.capsule for muscle in group.muscles]
        halo = "".join(_path(capsule, _HALO) for capsule in (*group.capsules, *muscles))
        own = "".join(_path(capsule) for capsule in group.capsules)
        parts.append(f'<path d="{halo}" fill="#fff"/>')
        parts.append(f'<path d="{own}" fill="{_COLOURS[group.ink]}"/>')
        if muscles:
            works = "".join(_path(capsule) for capsule in muscles)
            parts.append(f'<path d="{works}" fill="{_COLOURS[Ink.WORKS]}"/>')
    parts.append(_strokes(one.tools, _HALO * 2 * _SIZE + 3, "#fff"))
    parts.append(_strokes(one.tools))
    taken = {False: -1e9, True: -1e9}
    for name, (x, y) in sorted(_marked(one, names).items(), key=lambda item: -item[1][1]):
        right = x * _SIZE >= _centre(box)
        beside = taken[right] = max(-y * _SIZE, taken[right] + _LETTER_HIGH)
        edge = (box[2] if right else box[0]) * _SIZE
        parts.append(_name(name, x * _SIZE, -y * _SIZE, edge, beside))
    return "".join(parts)


def _strokes(lines: Sequence[Line], wide: float = 3, colour: str = _COLOURS[Ink.THING]) -> str:
    if not lines:
        return ""
    path = "".join(
        f"M{a[0] * _SIZE:.1f} {-a[1] * _SIZE:.1f}L{b[0] * _SIZE:.1f} {-b[1] * _SIZE:.1f}"
        for a, b in lines
    )
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide:.1f}" '
        'stroke-linecap="round"/>'
    )


def _name(name: str, x: float, y: float, edge: float, beside: float) -> str:
    """Write a name beside the picture at the height `beside`, with a line to (x, y)."""
    towards = 1 if edge > x else -1
    end = edge + towards * _LEADER
    return (
        f'<path d="M{x:.1f} {y:.1f}H{edge:.1f}L{end:.1f} {beside:.1f}" fill="none" '
        f'stroke="{_COLOURS[Ink.NAME]}" stroke-width="1.5"/>'
        f'<text x="{end + towards * 4:.1f}" y="{beside + 5:.1f}" font-size="15" '
        f'text-anchor="{"start" if towards > 0 else "end"}" fill="{_COLOURS[Ink.NAME]}">'
        f"{escape(name)}</text>"
    )


def _path(capsule: Capsule, more: float = 0.0) -> str:
    """Return the outline of a limb with round ends."""
    x0, y0, r0 = capsule.x0 * _SIZE, -capsule.y0 * _SIZE, (capsule.r0 + more) * _SIZE
    x1, y1, r1 = capsule.x1 * _SIZE, -capsule.y1 * _SIZE, (capsule.r1 + more) * _SIZE
    dx, dy = x1 - x0, y1 - y0
    size = math.hypot(dx, dy)
    if size <= abs(r0 - r1) + 0.01:
        x, y, r = (x0, y0, r0) if r0 >= r1 else (x1, y1, r1)
        half = f"a{r:.1f} {r:.1f} 0 1 0 "
        return f"M{x - r:.1f} {y:.1f}{half}{2 * r:.1f} 0{half}{-2 * r:.1f} 0z"
    lean = (r0 - r1) / size
    up = math.sqrt(1 - lean * lean)
    ux, uy = dx / size, dy / size
    ax, ay = ux * lean - uy * up, uy * lean + ux * up
    bx, by = ux * lean + uy * up, uy * lean - ux * up
    large = 1 if lean > 0 else 0
    return (
        f"M{x0 + ax * r0:.1f} {y0 + ay * r0:.1f}L{x1 + ax * r1:.1f} {y1 + ay * r1:.1f}"
        f"A{r1:.1f} {r1:.1f} 0 {1 - large} 0 {x1 + bx * r1:.1f} {y1 + by * r1:.1f}"
        f"L{x0 + bx * r0:.1f} {y0 + by * r0:.1f}"
        f"A{r0:.1f} {r0:.1f} 0 {large} 0 {x0 + ax * r0:.1f} {y0 + ay * r0:.1f}z"
    )
