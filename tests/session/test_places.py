"""No key lets a place of the body be cooled, warmed, rolled or pressed longer than its limit.

The limits are those of the clinical content, sections 3b and 4g. They are repeated here.
"""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.routine.model import Plan
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Kind, Side
from player.safety.adapt import adapt
from player.safety.cleared import Cleared, admit
from player.session.state import GAP_MS, Do, Event, Notice, Phase, State, begin, step
from player.session.timeline import DEFAULT_CHOICES, Timeline, compile
from tests.habits import tries
from tests.safety.making import CATALOGUE, NOW, clearance_for, routine_of

WALL = 1_790_000_000_000
MOST_S = {
    Kind.COOL: 900,
    Kind.HEAT: 1_200,
    Kind.EARLY_CARE: 1_800,
    Kind.ROLL: 300,
    Kind.PRESS: 90,
    Kind.DEEP_PRESS: 120,
}
LONGEST_HOLD_S = 180

STEPS = (
    "{name: Pack, kind: cool, regions: [calf, knee], position: chair, hold: 14m, side: left}",
    "{name: Other pack, kind: cool, regions: [calf], position: chair, hold: 8m, side: each}",
    "{name: Warm pack, kind: heat, regions: [lowback], position: chair, hold: 12m}",
    "{name: Warm, kind: heat, regions: [calf], position: chair, hold: up to 5m, side: each}",
    "{name: Leg up, kind: early-care, regions: [calf], position: supine, hold: 16m, side: right}",
    "{name: Roll, kind: roll, regions: [calf], position: floor-sit, dose: 2 x 60s each side}",
    "{name: Swap, kind: roll, regions: [calf], position: floor-sit, dose: 2 x 60s alternating}",
    "{name: Ball, kind: press, regions: [foot], position: chair, dose: 2 x 3 x 20s each side}",
    "{name: Pull, kind: static-stretch, regions: [ham], position: chair, hold: 170s, side: left}",
    "psoas-tool-press: 30s each side",
)
KEYS = [Do.LONGER, Do.RESTART, Do.BACK, Do.UNDO, Do.NEXT, Do.DONE, Do.PAUSE]


def timeline_of(*steps: str, rounds: int = 1) -> Timeline:
    lines = "".join(f"      - {line}\n" for line in steps)
    text = f"name: T\nsteps:\n  - rounds: {rounds}\n    steps:\n{lines}"
    return compile(Plan.whole(routine_of(text)))


