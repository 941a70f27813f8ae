"""The dose language: `3 x 30s each side rest 10s`, as coaches already write it.

Everything here is text in, values and issues out; places count in characters of the text.
Results are cached, because a coach writes the same few doses over and over.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from player.document.problem import closest
from player.routine.model import (
    SELF_PACED,
    Amount,
    HeldReps,
    Hold,
    Range,
    Reps,
    Tempo,
)
from player.routine.vocabulary import Sides, Unit

DAY_MS = 24 * 3_600_000
MAX_SETS = 100
MAX_COUNT = 1_000
MAX_PER_MINUTE = 300
EXAMPLES = "examples: `30s`, `3 x 30s each side`, `10 reps tempo 3-1-3`, `5 breaths`"


class Issue(NamedTuple):
    """Something wrong (or, as a warning, doubtful) at `start` of a text."""

    code: str
    start: int
    width: int
    message: str
    help: str = ""
    warning: bool = False
    put: tuple[int, int, str] | None = None
    """What mends it: a start, a width, and the text that should stand there."""
    other: tuple[int, int, str] | None = None
    """A second place that explains the first: start, width, label."""


class Written(NamedTuple):
    """What a dose says; None is what it does not say."""

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


FREE: tuple[int, ...] = ()
"""`breathe free`: no pacer; a breath counts as 4-6."""

_SECOND = r"[0-9]+(?:\.[0-9]{1,3})?"
_CLOCK = re.compile(r"(?:([0-9]+):)?([0-9]+):([0-9][0-9])(?![0-9:])")
_UNITS = re.compile(
    r"(?=[0-9])(?:([0-9]+)\s*h(?![a-z]))?\s*(?:([0-9]+)\s*m(?:in)?(?![a-z]))?"
    rf"\s*(?:({_SECOND})\s*s(?:ec)?(?![a-z]))?"
)
_SHORT_RANGE = re.compile(r"([0-9]+)\s*-\s*([0-9]+)\s*(h|min|m|sec|s)(?![a-z])")
_NUMBER = re.compile(rf"{_SECOND}(?:\s*-\s*{_SECOND})?")
_COUNT = re.compile(r"([0-9]+)(?:\s*-\s*([0-9]+))?(?!\s*[-.:0-9])")
_COUNT_X = re.compile(r"([0-9]+)(?:\s*-\s*([0-9]+))?\s*x\s*")
_DASH = re.compile(r"\s*-\s*")
_COMMA = re.compile(r"\s*,\s*")
_UP_TO = re.compile(r"up\s*to(?![a-z])")
_UNIT = re.compile(r"(?:(rep)s?|(breath)s?|(pass)(?:es)?)(?![a-z])")
_SIDE = re.compile(
    r"(?:((?:each|per)\s*(?:side|leg))|(left\s*then\s*right)|(right\s*then\s*left)"
    r"|(alternating)|(both)|(left)|(right)|(one\s*side))(?![a-z-])"
)
_SIDES = (
    Sides.EACH, Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT,
    Sides.ALTERNATING, Sides.BOTH, Sides.LEFT, Sides.RIGHT, Sides.ONE,
)  # fmt: skip
_BOTH_SIDES = re.compile(r"both\s*(?:sides|legs)(?![a-z])")
_GAP = re.compile(r"(rest|relax|switch|ready)(?![a-z])\s*")
_TEMPO = re.compile(r"tempo(?![a-z])\s*")
_SELF_PACED = re.compile(r"self[\s-]*paced(?![a-z])")
_PER_MINUTE = re.compile(r"([0-9]+)\s*/\s*min(?![a-z])")
_BEATS = re.compile(rf"{_SECOND}(?:\s*-\s*{_SECOND})+(?!\s*-|\s*[0-9]|[a-z])")
_BEAT = re.compile(rf"({_SECOND})\s*s(?:ec)?(?![a-z])")
_SCALE = re.compile(r"(pressure|effort)(?![a-z])\s*")
_BREATHE = re.compile(r"breathe(?![a-z])\s*")
_FREE = re.compile(r"free(?![a-z])")
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
_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"\s*")

_UNIT_MS = {"h": 3_600_000, "m": 60_000, "min": 60_000, "s": 1_000, "sec": 1_000}
_UNITS_BY_WORD = {"rep": Unit.REPS, "breath": Unit.BREATHS, "pass": Unit.PASSES}


_Put = tuple[int, int, str]


class _Stop(Exception):
    """The text can't be read further; the issue has been noted."""


