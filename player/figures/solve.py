"""Computes a figure: the place of every bone and thing, and the contacts between them.

First the angles define the body. Then it sinks until it rests on the floor or on a thing. Then
each limb whose angle names a thing turns until it rests on that thing. Finally the hands reach for
what they hold. Lengths are shares of the body's height, angles are in degrees.
"""

from collections.abc import Callable, Iterator
from functools import partial
from math import atan2, degrees
from typing import NamedTuple

from player.figures import body
from player.figures.skeleton import Arm, Leg, Torso, arm, leg, reach, torso
from player.figures.space import Vec, along, between, length, sub, times, unit
from player.routine.pose import (
    FLAT,
    FLOOR,
    HEIGHTS,
    LIMB,
    MIDDLE_PARTS,
    PARTS,
    Angle,
    Figure,
    Limb,
    Pose,
    Prop,
    PropPlace,
    Trunk,
)

SIDES = {"near": 1.0, "far": -1.0}
_LEG_ANGLES = ("hip", "knee", "ankle")
_ARM_ANGLES = ("shoulder", "elbow")
ARM_JOINTS = ("shoulder", "out", "spin", "elbow")
_COMFORT = {"hip": 40.0, "knee": 80.0, "ankle": 0.0, "shoulder": 0.0, "elbow": 40.0}
"""If a limb can rest at several angles, the one nearest to this is used."""

_STEP = 4.0
_DROPS = 5
"""The search for the angle of a resting limb: the step in degrees, and the number of halvings."""

LEAST_CUSHION = 0.012


class BodyPart(NamedTuple):
    """A place on the body: the middle of the bone there, and its thickness as a radius."""

    at: Vec
    r: float


class Contact(NamedTuple):
    """A part and a thing that should touch, and the gap between them."""

    part: str
    thing: str
    gap: float


class Thing(NamedTuple):
    """A prop in its place. It touches the body at `at`; its foot is at the height `low`."""

    prop: Prop
    at: Vec
    low: float
    high: float
    to: Vec | None = None


class Solved(NamedTuple):
    """A body and its things at one moment."""

    torso: Torso
    legs: dict[str, Leg]
    arms: dict[str, Arm]
    things: tuple[Thing, ...]
    contacts: tuple[Contact, ...]

    def part(self, name: str, at: float | None = None) -> BodyPart:
        """Return a part of the body. `at` is a place along its bone, in percent."""
        if name in MIDDLE_PARTS:
            return middle_part(self.torso, name)
        side, _, part = name.partition("-")
        if part in {"hand", "elbow", "shoulder"}:
            return arm_part(self.arms[side], part)
        if part in HIP_PARTS:
            return hip_part(self.torso, SIDES[side], part)
        return leg_part(self.legs[side], part, at)


def height_of(prop: Prop) -> float:
    high = prop.high if prop.high is not None else HEIGHTS.get(prop.thing, 0.0)
    return high / 100


def solve(figure: Figure, share: float = 0.0) -> Solved:
    """Return the figure at `share` of the way from its first pose to its second."""
    if figure.to is None or share <= 0:
        return _placed(figure, figure.pose, 0.0)
    if share >= 1:
        found = _placed(figure, figure.to, 1.0)
    else:
        ends = (_placed(figure, figure.pose, 0.0), _placed(figure, figure.to, 1.0))
        found = _placed(figure, _mixed(figure.pose, figure.to, ends, share), share)
    first = _placed(figure, figure.pose, 0.0)
    if figure.still:
        by = sub(_anchor(first, figure.still), _anchor(found, figure.still))
        found = _moved(found, by)
    if figure.still in PARTS:
        found = _leaning_on(found, first)
    return _furnished(found, first)


def _leaning_on(solved: Solved, first: Solved) -> Solved:
    """Return the body with its hands where they rest on the floor in the first pose."""
    arms = dict(solved.arms)
    for side, sign in SIDES.items():
        if any(c.part == f"{side}-hand" and c.thing == FLOOR for c in first.contacts):
            arms[side] = reach(solved.torso, sign, first.arms[side].palm, arms[side].angles)
    return solved._replace(arms=arms)


