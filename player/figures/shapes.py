"""Projects a solved figure to flat shapes: limbs, muscles and things, from back to front."""

import math
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from player.figures import body
from player.figures.props import strokes
from player.figures.skeleton import Arm, Leg, Torso
from player.figures.solve import FURNITURE, SIDES, Solved, Thing
from player.figures.space import Vec, along, between, times
from player.routine.pose import View, Works
from player.routine.vocabulary import Region

Flat = tuple[float, float]
Line = tuple[Flat, Flat]


class Ink(StrEnum):
    """What a shape shows. A pointer names each marked muscle too, so no fact depends on colour."""

    THING = "thing"
    FAR = "far"
    BODY = "body"
    WORKS = "works"
    NAME = "name"
    """The name of a muscle that works, and the line to it."""


class Capsule(NamedTuple):
    """A limb with round ends from (x0, y0) to (x1, y1), with a radius at each end."""

    x0: float
    y0: float
    r0: float
    x1: float
    y1: float
    r1: float


class Muscle(NamedTuple):
    """The shape of a marked region."""

    region: Region
    capsule: Capsule


class ShapeGroup(NamedTuple):
    """Shapes that are drawn together, in front of everything drawn before."""

    depth: float
    ink: Ink
    capsules: tuple[Capsule, ...]
    muscles: tuple[Muscle, ...] = ()


class Drawing(NamedTuple):
    """The shapes of a figure in the order of painting. Lengths are shares of the body's height."""

    groups: tuple[ShapeGroup, ...]
    lines: tuple[Line, ...]
    """Furniture such as walls and chairs, behind the body."""
    tools: tuple[Line, ...]
    """Things that the person holds or rolls on, in front of the body."""
    floor: float | None
    """The height of the floor's line, or None if the view does not show it edge-on."""

    def bounds(self) -> tuple[float, float, float, float]:
        """Return left, low, right and high of everything except the floor."""
        xs: list[float] = []
        ys: list[float] = []
        for group in self.groups:
            for capsule in group.capsules:
                for x, y, r in (capsule[:3], capsule[3:]):
                    xs += (x - r, x + r)
                    ys += (y - r, y + r)
        for one, other in (*self.lines, *self.tools):
            xs += (one[0], other[0])
            ys += (one[1], other[1])
        if self.floor is not None:
            ys.append(self.floor)
        return min(xs), min(ys), max(xs), max(ys)


_CORNER_TURN = math.radians(38)
_LIFTS = {
    View.CORNER: math.radians(14),
    View.ABOVE: math.radians(62),
    View.TOP: math.radians(90),
}


_BEHIND_LEGS = 0.05
"""In a front or back view the trunk counts as this much farther away. Then the hip muscles
cover it.
"""


_ON_TOP = 1.0
"""From straight above, an arm of somebody who lies on the back counts as this much nearer."""


class Eye(NamedTuple):
    """The axes of a view: right, up, and towards the viewer."""

    right: Vec
    up: Vec
    near: Vec

    def sees(self, at: Vec) -> Flat:
        right, up = self.right, self.up
        return (
            at[0] * right[0] + at[1] * right[1] + at[2] * right[2],
            at[0] * up[0] + at[1] * up[1] + at[2] * up[2],
        )

    def depth(self, at: Vec) -> float:
        near = self.near
        return at[0] * near[0] + at[1] * near[1] + at[2] * near[2]


def eye(view: View) -> Eye:
    """Return the axes of a view. The front is like a mirror: the near side is on the right."""
    if view is View.FRONT:
        return Eye((0, 1, 0), (0, 0, 1), (1, 0, 0))
    if view is View.BACK:
        return Eye((0, 1, 0), (0, 0, 1), (-1, 0, 0))
    turn = _CORNER_TURN if view is View.CORNER else 0.0
    lift = _LIFTS.get(view, 0.0)
    flat = (math.sin(turn), math.cos(turn))
    return Eye(
        (math.cos(turn), -math.sin(turn), 0),
        (-flat[0] * math.sin(lift), -flat[1] * math.sin(lift), math.cos(lift)),
        (flat[0] * math.cos(lift), flat[1] * math.cos(lift), math.sin(lift)),
    )


