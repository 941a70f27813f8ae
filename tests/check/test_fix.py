"""`check --fix`: what it fixes, what it leaves alone, and that nothing else changes."""

import json
import os
import stat
from pathlib import Path

import pytest

from player.check.fix import fix_bytes, fix_paths
from player.check.replacing import NotReplaced, replace_file
from player.check.spelling import meant
from player.library.folders import open_library
from player.routine.terms import SHIPPED
from tests.cases import cases
from tests.commands import run
from tests.program import home_of
from tests.routine.reading import opened, shipped

HEAD = "name: A\nsteps:\n"
FILE = Path("test.yaml")


def steps(text: str) -> str:
    return HEAD + "".join(f"  {line}\n" for line in text.split("\n")).replace("  \t", "\t")


MENDED = [
    # units
    ("- rest: 20\n- quad-stand: 30s", "- rest: 20s\n- quad-stand: 30s"),
    ("- quad-stand: 2 x 30s rest 10", "- quad-stand: 2 x 30s rest 10s"),
    ('- quad-stand: "2 x 30s rest 10"', '- quad-stand: "2 x 30s rest 10s"'),
    ("- use: quad-stand\n  hold: 20-30  # or so", "- use: quad-stand\n  hold: 20-30s  # or so"),
    ("- quad-stand: 30 seconds", "- quad-stand: 30 s"),
    ("- quad-stand: 1 minute 30 seconds", "- quad-stand: 1 m 30 s"),
    ("- rest: 2 mins\n- quad-stand: 30s", "- rest: 2 m\n- quad-stand: 30s"),
    ("- quad-stand: 30s each sides", "- quad-stand: 30s each side"),
    ("- quad-stand: 3*30s", "- quad-stand: 3x30s"),
    ("- quad-stand: 3 * 12 reps", "- quad-stand: 3 x 12 reps"),
    # words
    ("- use: quad-stand\n  hodl: 30", "- use: quad-stand\n  hold: 30s"),
    ("- use: quad-stand\n  Hold: 30s", "- use: quad-stand\n  hold: 30s"),
    ("- calf-wal-straight: 30s", "- calf-wall-straight: 30s"),
    ("- use: 'calf-wal-straight'", "- use: 'calf-wall-straight'"),
    ("- rset: 20s\n- quad-stand: 30s", "- rest: 20s\n- quad-stand: 30s"),
    ("- quad-stand: 30s\n  avoid_if: [hart]", "- quad-stand: 30s\n  avoid_if: [heart]"),
    ("- quad-stand: 30s\n  equipment: [walll]", "- quad-stand: 30s\n  equipment: [wall]"),
    ("- quad-stand: 30s\n  variant: easyer", "- quad-stand: 30s\n  variant: easier"),
    # quotes
    ("- quad-stand: 30s\n  note: In: slow", '- quad-stand: 30s\n  note: "In: slow"'),
    ('- quad-stand: 30s\n  note: Say "in": slow', "- quad-stand: 30s\n  note: 'Say \"in\": slow'"),
    ("- quad-stand: 30s\n  note: @home", '- quad-stand: 30s\n  note: "@home"'),
    ("- quad-stand: 30s\n  note: *calm*", '- quad-stand: 30s\n  note: "*calm*"'),
    ("- quad-stand: 30s\n  note: !slow", '- quad-stand: 30s\n  note: "!slow"'),
    ("- quad-stand: 30s\n  note: 'don't'", '- quad-stand: 30s\n  note: "don\'t"'),
    ('- quad-stand: 30s\n  note: "slow', '- quad-stand: 30s\n  note: "slow"'),
    ("- quad-stand: 30s\n  note: Press 3 # not 4", '- quad-stand: 30s\n  note: "Press 3 # not 4"'),
    ("- Calf #2: 30s", '- "Calf #2": 30s'),
    ("- Calf roll #2: 30s", '- "Calf roll #2": 30s'),
    # punctuation
    ("- use: quad-stand\n  hold:30s", "- use: quad-stand\n  hold: 30s"),
    ("- use: quad-stand\n  hold 30s", "- use: quad-stand\n  hold: 30s"),
    ("-rest: 20s\n- quad-stand: 30s", "- rest: 20s\n- quad-stand: 30s"),
    ("-quad-stand: 30s\n-rest: 3s", "- quad-stand: 30s\n- rest: 3s"),
    ("- {use: quad-stand, hold: 30s", "- {use: quad-stand, hold: 30s}"),
    ("- quad-stand: 30s\n  regions: [calf\n- rest: 3s", "- quad-stand: 30s\n  regions: [calf]\n"
     "- rest: 3s"),
    ("- quad-stand: 30s\n\tnote: slow", "- quad-stand: 30s\n  note: slow"),
]  # fmt: skip


