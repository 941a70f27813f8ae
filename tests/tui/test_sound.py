"""The sound of a session: chimes, flashes instead of sound, and the display that stays on."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from audio.cue import Cue, CueKind, CueSheet
from audio.mixer import Material
from audio.sound import Sound, SoundError
from player.play.options import PlayOptions
from player.play.sound import NO_SOUND, SessionSound
from player.session.state import Do, Effect, Phase
from player.tui.screens.pain import PainScreen
from tests.audio.fakes import FakeDevice
from tests.tui.stage import LoopClock, in_session, play_scene, row_of

ROW = row_of("  - Calf: 30s each side\n  - Raises: 5 reps\n")
LOUD = PlayOptions(person="Ana")


class Heard:
    """A sound device that nobody hears. It records the calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int, int, CueSheet | None]] = []
        self.device = FakeDevice()
        self.sound: Sound | None = None
        self.material = Material()

    def open(self, now: Callable[[], int]) -> Sound:
        heard = self

        class RecordingSound(Sound):
            def play(self, sheet: CueSheet, position: int, at: int) -> None:
                heard.calls.append(("play", position, at, sheet))
                super().play(sheet, position, at)

            def silence(self) -> None:
                heard.calls.append(("silence", 0, now(), None))
                super().silence()

            def heartbeat(self, at: int) -> None:
                heard.device.turn()  # it is not lost
                super().heartbeat(at)

            def use(self, material: Material) -> None:
                heard.material = material
                super().use(material)

        self.sound = RecordingSound(now, self.device.opened)
        return self.sound

    @property
    def last(self) -> str:
        return self.calls[-1][0]


def a_cue(kind: CueKind) -> Cue:
    return Cue(0, kind, "")


def test_x_stops_the_sound_before_the_screen_is_painted(tmp_path: Path) -> None:
    """The sound stops even before the journal is written, because a slow disk takes time."""
    heard = Heard()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            screen = stage.session
            await stage.until(lambda: bool(heard.calls))
            before: list[tuple[Do, str]] = []
            does, paints = screen.live.do, screen._paint

            def noted(do: Do) -> tuple[Effect, ...]:
                before.append((do, heard.last))
                return does(do)

            def painted() -> None:
                assert (heard.last == "play") == (screen.live.state.phase is Phase.RUNNING)
                paints()

            screen.live.do = noted  # type: ignore[method-assign]  # listens, and does the same
            screen._paint = painted  # type: ignore[method-assign]
            for keys, do in ((["space"], Do.PAUSE), (["q"], Do.PAUSE), (["x"], Do.HURTS)):
                assert heard.last == "play"
                await stage.press(*keys)
                assert (do, "silence") in before and (do, "play") not in before
                await stage.press(*{"space": ["space"], "q": ["n"], "x": []}[keys[0]])
            assert heard.last == "silence" and isinstance(stage.top, PainScreen)

    play_scene(scene)


def no_sound(now: Callable[[], int]) -> Sound:
    raise SoundError("No sound device could be opened here.")


def test_the_sound_follows_the_session(tmp_path: Path) -> None:
    heard = Heard()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            screen = stage.session
            await stage.until(lambda: bool(heard.calls))
            what, position, at, sheet = heard.calls[-1]
            assert (what, position, at) == ("play", 0, screen.live.state.anchor)
            assert sheet is not None and {CueKind.START, CueKind.COUNT, CueKind.SWITCH} <= {
                cue.kind for cue in sheet.cues
            }
            waits_at, waits = screen.live.state.stops_at
            assert waits and max(cue.at for cue in sheet.cues) < waits_at
            await stage.wait(12_000)
            await stage.press("space")
            assert heard.last == "silence"
            await stage.wait(5_000)
            await stage.press("space")
            assert heard.calls[-1][:3] == (
                "play", screen.live.state.position, screen.live.state.anchor,
            )  # fmt: skip
            await stage.press("space", "n", "space")
            what, position, _, sheet = heard.calls[-1]
            assert what == "play" and sheet is not None
            assert [c.kind for c in sheet.cues if c.at == position] == [CueKind.SWITCH]
            await stage.press("x")
            assert heard.last == "silence"
            await stage.press("c", "enter")
            assert heard.last == "silence"

    play_scene(scene)


