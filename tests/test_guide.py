"""Checks that `docs/writing-routines.md` is true: its examples work, and its names exist.

The tests read the page as follows:

- A `yaml` block that begins with `name:` (after comments) is a whole file. A block that begins
  with `- ` is a list of steps, which is put under `steps:`. `yaml exercises` is a catalogue file.
- A `yaml wrong` block has a problem. No other block has one. In a list of steps, a name that is
  not in the catalogue is not a problem.
- `Plays:` and `Lasts` describe the block above them, in seconds and as a clock.
- In a table with a column `plays`, the first cell is a step, and the last says how it plays.
- A `sh` block holds commands. A `text` block is a part of what `show` prints for the first whole
  file. `text screen` is the beginning of what `screen` prints for it, with the answers in the
  `json` block.
"""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from player.check.dry_run import DryRun, dry_run
from player.cli.parser import parser
from player.document.problem import Problem
from player.document.read import read_bytes
from player.library.opening import Opened
from player.library.row import Row
from player.routine import vocabulary as words_of
from player.routine.dose import parse_dose
from player.routine.entries import KEYS as ENTRY_KEYS
from player.routine.entries import read_entries
from player.routine.figure_reader import KEYS as FIGURE_KEYS
from player.routine.figure_reader import LIMB_KEYS, PROP_KEYS
from player.routine.model import Pick, Plan
from player.routine.pose import PARTS, THINGS, View, Works
from player.routine.reader import BLOCK_KEYS, ROUTINE_KEYS
from player.routine.step_reader import ITEM_KEYS
from player.routine.terms import load_terms
from player.routine.times import clock
from player.session.timeline import Choices, Timeline, compile
from player.show.picture import glyphs_for, picture_lines
from tests.cases import cases
from tests.grade import grade
from tests.routine.reading import as_text, opened, shipped, with_steps

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "writing-routines.md"
GUIDE = PAGE.read_text(encoding="utf-8")
HARDEST = 8.0

_FENCE = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```\n(.*?)(?=^```|^#|\Z)", re.M | re.S)
_PLAYS = re.compile(r"^Plays(?: with `--pick (\w+)`)?: (.+)$", re.M)
_LASTS = re.compile(r"^Lasts (.+)\.$", re.M)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


class Fence(NamedTuple):
    language: str
    kind: str
    text: str
    after: str
    line: int

    @property
    def is_file(self) -> bool:
        return self.language == "yaml" and re.match(r"(#.*\n)*name:", self.text) is not None

    def opened(self) -> Opened:
        """Open the file, or a file made from the steps."""
        if self.is_file:
            return opened(self.text)
        assert self.text.startswith("- "), f"line {self.line}: neither a file nor steps"
        return opened("name: Example\nsteps:\n" + re.sub(r"^(?=.)", "  ", self.text, flags=re.M))

    def timeline(self, pick: Pick = Pick.LOW) -> Timeline:
        found = self.opened()
        assert found.routine, f"line {self.line}\n{found.report()}"
        return compile(Plan.whole(found.routine), Choices(pick))


def fences(language: str, kind: str = "") -> list[Fence]:
    found = [
        Fence(m[1], m[2] or "", m[3], m[4], GUIDE[: m.start()].count("\n") + 1)
        for m in _FENCE.finditer(GUIDE)
    ]
    return [fence for fence in found if (fence.language, fence.kind) == (language, kind)]


def _line(fence: Fence) -> str:
    return f"line {fence.line}"


def problems_of(found: Opened) -> list[Problem]:
    """Return the problems that `check` reports without `--info`."""
    return [problem for problem in found.problems if problem.severity in {"error", "warning"}]


def problems_of_part(found: Opened) -> list[Problem]:
    """Return the problems of a part of a routine.

    Unknown exercises and the dose rules for a whole session do not count as problems.
    """
    return [p for p in problems_of(found) if p.code != "W301" and not p.code.startswith("L")]


def tables() -> Iterator[list[list[str]]]:
    for block in re.findall(r"(?:^\|.*\n)+", GUIDE, re.M):
        rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in block.splitlines()]
        yield [row for row in rows if not set("".join(row)) <= set("|- ")]


def played_rows() -> list[tuple[str, str]]:
    return [
        (row[0].strip("`"), row[-1])
        for head, *rows in tables()
        if head[-1] == "plays"
        for row in rows
    ]


