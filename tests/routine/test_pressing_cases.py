"""Massage texts that were given, each to be refused or accepted, on a card and in a note."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.routine.massage_files import in_a_card, in_a_note, refusals

OURS = {"roll": ("calf-roll", "ham-roll"), "press": ("calf-ball-press", "quad-ball-press")}
"""Exercises of the catalogue of each kind."""


class Case(NamedTuple):
    text: str
    lang: str
    kind: str
    must: str  # refuse or accept


def given() -> list[Case]:
    rows = json.loads(Path(__file__).with_name("pressing_cases.json").read_text("utf-8"))
    return [Case(row["text"], row["lang"], row["kind"], row["must"]) for row in rows]


def wrong(files: Iterable[tuple[Case, str]]) -> list[str]:
    """Return the cases that the check gets wrong."""
    found = ((case, refusals(file)) for case, file in files)
    return [
        f"{case.must}: {case.text} {errors}"
        for case, errors in found
        if bool(errors) != (case.must == "refuse")
    ]


def test_each_given_text_in_a_line_of_an_own_card() -> None:
    found = wrong((case, in_a_card(case.text, case.lang, case.kind)) for case in given())
    assert not found, "\n".join(found)


def test_each_given_text_in_the_note_of_one_of_our_exercises() -> None:
    found = wrong(
        (case, in_a_note(case.text, case.lang, use)) for case in given() for use in OURS[case.kind]
    )
    assert not found, "\n".join(found)


def test_there_are_cases_of_each_kind() -> None:
    assert {case.must for case in given()} == {"refuse", "accept"}
    assert {case.lang for case in given()} == {"en", "es"}
    assert {case.kind for case in given()} == set(OURS)