class Session:
    """A session without a host. It is hands-free, so nothing waits for a key."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.at = state.looked_at

    def do(self, do: Do) -> list[str]:
        self.state, effects = step(self.state, Event(do, self.at, WALL + self.at))
        return [effect.text for effect in effects if isinstance(effect, Notice)]

    def run(self, ms: int) -> None:
        while ms > 0:
            part = min(ms, GAP_MS)
            self.at += part
            self.do(Do.LOOK)
            ms -= part

    def sleep(self) -> None:
        self.at += 60_000
        self.do(Do.LOOK)
        self.run(500)
        self.do(Do.GO_ON)

    def to_the_end(self) -> None:
        if self.state.phase is not Phase.RUNNING:
            self.run(500)
            self.do(Do.GO_ON)
        self.run(self.state.timeline.total_ms - self.state.position_at(self.at) + 1)


def new(timeline: Timeline) -> Session:
    return Session(State(timeline, 0, 0, Phase.RUNNING, 0, WALL, hands_free=True))


def on_places(timeline: Timeline, times: dict[int, int]) -> dict[tuple[object, ...], float]:
    """Return the time on each place: a region on one side, or a spot that a step presses."""
    found: dict[tuple[object, ...], float] = defaultdict(float)
    for index, ms in times.items():
        segment = timeline.segments[index]
        if segment.kind is not SegmentKind.WORK:
            continue
        exercise = timeline.steps[segment.step].exercise
        if exercise.kind not in MOST_S:
            continue
        for side in (Side.LEFT, Side.RIGHT):
            if segment.side not in {Side.LEFT, Side.RIGHT} or segment.side is side:
                share = ms / 2 if segment.side is Side.ALTERNATING else ms
                places = exercise.regions if exercise.kind is not Kind.PRESS else {segment.rep}
                for place in places:
                    spot = segment.step if exercise.kind is Kind.PRESS else 0
                    found[exercise.kind, place, spot, side] += share
    return found


def assert_within_limits(plan: Timeline, session: Session) -> None:
    planned = on_places(plan, {i: s.length for i, s in enumerate(plan.segments)})
    done = on_places(plan, dict(session.state.credit_at(session.at)))
    for place, ms in done.items():
        kind = place[0]
        assert isinstance(kind, Kind)
        assert ms <= max(MOST_S[kind] * 1_000, planned[place]), place
    for index, segment in enumerate(session.state.timeline.segments):
        step = plan.steps.get(segment.step)
        if step and step.exercise.kind is Kind.STATIC and segment.kind is SegmentKind.WORK:
            assert segment.length <= max(LONGEST_HOLD_S * 1_000, plan.segments[index].length)


moments = st.lists(
    st.tuples(
        st.sampled_from([50, 3_100, 20_000, 55_000, 290_000, 830_000]),
        st.sampled_from(KEYS),
        st.integers(1, 4) | st.just(40),
        st.booleans(),
    ),
    max_size=14,
)
"""How long the session runs, the next key, its number of presses, and whether a sleep follows."""


@pytest.mark.soak
@settings(max_examples=tries(60), deadline=None)
@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=3), st.integers(1, 2), moments)
def test_no_keys_give_a_place_more_than_its_limit_or_than_the_plan(
    steps: list[str], rounds: int, keys: list[tuple[int, Do, int, bool]]
) -> None:
    plan = timeline_of(*steps, rounds=rounds)
    session = new(plan)
    for ms, do, times, sleeps in keys:
        session.run(ms)
        for _ in range(times):
            session.do(do)
        session.do(Do.GO_ON)
        if sleeps:
            session.sleep()
        assert_within_limits(plan, session)
    session.to_the_end()
    assert session.state.phase is Phase.DONE
    assert_within_limits(plan, session)


@pytest.mark.soak
@settings(max_examples=tries(20), deadline=None)
@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=4), st.integers(1, 3))
def test_what_a_file_plans_plays_straight_through_whatever_it_adds_up_to(
    steps: list[str], rounds: int
) -> None:
    plan = timeline_of(*steps, rounds=rounds)
    session = new(plan)
    session.to_the_end()
    assert session.state.phase is Phase.DONE
    credit = session.state.credit_at(session.at)
    assert [credit[i] for i in range(len(plan.segments))] == [s.length for s in plan.segments]


@pytest.mark.parametrize(
    ("number", "keys", "words"),
    [
        (0, [Do.RESTART], "Cold stays on for 15 minutes at most."),
        (0, [Do.BACK], "Cold stays on for 15 minutes at most."),
        (2, [Do.LONGER] * 49, "Heat stays on for 20 minutes at most."),
        (4, [Do.RESTART], "Raise or wrap for 30 minutes at most."),
        (7, [Do.LONGER] * 6, "One spot is pressed for 90 seconds at most."),
        (8, [Do.LONGER] * 2, "A stretch is held for 3 minutes at most."),
    ],
)
def test_the_key_that_would_pass_a_limit_is_answered_in_words(
    number: int, keys: list[Do], words: str
) -> None:
    plan = timeline_of(STEPS[number])
    session = new(plan)
    session.run(plan.segments[-1].end - 1_500 if len(keys) == 1 else plan.segments[0].end + 500)
    *_, before, last = [[], *(session.do(do) for do in keys)]
    assert words not in before and last == [words]
    assert session.state.past == () or len(session.state.past) == len(keys) - 1


def test_undo_does_not_bring_back_cold_that_would_pass_its_limit() -> None:
    plan = timeline_of(STEPS[0], STEPS[1])
    session = new(plan)
    session.run(60_000)
    session.do(Do.NEXT)  # 13 more minutes of the first pack are left out
    session.run(plan.total_ms - 4 * 60_000)
    session.do(Do.UNDO)
    session.to_the_end()
    assert_within_limits(plan, session)


@pytest.mark.parametrize("do", [Do.RESTART, Do.BACK])
def test_a_resumed_session_counts_the_cold_before_it_was_cut_off(do: Do) -> None:
    routine = routine_of(f"name: T\nsteps:\n  - {STEPS[0]}\n")
    clearance = clearance_for()
    cleared = admit(adapt(routine, clearance, CATALOGUE), clearance, "Ana", NOW)
    assert isinstance(cleared, Cleared)
    at_14_minutes = 10_000 + 13 * 60_000
    session = Session(begin(cleared, DEFAULT_CHOICES, 0, WALL, position=at_14_minutes))
    session.run(5_000)
    assert session.do(do) == ["Cold stays on for 15 minutes at most."]
