"""Finds the position at which an interrupted session goes on in today's timeline.

Nothing is done twice. The position is the nearest one after which no finished work comes again,
even if the file was edited or today's answers leave something out. In doubt the session goes
forward, to the start of the next piece.
"""

from difflib import SequenceMatcher
from enum import IntEnum

from player.history.interrupted import Interrupted
from player.history.whereabouts import AmountKey, Measure, Outline, Spot, Whereabouts, spots_of
from player.routine.model import Dose, Pick, Routine, Step
from player.routine.pieces import Open, SegmentKind, sides_in_order
from player.routine.vocabulary import Kind, Side, Sides
from player.session.timeline import Segment, Timeline

_NEVER_IN_THE_MIDDLE = frozenset({Kind.DEEP_PRESS, Kind.COOL, Kind.HEAT})
"""Nobody knows how long the press, the cold or the heat went on after the interruption."""

_BY_THE_CLOCK = frozenset({Measure.TIME, Measure.UP_TO})


class _When(IntEnum):
    """When today's timeline comes to a piece: before the interruption, at it, or later."""

    DONE = -1
    HERE = 0
    LATER = 1


def is_another_routine(routine: Routine, interrupted: Interrupted) -> bool:
    """Return whether the file no longer has any exercise of the interrupted session."""
    before = interrupted.outline
    labels = {step.exercise.label for step in routine.steps}
    return before is not None and labels.isdisjoint(before.steps)


def resume_position(
    timeline: Timeline, routine: Routine, pick: Pick, interrupted: Interrupted
) -> int:
    """Return the position in today's timeline at which an interrupted session goes on.

    The timeline comes from a plan of `routine` with this pick. If nothing is left to do, no work
    follows the position.
    """
    place = interrupted.place
    if place is None:
        return 0
    segments = timeline.segments
    if place.is_break and not place.visit:  # histories up to version 5 do not know which one
        at = interrupted.position_ms
        return next((s.start for s in segments if s.start >= at), timeline.total_ms)
    search = _Search(timeline, routine, pick, interrupted.outline, place)
    spots = spots_of(timeline, routine, pick)
    after, here = 0, -1
    for index, (segment, spot) in enumerate(zip(segments, spots, strict=True)):
        if segment.kind is SegmentKind.WORK:
            when = search.when(segment, spot)
            if when is _When.DONE:
                after = index + 1
            elif when is _When.HERE:
                here = index
    if here >= after:
        return search.within(here)
    if place.is_break:
        return search.at_break(after, spots)
    return segments[after].start if after < len(segments) else timeline.total_ms