def prose() -> str:
    """Return the sentences of the page, without code, tables and headings."""
    text = re.sub(r"^```.*?^```$", "", GUIDE, flags=re.M | re.S)
    text = re.sub(r"^(\||#|Plays|Lasts|\d+\. \[).*$", "", text, flags=re.M)
    text = re.sub(r"\]\([^)]*\)", "", re.sub(r"`[^`\n]+`", "that", text)).replace("**", "")
    return "\n".join(" ".join(part.split()) for part in re.split(r"\n\n|\n(?=- )", text))


def test_the_page_has_what_these_tests_look_for() -> None:
    assert GUIDE.count("```") == 2 * len(list(_FENCE.finditer(GUIDE)))
    assert len(fences("yaml")) > 25 and len(fences("yaml", "wrong")) >= 2
    assert len(played_rows()) >= 20
    claims = sum(
        len(_PLAYS.findall(f.after)) + len(_LASTS.findall(f.after)) for f in fences("yaml")
    )
    assert claims == len(re.findall(r"^(?:Plays|Lasts)\b", GUIDE, re.M)) >= 25


@cases("fence", fences("yaml"))
def test_an_example_has_no_problem(fence: Fence) -> None:
    found = fence.opened()
    assert found.routine, found.report()
    assert not (problems_of(found) if fence.is_file else problems_of_part(found)), found.report()


@pytest.mark.parametrize("fence", fences("yaml", "wrong"), ids=_line)
def test_a_wrong_example_has_a_problem(fence: Fence) -> None:
    assert problems_of(fence.opened())


@pytest.mark.parametrize("fence", fences("yaml", "exercises"), ids=_line)
def test_a_catalogue_file_has_no_problem(fence: Fence) -> None:
    document = read_bytes(fence.text.encode(), "exercises/own.yaml")
    assert read_entries(document.root, shipped(), document.problems)
    assert not document.problems.found


@cases("fence", fences("yaml"))
def test_an_example_plays_what_the_guide_says(fence: Fence) -> None:
    for pick, plays in _PLAYS.findall(fence.after):
        assert as_text(fence.timeline(Pick(pick or "low"))) == plays
    for lasts in _LASTS.findall(fence.after):
        assert fence.is_file and clock(fence.timeline().total_ms) == lasts


@cases(("step", "plays"), played_rows())
def test_a_table_row_plays_what_it_says(step: str, plays: str) -> None:
    found = opened(with_steps(step))
    assert found.routine, found.report()
    assert not problems_of_part(found), found.report()
    assert as_text(compile(Plan.whole(found.routine))) == plays


def test_each_listed_part_of_a_dose_is_valid() -> None:
    (rows,) = [rows for head, *rows in tables() if head[0] == "part"]
    parts = [part for row in rows for part in _CODE.findall(row[1])]
    assert len(parts) > 15
    for part in parts:
        written, issues = parse_dose(f"10 reps {part}")
        assert not issues and written != parse_dose("10 reps")[0], part


def test_the_picture_in_the_guide_is_the_output_of_show() -> None:
    (fence,), (file, *_) = fences("text"), (f for f in fences("yaml") if f.is_file)
    found, timeline = file.opened(), file.timeline()
    assert found.routine
    row, glyphs = Row(found.routine, timeline), glyphs_for("utf-8")
    printed = "\n".join(picture_lines(row, timeline, ("en",), 80, glyphs)) + "\n"
    assert fence.text in printed


def test_the_dry_run_in_the_guide_is_the_output_of_screen(tmp_path: Path) -> None:
    (answers,), (fence,) = fences("json"), fences("text", "screen")
    file = next(file for file in fences("yaml") if file.is_file).opened()
    (tmp_path / "answers.json").write_text(answers.text, encoding="utf-8")
    assert file.routine
    left = dry_run(file.routine, tmp_path / "answers.json", shipped(), 0)
    assert isinstance(left, DryRun) and list(left.lines())[:5] == fence.text.splitlines()


def commands() -> Iterator[str]:
    """Return the commands in blocks, and the complete commands in the text."""
    for fence in fences("sh"):
        yield from fence.text.splitlines()
    yield from (code for code in _CODE.findall(GUIDE) if code.startswith("supple "))


@cases("line", dict.fromkeys(commands()))
def test_each_command_in_the_guide_exists(line: str) -> None:
    name, *rest = shlex.split(line)
    if name == "export":
        assert rest[0].startswith("SUPPLE_PATH=")
        return
    assert name == "supple"
    if rest == ["check"]:  # commands that are not run
        return
    parser().parse_args(rest)