def drawing(
    solved: Solved, view: View, regions: Iterable[Region], works: Works = Works.NEAR
) -> Drawing:
    """Draw a solved figure from a view, with the muscles of `regions` marked."""
    viewer = eye(view)
    marked = frozenset(regions)
    working = {"near", "far"} if works is Works.BOTH else {works.value}
    groups = [_trunk(solved.torso, viewer, marked, _pressed_inside_hip(solved))]
    for side in SIDES:
        hot = marked if side in working else frozenset[Region]()
        groups.append(_leg(solved.legs[side], solved.torso, side, viewer, hot))
        arm = _arm(solved.arms[side], side, viewer)
        if view is View.TOP and solved.torso.face[2] > 0:  # its hand lies on the body
            arm = arm._replace(depth=arm.depth + _ON_TOP)
        groups.append(arm)
    if view in {View.FRONT, View.BACK}:  # from there neither side is farther away
        groups = [group._replace(ink=Ink.BODY) for group in groups]
        groups[0] = groups[0]._replace(depth=groups[0].depth - _BEHIND_LEGS)
    groups.sort(key=lambda group: group.depth)
    lines = _lines(solved, viewer, [t for t in solved.things if t.prop.thing in FURNITURE])
    tools = _lines(solved, viewer, [t for t in solved.things if t.prop.thing not in FURNITURE])
    flat = view in {View.SIDE, View.FRONT, View.BACK}
    return Drawing(tuple(groups), lines, tools, 0.0 if flat else None)


def _lines(solved: Solved, viewer: Eye, things: Iterable[Thing]) -> tuple[Line, ...]:
    """Return the lines of things. Lines that cover each other appear once."""
    found = (
        (viewer.sees(one), viewer.sees(other))
        for thing in things
        for one, other in strokes(thing, solved)
    )
    return tuple(dict.fromkeys(line for line in found if line[0] != line[1]))


def _capsule(viewer: Eye, a: Vec, ra: float, b: Vec, rb: float) -> Capsule:
    (x0, y0), (x1, y1) = viewer.sees(a), viewer.sees(b)
    return Capsule(x0, y0, ra, x1, y1, rb)


def _pressed_inside_hip(solved: Solved) -> float | None:
    """Return the side on which a hand or a tool presses just inside the front hip bone."""
    touched = {contact.thing for contact in solved.contacts}
    touched |= {thing.prop.part for thing in solved.things}
    return next((SIDES[side] for side in SIDES if f"{side}-inside-hip" in touched), None)


def _trunk(
    torso: Torso, viewer: Eye, marked: frozenset[Region], pressed: float | None
) -> ShapeGroup:
    pelvis, chest = torso.pelvis, torso.chest_axes
    shoulders = [along(torso.neck, chest.near, side * body.HALF_SHOULDERS) for side in (1, -1)]
    hips = [along(torso.hips, pelvis.near, side * body.HALF_HIPS) for side in (1, -1)]
    ends = [viewer.sees(shoulder) for shoulder in shoulders]
    spread = abs(ends[0][0] - ends[1][0]) + abs(ends[0][1] - ends[1][1])
    if torso.pelvis.up == chest.up:  # a straight back is one shape
        back = [_capsule(viewer, torso.hips, body.PELVIS_R, torso.chest, body.CHEST_R)]
    else:
        back = [
            _capsule(viewer, torso.hips, body.PELVIS_R, torso.waist, body.WAIST_R),
            _capsule(viewer, torso.waist, body.WAIST_R, torso.chest, body.CHEST_R),
        ]
    found = [
        *back,
        _capsule(viewer, torso.chest, body.CHEST_R, along(torso.neck, chest.up, -0.03), 0.045),
        _capsule(viewer, torso.neck, body.NECK_R, torso.head, body.NECK_R),
        _capsule(viewer, torso.head, body.HEAD_R, torso.head, body.HEAD_R),
        _capsule(
            viewer,
            along(torso.head, torso.face, body.HEAD_R * 0.8), 0.016,
            along(torso.head, torso.face, body.HEAD_R * 1.15), 0.011,
        ),
    ]  # fmt: skip
    if spread > 0.04:
        found.append(_capsule(viewer, shoulders[0], 0.035, shoulders[1], 0.035))
        found.append(_capsule(viewer, hips[0], 0.055, hips[1], 0.055))
        for shoulder, hip in zip(shoulders, hips, strict=True):
            ribs = between(shoulder, hip, 0.5)
            found.append(_capsule(viewer, along(shoulder, chest.up, -0.02), 0.045, ribs, 0.045))
            found.append(_capsule(viewer, ribs, 0.045, hip, 0.05))
    muscles = []
    if Region.BELLY in marked:
        if pressed is None:
            at = along(between(torso.hips, torso.waist, 0.7), pelvis.front, 0.03)
            lies = _capsule(viewer, at, 0.035, along(at, pelvis.up, 0.05), 0.033)
        else:  # not the middle of the belly, where nothing may press
            at = along(along(torso.hips, pelvis.near, pressed * 0.05), pelvis.front, 0.038)
            low, high = along(at, pelvis.up, 0.042), along(at, pelvis.up, 0.046)
            lies = _capsule(viewer, low, 0.025, high, 0.025)
        muscles.append(Muscle(Region.BELLY, lies))
    if Region.LOWBACK in marked:
        at = along(torso.waist, pelvis.front, -0.025)
        low, high = along(at, pelvis.up, -0.04), along(at, pelvis.up, 0.04)
        muscles.append(Muscle(Region.LOWBACK, _capsule(viewer, low, 0.03, high, 0.03)))
    depth = (viewer.depth(torso.hips) + viewer.depth(torso.neck)) / 2
    return ShapeGroup(depth, Ink.BODY, tuple(found), tuple(muscles))


