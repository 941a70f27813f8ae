"""The shipped figures, solved once for all tests."""

from collections.abc import Iterator
from functools import cache

from player.figures.solve import Solved, solve
from player.library.folders import open_library
from player.routine.model import Exercise
from player.routine.pose import Figure
from player.routine.terms import SHIPPED

DOT = 0.018
"""One dot of a figure of 36 by 16 cells, as a share of the body's height."""


@cache
def shipped() -> tuple[Exercise, ...]:
    return tuple(entry.exercise for entry in open_library([SHIPPED]).catalogue.entries)


def figures() -> Iterator[tuple[Exercise, Figure]]:
    for exercise in shipped():
        if exercise.figure is not None:
            yield exercise, exercise.figure


@cache
def poses() -> tuple[tuple[str, Solved], ...]:
    """Return every pose of every figure: the first, the second, and one a third of the way."""
    found = []
    for exercise, figure in figures():
        shares = (0.0,) if figure.to is None else (0.0, 0.34, 1.0)
        found += [(f"{exercise.id}@{share}", solve(figure, share)) for share in shares]
    return tuple(found)
