"""The words of the format: kinds, regions, positions, sides, equipment, levels, goals."""

from enum import StrEnum
from typing import Final


class Word(StrEnum):
    """A word of the format. It hashes as its text, because the hash of an Enum is slow."""

    __hash__ = str.__hash__


class Kind(Word):
    """The kind of an exercise. The dose rules and the screening depend on it."""

    STATIC = "static-stretch"
    DYNAMIC = "dynamic-stretch"
    CONTRACT_RELAX = "contract-relax"
    ROLL = "roll"
    PRESS = "press"
    DEEP_PRESS = "deep-press"
    BREATHE = "breathe"
    HEAT = "heat"
    COOL = "cool"
    EARLY_CARE = "early-care"
    STRENGTHEN = "strengthen"


MASSAGE: Final = frozenset({Kind.ROLL, Kind.PRESS, Kind.DEEP_PRESS})
UNKNOWN_KINDS: Final = frozenset({Kind.STATIC, Kind.PRESS})
"""The kinds assumed for a step without a kind: the worst case for stretch and for massage."""


class Position(Word):
    """The position of the body."""

    STAND = "stand"
    SUPPORT = "support"
    ONE_LEG = "one-leg"
    HALF_KNEEL = "half-kneel"
    ALL_FOURS = "all-fours"
    CHAIR = "chair"
    FLOOR_SIT = "floor-sit"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side-lying"


class Region(Word):
    """A part of the body that a step works on."""

    CALF = "calf"
    SHIN = "shin"
    FOOT = "foot"
    KNEE = "knee"
    QUAD = "quad"
    HAM = "ham"
    ADDUCTOR = "adductor"
    GLUTE = "glute"
    TFL = "tfl"
    HIPFLEXOR = "hipflexor"
    BELLY = "belly"
    LOWBACK = "lowback"


REGION_WORDS: Final = {
    Region.CALF: "Calf",
    Region.SHIN: "Shin",
    Region.FOOT: "Foot",
    Region.KNEE: "Knee",
    Region.QUAD: "Front thigh",
    Region.HAM: "Back thigh",
    Region.ADDUCTOR: "Inner thigh",
    Region.GLUTE: "Buttock",
    Region.TFL: "Outer hip",
    Region.HIPFLEXOR: "Hip flexors",
    Region.BELLY: "Belly",
    Region.LOWBACK: "Low back",
}
"""Everyday names of the regions, for people who do not know the words of coaches."""

LEG: Final = frozenset(Region) - {Region.BELLY, Region.LOWBACK}


class Side(Word):
    """The side of the body that does a piece of work."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    ALTERNATING = "alternating"
    ONE = "one"


class Sides(Word):
    """How a step uses the sides of the body."""

    EACH = "each side"
    LEFT_THEN_RIGHT = "left then right"
    RIGHT_THEN_LEFT = "right then left"
    ALTERNATING = "alternating"
    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    ONE = "one side"


BOTH_SIDES_IN_TURN = frozenset(
    {Sides.EACH, Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT, Sides.ALTERNATING}
)


class Unit(Word):
    """What is counted. A pass is one stroke in one direction."""

    REPS = "reps"
    BREATHS = "breaths"
    PASSES = "passes"


class PhaseWord(Word):
    """A phase of a cycle that the program knows. A coach may use other words."""

    STRETCH = "stretch"
    CONTRACT = "contract"
    RELAX = "relax"
    DEEPEN = "deepen"
    UP = "up"
    HOLD = "hold"
    DOWN = "down"


PHASE_WORDS: Final = tuple(PhaseWord)


class Level(Word):
    GENTLE = "gentle"
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Goal(Word):
    FLEXIBILITY = "flexibility"
    PRE_SPORT = "pre-sport"
    RECOVERY = "recovery"
    RELIEF = "relief"
    RELAX = "relax"
    NIGHT_CRAMP = "night-cramp"
    EARLY_CARE = "early-care"


class Variant(Word):
    STANDARD = "standard"
    EASIER = "easier"
    HARDER = "harder"


EQUIPMENT: Final = frozenset(
    [
        "wall",
        "chair",
        "step",
        "strap",
        "roller",
        "ball",
        "stick",
        "psoas-tool",
        "cushion",
        "bed",
        "band",
        "towel",
        "wrap",
        "cold-pack",
        "partner",
    ]
)
MASSAGE_TOOLS: Final = frozenset({"roller", "ball", "stick", "psoas-tool"})
