"""Builds the schema of a figure: joint angles, and the things that the body touches."""

from player.authoring.schema import patterns
from player.authoring.schema.pieces import Schema, keys, matching
from player.routine.pose import LIMB, PARTS, THINGS, TRUNK, Joint, PropPlace, View, Works

_LIMB = "near", "far"


def figure() -> Schema:
    """Return the schema of a pose; `to` holds what changes in the second pose."""
    pose: Schema = {name: _angle(name, joint) for name, joint in TRUNK.items()}
    pose |= keys({side: (f"The leg and the arm of the {side} side.", _limb()) for side in _LIMB})
    more = keys(
        {
            "view": (f"From where it is seen: {', '.join(View)}.", _one_of(list(View))),
            "works": ("Whose muscle is marked.", _one_of(list(Works))),
            "still": ("The part or thing that stays in its place while the body moves.", "scalar"),
            "props": ("The things it touches, each with where.", _props()),
            "to": ("The second pose: only what changes.", _map(pose)),
        }
    )
    return _map({**pose, **more})


def _map(properties: Schema) -> Schema:
    return {
        "type": ["object"],
        "properties": properties,
        "additionalProperties": False,
        "errorMessage": "A figure has no such key.",
    }


def _angle(name: str, joint: Joint) -> Schema:
    says = f"Degrees from {joint.low:g} to {joint.high:g}; above 0 {joint.words}."
    limits: Schema = {
        "type": ["number", "string"],
        "minimum": joint.low,
        "maximum": joint.high,
        "errorMessage": says,
    }
    return {"title": name, "description": says, "anyOf": [limits]}


def _limb() -> Schema:
    joints = {name: _angle(name, joint) for name, joint in LIMB.items()}
    hand = keys({"hand": ("What the hand holds or lies on.", "scalar")})
    return _map({**joints, **hand})


def _one_of(words: list[str]) -> Schema:
    return matching(patterns.whole(patterns.word_of(words)), f"Write one of: {', '.join(words)}.")


def _props() -> Schema:
    where = keys(
        {
            **{place.value: (f"It is {place.value} this part.", "scalar") for place in PropPlace},
            "to": ("The part that it leads to.", "scalar"),
            "on": ("What it stands on.", "scalar"),
            "at": ("How far along the part, in percent.", "scalar"),
            "then": ("How far along in the second pose.", "scalar"),
            "high": ("Its height, in percent of the body's.", "scalar"),
        }
    )
    thing: Schema = {
        "type": ["object"],
        "properties": {name: _map(where) for name in THINGS},
        "description": f"Parts: {', '.join(PARTS)}.",
    }
    return {"if": {"type": ["array"]}, "then": {"items": thing}, "else": thing}
