"""The warning before a massage of a file: seen at all sizes, and said before the time runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from audio.cue import Cue
from player.history.people import person_named
from player.history.store import open_store
from player.history.volume import Loudness, save_loudness
from player.library.row import Row
from player.play.options import PlayOptions
from player.play.sound import LEAST_VOICE, SessionSound
from player.session.pressing import PRESS_ON_MUSCLE
from player.session.state import Phase
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.warning import PAUSE_MS, WarningScreen
from tests.tui.stage import SIZES, WALL, LoopClock, Stage, play_scene, row_of, staged
from tests.tui.test_sound import Heard, no_sound
from tests.tui.test_voice import Voice

MARCH = "  - march-in-place: 30s\n"
ROLL = "  - Own roll: 30s each side ready 10s\n    kind: roll\n    regions: [calf]\n"
FOREIGN, VETTED = row_of(MARCH + ROLL), row_of(MARCH + "  - calf-roll: 30s each side\n")
WORDS = PRESS_ON_MUSCLE["en"]
ANA = PlayOptions(person="Ana")
SPOKEN_MS = 500
"""How long each text of `Voice` lasts."""


@asynccontextmanager
async def at_the_result(
    clock: LoopClock,
    folder: Path,
    heard: Heard,
    row: Row = FOREIGN,
    voice: bool = True,
    options: PlayOptions = ANA,
    **more: object,
) -> AsyncIterator[Stage]:
    """Run the app up to the result, with a device and a voice that is ready at once."""
    speaker = Voice()
    speaker.may.set()
    sound = SessionSound(
        clock,
        muted=options.mute,
        open_device=heard.open,
        speech_maker=speaker.make if voice else None,
    )
    await sound.open()
    given = partial(staged, clock, folder, row, options=options, sound=sound)
    async with given(shown_from=ResultScreen, **more) as stage:  # type: ignore[arg-type]
        await stage.wait_for(ResultScreen)
        yield stage


async def starts(stage: Stage) -> None:
    """Press Enter at the result, and wait for what follows."""
    await stage.press("enter")
    await stage.until(lambda: isinstance(stage.top, WarningScreen | SessionScreen))


def said(heard: Heard) -> list[str]:
    """Return what was said before the session."""
    sheets = [sheet for what, _, _, sheet in heard.calls if what == "play" and sheet]
    alone: list[Cue] = [sheet.cues[0] for sheet in sheets if len(sheet.cues) == 1]
    return [cue.spoken.text for cue in alone if cue.spoken]


def as_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", sorted(PRESS_ON_MUSCLE))
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_can_be_read_at_each_size(size: tuple[int, int], language: str, tmp_path: Path) -> None:
    words = PRESS_ON_MUSCLE[language]
    row = row_of(MARCH + ROLL, head=f"name: T\nlanguage: {language}")
    options = PlayOptions(person="Ana", languages=(language,))

    async def scene(clock: LoopClock) -> None:
        heard = Heard()
        async with at_the_result(clock, tmp_path, heard, row, size=size, options=options) as stage:
            assert words in as_line(stage.text())
            await starts(stage)
            await stage.wait_for(WarningScreen)
            assert words in as_line(stage.text())
            live = (await stage.wait_for(SessionScreen)).live
            gap = next(s for s in live.state.timeline.segments if s.step == 2)
            await stage.wait(gap.start - 1_000)
            assert words not in as_line(stage.text())
            await stage.wait(2_000)
            text = as_line(stage.text())
            assert live.state.segment_at(clock.now()) == gap
            for other in (words, "Own roll", "Get ready", "0:09", "x something hurts"):
                assert other in text or (other == "0:09" and size != (40, 12)), other
            await stage.press("space")
            assert "PAUSED. Space goes on." in stage.text()
            await stage.press("space")
            await stage.wait(gap.length)
            assert words not in as_line(stage.text()) and "Next" in stage.text()

    play_scene(scene)


def test_it_is_said_before_the_time_runs_and_nobody_has_to_press_a_key(tmp_path: Path) -> None:
    heard = Heard()

    async def scene(clock: LoopClock) -> None:
        options = replace(ANA, hands_free=True)
        async with at_the_result(clock, tmp_path, heard, options=options) as stage:
            await starts(stage)
            await stage.wait_for(WarningScreen)
            assert said(heard) == [WORDS]
            began = clock.now()
            screen = await stage.wait_for(SessionScreen)
            anchor = screen.live.state.anchor
            assert anchor is not None
            assert SPOKEN_MS <= anchor - began <= SPOKEN_MS + PAUSE_MS + 200
            assert screen.live.state.position == 0
            assert screen.live.state.timeline == FOREIGN.timeline

    play_scene(scene)


def test_a_key_ends_it_and_the_session_begins(tmp_path: Path) -> None:
    heard = Heard()

    async def scene(clock: LoopClock) -> None:
        async with at_the_result(clock, tmp_path, heard) as stage:
            await starts(stage)
            await stage.wait_for(WarningScreen)
            calls = len(heard.calls)
            await stage.press("enter")
            assert (await stage.wait_for(SessionScreen)).live.state.phase is Phase.RUNNING
            assert heard.calls[calls][0] == "silence"

    play_scene(scene)


@pytest.mark.parametrize("percent", [0, 20, 80])
def test_a_voice_that_was_turned_down_still_says_it(percent: int, tmp_path: Path) -> None:
    heard = Heard()
    with open_store(tmp_path / "history.db") as store:
        save_loudness(store, person_named(store, "Ana", WALL), Loudness(voice=percent))

    async def scene(clock: LoopClock) -> None:
        async with at_the_result(clock, tmp_path, heard, known=False) as stage:
            await starts(stage)
            await stage.wait_for(WarningScreen)
            assert said(heard) == [WORDS]
            assert heard.material.volumes == Loudness(max(percent, LEAST_VOICE)).gains
            await stage.wait_for(SessionScreen)
            assert heard.material.volumes == Loudness(percent).gains

    play_scene(scene)


@pytest.mark.parametrize("way", ["muted", "no voice", "no device", "vetted"])
def test_without_a_voice_it_is_only_shown_and_the_session_begins_at_once(
    way: str, tmp_path: Path
) -> None:
    heard = Heard()
    if way == "no device":
        heard.open = no_sound  # type: ignore[method-assign]

    async def scene(clock: LoopClock) -> None:
        options = replace(ANA, mute=way == "muted")
        row, voice = VETTED if way == "vetted" else FOREIGN, way != "no voice"
        async with at_the_result(clock, tmp_path, heard, row, voice, options) as stage:
            assert (WORDS in as_line(stage.text())) == (way != "vetted")
            await starts(stage)
            assert isinstance(stage.top, SessionScreen) and said(heard) == []
            await stage.wait(41_000)
            assert (WORDS in as_line(stage.text())) == (way != "vetted")

    play_scene(scene)
