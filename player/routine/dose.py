"""Parses the dose language, such as `3 x 30s each side rest 10s`.

All functions take text and return values and issues. Positions count characters of the text.
Results are cached, because coaches write the same few doses again and again.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from player.document.problem import closest
from player.routine.dose_scanner import (
    SELF_PACED_WORDS,
    SIDE_WORDS,
    Issue,
    Put,
    Scanner,
    Unreadable,
)
from player.routine.limits import MAX_COUNT, MAX_SETS
from player.routine.model import SELF_PACED, Amount, HeldReps, Hold, Range, Reps, Tempo
from player.routine.vocabulary import Sides, Unit

EXAMPLES = "examples: `30s`, `3 x 30s each side`, `10 reps tempo 3-1-3`, `5 breaths`"


class WrittenDose(NamedTuple):
    """The parts of a dose as written. A part that was not written is None."""

    work: tuple[Amount, ...] | None = None
    sets: Range | None = None
    side: Sides | None = None
    ready: Range | None = None
    switch: Range | None = None
    rest: Range | None = None
    relax: Range | None = None
    tempo: Tempo | None = None
    breathe: tuple[int, ...] | None = None
    pressure: Range | None = None
    effort: Range | None = None


_COUNT_X = re.compile(r"([0-9]+)(?:\s*-\s*([0-9]+))?\s*x\s*")
_COMMA = re.compile(r"\s*,\s*")
_UNIT = re.compile(r"(?:(rep)s?|(breath)s?|(pass)(?:es)?)(?![a-z])")
_GAP = re.compile(r"(rest|relax|switch|ready)(?![a-z])\s*")
_TEMPO = re.compile(r"tempo(?![a-z])\s*")
_SCALE = re.compile(r"(pressure|effort)(?![a-z])\s*")
_BREATHE = re.compile(r"breathe(?![a-z])\s*")
_LONG_UNIT = re.compile(r"[0-9]\s*(seconds?|secs|minutes?|mins|hours?|hrs?)(?![a-z])")
_EACH_SIDES = re.compile(r"(?:each|per)\s*(?:sides|legs)(?![a-z])")
_STAR = re.compile(r"[0-9]+\s*(\*)\s*[0-9]")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+\s*(?:s|m|h|sec|min)(?![a-z])")
_SETS_OF = re.compile(r"[0-9]+\s*sets?(?![a-z])")
_PART_WORDS = {
    "each": "each side", "per": "per side", "left": "left", "right": "right", "both": "both",
    "one": "one side", "alternating": "alternating", "alternate": "alternating", "rest": "rest 10s",
    "relax": "relax 5s", "switch": "switch 5s", "ready": "ready 10s", "tempo": "tempo 3-1-3",
    "self-paced": "self-paced", "pressure": "pressure 4", "effort": "effort 25%",
    "breathe": "breathe 4-6",
}  # fmt: skip
_UNITS_BY_WORD = {"rep": Unit.REPS, "breath": Unit.BREATHS, "pass": Unit.PASSES}
_SETS_BESIDE_LIST = (
    "a list gives one set for each item, so it can't have sets before it",
    "write the sets out, `12, 10, 8 reps`, or drop the list, `3 x 12 reps`",
)


@lru_cache(maxsize=4096)
def parse_dose(text: str) -> tuple[WrittenDose, tuple[Issue, ...]]:
    """Parse a whole dose. Parts that can't be read are left out and reported as issues."""
    scan = Scanner(text)
    found: dict[str, object] = {}
    places: dict[str, Put] = {}
    work: tuple[Amount, ...] | None = None
    sets: Range | None = None
    try:
        work, sets = _amount(scan)
        if work is not None:
            places["amount"] = (0, len(scan.text[: scan.pos].rstrip()), "first one is here")
        while scan.take(_COMMA) or not scan.done:
            if not _part(scan, found, places):
                began = work is not None or bool(found)
                raise _unknown_part(scan, began, places.get("amount"))
    except Unreadable:
        pass
    if work is None and not found and not scan.issues:
        scan.issue("E201", 0, "the dose is empty", EXAMPLES)
    return WrittenDose(work, sets, **found), tuple(scan.issues)  # type: ignore[arg-type]  # by name


