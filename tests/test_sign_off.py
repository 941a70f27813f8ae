"""The sign-off record in `docs/safety.md` is about the present rules, and is said to be empty."""

import re
from pathlib import Path

from player.play.intended import INTENDED_USE
from player.safety.rules import rules_hash

ROOT = Path(__file__).resolve().parent.parent
DOC = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
EMPTY = "Nobody has signed yet."


def part(heading: str) -> str:
    """Return the text under a heading of the second level."""
    _, _, rest = DOC.partition(f"\n## {heading}\n")
    assert rest, heading
    return rest.partition("\n## ")[0]


def signatures() -> list[list[str]]:
    """Return the rows of the table that hold anything."""
    lines = [line for line in part("Sign-off record").splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return [cells for cells in rows if any(cells)]


def test_the_record_names_the_present_rules() -> None:
    """If this fails, the rules have changed: write the new hash. Old signatures are void then."""
    (named,) = re.findall(r"^Hash of the rules now: `([0-9a-f]{64})`$", DOC, re.MULTILINE)
    assert named == rules_hash(), f"the record should name {rules_hash()}"


def test_the_record_says_whether_anybody_has_signed() -> None:
    assert (EMPTY in part("Sign-off record")) == (not signatures())
    for date, name, profession, sections, rules in signatures():
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", date) and name and profession and sections
        assert rules.strip("`") == rules_hash(), f"{name} has signed other rules"


def test_the_page_begins_with_the_intended_use() -> None:
    assert DOC.index("\n## Intended use\n") < DOC.index("\n## 1. ")
    page = " ".join(part("Intended use").split())
    for words in (
        "No clinician has reviewed it.", "Who it is for.", "What it is for.", "What it is not for.",
        "In which languages.", "What remains as a risk.",
    ):  # fmt: skip
        assert words in page
    assert len(page.split()) < 500, "one page"
    assert len(INTENDED_USE) == 5
