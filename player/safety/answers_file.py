"""Reads a file of answers for the dry run (section 2e). It never starts a session."""

import json
from collections.abc import Mapping
from pathlib import Path

from player.base.text import safe
from player.document.problem import did_you_mean
from player.safety.findings import Answers, Finding, Soreness, age_band
from player.safety.matrix import Matrix, Rank

MAX_BYTES = 64 * 1024
_KEYS = ("yes", "unsure", "unanswered", "soreness", "age")
_HELP = 'write {"yes": [keys], "unsure": [], "unanswered": [], "soreness": 0, "age": 40}'


class AnswersError(Exception):
    """The answers file can't be used. The message says why."""


def read_answers(path: Path, matrix: Matrix, now: float) -> Answers:
    """Read a file of answers. Raises AnswersError with a plain sentence."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "bad name"
        raise AnswersError(f"Can't read {safe(path)}: {reason.lower()}.") from None
    if len(data) > MAX_BYTES:
        raise AnswersError(f"{safe(path)} is larger than {MAX_BYTES // 1024} KiB.")
    return parse_answers(data, matrix, now)


def parse_answers(data: bytes, matrix: Matrix, now: float) -> Answers:
    """Turn the bytes of an answers file into answers. Raises AnswersError."""
    try:
        value: object = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise AnswersError(f"The answers are no JSON that can be read: {safe(reason)}.") from None
    if not isinstance(value, Mapping):
        raise AnswersError(f"The answers should be a JSON object; {_HELP}.")
    for key in value:
        if key not in _KEYS:
            hint = did_you_mean(str(key), _KEYS) or _HELP
            raise AnswersError(f"The answers have no key `{safe(key)[:60]}`; {hint}.")
    yes = _keys(value, "yes", matrix) + _keys(value, "unsure", matrix)
    unanswered = _keys(value, "unanswered", matrix)
    red = [k for k in unanswered if matrix.conditions[k].rank >= Rank.URGENT or k == "fever"]
    as_yes = yes + [key for key in unanswered if key not in red]
    soreness = _number(value, "soreness", 10)
    age = _number(value, "age", 130)
    return Answers(
        at=now,
        findings=tuple(Finding(key, question="file", at=now) for key in dict.fromkeys(as_yes)),
        sorenesses=(Soreness(soreness),) if soreness else (),
        age=None if age is None else age_band(age),
        unanswered=tuple(matrix.conditions[key].says for key in red),
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _keys(value: Mapping[object, object], name: str, matrix: Matrix) -> list[str]:
    rows = value.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
        raise AnswersError(f"`{name}` should be a list of condition keys.")
    for row in rows:
        if row not in matrix.conditions:
            hint = did_you_mean(row, matrix.conditions)
            raise AnswersError(
                f"There is no condition `{safe(row)[:60]}`{'; ' + hint if hint else '.'}"
            )
    return list(rows)


def _number(value: Mapping[object, object], name: str, most: int) -> int | None:
    number = value.get(name)
    if number is None and name not in value:
        return None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= most:
        raise AnswersError(f"`{name}` should be a whole number from 0 to {most}.")
    return number
