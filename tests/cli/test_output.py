"""What a command does when its streams are closed or full."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import SUPPLE, needs_full, needs_posix, sentence, shell
from tests.commands import run
from tests.program import home_of

ROUTINE = "name: Mine\nsteps:\n  - calf-wall-straight: 30s\n"
PRINTS = ("--help", "play --help", "--version", "list", "list --json", "show calf-stretch",
          "history", "learn", "schema", "check missing.yaml", "")  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


@needs_posix
@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_output_ends_every_command_with_1_and_a_sentence(
    home: dict[str, str], unbuffered: str
) -> None:
    env = {**home, "PYTHONUNBUFFERED": unbuffered}
    for words in PRINTS:
        error = sentence(f"{SUPPLE} {words} > /dev/full", env, code=1)
        assert error == (
            "The output can't be written, because its disk or device is full. "
            "Make room there, or print to another place."
        ), words


@needs_posix
def test_a_closed_output_ends_every_command_with_1_and_a_sentence(home: dict[str, str]) -> None:
    for words in PRINTS:
        error = sentence(f"{SUPPLE} {words} >&-", home, code=1)
        assert error == (
            "The output is closed, so nothing can be printed. Give it a terminal or a file."
        ), words


@needs_posix
def test_a_command_that_prints_nothing_needs_no_output(home: dict[str, str]) -> None:
    Path(home["HOME"], "mine.yaml").write_text(ROUTINE)
    assert shell(f"{SUPPLE} check mine.yaml >&-", home) == (b"", "")


@needs_posix
@needs_full
def test_a_sound_file_is_not_written_if_its_warnings_can_not_be_printed(
    home: dict[str, str],
) -> None:
    error = sentence(f"{SUPPLE} export calf-stretch --no-voice > /dev/full", home, code=1)
    assert "is full" in error
    assert not list(Path(home["HOME"]).glob("*.wav"))


@needs_posix
@needs_full
@pytest.mark.parametrize("end", ["2>&-", "2> /dev/full"])
def test_a_closed_or_full_stderr_changes_neither_the_output_nor_the_code(
    home: dict[str, str], end: str
) -> None:
    (Path(home["HOME"]) / "broken.yaml").write_text("name: B\nsteps: 3\n")
    env = {**home, "SUPPLE_PATH": home["HOME"]}
    expected = run("list", "--json", env=env).stdout
    assert shell(f"{SUPPLE} list --json {end}", env) == (expected, "")
    assert shell(f"{SUPPLE} nonsense {end}", env, code=2) == (b"", "")


@needs_posix
def test_a_closed_input_is_no_answer(home: dict[str, str]) -> None:
    for words in ("forget", "play calf-stretch", "play calf-stretch --plain"):
        assert sentence(f"{SUPPLE} {words} <&-", home)


@needs_posix
def test_no_file_of_the_program_takes_the_number_of_a_closed_stream(home: dict[str, str]) -> None:
    """Otherwise a stray line would be written into it."""
    script = (
        "import os, sys\nfrom player.base.streams import watch_streams\n"
        "watch_streams()\nsys.exit(os.open(os.devnull, os.O_RDONLY))\n"
    )
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" <&- >&- 2>&-', sys.executable, script],
        env=home, cwd=home["HOME"], check=False,
    )  # fmt: skip
    assert done.returncode > 2