@cases(("wrong", "right"), MENDED)
def test_a_mistake_with_one_clear_meaning_is_fixed(wrong: str, right: str) -> None:
    now, done = fix_bytes(steps(wrong).encode(), FILE, shipped())
    assert now.decode() == steps(right)
    assert done
    assert fix_bytes(now, FILE, shipped()) == (now, [])


def test_a_file_with_tabs_is_fixed_as_a_whole() -> None:
    text = HEAD + "\t- use: quad-stand\n\t  hold: 30\n\t- rest: 3s\n"
    now, _ = fix_bytes(text.encode(), FILE, shipped())
    assert now.decode() == HEAD + "  - use: quad-stand\n    hold: 30s\n  - rest: 3s\n"


LEFT = [
    "- quad-stand: 3 x 15",  # seconds or reps?
    "- quad-stand: 30s both sides",  # each side or both?
    "- rest: 1,5s\n- quad-stand: 30s",
    "- quad-stand: 30s\n  cues: {half: {say: in, out}}",
    "- hodl: 30s",  # `hold` would not say which exercise
    "- use: quad-stand\n  hold: 3s\n  hodl: 4s",
    "- calf-wall: 30s",  # straight or bent?
    "- Quad-stnd: 30s",  # a name of its own
    "- quad-stand: 30s\n  note: one  # a comment",
    "- rest: 20s # breathe\n- quad-stand: 30s",
    "- quad-stand: 30s # heel down",
    "- quad-stand # as always",
    "- name: Mine\n  phases: [strech: 3s]",
    "- rounds: 2\n  steps:\n    - quad-stand: 3s\n\tnote: of the step or of the block?",
    "- quad-stand: 30s\n  note: 'a\n    b",
    "- Calf: left: 30s",
    "- quad-stand: 0s",
]


@cases("text", LEFT)
def test_a_mistake_with_two_possible_meanings_is_left_alone(text: str) -> None:
    data = steps(text).encode()
    assert fix_bytes(data, FILE, shipped()) == (data, [])


def test_everything_else_stays_unchanged_byte_for_byte() -> None:
    data = (
        "\ufeff# Über\r\nname:   A  # x\r\nsteps:\r- use:  quad-stand\n\n"
        "  hodl: 30   # ×\r\n- rest:   20\r\n# end\r\n- calf-roll:  30s"
    ).encode()
    now, done = fix_bytes(data, FILE, shipped())
    assert now == data.replace(b"hodl: 30 ", b"hold: 30s ").replace(b"20\r\n#", b"20s\r\n#")
    assert [fixed.line() for fixed in done] == [
        "test.yaml:6:3: fixed[E101]: `hodl` is now `hold`",
        "test.yaml:7:13: fixed[W202]: put in `s`",
        "test.yaml:6:11: fixed[W202]: put in `s`",
    ]


def test_a_file_that_stays_unreadable_is_not_touched() -> None:
    text = steps("- use: quad-stand\n  hodl: 30\n- [a}\n- rest: 20")
    with pytest.raises(NotReplaced, match="by hand first"):
        fix_bytes(text.encode(), FILE, shipped())


def test_a_private_catalogue_is_fixed_too() -> None:
    entry = "my-calf:\n  name: Mine\n  regions: [calf]\n  {}: static-stretch\n"
    entry += "  position: stand\n  sides: one\n  dose: 2 x 30s rest 5{}\n"
    file = Path("exercises") / "mine.yaml"
    now, _ = fix_bytes(entry.format("knd", "").encode(), file, shipped())
    assert now.decode() == entry.format("kind", "s")


def test_a_fix_does_not_change_the_timeline() -> None:
    text = steps("- rest: 20\n- use: quad-stand\n  hold: 20-30\n  sets: 2\n  rest: 5")
    now, _ = fix_bytes(text.encode(), FILE, shipped())
    assert opened(text).routine == opened(now).routine
    assert not opened(now).problems


