"""The folder of a file decides what the file is, whatever path leads to it."""

import os
import shutil
from pathlib import Path

import pytest

from player.routine.terms import SHIPPED
from tests.commands import run
from tests.program import home_of

ENTRY = """my-stretch:
  name: My stretch
  regions: [calf]
  kind: static-stretch
  position: stand
  sides: one
  dose: 30s each side
"""
NEW = ("new", "Evening calves", "--regions", "calf", "--equipment", "wall")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


@pytest.fixture
def entries(tmp_path: Path) -> Path:
    """A folder of exercises with one file."""
    folder = tmp_path / "mine" / "exercises"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(ENTRY)
    return folder


def ways(file: Path) -> list[tuple[Path, str]]:
    """Return ways to name a file: a working folder, and a path from there."""
    folder, name = file.parent, file.name
    return [
        (folder.parent, str(file)),
        (folder.parent, f"{folder.name}/{name}"),
        (folder.parent, f"./{folder.name}/../{folder.name}/{name}"),
        (folder.parent, folder.name),
        (folder.parent, "."),
        (folder, name),
        (folder, f"./{name}"),
        (folder, "."),
        (folder, f"../{folder.name}"),
        (folder, ".."),
    ]


@pytest.mark.parametrize("way", range(10))
@pytest.mark.parametrize("fix", [(), ("--fix",)])
def test_an_entry_is_judged_as_an_entry_from_every_folder(
    home: dict[str, str], entries: Path, way: int, fix: tuple[str, ...]
) -> None:
    place, path = ways(entries / "own.yaml")[way]
    assert run("check", "--strict", *fix, path, env=home, cwd=place).stdout == b""
    wrong = entries / "own.yaml"
    wrong.write_text(ENTRY.replace("stand", "stnad"))
    out = run("check", path, env=home, cwd=place, code=1).stdout.decode()
    assert out.count("error[") == 1 and "did you mean `stand`?" in out
    run("check", *fix, path, env=home, cwd=place, code=0 if fix else 1)
    assert ("position: stand\n" in wrong.read_text()) is bool(fix)


@pytest.mark.parametrize("name", ["exercises", "screening", "learn"])
def test_the_shipped_data_passes_from_within_its_folder(home: dict[str, str], name: str) -> None:
    done = run("check", "--strict", ".", env=home, cwd=SHIPPED / name)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_folder_of_exercises_is_one_too(home: dict[str, str], entries: Path) -> None:
    (entries.parent / "linked").symlink_to(entries, target_is_directory=True)
    assert run("check", "linked", env=home, cwd=entries.parent).stdout == b""


@pytest.mark.parametrize("folder", ["mine", "mine/exercises", "mine/exercises/more", "learn"])
@pytest.mark.parametrize("within", [True, False])
def test_what_new_writes_passes_check_wherever_it_is_written(
    home: dict[str, str], tmp_path: Path, entries: Path, folder: str, within: bool
) -> None:
    there = tmp_path / folder
    there.mkdir(exist_ok=True)
    words = NEW if within else (*NEW, "-o", f"{folder}/evening-calves.yaml")
    place = there if within else tmp_path
    done = run(*words, env=home, cwd=place, code=None)
    assert (done.returncode == 0) is (there != entries)
    assert list(there.glob("evening*")) == ([there / "evening-calves.yaml"] * (there != entries))
    run("check", "--strict", ".", env=home, cwd=there)
    if there == entries:
        assert done.stderr.decode() == (
            "supple: Nothing was written: a folder `exercises` holds exercises, and no routine in "
            "it is found. Name a file beside that folder with -o.\n"
        )
        run(*NEW, "-o", "../evening.yaml", env=home, cwd=there)


def test_new_writes_nothing_among_the_data_of_the_program(home: dict[str, str]) -> None:
    for name in ("exercises", "screening", "learn"):
        before = sorted((SHIPPED / name).iterdir())
        assert b"Nothing was written" in run(*NEW, env=home, cwd=SHIPPED / name, code=1).stderr
        assert sorted((SHIPPED / name).iterdir()) == before


def test_a_folder_for_routines_holds_routines_whatever_its_name(
    home: dict[str, str], tmp_path: Path, entries: Path
) -> None:
    found = {**home, "SUPPLE_PATH": str(entries)}
    shutil.rmtree(entries)
    entries.mkdir()
    run(*NEW, env=found, cwd=entries)
    assert run("check", "--strict", ".", env=found, cwd=entries).stdout == b""
    assert b"Evening calves" in run("list", env=found).stdout


def test_a_routine_among_the_exercises_is_told_where_it_belongs(
    home: dict[str, str], entries: Path
) -> None:
    (entries / "own.yaml").unlink()
    (entries / "r.yaml").write_text("name: R\nsteps:\n  - My stretch: 30s\n")
    out = run("check", ".", env=home, cwd=entries, code=1).stdout.decode()
    assert out.count("error[") == 1
    assert "r.yaml:2:1: error[E103]: this is a routine, and only exercises belong here" in out
    assert "a routine lies beside the folder `exercises`, not in it" in out


@pytest.mark.parametrize("command", ["show", "play", "export", "preview"])
@pytest.mark.parametrize("way", [0, 1, 5])
def test_exercises_are_not_taken_for_a_routine(
    home: dict[str, str], entries: Path, command: str, way: int
) -> None:
    place, path = ways(entries / "own.yaml")[way]
    error = run(command, path, env=home, cwd=place, code=1).stderr.decode()
    assert error.startswith(f"supple: `{path[:80]}` is for exercises, not for a routine.")
    assert len(error.splitlines()) == 1
