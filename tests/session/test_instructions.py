"""The lines to read before a step, and how they fit into the rows of a screen."""

from player.routine.model import Plan
from player.session.instructions import fit_lines, lines_to_read, step_lines
from tests.routine.reading import opened, with_steps

NOTE = "You need: nothing but time."


def read_in(rows: int) -> str:
    found = opened(with_steps(f"use: calf-wall-straight\ndose: 30s\nnote: '{NOTE}'"))
    assert found.routine, found.report()
    (step,) = found.routine.steps
    lines = lines_to_read(step, Plan.whole(found.routine))
    assert [line.words for line in lines] == step_lines(step, Plan.whole(found.routine))
    return "\n".join(fit_lines(lines, 60, rows))


def test_if_there_is_room_each_line_has_its_own_row() -> None:
    assert "\nYou need: wall.\n" in read_in(40)
    assert "\nEasier: " in read_in(40)


def test_without_room_the_equipment_and_the_easier_variant_are_left_out_but_no_note() -> None:
    fits = [read_in(rows) for rows in range(1, 40)]
    shortest = min(fits, key=len)
    assert "You need: wall." not in shortest and "Easier: " not in shortest
    assert all(NOTE in words.replace("\n", " ") for words in fits)
