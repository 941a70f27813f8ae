"""`supple forget` also erases saved speech, since it may be of texts that somebody wrote."""

from pathlib import Path

import numpy as np
import pytest

from audio.voices.cache import SpeechCache
from player.history.people import person_named
from player.history.store import open_store
from tests.commands import run
from tests.program import home_of


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


@pytest.fixture
def speech(home: dict[str, str]) -> Path:
    """The folder with two sentences."""
    folder = Path(home["XDG_CACHE_HOME"]) / "supple" / "voice"
    for text in ("Breathe out, Ana.", "Rest."):
        SpeechCache(folder).put(text, np.ones(100, np.float32))
    assert len(list(folder.iterdir())) == 2
    return folder


def add_ana(home: dict[str, str]) -> None:
    with open_store(Path(home["XDG_DATA_HOME"]) / "supple" / "history.db") as store:
        person_named(store, "Ana", 1)


def test_speech_goes_with_everything(home: dict[str, str], speech: Path) -> None:
    add_ana(home)
    assert run("forget", "--yes", env=home).stdout == b"Erased everything of everybody.\n"
    assert not speech.exists()
    assert run("forget", "--yes", env=home).stdout == b"Nothing was kept.\n"


def test_speech_goes_with_one_person(home: dict[str, str], speech: Path) -> None:
    """It does not say who wrote its text, and it is made again when somebody needs it."""
    add_ana(home)
    out = run("forget", "--yes", "--person", "Ana", env=home).stdout
    assert out == b"Erased everything of Ana.\n"
    assert not speech.exists()


def test_speech_goes_even_if_nobody_has_played(home: dict[str, str], speech: Path) -> None:
    assert run("forget", "--yes", env=home).stdout == b"Erased everything of everybody.\n"
    assert not speech.exists()


def test_speech_stays_if_nothing_is_confirmed(home: dict[str, str], speech: Path) -> None:
    run("forget", env=home, code=1)
    assert len(list(speech.iterdir())) == 2


def test_only_speech_is_erased(home: dict[str, str], speech: Path, tmp_path: Path) -> None:
    """A link is removed, and not what it points to. Other files there are somebody else's."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ana")
    (speech / ("0" * 64)).symlink_to(letter)
    (speech / "tmp0_unfinished").write_bytes(b"supple voice 1")
    (speech / "notes.txt").write_text("mine")
    run("forget", "--yes", env=home)
    assert letter.read_text() == "Dear Ana"
    assert [file.name for file in speech.iterdir()] == ["notes.txt"]


def test_speech_that_can_not_be_erased_is_reported(
    home: dict[str, str], speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_ana(home)

    def is_read_only(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    erases = Path.unlink
    monkeypatch.setattr(
        Path, "unlink",
        lambda path, missing_ok=False: (is_read_only if path.parent == speech else erases)(
            path, missing_ok
        ),
    )  # fmt: skip
    error = run("forget", "--yes", env=home, code=1).stderr.decode()
    assert error == (
        "supple: The answers and sessions are erased. "
        f"The saved speech in `{speech}` is not: permission denied.\n"
    )
    assert not (Path(home["XDG_DATA_HOME"]) / "supple" / "history.db").exists()
