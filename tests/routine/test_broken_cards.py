"""A card with a mistake is left out with its reason. It never ends a command, nor loses a limit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.library.folders import Library, open_library
from player.library.opening import open_routine
from player.routine.terms import SHIPPED
from tests.cases import cases
from tests.commands import run
from tests.program import home_of

CARD = """\
my-calf:
  name: {en: My calf, es: Mi gemelo}
  kind: static-stretch
  regions: [calf]
  position: support
  sides: one
  dose: 2 x 30s each side
  how:
    en:
      - Stand tall.
      - Lean in.
    es:
      - Ponte de pie.
      - Inclina el cuerpo.
  note: Slowly.
  avoid_if: [dvt_risk]
"""
GOOD = (
    CARD.replace("my-calf", "my-other")
    .replace("My calf", "My other")
    .replace("Mi gemelo", "Mi otro")
)
ROUTINE = "name: Mine\nsteps:\n  - my-calf\n"
OTHER = "name: Other\nsteps:\n  - my-other\n"


def library_of(folder: Path, card: str) -> Library:
    """Return a library with a card, a second one in a file of its own, and a routine for each."""
    (folder / "exercises").mkdir(exist_ok=True)
    (folder / "exercises" / "a.yaml").write_text(card, "utf-8")
    (folder / "exercises" / "b.yaml").write_text(GOOD, "utf-8")
    (folder / "mine.yaml").write_text(ROUTINE, "utf-8")
    (folder / "other.yaml").write_text(OTHER, "utf-8")
    return open_library([SHIPPED, folder])


def opens(library: Library, name: str) -> bool:
    """Return whether a routine of the library can be shown."""
    file = library.find(name)
    assert file is not None
    return open_routine(file, library.catalogue).routine is not None


def moved(card: str) -> Iterator[tuple[str, str]]:
    """Yield a card with one line moved out or in, by every number of spaces."""
    lines = card.split("\n")
    for at, line in enumerate(lines):
        for spaces in range(10):
            now = " " * spaces + line.lstrip()
            if line and now != line:
                yield f"{at + 1} by {spaces}", "\n".join([*lines[:at], now, *lines[at + 1 :]])


def test_a_card_with_lists_of_two_lengths_and_a_line_moved_out_is_reported(tmp_path: Path) -> None:
    library = library_of(tmp_path, CARD.replace("      - Inclina", "- Inclina"))
    (_, problem), *_ = library.problems
    assert Path(problem.path).name == "a.yaml"
    assert problem.line == 14
    assert problem.is_error


@cases("name, card", dict(moved(CARD)).items())
def test_no_card_with_a_moved_line_is_used_without_its_limits(
    name: str, card: str, tmp_path: Path
) -> None:
    library = library_of(tmp_path, card)
    entry = library.catalogue.find("my-calf")
    assert entry is None or entry.exercise.avoid_if == {"dvt_risk"}
    if entry is None:
        assert any(problem.is_error and problem.line for _, problem in library.problems)
    assert opens(library, "other"), "the other files are as they were"


# Name, the wanted text, the written text.
LOST = {
    "a limit that could not be read": ("  avoid_if: [dvt_risk]", "  avoid_if [dvt_risk]"),
    "a limit written twice": ("  note: Slowly.", "  avoid_if: [pad]"),
    "a limit moved out": ("  avoid_if:", "avoid_if:"),
    "a part with a limit behind it moved out": ("  how:", "how:"),
}


@cases("name", LOST)
def test_a_card_that_may_have_lost_a_limit_is_not_used(name: str, tmp_path: Path) -> None:
    right, wrong = LOST[name]
    assert right in CARD
    library = library_of(tmp_path, CARD.replace(right, wrong))
    assert library.catalogue.find("my-calf") is None
    assert library.catalogue.find("my-other") is not None
    assert not opens(library, "mine")
    assert opens(library, "other")


@pytest.mark.parametrize("words", [["list"], ["list", "--exercises"], ["show", "other"], ["check"]])
def test_every_command_goes_on_beside_a_broken_card(words: list[str], tmp_path: Path) -> None:
    library_of(tmp_path, CARD.replace("      - Inclina", "- Inclina"))
    home = home_of(tmp_path / "home", SUPPLE_PATH=str(tmp_path))
    (tmp_path / "home").mkdir()
    if words == ["check"]:
        words = ["check", str(tmp_path)]
    done = run(*words, env=home, code=int(words[0] == "check"))
    said = (done.stdout + done.stderr).decode()
    assert "wrong inside" not in said
    if words[0] != "show":
        assert "a.yaml:14" in said


def test_a_routine_without_its_card_is_refused_with_the_line_of_the_card(tmp_path: Path) -> None:
    library_of(tmp_path, CARD.replace("      - Inclina", "- Inclina"))
    (tmp_path / "home").mkdir()
    home = home_of(tmp_path / "home", SUPPLE_PATH=str(tmp_path))
    said = run("show", "mine", env=home, code=1).stderr.decode()
    assert "mine.yaml:3" in said
    assert "a.yaml:14" in said


def test_the_library_line_by_line_names_the_broken_card(tmp_path: Path) -> None:
    library_of(tmp_path, CARD.replace("      - Inclina", "- Inclina"))
    (tmp_path / "home").mkdir()
    home = home_of(tmp_path / "home", SUPPLE_PATH=str(tmp_path))
    assert "a.yaml:14" in run(env=home).stderr.decode()
