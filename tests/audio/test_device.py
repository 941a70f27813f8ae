"""The real miniaudio, on its silent device and on a machine without a device."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from audio.cue import CueKind
from audio.device import PERIOD_MS, open_device
from audio.frames import frame_of
from audio.sound import Sound
from tests.audio.fakes import Clock, sheet

pytest.importorskip("miniaudio")  # some machines have no wheel for it
ROOT = Path(__file__).resolve().parents[2]


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_device_asks_for_frames_until_it_is_closed() -> None:
    asked: list[int] = []
    enough = threading.Event()

    def pull(count: int) -> bytes:
        asked.append(count)
        if len(asked) >= 3:
            enough.set()
        return bytes(count * 4)

    device = open_device(pull, null=True)
    assert enough.wait(30)
    device.close()
    turns = len(asked)
    assert turns >= 3
    assert set(asked) == {frame_of(PERIOD_MS)}
    assert not threading.Event().wait(0.25)
    assert len(asked) == turns


def test_a_session_plays_on_a_device() -> None:
    clock, turns = Clock(), threading.Semaphore(0)

    def now() -> int:
        turns.release()
        return clock.at

    sound = Sound(now, lambda pull: open_device(pull, null=True))
    sound.play(sheet((0, CueKind.START)), 0, clock.at)
    assert all(turns.acquire(timeout=30) for _ in range(4))
    sound.close()
    assert sound.failed is None


def test_a_program_that_forgets_to_close_still_ends() -> None:
    result = run(
        "from audio.device import open_device\n"
        "from audio.sound import Sound\n"
        "sound = Sound(lambda: 0, lambda pull: open_device(pull, null=True))\n"
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.skipif(sys.platform != "linux", reason="only there all devices can be hidden")
def test_without_a_device_the_message_is_plain_and_nothing_else_is_printed(tmp_path: Path) -> None:
    config = tmp_path / "asound.conf"
    config.write_text("")
    result = run(
        "import os\n"
        "from audio.sound import SoundError, open_sound\n"
        "try:\n"
        "    open_sound(lambda: 0)\n"
        "except SoundError as error:\n"
        "    print(error)\n"
        "os.write(2, b'open again')\n",
        ALSA_CONFIG_PATH=str(config),
        PULSE_SERVER=f"unix:{tmp_path}/none",
        XDG_RUNTIME_DIR=str(tmp_path),
        JACK_NO_START_SERVER="1",
    )
    assert result.stdout.startswith("No sound device could be opened here (")
    assert result.stdout.endswith(").\n")
    assert result.stderr == "open again"
