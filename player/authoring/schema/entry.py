"""Builds the schema of one exercise in a catalogue file."""

from player.authoring.schema import patterns
from player.authoring.schema.figure import figure
from player.authoring.schema.pieces import Schema, keys, matching, ref
from player.authoring.schema.step import DOSE_KEYS, SAFETY_KEYS
from player.routine.entries import MUST

_SIDES = "Write `one` (a leg at a time) or `both` (at once)."


def entry() -> Schema:
    """Return the schema of an exercise: its description, its instructions and its safety keys."""
    sides: Schema = {
        "anyOf": [
            {"enum": ["one", "both"], "errorMessage": _SIDES},
            matching(r"^\s*(?:one|both)\s*$", _SIDES),
        ]
    }
    about = keys(
        {
            "name": ("What it is called.", "text"),
            "regions": ("What it works on; the screening goes by it.", "region-list"),
            "muscles": ("The muscles, by name.", "texts"),
            "kind": ("What it is; the screening and the dose rules go by it.", "kind"),
            "position": ("How the body is placed; the screening goes by it.", "position"),
            "sides": ("`one`: a leg at a time. `both`: at once.", sides),
            "equipment": ("What is needed.", "equipment"),
            "how": ("How it is done, a line for each part; at most 90 characters each.", "texts"),
            "feel": ("What should be felt, and where.", "text"),
            "mistakes": ("What people do wrong, in a few words each.", "texts"),
            "easier": ("What makes it easier.", "text"),
            "harder": ("What makes it harder.", "text"),
            "breathe": ("The breath: in-out, in-hold-out-hold, or free.", "breathe", "4-6 | free"),
            "keep_off": ("Places near by that are never pressed.", "texts"),
            "note": ("Shown while it is done.", "text"),
            "often": ("How often; shown, not played.", "often", "daily | 2/day | 3/week"),
            "sources": ("Where the dose and the claims come from.", "sources"),
            "figure": ("A pose in joint angles, and what it touches.", figure()),
        }
    )  # fmt: skip
    safety = {name: SAFETY_KEYS[name] for name in ("avoid_if", "caution")}
    return {
        "title": "exercise",
        "type": "object",
        "properties": {**about, **safety, "dose": _dose()},
        "patternProperties": {patterns.PRIVATE: True},
        "additionalProperties": False,
        "errorMessage": "An exercise of a catalogue has no such key.",
        "allOf": [
            {"required": [name], "errorMessage": f"An exercise needs `{name}:`."} for name in MUST
        ],
    }


def _dose() -> Schema:
    extra = keys(
        {
            "until": ("What ends it before the time is up.", "text"),
            "cues": ("What is said at certain times of each set.", "cues"),
        }
    )
    return {
        "title": "dose",
        "description": "The dose of `- id` alone: one text, or the keys of a step.",
        "properties": {**DOSE_KEYS, **extra},
        "additionalProperties": False,
        "errorMessage": "A dose has no such key.",
        "anyOf": [{"if": {"type": ["object"]}, "else": ref("dose")}],
    }
