"""Forward kinematics: joint angles to points in space, with the hips at the origin."""

import math
from typing import NamedTuple

from player.figures import body
from player.figures.space import ZERO, Vec, add, along, dot, length, sub, times, turned, unit
from player.routine.pose import Trunk

UP: Vec = (0.0, 0.0, 1.0)


class Axes(NamedTuple):
    """Where a part of the body looks: its front, its upper end, the near side."""

    front: Vec
    up: Vec
    near: Vec


class Torso(NamedTuple):
    """The hips, the waist, the chest, the line of the shoulders and the head."""

    pelvis: Axes
    chest_axes: Axes
    hips: Vec
    waist: Vec
    chest: Vec
    neck: Vec
    head: Vec
    face: Vec
    """Where the nose points."""


class Leg(NamedTuple):
    """A leg, with the direction in which the front of each bone looks."""

    hip: Vec
    knee: Vec
    ankle: Vec
    heel: Vec
    toes: Vec
    thigh_front: Vec
    shin_front: Vec
    outward: Vec
    angles: dict[str, float]


class Arm(NamedTuple):
    """An arm."""

    shoulder: Vec
    elbow: Vec
    wrist: Vec
    palm: Vec
    tip: Vec
    angles: dict[str, float]


def torso(trunk: Trunk, hips: Vec = ZERO) -> Torso:
    """The trunk of a pose."""
    up, front = turned(UP, (1.0, 0.0, 0.0), trunk.lean)
    near: Vec = (0.0, 1.0, 0.0)
    near, front = turned(near, front, trunk.roll)
    pelvis = Axes(front, up, near)
    waist = along(hips, up, body.WAIST)
    up, front = turned(up, front, trunk.bend)
    up, near = turned(up, near, trunk.tilt)
    front, near = turned(front, near, trunk.twist)
    chest_axes = Axes(front, up, near)
    neck = along(waist, up, body.SHOULDERS)
    skull, face = turned(up, front, trunk.neck)
    return Torso(
        pelvis,
        chest_axes,
        hips,
        waist,
        along(waist, up, body.CHEST),
        neck,
        along(neck, skull, body.HEAD),
        face,
    )


def leg(trunk: Torso, side: float, angles: dict[str, float], flat: bool) -> Leg:
    """A leg from its angles; `side` is 1 for near, -1 for far. `flat`: the sole is level."""
    axes = trunk.pelvis
    outward: Vec = times(axes.near, side)
    hip = along(trunk.hips, outward, body.HALF_HIPS)
    down, front = turned(times(axes.up, -1), axes.front, angles["hip"])
    down, outward = turned(down, outward, angles["open"])
    front, outward = turned(front, outward, angles["turn"])
    knee = along(hip, down, body.THIGH)
    thigh_front, thigh_out = front, outward
    back, up_again = times(front, -1), down
    shin, ahead = turned(up_again, back, angles["knee"])
    shin_front = times(ahead, -1)
    ankle = along(knee, shin, body.SHIN)
    bend = _level(shin, shin_front) if flat else angles["ankle"]
    foot, sole = turned(shin_front, times(shin, -1), bend)
    under = along(ankle, sole, -body.ANKLE_HIGH)
    return Leg(
        hip,
        knee,
        ankle,
        along(under, foot, -body.HEEL_BACK),
        along(under, foot, body.TOES_AHEAD),
        thigh_front,
        shin_front,
        thigh_out,
        {**angles, "ankle": bend},
    )


def _level(shin: Vec, front: Vec) -> float:
    """The ankle's angle at which the foot, in its own plane, lies level."""
    return math.degrees(math.atan(front[2] / shin[2])) if shin[2] else 0.0


def arm(trunk: Torso, side: float, angles: dict[str, float]) -> Arm:
    """An arm from its angles."""
    axes = trunk.chest_axes
    outward = times(axes.near, side)
    shoulder = along(along(trunk.neck, outward, body.HALF_SHOULDERS), axes.up, -0.012)
    down, front = turned(times(axes.up, -1), axes.front, angles["shoulder"])
    down, outward = turned(down, outward, angles["out"])
    front, outward = turned(front, outward, angles["spin"])
    elbow = along(shoulder, down, body.UPPER_ARM)
    lower, _ = turned(down, front, angles["elbow"])
    return _arm(shoulder, elbow, lower, angles)


def _arm(shoulder: Vec, elbow: Vec, lower: Vec, angles: dict[str, float]) -> Arm:
    wrist = along(elbow, lower, body.FOREARM)
    return Arm(
        shoulder,
        elbow,
        wrist,
        along(wrist, lower, body.GRIP),
        along(wrist, lower, body.HAND),
        angles,
    )


def reach(trunk: Torso, side: float, target: Vec, angles: dict[str, float]) -> Arm:
    """The arm whose palm is at `target`, or as near to it as it reaches; the elbow points down,
    back and a little outward, as it hangs."""
    axes = trunk.chest_axes
    outward = times(axes.near, side)
    shoulder = along(along(trunk.neck, outward, body.HALF_SHOULDERS), axes.up, -0.012)
    upper, lower = body.UPPER_ARM, body.FOREARM + body.GRIP
    way = sub(target, shoulder)
    far = min(max(length(way), abs(upper - lower) + 0.03), (upper + lower) * 0.9995)
    aim = unit(way)
    share = (upper * upper - lower * lower + far * far) / (2 * far)
    side_by = math.sqrt(max(upper * upper - share * share, 0.0))
    upright = max(axes.up[2], 0.0)  # whoever lies has no room for an elbow behind the back
    hang = add(
        add(times(axes.up, -1.0), times(axes.front, -0.55 * upright)),
        times(outward, 1.1 - 0.75 * upright),
    )
    pole = sub(hang, times(aim, dot(hang, aim)))
    elbow = along(along(shoulder, aim, share), unit(pole), side_by)
    straight = dot(unit(sub(elbow, shoulder)), unit(sub(along(shoulder, aim, far), elbow)))
    bent = math.degrees(math.acos(max(-1.0, min(1.0, straight))))
    down = unit(sub(elbow, shoulder))
    raised = math.degrees(math.atan2(dot(down, axes.front), -dot(down, axes.up)))
    aside = math.degrees(math.asin(max(-1.0, min(1.0, dot(down, outward)))))
    if raised < -90:  # past the back of the head is past the front, the other way round
        raised += 360
    solved = {**angles, "shoulder": raised, "out": aside, "elbow": bent}
    return _arm(shoulder, elbow, unit(sub(along(shoulder, aim, far), elbow)), solved)
