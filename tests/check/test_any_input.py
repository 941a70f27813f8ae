"""Any file is checked quickly and reported in words, without an unexpected exception."""

import tracemalloc
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.base.text import UNSAFE
from player.check.data import check_data
from player.check.fix import fix_bytes
from player.check.replacing import NotReplaced
from player.check.report import FileReport, format_problems
from player.document.problem import Problem
from player.document.read import read_bytes
from player.routine.terms import SHIPPED
from tests.cases import cases
from tests.check.worst import KIB_64, checked, worst
from tests.cost import thread_seconds, yardstick
from tests.habits import tries
from tests.routine.reading import opened, shipped

QUICK = settings(deadline=None, suppress_health_check=list(HealthCheck))
AT_MOST = 120
"""The longest time for the check of any file, in yardsticks: about a second.

The slowest file takes a third of it.
"""
FILES = {
    str(file.relative_to(SHIPPED)): file.read_text("utf-8")
    for file in sorted(SHIPPED.rglob("*.yaml"))
}


@cache
def stick() -> float:
    return yardstick()


def looked_through(problems: list[Problem], lines: list[str]) -> None:
    """Check that each problem appears once, in words, and at a place of the file."""
    for form in ("text", "json", "github"):
        words = format_problems([FileReport("x", tuple(problems), lines)], form)
        assert not UNSAFE.search(words)
    counted = Counter((p.code, p.line, p.col, p.message) for p in problems)
    assert not counted or max(counted.values()) == 1, counted.most_common(1)
    for problem in problems:
        assert 0 <= problem.line <= len(lines) + 1 or problem.code == "E003"
        assert problem.line == 0 or problem.col >= 1
        if problem.other:
            assert 1 <= problem.other[0] <= len(lines) + 1


def routine_or_problems(data: bytes) -> None:
    found = opened(data)
    looked_through(found.problems, found.document.lines)
    assert bool(found.routine) is not any(problem.is_error for problem in found.problems)


def mends_once(data: bytes) -> None:
    """Check that a second fix changes nothing and no file gets worse."""
    try:
        now, fixed = fix_bytes(data, Path("x.yaml"), shipped())
    except NotReplaced:
        return
    assert bool(fixed) or now == data
    assert fix_bytes(now, Path("x.yaml"), shipped()) == (now, [])
    before, after = opened(data), opened(now)
    assert after.routine or not before.routine
    if before.routine and {one.code for one in fixed} == {"W202"}:
        assert after.routine == before.routine


PIECES = st.sampled_from(
    ["name", "steps", "use", "hold", "note", "quad-stand", "calf-rol", "hodl", "My calf", "30s",
     "30", "2 x 30s", "rest 10", "each side", "both sides", "Press 3 # not", "- ", "-", ": ", ":",
     " ", "  ", "\n", "\n  ", "\n    ", "\n  - ", "\n\t", '"', "'", "{", "}", "[", "]", ", ", "#",
     " #", "|", ">", "*a", "&a ", "!a ", "%", "@", "? ", "<<", "---\n", "...\n", "\r\n", "é", "×",
     "\u00a0", "\\"]
)  # fmt: skip
YAMLISH = st.lists(PIECES, max_size=60).map("".join)
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "  ", "    ", "      ", "\t", "   "]),
    st.sampled_from(["", "- ", "-", "- - "]),
    st.sampled_from(["name", "steps", "use: quad-stand", "hold", "rest", "note", "Calf", "rounds"]),
    st.sampled_from(
        ["", ":", ": ", ": 30s", ":30s", ": 20", ': "a', ": 'don't'", ": {a: b", ": a: b",
         ": a # b", ": [calf, ham]", ": [calf", " 30s", ": *a", ": |"]
    ),
)  # fmt: skip
ROUTINES = st.lists(LINES, max_size=25).map(lambda lines: "name: A\nsteps:\n" + "\n".join(lines))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """Return a shipped file with a few characters or lines deleted, doubled, swapped or added."""
    name = draw(st.sampled_from(sorted(FILES)))
    lines = FILES[name].split("\n")
    for _ in range(draw(st.integers(1, 5))):
        here, there = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        at = draw(st.integers(0, len(lines[here])))
        put_in = draw(st.one_of(PIECES, st.characters()))
        match draw(st.sampled_from(["drop", "double", "swap", "put in", "take out", "turn"])):
            case "drop":
                lines[here] = ""
            case "double":
                lines.insert(there, lines[here])
            case "swap":
                lines[here], lines[there] = lines[there], lines[here]
            case "put in":
                lines[here] = lines[here][:at] + put_in + lines[here][at:]
            case "take out":
                lines[here] = lines[here][:at] + lines[here][at + 1 :]
            case "turn":
                lines[here] = (
                    lines[here][:at] + lines[here][at : at + 2][::-1] + lines[here][at + 2 :]
                )
    return name, "\n".join(lines)


def a_mutated_file(name: str, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    file = SHIPPED / name
    if file.parent.name in {"screening", "learn"}:
        document = read_bytes(data, name)
        check_data(document, shipped(), file)
        looked_through(document.problems.in_order(), document.lines)
    else:
        routine_or_problems(data)


@pytest.mark.soak
@settings(QUICK, max_examples=tries(50))
@given(st.one_of(st.binary(max_size=KIB_64), st.text(max_size=KIB_64 // 4).map(str.encode)))
def test_any_bytes_are_checked_without_an_exception(data: bytes) -> None:
    routine_or_problems(data)


@pytest.mark.soak
@settings(QUICK, max_examples=tries(120))
@given(st.one_of(YAMLISH, ROUTINES))
def test_any_text_like_a_routine_is_checked_without_an_exception(text: str) -> None:
    seconds, _ = thread_seconds(lambda: routine_or_problems(text.encode()))
    assert seconds < AT_MOST * stick()


@pytest.mark.soak
@settings(QUICK, max_examples=tries(50))
@given(st.one_of(YAMLISH, ROUTINES))
def test_a_second_fix_changes_nothing(text: str) -> None:
    mends_once(text.encode())


@pytest.mark.soak
@settings(QUICK, max_examples=tries(60))
@given(mutated())
def test_a_shipped_file_with_typing_errors_is_checked_without_an_exception(
    found: tuple[str, str],
) -> None:
    name, text = found
    a_mutated_file(name, text)
    if "/" not in name:
        mends_once(text.encode("utf-8", "surrogatepass"))


@cases("name, text", lambda: worst(KIB_64 // 4).items())
def test_no_file_takes_long(name: str, text: str) -> None:
    """A quarter of the full size is enough to expose checks whose time grows with the square of
    it.
    """
    seconds, _ = thread_seconds(lambda: checked(text))
    assert seconds < AT_MOST / 4 * stick()


@pytest.mark.proof
@cases("name, text", lambda: worst(KIB_64).items())
def test_no_large_file_takes_long_or_much_memory(name: str, text: str) -> None:
    seconds, _ = thread_seconds(lambda: checked(text))
    assert seconds < AT_MOST * stick()
    tracemalloc.start()
    try:
        checked(text)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()
