"""Files with the mistakes that coaches make: one each, and some with many.

The first line of each file contains the expected problems with their places.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from player.cli.parser import run
from player.document.problem import Problem
from player.routine.terms import SHIPPED
from tests.cases import cases
from tests.check.checking import check_bytes, in_a_home_of_its_own

FOLDER = Path(__file__).parent / "broken"
FILES = sorted(FOLDER.glob("*.yaml"))
MANY = [file for file in FILES if file.stem.startswith("many")]

NOT_TEXT = {
    "empty": (b"", "E012 0:0"),
    "only a comment": (b"# steps: to do\n", "E012 0:0"),
    "latin-1": ("name: Mühe\n".encode("latin-1"), "E003 1:8"),
    "utf-16": ("name: A\nsteps:\n  - quad-stand: 30s\n".encode("utf-16"), "E003 0:0"),
    "too large": (b"#" * (256 * 1024 + 1), "E002 0:0"),
    "escape": (b"name: \x1b[31mred\n", "E004 1:7"),
    "nul": (b"name: a\0b\n", "E004 1:8"),
    "half a letter": (b"name: a\xc3\n", "E003 1:8"),
    "too deep": (b"name: A\nx: " + b"[" * 50 + b"]" * 50, "E007 2:27"),
    "too many": (b"name: A\nx: [" + b"a," * 20_000 + b"]\n", "E007"),
    "too long": (b"name: " + b"a" * 4_001 + b"\nsteps:\n  - quad-stand: 30s\n", "E011 1:7"),
    "windows lines": (b"\xef\xbb\xbfname: A\r\nsteps:\r\n  - quad-stand: 30\r\n", "E202 3:17"),
}


def codes_and_places(problems: list[Problem]) -> list[str]:
    return [f"{problem.code} {problem.line}:{problem.col}" for problem in problems]


def test_there_are_enough_broken_files() -> None:
    assert len(FILES) - len(MANY) >= 80
    assert len(MANY) >= 10


@cases("file", FILES)
def test_a_broken_file_is_reported_as_its_first_line_says(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_a_home_of_its_own(monkeypatch, tmp_path)
    expected = file.read_text("utf-8").split("\n", 1)[0].removeprefix("# ").split(", ")
    code = run(["check", "--format", "json", str(file)])
    rows = json.loads(capsys.readouterr().out)
    assert [f"{row['code']} {row['line']}:{row['column']}" for row in rows] == expected
    assert len(set(expected)) == len(expected)
    assert all(row["message"] and row["message"][0] not in " ." for row in rows)
    errors = [row for row in rows if row["severity"] == "error"]
    assert code == bool(errors)
    if not errors:
        assert run(["check", "--strict", str(file)]) == 1
        assert capsys.readouterr().out.count("warning[") == len(rows)
    besides = [word for word in expected if not word.startswith("W301")]
    assert (len(besides or expected) == 1) is (file not in MANY)


@cases("name", NOT_TEXT)
def test_an_unusual_file_is_reported(name: str) -> None:
    data, expected = NOT_TEXT[name]
    (only,) = codes_and_places(check_bytes(data))
    assert only.startswith(expected)


def test_a_second_place_is_shown_and_is_in_the_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_a_home_of_its_own(monkeypatch, tmp_path)
    seconds = {
        "key-twice": (5, 5, "first one is here"),
        "two-amount-keys": (5, 5, "first one is here"),
        "two-amounts": (4, 17, "first one is here"),
        "dose-and-key": (4, 17, "the dose says it here"),
        "part-twice": (4, 25, "first one is here"),
        "sets-beside-list": (5, 11, "the list is here"),
        "same-id-twice": (4, 3, "first one is here"),
        "two-rests": (5, 5, "first one is here"),
        "wrong-bracket": (3, 10, "opened here"),
        "no-comma-in-braces": (4, 5, "opened here"),
        "bracket-never-closed": (4, 1, "it is not closed before this"),
        "quote-closed-by-the-next": (7, 11, 'the next " is only here'),
        "key-too-far-in": (4, 10, "the value is here"),
        "key-not-far-enough-in": (4, 5, "the keys begin here"),
        "step-too-far-in": (4, 3, "the one above is here"),
        "step-without-dash": (4, 3, "the steps begin here"),
        "text-before-the-list": (4, 3, "the list is here"),
        "text-cut-by-hash": (5, 11, "all that is left of the text"),
        "no-dose-but-a-hash": (4, 10, "a comment begins here"),
    }
    for stem, (line, column, label) in seconds.items():
        file = str(FOLDER / f"{stem}.yaml")
        run(["check", "--format", "json", file])
        rows = json.loads(capsys.readouterr().out)
        assert {"line": line, "column": column, "label": label} in [r["other"] for r in rows], stem
        run(["check", file])
        assert f"- {label}\n" in capsys.readouterr().out + "\n"


def test_a_key_that_may_be_in_an_unreadable_line_is_not_reported_missing() -> None:
    lost = "name: A\nsteps:\n  - use: quad-stand\n    hold 30s\n    note: x\n  - hodl: 3s\n"
    assert codes_and_places(check_bytes(lost)) == ["E005 4:5", "E301 6:5"]
    lost = "nme A\nsteps:\n  - rest: 3s\n  - @x: 30s\n  - rest: 3s\n"
    assert codes_and_places(check_bytes(lost)) == ["E005 1:1", "E005 4:5"]
    lost = "name: A\nexercises:\n  mine: {name: [}\nsteps:\n  - {a: [}\n"
    assert [word[:4] for word in codes_and_places(check_bytes(lost))] == ["E005", "E005"]


def test_a_file_with_a_mistake_in_every_line_is_reported_in_part() -> None:
    lines = "".join(f"  - {{a{n}: [}}\n" for n in range(200))
    problems = check_bytes("name: A\nsteps:\n  - calf-wal-straight: 30s\n" + lines)
    assert "E301 3:5" in codes_and_places(problems)
    assert 20 <= len(problems) <= 40


SLIPS: dict[str, Callable[[str], str]] = {
    "no colon": lambda line: line.replace(": ", " ", 1),
    "no space behind the colon": lambda line: line.replace(": ", ":", 1),
    "no space behind the dash": lambda line: line.replace("- ", "-", 1),
    "no dash": lambda line: line.replace("- ", "", 1),
    "a space more": lambda line: " " + line,
    "two spaces more": lambda line: "  " + line,
    "a space less": lambda line: line.removeprefix(" "),
    "a tab": lambda line: "\t" + line.lstrip(),
    "a quote": lambda line: line.replace(": ", ': "', 1),
    "an apostrophe": lambda line: line.replace(": ", ": '", 1),
    "a second colon": lambda line: line + ": x",
    "no bracket": lambda line: line.rstrip("]}"),
    "a bracket": lambda line: line + "}" if line.endswith(("]", "}")) else line,
}


@cases("slip", SLIPS)
def test_one_punctuation_mistake_is_reported_once_at_its_place(slip: str) -> None:
    reported_once = reported_more = 0
    for name in ("back-of-knee-ease", "calf-roller", "psoas-massager", "evening-unwind"):
        lines = (SHIPPED / f"{name}.yaml").read_text("utf-8").split("\n")
        for number, line in enumerate(lines):
            slipped = SLIPS[slip](line)
            if not line.startswith(" ") or slipped == line or _opens_languages(line):
                continue
            text = "\n".join([*lines[:number], slipped, *lines[number + 1 :]])
            found = check_bytes(text)
            assert all(abs(problem.line - 1 - number) <= 8 for problem in found), text
            reported_once += len(found) == 1
            reported_more += len(found) > 1
    assert reported_once >= 5
    assert reported_more <= 0.1 * reported_once


def _opens_languages(line: str) -> bool:
    """Whether the line begins a text in several languages: a mistake here affects each of them."""
    return line.endswith((":", ": >-"))
