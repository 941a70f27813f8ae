"""The warning before a massage of a file, line by line and after an interruption."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from player.history.people import save_profile
from player.history.store import open_store
from player.play.flow import flow
from player.play.requests import MakeSpeech, Play, SayWarning, ShowResult
from player.safety.findings import Finding
from player.session.pressing import PRESS_ON_MUSCLE
from tests.play.hosts import MUTE, Case, Scripted
from tests.play.starts import MINUTE, Home, Visitor
from tests.safety.making import DAY, FULL_PROFILE, NOW
from tests.tui.stage import LIBRARY, WALL
from tests.virtual import MemoryConsole, Time

WORDS = PRESS_ON_MUSCLE["en"]
ROLL = "  - Own roll: 30s each side ready 10s\n    kind: roll\n    regions: [calf]\n"
MARCH = "  - march-in-place: 60s\n"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_store(tmp_path / "h.db") as store:
        yield Home(store, tmp_path)


def warned(visitor: Visitor) -> list[str]:
    """Return the requests with the warning, in order."""
    found = []
    for request in visitor.requests:
        is_said = isinstance(request, SayWarning) and request.warning.words == WORDS
        is_made = isinstance(request, MakeSpeech) and request.warning is not None
        is_shown = isinstance(request, ShowResult) and request.warning == WORDS
        if is_said or is_made or is_shown or isinstance(request, Play):
            found.append(type(request).__name__)
    return found


ALL = ["ShowResult", "MakeSpeech", "SayWarning", "Play"]


def test_it_is_shown_then_made_and_said_before_the_session(home: Home) -> None:
    home.write("T", MARCH + ROLL)
    assert warned(home.visit()) == ALL
    assert warned(home.visit("Other")) == ["Play"]


@pytest.mark.parametrize(
    ("steps", "expected"), [(MARCH + ROLL, ALL), (ROLL + MARCH, ["Play"])], ids=["ahead", "behind"]
)
def test_a_resumed_session_says_it_again_if_such_a_step_is_ahead(
    home: Home, steps: str, expected: list[str]
) -> None:
    home.write("T", steps)
    minutes = 30_000 if steps.startswith(MARCH) else 110_000
    assert warned(home.visit(plays_ms=minutes)) == ALL
    home.clock.pass_by(5 * MINUTE)
    again = home.visit(replies={"resume": "r"})
    assert again.result is not None and "It goes on at" in again.result.length_words
    assert warned(again) == expected


def test_a_file_that_has_got_a_massage_since_is_warned_of_at_the_resume(home: Home) -> None:
    home.write("T", MARCH + "  - calf-wall-straight: 30s each side\n")
    assert warned(home.visit(plays_ms=30_000)) == ["Play"]
    home.write("T", MARCH + "  - calf-wall-straight: 30s each side\n" + ROLL)
    home.clock.pass_by(5 * MINUTE)
    assert warned(home.visit(replies={"resume": "r"})) == ALL


def test_a_massage_that_is_left_out_today_is_not_warned_of(home: Home) -> None:
    home.write("T", MARCH + "  - calf-wall-straight: 30s each side\n" + ROLL)
    thinner = Finding("anticoagulant", question="P2", at=NOW - DAY)
    save_profile(home.store, home.ana, replace(FULL_PROFILE, findings=(thinner,)))
    visitor = home.visit()
    assert visitor.result is not None
    assert [gone.step.number for gone in visitor.result.result.plan.left_out] == [3]
    assert warned(visitor) == ["Play"]


def test_line_by_line_it_is_read_before_the_start_and_in_the_gap(tmp_path: Path) -> None:
    case = Case("a massage", MARCH + ROLL, session=(200_000,), kept=("complete",))
    clock = Time(wall=WALL)
    console, row = MemoryConsole(clock), case.row(tmp_path)
    with open_store(tmp_path / "plain.db") as store:
        case.prepare(store, row)
        host = Scripted(console, MUTE, clock).prepare(case)
        assert host.run(flow(row, store, LIBRARY.catalogue, MUTE, clock))
    lines = console.text.split("\n")
    shown = [number for number, line in enumerate(lines) if line.strip() == WORDS]
    starts, step, gap = (
        next(number for number, line in enumerate(lines) if words in line)
        for words in ("Enter starts", "Step 2 of 2: Own roll", "Get ready, 10s: Own roll")
    )
    assert len(shown) == 2
    assert shown[0] < starts < step < shown[1] < gap
