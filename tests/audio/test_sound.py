"""The sound of a session as hosts use it: no error in it ends the session."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.cue import Cue, CueKind, CueSheet, Spoken
from audio.device import Device, Pull
from audio.mixer import Material
from audio.sound import LOST, Sound, SoundError, open_sound
from audio.volumes import Volumes
from tests.audio.fakes import Clock, FakeDevice, loudest, sheet

RINGING = sheet(*((at, CueKind.START) for at in range(0, 60_000, 300)))
"""A chime every 300 ms, so that there is always a sound."""


class Host:
    """A sound on a fake device that requests 100 ms each turn."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.device = FakeDevice()
        self.sound = Sound(self.clock.now, self.device.opened)

    def turns(self, count: int, beats: bool = True) -> list[float]:
        """Return the loudest sample of each of the next turns."""
        loud = []
        for _ in range(count):
            if beats:
                self.sound.heartbeat(self.clock.at)
            loud.append(loudest(self.device.turn()))
            self.clock.at += 100
        return loud


@pytest.fixture
def host() -> Host:
    return Host()


def test_the_sound_is_silent_until_a_session_runs(host: Host) -> None:
    assert host.turns(3) == [0, 0, 0]
    host.sound.play(RINGING, 0, host.clock.at)
    assert min(host.turns(20)) > 0.05
    assert host.sound.failed is None


def test_speech_and_volumes_can_change_while_a_session_runs(host: Host) -> None:
    spoken = Spoken("on", "en", 0)
    cues = CueSheet(tuple(Cue(at, CueKind.SAY, "On", None, spoken) for at in range(0, 9_000, 500)))
    speech = {("en", "on"): np.full(24_000, 0.2, np.float32)}
    host.sound.play(cues, 0, host.clock.at)
    assert host.turns(5) == [0] * 5
    host.sound.use(Material(speech))
    assert host.turns(5) == pytest.approx([0.2] * 5, abs=1e-3)
    host.sound.use(Material(speech, volumes=Volumes(voice=0.5)))
    assert host.turns(5)[1:] == pytest.approx([0.1] * 4, abs=1e-3)
    host.sound.silence()
    host.sound.use(Material(speech))
    assert host.turns(5)[1:] == [0] * 4
    host.sound.play(cues, 3_000, host.clock.at)
    assert host.turns(5)[1:] == pytest.approx([0.2] * 4, abs=1e-3)
    host.sound.use((None, None, None, 5))  # type: ignore[arg-type]
    assert host.sound.failed == "The sound failed and stays off (AttributeError)."


def test_a_change_of_volume_neither_cuts_nor_repeats_a_sound() -> None:
    one, other = Host(), Host()
    for each in (one, other):
        each.sound.play(sheet((0, CueKind.END)), 0, each.clock.at)
        each.turns(3)
    other.sound.use(Material())
    for _ in range(10):
        assert np.abs(one.device.turn() - other.device.turn()).max() < 1e-3


def test_a_pause_is_silent_and_play_continues_after_it(host: Host) -> None:
    host.sound.play(RINGING, 0, host.clock.at)
    host.turns(5)
    host.sound.silence()
    assert host.turns(4)[1:] == [0, 0, 0]
    host.sound.play(RINGING, 500, host.clock.at)
    first, *later = host.turns(5)
    assert first == 0, "a chime that began before the pause is not heard without its beginning"
    assert min(later) > 0.02


def test_muting_is_silent_while_the_position_goes_on(host: Host) -> None:
    cues = sheet((1_000, CueKind.START), (20_000, CueKind.START))
    host.sound.muted = True
    host.sound.play(cues, 0, host.clock.at)
    assert host.turns(170) == [0] * 170
    host.sound.muted = False
    assert not host.sound.muted
    loud = host.turns(60)
    # The device requests frames exactly in real time, so they are heard at once.
    assert loud[:30] == [0] * 30 and loud[30] > 0.2


def test_without_a_heartbeat_the_sound_stops_until_the_next_play(host: Host) -> None:
    host.sound.play(RINGING, 0, host.clock.at)
    loud = host.turns(40, beats=False)
    assert min(loud[:26]) > 0.05
    assert loud[27:] == [0] * 13
    assert host.turns(10) == [0] * 10
    host.sound.play(RINGING, 9_000, host.clock.at)
    assert min(host.turns(10)) > 0.02


def test_a_heartbeat_after_a_gap_does_not_start_the_sound_again(host: Host) -> None:
    host.sound.play(RINGING, 0, host.clock.at)
    host.turns(5)
    host.clock.at += 60_000  # the computer slept, and the device too
    assert host.turns(5)[1:] == [0] * 4
    assert host.sound.failed is None


