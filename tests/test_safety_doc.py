"""Checks that `docs/safety.md` agrees with the program: its keys, questions and tests."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from player.safety.clearance import ADVICE
from player.safety.matrix import load_matrix
from player.safety.questions import load_questionnaire
from player.safety.stop_list import load_stop_list
from tests.grade import grade

ROOT = Path(__file__).resolve().parent.parent
DOC = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
HARDEST = 9.0
MATRIX = load_matrix()
QUESTIONS = load_questionnaire()

_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_BRANDS = ("pso-rite", "psorite", "hip hook", "theragun", "therabody", "hyperice")


def part(heading: str) -> str:
    """Return the text under a heading, up to the next heading of the same or a higher level."""
    level = len(heading.split(maxsplit=1)[0])
    _, _, rest = DOC.partition(f"\n{heading}\n")
    assert rest, heading
    return re.split(rf"^#{{2,{level}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of all tables, without the separator lines."""
    found = [
        [cell.strip() for cell in line.strip("| \n").split(" | ")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    return [cells for cells in found if not set("".join(cells)) <= set("|- ")]


def paragraphs() -> Iterator[str]:
    """Return the paragraphs and list items, without tables and headings."""
    for block in re.split(r"\n\n|\n(?=\d+\. |- )", DOC):
        if not block.lstrip().startswith(("|", "#")):
            yield " ".join(block.split())


def named(text: str) -> list[tuple[str, str]]:
    return _TEST.findall(text)


@cache
def functions_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def hazards() -> list[list[str]]:
    found = rows(part("### The hazard table"))
    return [cells for cells in found if not cells[0].startswith("hazard (")]


def test_every_test_named_in_the_document_exists() -> None:
    assert len(set(named(DOC))) > 100
    assert DOC.count("::") == len(named(DOC)), "each is written as `tests/file.py::test_name`"
    for path, name in named(DOC):
        assert (ROOT / path).is_file(), path
        assert name.startswith("test_") and name in functions_in(path), f"{path}::{name}"


def test_every_hazard_has_its_severity_and_a_test() -> None:
    assert len(hazards()) >= 25
    for cells in hazards():
        assert len(cells) == 4 and all(cells), cells
        assert re.search(r"\((serious|moderate|minor)\)$", cells[0]), cells[0]
        assert named(cells[3]), cells[0]


@pytest.mark.parametrize("number", range(1, 16))
def test_every_invariant_is_listed_with_a_test_of_its_number(number: int) -> None:
    (cells,) = [c for c in rows(part("### The fifteen rules")) if c[0].startswith(f"{number}. ")]
    assert any(f"_invariant_{number}_" in name for _, name in named(cells[1]))


def test_the_table_of_conditions_agrees_with_the_data() -> None:
    found = [c for c in rows(part("## 3. What each answer does")) if len(c) == 5]
    found = [cells for cells in found if cells[0] != "key"]
    assert [(key.strip("`"), rank, says) for key, rank, says, *_ in found] == [
        (row.key, row.rank.word, row.says) for row in MATRIX.conditions.values()
    ]
    for key, _, _, left_out, word in found:
        row = MATRIX.conditions[key.strip("`")]
        assert (word != "no") == row.clears, key
        assert ("72 hours" in left_out) == (row.lasts == (72, "h")), key
        assert ("day 21" in left_out) == (row.lasts == (21, "d")), key


def test_the_questions_agree_with_the_data() -> None:
    asked = (*QUESTIONS.today, *QUESTIONS.profile, *QUESTIONS.followups)
    found = [(c[0], c[1]) for c in rows(part("## 2. What is asked, and when")) if c[0] != "id"]
    assert found == [(question.id, question.ask) for question in asked]


def test_the_stop_list_and_the_advice_agree_with_the_data() -> None:
    found = rows(part("### During a session"))[1:]
    assert found == [[line.words, line.rank, line.says] for line in load_stop_list()]
    classes = {c[0]: c[2] for c in rows(part("## 3. What each answer does")) if len(c) == 3}
    for rank, advice in ADVICE.items():
        assert classes[rank.word] == advice


def test_the_document_begins_by_saying_that_no_clinician_has_reviewed_it() -> None:
    first = part("## 1. What this is, and what it is not")
    assert first.lstrip().startswith("**No clinician has reviewed it yet.**")
    for words in ("not a medical device", "not medical advice", "not a diagnosis", "no clearance"):
        assert words in " ".join(first.split())


def test_the_document_names_export_and_handout_as_exceptions() -> None:
    exception = part("#### The stated exception: export and handout")
    assert "refuse deep pressure and carry the warnings first" in exception


def test_the_document_is_easy_to_read_and_does_not_advertise() -> None:
    prose = list(paragraphs())
    assert len(prose) > 60
    assert grade("\n".join(prose)) <= HARDEST
    assert not [text for text in prose if len(text) > 400 and grade(text) > HARDEST]
    assert not [brand for brand in _BRANDS if brand in DOC.casefold()]


def test_readme_and_house_link_to_the_document() -> None:
    assert "(docs/safety.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(safety.md)" in (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
