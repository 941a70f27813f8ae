"""Checks bytes as the command does."""

from pathlib import Path

import pytest

from player.document.problem import Problem
from tests.routine.reading import opened


def check_bytes(data: bytes | str) -> list[Problem]:
    """Return all problems of a routine file with these bytes."""
    return opened(data).problems


def in_a_home_of_its_own(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Hide the files of the person who runs the tests."""
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.delenv("SUPPLE_PATH", raising=False)
