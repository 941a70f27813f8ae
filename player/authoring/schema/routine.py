"""Builds the schemas of routine files and of catalogue files."""

from collections.abc import Mapping, Sequence

from player.authoring.schema import patterns
from player.authoring.schema.entry import entry
from player.authoring.schema.pieces import DRAFT, Schema, keys, matching, ref, used
from player.authoring.schema.step import DOSE_KEYS, SAFETY_KEYS, step, steps
from player.authoring.schema.values import values
from player.routine.catalogue import Catalogue
from player.routine.shape import DEFAULT_KEYS

_ABOUT = keys(
    {
        "name": ("What the routine is called.", "text"),
        "about": ("What it is for, and for whom.", "text"),
        "author": ("Who wrote it.", "scalar"),
        "license": ("What others may do with it.", "scalar"),
        "language": ("The language of its texts; English if unsaid.", "language", "en | es | de"),
        "level": ("For whom it is.", "level"),
        "regions": ("What it works on.", "region-list"),
        "goals": ("What it is good for.", "goal-list"),
        "tags": ("Words of your own to find it by.", "tags"),
        "equipment": ("What is needed.", "equipment"),
        "duration": ("How long it should take; `check` says when it is more than 10 % off.",
                     "time", "5m | 10m | 15m"),
        "often": ("How often; shown, not played.", "often", "daily | 2/day | 3/week"),
        "sources": ("Where its doses and claims come from.", "sources"),
    }
)  # fmt: skip


def routine_schema(
    catalogue: Catalogue,
    conditions: Mapping[str, str],
    questions: Mapping[str, str],
    languages: Sequence[str] = (),
) -> Schema:
    """Return the schema of routine files, with the ids of this catalogue.

    `conditions` and `questions` are the ids that a file may name, with their descriptions. A file
    with its own `exercises` may use ids that the catalogue does not have.
    """
    format_message = "This is format 1; leave `format` out, it means 1."
    schema: Schema = {
        "$schema": DRAFT,
        "title": "supple routine",
        "properties": {
            **_ABOUT,
            **SAFETY_KEYS,
            "format": {
                "title": "format",
                "description": "The version of the format; it means 1 where it is left out.",
                "anyOf": [
                    {"const": 1, "errorMessage": format_message},
                    matching(patterns.FORMAT, format_message),
                ],
            },
            "defaults": {
                "title": "defaults",
                "description": "What holds for every step that says nothing else.",
                "type": "object",
                "properties": {name: DOSE_KEYS[name] for name in sorted(DEFAULT_KEYS)},
                "additionalProperties": False,
                "errorMessage": f"`defaults` has only the keys {', '.join(sorted(DEFAULT_KEYS))}.",
            },
            "exercises": {
                "title": "exercises",
                "description": "Exercises for this file alone: ids with what each is.",
                **_entries(),
            },
            "steps": steps("What is done, in order. Each step begins with `- `."),
        },
        "patternProperties": {patterns.PRIVATE: True},
        "additionalProperties": False,
        "errorMessage": "A routine has no such key; keys of your own begin with `x-`.",
        "allOf": [
            {"type": ["object"], "errorMessage": "A routine is a map with `name:` and `steps:`."},
            {"required": ["name"], "errorMessage": "A routine needs a `name:`."},
            {"required": ["steps"], "errorMessage": "A routine needs `steps:`."},
            {
                "if": {"required": ["exercises"]},
                "else": {"properties": {"steps": ref("known-steps")}},
            },
        ],
    }
    definitions = {
        **values(conditions, questions),
        **step(catalogue, conditions, languages),
        "entry": entry(),
    }
    return {**schema, "definitions": used(schema, definitions)}


def exercises_schema(conditions: Mapping[str, str]) -> Schema:
    """Return the schema of catalogue files."""
    schema: Schema = {"$schema": DRAFT, "title": "supple exercises", **_entries()}
    definitions = {**values(conditions, {}), "entry": entry()}
    return {**schema, "definitions": used(schema, definitions)}


def _entries() -> Schema:
    return {
        "type": "object",
        "patternProperties": {patterns.ID: ref("entry"), patterns.PRIVATE: True},
        "additionalProperties": False,
        "errorMessage": "A catalogue is a map of ids, written with a-z, 0-9 and -.",
    }
