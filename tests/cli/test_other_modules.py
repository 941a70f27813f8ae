"""A module on PYTHONPATH that has the name of one that supple needs."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.program import PROGRAM, ROOT, home_of


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


def shadowed(home: dict[str, str], name: str, text: str, *words: str) -> str:
    """Run a command with another module of this name on PYTHONPATH. Returns the sentence."""
    other = Path(home["HOME"], "other")
    file = other / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    env = {**home, "PYTHONPATH": os.pathsep.join((str(other), str(ROOT)))}
    done = subprocess.run(
        [*PROGRAM, *words], env=env, cwd=home["HOME"], capture_output=True, check=False
    )
    error = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b""), error
    assert error.startswith("supple: ") and error.count("\n") == 1, error
    assert str(file) in error
    return error


@pytest.mark.parametrize("text", ["", "x = 1\n", "raise ValueError('boo')\n", "def broken(\n"])
@pytest.mark.parametrize("name", ["yaml.py", "yaml/__init__.py"])
def test_another_yaml_on_the_path_is_named(home: dict[str, str], name: str, text: str) -> None:
    for words in (["list"], ["history"], ["show", "calf-stretch"], []):
        error = shadowed(home, name, text, *words)
        assert "The module `yaml` in" in error and "off PYTHONPATH" in error


@pytest.mark.parametrize("name", ["audio.py", "audio/__init__.py"])
@pytest.mark.parametrize("text", ["", "print('I run')\n", "raise ValueError('boo')\n"])
def test_another_audio_on_the_path_is_named_and_not_run(
    home: dict[str, str], name: str, text: str
) -> None:
    error = shadowed(home, name, text, "list")
    assert "The package `audio` in" in error and "off PYTHONPATH" in error


def test_another_module_that_a_command_needs_is_named(home: dict[str, str]) -> None:
    assert "`platformdirs`" in shadowed(home, "platformdirs.py", "x = 1\n", "history")