def test_a_sound_that_starts_late_begins_at_the_position_of_the_session(host: Host) -> None:
    began = host.clock.at
    host.clock.at += 60_000  # the device was opened only now
    host.sound.heartbeat(host.clock.at)
    host.sound.play(sheet((0, CueKind.START), (61_000, CueKind.START)), 0, began)
    loud = host.turns(20)
    assert loud[:10] == [0] * 10
    assert loud[10] > 0.2


def test_a_longer_cue_sheet_continues_the_session(host: Host) -> None:
    """The session waited at 2 s. Later sounds are not heard before it goes on."""
    host.sound.play(sheet((1_000, CueKind.COUNT)), 0, host.clock.at)
    loud = host.turns(40)
    assert max(loud[9:13]) > 0.1
    assert loud[13:] == [0] * 27
    whole = sheet((1_000, CueKind.COUNT), (2_000, CueKind.START))
    host.sound.play(whole, 2_000, host.clock.at)
    assert host.turns(1)[0] > 0.2


def test_play_at_the_position_it_already_plays_changes_nothing() -> None:
    one, other = Host(), Host()
    for each in (one, other):
        each.sound.play(sheet((0, CueKind.END)), 0, each.clock.at)
        each.turns(3)
    other.sound.play(sheet((0, CueKind.END)), 300, other.clock.at)
    for _ in range(10):
        assert (one.device.turn() == other.device.turn()).all()


def test_an_error_on_the_devices_thread_gives_silence_and_a_message(host: Host) -> None:
    class Breaking(Clock):
        broken = False

        def now(self) -> int:
            if self.broken:
                raise ZeroDivisionError
            return self.at

    clock = Breaking(host.clock.at)
    sound = Sound(clock.now, host.device.opened)
    sound.play(RINGING, 0, host.clock.at)
    assert loudest(host.device.turn()) > 0.1
    clock.broken = True
    assert loudest(host.device.turn()) == 0
    assert sound.failed == "The sound failed and stays off (ZeroDivisionError)."
    clock.broken = False
    assert loudest(host.device.turn()) == 0
    sound.play(RINGING, 0, host.clock.at)
    sound.silence()
    sound.heartbeat(host.clock.at)
    sound.close()


def test_a_broken_cue_sheet_gives_silence_and_a_message(host: Host) -> None:
    host.sound.play(sheet((1 << 70, CueKind.END), (-(1 << 70), CueKind.END)), 0, host.clock.at)
    host.turns(3)
    broken = CueSheet((None,))  # type: ignore[arg-type]
    host.sound.play(broken, 0, host.clock.at)
    assert host.sound.failed == "The sound failed and stays off (AttributeError)."
    assert host.turns(3) == [0] * 3


def test_a_device_without_requests_is_reported_until_it_requests_again(host: Host) -> None:
    host.sound.play(RINGING, 0, host.clock.at)
    host.turns(10)
    for beat in range(40):
        host.sound.heartbeat(host.clock.at)
        assert host.sound.failed == (LOST if beat > 30 else None)
        host.clock.at += 100
    host.turns(2)
    assert host.sound.failed is None


