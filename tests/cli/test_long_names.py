"""Names that the system refuses, and a home folder that nobody has."""

import os
from pathlib import Path

import pytest

from tests.commands import run
from tests.program import home_of

LONG = "a" * 300


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


@pytest.mark.parametrize("words", [[], ["list"], ["doctor"], ["show", "calf-stretch"]])
def test_a_home_folder_that_nobody_has_is_named(home: dict[str, str], words: list[str]) -> None:
    env = {**home, "SUPPLE_PATH": f"{home['HOME']}{os.pathsep}~no-such-user-here/x"}
    done = run(*words, env=env, code=1)
    assert done.stderr.decode() == (
        "supple: SUPPLE_PATH names `~no-such-user-here/x`, but this system knows no home folder "
        "for `~no-such-user-here`. Write the whole path of the folder.\n"
    )
    assert done.stdout == b""


@pytest.mark.parametrize(
    "words",
    [
        ["show", LONG],
        ["show", f"{LONG}.yaml"],
        ["play", LONG],
        ["preview", f"{LONG}.yaml"],
        ["new", "N", "--regions", "calf", "--equipment", "wall", "-o", f"{LONG}.yaml"],
        ["schema", "-o", f"{LONG}.json"],
        ["screen", "calf-stretch", "--answers", f"{LONG}.json"],
        ["play", "calf-stretch", "--background", f"{LONG}.mp3"],
        ["export", "calf-stretch", "--no-voice", "-o", f"{LONG}.wav"],
        ["show", f"{LONG}/{LONG}/x.yaml"],
    ],
    ids=lambda words: words[0],
)
def test_a_name_that_is_too_long_is_reported_in_a_sentence(
    home: dict[str, str], words: list[str]
) -> None:
    error = run(*words, env=home, code=1).stderr.decode()
    assert "too long" in error and "inside supple" not in error


def test_a_name_that_is_too_long_hides_no_other_file(home: dict[str, str]) -> None:
    Path(home["HOME"], "broken.yaml").write_text("name: B\nsteps: 3\n")
    out = run("check", f"{LONG}.yaml", "broken.yaml", env=home, code=1).stdout.decode()
    assert "file name too long" in out and "broken.yaml:2" in out
    env = {**home, "SUPPLE_PATH": f"{home['HOME']}/{LONG}"}
    assert b"calf-stretch" in run("list", env=env).stdout
