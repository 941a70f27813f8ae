"""The closed gates, which are saved a second time in a small file beside the history.

That file holds the red flags, and the people who may never have deep pressure again. It ends with a
checksum of the lines before it. Where the two files differ, the stricter one counts.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from player.history.names import folded
from player.safety.matrix import Rank, load_matrix
from player.safety.profile import RedFlag

LONGEST = 1_000_000
"""In bytes. supple never writes a longer file."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Gates:
    """The closed gates of everybody who uses this history. People are found by folded names."""

    red: Mapping[str, RedFlag] = field(default_factory=dict)
    no_deep: frozenset[str] = frozenset()
    in_doubt: bool = False
    """A file was damaged or gone, so anybody's red flag may be lost."""
    settled: frozenset[str] = frozenset()
    """Who has answered, since then, whether they have been checked."""

    def doubts(self, name: str) -> bool:
        """Return whether a red flag of this person may be lost."""
        return self.in_doubt and folded(name) not in self.settled

    def doubted(self) -> "Gates":
        """Return the gates with everybody in doubt again."""
        return replace(self, in_doubt=True, settled=frozenset())

    def with_settled(self, name: str) -> "Gates":
        """Return the gates without the doubt about this person."""
        if not self.in_doubt:
            return self
        return replace(self, settled=self.settled | {folded(name)})

    def with_red(self, name: str, red: RedFlag, for_now: bool = False) -> "Gates":
        """Return the gates with this red flag. It replaces an earlier one, unless `for_now`."""
        if for_now and folded(name) in self.red:
            return self
        return replace(self, red={**self.red, folded(name): red})

    def without_red(self, name: str, key: str, at: float) -> "Gates":
        """Return the gates without the red flag that has this key and time."""
        found = self.red.get(folded(name))
        if found is None or (found.key, found.at) != (key, at):
            return self
        return replace(self, red={n: red for n, red in self.red.items() if n != folded(name)})

    def with_no_deep(self, name: str) -> "Gates":
        """Return the gates with deep pressure off for good for this person."""
        return replace(self, no_deep=self.no_deep | {folded(name)})

    def without(self, name: str) -> "Gates":
        """Return the gates without anything about this person."""
        one = folded(name)
        red = {n: flag for n, flag in self.red.items() if n != one}
        return replace(self, red=red, no_deep=self.no_deep - {one}, settled=self.settled - {one})

    def joined(self, other: "Gates") -> "Gates":
        """Return the gates that either closes; of two red flags of a person, the stricter one."""
        red = {
            name: flag
            for name in (*self.red, *other.red)
            if (flag := stricter(self.red.get(name), other.red.get(name)))
        }
        return replace(self, red=red, no_deep=self.no_deep | other.no_deep)

    def text(self) -> bytes:
        """Return the content of the file."""
        body = {
            "format": _FORMAT,
            "flags": [[name, *self.red[name]] for name in sorted(self.red)],
            "no_deep": sorted(self.no_deep),
            "in_doubt": self.in_doubt,
            "settled": sorted(self.settled),
        }
        lines = json.dumps(body, allow_nan=False).encode() + b"\n"
        return lines + _checksum(lines)


NO_GATES = Gates()


def stricter(one: RedFlag | None, other: RedFlag | None) -> RedFlag | None:
    """Return the red flag that supple asks about for longer; if equal, the graver one."""
    found = [red for red in (one, other) if red is not None]
    return max(found, key=_strictness, default=None)


def _strictness(red: RedFlag) -> tuple[bool, float, Rank]:
    condition = load_matrix().conditions.get(red.key)
    if condition is None:  # a newer version has saved it
        return True, red.at, max(Rank)
    return condition.until_checked, red.at, condition.rank


def gates_in(text: bytes) -> Gates:
    """Read the content of the file. Raises ValueError if supple can't have written it."""
    lines, end, rest = text.rpartition(b"}\n")
    if _checksum(lines + end) != rest:
        raise ValueError("The checksum differs.")
    try:
        body = json.loads(lines + end)
    except RecursionError as error:
        raise ValueError("It is nested too deeply.") from error
    if not isinstance(body, dict) or body.get("format") != _FORMAT:
        raise ValueError("It has another format.")
    in_doubt = body.get("in_doubt")
    if not isinstance(in_doubt, bool):
        raise ValueError(in_doubt)
    red = dict(_red(row) for row in _rows(body.get("flags")))
    return Gates(red, _names(body.get("no_deep")), in_doubt, _names(body.get("settled")))


def _checksum(lines: bytes) -> bytes:
    return hashlib.sha256(lines).hexdigest().encode() + b"\n"


def _rows(value: object) -> Iterable[object]:
    if not isinstance(value, list):
        raise ValueError(value)
    return value


def _names(value: object) -> frozenset[str]:
    return frozenset(_text(name) for name in _rows(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _red(row: object) -> tuple[str, RedFlag]:
    if not isinstance(row, list) or len(row) != 4:
        raise ValueError(row)
    return _text(row[0]), red_flag_in(row[1:])


def red_flag_in(row: Sequence[object]) -> RedFlag:
    """Read a red flag. Raises ValueError if supple can't have written it."""
    key, question, at = row
    if not isinstance(key, str) or key not in load_matrix().conditions:
        raise ValueError(key)
    if not isinstance(at, float) or not math.isfinite(at):
        raise ValueError(at)
    return RedFlag(key, _text(question), at)
