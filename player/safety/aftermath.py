"""Derives limits for today from how the person felt after earlier sessions (section 2g).

They only add rest, easy mode, notes or a stop; they never allow more. Each report is saved as an
event, and the limits are computed from all events.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from player.base.calendar import days_after
from player.routine.vocabulary import Side

HOUR = 3_600.0
REST_S = 48 * HOUR
"""How long a region rests after the person reports that it was worse."""

SOON_S = HOUR
"""Nothing is asked within this time after a session, because the soreness was just reported."""

SETTLED_S = 12 * HOUR
"""A question answered sooner than this after a session is asked again: the next day counts."""

LONG_DAYS = 42
"""If soreness lasts this long, the program advises the person once to have it looked at."""

APART_DAYS = 14
"""Soreness counts as lasting only if no two reports in that time are further apart than this."""

SORE = 4
"""The level of soreness from which a place counts as sore."""

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
    """One report, made at `at` (seconds since 1970), about a session of `routine`.

    `worked` holds the places that this session worked on, with the side.
    """

    report: After
    session: int
    routine: str
    place: str | None
    side: Side | None
    at: float
    worked: frozenset[tuple[str, Side]] = frozenset()

    def is_about(self, worse: "AfterEvent") -> bool:
        """Whether this report is about a later session of the same routine, or on that place."""
        if self.session == worse.session:
            return False
        here = {(worse.place, side) for side in sides_of(worse.side)}
        return self.routine == worse.routine or here <= self.worked


def sides_of(side: Side | None) -> frozenset[Side]:
    """Left, right or both. No side means both; one side that is not known means neither."""
    if side in {Side.LEFT, Side.RIGHT}:
        return frozenset({side})
    return frozenset() if side is Side.ONE else frozenset({Side.LEFT, Side.RIGHT})


class Reading(NamedTuple):
    """How sore a place was before a session. If no place was sore, `place` is None."""

    place: str | None
    side: Side | None
    level: int
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

    `before` and `after` are the soreness of the sorest place, 0 to 10. They are None if nobody
    answered. `spots` has the soreness of each place.
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
    long_sore: frozenset[tuple[str, Side]] = frozenset()
    """Places that have been sore by 4 or more for six weeks."""
    stopped_after: tuple[Last, ...] = ()
    """The last session of each routine that is stopped."""

    def asks_about(self, routine: str, now: float) -> tuple[Last, ...]:
        """The sessions to ask about before `routine`: the last one, and its own if it is stopped.

        Only an answer about a session of a stopped routine can let it play again.
        """
        found = [] if self.last is None or self._is_settled(self.last) else [self.last]
        if routine in stopped(self.events):
            own = (*filter(None, [self.last]), *self.stopped_after)
            found += [last for last in own if last.routine == routine][:1]
        return tuple(last for last in dict.fromkeys(found) if not 0 <= now - last.ended < SOON_S)

    def _is_settled(self, last: Last) -> bool:
        reports = [e for e in self.events if e.session == last.session and e.report in _HOW]
        return any(event.at - last.ended >= SETTLED_S for event in reports)

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
    """The routines after which the person felt worse twice in a row, or pain woke them at night.

    "In a row" means after two sessions in succession, or after the last two of the same
    routine. Only a report about the same routine that is not "worse" ends it.
    """
    routines: set[str] = set()
    last: dict[int, AfterEvent] = {}
    for event in events:
        if event.report is After.NIGHT:
            routines.add(event.routine)
        elif event.report in _HOW:
            last[event.session] = event
            own = [e for e in last.values() if e.routine == event.routine]
            if event.report is not After.WORSE:
                routines.discard(event.routine)
            elif _worse_twice([*last.values()]) or _worse_twice(own):
                routines.add(event.routine)
    return frozenset(routines)


def _worse_twice(events: Sequence[AfterEvent]) -> bool:
    return [event.report for event in events[-2:]] == [After.WORSE, After.WORSE]


def _still_worse(events: Sequence[AfterEvent]) -> Iterator[AfterEvent]:
    """The latest "worse" report of each place, unless a later report about it was not worse."""
    found: dict[tuple[str | None, Side | None], AfterEvent] = {}
    for event in events:
        if event.report is After.WORSE:
            found[event.place, event.side] = event
        elif event.report in _HOW:
            found = {spot: worse for spot, worse in found.items() if not event.is_about(worse)}
    return iter(found.values())


def _was_sorer(past: Past) -> bool:
    """Whether a place became much sorer and the latest report is not "worse"."""
    if past.last is None or not any(spot.much_sorer for spot in past.last.spots):
        return False
    reports = [e.report for e in past.events if e.session == past.last.session and e.report in _HOW]
    return bool(reports) and reports[-1] is not After.WORSE


def has_not_helped(past: Past, places: Iterable[tuple[str | None, Side | None]]) -> bool:
    """Whether usual soreness at one of these places lasted six weeks and no note was shown yet."""
    if any(event.report is After.UNHELPED for event in past.events):
        return False
    return any((place, one) in past.long_sore for place, side in places for one in sides_of(side))


def long_sore(readings: Iterable[Reading], now: float) -> frozenset[tuple[str, Side]]:
    """The places that were sore at each reading of six weeks, with no gap of over two weeks."""
    latest_first = sorted((r for r in readings if r.at <= now), key=lambda r: -r.at)
    spots = {(r.place, side) for r in latest_first if r.place for side in sides_of(r.side)}
    return frozenset(spot for spot in spots if _lasts(spot, latest_first, now))


def _lasts(spot: tuple[str, Side], latest_first: Sequence[Reading], now: float) -> bool:
    since = now
    for reading in latest_first:
        here = reading.place == spot[0] and spot[1] in sides_of(reading.side)
        nothing = reading.place is None and reading.level == 0
        if not (here or nothing):
            continue
        if reading.level < SORE or days_after(reading.at, APART_DAYS) < since:
            break
        since = reading.at
    return days_after(since, LONG_DAYS) <= now
