"""Every limit of the format, tested exactly at the limit and one above."""

import pytest

from player.document.read import MAX_BYTES
from player.routine.model import Plan
from player.session.timeline import compile
from tests.cases import cases
from tests.cost import cost
from tests.routine.reading import errors, opened, timeline, with_steps


def nested(levels: int, inner: str) -> str:
    return "{block: B, steps: [" * levels + inner + "]}" * levels


def deep(levels: int) -> str:
    """Return a file whose `x-deep` has this many levels, including its own map."""
    return f"name: A\nx-deep: {'[' * (levels - 1)}{']' * (levels - 1)}\nsteps: [A: 3s]\n"


def many_values(count: int) -> str:
    """Return a file with this many values: 8 of the file, 2 for a list, the others in it."""
    head = "name: A\nsteps: [A: 3s]\nx-many: ["
    return head + "x," * (count - 10) + "]\n"


def of_bytes(count: int) -> str:
    text = with_steps("A: 3s")
    lines = "#" * 99 + "\n"
    while len(text) + 100 < count:
        text += lines
    return text + "#" * (count - len(text) - 1) + "\n"


AT_THE_LIMIT = {
    "256 KiB": (of_bytes(MAX_BYTES), of_bytes(MAX_BYTES + 1), "E002"),
    "4,000 characters": (
        with_steps("A: 3s", above=f"about: {'x' * 4000}\n"),
        with_steps("A: 3s", above=f"about: {'x' * 4001}\n"),
        "E011",
    ),
    "20,000 nodes": (many_values(20_000), many_values(20_001), "E007"),
    "24 levels": (deep(24), deep(25), "E007"),
    "blocks 4 deep": (
        with_steps(nested(4, "A: 3s")),
        with_steps(nested(5, "A: 3s")),
        "E205",
    ),
    "100 sets": (with_steps("A: 100 x 1s"), with_steps("A: 101 x 1s"), "E205"),
    "100 sets by key": (
        with_steps("{name: A, sets: 100, hold: 1s}"),
        with_steps("{name: A, sets: 101, hold: 1s}"),
        "E205",
    ),
    "100 sets of a list": (
        with_steps(f"A: {', '.join(['1s'] * 100)}"),
        with_steps(f"A: {', '.join(['1s'] * 101)}"),
        "E205",
    ),
    "100 sets of counts": (
        with_steps(f"A: {', '.join(['1'] * 100)} reps"),
        with_steps(f"A: {', '.join(['1'] * 101)} reps"),
        "E205",
    ),
    "100 sets of a list by key": (
        with_steps(f"{{name: A, hold: [{', '.join(['1s'] * 100)}]}}"),
        with_steps(f"{{name: A, hold: [{', '.join(['1s'] * 101)}]}}"),
        "E205",
    ),
    "100 rounds": (
        with_steps("{rounds: 100, steps: [A: 1s]}"),
        with_steps("{rounds: 101, steps: [A: 1s]}"),
        "E205",
    ),
    "100 cycles": (
        with_steps("{name: A, phases: [up: 1s], cycles: 100}"),
        with_steps("{name: A, phases: [up: 1s], cycles: 101}"),
        "E205",
    ),
    "1,000 reps": (with_steps("A: 1000 reps"), with_steps("A: 1001 reps"), "E205"),
    "1,000 breaths": (
        with_steps("{name: A, breaths: 1000}"),
        with_steps("{name: A, breaths: 1001}"),
        "E205",
    ),
    "1,000 held reps": (with_steps("A: 1 x 1000 x 1s"), with_steps("A: 1 x 1001 x 1s"), "E205"),
    "the high end counts": (with_steps("A: 1-100 x 1s"), with_steps("A: 1-101 x 1s"), "E205"),
    "300 a minute": (
        with_steps("A: 3 reps tempo 300/min"),
        with_steps("A: 3 reps tempo 301/min"),
        "E205",
    ),
    "pressure 10": (with_steps("A: 3s pressure 10"), with_steps("A: 3s pressure 11"), "E205"),
    "effort 100 %": (with_steps("A: 3s effort 100%"), with_steps("A: 3s effort 101%"), "E205"),
    "24 h": (
        with_steps("A: 24h ready 0s"),
        with_steps("A: 24h0m0.001s ready 0s"),
        "E205",
    ),
    "24 h of rest": (
        with_steps("A: 3s", above="duration: 24h\n"),
        with_steps("A: 3s", above="duration: 24:00:01\n"),
        "E205",
    ),
    "24 h in all": (
        with_steps("A: 12h ready 0s", "B: 12h ready 0s"),
        with_steps("A: 12h ready 0s", "B: 12h ready 0.001s"),
        "E205",
    ),
    "24 h in all at the high end": (
        with_steps("A: 1h-24h ready 0s"),
        with_steps("A: 1h-24h ready 0s-1s"),
        "E205",
    ),
    "20,000 segments": (
        with_steps("A: 20 x 1000 x 1s ready 0s"),
        with_steps("A: 20 x 1000 x 1s ready 1s"),
        "E205",
    ),
    "20,000 segments before anything is unrolled": (
        with_steps("{rounds: 100, steps: [A: 100 x 2 x 1s ready 0s]}"),
        with_steps("{rounds: 100, steps: [A: 100 x 2 x 1s ready 0s, wait: x]}"),
        "E205",
    ),
}


