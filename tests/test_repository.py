"""The first steps of a person who has just cloned the repository."""

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

needs_make = pytest.mark.skipif(
    os.name == "nt" or shutil.which("make") is None, reason="Windows goes without make"
)


def repository_files() -> list[Path]:
    """Return every file that is or could be committed, relative to the root."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def make(
    folder: Path, *arguments: str, changes: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run make as from a new terminal, even if these tests run under make."""
    inherited = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "PYTHON", "ARGS"}
    environment = {key: value for key, value in os.environ.items() if key not in inherited}
    return subprocess.run(
        [shutil.which("make") or "make", *arguments],
        cwd=folder,
        env={**environment, **(changes or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bare_copy(tmp_path: Path) -> Path:
    """The files of the repository that `make setup` needs."""
    copy = tmp_path / "fresh copy"
    (copy / "tools").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "tools/setup.sh"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def fake_python(folder: Path, *, version: str, has_venv: bool = True) -> Path:
    """Write an interpreter that only reports its version and whether it has `venv`."""
    fake = folder / "a python3"
    fake.write_text(
        '#!/bin/sh\ncase "$2" in\n'
        f"*version_info*) echo {version} ;;\n"
        f"*venv*) exit {0 if has_venv else 1} ;;\n"
        "*) exit 9 ;;\nesac\n"
    )
    fake.chmod(0o755)
    return fake


def test_importing_player_costs_nothing() -> None:
    assert (ROOT / "player" / "__init__.py").read_bytes() == b""


def test_the_readme_begins_with_the_two_commands_to_start() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"^```\w*\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    assert first is not None
    assert first[1].splitlines() == ["make play", "make test"]


def test_the_top_folder_holds_only_the_expected_entries() -> None:
    habits = {"Makefile", "pyproject.toml", ".ci", ".github", ".editorconfig", ".gitignore"}
    words = {"README.md", "CHANGELOG.md", "LICENSE", "docs"}
    rooms = {"audio", "bench", "player", "routines", "tests", "tools"}
    assert {path.parts[0] for path in repository_files()} <= habits | words | rooms


def test_no_file_contains_a_path_of_a_developers_machine() -> None:
    machine_path = re.compile(rb"(?<![\w.~-])/(?:work|root)/\w")
    found = {
        f"{path}: {match[0].decode()}"
        for path in repository_files()
        for match in machine_path.finditer((ROOT / path).read_bytes())
    }
    assert not found


def test_no_two_public_classes_have_one_name() -> None:
    names = Counter(
        node.name
        for room in ("player", "audio")
        for file in (ROOT / room).rglob("*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert len(names) > 100
    assert not [name for name, count in names.items() if count > 1]


@needs_make
def test_make_without_a_target_lists_the_targets() -> None:
    said = make(ROOT).stdout
    for habit in ("play", "test", "proof", "soak", "check", "bench"):
        assert f"make {habit} " in said


@needs_make
@pytest.mark.parametrize("version", ["2.7.18", "3.6.15", "3.9.2", "3.10.13"])
def test_with_an_old_python_setup_names_the_version_it_needs(
    bare_copy: Path, tmp_path: Path, version: str
) -> None:
    needed = PROJECT["requires-python"].removeprefix(">=")
    old = fake_python(tmp_path, version=version)
    result = make(bare_copy, f"PYTHON={old}", "play")
    assert result.returncode != 0
    assert f"supple needs Python {needed} or newer; this one ({old}) is {version}." in result.stderr
    assert "Traceback" not in result.stderr
    assert not (bare_copy / ".venv").exists()


@needs_make
def test_without_venv_setup_says_what_to_install(bare_copy: Path, tmp_path: Path) -> None:
    bare = fake_python(tmp_path, version="3.12.3", has_venv=False)
    result = make(bare_copy, f"PYTHON={bare}", "play")
    assert result.returncode != 0
    assert "supple needs Python's venv module" in result.stderr
    assert "sudo apt install python3.12-venv" in result.stderr


@needs_make
def test_without_python_setup_says_so(bare_copy: Path, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "cksum", "cut", "dirname", "uname"):
        (tools / name).symlink_to(shutil.which(name) or name)
    result = make(bare_copy, "play", changes={"PATH": str(tools)})
    assert result.returncode != 0
    assert "no Python was found" in result.stderr


@pytest.mark.proof
@needs_make
def test_a_fresh_copy_can_be_set_up_and_works_after_it_is_moved(tmp_path: Path) -> None:
    fresh, moved = tmp_path / "fresh copy", tmp_path / "moved"
    for path in repository_files():
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, fresh / path)

    first = make(fresh, "play", "ARGS=--version")
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[0].startswith("Setting up")
    assert PROJECT["version"] in first.stdout.splitlines()[1]
    again = make(fresh, "play", "ARGS=--version")
    assert again.stdout.splitlines() == first.stdout.splitlines()[1:]

    shutil.move(fresh, moved)
    after = make(moved, "play", "ARGS=--version")
    assert after.returncode == 0, after.stderr
    assert after.stdout == first.stdout


@pytest.mark.proof
@pytest.mark.skipif(find_spec("pip") is None, reason="an environment made by uv has no pip")
def test_the_wheel_contains_everything_that_ships(tmp_path: Path) -> None:
    shipped = {path.as_posix() for path in repository_files()}
    shipped = {name for name in shipped if name.startswith(("player/", "audio/", "routines/"))}
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", str(ROOT)]
    subprocess.run(build, cwd=tmp_path, check=True)
    (wheel,) = tmp_path.glob("supple-*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert inside == shipped


ROOMS = sorted(folder.name for folder in (ROOT / "player").iterdir() if folder.is_dir())


def doors_of(room: str) -> list[str]:
    """Return the doors that the docstring of a room names."""
    docstring = importlib.import_module(f"player.{room}").__doc__ or ""
    return re.findall(r"`([\w.]+)`", docstring.partition("Doors:")[2])


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "__pycache__"])
def test_a_room_has_the_doors_that_its_docstring_and_the_house_name(room: str) -> None:
    doors = doors_of(room)
    assert doors
    for door in doors:
        module, _, name = f"player.{room}.{door}".rpartition(".")
        assert hasattr(importlib.import_module(module), name) or find_spec(f"{module}.{name}")
    house = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    assert f"| {', '.join(f'`{door}`' for door in doors)} |" in house
