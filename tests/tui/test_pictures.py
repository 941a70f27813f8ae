"""The pictures of a session: everything fits from 80x24 up, and the most important at 40x12."""

import os
from pathlib import Path

import pytest

from player.library.row import Row
from player.play.options import PlayOptions
from player.session.state import MOVES_EVERY_MS, Do
from player.tui.screens.session import SessionScreen
from tests.habits import some_here_all_in_proof
from tests.tui.stage import (
    SIZES,
    LoopClock,
    in_session,
    play_scene,
    row_of,
    rows_of,
    shipped_rows,
)

GOLDENS = Path(__file__).with_name("goldens")
ROW = row_of(
    "  - calf-wall-straight: 2 x 30s each side rest 10s\n"
    "    note: Breathe on.\n"
    "  - say: Sit down.\n"
    "  - Toe curls: 8-12 reps\n"
)


def seen_at(size: tuple[int, int], folder: Path, *moments: tuple[int, str]) -> list[str]:
    """Return pictures of a session. Each is taken after some ms and a key, if any."""
    found: list[str] = []

    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(person="Ana", mute=True)
        async with in_session(clock, folder, ROW, size=size, options=options) as stage:
            screen = stage.session
            began = screen.live.state.anchor
            assert began is not None
            for ms, key in moments:
                await stage.wait(began + ms - clock.now())
                if key:
                    await stage.press(key)
                found.append(stage.text())
                for widget in screen.walk_children():
                    widget.refresh()
                await stage.settle()
                assert stage.text() == found[-1], "a changed part was not repainted"

    play_scene(scene)
    return found


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_session_looks_like_its_golden_pictures(size: tuple[int, int], tmp_path: Path) -> None:
    """Set UPDATE_GOLDENS=1 to update the pictures. Look at each one before you commit it."""
    moments = ((4_000, ""), (22_300, ""), (48_300, ""), (60_200, "space"))
    pictures = seen_at(size, tmp_path, *moments)
    text = "\n".join(
        f"== {ms} ms {key}\n{p}" for (ms, key), p in zip(moments, pictures, strict=True)
    )
    golden = GOLDENS / f"session-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text + "\n", "utf-8")
    assert text + "\n" == golden.read_text("utf-8")
    needs_of_a_person_on_the_mat(pictures[1], pictures[3], size)


def needs_of_a_person_on_the_mat(work: str, paused: str, size: tuple[int, int]) -> None:
    rows_of(work, size)
    needed = ["Wall calf stretch, knee straight", "Hold", "left side", "Step 1 of 2", "set 1 of 2"]
    if size != (40, 12):
        needed += ["Next: right side, 30s", "step", "session"]
        needed += ["d done"] if size[0] >= 80 else []
        needed += ["For: Ana", "Face a wall with your hands on it at chest"]
    for words in (*needed, "LEFT" if size[0] < 120 else "left side", "x something hurts"):
        assert words in work, words
    assert work.splitlines()[-1].split()[0] == "x", "the safety key comes first"
    assert "PAUSED. Space goes on." in paused
    dots = [row for row in work.splitlines() if "█" in row and "s left" not in row]
    assert len(dots) >= (5 if size[1] >= 20 else 3)


@pytest.mark.parametrize(
    "row", some_here_all_in_proof(shipped_rows(), 17), ids=lambda row: row.routine.id
)
def test_every_title_and_every_how_to_line_fits(row: Row, tmp_path: Path) -> None:
    """At 80x24 all how-to lines are visible; at 40x12 no title is cut."""

    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(person="Ana", mute=True, hands_free=True)
        async with in_session(clock, tmp_path, row, options=options) as stage:
            screen = stage.session
            steps = list(screen.live.state.timeline.steps.values())

            async def go_to(number: int, by: Do) -> None:
                screen.live.do(Do.PAUSE)  # nothing counts as done, so every way back stays open
                while screen.live.state.segment_at(clock.now()).step != number:
                    screen.live.do(by)
                    await stage.wait(MOVES_EVERY_MS)
                screen.live.do(Do.GO_ON)
                screen.look()
                await stage.settle()

            for step in steps:
                await go_to(step.number, Do.NEXT)
                how = screen.query_one("#how")
                assert how.max_scroll_y == 0, (step.title.pick(), how.max_scroll_y)
            await stage.pilot.resize_terminal(40, 12)
            for step in reversed(steps):
                await go_to(step.number, Do.BACK)
                assert step.title.pick() in " ".join(stage.text().split())

    play_scene(scene)


def test_a_session_runs_at_any_small_size(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(
            clock, tmp_path, ROW, options=PlayOptions(person="Ana", mute=True)
        ) as stage:
            screen = stage.session
            for size in ((1, 1), (30, 8), (10, 3), (20, 6), (2, 1)):
                await stage.pilot.resize_terminal(*size)
                await stage.wait(1_500)
                await stage.pilot.resize_terminal(80, 24)
                await stage.wait(1_500)
            assert isinstance(stage.screen, SessionScreen)
            assert screen.live.state.position_at(clock.now()) > 11_000
            assert "Wall calf stretch" in stage.text()

    play_scene(scene)