FURNITURE = frozenset({"wall", "rail", "step", "chair", "bed", "cushion"})
"""Furniture does not move during a movement, nor does a hand that holds it."""


def _furnished(solved: Solved, first: Solved) -> Solved:
    things, arms = [], dict(solved.arms)
    for thing, before in zip(solved.things, first.things, strict=True):
        prop = thing.prop
        things.append(before if prop.thing in FURNITURE else thing)
        side, _, part = prop.part.partition("-")
        if prop.thing in FURNITURE and part == "hand":
            holding = {side} | {s for s in SIDES if _same_arm(first.arms[s], first.arms[side])}
            for hand in holding:
                arms[hand] = reach(
                    solved.torso, SIDES[hand], first.arms[hand].palm, arms[hand].angles
                )
    return solved._replace(things=tuple(things), arms=arms)


def same_arms(solved: Solved) -> bool:
    """Return whether both arms are held alike, as when both hands hold one thing."""
    return _same_arm(solved.arms["near"], solved.arms["far"])


def _same_arm(one: Arm, other: Arm) -> bool:
    return all(one.angles[name] == other.angles[name] for name in ARM_JOINTS)


def _anchor(solved: Solved, still: str) -> Vec:
    for thing in solved.things:
        if thing.prop.thing == still:
            return (thing.at[0], 0.0, 0.0)
    at = solved.part(still).at
    return (at[0], 0.0, 0.0)


def _moved(solved: Solved, by: Vec) -> Solved:
    shift = partial(_add, by)
    trunk = solved.torso
    return solved._replace(
        torso=trunk._replace(
            hips=shift(trunk.hips),
            waist=shift(trunk.waist),
            chest=shift(trunk.chest),
            neck=shift(trunk.neck),
            head=shift(trunk.head),
        ),
        legs={
            side: one._replace(
                hip=shift(one.hip),
                knee=shift(one.knee),
                ankle=shift(one.ankle),
                heel=shift(one.heel),
                toes=shift(one.toes),
            )
            for side, one in solved.legs.items()
        },
        arms={
            side: one._replace(
                shoulder=shift(one.shoulder),
                elbow=shift(one.elbow),
                wrist=shift(one.wrist),
                palm=shift(one.palm),
                tip=shift(one.tip),
            )
            for side, one in solved.arms.items()
        },
        things=tuple(
            thing._replace(at=shift(thing.at), to=shift(thing.to) if thing.to else None)
            for thing in solved.things
        ),
    )


def _add(by: Vec, at: Vec) -> Vec:
    return (at[0] + by[0], at[1] + by[1], at[2] + by[2])


# One pose


def _placed(figure: Figure, pose: Pose, share: float) -> Solved:
    trunk = torso(pose.trunk)
    limbs = {"near": pose.near, "far": pose.far}
    legs = {
        side: leg(trunk, SIDES[side], _numbers(limb), _flat(limb)) for side, limb in limbs.items()
    }
    arms = {side: arm(trunk, SIDES[side], _numbers(limb)) for side, limb in limbs.items()}
    body_now = Solved(trunk, legs, arms, (), ())
    lift = _lift(figure, pose, body_now, share)
    trunk = torso(pose.trunk, (0.0, 0.0, lift))
    gaps: list[Contact] = []
    for side, limb in limbs.items():
        legs[side] = _resting_leg(figure, trunk, side, limb, gaps, share)
        arms[side] = arm(trunk, SIDES[side], _numbers(limb))
    now = Solved(trunk, legs, arms, (), ())
    things = [_thing(now, prop, share) for prop in figure.props if not _by_arm(prop)]
    for side, limb in limbs.items():
        arms[side] = _resting_arm(trunk, side, limb, gaps)
    now = now._replace(things=tuple(things))
    for side, limb in limbs.items():
        if limb.hand:
            target = _target(now, limb.hand, arms[side])
            arms[side] = reach(trunk, SIDES[side], target.at, _numbers(limb))
            if limb.hand.endswith("inside-hip"):
                hand = unit(sub(arms[side].tip, arms[side].palm))
                palm = along(target.at, hand, -_FINGERS)
                arms[side] = reach(trunk, SIDES[side], palm, _numbers(limb))
            gap = length(sub(arms[side].palm, target.at)) - target.r
            gaps.append(Contact(f"{side}-hand", limb.hand, max(gap, 0.0)))
    things += [_thing(now, prop, share) for prop in figure.props if _by_arm(prop)]
    order = {id(prop): place for place, prop in enumerate(figure.props)}
    things.sort(key=lambda thing: order[id(thing.prop)])
    now = now._replace(things=tuple(things))
    gaps += _touching(now)
    return now._replace(contacts=tuple(gaps))