def test_the_last_chime_rings_out(tmp_path: Path) -> None:
    heard = Heard()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            screen = stage.session
            await stage.until(lambda: bool(heard.calls))
            await stage.wait(screen.live.state.timeline.total_ms + 1_000)
            await stage.press("d")
            what, position, _, sheet = heard.calls[-1]
            assert what == "play" and sheet is not None
            assert sheet.cues[-1].kind is CueKind.END and sheet.cues[-1].at == position

    play_scene(scene)


def test_a_missing_device_is_reported_once_and_the_screen_flashes(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=no_sound)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            await stage.until(lambda: NO_SOUND in stage.text())
            seen = 1
            for _ in range(12):
                await stage.wait(1_000)
                seen += NO_SOUND in stage.text()
            assert seen <= 6
            assert sound.flashes(a_cue(CueKind.START))
            assert not sound.flashes(a_cue(CueKind.COUNT))
            await stage.press("m", "m")
            assert NO_SOUND in stage.text()

    play_scene(scene)


def test_a_muted_session_opens_no_device_until_the_sound_is_turned_on(tmp_path: Path) -> None:
    heard = Heard()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, muted=True, open_device=heard.open)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            await stage.wait(11_000)
            assert heard.sound is None and NO_SOUND not in stage.text()
            assert sound.flashes(a_cue(CueKind.START))
            await stage.press("m")
            await stage.until(lambda: sound.is_heard)
            await stage.wait(1_000)
            assert "Sound on." in stage.text() and heard.last == "play"
            assert not sound.flashes(a_cue(CueKind.START))
            await stage.press("m")
            assert "Sound off; it flashes instead." in stage.text()
            assert heard.sound is not None and heard.sound.muted

    play_scene(scene)


def test_a_slow_device_is_opened_once_and_blocks_no_key(
    tmp_path: Path,
) -> None:
    heard, may = Heard(), threading.Event()
    opened: list[int] = []

    def slowly(now: Callable[[], int]) -> Sound:
        opened.append(1)
        may.wait(60)
        return heard.open(now)

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, muted=True, open_device=slowly)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            await stage.press("m", "m", "m")
            await stage.until(lambda: bool(opened))
            await stage.press("space")
            assert stage.session.live.state.phase is Phase.PAUSED
            await stage.press("space", "m")
            assert "Sound off; it flashes instead." in stage.text()
            may.set()
            await stage.until(lambda: heard.last == "play" if heard.calls else False)
            assert heard.sound is not None and heard.sound.muted, (
                "the person turned the sound off meanwhile"
            )
            await stage.press("m")
            assert "Sound on." in stage.text() and not heard.sound.muted
            assert len(opened) == 1

    play_scene(scene)


def test_the_display_is_kept_awake_only_while_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("player.play.awake.Awake.hold", lambda self: asked.append("hold"))
    monkeypatch.setattr("player.play.awake.Awake.release", lambda self: asked.append("release"))

    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=LOUD) as stage:
            assert asked[-1] == "hold"
            await stage.press("space")
            assert asked[-1] == "release"
            await stage.press("space")
            assert asked[-1] == "hold"
            await stage.press("q", "y")
            assert not stage.session.live.state.anchor
            assert asked[-1] == "release"

    play_scene(scene)


def test_asking_the_desktop_never_blocks_and_never_fails() -> None:
    from player.play.awake import Awake

    awake = Awake()
    for _ in range(3):
        awake.hold()
        awake.hold()
        awake.release()
        awake.release()
