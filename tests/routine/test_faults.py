"""A fault of the program itself in one part of a file loses that part, and no other file."""

import os
from functools import cached_property
from pathlib import Path

import pytest

from player.check.playable import open_to_play
from player.document.problem import Problems
from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import open_document, open_routine
from player.routine.catalogue import Catalogue
from player.routine.entries import read_entries
from player.routine.terms import SHIPPED, ScreeningMissing, Terms

CARD = """\
my-{0}:
  name: My {0}
  kind: static-stretch
  regions: [calf]
  position: support
  sides: one
  dose: 30s
{1}
"""
CARDS = CARD.format("one", "  avoid_if: [dvt_risk]") + CARD.format("two", "  note: Slowly.")
ROUTINE = """\
name: Mine
steps:
  - name: My calf
    kind: static-stretch
    regions: calf
    position: support
    hold: 30s
  - name: My thigh
    kind: static-stretch
    regions: quad
    position: support
    hold: 30s
    avoid_if: [dvt_risk]
"""


class FaultyTerms(Terms):
    """Terms with a fault where conditions are looked up."""

    @cached_property
    def conditions(self) -> frozenset[str]:
        raise ZeroDivisionError


@pytest.fixture(autouse=True)
def no_debugging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUPPLE_DEBUG", raising=False)


def faulty() -> Catalogue:
    return Catalogue(FaultyTerms(SHIPPED / "screening"))


def reported(problems: Problems) -> list[tuple[str, int]]:
    assert all(problem.help for problem in problems.found if problem.is_error)
    return [(problem.code, problem.line) for problem in problems.found if problem.is_error]


def test_a_fault_in_one_card_loses_that_card_only() -> None:
    document = read_bytes(CARDS.encode(), "own.yaml")
    entries = read_entries(document.root, faulty(), document.problems)
    assert [entry.exercise.id for entry in entries] == ["my-two"]
    assert reported(document.problems) == [("E502", 1)]


def test_a_fault_in_one_step_is_reported_at_its_line_and_nothing_plays(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(ROUTINE)
    for found in (open_routine(file, faulty()), open_to_play(file, faulty())):
        assert found.routine is None
        assert reported(found.document.problems) == [("E502", 8)]


def test_a_file_that_can_not_be_looked_at_is_reported_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "a.yaml").write_text(CARDS)
    (tmp_path / "exercises" / "b.yaml").write_text(CARD.format("three", "  note: Slowly."))
    look = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "a.yaml":
            raise PermissionError(13, "Permission denied")
        return look(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    library = open_library([tmp_path])
    assert list(library.catalogue.ids) == ["my-three"]
    ((_, problem),) = library.problems
    assert (Path(problem.path).name, problem.code) == ("a.yaml", "E001")


def test_screening_data_that_is_missing_still_stops_everything(tmp_path: Path) -> None:
    catalogue = Catalogue(Terms(tmp_path / "nowhere"))
    with pytest.raises(ScreeningMissing):
        open_document(read_bytes(ROUTINE.encode(), "mine.yaml"), catalogue)


def test_a_maker_sees_the_exception_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPLE_DEBUG", "1")
    document = read_bytes(CARDS.encode(), "own.yaml")
    with pytest.raises(ZeroDivisionError):
        read_entries(document.root, faulty(), document.problems)