def _by_arm(prop: Prop) -> bool:
    return prop.place is PropPlace.FROM or prop.part.endswith(("-hand", "-elbow", "-shoulder"))


def _numbers(limb: Limb) -> dict[str, float]:
    """Return the angles of a limb, with a comfortable angle for each that is not known yet."""
    return {
        name: value if not isinstance(value := getattr(limb, name), str) else _COMFORT[name]
        for name in LIMB
    }


def _flat(limb: Limb) -> bool:
    return limb.ankle == FLAT


def _told(limb: Limb, names: tuple[str, ...]) -> bool:
    return not any(isinstance(getattr(limb, name), str) for name in names)


def _lift(figure: Figure, pose: Pose, now: Solved, share: float) -> float:
    """Return the height of the hips at which the lowest part just rests."""
    lowest = min(part.at[2] - part.r for part in _resting_parts(pose, now))
    lift = -lowest
    for prop in figure.props:
        if (
            prop.place is PropPlace.UNDER
            and not _by_arm(prop)
            and _holds(prop)
            and _is_told(pose, prop)
        ):
            part = now.part(prop.part, _at(prop, share))
            top = height_of(prop) + (HEIGHTS.get(prop.on, 0.0) / 100)
            lift = max(lift, top - (part.at[2] - part.r))
    return lift


def _holds(prop: Prop) -> bool:
    return height_of(prop) > 0 and (prop.thing != "cushion" or prop.high is not None)


def _is_told(pose: Pose, prop: Prop) -> bool:
    side, _, part = prop.part.partition("-")
    return side not in SIDES or part in HIP_PARTS or _told(getattr(pose, side), ("hip", "knee"))


def _resting_parts(pose: Pose, now: Solved) -> Iterator[BodyPart]:
    trunk = now.torso
    for at, r in (
        (trunk.hips, body.PELVIS_R),
        (trunk.waist, body.WAIST_R),
        (trunk.chest, body.CHEST_R),
        (trunk.head, body.HEAD_R),
    ):
        yield BodyPart(at, r)
    for side, limb in (("near", pose.near), ("far", pose.far)):
        one = now.legs[side]
        yield BodyPart(one.hip, body.THIGH_R)
        if not isinstance(limb.hip, str):
            yield BodyPart(one.knee, body.KNEE_R)
            if not isinstance(limb.knee, str):
                yield from _foot(one)
        if _told(limb, _ARM_ANGLES) and not limb.hand:
            arm_now = now.arms[side]
            yield BodyPart(arm_now.elbow, body.ELBOW_R)
            yield BodyPart(arm_now.tip, body.HAND_R)


def _foot(one: Leg) -> Iterator[BodyPart]:
    yield BodyPart(one.ankle, body.ANKLE_R)
    yield BodyPart(one.heel, body.HEEL_R)
    yield BodyPart(one.toes, body.TOES_R)