def _amount(scan: Scanner) -> tuple[tuple[Amount, ...] | None, Range | None]:
    """Read the amount and the sets before it; return (None, None) if there is no amount."""
    start = scan.pos
    counts: list[Range] = []
    while match := scan.take(_COUNT_X):
        counts.append(scan.counted(match, start, MAX_COUNT if counts else MAX_SETS))
    item_start = scan.pos
    if (hold := scan.hold()) is not None:
        holds = [hold]
        while True:
            before = scan.pos
            if not scan.take(_COMMA) or (hold := scan.hold()) is None:
                scan.pos = before
                break
            holds.append(hold)
        return _sets_of_holds(scan, start, counts, holds)
    issues = len(scan.issues)
    numbers: list[Range] = []
    while (number := scan.count(MAX_COUNT)) is not None:
        numbers.append(number)
        if not scan.take(_COMMA):
            break
    if not numbers:
        if counts:
            raise scan.fail("E201", item_start, "after `x` an amount should follow", EXAMPLES)
        return None, None
    unit = scan.take(_UNIT)
    if not unit:
        del scan.issues[issues:]  # the limit depends on the unit, which is known now
        if scan.done or _a_part_follows(scan):
            raise scan.fail(
                "E202",
                item_start,
                f"`{scan.text[item_start : scan.pos].strip()[:40]}` has no unit: seconds or reps?",
                "write `30s` or `30 reps`",
            )
        scan.pos = start
        raise _unknown_part(scan, False)
    return _sets_of_counts(scan, start, counts, numbers, _UNITS_BY_WORD[unit[unit.lastindex or 1]])


def _sets_of_holds(
    scan: Scanner, start: int, counts: list[Range], holds: list[Hold]
) -> tuple[tuple[Amount, ...], Range | None]:
    if len(holds) > 1:
        scan.at_most_sets(len(holds))
        if counts:
            scan.issue("E107", start, *_SETS_BESIDE_LIST)
        return tuple(holds), None
    if len(counts) > 2:
        scan.issue("E201", start, "there is one `x` too many: sets x reps x hold", EXAMPLES)
    if len(counts) == 2:
        return (HeldReps(counts[1], holds[0]),), counts[0]
    return (holds[0],), counts[0] if counts else None


def _sets_of_counts(
    scan: Scanner, start: int, counts: list[Range], numbers: list[Range], unit: Unit
) -> tuple[tuple[Amount, ...], Range | None]:
    if len(counts) > 1:
        scan.issue("E201", start, "there is one `x` too many: sets x reps", EXAMPLES)
    if len(numbers) > 1 and counts:
        scan.issue("E107", start, *_SETS_BESIDE_LIST)
    scan.at_most_sets(len(numbers))
    work: tuple[Amount, ...] = tuple(Reps(number, unit) for number in numbers)
    return work, counts[0] if counts and len(numbers) == 1 else None


def _a_part_follows(scan: Scanner) -> bool:
    patterns = (SIDE_WORDS, _GAP, _TEMPO, SELF_PACED_WORDS, _SCALE, _BREATHE, _COMMA)
    return any(p.match(scan.text, scan.pos) for p in patterns)


def _part(scan: Scanner, found: dict[str, object], at: dict[str, Put]) -> bool:
    """Read one part after the amount into `found`; return False if there is none."""
    start = scan.pos
    name: str
    value: object
    if match := scan.take(_GAP):
        name, value = match.group(1), scan.times(bare=True)
        if value is None:
            raise scan.fail("E201", scan.pos, f"a time should follow `{name}`", f"`{name} 10s`")
    elif scan.take(_TEMPO):
        name, value = "tempo", scan.tempo()
    elif scan.take(SELF_PACED_WORDS):
        name, value = "tempo", SELF_PACED
    elif match := scan.take(_SCALE):
        name = match.group(1)
        value = scan.scale(name, 10 if name == "pressure" else 100)
    elif scan.take(_BREATHE):
        name, value = "breathe", scan.breathe()
    elif (side := scan.side()) is not None:
        name, value = "side", side
    else:
        return False
    if name in found:
        words = f"`{name}` is said twice in this dose"
        scan.issue("E108", start, words, "keep one of them", other=at[name])
    else:
        found[name] = value
        at[name] = (start, len(scan.text[start : scan.pos].rstrip()), "first one is here")
    return True


