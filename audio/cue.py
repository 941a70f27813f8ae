"""What is said and sounded when: plain data, placed by session position."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class CueKind(StrEnum):
    """Why a cue stands where it stands; a host decides how each kind sounds and looks."""

    NEXT = "next"
    """What comes, at the beginning of a gap."""
    SWITCH = "switch"
    """The side changes, at the beginning of the gap."""
    START = "start"
    LEFT_OVER = "left over"
    """Time that is left, in whole seconds."""
    HALF = "half"
    COUNT = "count"
    """The last seconds of a segment: 3, 2, 1."""
    REP = "rep"
    SAY = "say"
    """The coach's own words."""
    CLIP = "clip"
    WAIT = "wait"
    END = "end"


class Spoken(NamedTuple):
    """What a voice says at a cue."""

    text: str
    """Words as they are said: numbers and units as words."""
    language: str
    """`en`, `es` …"""
    length: int
    """How long its sound is, in ms; 0 where none was made."""
    after: int = 0
    """How much later than its cue it begins, in ms."""


class Cue(NamedTuple):
    """One cue at `at` ms from the beginning of the session. `text` is said as it stands."""

    at: int
    kind: CueKind
    text: str
    clip: str | None = None
    spoken: Spoken | None = None
    language: str = ""
    """Of a text that somebody wrote; nothing where it is the program's own."""


@dataclass(frozen=True, slots=True)
class CueSheet:
    """All cues of a session in order of time."""

    cues: tuple[Cue, ...]

    def between(self, after: int, upto: int) -> tuple[Cue, ...]:
        """The cues later than `after` and not later than `upto`."""
        if upto <= after:
            return ()
        first = bisect_right(self.cues, after, key=_at)
        return self.cues[first : bisect_right(self.cues, upto, key=_at)]

    def next_after(self, position: int) -> int | None:
        """The time of the first cue later than `position`, or None."""
        index = bisect_right(self.cues, position, key=_at)
        return self.cues[index].at if index < len(self.cues) else None


def _at(cue: Cue) -> int:
    return cue.at
