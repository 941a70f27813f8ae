"""Every code is explained, and its examples have exactly that problem."""

import re

from player.check.codes import CODES
from player.check.explain import SOURCES, explain, nearest
from player.check.lint.every_rule import lint
from player.routine.terms import SHIPPED
from tests.cases import cases
from tests.routine.reading import opened, with_steps

USED = re.compile(r'"([EWL][0-9]{2,3})"')


def codes_in_the_source() -> set[str]:
    files = (SHIPPED.parent / "player").rglob("*.py")
    texts = [file.read_text("utf-8") for file in files if file.name != "codes.py"]
    found = {code for text in texts for code in USED.findall(text)}
    return {code for code in found if code[0] in "EW"}


def codes_of(example: str) -> set[str]:
    if example.startswith("- "):
        text = "name: A\nsteps:\n" + "".join(f"  {line}\n" for line in example.split("\n"))
        text = text.replace("  \t", "\t")
    elif "steps:" in example:
        text = example + "\n"
    else:
        text = with_steps("calf-wall-straight: 30s", above=example + "\n")
    found = opened(text)
    return {p.code for p in (*found.problems, *lint(found)) if p.code[0] in "EW"}


def test_exactly_the_codes_in_the_source_are_explained() -> None:
    assert codes_in_the_source() == set(CODES)


@cases("code", [name for name, row in CODES.items() if row.played])
def test_the_wrong_example_has_only_its_code_and_the_right_one_no_problem(code: str) -> None:
    row = CODES[code]
    besides = {"W301"} - {code}
    assert codes_of(row.wrong) - besides == {code}
    assert not codes_of(row.right) - besides


@cases("code", CODES)
def test_an_explanation_has_all_its_parts(code: str) -> None:
    lines = explain(code.lower())
    assert lines
    assert lines == explain(f" {code} ")
    row = CODES[code]
    assert row.title in lines[0] and row.why in lines
    assert row.why.endswith(".")
    printed = "\n".join(lines)
    assert all(line.replace("\t", "<TAB>") in printed for line in row.wrong.split("\n"))


def test_an_unknown_code_gets_a_suggestion() -> None:
    assert explain("E999") is None
    assert nearest("e0015").startswith("the nearest is `E0")
    assert "`" in nearest("") and "`" in nearest("nonsense")


def test_no_code_is_explained_twice() -> None:
    codes = [code for source in SOURCES for code in source.titles()]
    assert len(codes) == len(set(codes))
