"""How long each place of the body is worked on, and which limit one more repeat would pass.

A limit counts the time already done on a place plus the time still to come. If a routine goes over
a limit and was allowed, it may be played once. No key repeats or lengthens it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from player.routine.limits import (
    COLD_MS,
    CONTRACTION_MS,
    DEEP_PRESSURE_MS,
    EARLY_CARE_MS,
    HEAT_MS,
    ROLLING_MS,
    SPOT_MS,
    STRETCH_MS,
)
from player.routine.model import CyclePhase, Hold
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Kind, PhaseWord, Region, Side
from player.session.timeline import Segment, Timeline


class LongestTime(NamedTuple):
    """The longest time, in ms and in words."""

    ms: int
    words: str


_ON_A_PLACE = {
    Kind.COOL: LongestTime(COLD_MS, f"Cold stays on for {COLD_MS // 60_000} minutes at most."),
    Kind.HEAT: LongestTime(HEAT_MS, f"Heat stays on for {HEAT_MS // 60_000} minutes at most."),
    Kind.EARLY_CARE: LongestTime(
        EARLY_CARE_MS, f"Raise or wrap for {EARLY_CARE_MS // 60_000} minutes at most."
    ),
    Kind.ROLL: LongestTime(
        ROLLING_MS, f"One muscle is rolled for {ROLLING_MS // 60_000} minutes at most."
    ),
    Kind.PRESS: LongestTime(
        SPOT_MS, f"One spot is pressed for {SPOT_MS // 1_000} seconds at most."
    ),
    Kind.DEEP_PRESS: LongestTime(DEEP_PRESSURE_MS, "Deep pressure is not done twice."),
}
_STRETCH = LongestTime(STRETCH_MS, f"A stretch is held for {STRETCH_MS // 60_000} minutes at most.")
_CONTRACTION = LongestTime(
    CONTRACTION_MS, f"You tense for {CONTRACTION_MS // 1_000} seconds at most."
)
_STRETCHES = frozenset({PhaseWord.STRETCH, PhaseWord.HOLD, PhaseWord.DEEPEN})


class WorkedPlace(NamedTuple):
    """A place that work of one kind counts on: a region, or a spot that a step presses."""

    kind: Kind
    where: Region | tuple[int, int]
    side: Side


def passed_limit(
    timeline: Timeline, position: int, done: Mapping[int, int], before: Timeline, was: int
) -> str:
    """Return the limit in words that playing on from `position` would pass, or an empty text.

    `done` has the ms done in each segment. The timeline `before`, played on from `was`, is allowed.
    So only a place that now gets more time can pass its limit.
    """
    after = _on_places(timeline, _to_come(timeline, position, done))
    now = _on_places(before, _to_come(before, was, done))
    planned = _on_places(timeline, [segment.planned for segment in timeline.segments])
    for place, ms in after.items():
        limit = _ON_A_PLACE[place.kind]
        if ms > max(limit.ms, planned.get(place, 0)) and ms > now.get(place, 0):
            return limit.words
    return ""


def limit_of(timeline: Timeline, segment: Segment) -> LongestTime | None:
    """Return the limit for one piece of work in one go, if there is one."""
    step = timeline.steps.get(segment.step)
    amount = segment.amount
    if step is None:
        return None
    if isinstance(amount, CyclePhase):
        if amount.known is PhaseWord.CONTRACT:
            return _CONTRACTION
        return _STRETCH if amount.known in _STRETCHES else None
    return _STRETCH if step.exercise.kind is Kind.STATIC and isinstance(amount, Hold) else None


def _to_come(timeline: Timeline, position: int, done: Mapping[int, int]) -> Sequence[int]:
    """Return the time in each segment: what is done, plus what plays from `position` on."""
    return [
        done.get(index, 0) + max(segment.end - max(segment.start, position), 0)
        for index, segment in enumerate(timeline.segments)
    ]


def _on_places(timeline: Timeline, times: Sequence[int]) -> dict[WorkedPlace, float]:
    found: dict[WorkedPlace, float] = {}
    for segment, ms in zip(timeline.segments, times, strict=True):
        if ms:
            share = ms / 2 if segment.side is Side.ALTERNATING else ms
            for place in _places(timeline, segment):
                found[place] = found.get(place, 0) + share
    return found


def _places(timeline: Timeline, segment: Segment) -> Iterator[WorkedPlace]:
    step = timeline.steps.get(segment.step)
    kind = step.exercise.kind if step else None
    if step is None or kind not in _ON_A_PLACE or segment.kind is not SegmentKind.WORK:
        return
    one_sided = segment.side in {Side.LEFT, Side.RIGHT}
    for side in (segment.side,) if one_sided and segment.side else (Side.LEFT, Side.RIGHT):
        if kind is Kind.PRESS:
            yield WorkedPlace(kind, (step.number, segment.rep), side)
        else:
            for region in step.exercise.regions:
                yield WorkedPlace(kind, region, side)
