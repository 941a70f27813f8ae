"""A figure as data: how the body stands in joint angles, and the things it touches.

Angles are degrees, named as a physio names them: 0 is standing at attention, and what bends a
joint the usual way is positive. Lengths are percent of the body's height.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

Angle = float | str
"""Degrees; or the thing on which the limb comes to rest, whose angle is then worked out."""

FLOOR = "floor"
FLAT = "flat"
"""An ankle such that the sole is level."""


class View(StrEnum):
    """From where the body is seen. It faces right from the side."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    CORNER = "corner"
    ABOVE = "above"


class Works(StrEnum):
    """Whose muscle is marked."""

    NEAR = "near"
    FAR = "far"
    BOTH = "both"


class Joint(NamedTuple):
    """How far a joint goes, in degrees, and what it is called in a message."""

    low: float
    high: float
    words: str


# Normal ranges of adults (AAOS, Joint Motion), a little widened for a pose that leans on
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
    """The trunk and the head; `lean` 90 is face down with the head to the right, -90 face up."""

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
    """What the hand holds or lies on; the arm's angles are then worked out."""


class PropPlace(StrEnum):
    """Where a thing is, seen from the part that touches it."""

    UNDER = "under"
    OVER = "over"
    FRONT = "front"
    BEHIND = "behind"
    BESIDE = "beside"
    FROM = "from"
    """It is held here, and leads `to` another part."""


class Prop(NamedTuple):
    """A thing that a part of the body touches."""

    thing: str
    place: PropPlace
    part: str
    to: str = ""
    on: str = FLOOR
    """What it stands on."""
    at: float | None = None
    """How far along the part, in percent of its bone from the trunk; untold, its middle."""
    then: float | None = None
    """How far along in the second pose: a roller's stroke."""
    high: float | None = None
    """Its height; where it is not written, the usual one, or for a cushion what fills the gap."""


class Pose(NamedTuple):
    """How the body is at one moment."""

    trunk: Trunk = Trunk()
    near: Limb = Limb()
    far: Limb = Limb()


class Figure(NamedTuple):
    """One pose, or two between which the body moves."""

    pose: Pose
    to: Pose | None = None
    view: View = View.SIDE
    works: Works = Works.NEAR
    props: tuple[Prop, ...] = ()
    still: str = ""
    """The part or thing that stays in its place while the body moves."""


class Drawn:
    """A figure that is read when it is first looked at: a list of routines shows none."""

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
)  # fmt: skip
MIDDLE_PARTS = ("head", "chest", "belly", "back", "hips")
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
"""How high things are on which a body can rest, in percent of its height."""

THINGS = (
    *HEIGHTS, "wall", "rail", "strap", "stick", "towel", "band", "wrap", "cold-pack",
)  # fmt: skip