class _Scanner:
    """A text, a position in it, and what was found wrong."""

    def __init__(self, text: str) -> None:
        lower = text.lower() if len(text.lower()) == len(text) else text
        self.text = lower.replace("×", "x").replace("–", "-")
        self.pos = 0
        self.issues: list[Issue] = []
        self.space()

    def space(self) -> None:
        match = _SPACE.match(self.text, self.pos)
        self.pos = match.end() if match else self.pos

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.pos)
        if match and match.end() > self.pos:
            self.pos = match.end()
            self.space()
            return match
        return None

    @property
    def done(self) -> bool:
        return self.pos >= len(self.text)

    def issue(
        self,
        code: str,
        start: int,
        message: str,
        help: str = "",
        put: _Put | None = None,
        other: _Put | None = None,
    ) -> None:
        width = max(len(self.text[start : self.pos].rstrip()), 1)
        self.issues.append(Issue(code, start, width, message, help, put=put, other=other))

    def warn(self, code: str, start: int, message: str, help: str, put: _Put) -> None:
        width = max(len(self.text[start : self.pos].rstrip()), 1)
        self.issues.append(Issue(code, start, width, message, help, warning=True, put=put))

    def fail(
        self,
        code: str,
        start: int,
        message: str,
        help: str = "",
        put: _Put | None = None,
        other: _Put | None = None,
    ) -> _Stop:
        if self.pos <= start:
            word = _WORD.match(self.text, start)
            self.pos = word.end() if word else len(self.text)
        self.issue(code, start, message, help, put, other)
        return _Stop()

    # Times

    def time(self) -> int | None:
        """One time in ms, or None where no time stands."""
        start = self.pos
        if match := self.take(_CLOCK):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            if seconds > 59 or (match.group(1) and minutes > 59):
                words = match.group().strip()[:40]
                self.issue("E206", start, f"`{words}` is no time", "write `1:15` or `1:05:00`")
            return ((hours * 60 + minutes) * 60 + seconds) * 1_000
        if match := self.take(_UNITS):
            hours, minutes = int(match.group(1) or 0), int(match.group(2) or 0)
            return (hours * 60 + minutes) * 60_000 + _ms(match.group(3) or "0")
        return None

    def times(self, bare: bool = False) -> Range | None:
        """A time or a range of times; `bare`: a plain number is seconds, with a warning."""
        start = self.pos
        if match := self.take(_SHORT_RANGE):
            unit = _UNIT_MS[match.group(3)]
            return self.range(start, int(match.group(1)) * unit, int(match.group(2)) * unit, True)
        low = self.time()
        if low is None:
            match = self.take(_NUMBER) if bare else None
            if not match:
                return None
            numbers = [_ms(part) for part in _DASH.split(match.group().strip())]
            words = match.group().strip()[:40]
            end = start + len(match.group().rstrip())
            self.warn(
                "W202",
                start,
                f"`{words}` has no unit; it is taken as seconds",
                f"write `{words}s`",
                (end, 0, "s"),
            )
            return self.range(start, numbers[0], numbers[-1], True)
        before = self.pos
        if self.take(_DASH):
            high = self.time()
            if high is not None:
                return self.range(start, low, high, True)
            self.pos = before
        return self.range(start, low, low, True)

    def range(self, start: int, low: int, high: int, is_time: bool = False) -> Range:
        if low > high:
            self.issue("E204", start, "the low end is above the high end", "turn them round")
            low, high = high, low
        if is_time and high > DAY_MS:
            self.issue("E205", start, "no time may be longer than 24 hours")
            return Range(min(low, DAY_MS), DAY_MS)
        return Range(low, high)

    def hold(self, bare: bool = False) -> Hold | None:
        start = self.pos
        is_open = self.take(_UP_TO) is not None
        times = self.times(bare)
        if times is None:
            if is_open:
                raise self.fail("E201", self.pos, "a time should follow `up to`", "`up to 30s`")
            return None
        if times.low <= 0:
            self.issue("E203", start, "an amount of nothing can't be played", "give it a time")
        return Hold(times, is_open)

    # Counts

    def counted(self, match: re.Match[str], start: int, most: int) -> Range:
        low = _int(match.group(1))
        high = _int(match.group(2)) if match.group(2) else low
        if low <= 0:
            self.issue("E203", start, "a count must be at least 1")
        if high > most:
            self.issue("E205", start, f"a count may be {most:,} at most")
        return self.range(start, min(max(low, 1), most), min(max(high, 1), most))

    def count(self, most: int) -> Range | None:
        start = self.pos
        match = self.take(_COUNT)
        return self.counted(match, start, most) if match else None

    # The dose

    def amount(self) -> tuple[tuple[Amount, ...] | None, Range | None]:
        """The amount and the sets written before it; (None, None) where no amount stands."""
        start = self.pos
        counts: list[Range] = []
        while match := self.take(_COUNT_X):
            counts.append(self.counted(match, start, MAX_COUNT if counts else MAX_SETS))
        item_start = self.pos
        if (hold := self.hold()) is not None:
            holds = [hold]
            while True:
                before = self.pos
                if not self.take(_COMMA) or (hold := self.hold()) is None:
                    self.pos = before
                    break
                holds.append(hold)
            return self._sets_of_holds(start, counts, holds)
        issues = len(self.issues)
        numbers: list[Range] = []
        while (number := self.count(MAX_COUNT)) is not None:
            numbers.append(number)
            if not self.take(_COMMA):
                break
        if not numbers:
            if counts:
                raise self.fail("E201", item_start, "after `x` an amount should follow", EXAMPLES)
            return None, None
        unit = self.take(_UNIT)
        if not unit:
            del self.issues[issues:]  # whether they are too large depends on the unit
            if self.done or self._a_part_follows():
                raise self.fail(
                    "E202",
                    item_start,
                    f"`{self.text[item_start : self.pos].strip()[:40]}` has no unit: "
                    "seconds or reps?",
                    "write `30s` or `30 reps`",
                )
            self.pos = start
            raise _unknown_part(self, False)
        return self._sets_of_counts(
            start, counts, numbers, _UNITS_BY_WORD[unit[unit.lastindex or 1]]
        )

    def _sets_of_holds(
        self, start: int, counts: list[Range], holds: list[Hold]
    ) -> tuple[tuple[Amount, ...], Range | None]:
        if len(holds) > 1:
            self.at_most_sets(len(holds))
            if counts:
                self.issue("E107", start, *_SETS_BESIDE_LIST)
            return tuple(holds), None
        if len(counts) > 2:
            self.issue("E201", start, "there is one `x` too many: sets x reps x hold", EXAMPLES)
        if len(counts) == 2:
            return (HeldReps(counts[1], holds[0]),), counts[0]
        return (holds[0],), counts[0] if counts else None

    def _sets_of_counts(
        self, start: int, counts: list[Range], numbers: list[Range], unit: Unit
    ) -> tuple[tuple[Amount, ...], Range | None]:
        if len(counts) > 1:
            self.issue("E201", start, "there is one `x` too many: sets x reps", EXAMPLES)
        if len(numbers) > 1 and counts:
            self.issue("E107", start, *_SETS_BESIDE_LIST)
        self.at_most_sets(len(numbers))
        work: tuple[Amount, ...] = tuple(Reps(number, unit) for number in numbers)
        return work, counts[0] if counts and len(numbers) == 1 else None

    def _a_part_follows(self) -> bool:
        patterns = (_SIDE, _GAP, _TEMPO, _SELF_PACED, _SCALE, _BREATHE, _COMMA)
        return any(p.match(self.text, self.pos) for p in patterns)

    def at_most_sets(self, items: int) -> None:
        """A list gives one set for each item."""
        if items > MAX_SETS:
            self.issue("E205", 0, f"a list may give {MAX_SETS} sets at most")

    def side(self) -> Sides | None:
        start = self.pos
        if self.take(_BOTH_SIDES):
            self.issue(
                "E207",
                start,
                "`both sides` can mean two things",
                "write `each side` (one after the other) or `both` (at once)",
            )
            return Sides.EACH
        match = self.take(_SIDE)
        if not match:
            return None
        return _SIDES[(match.lastindex or 1) - 1]

    def tempo(self) -> Tempo:
        """A tempo, where one must stand."""
        start = self.pos
        if self.take(_SELF_PACED):
            return SELF_PACED
        if match := self.take(_PER_MINUTE):
            number = _int(match.group(1))
            if not 0 < number <= MAX_PER_MINUTE:
                self.issue("E205", start, f"a tempo may be 1 to {MAX_PER_MINUTE} a minute")
                number = MAX_PER_MINUTE
            return Tempo(per_minute=number)
        if match := self.take(_BEATS):
            return Tempo(self._seconds(match, start, "tempo"))
        if match := self.take(_BEAT):
            beat = _ms(match.group(1))
            if not 0 < beat <= DAY_MS:
                self.issue("E203", start, "a rep must take some time")
            return Tempo((min(max(beat, 1), DAY_MS),))
        raise self.fail(
            "E208",
            start,
            f"can't read `{self._next_word()}` as a tempo",
            "examples: `tempo 3-1-3` (down, stay, up), `tempo 2s` a rep, `tempo 40/min`",
        )

    def breathe(self) -> tuple[int, ...]:
        """A breath pattern, where one must stand."""
        start = self.pos
        if self.take(_FREE):
            return FREE
        if match := self.take(_BEATS):
            return self._seconds(match, start, "breath pattern")
        raise self.fail(
            "E209",
            start,
            f"can't read `{self._next_word()}` as a breath pattern",
            "examples: `breathe 4-6` (in, out), `breathe 4-4-4-4`, `breathe free`",
        )

    def _seconds(self, match: re.Match[str], start: int, what: str) -> tuple[int, ...]:
        beats = tuple(_ms(part) for part in _DASH.split(match.group().strip()))
        if len(beats) > 4:
            self.issue("E208", start, f"a {what} has 2 to 4 numbers")
        if not 0 < sum(beats) <= DAY_MS:
            self.issue("E203", start, f"a {what} must take some time, and no more than a day")
            return (1_000, 1_000)
        return beats[:4]

    def scale(self, name: str, most: int) -> Range:
        """A pressure of 0–10 or an effort in percent, where one must stand."""
        start = self.pos
        match = self.take(_COUNT)
        if not match:
            raise self.fail("E210", start, f"a number should follow `{name}`", f"`{name} 4`")
        low = _int(match.group(1))
        high = _int(match.group(2)) if match.group(2) else low
        if self.text[self.pos : self.pos + 1] == "%" and name == "effort":
            self.pos += 1
            self.space()
        if high > most:
            unit = "%" if name == "effort" else ""
            self.issue("E205", start, f"{name} goes from 0 to {most}{unit}")
        return self.range(start, min(low, most), min(high, most))

    def part(self, found: dict[str, object], at: dict[str, _Put]) -> bool:
        """Read one part behind the amount into `found`; False where none stands."""
        start = self.pos
        name: str
        value: object
        if match := self.take(_GAP):
            name, value = match.group(1), self.times(bare=True)
            if value is None:
                raise self.fail("E201", self.pos, f"a time should follow `{name}`", f"`{name} 10s`")
        elif self.take(_TEMPO):
            name, value = "tempo", self.tempo()
        elif self.take(_SELF_PACED):
            name, value = "tempo", SELF_PACED
        elif match := self.take(_SCALE):
            name = match.group(1)
            value = self.scale(name, 10 if name == "pressure" else 100)
        elif self.take(_BREATHE):
            name, value = "breathe", self.breathe()
        elif (side := self.side()) is not None:
            name, value = "side", side
        else:
            return False
        if name in found:
            words = f"`{name}` is said twice in this dose"
            self.issue("E108", start, words, "keep one of them", other=at[name])
        else:
            found[name] = value
            at[name] = (start, len(self.text[start : self.pos].rstrip()), "first one is here")
        return True

    def _next_word(self) -> str:
        match = _WORD.match(self.text, self.pos)
        return match.group()[:40] if match else ""