def _leg(one: Leg, torso: Torso, side: str, viewer: Eye, hot: frozenset[Region]) -> ShapeGroup:
    thin = 0.88 if side == "far" else 1.0
    calf = along(between(one.knee, one.ankle, 0.34), one.shin_front, -0.009)
    found = (
        _capsule(viewer, one.hip, body.THIGH_R * thin, one.knee, body.KNEE_R * thin),
        _capsule(viewer, one.knee, body.KNEE_R * thin, calf, body.CALF_R * thin),
        _capsule(viewer, calf, body.CALF_R * thin, one.ankle, body.ANKLE_R * thin),
        _capsule(viewer, one.heel, body.HEEL_R, one.toes, body.TOES_R),
    )
    muscles = tuple(
        Muscle(region, _capsule(viewer, *lies))
        for region, lies in _muscles(one, torso, SIDES[side], hot)
    )
    depth = (viewer.depth(one.hip) + viewer.depth(one.knee) + viewer.depth(one.ankle)) / 3
    return ShapeGroup(depth + viewer.depth(one.knee) * 0.01, _ink(side), found, muscles)


def _muscles(
    one: Leg, torso: Torso, side: float, hot: frozenset[Region]
) -> Iterator[tuple[Region, tuple[Vec, float, Vec, float]]]:
    """Yield the muscles of each region on the bones, each as a capsule in space."""

    def thigh(share: float, front: float, out: float = 0.0) -> Vec:
        at = between(one.hip, one.knee, share)
        return along(along(at, one.thigh_front, front), one.outward, out)

    def shin(share: float, front: float) -> Vec:
        return along(between(one.knee, one.ankle, share), one.shin_front, front)

    pelvis = torso.pelvis
    side_out = times(pelvis.near, side)
    if Region.QUAD in hot:
        yield Region.QUAD, (thigh(0.18, 0.020), 0.030, thigh(0.88, 0.012), 0.023)
    if Region.HAM in hot:
        yield Region.HAM, (thigh(0.15, -0.022), 0.029, thigh(0.90, -0.013), 0.022)
    if Region.ADDUCTOR in hot:
        yield Region.ADDUCTOR, (thigh(0.10, 0.0, -0.026), 0.028, thigh(0.75, 0.0, -0.016), 0.022)
    if Region.TFL in hot:
        top = along(along(one.hip, pelvis.up, 0.045), side_out, 0.030)
        yield Region.TFL, (along(top, pelvis.front, 0.026), 0.026, thigh(0.28, 0.016, 0.026), 0.022)
    if Region.GLUTE in hot:
        at = along(along(one.hip, pelvis.front, -0.030), side_out, 0.012)
        yield (
            Region.GLUTE,
            (along(at, pelvis.up, 0.030), 0.038, along(at, pelvis.up, -0.022), 0.036),
        )
    if Region.HIPFLEXOR in hot:
        at = along(along(one.hip, pelvis.up, 0.075), pelvis.front, 0.026)
        yield Region.HIPFLEXOR, (at, 0.026, thigh(0.20, 0.026), 0.024)
    if Region.CALF in hot:
        yield Region.CALF, (shin(0.16, -0.018), 0.030, shin(0.62, -0.009), 0.021)
    if Region.SHIN in hot:
        yield Region.SHIN, (shin(0.15, 0.015), 0.020, shin(0.85, 0.010), 0.016)
    if Region.KNEE in hot:
        yield Region.KNEE, (one.knee, body.KNEE_R, one.knee, body.KNEE_R)
    if Region.FOOT in hot:
        yield Region.FOOT, (one.heel, body.HEEL_R, one.toes, body.TOES_R)


def _arm(one: Arm, side: str, viewer: Eye) -> ShapeGroup:
    thin = 0.9 if side == "far" else 1.0
    found = (
        _capsule(viewer, one.shoulder, body.ARM_R * thin, one.elbow, body.ELBOW_R * thin),
        _capsule(viewer, one.elbow, body.ELBOW_R * thin, one.tip, body.HAND_R * thin),
    )
    depth = (viewer.depth(one.shoulder) + viewer.depth(one.elbow) + viewer.depth(one.palm)) / 3
    return ShapeGroup(depth, _ink(side), found)


def _ink(side: str) -> Ink:
    return Ink.FAR if side == "far" else Ink.BODY


def middle(capsule: Capsule) -> Flat:
    """Return the middle of a capsule."""
    return (capsule.x0 + capsule.x1) / 2, (capsule.y0 + capsule.y1) / 2
