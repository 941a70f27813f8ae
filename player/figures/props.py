"""Draws the things that a body touches, as lines in space."""

import math
from collections.abc import Iterator
from itertools import pairwise

from player.figures import body
from player.figures.solve import Solved, Thing
from player.figures.space import Vec, along, between
from player.routine.pose import PropPlace

Stroke = tuple[Vec, Vec]

CHAIR_BACK = 0.24
"""The height of a chair's back above its seat."""


def strokes(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    """Yield the lines of one thing."""
    draws = {
        "wall": _wall,
        "chair": _chair,
        "bed": _bed,
        "step": _step,
        "roller": _roller,
        "ball": _ball,
        "cushion": _cushion,
        "psoas-tool": _tool,
        "stick": _stick,
        "rail": _rail,
        "cold-pack": _pack,
        "wrap": _wrap,
    }
    if thing.to is not None:
        yield from _held(thing, solved)
    else:
        yield from draws.get(thing.prop.thing, _cushion)(thing, solved)


def _held(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    """Yield a strap from one hand, or from both hands if both hold it, to another part."""
    assert thing.to is not None
    yield thing.at, thing.to
    if thing.prop.part == "near-hand" and not solved.arms["far"].angles.get("free"):
        other = solved.part("far-hand").at
        if _apart(other, thing.at) < 0.3:
            yield other, thing.to


def _apart(a: Vec, b: Vec) -> float:
    return math.dist(a, b)


def _box(low: Vec, high: Vec) -> Iterator[Stroke]:
    xs, ys, zs = zip(low, high, strict=True)
    for y in ys:
        for z in zs:
            yield (xs[0], y, z), (xs[1], y, z)
    for x in xs:
        for z in zs:
            yield (x, ys[0], z), (x, ys[1], z)
        for y in ys:
            yield (x, y, zs[0]), (x, y, zs[1])


def _wall(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    """Yield a wall seen edge-on, a little higher than the body, with strokes behind it."""
    x, y, z = thing.at
    top = max(z, solved.torso.head[2] + body.HEAD_R) + 0.02
    dx, dy = (0.035, 0.0)
    if thing.prop.place is PropPlace.BESIDE:
        dx, dy = 0.0, 0.035 if thing.prop.part.startswith("near") else -0.035
    elif thing.prop.place is PropPlace.BEHIND:
        dx = -dx
    yield (x, y, 0.0), (x, y, top)
    for step in range(int((top - 0.04) / 0.15)):
        low = 0.04 + step * 0.15
        yield (x, y, low), (x + dx, y + dy, low + 0.035)


def _chair(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    x, y, z = thing.at
    if thing.prop.part.endswith("hand"):  # the hand holds the top of the back
        body_x = solved.torso.hips[0]
        away = 1.0 if x >= body_x else -1.0
        seat = min(0.26, z * 0.55)
        yield from _seat(x + away * 0.14, y, seat, 0.15)
        yield (x, y, 0.0), (x, y, z)
        return
    seat = thing.low + thing.high
    under_hips = thing.prop.part in {"hips", "near-seat", "far-seat"}
    ahead = _ahead_on_seat(thing, solved) if under_hips else 0.0
    middle, back, tilt = (ahead - 0.04, ahead - 0.17, -0.03) if under_hips else (0.0, 0.15, 0.03)
    yield from _seat(x + middle, 0.0 if under_hips else y, seat, 0.13 if under_hips else 0.15)
    tops = [(x + back + tilt, side, seat + CHAIR_BACK) for side in (-0.14, 0.14)]
    for top in tops:
        yield (x + back, top[1], seat), top
    yield tops[0], tops[1]


def _ahead_on_seat(chair: Thing, solved: Solved) -> float:
    """Return how far the seat is moved forward so that it carries what lies on it."""
    laid = (t.at[0] for t in solved.things if t.prop.on == "chair" and t.low == chair.high)
    over = max((x + 0.04 - (chair.at[0] + 0.09) for x in laid), default=0.0)
    return min(max(over, 0.0), 0.10)


def _seat(x: float, y: float, high: float, half: float) -> Iterator[Stroke]:
    for side in (-0.14, 0.14):
        yield (x - half, y + side, high), (x + half, y + side, high)
        for end in (-half, half):
            yield (x + end, y + side, 0.0), (x + end, y + side, high)
    for end in (-half, half):
        yield (x + end, y - 0.14, high), (x + end, y + 0.14, high)


def _bed(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    x, _, _ = thing.at
    top = thing.low + thing.high
    away = solved.torso.head[0] - solved.torso.hips[0]
    if thing.prop.part in {"hips", "near-seat", "far-seat"}:
        towards = 1.0 if away > 0.15 else -1.0
        ends = sorted((x - towards * 0.07, x + towards * 0.92))
    else:
        ends = [x - 0.62, x + 0.62]
    yield from _box((ends[0], -0.22, top - 0.09), (ends[1], 0.22, top))
    for end in (ends[0] + 0.03, ends[1] - 0.03):
        for side in (-0.22, 0.22):
            yield (end, side, 0.0), (end, side, top - 0.09)


def _step(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    """Yield a step that begins just before the part on it.

    Under a heel it is as deep as a foot, else as deep as a stair.
    """
    x, y, _ = thing.at
    deep = 0.14 if thing.prop.part.endswith("heel") else 0.24
    top = thing.low + thing.high
    yield from _box((x - 0.035, y - 0.12, thing.low), (x + deep, y + 0.12, top))


_ROUND = [math.tau * turn / 10 for turn in range(11)]


def _ring(centre: Vec, r: float, flat: str = "y") -> Iterator[Stroke]:
    def at(angle: float) -> Vec:
        c, s = math.cos(angle) * r, math.sin(angle) * r
        if flat == "y":
            return (centre[0] + c, centre[1], centre[2] + s)
        if flat == "x":
            return (centre[0], centre[1] + c, centre[2] + s)
        return (centre[0] + c, centre[1] + s, centre[2])

    for one, other in pairwise(_ROUND):
        yield at(one), at(other)


def _centre(thing: Thing) -> Vec:
    """Return the middle of a round thing that touches the body at `thing.at`."""
    x, y, z = thing.at
    r = thing.high / 2
    place = thing.prop.place
    if place is PropPlace.UNDER:
        return (x, y, z - r)
    if place is PropPlace.OVER:
        return (x, y, z + r)
    if place is PropPlace.BESIDE:
        return (x, y + (r if thing.prop.part.startswith("near") else -r), z)
    return (x + (r if place is PropPlace.FRONT else -r), y, z)


def _roller(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    x, y, z = _centre(thing)
    for side in (-0.16, 0.16):
        yield from _ring((x, y + side, z), thing.high / 2)
    r = thing.high / 2
    for dx, dz in ((0.0, r), (0.0, -r), (r, 0.0), (-r, 0.0)):
        yield (x + dx, y - 0.16, z + dz), (x + dx, y + 0.16, z + dz)


def _ball(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    centre = _centre(thing)
    for flat in ("y", "x", "z"):
        yield from _ring(centre, thing.high / 2, flat)


def _cushion(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    x, y, z = thing.at
    half = 0.08
    if thing.prop.place is PropPlace.UNDER:
        yield from _box((x - half, y - 0.08, thing.low), (x + half, y + 0.08, z))
    elif thing.prop.place is PropPlace.BESIDE:
        yield from _box((x - half, y, z - 0.04), (x + half, y + 0.03, z + 0.04))
    else:
        yield from _box((x - half, y - 0.05, z), (x + half, y + 0.05, z + 0.03))


def _tool(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    """Yield a low base with two blunt tips. One touches the body, the other is beside it."""
    x, y, z = thing.at
    low = thing.low
    yield (x - 0.07, y, low), (x + 0.07, y, low)
    outward = -0.09 if thing.prop.part.startswith("far") else 0.09
    for side in (y, y + outward):
        yield (x - 0.05, side, low), (x, side, z)
        yield (x + 0.05, side, low), (x, side, z)


def _stick(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    x, y, z = thing.at
    for lift in (0.008, 0.02):
        yield (x, y - 0.2, z + lift), (x, y + 0.2, z + lift)
    yield from _ring((x, y, z + 0.014), 0.016)


def _rail(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    x, y, z = thing.at
    yield (x, y, 0.0), (x, y, z)
    yield (x - 0.04, y, z), (x + 0.12, y, z)


def _pack(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    x, y, z = thing.at
    yield from _box((x - 0.065, y - 0.05, z), (x + 0.065, y + 0.05, z + 0.028))


def _wrap(thing: Thing, solved: Solved) -> Iterator[Stroke]:
    """Yield the turns of a bandage round the lower leg."""
    side = thing.prop.part.partition("-")[0]
    one = solved.legs[side]
    for turn in range(5):
        at = between(one.knee, one.ankle, 0.25 + turn * 0.13)
        yield along(at, one.shin_front, -0.040), along(at, one.shin_front, 0.030)
