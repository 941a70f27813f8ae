"""Checking bytes the way the command does."""

from pathlib import Path

import pytest

from player.document.problem import Problem
from tests.routine.reading import opened


def check_bytes(data: bytes | str) -> list[Problem]:
    """All problems of a routine file of these bytes."""
    return opened(data).problems


def in_a_home_of_its_own(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nothing of the person who runs the tests is found."""
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.delenv("SUPPLE_PATH", raising=False)