_SETS_BESIDE_LIST = (
    "a list gives one set for each item, so it can't have sets before it",
    "write the sets out, `12, 10, 8 reps`, or drop the list, `3 x 12 reps`",
)


def _int(digits: str) -> int:
    """A number from digits; enormous ones are cut, they pass every limit anyway."""
    return int(digits) if len(digits) <= 9 else 999_999_999


def _ms(seconds: str) -> int:
    """Milliseconds of a number of seconds with up to three decimals, exactly."""
    whole, _, part = seconds.strip().partition(".")
    return _int(whole) * 1_000 + int(part.ljust(3, "0")) if part else _int(whole) * 1_000


@lru_cache(maxsize=4096)
def parse_dose(text: str) -> tuple[Written, tuple[Issue, ...]]:
    """Read a whole dose. What can't be read is left out and noted."""
    scan = _Scanner(text)
    found: dict[str, object] = {}
    places: dict[str, _Put] = {}
    work: tuple[Amount, ...] | None = None
    sets: Range | None = None
    try:
        work, sets = scan.amount()
        if work is not None:
            places["amount"] = (0, len(scan.text[: scan.pos].rstrip()), "first one is here")
        while scan.take(_COMMA) or not scan.done:
            if not scan.part(found, places):
                began = work is not None or bool(found)
                raise _unknown_part(scan, began, places.get("amount"))
    except _Stop:
        pass
    if work is None and not found and not scan.issues:
        scan.issue("E201", 0, "the dose is empty", EXAMPLES)
    return Written(work, sets, **found), tuple(scan.issues)  # type: ignore[arg-type]  # by name