def _resting_leg(
    figure: Figure, trunk: Torso, side: str, limb: Limb, gaps: list[Contact], share: float
) -> Leg:
    """Return a leg. An angle that names a thing is chosen so that the leg rests on it."""
    angles, flat = _numbers(limb), _flat(limb)
    trunk_lean = degrees(atan2(trunk.pelvis.up[0], trunk.pelvis.up[2]))
    made = partial(leg, trunk, SIDES[side], flat=flat)
    for name in _LEG_ANGLES:
        on = getattr(limb, name)
        if not isinstance(on, str) or on == FLAT:
            continue
        under = next(
            (
                prop
                for prop in figure.props
                if prop.thing == on and prop.place is PropPlace.UNDER and prop.part.startswith(side)
            ),
            None,
        )
        top = (
            height_of(under) + (HEIGHTS.get(under.on, 0.0) / 100)
            if under
            else HEIGHTS.get(on, 0.0) / 100
        )

        def above(
            angle: float, name: str = name, under: Prop | None = under, top: float = top
        ) -> float:
            now = made(angles={**angles, name: angle})
            if under is not None:
                part = leg_part(now, under.part.partition("-")[2], _at(under, share))
                return part.at[2] - part.r - top
            return min(part.at[2] - part.r for part in _below(now, name)) - top

        comfort = _COMFORT[name] + (max(trunk_lean, 0.0) if name == "hip" else 0.0)
        angles[name], gap = _rest(above, name, comfort)
        gaps.append(Contact(under.part if under else f"{side}-foot", on, gap))
    return made(angles=angles)


def _below(now: Leg, joint: str) -> Iterator[BodyPart]:
    if joint == "hip":
        yield BodyPart(now.knee, body.KNEE_R)
    yield from _foot(now)


def _resting_arm(trunk: Torso, side: str, limb: Limb, gaps: list[Contact]) -> Arm:
    angles = _numbers(limb)
    up = trunk.chest_axes.up
    for name in _ARM_ANGLES:
        # if the trunk leans forward, the arms hang down and support it
        comfort = max(degrees(atan2(up[0], up[2])), 0.0) if name == "shoulder" else _COMFORT[name]
        on = getattr(limb, name)
        if not isinstance(on, str):
            continue
        top = HEIGHTS.get(on, 0.0) / 100

        def above(angle: float, name: str = name, top: float = top) -> float:
            now = arm(trunk, SIDES[side], {**angles, name: angle})
            return min(now.tip[2] - body.HAND_R, now.elbow[2] - body.ELBOW_R) - top

        angles[name], gap = _rest(above, name, comfort)
        gaps.append(Contact(f"{side}-hand", on, gap))
    return arm(trunk, SIDES[side], angles)


def _rest(above: Callable[[float], float], joint: str, comfort: float) -> tuple[float, float]:
    """Return the most comfortable angle at which `above` is 0, and the gap that remains."""
    low, high, _ = LIMB[joint]
    steps = int((high - low) / _STEP)
    angles = [low + (high - low) * step / steps for step in range(steps + 1)]
    heights = [above(angle) for angle in angles]
    found = []
    for place in range(steps):
        one, other = heights[place], heights[place + 1]
        if one * other <= 0 and one != other:
            found.append(_halved(above, angles[place], angles[place + 1], one))
    if found:
        best = min(found, key=lambda angle: abs(angle - comfort))
        return best, abs(above(best))
    nearest = min(range(steps + 1), key=lambda place: abs(heights[place]))
    return angles[nearest], abs(heights[nearest])


def _halved(above: Callable[[float], float], low: float, high: float, at_low: float) -> float:
    for _ in range(_DROPS + 5):
        middle = (low + high) / 2
        value = above(middle)
        if value * at_low > 0:
            low, at_low = middle, value
        else:
            high = middle
    return (low + high) / 2


# Parts


