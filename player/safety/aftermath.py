"""Derives limits for today from how the person felt after earlier sessions (section 2g).

They only add rest, easy mode, notes or a stop; they never allow more. Each report is saved as an
event, and the limits are computed from all events.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from player.routine.vocabulary import Side

HOUR = 3_600.0
REST_S = 48 * HOUR
"""How long a region rests after the person reports that it was worse."""

SOON_S = HOUR
"""Nothing is asked within this time after a session, because the soreness was just reported."""

SETTLED_S = 12 * HOUR
"""A question answered sooner than this after a session is asked again: the next day counts."""

LONG_S = 42 * 24 * HOUR
"""If soreness lasts this long, the program advises the person once to have it looked at."""

MUCH_SORER = 2
"""A session that makes a place sorer by more points than this was too much."""


class After(StrEnum):
    """A report at the start of a session about the time since the last one."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NIGHT = "night"
    """The pain wakes the person at night."""
    BRUISE = "bruise"
    HEALED = "healed"
    """A bruise that was reported earlier has healed."""
    UNHELPED = "unhelped"
    """The program has shown the note that six weeks of training have not helped."""


_HOW = frozenset({After.BETTER, After.SAME, After.WORSE})


class AfterEvent(NamedTuple):
    """One report, made at `at` (seconds since 1970), about a session of `routine`."""

    report: After
    session: int
    routine: str
    place: str | None
    side: Side | None
    at: float


class SoreSpot(NamedTuple):
    """How sore one place was before and after a session, 0 to 10; None if nobody answered."""

    place: str | None
    side: Side | None
    before: int | None
    after: int | None

    @property
    def much_sorer(self) -> bool:
        """Whether it became sorer by more than 2."""
        if self.before is None or self.after is None:
            return False
        return self.after > self.before + MUCH_SORER


class Last(NamedTuple):
    """The last session in which any work was done. `ended` is in seconds since 1970.

    `before` and `after` tell how sore the sorest place was, 0 to 10. They are None if nobody
    answered. `spots` tells it place by place.
    """

    session: int
    routine: str
    name: str
    ended: float
    before: int | None = None
    after: int | None = None
    spots: tuple[SoreSpot, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """The saved reports about earlier sessions, oldest first."""

    events: tuple[AfterEvent, ...] = ()
    last: Last | None = None
    long_sore: frozenset[str] = frozenset()
    """Places that were already sore by 4 or more at least six weeks ago."""

    def asks_about_last(self, now: float) -> bool:
        """Whether to ask how the person was since the last session."""
        if self.last is None or 0 <= now - self.last.ended < SOON_S:
            return False
        reports = [e for e in self.events if e.session == self.last.session and e.report in _HOW]
        settled = any(event.at - self.last.ended >= SETTLED_S for event in reports)
        return not settled or bool(stopped(self.events))

    @property
    def bruises(self) -> tuple[AfterEvent, ...]:
        """The reported bruises that have not healed yet."""
        found: dict[tuple[str | None, Side | None], AfterEvent] = {}
        for event in self.events:
            if event.report is After.BRUISE:
                found[event.place, event.side] = event
            elif event.report is After.HEALED:
                found.pop((event.place, event.side), None)
        return tuple(found.values())


class Limits(NamedTuple):
    """The limits for today. No side means both sides; no place means everywhere."""

    resting: tuple[AfterEvent, ...] = ()
    gentle: tuple[AfterEvent, ...] = ()
    bruised: tuple[AfterEvent, ...] = ()
    stopped: bool = False
    """This routine is not played until the person reports something other than "worse"."""
    sorer: bool = False
    """A place was much sorer after the last session, and the latest report is not "worse"."""
    unhelped: bool = False
    """Six weeks have not helped, and the program must say so now."""


NO_LIMITS = Limits()


def limits(past: Past, routine: str, now: float) -> Limits:
    """Compute the limits for a session of `routine` at `now`."""
    resting = tuple(
        event for event in past.events if event.report is After.WORSE and now < event.at + REST_S
    )
    return Limits(
        resting=resting,
        gentle=tuple(event for event in _still_worse(past.events) if event not in resting),
        bruised=past.bruises,
        stopped=routine in stopped(past.events),
        sorer=_was_sorer(past),
    )


def stopped(events: Sequence[AfterEvent]) -> frozenset[str]:
    """The routines after which the person felt worse twice in a row, or pain woke them at night."""
    routines: set[str] = set()
    last: dict[int, AfterEvent] = {}
    for event in events:
        if event.report is After.NIGHT:
            routines.add(event.routine)
        elif event.report in _HOW:
            last[event.session] = event
            if event.report is not After.WORSE:
                routines.clear()
            elif [e.report for e in last.values()][-2:] == [After.WORSE, After.WORSE]:
                routines.add(event.routine)
    return frozenset(routines)


def _still_worse(events: Sequence[AfterEvent]) -> Iterator[AfterEvent]:
    """The latest "worse" report of each place, unless a later session was reported as not worse."""
    found: dict[tuple[str | None, Side | None], AfterEvent] = {}
    for event in events:
        if event.report is After.WORSE:
            found[event.place, event.side] = event
        elif event.report in _HOW:
            found = {spot: worse for spot, worse in found.items() if worse.session == event.session}
    return iter(found.values())


def _was_sorer(past: Past) -> bool:
    """Whether a place became much sorer and the latest report is not "worse"."""
    if past.last is None or not any(spot.much_sorer for spot in past.last.spots):
        return False
    reports = [e.report for e in past.events if e.session == past.last.session and e.report in _HOW]
    return bool(reports) and reports[-1] is not After.WORSE


def has_not_helped(past: Past, places: Iterable[str | None]) -> bool:
    """Whether usual soreness at one of these places lasted six weeks and no note was shown yet."""
    if any(event.report is After.UNHELPED for event in past.events):
        return False
    return not past.long_sore.isdisjoint(filter(None, places))