@cache
def known_words() -> frozenset[str]:
    lists = (
        words_of.Kind, words_of.Region, words_of.Position, words_of.Sides, words_of.Level,
        words_of.Goal, words_of.Variant, words_of.EQUIPMENT, words_of.PHASE_WORDS,
        ENTRY_KEYS, BLOCK_KEYS, ROUTINE_KEYS, ITEM_KEYS, shipped().ids,
        load_terms().conditions, load_terms().questions,
        FIGURE_KEYS, LIMB_KEYS, PROP_KEYS, View, Works, PARTS, THINGS, ["flat", "none"],
    )  # fmt: skip
    commands = "show check play new preview schema screen list".split()  # noqa: SIM905
    others = (
        "supple one each per half every-set first-set last-set when title year doi supports"
        " self-paced long-hold true min sec x q"
    )
    return frozenset(str(word) for words in lists for word in words).union(commands, others.split())


def test_every_word_in_the_guide_exists() -> None:
    slips = {"calf-wal"}
    for code in _CODE.findall(re.sub(r"^```.*?^```$", "", GUIDE, flags=re.M | re.S)):
        if re.fullmatch(r"[a-z][a-z_-]*:?", code):
            assert code.rstrip(":") in known_words() | slips, code
        elif re.fullmatch(r"[a-z ]+", code) and not code.startswith("supple "):
            assert code in known_words() or not parse_dose(f"30s {code}")[1] or code in {
                "both sides", "up to",
            }, code  # fmt: skip
    for slip in slips:
        assert slip not in known_words()


def test_the_lists_of_words_are_complete() -> None:
    for key, words in (
        ("kind", words_of.Kind),
        ("regions", words_of.Region),
        ("position", words_of.Position),
        ("equipment", words_of.EQUIPMENT),
        ("goals", words_of.Goal),
        ("level", words_of.Level),
    ):
        (cells,) = [row for rows in tables() for row in rows if row[0] == f"`{key}`"]
        assert set(_CODE.findall(cells[-1])) == {str(word) for word in words}, key
    (asks,) = re.findall(r"^- `screening` .*?(?=\n\n)", GUIDE, re.M | re.S)
    assert set(_CODE.findall(asks)) - {"screening"} == load_terms().questions


def test_the_guide_explains_every_key_of_the_format() -> None:
    code = "\n".join([*_CODE.findall(GUIDE), *(fence.text for fence in fences("yaml"))])
    named = set(re.findall(r"[a-z_]+", code))
    assert named >= (ROUTINE_KEYS | ITEM_KEYS | BLOCK_KEYS | ENTRY_KEYS)


def test_every_flag_in_the_guide_exists() -> None:
    flags = {code for code in _CODE.findall(GUIDE) if code.startswith("--")}
    assert flags == {"--pick middle", "--pick high", "--strict", "--explain CODE", "--fix"}
    assert parser().parse_args(["check", "a.yaml", "--strict", "--fix"]).fix
    assert parser().parse_args(["check", "--explain", "E301"]).explain == "E301"


def test_the_guide_names_the_own_folder_of_the_person() -> None:
    (rows,) = [rows for head, *rows in tables() if head[0] == "system"]
    says = {system: PurePosixPath(folder.strip("`")) for system, folder in rows}
    for system, at in (("Linux", Unix), ("macOS", MacOS)):
        home = PurePosixPath(at("supple", appauthor=False).user_data_dir)
        assert says[system].parts[-2:] == (home.name, "routines")


def test_the_contents_and_all_links_lead_somewhere() -> None:
    for link in _LINK.findall(GUIDE):
        file, _, anchor = link.partition("#")
        page = (PAGE.parent / file) if file else PAGE
        assert page.is_file(), link
        if anchor:
            assert anchor in anchors(page.read_text(encoding="utf-8")), link
    headings = re.findall(r"^## (.+)$", GUIDE, re.M)
    assert re.findall(r"^\d+\. \[(.+)\]", GUIDE, re.M) == [h.split(". ", 1)[1] for h in headings]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_readme_and_house_link_to_the_guide() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/writing-routines.md)" in readme
    assert f"```yaml\n{fences('yaml')[0].text}```" in readme
    assert "(writing-routines.md)" in (ROOT / "docs" / "house.md").read_text(encoding="utf-8")


def test_the_guide_is_easy_to_read() -> None:
    paragraphs = [part for part in prose().split("\n") if part.strip()]
    assert len(paragraphs) > 60
    assert grade("\n".join(paragraphs)) <= HARDEST
    assert not [part for part in paragraphs if len(part) > 150 and grade(part) > HARDEST]
