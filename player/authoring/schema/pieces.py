"""The parts of a JSON Schema, shaped for yaml-language-server.

The server behaves as follows (found by experiment). It completes a property with a colon if the
property only has `anyOf`, and without one if it only has `allOf`. If `type` includes `boolean` or
`null`, it offers `true` and `null` for every text, so a type is refused with `if`. A single `type`
inside alternatives loses its `errorMessage`; in a list it does not. Items with `anyOf` add empty
list items to the completions, so words are offered as snippets. An `enum` is case-sensitive, so it
is only used in an `if`, where it explains values and refuses none.
"""

from collections.abc import Mapping, Sequence

from player.authoring.schema import patterns

Schema = dict[str, object]

_TYPES = ("string", "number", "boolean", "null", "array", "object")
DRAFT = "http://json-schema.org/draft-07/schema#"


def ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def key(name: str, says: str, value: str | Schema, examples: Sequence[str] = ()) -> Schema:
    """Return a key with its name and its effect (for hover), and the schema of its value."""
    schema: Schema = {
        "title": name,
        "description": says,
        "anyOf": [ref(value) if isinstance(value, str) else value],
    }
    if examples:
        schema["defaultSnippets"] = [{"label": text, "body": text} for text in examples]
    return schema


def keys(says: Mapping[str, tuple[str, str | Schema] | tuple[str, str | Schema, str]]) -> Schema:
    """Return keys by name, each with its effect, its value, and examples separated by `|`."""
    found: Schema = {}
    for name, (words, value, *examples) in says.items():
        found[name] = key(name, words, value, examples[0].split(" | ") if examples else ())
    return found


def refuse(types: Sequence[str], message: str) -> Schema:
    """Refuse values of these types."""
    rest = [other for other in _TYPES if other not in types]
    return {"if": {"type": list(types)}, "then": {"type": rest, "errorMessage": message}}


def matching(
    pattern: str, message: str, types: Sequence[str] = ("string",), **more: object
) -> Schema:
    """Accept a text that matches a pattern, or any value of the other types."""
    return {"type": list(types), "pattern": pattern, "errorMessage": message, **more}


def word(words: Mapping[str, str], message: str) -> Schema:
    """Accept one word of the format in any case, and explain each word."""
    return _word(words, matching(patterns.whole(patterns.word_of(words)), message))


def word_list(words: Mapping[str, str], message: str) -> Schema:
    """Accept words of the format: one, several with commas, or a list."""
    some = patterns.whole(patterns.listed(patterns.word_of(words)))
    return _or_list(_word(words, matching(some, message)), word(words, message))


def _word(words: Mapping[str, str], valid: Schema) -> Schema:
    known = {"enum": list(words), "enumDescriptions": list(words.values())}
    return {"if": known, "else": valid, "defaultSnippets": snippets(words)}


def id_list(ids: Mapping[str, str], message: str) -> Schema:
    """Accept ids: one, several with commas, or a list. Hover explains a single id."""
    one = patterns.id_of(ids)
    explained: Schema = {
        "allOf": [
            {"if": {"const": id_}, "then": {"title": id_, "description": says}}
            for id_, says in ids.items()
        ],
        "defaultSnippets": snippets(ids),
    }
    return _or_list(
        {**explained, **matching(patterns.whole(patterns.listed(one)), message)},
        {**explained, **matching(patterns.whole(one), message)},
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
    """Return the definitions that a schema refers to, directly or through other definitions."""
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
