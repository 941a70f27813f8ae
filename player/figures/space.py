"""Vectors in space. `x` points to the body's front, `y` to the near side, `z` up."""

import math

Vec = tuple[float, float, float]

ZERO: Vec = (0.0, 0.0, 0.0)


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def along(a: Vec, b: Vec, by: float) -> Vec:
    """Return `a` plus `by` times `b`."""
    return (a[0] + b[0] * by, a[1] + b[1] * by, a[2] + b[2] * by)


def times(a: Vec, by: float) -> Vec:
    return (a[0] * by, a[1] * by, a[2] * by)


def between(a: Vec, b: Vec, share: float) -> Vec:
    """Return the point at `share` of the way from `a` to `b`."""
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def length(a: Vec) -> float:
    return math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def unit(a: Vec) -> Vec:
    size = length(a) or 1.0
    return (a[0] / size, a[1] / size, a[2] / size)


def turned(a: Vec, b: Vec, degrees: float) -> tuple[Vec, Vec]:
    """Return two perpendicular axes turned in their plane, `a` towards `b`."""
    if not degrees:
        return a, b
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (
        (a[0] * c + b[0] * s, a[1] * c + b[1] * s, a[2] * c + b[2] * s),
        (b[0] * c - a[0] * s, b[1] * c - a[1] * s, b[2] * c - a[2] * s),
    )