class _Search:
    """Compares the pieces of today's timeline with the place of the interruption."""

    def __init__(
        self,
        timeline: Timeline,
        routine: Routine,
        pick: Pick,
        before: Outline | None,
        place: Whereabouts,
    ) -> None:
        self.timeline = timeline
        self.file = {step.number: step for step in routine.steps}
        today = Outline.of(routine, pick)
        before = before or today
        self.number_before = _numbers_before(before, today)
        self.place = place
        self.played = before.played_before(place.step, place.visit)
        self.is_front = not place.step and not place.is_break
        if not place.step:
            self.played.clear()
        elif place.is_break:
            self.played[place.step] += 1

    def when(self, segment: Segment, spot: Spot) -> _When:
        """Return when today's timeline comes to this piece of work."""
        if not spot.step:
            return self._within_step(segment, spot) if self.is_front else _When.DONE
        number = self.number_before.get(spot.step)
        if number is None:
            return _When.LATER  # a new step of the file
        if spot.visit <= self.played[number]:
            return _When.DONE
        if (number, spot.visit) != (self.place.step, self.place.visit):
            return _When.LATER
        return self._within_step(segment, spot)

    def _within_step(self, segment: Segment, spot: Spot) -> _When:
        place = self.place
        if place.is_break:
            return _When.LATER
        dose = self._dose(segment, spot)
        part = self._part(segment) if place.part is None else place.part
        sides = sides_in_order(dose)
        one, other = (spot.set, spot.rep, spot.part or 0), (place.set, place.rep, part)
        if spot.side is place.side or Side.ONE in sides:
            return _compare((*one,), (*other,))
        if spot.side is None or place.side is None or not {spot.side, place.side} <= {*sides}:
            if spot.set == place.set and not self._is_same_exercise(segment):
                return _When.HERE  # nothing of the other exercise was done yet
            return _When.DONE if spot.set <= place.set else _When.LATER
        return _compare(
            _ordered(dose, sides.index(spot.side), *one),
            _ordered(dose, sides.index(place.side), *other),
        )

    def _dose(self, segment: Segment, spot: Spot) -> Dose:
        """Return the dose whose order applies: the one in the file, since it has every side."""
        step = self.file.get(spot.step)
        if step is None or step.exercise.label != segment.exercise:
            step = self.timeline.steps[segment.step]
        return step.dose

    def _part(self, segment: Segment) -> int:
        """Return the position of a phase of which only the word is known; if in doubt, the last."""
        amount = self.timeline.steps[segment.step].dose.work[0]
        phases = getattr(amount, "phases", ())
        found = [n for n, phase in enumerate(phases) if AmountKey.of(phase) == self.place.amount]
        return found[-1] if found else 0

    def within(self, index: int) -> int:
        """Return the position in the piece at which the session was interrupted."""
        place, segments = self.place, self.timeline.segments
        work = segments[index]
        has_gap = index > 0 and segments[index - 1].step == work.step
        gap = segments[index - 1] if has_gap else work
        if gap.kind is SegmentKind.WORK:
            gap = work
        if not self._is_same(work):
            return gap.start
        if place.kind is not SegmentKind.WORK:
            return min(gap.start + place.into_ms, work.start)
        if place.into_ms and not self._goes_on(work):
            return work.end
        return _into(work, place.into_ms)

    def _is_same(self, work: Segment) -> bool:
        """Return whether this piece is what was done, and not another exercise or side."""
        sides = {work.side, self.place.side}
        return self._is_same_exercise(work) and (len(sides) == 1 or Side.ONE in sides)

    def _is_same_exercise(self, work: Segment) -> bool:
        return self.place.exercise in {None, work.exercise}

    def _goes_on(self, work: Segment) -> bool:
        """Return whether a piece that had begun goes on."""
        step: Step = self.timeline.steps[work.step]
        measures = {AmountKey.of(work.amount).measure, self.place.amount.measure}
        return not step.exercise.kinds & _NEVER_IN_THE_MIDDLE and (
            len(measures) == 1 or measures <= _BY_THE_CLOCK
        )

    def at_break(self, after: int, spots: list[Spot]) -> int:
        """Return the position at the same rest or wait; if it is gone, after the work before it."""
        place, segments = self.place, self.timeline.segments
        breaks = []
        for index in range(after, len(segments)):
            if segments[index].step:
                break
            if segments[index].kind is place.kind:
                breaks.append(index)
        was_played = (after and spots[after - 1][:2] == place[:2]) or not (after or place.step)
        if was_played:
            breaks = [index for index in breaks if spots[index].rep == place.rep]
        if breaks:
            return _into(segments[breaks[-1]], place.into_ms)
        following = (s.start for s in segments[after:] if s.step)
        return next(following, self.timeline.total_ms)


def _numbers_before(before: Outline, today: Outline) -> dict[int, int]:
    """Return the number that each step of today's file had before. New steps are absent.

    A step that replaces another takes its number, as if only its name had been corrected.
    """
    found = {}
    matcher = SequenceMatcher(None, before.steps, today.steps, autojunk=False)
    for _, start, end, start_today, end_today in matcher.get_opcodes():
        for offset in range(min(end - start, end_today - start_today)):
            found[start_today + offset + 1] = start + offset + 1
    return found


def _ordered(dose: Dose, side: int, of_set: int, rep: int, part: int) -> tuple[int, ...]:
    """Return a key that sorts pieces in the order in which the dose does them."""
    if dose.side in {Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT}:
        return side, of_set, rep, part
    if dose.side is Sides.ALTERNATING:
        return of_set, rep, side, part
    return of_set, side, rep, part


def _compare(piece: tuple[int, ...], place: tuple[int, ...]) -> _When:
    return _When((piece > place) - (piece < place))


def _into(segment: Segment, into_ms: int) -> int:
    """Return a position in a segment. A segment that waits for a key never ends by itself."""
    if segment.open is Open.STAYS:
        into_ms = min(into_ms, segment.length - 1)
    return min(segment.start + into_ms, segment.end)
