"""Explains each word of the format, for the hover of an editor."""

from collections.abc import Mapping

from player.routine.vocabulary import EQUIPMENT, Goal, Kind, Level, Position, Region, Variant

KINDS: Mapping[str, str] = {
    Kind.STATIC: "A stretch that is held still.",
    Kind.DYNAMIC: "Moving in and out of a stretch; walking and other easy movement.",
    Kind.CONTRACT_RELAX: "Press lightly, let go, and stretch a little further.",
    Kind.ROLL: "Massage along the muscle, with a roller, a stick or the hands.",
    Kind.PRESS: "Massage that stays on one spot.",
    Kind.DEEP_PRESS: "Deep pressure into the front of the hip, through the belly.",
    Kind.BREATHE: "Slow breathing.",
    Kind.HEAT: "Warmth on a muscle.",
    Kind.COOL: "A cold pack.",
    Kind.EARLY_CARE: "The first days of an injury: settle, raise, wrap.",
    Kind.STRENGTHEN: "Work against weight or resistance.",
}

REGIONS: Mapping[str, str] = {
    Region.CALF: "Calf.",
    Region.SHIN: "Shin, front of the lower leg.",
    Region.FOOT: "Foot and ankle.",
    Region.KNEE: "Knee.",
    Region.QUAD: "Front of the thigh.",
    Region.HAM: "Back of the thigh.",
    Region.ADDUCTOR: "Inner thigh.",
    Region.GLUTE: "Buttock.",
    Region.TFL: "Outer hip.",
    Region.HIPFLEXOR: "Front of the hip: psoas and its neighbours.",
    Region.BELLY: "Belly.",
    Region.LOWBACK: "Low back.",
}

POSITIONS: Mapping[str, str] = {
    Position.STAND: "Standing free.",
    Position.SUPPORT: "Standing with a hand on a wall, chair or rail.",
    Position.ONE_LEG: "Standing on one leg.",
    Position.HALF_KNEEL: "One knee on the floor.",
    Position.ALL_FOURS: "On hands and knees.",
    Position.CHAIR: "Sitting on a chair.",
    Position.FLOOR_SIT: "Sitting on the floor.",
    Position.SUPINE: "Lying on the back.",
    Position.PRONE: "Lying on the front.",
    Position.SIDE_LYING: "Lying on one side.",
}

LEVELS: Mapping[str, str] = {
    Level.GENTLE: "For anybody, also on a bad day.",
    Level.BEGINNER: "For people who are new to it.",
    Level.INTERMEDIATE: "For people who know the exercises.",
    Level.ADVANCED: "For people who train.",
}

GOALS: Mapping[str, str] = {
    Goal.FLEXIBILITY: "More range.",
    Goal.PRE_SPORT: "Before sport.",
    Goal.RECOVERY: "After sport.",
    Goal.RELIEF: "Ease for what feels tight.",
    Goal.RELAX: "Calm.",
    Goal.NIGHT_CRAMP: "Against cramps at night.",
    Goal.EARLY_CARE: "The first days of an injury.",
}

VARIANTS: Mapping[str, str] = {
    Variant.STANDARD: "As the catalogue describes it.",
    Variant.EASIER: "Shows the catalogue's easier text.",
    Variant.HARDER: "Shows the catalogue's harder text.",
}

SIDES: Mapping[str, str] = {
    "each side": "Left and right, one after the other; a set is both sides.",
    "left then right": "All sets on the left, then all on the right.",
    "right then left": "All sets on the right, then all on the left.",
    "alternating": "Left and right swap after each rep, hold or cycle.",
    "both": "Both sides at once.",
    "left": "Only the left.",
    "right": "Only the right.",
    "one side": "The person chooses a side, once for the whole routine.",
}

PHASES: Mapping[str, str] = {
    "stretch": "Stretch for this long.",
    "contract": "Press lightly for this long; `effort` says how lightly.",
    "relax": "Let go for this long.",
    "deepen": "Go a little further and stay for this long.",
    "up": "The way up.",
    "hold": "Stay for this long.",
    "down": "The way down.",
}

WHENS: Mapping[str, str] = {
    "every-set": "In every set.",
    "first-set": "Only in the first set.",
    "last-set": "Only in the last set.",
}

_THINGS: Mapping[str, str] = {
    "step": "A step or a stair with a rail.",
    "strap": "A strap, belt or long towel to pull with.",
    "stick": "A massage stick.",
    "psoas-tool": "A tool that presses into the front of the hip.",
    "band": "An elastic band.",
    "wrap": "An elastic bandage.",
    "cold-pack": "A cold pack with a cloth round it.",
    "partner": "Somebody who helps.",
}
THINGS: Mapping[str, str] = {
    thing: _THINGS.get(thing, f"A {thing}.") for thing in sorted(EQUIPMENT)
}
