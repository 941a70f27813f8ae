"""Forward kinematics: turns joint angles into points in space, with the hips at the origin."""

import math
from typing import NamedTuple

from player.figures import body
from player.figures.space import ZERO, Vec, add, along, dot, length, sub, times, turned, unit
from player.routine.pose import Trunk

UP: Vec = (0.0, 0.0, 1.0)


class Axes(NamedTuple):
    """The axes of a part of the body: to its front, to its upper end, and to the near side."""

    front: Vec
    up: Vec
    near: Vec


class Torso(NamedTuple):
    """The trunk: hips, waist, chest, shoulders and head."""

    pelvis: Axes
    chest_axes: Axes
    hips: Vec
    waist: Vec
    chest: Vec
    neck: Vec
    head: Vec
    face: Vec
    """The direction of the nose."""


class Leg(NamedTuple):
    """A leg. The front of each bone is a direction."""

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
    """An arm. `tip` is the end of the hand."""

    shoulder: Vec
    elbow: Vec
    wrist: Vec
    palm: Vec
    tip: Vec
    angles: dict[str, float]


def torso(trunk: Trunk, hips: Vec = ZERO) -> Torso:
    """Return the trunk of a pose."""
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
    """Return a leg from its angles. `side` is 1 for near, -1 for far; `flat` levels the sole."""
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
    """Return the ankle angle at which the foot is level."""
    return math.degrees(math.atan(front[2] / shin[2])) if shin[2] else 0.0


def arm(trunk: Torso, side: float, angles: dict[str, float]) -> Arm:
    """Return an arm from its angles."""
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
    """Return the arm whose palm is at `target`, or as near to it as the arm reaches. The elbow
    hangs: it points down, back and a little outward.
    """
    axes = trunk.chest_axes
    outward = times(axes.near, side)
    shoulder = along(along(trunk.neck, outward, body.HALF_SHOULDERS), axes.up, -0.012)
    upper, lower = body.UPPER_ARM, body.FOREARM + body.GRIP
    way = sub(target, shoulder)
    far = min(max(length(way), abs(upper - lower) + 0.03), (upper + lower) * 0.9995)
    aim = unit(way)
    share = (upper * upper - lower * lower + far * far) / (2 * far)
    side_by = math.sqrt(max(upper * upper - share * share, 0.0))
    upright = max(axes.up[2], 0.0)  # a lying body has no room for an elbow behind its back
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
    if raised < -90:  # the arm was raised in front and past the head
        raised += 360
    solved = {**angles, "shoulder": raised, "out": aside, "elbow": bent}
    return _arm(shoulder, elbow, unit(sub(along(shoulder, aim, far), elbow)), solved)