def _unknown_part(scan: Scanner, began: bool, amount: Put | None = None) -> Unreadable:
    start = scan.pos
    word = scan.next_word()
    rest = scan.text[start:].strip()[:60]
    if not rest:
        return scan.fail("E201", start, "something should follow the comma", "or take it out")
    if re.match(r"-\s*[0-9]", rest):
        return scan.fail("E203", start, "an amount can't be negative", EXAMPLES)
    if match := _EACH_SIDES.match(rest):
        put = (start + match.end() - 1, 1, "")
        return scan.fail("E201", start, f"can't read `{match.group()}`", "write `each side`", put)
    if re.match(r"(each|per)(?![a-z])", rest):
        return scan.fail("E201", start, f"`{word}` what?", "write `each side`")
    long_unit = _LONG_UNIT.search(rest)
    if began and re.match(r"[0-9]", rest) and not (amount is None or long_unit):
        return scan.fail(
            "E105",
            start,
            "there is a second amount in this dose",
            "keep one of them",
            other=amount,
        )
    help = EXAMPLES
    fix: Put | None = None
    if long_unit:
        help = "times are written `30s`, `2m`, `1m30s` or `1:30`"
        at, end = long_unit.span(1)
        fix = (start + at, end - at, long_unit.group(1)[0])
    elif match := _STAR.match(rest):
        help = "sets are written with an `x`: `3 x 30s`"
        fix = (start + match.start(1), 1, "x")
    elif _DECIMAL_COMMA.match(rest):
        help = "decimals have a point, `1.5s`; a list has a unit behind each, `10s, 20s`"
    elif _SETS_OF.match(rest):
        help = "sets are written `3 x 30s` or `3 x 12 reps`"
    elif near := closest(word.strip(",")[:40], tuple(_PART_WORDS)):
        help = f"did you mean `{_PART_WORDS[near]}`?"
    return scan.fail(
        "E201", start, f"can't read `{rest}` {'in this' if began else 'as a'} dose", help, fix
    )


Parsed = tuple[Issue, ...]
Value = TypeVar("Value")


def _rest_is_read(scan: Scanner, what: str, help: str) -> None:
    if not scan.done:
        long_unit = _LONG_UNIT.search(scan.text) if what == "a time" else None
        put = None
        if long_unit:
            at, end = long_unit.span(1)
            put = (at, end - at, long_unit.group(1)[0])
        scan.fail("E201", 0, f"can't read `{scan.text.strip()[:60]}` as {what}", help, put)


@lru_cache(maxsize=2048)
def parse_times(text: str) -> tuple[Range | None, Parsed]:
    """Read a time or a range of times, such as a rest. A number without a unit means seconds."""
    scan = Scanner(text)
    value = scan.times(bare=True)
    if not scan.done:
        value, scan.issues = None, []
    _rest_is_read(scan, "a time", "write `30s`, `1m30s`, `1:30` or `20-30s`")
    return value, tuple(scan.issues)


@lru_cache(maxsize=2048)
def parse_holds(text: str) -> tuple[tuple[Hold, ...], Parsed]:
    """Read `30s`, `up to 40s`, or a list of these."""
    scan = Scanner(text)
    holds: list[Hold] = []
    try:
        while (hold := scan.hold(bare=True)) is not None:
            holds.append(hold)
            if not scan.take(_COMMA):
                break
        else:
            scan.pos = 0  # the text is empty, or ends with a comma
        if not scan.done:
            holds, scan.issues = [], []
        _rest_is_read(scan, "a time", "write `30s`, `up to 40s` or `10s, 20s`")
        scan.at_most_sets(len(holds))
    except Unreadable:
        pass
    return tuple(holds), tuple(scan.issues)


