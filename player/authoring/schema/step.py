"""Builds the schema of a step: exercises, rests, texts, waits and blocks."""

from collections.abc import Mapping, Sequence

from player.authoring.schema import patterns
from player.authoring.schema.cards import exercise_ids, exercise_keys
from player.authoring.schema.pieces import Schema, key, keys, matching, ref, refuse
from player.routine.catalogue import Catalogue
from player.routine.reader import BLOCK_KEYS
from player.routine.step_reader import ITEM_KEYS, NO_EXERCISE

_GAP = "10s | 20s | 30s | 1:00"

DOSE_KEYS = keys(
    {
        "hold": ("How long to hold, each set.", "hold", "30s | 20-30s | 1:00 | up to 40s"),
        "roll": ("How long to roll, each set.", "hold", "30s | 60s | up to 1:00"),
        "passes": ("How many strokes; one stroke goes in one direction.", "counts", "5 | 10"),
        "reps": (
            "How many repetitions in a set; with `hold` that many holds. A list gives one set "
            "for each number.",
            "counts",
            "8 | 10 | 12 | 8-12 | 12, 10, 8",
        ),
        "breaths": ("How many breaths.", "counts", "5 | 10"),
        "phases": ("What follows what in one cycle, such as contract, then stretch.", "phases"),
        "cycles": ("How often the phases are gone through in a set.", "sets", "2 | 3 | 4"),
        "sets": ("How many sets.", "sets", "2 | 3"),
        "side": (
            "Which side, and in which order. Not written: the catalogue's, else both at once.",
            "side",
            "each side | left then right | alternating | both | left | right | one side",
        ),
        "first": ("The side to begin with.", "first", "left | right"),
        "rest": (
            "A rest. Beside an exercise: between its sets. As a step of its own, `- rest: 20s`: "
            "there. In a block: between its rounds.",
            "gap",
            _GAP,
        ),
        "relax": ("The pause between two holds or cycles on the same side.", "gap", "3s | 5s"),
        "switch": ("The time to change from one side to the other; 5 s if unsaid.", "gap", "5s"),
        "ready": ("The time to get ready before the first work; 10 s if unsaid.", "gap", "10s"),
        "tempo": (
            "The pace: seconds for each part of a rep, seconds a rep, or reps a minute. Without "
            "it reps wait for a key.",
            "tempo",
            "3-1-3 | 2s | 40/min | self-paced",
        ),
        "breathe": ("The breath: in-out, in-hold-out-hold, or free.", "breathe", "4-6 | free"),
        "pressure": ("How hard to press, from 0 to 10.", "pressure", "3 | 3-4"),
        "effort": ("How hard to work, in percent of all you have.", "effort", "25% | 20-30%"),
    }
)

WHOLE_DOSE = keys(
    {
        "dose": (
            "The whole dose in one text: sets x amount, side, rest.",
            "dose",
            "30s each side | 2 x 30s each side rest 10s | 3 x 10 reps tempo 3-1-3 | 5 breaths",
        )
    }
)

SAFETY_KEYS = keys(
    {
        "avoid_if": (
            "People who told of one of these do not get it. Adds to the catalogue's notes; "
            "nothing takes away from them.",
            "condition-list",
        ),
        "caution": ("People who told of one of these get it with a note.", "condition-list"),
        "screening": ("Questions to ask besides those that are asked anyway.", "question-list"),
    }
)

_QUALITY = keys(
    {
        "load": ("The weight, as you write it: `12RM`, `5 kg`.", "scalar"),
        "variant": ("Which text of the catalogue is shown.", "variant"),
        "until": ("What ends it before the time is up.", "text"),
        "equipment": ("What is needed besides what the catalogue names.", "equipment"),
        "note": ("Shown while it is done.", "text"),
        "often": ("How often; shown, not played.", "often", "2/day | 3/week | every 2 hours"),
        "lasts": ("How long it should take; `check` says when it does not.", "time"),
        "optional": ("`true`: leaving it out is no miss.", "flag"),
        "reason": ("Why one side only, unequal sides, or more or less than is usual.", "text"),
        "kind": (
            "What kind of exercise it is, for a name that is not in the catalogue. What nobody "
            "says counts as the riskiest.",
            "kind",
        ),
        "regions": ("What it works on, for a name of your own.", "region-list"),
        "position": ("How the body is placed, for a name of your own.", "position-list"),
        "cues": ("What is said at certain times of each set.", "cues"),
    }
)

