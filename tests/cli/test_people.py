"""`--person` means one known person. If it means nobody, the command says so."""

import json
from pathlib import Path

import pytest

from player.history.people import people, person_named
from player.history.store import open_store
from tests.commands import run
from tests.program import home_of

LONG = "x" * 41


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


def kept_in(home: dict[str, str]) -> Path:
    return Path(home["XDG_DATA_HOME"]) / "supple" / "history.db"


@pytest.fixture
def known(home: dict[str, str]) -> Path:
    """A history of two people without a session."""
    with open_store(kept_in(home)) as store:
        person_named(store, "Ana", 1)
        person_named(store, "Ben", 2)
    return kept_in(home)


def names(path: Path) -> list[str]:
    with open_store(path) as store:
        return [person.name for person in people(store)]


COMMANDS = (
    ("history",), ("history", "--json"), ("forget", "--yes"), ("forget",),
    ("play", "calf-stretch-short"), ("play", "calf-stretch-short", "--plain"),
)  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "A name needs a letter or a sign."),
        (" ", "A name needs a letter or a sign."),
        (LONG, "A name has at most 40 characters; this one has 41."),
        ("An\u200da", "`An\ufffda` holds an invisible character (U+200D); leave it out."),
    ],
)
def test_what_is_no_name_is_refused_by_every_command(
    home: dict[str, str], known: Path, words: tuple[str, ...], name: str, why: str
) -> None:
    done = run(*words, "--person", name, env=home, code=2)
    assert done.stdout == b""
    assert done.stderr.decode() == f"supple: {why} See `supple --help`.\n"
    assert names(known) == ["Ben", "Ana"], "nothing was erased or added"


@pytest.mark.parametrize("words", COMMANDS[:4])
def test_an_unknown_name_is_reported_with_the_known_ones(
    home: dict[str, str], known: Path, words: tuple[str, ...]
) -> None:
    done = run(*words, "--person", "Cleo", env=home, code=1)
    assert done.stdout == b""
    assert done.stderr.decode() == (
        "supple: Nobody called `Cleo` is known here. Known here: Ben, Ana.\n"
    )
    assert names(known) == ["Ben", "Ana"]


@pytest.mark.parametrize("words", COMMANDS[:4])
def test_where_nobody_has_played_yet_no_name_is_known(
    home: dict[str, str], words: tuple[str, ...]
) -> None:
    error = run(*words, "--person", "Ana", env=home, code=1).stderr.decode()
    assert error == "supple: Nobody called `Ana` is known here. Nobody has played yet.\n"
    assert not kept_in(home).exists(), "looking does not begin a history"


def test_one_person_is_forgotten_by_any_spelling_and_the_other_stays(
    home: dict[str, str], known: Path
) -> None:
    assert json.loads(run("history", "--json", "--person", "ANA", env=home).stdout) == []
    out = run("forget", "--yes", "--person", " ana", env=home).stdout
    assert out == b"Erased everything of Ana.\n"
    assert names(known) == ["Ben"]
