"""Playing through a program of the system, with a fake program for each."""

import os
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from audio.cue import CueKind
from audio.device import SoundError
from audio.frames import BYTES_A_FRAME, frame_of
from audio.pipe import PROGRAMS, open_pipe
from audio.sound import Sound, open_sound
from audio.tones import chimes
from tests.audio.fakes import amplitudes, sheet
from tests.program import in_python

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are scripts")

TAKES = in_python("""import os, sys, time
open("{folder}/words", "w").write(" ".join(sys.argv))
open("{folder}/pid", "w").write(str(os.getpid()))
with open("{folder}/heard", "wb") as heard:
    while data := sys.stdin.buffer.read(19200):
        heard.write(data)
        heard.flush()
        time.sleep(0.1)
""")
TAKES_AHEAD = TAKES.replace(
    "    while data", "    heard.write(sys.stdin.buffer.read(115200))\n    while data"
)
ENDS = "#!/bin/sh\nexit 1\n"
ENDS_SLOWLY = "#!/bin/sh\n/bin/sleep 1\nexit 1\n"
ENDS_LATER = in_python("""import os, sys, time
sys.stdin.buffer.read(57600)
while not os.path.exists("{folder}/end"):
    time.sleep(0.01)
""")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is the whole PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def put(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(script.replace("{folder}", str(folder.parent)))
    program.chmod(0o755)


def wait_for(file: Path, size: int = 1) -> bytes:
    deadline = time.monotonic() + 20
    while not file.exists() or file.stat().st_size < size:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return file.read_bytes()


def silence(count: int) -> bytes:
    return bytes(count * BYTES_A_FRAME)


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_gets_the_rate_and_format_and_is_killed_on_close(
    programs: Path, tmp_path: Path, name: str
) -> None:
    put(programs, name, TAKES)
    pipe = open_pipe(silence)
    wait_for(tmp_path / "heard", 100_000)
    words = (tmp_path / "words").read_text()
    assert words.startswith(f"{programs / name} ") and "48000" in words and "16" in words
    pipe.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize("ends", [ENDS, ENDS_SLOWLY])
def test_a_program_that_takes_no_sound_is_skipped(
    programs: Path, tmp_path: Path, ends: str
) -> None:
    put(programs, "pw-cat", ends)
    put(programs, "paplay", "no program at all")
    put(programs, "aplay", TAKES)
    pipe = open_pipe(silence)
    wait_for(tmp_path / "heard", 1)
    pipe.close()
    assert "aplay" in (tmp_path / "words").read_text()


def test_if_no_program_takes_sound_the_message_names_those_that_were_tried(programs: Path) -> None:
    with pytest.raises(SoundError, match="there is none of pw-cat, paplay, aplay"):
        open_pipe(silence)
    put(programs, "aplay", ENDS)
    with pytest.raises(SoundError, match=r"none of these took any: aplay\)\.$"):
        open_pipe(silence)


def test_without_miniaudio_a_session_plays_through_a_program(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(programs, "aplay", TAKES)
    monkeypatch.setitem(sys.modules, "miniaudio", None)

    def now() -> int:
        return time.monotonic_ns() // 1_000_000

    sound = open_sound(now)
    assert isinstance(sound, Sound)
    sound.play(sheet((0, CueKind.START)), 0, now())
    chime = chimes()[CueKind.START]
    deadline = time.monotonic() + 20
    found = 0
    while not found and time.monotonic() < deadline:
        heard = amplitudes(wait_for(tmp_path / "heard", 19_200))
        found = int(np.flatnonzero(heard)[0]) if heard.any() else 0
        found = found if len(heard) >= found + frame_of(200) else 0
        sound.heartbeat(now())
        time.sleep(0.05)
    sound.close()
    assert sound.failed is None
    begin = heard[found : found + frame_of(100)]
    assert np.abs(begin - chime[: len(begin)]).max() < 1e-3


def test_a_chime_is_whole_after_a_jump_on_a_program_that_is_far_ahead(
    programs: Path, tmp_path: Path
) -> None:
    """The program takes 600 ms more than it plays. The session jumps once the chime has begun."""
    put(programs, "aplay", TAKES_AHEAD)

    def now() -> int:
        return time.monotonic_ns() // 1_000_000

    sound = Sound(now, open_pipe)
    cues = sheet((1_000, CueKind.START), (60_000, CueKind.END))
    sound.play(cues, 0, now())
    chime = chimes()[CueKind.START]
    deadline = time.monotonic() + 20
    heard, jumped, whole = b"", False, False
    while not whole and time.monotonic() < deadline:
        heard = wait_for(tmp_path / "heard", 19_200)
        began = amplitudes(heard[: len(heard) // 4 * 4])
        if began.any() and not jumped:
            sound.play(cues, 30_000, now())
            jumped = True
        whole = len(np.trim_zeros(began, "f")) > len(chime) + frame_of(100)
        sound.heartbeat(now())
        time.sleep(0.02)
    sound.close()
    assert whole and jumped and sound.failed is None
    first = int(np.flatnonzero(began)[0])
    assert np.abs(began[first : first + len(chime)] - chime).max() < 1e-3
    assert not began[first + len(chime) :].any()


def test_a_program_that_ends_later_only_requests_no_more_frames(
    programs: Path, tmp_path: Path
) -> None:
    put(programs, "aplay", ENDS_LATER)
    turns = []

    def count(frames: int) -> bytes:
        turns.append(frames)
        return silence(frames)

    pipe = open_pipe(count)
    (tmp_path / "end").touch()
    (feeds,) = (thread for thread in threading.enumerate() if thread.name == "sound pipe")
    feeds.join(20)  # it takes a moment, or twenty seconds on the slowest machine
    assert not feeds.is_alive() and 0 < len(turns) <= 12
    pipe.close()
    pipe.close()
