"""What is always true over the visits of a person, however each of them ends."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Sides
from player.safety.aftermath import SETTLED_S, SOON_S
from player.session.state import CREDIT_MS, LEAST_WORK_MS
from player.session.timeline import Segment, Timeline
from tests.habits import tries
from tests.play.lives import Visit, lead
from tests.play.watching import Watch

GOES_BACK_MS = 2_000
"""A session that was killed resumes at most this long before the place where it ended."""


@pytest.mark.soak
@settings(
    max_examples=tries(60), deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller seed is not simpler
)  # fmt: skip
@given(st.integers(0, 2**32 - 1))
def test_nothing_is_credited_announced_resumed_or_asked_wrongly(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        visits = lead(number, Path(folder))
    last: Visit | None = None
    for place, visit in enumerate(visits):
        if visit.watch is None:
            continue
        if last and visit.resumes:
            goes_on_where_it_was(last, visit.watch)
        asks_about_the_last_time(visit, visits[:place])
        last = visit


def goes_on_where_it_was(cut: Visit, resumed: Watch) -> None:
    """Check that nothing before the old place is done again, and nothing after it is skipped."""
    assert cut.watch is not None  # it was played
    last, at = cut.watch.last_piece()
    before, now = cut.watch.live.state.timeline, resumed.first_timeline
    if now.segments == before.segments:
        near = at - GOES_BACK_MS <= resumed.first_position <= at + CREDIT_MS
        # Cold, heat and deep pressure that were cut off do not go on.
        assert near or resumed.first_position == last.end
    known = only_once(before) & only_once(now)
    over = {piece(s) for s in before.segments if s.end <= last.start and s.exercise in known}
    ahead = {piece(s) for s in before.segments if s.start >= last.end and s.exercise in known}
    for segment in now.segments:
        if segment.kind is SegmentKind.WORK and segment.length:
            if segment.end > resumed.first_position:
                assert piece(segment) not in over
            else:
                assert piece(segment) not in ahead


def only_once(timeline: Timeline) -> set[str]:
    """Return the exercises of exactly one step whose side the person does not choose."""
    steps = timeline.steps.values()
    labels = Counter(step.exercise.label for step in steps)
    return {
        step.exercise.label
        for step in steps
        if labels[step.exercise.label] == 1 and step.dose.side is not Sides.ONE
    }


def piece(segment: Segment) -> tuple[object, ...]:
    return segment.kind, segment.exercise, segment.round, segment.side, segment.set, segment.rep


def asks_about_the_last_time(visit: Visit, before: list[Visit]) -> None:
    """Check that visits ask about the last one with work, until the next day's reply is known."""
    worked = [v for v in before if v.watch is not None and v.watch.worked_ms >= LEAST_WORK_MS]
    if not worked:
        return
    last = worked[-1]
    since = visit.began - last.last_sign
    later = before[before.index(last) + 1 :]
    settled = any("A1" in v.asked and v.began - last.last_sign >= SETTLED_S * 1_000 for v in later)
    if since >= SOON_S * 1_000 + 60_000 and not settled:
        assert "A1" in visit.asked