def middle_part(trunk: Torso, name: str) -> BodyPart:
    return {
        "head": BodyPart(trunk.head, body.HEAD_R),
        "chest": BodyPart(trunk.chest, body.CHEST_R),
        "ribs": BodyPart(between(trunk.waist, trunk.chest, 0.25), body.WAIST_R),
        "belly": BodyPart(between(trunk.hips, trunk.waist, 0.8), body.WAIST_R),
        "back": BodyPart(between(trunk.waist, trunk.chest, 0.5), body.CHEST_R),
        "hips": BodyPart(trunk.hips, body.PELVIS_R),
    }[name]


HIP_PARTS = {
    "buttock": (-0.032, 0.012, 0.045, 0.040),
    "pocket": (0.030, 0.030, 0.030, 0.026),
    "inside-hip": (0.045, 0.006, 0.050, 0.012),
}
"""Muscles beside the hip joint: how far to its front, outward and up they are, and their radius.

The first is the upper outer part of the buttock, the second the muscle at the trouser pocket, and
the third the place just inside the front hip bone, below the navel.
"""


def hip_part(trunk: Torso, side: float, name: str) -> BodyPart:
    """Return a muscle beside the hip joint of a side."""
    front, outward, up, r = HIP_PARTS[name]
    axes = trunk.pelvis
    at = along(trunk.hips, axes.near, side * (body.HALF_HIPS + outward))
    return BodyPart(along(along(at, axes.front, front), axes.up, up), r)


def leg_part(one: Leg, name: str, at: float | None = None) -> BodyPart:
    """Return a part of a leg. `at` is a place along its bone, in percent."""
    if name in {"thigh", "quad", "ham", "seat"}:
        share = (at if at is not None else 0.0 if name == "seat" else 50.0) / 100
        r = body.THIGH_R + (body.KNEE_R - body.THIGH_R) * share
        return BodyPart(between(one.hip, one.knee, share), body.PELVIS_R if name == "seat" else r)
    if name in {"calf", "shin"}:
        share = (at if at is not None else 35.0) / 100
        r = body.KNEE_R + (body.ANKLE_R - body.KNEE_R) * share
        return BodyPart(between(one.knee, one.ankle, share), r)
    if name == "outer-thigh":
        share = (at if at is not None else 50.0) / 100
        r = body.THIGH_R + (body.KNEE_R - body.THIGH_R) * share
        aside = along(between(one.hip, one.knee, share), one.outward, r * 0.35)
        return BodyPart(aside, r * 0.9)
    if name == "shin-muscle":
        share = (at if at is not None else 35.0) / 100
        return BodyPart(along(between(one.knee, one.ankle, share), one.outward, 0.018), 0.024)
    if name in {"foot", "sole"}:
        share = (at if at is not None else 45.0) / 100
        r = body.HEEL_R + (body.TOES_R - body.HEEL_R) * share
        return BodyPart(between(one.heel, one.toes, share), r)
    return {
        "hip": BodyPart(one.hip, body.THIGH_R),
        "knee": BodyPart(one.knee, body.KNEE_R),
        "ankle": BodyPart(one.ankle, body.ANKLE_R),
        "heel": BodyPart(one.heel, body.HEEL_R),
        "toes": BodyPart(one.toes, body.TOES_R),
    }[name]


def arm_part(one: Arm, name: str) -> BodyPart:
    return {
        "shoulder": BodyPart(one.shoulder, body.SHOULDER_R),
        "elbow": BodyPart(one.elbow, body.ELBOW_R),
        "hand": BodyPart(one.palm, body.HAND_R),
    }[name]


_FINGERS = 0.018
"""From the middle of the palm to the middle of the part of the fingers that presses."""


def _target(now: Solved, name: str, arm_now: Arm) -> BodyPart:
    """Return the target of a hand. On a part it is the surface that faces the shoulder."""
    for thing in now.things:
        if thing.prop.thing == name:
            return BodyPart(thing.at, body.HAND_R)
    part = now.part(name)
    if name.endswith("inside-hip"):  # the fingers press there, not the palm
        return BodyPart(part.at, body.HAND_R + _FINGERS)
    reach_r = 0.6 * part.r
    towards = unit(sub(arm_now.shoulder, part.at))
    return BodyPart(along(part.at, towards, reach_r), body.HAND_R + part.r)


