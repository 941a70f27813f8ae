"""Routines for the dose rules, and the findings in them."""

import re

from player.check.lint.every_rule import lint
from player.document.problem import Problem
from tests.routine.reading import opened, with_steps

WARM = "march-seated: 3:00"
SHORT = {
    "CALF": "kind: static-stretch, regions: [calf], position: chair",
    "MOVE": "kind: dynamic-stretch, regions: [calf], position: chair",
    "PNF": "kind: contract-relax, regions: [calf], position: chair",
    "ROLL": "kind: roll, regions: [calf], position: chair",
    "PRESS": "kind: press, regions: [calf], position: chair",
    "DEEP": "kind: deep-press, regions: [belly], position: chair",
    "HEAT": "kind: heat, regions: [calf], position: chair",
    "COLD": "kind: cool, regions: [ham], position: chair",
    "CALFCOLD": "kind: cool, regions: [calf], position: chair",
    "EARLY": "kind: early-care, regions: [calf], position: chair",
    "BREATH": "kind: breathe, regions: [belly], position: chair",
    "CLOTH": "note: With a cloth between. Look at the skin at 5 minutes. Not on the outer knee.",
    "CYCLE": "phases: [{contract: 6s, effort: 25%}, {stretch: 20s}]",
    "REASON": "reason: My physio asks for it",
    "EIGHTEEN": "word " * 18,
}
"""The meaning of the words in capitals in the steps of the tests."""
_SHORT = re.compile(r"\b[A-Z]{3,}\b")


def text_of(*steps: str, above: str = "") -> str:
    written = [_SHORT.sub(lambda word: SHORT.get(word[0], word[0]), step) for step in steps]
    return with_steps(*written, above=above)


def found(text: str) -> list[Problem]:
    """Return the findings in a file without errors."""
    file = opened(text)
    assert file.routine is not None, file.report()
    return list(lint(file))


def in_steps(*steps: str, above: str = "", warm: bool = True) -> list[Problem]:
    """Return the findings in steps after a warm-up."""
    return found(text_of(*([WARM] if warm else []), *steps, above=above))


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}