@cases("limit", AT_THE_LIMIT)
def test_a_file_at_the_limit_is_accepted_and_one_above_is_refused(limit: str) -> None:
    at, above, code = AT_THE_LIMIT[limit]
    found = opened(at)
    assert found.routine, found.report()[:500]
    too_much = opened(above)
    assert too_much.routine is None
    assert [problem.code for problem in errors(too_much)] == [code]


BOMBS = {
    "sets, reps and hours in four blocks": nested(4, "A: 100 x 1000 x 24h").replace(
        "block: B", "rounds: 100"
    ),
    "rests": nested(4, "rest: 0s").replace("block: B", "rounds: 100"),
    "says": nested(4, "say: Hello").replace("block: B", "rounds: 100"),
    "waits": nested(4, "wait: Hello").replace("block: B", "rounds: 100"),
    "twenty digits": "A: 99999999999999999999 x 99999999999999999999 reps",
    "five thousand nines": f"A: {'9' * 3900} reps",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_routine_that_would_never_end_is_refused_at_once(bomb: str) -> None:
    price = cost(lambda: opened(with_steps(BOMBS[bomb], "A: 3s")))
    assert price.yardsticks < 10
    found = price.result
    assert {problem.code for problem in errors(found)} == {"E205"}
    assert all(len(problem.message) < 200 for problem in found.problems)


def test_ten_thousand_segments_are_scheduled_quickly() -> None:
    found = opened(with_steps("{rounds: 50, rest: 1s, steps: [A: 100 x 1s rest 1s]}"))
    assert found.routine
    plan = Plan.whole(found.routine)
    price = cost(lambda: compile(plan))
    assert price.yardsticks < 10
    assert len(price.result.segments) == 10_000


@pytest.mark.parametrize("index", [0, 1, 2, 5])
def test_a_longer_segment_moves_all_later_ones(index: int) -> None:
    before = timeline("A: 2 x 10s each side rest 5s")
    after = before.longer(index, 7_000)
    assert after.total_ms == before.total_ms + 7_000
    assert after.segments[index].length == before.segments[index].length + 7_000
    assert [s.length for i, s in enumerate(after.segments) if i != index] == [
        s.length for i, s in enumerate(before.segments) if i != index
    ]
    assert all(a.end == b.start for a, b in zip(after.segments, after.segments[1:], strict=False))
    for position in range(0, after.total_ms, 500):
        segment = after.segments[after.at(position)]
        assert segment.start <= position < segment.end