# Things


def _at(prop: Prop, share: float) -> float | None:
    if prop.at is None or prop.then is None:
        return prop.at
    return prop.at + (prop.then - prop.at) * share


_OUTWARD = {PropPlace.FRONT: 1.0, PropPlace.BEHIND: -1.0}


def _thing(now: Solved, prop: Prop, share: float) -> Thing:
    """Place a thing where it touches its part."""
    part = now.part(prop.part, _at(prop, share))
    if prop.part.endswith("-hand") and prop.place in _OUTWARD:
        part = part._replace(at=now.arms[prop.part.partition("-")[0]].tip)
    high, floor = height_of(prop), HEIGHTS.get(prop.on, 0.0) / 100
    if prop.place is PropPlace.FROM:
        return Thing(prop, part.at, 0.0, 0.0, now.part(prop.to).at)
    if prop.place is PropPlace.UNDER:
        top = part.at[2] - part.r
        if prop.thing == "cushion" and prop.high is None:
            high = max(top - floor, LEAST_CUSHION)
        return Thing(prop, (part.at[0], part.at[1], top), floor, high)
    if prop.place is PropPlace.OVER:
        return Thing(prop, along(part.at, (0.0, 0.0, 1.0), part.r), floor, high)
    beyond = part.r + floor  # such as a ball between a body and a wall
    if prop.place is PropPlace.BESIDE:
        outward = times((0.0, 1.0, 0.0), SIDES.get(prop.part.partition("-")[0], 1.0))
        return Thing(prop, along(part.at, outward, beyond), floor, high)
    towards = _OUTWARD[prop.place]
    if prop.thing == "wall" and prop.part.endswith("-shin"):
        toes = now.part(f"{prop.part.partition('-')[0]}-toes")
        # A foot that points along the wall stays on this side of it.
        beyond = max(beyond, (toes.at[0] - part.at[0]) * towards + toes.r)
    return Thing(prop, along(part.at, (1.0, 0.0, 0.0), beyond * towards), floor, high)


_RESTED_ON = frozenset(HEIGHTS) - {FLOOR}


def _touching(now: Solved) -> Iterator[Contact]:
    """Yield the gap between each thing that bears weight and the part that rests on it."""
    for thing in now.things:
        prop = thing.prop
        padded = any(t.prop.on == prop.thing and t.prop.part == prop.part for t in now.things)
        if padded or _by_arm(prop):
            continue
        if prop.place is PropPlace.UNDER and prop.thing in _RESTED_ON:
            yield Contact(prop.part, prop.thing, abs(thing.at[2] - (thing.low + thing.high)))


# Two poses


def _mixed(first: Pose, second: Pose, ends: tuple[Solved, Solved], share: float) -> Pose:
    def mix(a: float, b: float) -> float:
        return a + (b - a) * share

    def limb(side: str, a: Limb, b: Limb) -> Limb:
        values: dict[str, Angle] = {}
        for name in LIMB:
            one, other = getattr(a, name), getattr(b, name)
            if isinstance(one, str) and one == other:
                values[name] = one
            else:
                values[name] = mix(
                    _solved_angle(ends[0], side, name), _solved_angle(ends[1], side, name)
                )
        hand = a.hand if a.hand == b.hand else ""
        return Limb(**values, hand=hand)  # type: ignore[arg-type]  # keys of LIMB are its fields

    trunk = Trunk(*(mix(a, b) for a, b in zip(first.trunk, second.trunk, strict=True)))
    return Pose(trunk, limb("near", first.near, second.near), limb("far", first.far, second.far))


def _solved_angle(solved: Solved, side: str, name: str) -> float:
    found = (
        solved.legs[side].angles
        if name in {"hip", "open", "turn", "knee", "ankle"}
        else solved.arms[side].angles
    )
    return found[name]
