"""How it went after the sessions before, and what follows from it (clinical content, section 2g).

It only ever lowers or rests. What a person told at a start is kept as events; what holds today is
folded from all of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from player.routine.vocabulary import Side

HOUR = 3_600.0
REST_S = 48 * HOUR
"""How long a region rests after it was worse."""

SOON_S = HOUR
"""So soon after a session nothing is asked: how sore it was is told already."""

SETTLED_S = 12 * HOUR
"""An answer that comes sooner after a session is asked for again: the next day counts."""

LONG_S = 42 * 24 * HOUR
"""Soreness that stays for so long is told of once."""

MUCH_SORER = 2
"""More points than this from before to after a session are too many."""


class After(StrEnum):
    """What can be told at a start about the time since the last session."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NIGHT = "night"
    """It wakes the person at night."""
    BRUISE = "bruise"
    HEALED = "healed"
    """A bruise that was told of is gone."""
    UNHELPED = "unhelped"
    """The person was told that six weeks have not helped."""


_HOW = frozenset({After.BETTER, After.SAME, After.WORSE})


class AfterEvent(NamedTuple):
    """Something told at `at` (seconds since 1970) about a session of `routine`."""

    told: After
    session: int
    routine: str
    place: str | None
    side: Side | None
    at: float


class Last(NamedTuple):
    """The last session in which some work was done. `ended` in seconds since 1970."""

    session: int
    routine: str
    name: str
    ended: float
    before: int = 0
    after: int = 0
    """How sore the sorest place was, 0 to 10."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is kept of the sessions before, oldest event first."""

    events: tuple[AfterEvent, ...] = ()
    last: Last | None = None
    long_sore: frozenset[str] = frozenset()
    """Places that were sore by 4 or more at least six weeks ago already."""

    def asks_about_last(self, now: float) -> bool:
        """Whether it is to be asked how it was since the last session."""
        if self.last is None or 0 <= now - self.last.ended < SOON_S:
            return False
        told = [e for e in self.events if e.session == self.last.session and e.told in _HOW]
        settled = any(event.at - self.last.ended >= SETTLED_S for event in told)
        return not settled or bool(stopped(self.events))

    @property
    def bruises(self) -> tuple[AfterEvent, ...]:
        """The bruises that nobody said are gone."""
        found: dict[tuple[str | None, Side | None], AfterEvent] = {}
        for event in self.events:
            if event.told is After.BRUISE:
                found[event.place, event.side] = event
            elif event.told is After.HEALED:
                found.pop((event.place, event.side), None)
        return tuple(found.values())


class Limits(NamedTuple):
    """What follows today. Places without a side hold on both, without a place everywhere."""

    resting: tuple[AfterEvent, ...] = ()
    gentle: tuple[AfterEvent, ...] = ()
    bruised: tuple[AfterEvent, ...] = ()
    stopped: bool = False
    """This routine is not played until an answer is not "worse"."""
    sorer: bool = False
    """It was much sorer after the last session, and has settled."""
    unhelped: bool = False
    """Six weeks have not helped, and that is to be said now."""


NO_LIMITS = Limits()


def limits(past: Past, routine: str, now: float) -> Limits:
    """What the events mean for a session of `routine` at `now`."""
    resting = tuple(
        event for event in past.events if event.told is After.WORSE and now < event.at + REST_S
    )
    return Limits(
        resting=resting,
        gentle=tuple(event for event in _still_worse(past.events) if event not in resting),
        bruised=past.bruises,
        stopped=routine in stopped(past.events),
        sorer=_was_sorer(past),
    )


def stopped(events: Sequence[AfterEvent]) -> frozenset[str]:
    """The routines after which it was worse twice running, or woke the person at night."""
    routines: set[str] = set()
    last: dict[int, AfterEvent] = {}
    for event in events:
        if event.told is After.NIGHT:
            routines.add(event.routine)
        elif event.told in _HOW:
            last[event.session] = event
            if event.told is not After.WORSE:
                routines.clear()
            elif [e.told for e in last.values()][-2:] == [After.WORSE, After.WORSE]:
                routines.add(event.routine)
    return frozenset(routines)


def _still_worse(events: Sequence[AfterEvent]) -> Iterator[AfterEvent]:
    """The last "worse" of each place that no later session has gone without."""
    found: dict[tuple[str | None, Side | None], AfterEvent] = {}
    for event in events:
        if event.told is After.WORSE:
            found[event.place, event.side] = event
        elif event.told in _HOW:
            found = {spot: worse for spot, worse in found.items() if worse.session == event.session}
    return iter(found.values())


def _was_sorer(past: Past) -> bool:
    """Sorer by more than 2 after the last session, and not worse since."""
    if past.last is None or past.last.after <= past.last.before + MUCH_SORER:
        return False
    told = [e.told for e in past.events if e.session == past.last.session and e.told in _HOW]
    return bool(told) and told[-1] is not After.WORSE


def has_not_helped(past: Past, places: Iterable[str | None]) -> bool:
    """Whether usual soreness at one of these places has stayed for six weeks, still untold."""
    if any(event.told is After.UNHELPED for event in past.events):
        return False
    return not past.long_sore.isdisjoint(filter(None, places))
