"""The figure on the session screen moves during work, and is still when time stops."""

from pathlib import Path

import pytest

from player.figures.shapes import Ink
from player.play.options import PlayOptions
from player.tui.screens.session import SessionScreen
from player.tui.widgets.figure_view import EVERY_S, FigureView
from tests.tui.stage import LoopClock, Stage, in_session, play_scene, row_of

QUIET = PlayOptions(person="Ana", mute=True)
MARCH = row_of("  - march-in-place: 1m tempo 2s\n")
HOLD = row_of("  - calf-wall-straight: 30s left\n")


def dots(screen: SessionScreen) -> tuple[str, ...]:
    picture = screen.query_one("#figure", FigureView)._picture
    return picture.lines if picture else ()


async def pictures(stage: Stage, screen: SessionScreen, count: int) -> list[tuple[str, ...]]:
    found = []
    for _ in range(count):
        await stage.wait(round(EVERY_S * 1_000))
        found.append(dots(screen))
    return found


def test_a_movement_is_animated_during_work_and_still_during_a_pause(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, MARCH, options=QUIET, animated=True) as stage:
            screen = stage.session
            await stage.wait(3_000)
            assert len(set(await pictures(stage, screen, 5))) == 1, (
                "the figure is still before the work"
            )
            await stage.wait(9_000)
            assert len(set(await pictures(stage, screen, 12))) > 4, "the figure moves during work"
            await stage.press("space")
            assert len(set(await pictures(stage, screen, 5))) == 1, (
                "the figure is still during a pause"
            )

    play_scene(scene)


def test_a_hold_is_painted_once_and_sets_no_timer(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, HOLD, options=QUIET, animated=True) as stage:
            screen = stage.session
            await stage.wait(12_000)
            assert any("calf" in row for row in dots(screen))
            assert screen.query_one("#figure", FigureView)._turn is None

    play_scene(scene)


@pytest.mark.parametrize("works", ["near", "far"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_session_marks_the_leg_that_works(tmp_path: Path, works: str, side: str) -> None:
    card = (
        "name: T\nexercises:\n  kick:\n    name: Kick\n    kind: static-stretch\n"
        "    regions: [quad]\n    position: stand\n    sides: one\n    dose: 30s each side\n"
        f"    figure: {{view: front, works: {works}, near: {{open: 12}}, far: {{open: 12}}}}"
    )

    async def scene(clock: LoopClock) -> None:
        row = row_of(f"  - kick: 30s {side}\n", card)
        async with in_session(clock, tmp_path, row, options=QUIET) as stage:
            await stage.wait(12_000)
            picture = stage.session.query_one("#figure", FigureView)._picture
            assert picture
            rows = [[ink for text, ink in row for _ in text] for row in picture.rows]
            marked = [column for row in rows for column, ink in enumerate(row) if ink is Ink.WORKS]
            middle = len(rows[0]) // 2  # as in a mirror, the right leg is on the right
            assert marked and {column >= middle for column in marked} == {side == "right"}

    play_scene(scene)


def test_without_animation_both_poses_are_shown(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, MARCH, options=QUIET, size=(120, 40)) as stage:
            screen = stage.session
            await stage.wait(12_000)
            seen = await pictures(stage, screen, 5)
            assert len(set(seen)) == 1
            half = len(seen[0][0]) // 2
            assert [row[:half] for row in seen[0]] != [row[half:] for row in seen[0]]

    play_scene(scene)


def test_a_small_screen_shows_no_figure(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, HOLD, options=QUIET, size=(60, 20)) as stage:
            screen = stage.session
            await stage.wait(12_000)
            assert dots(screen) == () and "⣿" not in stage.text()

    play_scene(scene)
