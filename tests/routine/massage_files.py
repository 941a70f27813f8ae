"""Writes routine files with one sentence in an exercise of their own, or in a note."""

import json

from tests.routine.reading import errors, opened

CARD = """\
name: Test
language: {lang}
exercises:
  my-own-card:
    name: My own card
    kind: {kind}
    regions: [calf]
    position: chair
    sides: one
    dose: 2 x 30s each side rest 10s
    how: [{text}]
steps:
  - march-in-place: 3:00
  - my-own-card
"""

NOTE = """\
name: Test
language: {lang}
steps:
  - march-in-place: 3:00
  - use: {use}
    note: {text}
"""


def in_a_card(text: str, lang: str, kind: str) -> str:
    """Return a file with an exercise of its own, whose one line is `text`."""
    return CARD.format(text=json.dumps(text, ensure_ascii=False), lang=lang, kind=kind)


def in_a_note(text: str, lang: str, use: str) -> str:
    """Return a file with a step that uses the exercise `use`, with `text` as its note."""
    return NOTE.format(text=json.dumps(text, ensure_ascii=False), lang=lang, use=use)


def refusals(file: str) -> list[str]:
    """Return the errors of a file, each as its code and what it says."""
    return [f"{problem.code} {problem.message}" for problem in errors(opened(file))]
