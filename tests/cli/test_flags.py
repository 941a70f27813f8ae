"""Each flag that a command accepts has an effect, is refused, or is reported to have none."""

import argparse
import wave
from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path
from typing import NamedTuple

import pytest

from player.cli.common import WrongUse
from player.cli.parser import COMMANDS, parser
from player.cli.playing import notes_on_flags
from player.history.people import person_named
from player.history.store import open_store
from tests.commands import run
from tests.program import home_of

ROUTINE = """name: Ranges
steps:
  - march-seated: 30-40s
  - My own stretch: 30s
  - rest: 20
  - {name: A, hold: 60s, sets: 5, kind: static-stretch, regions: [calf], position: chair}
  - {name: B, hold: 20s, kind: static-stretch, regions: [quad], position: chair}
"""
"""It has ranges, a warning, information from two rules, and something to fix."""
SHORT = "name: Short\nsteps:\n  - My own: 1-2s\n"


class Uses(NamedTuple):
    """How a command is used: its words, and further flags with their values."""

    words: tuple[str, ...]
    flags: tuple[tuple[str, ...], ...]


USES = (
    Uses(("list",), (("--json",), ("--exercises",), ("--conditions",))),
    Uses(("show", "r.yaml"), (("--json",), ("--pick", "high"))),
    Uses(("show", "calf-wall-straight"), (("--json",), ("--pick", "high"))),
    Uses(("learn",), ()),
    Uses(("doctor",), ()),
    Uses(
        ("new", "New one", "--regions", "calf", "--equipment", "wall", "ball"),
        (("--minutes", "12"), ("--kind", "mixed"), ("--level", "gentle"), ("-o", "n.yaml")),
    ),
    Uses(("new", "New one"), (("--regions", "calf"),)),
    Uses(("new", "New one", "--regions", "calf"), (("--equipment", "wall"),)),
    Uses(("preview", "r.yaml"), ()),
    Uses(
        ("check", "r.yaml"),
        (
            ("--format", "json"), ("--strict",), ("--fix",), ("--explain", "E301"), ("--info",),
            ("--raise", "L05"),
        ),
    ),
    Uses(("schema",), (("--exercises",), ("-o", "s.json"))),
    Uses(("screen", "r.yaml", "--answers", "a.json"), (("--json",),)),
    Uses(("screen", "r.yaml"), (("--answers", "a.json"),)),
    Uses(("history",), (("--person", "Ana"), ("--json",))),
    Uses(("forget",), (("--yes",),)),
    Uses(("forget", "--yes"), (("--person", "Ana"),)),
    Uses(
        ("export", "s.yaml", "--no-voice"),
        (("-o", "x.wav"), ("--format", "wav"), ("--background", "there.wav"), ("--pick", "high")),
    ),
    Uses(("export", "s.yaml", "--no-voice", "-o", "there.wav"), (("--overwrite",),)),
)  # fmt: skip
TRIED_ELSEWHERE = {"play": {"--plain"}, "export": {"--no-voice"}}
"""`tests.proof` and `tests.play.test_recording` try the flags that need a terminal or are slow."""
NEEDS_NOTHING = {
    ("export", "--format"): "it names the default format",
    ("check", "--raise", "--strict"): "with --raise, the check fails already",
}
"""Flags that change nothing by themselves or after another flag, and why that is right."""


class Result(NamedTuple):
    code: int
    stdout: bytes
    stderr: bytes
    files: dict[str, bytes]


