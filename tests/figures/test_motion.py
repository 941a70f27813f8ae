"""How far a figure has moved: a function of the session's position, at the coach's tempo."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.figures.motion import share_at
from player.routine.model import Step
from player.routine.pieces import SegmentKind
from player.session.timeline import Segment, Timeline
from tests.habits import tries
from tests.routine.reading import opened, with_steps


def played(step: str) -> tuple[Step, Timeline]:
    found = opened(with_steps(step))
    assert found.routine and found.timeline, found.report()
    return found.routine.steps[0], found.timeline


def work(timeline: Timeline, number: int = 0) -> Segment:
    return [s for s in timeline.segments if s.kind is SegmentKind.WORK][number]


def shares(step: str, *ms: int, number: int = 0) -> list[float]:
    found, timeline = played(step)
    segment = work(timeline, number)
    return [round(share_at(found, segment, segment.start + at), 2) for at in ms]


def test_a_rep_moves_there_and_back_in_its_tempo() -> None:
    assert shares("ankle-pumps: 10 reps tempo 2s", 0, 1_000, 2_000, 3_000) == [0, 1, 0, 1]


def test_three_beats_are_there_hold_and_back() -> None:
    found = shares("ankle-pumps: 5 reps tempo 2-1-2", 0, 1_000, 2_000, 2_900, 4_000, 5_000)
    assert found == [0, 0.5, 1, 1, 0.5, 0]


def test_a_stroke_moves_one_way_and_the_next_one_back() -> None:
    found = shares("calf-roll: 60s each side tempo 3s", 0, 1_500, 3_000, 4_500, 6_000)
    assert found == [0, 0.5, 1, 0.5, 0]


def test_contract_does_not_move_and_stretch_moves_to_the_second_pose() -> None:
    step = "{use: calf-pnf-strap, phases: [contract: 6s, stretch: 20s], cycles: 1}"
    assert shares(step, 0, 3_000, 5_900) == [0, 0, 0]
    begins, *later = shares(step, 0, 1_250, 2_500, 15_000, number=1)
    assert begins == 0 and later == [0.5, 1, 1]


def test_a_gap_shows_the_first_pose() -> None:
    step, timeline = played("ankle-pumps: 10 reps tempo 2s")
    ready = timeline.segments[0]
    assert ready.kind is SegmentKind.READY
    assert share_at(step, ready, ready.start + 3_333) == 0


@pytest.mark.soak
@settings(max_examples=tries(30), deadline=None)
@pytest.mark.parametrize(
    "step", ["ankle-pumps: 10 reps tempo 40/min", "calf-roll: 60s", "march-in-place: 1m"]
)
@given(at=st.integers(-10, 70_000))
def test_the_share_is_between_0_and_1_at_any_position(step: str, at: int) -> None:
    found, timeline = played(step)
    segment = work(timeline)
    assert 0 <= share_at(found, segment, segment.start + at) <= 1
