"""Validates files against the schema as an editor does, with the values of YAML 1.2."""

import math
import re
from collections.abc import Iterator
from functools import cache

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from player.authoring.schema.pieces import Schema
from player.authoring.schema.routine import exercises_schema, routine_schema
from player.document.nodes import Map, Node, Scalar, Seq
from player.document.read import read_bytes
from player.routine.catalogue import Catalogue
from player.safety.matrix import load_matrix
from player.safety.questions import load_questionnaire
from tests.routine.reading import shipped

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"(?:([-+])?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))")
_IN_WORDS = {"type", "enum", "const", "pattern", "required", "additionalProperties"}
"""The keywords for which the server shows `errorMessage`."""


def schema_of(catalogue: Catalogue) -> Schema:
    conditions = {key: found.says for key, found in load_matrix().conditions.items()}
    questions = {q.needs: q.ask for q in load_questionnaire().followups if q.needs}
    return routine_schema(catalogue, conditions, questions)


@cache
def routines() -> Draft7Validator:
    """Return the validator of routine files that use the shipped catalogue."""
    return Draft7Validator(schema_of(shipped()))


@cache
def catalogues() -> Draft7Validator:
    conditions = {key: found.says for key, found in load_matrix().conditions.items()}
    return Draft7Validator(exercises_schema(conditions))


def value_of(text: str | bytes) -> object:
    """Return the value of a whole file as yaml-language-server reads it."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    root = read_bytes(data, "test.yaml").root
    return None if root is None else _value(root)


def _value(node: Node) -> object:
    if isinstance(node, Seq):
        return [_value(item) for item in node.items]
    if isinstance(node, Map):
        return {key.text: _value(value) for key, value in node}
    return _scalar(node) if node.plain else node.text


def _scalar(node: Scalar) -> object:
    text = node.text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        bases = {"0o": 8, "0x": 16}
        return int(text, bases.get(text[:2], 10)) if len(text) < 400 else math.inf
    if match := _NO_NUMBER.fullmatch(text):
        return math.nan if text.lower() == ".nan" else float(f"{match.group(1) or ''}inf")
    return float(text) if _FLOAT.fullmatch(text) else text


def objections(validator: Draft7Validator, value: object) -> list[str]:
    """Return the errors of a value: each place, and the message that an editor shows."""
    return [
        f"{'/'.join(map(str, e.absolute_path))}: {words}" for e, words in _errors(validator, value)
    ]


def _errors(validator: Draft7Validator, value: object) -> Iterator[tuple[ValidationError, str]]:
    for error in validator.iter_errors(value):
        while error.context:
            error = error.context[0]  # noqa: PLW2901
        words = None
        if error.validator in _IN_WORDS and isinstance(error.schema, dict):
            words = error.schema.get("errorMessage")
        yield error, words or error.message
