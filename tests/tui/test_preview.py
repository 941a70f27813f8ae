"""The preview shows each save within a second, and survives any contents of the file."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from player.authoring.following import Followed, first_change, nearest_step
from player.tui.preview import PreviewApp
from player.tui.screens.note import NoteScreen
from player.tui.screens.preview import LOOKS_EVERY_S, PreviewScreen
from tests.habits import some_here_all_in_proof
from tests.tui.hostile import TEXTS, WRITTEN, Picture
from tests.tui.stage import LIBRARY, SIZES, LoopClock, play_scene

HEAD = "name: Evening\nsteps:\n"
MARCH = "  - march-in-place: 3:00\n"
CALF = "  - calf-wall-straight: 2 x 30s each side rest 10s\n"
HAM = "  - ham-chair-sit: 2 x 30s each side rest 10s\n"
ROUTINE = HEAD + MARCH + CALF + HAM
BROKEN = ROUTINE.replace("2 x 30s each side rest 10s", "2 x thirty", 1)


class Desk:
    """The preview, and an editor that saves the file."""

    def __init__(self, app: PreviewApp, file: Path, pilot: Pilot[None]) -> None:
        self.app = app
        self.file = file
        self.pilot = pilot

    async def wait(self, ms: int = 1_000) -> None:
        await asyncio.sleep(ms / 1_000)
        for _ in range(6):
            await asyncio.sleep(0)
        await asyncio.sleep(0.02)

    async def save(self, text: str) -> str:
        """Save, wait a second, and return the text on the screen."""
        self.file.write_text(text, "utf-8")
        await self.wait()
        return self.text()

    async def resize(self, columns: int, rows: int) -> None:
        await self.pilot.resize_terminal(columns, rows)
        await self.wait(200)

    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def step(self) -> int:
        assert isinstance(self.app.screen, PreviewScreen)
        return self.app.screen._followed.step


@asynccontextmanager
async def desk(
    folder: Path, text: str | None = ROUTINE, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Desk]:
    file = folder / "evening.yaml"
    if text is not None:
        file.write_text(text, "utf-8")
    app = PreviewApp(file, LIBRARY.catalogue)
    async with app.run_test(size=size) as pilot:
        found = Desk(app, file, pilot)
        await found.wait(100)
        yield found
        await pilot.pause(0)
        assert app.failure is None


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_preview_shows_the_session_and_its_first_step(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async def scene(clock: LoopClock) -> None:
        async with desk(tmp_path, size=size) as at:
            text = at.text()
            needed = ["Evening", "evening.yaml", "March on the spot", "Step 1 of 3", "q leave"]
            needed += ["left  ", "right ", "▓▓▓", "^^^"]
            if size[0] >= 80:
                needed += ["1. March on the spot", "0:00", "8:10", "Move · 3:00"]
            if size == (120, 40):
                needed += ["Calf, static stretch: left 1:00, right 1:00", "Next: Wall calf stretch"]
                needed += ["Usual for static stretch", "Work 7:00 of 8:10"]
            for words in needed:
                assert words in text, words
            assert len(text.split("\n")) == size[1]

    play_scene(scene)


def test_a_save_is_shown_within_a_second(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with desk(tmp_path) as at:
            at.file.write_text(ROUTINE.replace("3:00", "4:00"), "utf-8")
            began = clock.now()
            while "9:10" not in at.text():
                assert clock.now() - began < 1_000
                await asyncio.sleep(0.02)
            # The same length, and within the same tick of the file's clock.
            seen = at.file.stat()
            at.file.write_text(ROUTINE.replace("3:00", "5:00"), "utf-8")
            os.utime(at.file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
            await at.wait()
            assert "10:10" in at.text()

    play_scene(scene)


def test_the_step_under_edit_is_shown(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with desk(tmp_path) as at:
            text = await at.save(ROUTINE.replace("ham-chair-sit: 2", "ham-chair-sit: 3"))
            assert at.step == 3 and "Step 3 of 3" in text and "set 1 of 3" in text
            text = await at.save(HEAD + MARCH + CALF + "    note: Heel down.\n" + HAM)
            assert at.step == 2 and "Heel down." in text and "LEFT" in text
            await at.save(HEAD + MARCH + CALF)
            assert at.step == 2
            await at.save("name: Morning\nsteps:\n" + MARCH + CALF)
            assert at.step == 1 and "Morning" in at.text()
            await at.save("name: Morning\nsteps:\n" + MARCH + CALF)  # the same words again
            assert at.step == 1

    play_scene(scene)


def test_a_broken_file_shows_its_problems_beside_the_last_good_version(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with desk(tmp_path) as at:
            text = await at.save(BROKEN)
            assert "1 error; shown is the version before" in text
            assert "line 4, column 29" in text and "as last saved without errors" in text
            assert "Wall calf stretch, knee straight" in text and "8:10" in text
            assert at.step == 2
            await at.resize(40, 12)
            text = at.text()
            for words in ("1 error", "line 4, column 29", "Step 2 of 3", "0:30", "LEFT"):
                assert words in text, words
            await at.resize(120, 40)
            text = await at.save(ROUTINE)
            assert "error" not in text.replace("without errors", "") and "as saved" in text
            assert at.step == 2, "the corrected step is shown"
            text = await at.save(ROUTINE + "  - My own: 30s\n")
            assert "1 warning" in text and "line 6, column 5" in text and "as saved" in text

    play_scene(scene)


def test_an_incomplete_file_shows_its_problems_until_it_is_a_routine(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with desk(tmp_path, None) as at:
            assert "there is no such file" in at.text()
            for key in ("n", "b", "down", "pagedown", "question_mark"):
                await at.app._press_keys([key])
            await at.wait()
            await at.app._press_keys(["escape"])
            text = await at.save("name: X\n")
            assert "line 1" in text and "March" not in text
            assert "March on the spot" in await at.save(ROUTINE)

    play_scene(scene)


def test_a_file_that_an_editor_replaces_is_still_followed(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with desk(tmp_path) as at:
            new = tmp_path / "evening.yaml~"
            new.write_text(ROUTINE.replace("3:00", "4:00"), "utf-8")
            new.replace(at.file)
            await at.wait()
            assert "9:10" in at.text()
            at.file.unlink()
            await at.wait(300)
            assert "no such file" not in at.text(), "a missing file is not reported at once"
            await at.wait()
            assert "there is no such file" in at.text() and "9:10" in at.text()
            assert at.step == 1
            await at.app._press_keys(["n"])
            assert "9:10" in await at.save(ROUTINE.replace("3:00", "4:00"))
            assert at.step == 2, "the same step is shown again"
            assert "8:10" in await at.save(ROUTINE)
            at.file.unlink()
            at.file.mkdir()
            await at.wait()
            assert "it is a folder" in at.text() and "8:10" in at.text()
            at.file.rmdir()
            os.mkfifo(at.file)
            await at.wait()
            assert "is not a file" in at.text()
            at.file.unlink()
            text = await at.save("#" * 300_000)
            assert "larger than 256 KiB" in text and "8:10" in text
            at.file.write_bytes(b"\xff\xfe\x00\x1b[2J")
            await at.wait()
            assert "UTF" in at.text()
            assert "error" not in (await at.save(ROUTINE)).replace("without errors", "")
            at.file.chmod(0)
            await at.wait()
            if os.geteuid():
                assert "can't read it" in at.text()
            at.file.chmod(0o600)
            await at.wait()
            assert "as saved" in at.text()

    play_scene(scene)


def test_keys_step_through_the_steps_and_q_leaves(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with desk(tmp_path) as at:
            steps = []
            for key in ("n", "down", "n", "b", "up", "b", "N"):
                await at.app._press_keys([key])
                steps.append(at.step)
            assert steps == [2, 3, 3, 2, 1, 1, 2]
            await at.wait(100)
            assert "Wall calf stretch, knee straight" in at.text() and "LEFT" in at.text()
            await at.app._press_keys(["question_mark"])
            await at.wait(100)
            assert isinstance(at.app.screen, NoteScreen) and "the next step" in at.text()
            at.file.write_text(BROKEN, "utf-8")
            await at.wait()
            await at.app._press_keys(["escape"])
            await at.wait(100)
            assert "1 error" in at.text()
            for key in ("enter", "space", "p", "x", "d", "f1"):
                await at.app._press_keys([key])
            assert isinstance(at.app.screen, PreviewScreen)
            await at.app._press_keys(["q"])
            assert at.app.return_code == 0

    play_scene(scene)


def test_the_preview_runs_at_any_size(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        file = tmp_path / "evening.yaml"
        file.write_text(BROKEN, "utf-8")
        app = PreviewApp(file, LIBRARY.catalogue)
        async with app.run_test(size=(80, 24)) as pilot:
            at = Desk(app, file, pilot)
            for text in (BROKEN, ROUTINE):
                await at.save(text)
                largest = (300, 90) if text == ROUTINE else (120, 40)
                for size in ((40, 12), (20, 6), (2, 1), (1, 1), largest, (80, 24)):
                    await at.resize(*size)
                    assert app.failure is None
            assert "Step 1 of 3" in at.text() or "Step 2 of 3" in at.text()

    play_scene(scene)


@pytest.mark.parametrize("size", some_here_all_in_proof([(40, 12), (120, 40)], 2), ids=str)
def test_hostile_texts_are_shown_literally(size: tuple[int, int], tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with desk(tmp_path, size=size) as at:
            for text in WRITTEN.values():
                quoted = json.dumps(text, ensure_ascii=False)
                await at.save(
                    f"name: {quoted}\nsteps:\n  - name: {quoted}\n    hold: 30s\n"
                    f"    note: {quoted}\n  - say: {quoted}\n"
                )
                Picture(at.app)
            for text in TEXTS.values():
                at.file.write_bytes(
                    f"name: {text}\nsteps:\n  - {text}: {text}\n".encode("utf-8", "surrogatepass")
                )
                await at.wait()
                Picture(at.app)

    play_scene(scene)


def test_an_unchanged_file_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(ROUTINE, "utf-8")
    followed = Followed(file, LIBRARY.catalogue)
    assert followed.look() and not followed.look()
    monkeypatch.setattr("player.authoring.following.open_routine", lambda *_: pytest.fail("read"))
    assert not any(followed.look() for _ in range(10))
    assert LOOKS_EVERY_S <= 0.5


def test_the_first_changed_line_of_two_versions_is_found() -> None:
    assert first_change(["a", "b"], ["a", "b"]) is None
    assert first_change(["a", "b"], ["a", "c"]) == 2
    assert first_change(["a"], ["a", "b"]) == 2
    assert first_change(["a", "b", "c"], ["a", "c"]) == 2
    assert first_change(["a", "b"], []) == 1


def test_a_line_selects_the_step_it_belongs_to(tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(ROUTINE, "utf-8")
    followed = Followed(file, LIBRARY.catalogue)
    followed.look()
    assert followed.good is not None
    steps = followed.good.routine.steps
    assert [nearest_step(steps, line) for line in (1, 2, 3, 4, 5, 99)] == [1, 1, 1, 2, 3, 3]
