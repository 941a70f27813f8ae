"""The real app plays every shipped routine with the pieces and cues of its timeline."""

from pathlib import Path

import pytest

from audio.cue import Cue
from player.history.past import sessions
from player.history.store import open_store
from player.library.row import Row
from player.play.options import PlayOptions
from player.play.sound import SessionSound
from player.session.cues import cue_sheet
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.session import SessionScreen
from tests.tui.stage import SIZES, LoopClock, in_session, play_scene, shipped_rows

ROWS = shipped_rows()


class Listening(SessionSound):
    """A session sound without a device. It remembers each cue and when it was due."""

    def __init__(self, clock: LoopClock) -> None:
        super().__init__(clock, muted=True)
        self.clock = clock
        self.due: list[tuple[int, Cue]] = []

    def flashes(self, cue: Cue) -> bool:
        self.due.append((self.clock.now(), cue))
        return super().flashes(cue)


def pieces_painted(screen: SessionScreen, clock: LoopClock) -> list[tuple[int, int]]:
    """Return a list that grows whenever a new piece of the timeline is painted.

    Each entry is the position and the time of the painting.
    """
    painted: list[tuple[int, int]] = []
    paint = screen._paint
    index = screen.live.state.index_at(clock.now())

    def noted() -> None:
        nonlocal index
        paint()
        state, now = screen.live.state, clock.now()
        if state.index_at(now) != index:
            index = state.index_at(now)
            painted.append((state.position_at(now), now))

    screen._paint = noted  # type: ignore[method-assign]  # listens, and does the same
    return painted


def played_whole(row: Row, size: tuple[int, int], folder: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(person="Ana", mute=True, hands_free=True)
        sound = Listening(clock)
        async with in_session(clock, folder, row, size=size, options=options, sound=sound) as stage:
            screen = stage.session
            timeline = screen.live.state.timeline
            assert timeline.total_ms == row.timeline.total_ms
            began = screen.live.state.anchor
            assert began is not None
            reached = pieces_painted(screen, clock)
            await stage.wait(timeline.total_ms + 1_000)
            await stage.wait_for(ChoiceScreen)
            await stage.press("0", "enter")
            await stage.wait_for(NoteScreen)
            assert "Well done." in stage.text()
            starts = [segment.start for segment in timeline.segments]
            assert [position for position, _ in reached] == starts[1:]
            assert [at - began for _, at in reached] == starts[1:]
            due = [(at - began, cue) for at, cue in sound.due]
            cues = cue_sheet(timeline, ("en",)).cues
            assert [cue for _, cue in due] == list(cues)
            assert [at for at, cue in due if cue.at] == [cue.at for cue in cues if cue.at]

    play_scene(scene)
    with open_store(folder / "history.db") as store:
        (done,) = sessions(store)
        whole = row.timeline.work_ms()
        assert (done.state, done.position_ms, done.work_ms) == (
            "complete", row.timeline.total_ms, whole,
        )  # fmt: skip


def test_a_shipped_routine_keeps_to_its_timeline(tmp_path: Path) -> None:
    """This tests the shortest routine. The proofs test all of them at every size."""
    played_whole(min(ROWS, key=lambda row: row.timeline.total_ms), (80, 24), tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.routine.id)
def test_every_shipped_routine_keeps_to_its_timeline_at_every_size(
    row: Row, size: tuple[int, int], tmp_path: Path
) -> None:
    played_whole(row, size, tmp_path)
