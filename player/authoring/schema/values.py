"""The schemas of values, for all files: texts, times, doses, words and ids."""

from collections.abc import Mapping

from player.authoring.schema import patterns, words
from player.authoring.schema.pieces import (
    Schema,
    id_list,
    key,
    keys,
    matching,
    ref,
    refuse,
    snippets,
    word,
    word_list,
)

_TIME = "Write a time such as `30s`, `1m30s`, `1:30` or `20-30s`."
_HOLD = "Write a time such as `30s`, `1:30`, `20-30s` or `up to 40s`."
_DOSE = "Write a dose such as `30s`, `3 x 30s each side`, `10 reps tempo 3-1-3` or `5 breaths`."
_COUNT = "Write a whole number such as `3`, or a range, `2-3`."
_SIDE = "Write a side: " + ", ".join(f"`{side}`" for side in words.SIDES) + "."
_TEMPO = "Write a tempo: `3-1-3` (down, stay, up), `2s` a rep, `40/min` or `self-paced`."
_BREATHE = "Write a breath pattern: `4-6` (in, out), `4-4-4-4` or `free`."
_TEXT = (
    "Write a text, or texts by language such as `{en: …, es: …}`; "
    "put quotes round a text with `: ` in it."
)


def values(conditions: Mapping[str, str], questions: Mapping[str, str]) -> Schema:
    """Return the definitions. A list is accepted wherever commas between items mean the same."""
    lists = {"items": ref("scalar")}
    part = ("string", "array")
    number = ("number", *part)
    whole = ("integer", *part)
    pressure = "Write a whole number from 0 to 10, or a range, `3-4`."
    effort = "Write a whole number from 0 to 100, or a range, `20-30%`."
    return {
        "scalar": refuse(("array", "object"), "Write a single text or number here."),
        "text": _text(),
        "texts": {
            "if": {"type": ["array"]},
            "then": {"items": ref("text")},
            "else": {"anyOf": [ref("text"), _lists_by_language()]},
        },
        "tags": {"anyOf": [ref("scalar"), {"type": ["array"], "items": ref("scalar")}]},
        "time": matching(patterns.TIMES, _TIME, ("number", "string"), minimum=0),
        "gap": matching(patterns.TIMES, _TIME, number, minimum=0, **lists),
        "hold": matching(patterns.HOLDS, _HOLD, number, minimum=0, **lists),
        "sets": matching(patterns.COUNT, _COUNT, ("integer", "string"), minimum=1, maximum=100),
        "counts": matching(patterns.COUNTS, _COUNT, whole, minimum=1, maximum=1_000, **lists),
        "side": matching(patterns.SIDE, _SIDE, part, **lists),
        "first": matching(patterns.FIRST, "Write `left` or `right`."),
        "tempo": matching(patterns.TEMPO, _TEMPO, part, **lists),
        "breathe": matching(patterns.BREATHE, _BREATHE, part, **lists),
        "pressure": matching(patterns.SCALE, pressure, number, minimum=0, maximum=10, **lists),
        "effort": matching(patterns.SCALE, effort, number, minimum=0, maximum=100, **lists),
        "flag": {
            "anyOf": [
                {"type": ["boolean"], "errorMessage": "Write `true` or `false`."},
                matching(patterns.FLAG, "Write `true` or `false`."),
            ]
        },
        "often": matching(
            patterns.OFTEN,
            "Write how often: `2/day`, `6-7/week`, `2/day, 7/week`, `every 2 days` "
            "or `every 2 hours`.",
        ),
        "language": matching(patterns.LANGUAGE, "Write a language: `en`, `es` or `pt-BR`."),
        "dose": _dose(),
        "phases": _phases(),
        "cues": _cues(),
        "cue": _cue(),
        "sources": _sources(),
        "kind": word(words.KINDS, _one("kind", words.KINDS)),
        "region-list": word_list(words.REGIONS, _one("region", words.REGIONS)),
        "position": word(words.POSITIONS, _one("position", words.POSITIONS)),
        "position-list": word_list(words.POSITIONS, _one("position", words.POSITIONS)),
        "level": word(words.LEVELS, _one("level", words.LEVELS)),
        "goal-list": word_list(words.GOALS, _one("goal", words.GOALS)),
        "variant": word(words.VARIANTS, _one("variant", words.VARIANTS)),
        "when": word(words.WHENS, _one("time for a cue", words.WHENS)),
        "equipment": _equipment(),
        "condition-list": id_list(
            conditions,
            "There is no condition of this name; the editor's completion lists all.",
        ),
        "question-list": id_list(questions, _one("question set", questions)),
    }