_OTHER = keys(
    {
        "name": ("The name of an exercise of your own; beside `use`, only another title.", "text"),
        "say": ("Said and shown as the next part begins; takes no time.", "text"),
        "wait": ("Waits here, with this text, until a key is pressed.", "text"),
        "block": ("The name of a group of steps.", "text"),
        "rounds": ("How often the steps of this block are gone through.", "sets", "2 | 3"),
        "between": ("The pause between the steps of this block.", "time", "10s | 15s"),
    }
)

STEPS = "`steps` is a list: write each step on a line that begins with `- `."


def steps(says: str) -> Schema:
    return {
        "title": "steps",
        "description": says,
        "type": "array",
        "items": ref("step"),
        "errorMessage": STEPS,
    }


def step(catalogue: Catalogue, conditions: Mapping[str, str], languages: Sequence[str]) -> Schema:
    """Return the definitions of a step: its keys, and the exercises that it may name."""
    item = {
        **DOSE_KEYS,
        **WHOLE_DOSE,
        **SAFETY_KEYS,
        **_QUALITY,
        **_OTHER,
        "use": key("use", "The exercise, by its id in the catalogue.", "exercise"),
        "steps": steps("The steps of this block, in order."),
    }
    return {
        "exercise": exercise_ids(catalogue, conditions, languages),
        "step": {
            "title": "step",
            "properties": {**item, **exercise_keys(catalogue, conditions, languages)},
            "patternProperties": {patterns.NAME: ref("dose")},
            "allOf": [
                refuse(
                    ("array",),
                    "A step is an exercise with its dose, `- calf-wall-straight: 30s each side`, "
                    "and no list.",
                ),
                {"if": {"type": "string"}, "then": ref("exercise")},
                {"if": {"required": ["steps"], "type": "object"}, "then": _block()},
                _says_which(),
                *_belongs_to_blocks(),
                {
                    "if": {"required": ["cycles"], "type": "object"},
                    "then": {
                        "required": ["phases"],
                        "errorMessage": "`cycles` goes with `phases`.",
                    },
                },
            ],
        },
        "known-step": _known_step(catalogue, item),
        "known-steps": {"items": ref("known-step")},
    }


def _block() -> Schema:
    return {
        "properties": dict.fromkeys(sorted(BLOCK_KEYS), True),
        "additionalProperties": False,
        "errorMessage": "A block has only the keys block, rounds, steps, rest, between, lasts "
        "and note.",
    }


def _says_which() -> Schema:
    """Refuse a map that has a dose but no exercise. `rest` alone is a step of its own."""
    return {
        "if": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"enum": sorted(NO_EXERCISE - {"rest"})},
        },
        "then": {
            "required": ["use"],
            "errorMessage": "This step does not say which exercise it is: begin it with the "
            "exercise, `- calf-wall-straight: 30s`, or add `use:`.",
        },
    }


def _belongs_to_blocks() -> list[Schema]:
    helps = {
        "block": "`block` is the name of some `steps`; they stand under it.",
        "rounds": "`rounds` goes with `steps`; to repeat one exercise write `sets`.",
        "between": "`between` goes with `steps`; between the sets of one exercise write `rest`.",
    }
    return [
        {
            "if": {"required": [name], "type": "object"},
            "then": {"required": ["steps"], "errorMessage": message},
        }
        for name, message in helps.items()
    ]


def _known_step(catalogue: Catalogue, item: Schema) -> Schema:
    """Accept only ids of the catalogue, for files without exercises of their own."""
    message = (
        "There is no exercise and no key of this name. `supple list --exercises` shows all ids; "
        "a name of your own begins with a capital."
    )
    known = patterns.known_id(catalogue)
    types = ("string", "number", "boolean", "null", "object", "array")
    exercise = matching(patterns.one_of((patterns.NAME, known)), message, types)
    keys = f"^{patterns.one_of(sorted(ITEM_KEYS | item.keys()))}$"
    # With `additionalProperties` the server would offer every existing key as a fix.
    names = matching(patterns.one_of((patterns.NAME, known, keys)), message, types)
    return {
        "if": {"type": "object", "required": ["steps"]},
        "then": {"properties": {"steps": ref("known-steps")}},
        "else": {**exercise, "propertyNames": names, "properties": {"use": exercise}},
    }