@lru_cache(maxsize=2048)
def parse_counts(text: str, most: int) -> tuple[tuple[Range, ...], Parsed]:
    """Read a count, a range of counts, or a list of these."""
    scan = Scanner(text)
    counts: list[Range] = []
    while (count := scan.count(most)) is not None:
        counts.append(count)
        if not scan.take(_COMMA):
            break
    else:
        scan.pos = 0  # the text is empty, or ends with a comma
    if not scan.done:
        counts, scan.issues = [], []
    _rest_is_read(scan, "a count", "write a whole number such as `3`, or a range, `2-3`")
    scan.at_most_sets(len(counts))
    return tuple(counts), tuple(scan.issues)


@lru_cache(maxsize=512)
def parse_side(text: str) -> tuple[Sides | None, Parsed]:
    """Read the value of `side:`. Unlike in a dose, `each` and `one` are allowed here."""
    scan = Scanner(text)
    words = scan.text.strip()
    if words in {"each", "one"}:
        return (Sides.EACH if words == "each" else Sides.ONE), ()
    side = scan.side()
    _rest_is_read(
        scan,
        "a side",
        "one of: each side, left then right, right then left, alternating, both, left, right, one",
    )
    return side, tuple(scan.issues)


@lru_cache(maxsize=512)
def parse_tempo(text: str) -> tuple[Tempo | None, Parsed]:
    """Read the value of `tempo:`."""
    help = "examples: `3-1-3`, `2s`, `40/min`, `self-paced`"
    return _by_itself(text, Scanner.tempo, "a tempo", help)


@lru_cache(maxsize=512)
def parse_breathe(text: str) -> tuple[tuple[int, ...] | None, Parsed]:
    """Read the value of `breathe:`. `free` is the empty pattern."""
    help = "examples: `4-6`, `4-4-4-4`, `free`"
    return _by_itself(text, Scanner.breathe, "a breath pattern", help)


@lru_cache(maxsize=512)
def parse_scale(text: str, name: str, most: int) -> tuple[Range | None, Parsed]:
    """Read a pressure from 0 to 10 or an effort in percent."""
    help = f"a whole number from 0 to {most}, or a range"
    return _by_itself(text, lambda scan: scan.scale(name, most), f"a number for `{name}`", help)


def _by_itself(
    text: str, read: Callable[[Scanner], Value], what: str, help: str
) -> tuple[Value | None, Parsed]:
    """Read one part of a dose from a text of its own, the value of its key."""
    scan = Scanner(text)
    try:
        value = read(scan)
    except Unreadable:
        return None, tuple(scan.issues)
    _rest_is_read(scan, what, help)
    return value, tuple(scan.issues)


@lru_cache(maxsize=512)
def parse_cue_point(text: str) -> tuple[tuple[int, bool, int | None] | None, Parsed]:
    """Read the time of a cue: `15s`, `-5s` (before the end), `half` or `50%`."""
    scan = Scanner(text)
    words = scan.text.strip()
    if words == "half":
        return (0, False, 50), ()
    if match := re.fullmatch(r"([0-9]{1,3})\s*%", words):
        percent = int(match.group(1))
        if percent > 100:
            scan.pos = len(scan.text)
            scan.issue("E205", 0, "a cue can't come after 100%")
            return None, tuple(scan.issues)
        return (0, False, percent), ()
    from_end = bool(scan.take(re.compile(r"-\s*")))
    time = scan.time()
    if time is None or not scan.done:
        scan.pos = 0
        scan.fail(
            "E211",
            0,
            f"can't read `{words[:40]}` as the time of a cue",
            "`0s`, `15s`, `half`, `50%`, `-5s`",
        )
        return None, tuple(scan.issues)
    return (time, from_end, None), tuple(scan.issues)