class Plugs:
    """Devices that are plugged in one after the other. The search waits until a test runs it."""

    def __init__(self, *devices: FakeDevice | None) -> None:
        self.clock = Clock()
        self.waiting: list[Callable[[], None]] = []
        self.left = list(devices)
        self.sound = Sound(self.clock.now, self.opens, self.waiting.append)

    def opens(self, pull: Pull) -> Device:
        device = self.left.pop(0)
        if device is None:
            raise SoundError("No sound device could be opened here.")
        return device.opened(pull)

    def passes(self, ms: int) -> None:
        for _ in range(ms // 100):
            self.clock.at += 100
            self.sound.heartbeat(self.clock.at)

    def work(self) -> None:
        for each in self.waiting:
            each()
        self.waiting.clear()


def test_a_lost_device_is_reported_and_another_is_tried_every_5_seconds() -> None:
    first, second = FakeDevice(), FakeDevice()
    host = Plugs(first, None, None, second)
    host.sound.play(RINGING, 0, host.clock.at)
    assert loudest(first.turn()) > 0.05
    host.passes(5_000)
    assert host.sound.failed == LOST and len(host.waiting) == 1
    for _ in range(2):
        host.work()
        assert first.closed == 1 and host.sound.failed == LOST
        host.passes(4_900)
        assert host.waiting == []
        host.passes(100)
        assert len(host.waiting) == 1
    host.work()
    assert host.left == [] and second.closed == 0
    assert loudest(second.turn()) > 0.02, "the sound continues at the position of the session"
    assert loudest(first.turn()) == 0, "a lost device gets silence if it makes a request"
    host.passes(100)
    assert host.sound.failed is None
    host.sound.close()
    assert (first.closed, second.closed) == (1, 1)


def test_on_a_new_device_the_sound_is_at_the_position_of_the_session() -> None:
    first, second = FakeDevice(), FakeDevice()
    host = Plugs(first, second)
    host.sound.play(sheet((0, CueKind.START), (9_000, CueKind.START)), 0, host.clock.at)
    first.turn()
    host.passes(5_000)
    host.work()
    loud = []
    for _ in range(50):
        loud.append(loudest(second.turn()))
        host.passes(100)
    assert loud[:40] == [0] * 40 and loud[40] > 0.2


def test_on_a_new_device_no_chime_is_heard_without_its_beginning() -> None:
    first, second = FakeDevice(), FakeDevice()
    host = Plugs(first, second)
    host.sound.play(sheet((4_600, CueKind.START), (6_500, CueKind.START)), 0, host.clock.at)
    first.turn()
    host.passes(5_000)
    host.work()
    loud = []
    for _ in range(16):
        loud.append(loudest(second.turn()))
        host.passes(100)
    assert loud[:15] == [0] * 15 and loud[15] > 0.2


def test_only_one_search_for_a_device_runs_at_a_time() -> None:
    host = Plugs(FakeDevice())
    host.passes(30_000)
    assert len(host.waiting) == 1


def test_closing_during_a_search_leaves_no_device_open() -> None:
    first, second = FakeDevice(), FakeDevice()
    host = Plugs(first, second)
    host.passes(6_000)
    host.sound.close()
    host.work()
    assert (first.closed, second.closed) == (1, 1)
    assert host.sound.failed is None


def test_an_unexpected_error_in_the_search_ends_it_with_a_message(host: Host) -> None:
    plugs = Plugs(FakeDevice())  # the list is empty then, so the search raises an unexpected error
    plugs.passes(6_000)
    plugs.work()
    assert plugs.sound.failed == "The sound failed and stays off (IndexError)."


def test_the_search_for_a_device_runs_on_another_thread() -> None:
    clock, first, second = Clock(), FakeDevice(), FakeDevice()
    left, opened_on, done = [first, second], [], threading.Event()

    def opens(pull: Pull) -> Device:
        opened_on.append(threading.current_thread())
        if len(opened_on) == 2:
            done.set()
        return left.pop(0).opened(pull)

    sound = Sound(clock.now, opens)
    for _ in range(60):
        clock.at += 100
        sound.heartbeat(clock.at)
    assert done.wait(5)
    assert opened_on[0] is threading.main_thread() is not opened_on[1]
    sound.close()


def test_after_closing_no_call_does_anything(host: Host) -> None:
    host.sound.play(RINGING, 0, host.clock.at)
    host.turns(2)
    host.sound.close()
    host.sound.close()
    assert host.device.closed == 1
    host.sound.play(RINGING, 0, host.clock.at)
    host.sound.heartbeat(host.clock.at + 10_000)
    assert host.sound.failed is None


def test_a_device_that_fails_to_close_gives_a_message(host: Host) -> None:
    class Stuck(FakeDevice):
        def close(self) -> None:
            raise OSError("busy")

    sound = Sound(host.clock.now, Stuck().opened)
    sound.close()
    assert sound.failed == "The sound failed and stays off (OSError)."


def test_without_a_device_opening_raises_an_error() -> None:
    def none(pull: Pull) -> Device:
        raise SoundError("No sound device could be opened here.")

    with pytest.raises(SoundError, match="No sound device"):
        Sound(Clock().now, none)


@pytest.mark.parametrize("package", ["numpy", "miniaudio"])
def test_the_message_names_a_missing_package(
    monkeypatch: pytest.MonkeyPatch, package: str, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setenv("PATH", str(tmp_path))  # no program that takes sound either
    with pytest.raises(SoundError) as raised:
        open_sound(Clock().now)
    assert str(raised.value) == (
        f"There is no sound, since the package {package} is not installed here."
    )


def test_importing_audio_sound_loads_no_numpy_and_no_sound_library() -> None:
    script = (
        "import sys, audio.sound;"
        "print(sorted({'numpy', 'miniaudio', 'cffi', 'pydub', 'player'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"
