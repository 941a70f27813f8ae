"""A figure as data: joint angles of the body, and the things that it touches.

Angles are in degrees as a physiotherapist names them: 0 is standing upright, and bending a joint in
its usual direction is positive. Lengths are percentages of the body height.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

Angle = float | str
"""Degrees, or the name of the thing on which the limb rests; the angle then follows from it."""

FLOOR = "floor"
FLAT = "flat"
"""An ankle angle that makes the sole level."""


class View(StrEnum):
    """The direction from which the body is seen. From the side it faces right."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    CORNER = "corner"
    ABOVE = "above"
    """From above and a little from the near side."""
    TOP = "top"
    """From straight above."""


class Works(StrEnum):
    """The part of the body whose muscle is highlighted."""

    NEAR = "near"
    FAR = "far"
    BOTH = "both"


class Joint(NamedTuple):
    """The range of a joint in degrees, and its name in messages."""

    low: float
    high: float
    words: str


# Normal ranges of adults (AAOS, Joint Motion), slightly wider for poses that push against
# something: a heel pulled to the seat, a kneeling shin, an arm reaching past the head.
TRUNK = {
    "lean": Joint(-120, 135, "the trunk leans forward"),
    "roll": Joint(-180, 180, "the body is rolled, near side up"),
    "bend": Joint(-45, 70, "the back bends forward"),
    "tilt": Joint(-40, 40, "the trunk bends to the near side"),
    "twist": Joint(-45, 45, "the chest turns to the near side"),
    "neck": Joint(-55, 60, "the chin comes down"),
}
LIMB = {
    "hip": Joint(-35, 140, "the thigh comes forward"),
    "open": Joint(-35, 80, "the thigh goes outward"),
    "turn": Joint(-50, 90, "the thigh turns outward"),
    "knee": Joint(0, 160, "the heel comes to the seat"),
    "ankle": Joint(-60, 40, "the toes come up"),
    "shoulder": Joint(-70, 185, "the arm comes forward and up"),
    "out": Joint(-45, 180, "the arm goes outward"),
    "spin": Joint(-90, 95, "the upper arm turns outward"),
    "elbow": Joint(0, 155, "the forearm comes up"),
}


class Trunk(NamedTuple):
    """The trunk and head. `lean` 90 is face down with the head to the right; -90 is face up."""

    lean: float = 0
    roll: float = 0
    bend: float = 0
    tilt: float = 0
    twist: float = 0
    neck: float = 0


class Limb(NamedTuple):
    """The leg and the arm of one side."""

    hip: Angle = 0
    open: float = 4
    turn: float = 0
    knee: Angle = 0
    ankle: Angle = FLAT
    shoulder: Angle = 5
    out: float = 6
    spin: float = 0
    elbow: Angle = 8
    hand: str = ""
    """The thing that the hand holds or lies on. If it is given, the arm's angles are computed."""


class PropPlace(StrEnum):
    """The position of a thing, relative to the part that touches it."""

    UNDER = "under"
    OVER = "over"
    FRONT = "front"
    BEHIND = "behind"
    BESIDE = "beside"
    FROM = "from"
    """One end of it is held here, and the other end is at another part (`to`)."""


class Prop(NamedTuple):
    """A thing that a part of the body touches."""

    thing: str
    place: PropPlace
    part: str
    to: str = ""
    on: str = FLOOR
    """The thing that it rests on."""
    at: float | None = None
    """Position along the part, in percent of its bone from the trunk; the middle if None."""
    then: float | None = None
    """Position along the part in the second pose, such as the end of a roller's stroke."""
    high: float | None = None
    """Its height. If None, the usual one; for a cushion, the height of the gap it fills."""


class Pose(NamedTuple):
    """The body at one moment."""

    trunk: Trunk = Trunk()
    near: Limb = Limb()
    far: Limb = Limb()


class Figure(NamedTuple):
    """One pose, or two poses between which the body moves."""

    pose: Pose
    to: Pose | None = None
    view: View = View.SIDE
    works: Works = Works.NEAR
    props: tuple[Prop, ...] = ()
    still: str = ""
    """The part or thing that does not move while the body moves."""


class Drawn:
    """A figure that is read on first use, because a list of routines shows no figures."""

    __slots__ = ("_figure", "_read")

    def __init__(self, read: Callable[[], Figure | None]) -> None:
        self._read: Callable[[], Figure | None] | None = read
        self._figure: Figure | None = None

    @property
    def figure(self) -> Figure | None:
        if self._read is not None:
            self._figure, self._read = self._read(), None
        return self._figure

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Drawn) and self.figure == other.figure

    def __hash__(self) -> int:
        return hash(self.figure)


SIDED_PARTS = (
    "hand", "elbow", "shoulder", "hip", "seat", "thigh", "quad", "ham", "knee", "shin", "calf",
    "ankle", "heel", "sole", "toes", "foot",
    "buttock", "pocket", "inside-hip", "outer-thigh", "shin-muscle",
)  # fmt: skip
MIDDLE_PARTS = ("head", "chest", "ribs", "belly", "back", "hips")
PARTS = (*MIDDLE_PARTS, *(f"{side}-{part}" for side in ("near", "far") for part in SIDED_PARTS))

HEIGHTS = {
    FLOOR: 0.0,
    "chair": 23.5,
    "bed": 26.0,
    "step": 10.0,
    "roller": 8.5,
    "ball": 5.0,
    "cushion": 3.5,
    "psoas-tool": 8.0,
}
"""Heights of the things on which a body can rest, in percent of the body height."""

THINGS = (
    *HEIGHTS, "wall", "rail", "strap", "stick", "towel", "band", "wrap", "cold-pack",
)  # fmt: skip