def _unknown_part(scan: _Scanner, began: bool, amount: _Put | None = None) -> _Stop:
    start = scan.pos
    word = scan._next_word()
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
    mend: _Put | None = None
    if long_unit:
        help = "times are written `30s`, `2m`, `1m30s` or `1:30`"
        at, end = long_unit.span(1)
        mend = (start + at, end - at, long_unit.group(1)[0])
    elif match := _STAR.match(rest):
        help = "sets are written with an `x`: `3 x 30s`"
        mend = (start + match.start(1), 1, "x")
    elif _DECIMAL_COMMA.match(rest):
        help = "decimals have a point, `1.5s`; a list has a unit behind each, `10s, 20s`"
    elif _SETS_OF.match(rest):
        help = "sets are written `3 x 30s` or `3 x 12 reps`"
    elif near := closest(word.strip(",")[:40], tuple(_PART_WORDS)):
        help = f"did you mean `{_PART_WORDS[near]}`?"
    return scan.fail(
        "E201", start, f"can't read `{rest}` {'in this' if began else 'as a'} dose", help, mend
    )


Parsed = tuple[Issue, ...]
Value = TypeVar("Value")


def _rest_is_read(scan: _Scanner, what: str, help: str) -> None:
    if not scan.done:
        long_unit = _LONG_UNIT.search(scan.text) if what == "a time" else None
        put = None
        if long_unit:
            at, end = long_unit.span(1)
            put = (at, end - at, long_unit.group(1)[0])
        scan.fail("E201", 0, f"can't read `{scan.text.strip()[:60]}` as {what}", help, put)


