"""Cues: what is said or sounds, and when. They are plain data, placed by session position."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class CueKind(StrEnum):
    """The reason for a cue. A host decides how each kind sounds and looks."""

    NEXT = "next"
    """Announces what follows, at the start of a gap."""
    SWITCH = "switch"
    """Announces a change of side, at the start of the gap."""
    START = "start"
    LEFT_OVER = "left over"
    """Says how much time is left, in whole seconds."""
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
    """The text as a voice reads it, with numbers and units as words."""
    language: str
    """Such as `en` or `es`."""
    length: int
    """The length of its sound in ms; 0 if no sound was made."""
    after: int = 0
    """The delay after its cue, in ms."""


class Cue(NamedTuple):
    """One cue, at `at` ms from the beginning of the session. `text` is shown unchanged."""

    at: int
    kind: CueKind
    text: str
    clip: str | None = None
    spoken: Spoken | None = None
    language: str = ""
    """The language of a text that a person wrote; empty for the program's own texts."""


@dataclass(frozen=True, slots=True)
class CueSheet:
    """All cues of a session in order of time."""

    cues: tuple[Cue, ...]

    def between(self, after: int, upto: int) -> tuple[Cue, ...]:
        """Return the cues after `after`, up to and including `upto`."""
        if upto <= after:
            return ()
        first = bisect_right(self.cues, after, key=_at)
        return self.cues[first : bisect_right(self.cues, upto, key=_at)]

    def around(self, position: int, count: int) -> "CueSheet":
        """Return the last `count` cues up to `position` and the first `count` after it."""
        if len(self.cues) <= count:
            return self
        index = bisect_right(self.cues, position, key=_at)
        return CueSheet(self.cues[max(index - count, 0) : index + count])

    def next_after(self, position: int) -> int | None:
        """Return the time of the first cue after `position`, or None."""
        index = bisect_right(self.cues, position, key=_at)
        return self.cues[index].at if index < len(self.cues) else None


def _at(cue: Cue) -> int:
    return cue.at