class Lab:
    """Runs each command in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        with wave.open(str(folder / "there.wav"), "wb") as sound:
            sound.setparams((1, 2, 8_000, 0, "NONE", ""))
            sound.writeframes(b"\x00\x10\x00\xf0" * 8_000)
        self.sound = (folder / "there.wav").read_bytes()
        self.known: dict[tuple[str, ...], Result] = {}

    def result(self, words: tuple[str, ...]) -> Result:
        if words not in self.known:
            self.known[words] = self._run(words)
        return self.known[words]

    def _run(self, words: tuple[str, ...]) -> Result:
        self.number += 1
        home = self.folder / str(self.number)
        home.mkdir()
        (home / "r.yaml").write_text(ROUTINE)
        (home / "a.json").write_text("{}")
        (home / "s.yaml").write_text(SHORT)
        (home / "there.wav").write_bytes(self.sound)
        env = home_of(home)
        database = home / "data" / "supple" / "history.db"
        with open_store(database) as store:
            for name in ("Ana", "Ben"):
                who = person_named(store, name, 1).id
                store.execute(
                    "INSERT INTO session (person, routine, name, path, pick, started, state,"
                    f" total_ms) VALUES ({who}, 'r', 'R', 'r', 'low', 1, 'partial', 1)"
                )
            store.execute("PRAGMA journal_mode = DELETE")
        done = run(*words, env=env, code=None, cwd=home)
        files = {
            str(path.relative_to(home)): path.read_bytes() if path != database else b""
            for path in sorted(home.rglob("*"))
            if path.is_file() and not path.name.startswith("history.db-")
        }
        kept = _people(database) if database.exists() else b""
        number = str(home).encode()
        return Result(
            done.returncode,
            done.stdout.replace(number, b"HOME"),
            done.stderr.replace(number, b"HOME"),
            files | {"people": kept},
        )


def _people(database: Path) -> bytes:
    with open_store(database) as store:
        return repr(store.execute("SELECT name FROM person").fetchall()).encode()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return Lab(tmp_path_factory.mktemp("flags"))


def flags_of(command: str) -> Iterator[str]:
    """Yield every flag of a command, by the name that the cases use."""
    (subparsers,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    for action in subparsers.choices[command]._actions:
        if action.option_strings and "--help" not in action.option_strings:
            yield action.option_strings[0]


def test_every_flag_is_tried() -> None:
    for command in COMMANDS:
        tried = {flag for use in USES if use.words[0] == command for flag, *_ in use.flags}
        tried |= TRIED_ELSEWHERE.get(command, set()) | (set(PLAY) if command == "play" else set())
        assert set(flags_of(command)) == tried, command


@pytest.mark.parametrize("use", USES, ids=lambda use: " ".join(use.words))
def test_a_flag_changes_what_a_command_does_or_is_refused(lab: Lab, use: Uses) -> None:
    """Each flag must also have an effect after any other flag, which might replace it."""
    command = use.words[0]
    for flag in use.flags:
        if (command, flag[0]) not in NEEDS_NOTHING:
            assert lab.result(use.words + flag) != lab.result(use.words), flag
    for other, flag in permutations(use.flags, 2):
        allowed = {(command, flag[0]), (command, other[0], flag[0])} & NEEDS_NOTHING.keys()
        with_both = lab.result(use.words + other + flag)
        if not allowed and with_both.code != 2:
            assert with_both != lab.result(use.words + other), (other, flag)


PLAY = {
    "--mute": (), "--no-voice": (), "--background": ("b.mp3",), "--bell": (), "--person": ("Ana",),
    "--hands-free": (), "--emergency": ("112",), "--pick": ("high",),
}  # fmt: skip
SILENT = {"--mute", "--no-voice", "--background"}
"""The flags about sound. A session in plain mode has no sound."""


@pytest.mark.parametrize("flags", [set(some) for n in (1, 2) for some in combinations(PLAY, n)])
def test_a_flag_of_play_that_would_change_nothing_is_told_or_refused(flags: set[str]) -> None:
    words = [word for flag in sorted(flags) for word in (flag, *PLAY[flag])]
    if flags == {"--mute", "--bell"}:
        with pytest.raises(WrongUse, match="not allowed with"):
            parser().parse_args(["play", "r", *words])
        return
    args = parser().parse_args(["play", "r", *words])
    assert len(notes_on_flags(args, by_line=True)) == len(flags & SILENT)
    if "--bell" in flags:
        with pytest.raises(WrongUse, match="add --plain"):
            notes_on_flags(args, by_line=False)
    else:
        assert notes_on_flags(args, by_line=False) == []