def test_a_misspelt_word_is_corrected_only_if_one_word_is_similar() -> None:
    known = {"hold", "roll", "rest", "reps", "calf-wall-straight", "calf-wall-bent", "beginner"}
    for word, right in (
        ("hodl", "hold"), ("holdd", "hold"), ("hol", "hold"), ("HOLD", "hold"), ("rolll", "roll"),
        ("calf_wal-straigt", "calf-wall-straight"), ("begginer", "beginner"),
        ("resp", ""), ("rolled", ""), ("h", ""), ("", ""), ("x" * 90, ""), ("calf-wall", ""),
    ):  # fmt: skip
        assert meant(word, known) == right, word
    assert meant("calf-wall", {"calf-roll"}) == "calf-roll"
    assert meant("calf-wall", {"calf-roll"}, is_id=True) == ""


# On the disk


def write(folder: Path, name: str = "a.yaml", text: str = "- rest: 20\n- quad-stand: 30s") -> Path:
    file = folder / name
    file.write_text(steps(text))
    return file


def test_the_command_prints_the_fixes_and_then_the_remaining_problems(tmp_path: Path) -> None:
    file = write(tmp_path, text="- rest: 20\n- use: quad-stand\n  hodl: 30s\n- quad-stand: 15")
    file.chmod(0o640)
    out = run("check", "--fix", str(file), env=home_of(tmp_path), code=1).stdout.decode()
    lines = out.splitlines()
    assert lines[:2] == [
        f"{file}:3:13: fixed[W202]: put in `s`",
        f"{file}:5:5: fixed[E101]: `hodl` is now `hold`",
    ]
    assert lines[2].startswith(f"{file}:6:17: error[E202]")
    assert file.read_text() == steps(
        "- rest: 20s\n- use: quad-stand\n  hold: 30s\n- quad-stand: 15"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.yaml"]
    before = file.stat()
    again = run("check", "--fix", str(file), env=home_of(tmp_path), code=1).stdout.decode()
    assert "fixed[" not in again
    assert file.stat() == before


def test_with_json_the_output_stays_valid_json(tmp_path: Path) -> None:
    write(tmp_path)
    done = run("check", "--fix", "--format", "json", str(tmp_path), env=home_of(tmp_path))
    assert json.loads(done.stdout) == []
    assert b"fixed[W202]" in done.stderr


def test_a_symbolic_link_and_its_target_are_not_changed(tmp_path: Path) -> None:
    file = write(tmp_path, "behind.txt")
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    before = file.read_bytes()
    done = run("check", "--fix", str(link), env=home_of(tmp_path))
    assert b"it is a link" in done.stderr
    assert b"warning[W202]" in done.stdout
    assert link.is_symlink() and file.read_bytes() == before


def test_a_hard_link_is_not_changed(tmp_path: Path) -> None:
    file = write(tmp_path)
    os.link(file, tmp_path / "second.txt")
    done, left = fix_paths([file], open_library([SHIPPED]))
    assert not done and "hard link" in left[0]


def test_a_file_that_can_not_be_written_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path)
    before = file.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    done, left = fix_paths([file], open_library([SHIPPED]))
    assert (done, left) == ([], [f"{file}: nothing was fixed; it is write-protected."])
    monkeypatch.undo()
    with pytest.raises(NotReplaced, match="in the meantime"):
        replace_file(file, b"something else", b"new")
    with pytest.raises(NotReplaced, match="no such file"):
        replace_file(tmp_path / "gone" / "a.yaml", b"", b"new")
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_after_a_failed_move_the_old_file_is_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = write(tmp_path)
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(NotReplaced, match="no space left"):
        replace_file(file, before, b"new")
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_the_programs_own_data_is_never_fixed() -> None:
    done, left = fix_paths([SHIPPED / "screening"], open_library([SHIPPED]))
    assert (done, left) == ([], [])


def test_check_needs_a_path_but_explain_does_not(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    assert run("check", "--explain", "w110", env=home).stdout.startswith(b"W110 (warning)")
    unknown = run("check", "--explain", "E3011", env=home, code=2)
    assert unknown.stdout == b"" and b"the nearest is `E30" in unknown.stderr
    assert b"check PATH" in run("check", env=home, code=2).stderr
