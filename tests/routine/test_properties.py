"""Any text is read or reported in words, and every accepted routine has a timeline without gaps."""

from bisect import bisect_right
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.base.text import UNSAFE
from player.library.opening import Opened
from player.routine.model import Pick, Plan, Routine
from player.routine.pieces import SegmentKind
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Side, Sides
from player.session.timeline import Choices, Timeline, compile
from tests.cases import cases
from tests.habits import tries
from tests.routine.reading import errors, opened, warnings, with_steps

FILES = {path.stem: path.read_text("utf-8") for path in sorted(SHIPPED.glob("*.yaml"))}
IN_TURN = {Sides.EACH, Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT, Sides.ALTERNATING}
QUICK = settings(max_examples=tries(50), deadline=None, suppress_health_check=list(HealthCheck))


def look_at(found: Opened) -> None:
    """Check the messages of a file with problems, or the timeline of a correct file."""
    words = found.report() + "".join(problem.headline() for problem in found.problems)
    assert not UNSAFE.search(words)
    assert bool(found.routine) is not bool(errors(found))
    if found.routine:
        for pick in Pick:
            laid_out = compile(Plan.whole(found.routine), Choices(pick))
            lies_without_holes(laid_out)
            both_sides_get_the_same(found.routine, laid_out)


def lies_without_holes(found: Timeline) -> None:
    segments = found.segments
    assert segments[0].start == 0
    assert segments[-1].end == found.total_ms <= 24 * 3_600_000
    assert all(segment.start < segment.end for segment in segments)
    assert all(before.end == after.start for before, after in pairwise(segments))
    ends = [segment.end for segment in segments]
    asked = {0, found.total_ms, found.total_ms + 1, *(s.start for s in segments[:200])}
    for position in asked | {start - 1 for start in asked if start}:
        linear = next((i for i, end in enumerate(ends) if position < end), len(ends) - 1)
        assert found.at(position) == linear == min(bisect_right(ends, position), len(ends) - 1)


def both_sides_get_the_same(routine: Routine, found: Timeline) -> None:
    worked: dict[int, Counter[Side | None]] = {}
    for segment in found.segments:
        if segment.kind is SegmentKind.WORK:
            worked.setdefault(segment.step, Counter())[segment.side] += segment.length
    for step in routine.steps:
        if step.dose.side in IN_TURN:
            sides = worked[step.number]
            assert sides[Side.LEFT] == sides[Side.RIGHT]
            assert set(sides) <= {Side.LEFT, Side.RIGHT, Side.ALTERNATING}


@cases("name", FILES)
def test_every_shipped_routine_is_correct_and_without_warnings(name: str) -> None:
    found = opened(FILES[name])
    assert found.routine, found.report()
    assert not warnings(found), found.report()
    look_at(found)


@pytest.mark.soak
@QUICK
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_reported(data: bytes) -> None:
    look_at(opened(data))


@pytest.mark.soak
@QUICK
@given(st.text(max_size=3000))
def test_any_text_is_read_or_reported(text: str) -> None:
    look_at(opened(text))


@pytest.mark.soak
@QUICK
@given(st.text(alphabet="abc: -[]{}\"'\n,&*!|>%@`#?<0123456789xs", max_size=400))
def test_any_text_of_yaml_punctuation_is_read_or_reported(text: str) -> None:
    look_at(opened(f"name: A\nsteps:\n  - {text}"))


DOSE_WORDS = """
30s 0s 2-3 20-30s 2 3 x × 10 reps 5 breaths passes 1:30 1:75 up to each side left then right
alternating both one rest relax switch ready tempo 3-1-3 40/min self-paced pressure effort
25% breathe 4-6 free , . - 999999999999999 24h per leg
"""
WORDS = st.sampled_from(DOSE_WORDS.split())


@pytest.mark.soak
@settings(QUICK, max_examples=tries(100))
@given(st.lists(WORDS, max_size=12).map(" ".join), st.sampled_from(["Mine", "calf-roll"]))
def test_any_words_of_the_dose_language_are_read_or_reported(dose: str, name: str) -> None:
    look_at(opened(with_steps(f'{name}: "{dose}"')))


SIDES = st.sampled_from([side.value for side in Sides])
AMOUNTS = st.sampled_from(
    ["30s", "2 x 10s", "1-3 x 2-4 x 3-5s", "3 x 5 reps tempo 70/min", "10s, 20s-30s", "1-2 reps",
     "2-3 x 4 breaths", "12, 10 passes", "up to 40s"]
)  # fmt: skip
GAPS = st.sampled_from(["", "rest 3-9s", "relax 4s", "switch 0s", "ready 0s", "rest 5s relax 5s"])
STEPS = st.one_of(
    st.builds("{{name: A, dose: '{} {} {}', first: right}}".format, AMOUNTS, SIDES, GAPS),
    st.builds("{{name: B, dose: '{} {} {}'}}".format, AMOUNTS, SIDES, GAPS),
    st.builds("{{name: C, phases: [up: 1s, down: 2-3s], cycles: 1-3, side: {}}}".format, SIDES),
    st.sampled_from(["{rest: 0s}", "{rest: 3-30s}", "{say: Hm}", "{wait: Go}", "calf-roll"]),
)
BLOCKS = st.recursive(
    STEPS,
    lambda inner: st.builds(
        "{{rounds: {}, rest: {}s, between: {}s, steps: [{}]}}".format,
        st.sampled_from(["1", "2", "1-3"]),
        st.integers(0, 20),
        st.integers(0, 20),
        st.lists(inner, min_size=1, max_size=4).map(", ".join),
    ),
    max_leaves=8,
)


@pytest.mark.soak
@settings(QUICK, max_examples=tries(40))
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_any_routine_of_valid_parts_has_a_timeline(steps: list[str]) -> None:
    found = opened(with_steps(*steps))
    assert {problem.code for problem in errors(found)} <= {"E110", "E205"}, found.report()
    look_at(found)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a shipped file with a few lines or characters deleted, doubled, swapped or added."""
    lines = draw(st.sampled_from(sorted(FILES.values()))).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        here = draw(st.integers(0, len(lines) - 1))
        there = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "splice", "cut", "indent"])):
            case "delete":
                lines[here] = ""
            case "double":
                lines.insert(there, lines[here])
            case "swap":
                lines[here], lines[there] = lines[there], lines[here]
            case "splice":
                at = draw(st.integers(0, len(lines[here])))
                put_in = draw(st.text(alphabet=" :-x{}[]'\"#,0s%\t\n×é\u200b", max_size=3))
                lines[here] = lines[here][:at] + put_in + lines[here][at:]
            case "cut":
                lines[here] = lines[here][: draw(st.integers(0, len(lines[here])))]
            case "indent":
                lines[here] = " " * draw(st.integers(0, 6)) + lines[here].lstrip()
    return "\n".join(lines)


@pytest.mark.soak
@settings(QUICK, max_examples=tries(100))
@given(mutated())
def test_a_shipped_file_with_typing_errors_is_read_or_reported(text: str) -> None:
    look_at(opened(text))
