"""Scans the text of a dose: reads a time, a count, a side or a tempo at the current position.

`player.routine.dose` decides in which order they may appear.
"""

import re
from typing import NamedTuple

from player.routine.limits import DAY_MS, MAX_SETS
from player.routine.model import FREE, SELF_PACED, Hold, Range, Tempo
from player.routine.vocabulary import Sides

MAX_PER_MINUTE = 300


class Issue(NamedTuple):
    """A problem at position `start` of a text: an error, or a warning about something doubtful."""

    code: str
    start: int
    width: int
    message: str
    help: str = ""
    warning: bool = False
    put: tuple[int, int, str] | None = None
    """The fix: a start, a width, and the replacement text."""
    other: tuple[int, int, str] | None = None
    """A second place that explains the first: start, width, label."""


_SECOND = r"[0-9]+(?:\.[0-9]{1,3})?"
_CLOCK = re.compile(r"(?:([0-9]+):)?([0-9]+):([0-9][0-9])(?![0-9:])")
_UNITS = re.compile(
    r"(?=[0-9])(?:([0-9]+)\s*h(?![a-z]))?\s*(?:([0-9]+)\s*m(?:in)?(?![a-z]))?"
    rf"\s*(?:({_SECOND})\s*s(?:ec)?(?![a-z]))?"
)
_SHORT_RANGE = re.compile(r"([0-9]+)\s*-\s*([0-9]+)\s*(h|min|m|sec|s)(?![a-z])")
_NUMBER = re.compile(rf"{_SECOND}(?:\s*-\s*{_SECOND})?")
_COUNT = re.compile(r"([0-9]+)(?:\s*-\s*([0-9]+))?(?!\s*[-.:0-9])")
_DASH = re.compile(r"\s*-\s*")
_UP_TO = re.compile(r"up\s*to(?![a-z])")
SIDE_WORDS = re.compile(
    r"(?:((?:each|per)\s*(?:side|leg))|(left\s*then\s*right)|(right\s*then\s*left)"
    r"|(alternating)|(both)|(left)|(right)|(one\s*side))(?![a-z-])"
)
_SIDES = (
    Sides.EACH, Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT,
    Sides.ALTERNATING, Sides.BOTH, Sides.LEFT, Sides.RIGHT, Sides.ONE,
)  # fmt: skip
_BOTH_SIDES = re.compile(r"both\s*(?:sides|legs)(?![a-z])")
SELF_PACED_WORDS = re.compile(r"self[\s-]*paced(?![a-z])")
_PER_MINUTE = re.compile(r"([0-9]+)\s*/\s*min(?![a-z])")
_BEATS = re.compile(rf"{_SECOND}(?:\s*-\s*{_SECOND})+(?!\s*-|\s*[0-9]|[a-z])")
_BEAT = re.compile(rf"({_SECOND})\s*s(?:ec)?(?![a-z])")
_FREE = re.compile(r"free(?![a-z])")
_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"\s*")

_UNIT_MS = {"h": 3_600_000, "m": 60_000, "min": 60_000, "s": 1_000, "sec": 1_000}


Put = tuple[int, int, str]


class Unreadable(Exception):
    """The rest of the text can't be read. The issue is already recorded."""


class Scanner:
    """A text, the current position in it, and the issues found so far."""

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
        put: Put | None = None,
        other: Put | None = None,
    ) -> None:
        width = max(len(self.text[start : self.pos].rstrip()), 1)
        self.issues.append(Issue(code, start, width, message, help, put=put, other=other))

    def warn(self, code: str, start: int, message: str, help: str, put: Put) -> None:
        width = max(len(self.text[start : self.pos].rstrip()), 1)
        self.issues.append(Issue(code, start, width, message, help, warning=True, put=put))

    def fail(
        self,
        code: str,
        start: int,
        message: str,
        help: str = "",
        put: Put | None = None,
        other: Put | None = None,
    ) -> Unreadable:
        if self.pos <= start:
            word = _WORD.match(self.text, start)
            self.pos = word.end() if word else len(self.text)
        self.issue(code, start, message, help, put, other)
        return Unreadable()

    # Times

    def time(self) -> int | None:
        """Read one time in ms; return None if there is none."""
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
        """Read a time or a range of times. `bare`: a plain number is seconds, with a warning."""
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

    def at_most_sets(self, items: int) -> None:
        """Check the length of a list, which defines one set per item."""
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
        match = self.take(SIDE_WORDS)
        if not match:
            return None
        return _SIDES[(match.lastindex or 1) - 1]

    def tempo(self) -> Tempo:
        """Read a tempo; fail if there is none."""
        start = self.pos
        if self.take(SELF_PACED_WORDS):
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
            f"can't read `{self.next_word()}` as a tempo",
            "examples: `tempo 3-1-3` (down, stay, up), `tempo 2s` a rep, `tempo 40/min`",
        )

    def breathe(self) -> tuple[int, ...]:
        """Read a breath pattern; fail if there is none."""
        start = self.pos
        if self.take(_FREE):
            return FREE
        if match := self.take(_BEATS):
            return self._seconds(match, start, "breath pattern")
        raise self.fail(
            "E209",
            start,
            f"can't read `{self.next_word()}` as a breath pattern",
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
        """Read a pressure of 0–10 or an effort in percent; fail if there is none."""
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

    def next_word(self) -> str:
        match = _WORD.match(self.text, self.pos)
        return match.group()[:40] if match else ""


def _int(digits: str) -> int:
    """Convert digits to a number. Very long ones are cut, since they exceed every limit anyway."""
    return int(digits) if len(digits) <= 9 else 999_999_999


def _ms(seconds: str) -> int:
    """Convert seconds with up to three decimals to milliseconds, exactly."""
    whole, _, part = seconds.strip().partition(".")
    return _int(whole) * 1_000 + int(part.ljust(3, "0")) if part else _int(whole) * 1_000