def _one(what: str, known: Mapping[str, str]) -> str:
    return f"There is no such {what}; one of: {', '.join(known)}."


def _text() -> Schema:
    return {
        **refuse(("array",), _TEXT),
        "patternProperties": {patterns.LANGUAGE: ref("scalar")},
        "additionalProperties": False,
        "errorMessage": _TEXT,
    }


def _lists_by_language() -> Schema:
    lines: Schema = {
        "if": {"type": ["array"]},
        "then": {"items": ref("scalar")},
        "else": ref("scalar"),
    }
    return {
        "type": ["object"],
        "patternProperties": {patterns.LANGUAGE: lines},
        "additionalProperties": False,
        "errorMessage": _TEXT,
    }


def _dose() -> Schema:
    return {
        "allOf": [
            refuse(("number", "boolean"), "This has no unit: seconds or reps? " + _DOSE),
            refuse(
                ("object",),
                "Here a dose stands, not more keys; for keys write `- use: <id>` or "
                "`- name: <Name>` and the keys under it, as far in as `use` or `name`.",
            ),
        ],
        "pattern": patterns.DOSE,
        "errorMessage": _DOSE,
        "items": ref("scalar"),
    }


def _phases() -> Schema:
    message = "Phases are a list of words and times: `[{contract: 6s}, {stretch: 20s}]`."
    value = matching(
        patterns.SCALE_OR_TIME, "Write a number or a range, `20-30`.", ("number", "string", "array")
    )
    phase: Schema = {
        "type": "object",
        "errorMessage": "A phase is a word and its time: `contract: 6s`.",
        "properties": {
            **{word: key(word, says, "time", ["6s", "20s"]) for word, says in words.PHASES.items()},
            "effort": key("effort", "How hard, in percent of all you have.", value),
            "pressure": key("pressure", "How hard to press, from 0 to 10.", value),
            "say": key("say", "Said as this phase begins.", "text"),
            "note": key("note", "Shown before the step.", "text"),
        },
        "additionalProperties": ref("time"),
    }
    return {"type": "array", "items": phase, "errorMessage": message}


def _cues() -> Schema:
    return {
        "type": ["object"],  # as a plain string, the server would offer `property`
        "errorMessage": "Cues are times with what is said then: `cues: {half: Breathe out}`.",
        "propertyNames": matching(
            patterns.CUE_POINT, "Write when: `0s`, `15s`, `half`, `50%` or `-5s` from the end."
        ),
        "properties": {
            point: key(point, says, "cue")
            for point, says in (
                ("half", "Half-way through the set."),
                ("0s", "As the set begins."),
                ("-5s", "Five seconds before the set ends."),
            )
        },
        "additionalProperties": ref("cue"),
    }


def _cue() -> Schema:
    own = keys(
        {
            "say": ("What is said and shown at this moment.", "text"),
            "clip": ("A sound to play: a path inside this file's folder.", "scalar"),
            "when": ("In which sets: `every-set` unless said otherwise.", "when"),
        }
    )
    return {
        "properties": own,
        "if": {"type": "object", "anyOf": [{"required": [name]} for name in own]},
        "then": {
            "properties": dict.fromkeys(own, True),
            "additionalProperties": False,
            "errorMessage": "A cue has only the keys say, clip and when.",
        },
        "else": ref("text"),
    }


def _sources() -> Schema:
    source: Schema = {
        "properties": keys(
            {
                "title": ("Who wrote it, or what it is called.", "scalar"),
                "year": ("The year it came out.", "scalar"),
                "doi": ("Its DOI.", "scalar"),
                "url": ("Where it can be read.", "scalar"),
                "supports": ("What of this file it speaks for.", "scalar"),
            }
        ),
        "additionalProperties": False,
        "errorMessage": "A source has only the keys title, year, doi, url and supports.",
        "allOf": [
            refuse(("array",), "A source is a title, or a map with `title`."),
            {"required": ["title"], "errorMessage": "This source has no `title`."},
        ],
    }
    return {"if": {"type": ["array"]}, "then": {"items": source}, "else": source}


def _equipment() -> Schema:
    known = {"enum": list(words.THINGS), "enumDescriptions": list(words.THINGS.values())}
    one = {"if": known, "else": ref("scalar"), "defaultSnippets": snippets(words.THINGS)}
    return {
        **one,
        "else": {"if": {"type": ["array"]}, "then": {"items": one}, "else": ref("scalar")},
    }
