"""The parts of a JSON Schema, and what yaml-language-server makes of them.

Its ways, found by trying. A property that only has `anyOf` is completed with its colon, one that
only has `allOf` without. `type` with `boolean` or `null` in it makes it offer `true` and `null`
for every text, so what must not be a list is said with `if`. A single `type` inside alternatives
loses its `errorMessage`, one in a list keeps it. Items with `anyOf` bring empty items of a list
among the completions; so words are offered as snippets, and an `enum`, which knows no case, only
stands in an `if`, where it explains and refuses nothing.
"""

from collections.abc import Mapping, Sequence

from player.authoring.schema import patterns

Schema = dict[str, object]

_TYPES = ("string", "number", "boolean", "null", "array", "object")
DRAFT = "http://json-schema.org/draft-07/schema#"


def ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def key(name: str, says: str, value: str | Schema, examples: Sequence[str] = ()) -> Schema:
    """A key: its name and what it does, for hover, and what may stand there."""
    schema: Schema = {
        "title": name,
        "description": says,
        "anyOf": [ref(value) if isinstance(value, str) else value],
    }
    if examples:
        schema["defaultSnippets"] = [{"label": text, "body": text} for text in examples]
    return schema


def keys(says: Mapping[str, tuple[str, str | Schema] | tuple[str, str | Schema, str]]) -> Schema:
    """Keys by name: what each does, what may stand there, and examples with `|` between."""
    found: Schema = {}
    for name, (words, value, *examples) in says.items():
        found[name] = key(name, words, value, examples[0].split(" | ") if examples else ())
    return found


def refuse(types: Sequence[str], message: str) -> Schema:
    """Anything but these types."""
    rest = [other for other in _TYPES if other not in types]
    return {"if": {"type": list(types)}, "then": {"type": rest, "errorMessage": message}}


def matching(
    pattern: str, message: str, types: Sequence[str] = ("string",), **more: object
) -> Schema:
    """A text of a pattern, or a value of the other types."""
    return {"type": list(types), "pattern": pattern, "errorMessage": message, **more}


def word(words: Mapping[str, str], message: str) -> Schema:
    """One word of the format, in any case, with what each means."""
    return _word(words, matching(patterns.whole(patterns.word_of(words)), message))


def word_list(words: Mapping[str, str], message: str) -> Schema:
    """Words of the format: one, some with commas, or a list."""
    some = patterns.whole(patterns.listed(patterns.word_of(words)))
    return _or_list(_word(words, matching(some, message)), word(words, message))


def _word(words: Mapping[str, str], valid: Schema) -> Schema:
    known = {"enum": list(words), "enumDescriptions": list(words.values())}
    return {"if": known, "else": valid, "defaultSnippets": snippets(words)}


def id_list(ids: Mapping[str, str], message: str) -> Schema:
    """Ids: one, some with commas, or a list. Pointed at, one tells of itself alone."""
    one = patterns.id_of(ids)
    told: Schema = {
        "allOf": [
            {"if": {"const": id_}, "then": {"title": id_, "description": says}}
            for id_, says in ids.items()
        ],
        "defaultSnippets": snippets(ids),
    }
    return _or_list(
        {**told, **matching(patterns.whole(patterns.listed(one)), message)},
        {**told, **matching(patterns.whole(one), message)},
    )


def _or_list(single: Schema, item: Schema) -> Schema:
    return {
        "if": {"type": ["array"]},
        "then": {"items": item},
        "else": single,
        "defaultSnippets": single["defaultSnippets"],
    }


def snippets(words: Mapping[str, str]) -> list[Schema]:
    return [{"label": word, "body": word, "description": says} for word, says in words.items()]


def used(schema: Schema, definitions: Schema) -> Schema:
    """The definitions that a schema names, or that one of them names."""
    found: Schema = {}
    unread: list[object] = [schema]
    while unread:
        part = unread.pop()
        if isinstance(part, list):
            unread += part
        elif isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found[name] = definitions[name]
                unread.append(definitions[name])
            unread += part.values()
    return found