@lru_cache(maxsize=2048)
def parse_times(text: str) -> tuple[Range | None, Parsed]:
    """Read a time or a range of times, such as a rest; a plain number counts as seconds."""
    scan = _Scanner(text)
    value = scan.times(bare=True)
    if not scan.done:
        value, scan.issues = None, []
    _rest_is_read(scan, "a time", "write `30s`, `1m30s`, `1:30` or `20-30s`")
    return value, tuple(scan.issues)


@lru_cache(maxsize=2048)
def parse_holds(text: str) -> tuple[tuple[Hold, ...], Parsed]:
    """Read `30s`, `up to 40s`, or a list of such."""
    scan = _Scanner(text)
    holds: list[Hold] = []
    try:
        while (hold := scan.hold(bare=True)) is not None:
            holds.append(hold)
            if not scan.take(_COMMA):
                break
        else:
            scan.pos = 0  # nothing, or nothing behind a comma
        if not scan.done:
            holds, scan.issues = [], []
        _rest_is_read(scan, "a time", "write `30s`, `up to 40s` or `10s, 20s`")
        scan.at_most_sets(len(holds))
    except _Stop:
        pass
    return tuple(holds), tuple(scan.issues)


@lru_cache(maxsize=2048)
def parse_counts(text: str, most: int) -> tuple[tuple[Range, ...], Parsed]:
    """Read a count, a range of counts, or a list of such."""
    scan = _Scanner(text)
    counts: list[Range] = []
    while (count := scan.count(most)) is not None:
        counts.append(count)
        if not scan.take(_COMMA):
            break
    else:
        scan.pos = 0  # nothing, or nothing behind a comma
    if not scan.done:
        counts, scan.issues = [], []
    _rest_is_read(scan, "a count", "write a whole number such as `3`, or a range, `2-3`")
    scan.at_most_sets(len(counts))
    return tuple(counts), tuple(scan.issues)


