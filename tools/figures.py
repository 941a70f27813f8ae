"""Draws all figures of the catalogue on one sheet: `make figures`, or `make figures ARGS=calf`."""

import sys
from pathlib import Path

from player.figures.film import sketched
from player.figures.svg import sheet
from player.library.folders import open_library
from player.routine.terms import SHIPPED

SHEET = Path(__file__).parent.parent / "docs" / "figures.svg"


def main(words: list[str]) -> int:
    """Draw the exercises whose file or id contains one of the words; by default all of them."""
    entries = open_library([SHIPPED]).catalogue.entries
    chosen = [
        entry.exercise
        for entry in entries
        if not words or any(w in entry.exercise.id or Path(entry.file).stem == w for w in words)
    ]
    found = [drawn for exercise in chosen if (drawn := sketched(exercise))]
    for exercise in chosen:
        if exercise.figure is None:
            print(f"{exercise.id} has no figure.")
    target = SHEET if not words else Path("figures.svg")
    target.write_text(sheet(found), "utf-8")
    print(f"{len(found)} figures in {target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
