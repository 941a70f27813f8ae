"""A figure as SVG, for pages and handouts: the shapes of the terminal with smooth edges."""

import math
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from player.figures.shapes import Capsule, Drawing, Ink, middle
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
"""Units for the height of a body."""
_HALO = 0.008
_LEADER, _LETTER, _ARROW = 12.0, 8.5, 42.0


def svg(drawings: list[Drawing], alt: str, names: Names = _NO_NAMES, title: str = "") -> str:
    """Drawings side by side: one pose, or the two of a movement with an arrow between.

    `names` stand beside what works; `alt` and `title` are for who hears the page.
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
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left:.0f} {tall:.0f}" '
        f'role="img" font-family="sans-serif"><title>{escape(title)}</title>'
        f"<desc>{escape(alt)}</desc>{''.join(parts)}</svg>\n"
    )


def _arrow(left: float, y: float) -> str:
    return (
        f'<path d="M{left + 8:.1f} {y:.1f}h26m-8 -6l8 6l-8 6" fill="none" '
        f'stroke="{_COLOURS[Ink.THING]}" stroke-width="3"/>'
    )


def _marked(one: Drawing, names: Names) -> dict[str, tuple[float, float]]:
    """Each name with the middle of its muscle, of several the one that was painted last."""
    return {
        names[muscle.region]: middle(muscle.capsule)
        for group in one.groups
        for muscle in group.muscles
        if muscle.region in names
    }


def _margins(one: Drawing, names: Names, box: tuple[float, ...]) -> tuple[float, float]:
    """Room on the left and on the right, so that the name has its place."""
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
    if one.lines:
        path = "".join(
            f"M{a[0] * _SIZE:.1f} {-a[1] * _SIZE:.1f}L{b[0] * _SIZE:.1f} {-b[1] * _SIZE:.1f}"
            for a, b in one.lines
        )
        parts.append(
            f'<path d="{path}" fill="none" stroke="{_COLOURS[Ink.THING]}" stroke-width="3" '
            'stroke-linecap="round"/>'
        )
    for group in one.groups:
        muscles = [muscle.capsule for muscle in group.muscles]
        halo = "".join(_path(capsule, _HALO) for capsule in (*group.capsules, *muscles))
        own = "".join(_path(capsule) for capsule in group.capsules)
        parts.append(f'<path d="{halo}" fill="#fff"/>')
        parts.append(f'<path d="{own}" fill="{_COLOURS[group.ink]}"/>')
        if muscles:
            works = "".join(_path(capsule) for capsule in muscles)
            parts.append(f'<path d="{works}" fill="{_COLOURS[Ink.WORKS]}"/>')
    for name, (x, y) in _marked(one, names).items():
        edge = box[2] if x * _SIZE >= _centre(box) else box[0]
        parts.append(_name(name, x * _SIZE, -y * _SIZE, edge * _SIZE))
    return "".join(parts)


def _name(name: str, x: float, y: float, edge: float) -> str:
    """The name outside the picture, at the height of what it names, with a line to it."""
    towards = 1 if edge > x else -1
    end = edge + towards * _LEADER
    return (
        f'<path d="M{x:.1f} {y:.1f}H{end:.1f}" stroke="{_COLOURS[Ink.NAME]}" '
        f'stroke-width="1.5"/><text x="{end + towards * 4:.1f}" y="{y + 5:.1f}" font-size="15" '
        f'text-anchor="{"start" if towards > 0 else "end"}" fill="{_COLOURS[Ink.NAME]}">'
        f"{escape(name)}</text>"
    )


def _path(capsule: Capsule, more: float = 0.0) -> str:
    """The outline of a round-ended limb."""
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