@lru_cache(maxsize=512)
def parse_side(text: str) -> tuple[Sides | None, Parsed]:
    """Read the value of `side:`; here `each` and `one` do as well."""
    scan = _Scanner(text)
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
    return _by_itself(text, _Scanner.tempo, "a tempo", help)


@lru_cache(maxsize=512)
def parse_breathe(text: str) -> tuple[tuple[int, ...] | None, Parsed]:
    """Read the value of `breathe:`; `free` is the empty pattern."""
    help = "examples: `4-6`, `4-4-4-4`, `free`"
    return _by_itself(text, _Scanner.breathe, "a breath pattern", help)


@lru_cache(maxsize=512)
def parse_scale(text: str, name: str, most: int) -> tuple[Range | None, Parsed]:
    """Read a pressure of 0 to 10 or an effort in percent."""
    help = f"a whole number from 0 to {most}, or a range"
    return _by_itself(text, lambda scan: scan.scale(name, most), f"a number for `{name}`", help)


def _by_itself(
    text: str, read: Callable[[_Scanner], Value], what: str, help: str
) -> tuple[Value | None, Parsed]:
    """Read a part of a dose that stands alone, as the value of its key."""
    scan = _Scanner(text)
    try:
        value = read(scan)
    except _Stop:
        return None, tuple(scan.issues)
    _rest_is_read(scan, what, help)
    return value, tuple(scan.issues)


@lru_cache(maxsize=512)
def parse_cue_point(text: str) -> tuple[tuple[int, bool, int | None] | None, Parsed]:
    """Read where a cue stands: `15s`, `-5s` (from the end), `half` or `50%`."""
    scan = _Scanner(text)
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
