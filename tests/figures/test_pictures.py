"""Figures as pictures: in dots, mirrored, named, side by side, and as SVG."""

import os
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.figures.alt import alt_text, names_of
from player.figures.film import Film, body_map, sketched
from player.figures.raster import Picture
from player.figures.shapes import Ink
from player.figures.svg import sheet
from player.routine.model import Exercise
from player.routine.pose import LIMB, TRUNK, Figure, Limb, Pose, Trunk, View, Works
from player.routine.vocabulary import Region, Side
from tests.cases import cases
from tests.figures.drawn import figures, shipped
from tests.habits import tries
from tests.test_repository import ROOT

GOLDEN = Path(__file__).with_name("figures.txt")
COLUMNS, ROWS = 36, 16


def film(exercise: Exercise, columns: int = COLUMNS, rows: int = ROWS) -> Film:
    assert exercise.figure
    return Film(exercise.figure, exercise.stated_regions, columns, rows)


@cache
def picture_of(id_: str, share: float = 0.0) -> Picture:
    """Return the picture of a figure in its usual size."""
    return film(next(exercise for exercise, _ in figures() if exercise.id == id_)).at(share)


def test_every_figure_matches_its_golden_picture() -> None:
    """Set UPDATE_GOLDENS=1 to draw the figures again, and look at each change before you commit
    it.
    """
    parts = []
    for exercise, figure in figures():
        shares = (0.0,) if figure.to is None else (0.0, 1.0)
        for share in shares:
            lines = picture_of(exercise.id, share).lines
            parts.append(f"== {exercise.id} {share:g}\n" + "\n".join(row.rstrip() for row in lines))
    text = "\n".join(parts) + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("size", [(36, 16), (28, 8), (46, 13), (80, 30), (20, 7)])
def test_a_picture_has_exactly_the_size_asked_for(size: tuple[int, int]) -> None:
    for exercise, _ in list(figures())[::11]:
        for picture in (film(exercise, *size).at(), film(exercise, *size).both()):
            assert len(picture.lines) == size[1]
            assert {len(line) for line in picture.lines} == {size[0]}


def test_the_working_region_is_named_without_colour() -> None:
    """Each figure shows a pointer and the name of at least one region, at the size of a session."""
    unnamed = [
        exercise.id
        for exercise, _ in figures()
        if exercise.stated_regions
        and not any(
            name in line
            for line in film(exercise, 46, 13).at().lines
            for name in names_of(exercise.stated_regions).values()
        )
    ]
    assert unnamed == []


def test_a_name_covers_nothing_of_the_body() -> None:
    for exercise, figure in figures():
        bare = Film(figure, (), COLUMNS, ROWS).at().lines
        named = picture_of(exercise.id)
        for bare_row, row in zip(bare, named.rows, strict=True):
            place = 0
            for text, ink in row:
                if ink is Ink.NAME:
                    over = bare_row[place : place + len(text)]
                    assert sum(char != " " for char in over) <= 1, exercise.id
                place += len(text)


def test_the_left_side_is_the_mirror_of_the_right() -> None:
    for exercise, figure in list(figures())[::5]:
        right = Film(figure, (), COLUMNS, ROWS).at().lines
        left = Film(figure, (), COLUMNS, ROWS, side=Side.LEFT).at().lines
        assert [dots(row)[::-1] for row in right] == [dots(row) for row in left], exercise.id


@pytest.mark.parametrize("works", [Works.NEAR, Works.FAR])
@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_the_marked_leg_is_that_of_the_side(works: Works, view: View, side: Side) -> None:
    apart = Limb(open=12)
    figure = Figure(Pose(near=apart, far=apart), view=view, works=works)
    region = Region.QUAD if view is View.FRONT else Region.HAM
    picture = Film(figure, [region], COLUMNS, ROWS, side=side).at()
    marked = [
        column
        for row in picture.rows
        for column, ink in enumerate(ink for text, ink in row for _ in text)
        if ink is Ink.WORKS
    ]
    assert marked
    # From behind, and from the front as in a mirror, the right leg is on the right.
    assert all((column >= COLUMNS // 2) is (side is Side.RIGHT) for column in marked)


def dots(row: str) -> str:
    """Split each cell of a row of dots and blanks into its left and right half."""
    found = ""
    for char in row:
        bits = ord(char) - 0x2800 if char != " " else 0
        left = bits & 0b01000111
        right = (bits >> 3 & 0b111) | (bits >> 1 & 0b01000000)
        found += f"{chr(left + 1)}{chr(right + 1)}"
    return found


def test_reduced_motion_shows_both_poses_at_once() -> None:
    exercise = next(e for e, figure in figures() if figure.to is not None)
    both = film(exercise, 60, 16).both().lines
    halves = [[line[:30] for line in both], [line[30:] for line in both]]
    assert halves[0] != halves[1]
    assert all(any(char > "⠀" for char in "".join(half)) for half in halves)


def test_names_do_not_move_with_the_figure() -> None:
    for exercise, figure in figures():
        if figure.to is None:
            continue
        places = {
            share: {
                (y, x)
                for y, line in enumerate(picture_of(exercise.id, share).lines)
                for x, c in enumerate(line)
                if c.isalpha()
            }
            for share in (0.0, 0.5, 1.0)
        }
        assert places[0.5] <= places[0.0] and places[1.0] <= places[0.0], exercise.id


@cases("region", Region)
def test_a_body_map_marks_every_region(region: Region) -> None:
    rows = body_map(frozenset({region}), 50, 16).rows
    assert any(ink is Ink.WORKS for row in rows for _, ink in row), region


def test_alt_text_says_what_the_picture_shows_in_both_languages() -> None:
    for exercise, figure in figures():
        english = alt_text(figure, exercise.stated_regions, ["en"])
        spanish = alt_text(figure, exercise.stated_regions, ["es"])
        for name in names_of(exercise.stated_regions, ["en"]).values():
            assert name in english
        assert english != spanish and "{" not in english + spanish
        for prop in figure.props:
            assert f"the {prop.thing.replace('-', ' ')}" in english.lower(), exercise.id
        if figure.to is not None:
            assert "It moves: " in english and "Se mueve: " in spanish, exercise.id


def test_an_svg_is_well_formed_and_has_a_title_and_a_description() -> None:
    for exercise in shipped()[::6]:
        drawn = sketched(exercise)
        assert drawn
        root = ET.fromstring(drawn.whole())
        texts = {child.tag.rpartition("}")[2]: child.text for child in root}
        assert texts["title"] == exercise.name.pick()
        assert texts["desc"] and "From" in texts["desc"]


def test_a_hostile_name_is_text_in_an_svg() -> None:
    exercise = shipped()[0]._replace(name=type(shipped()[0].name)({"en": "<script>x</script>&"}))
    drawn = sketched(exercise)
    assert drawn and "<script>" not in drawn.whole()
    ET.fromstring(drawn.whole())


def test_the_sheet_of_figures_in_the_docs_is_up_to_date() -> None:
    drawn = [one for exercise in shipped() if (one := sketched(exercise))]
    assert (ROOT / "docs" / "figures.svg").read_text("utf-8") == sheet(drawn), "make figures"


def angles(limits: dict[str, object]) -> dict[str, st.SearchStrategy[float]]:
    return {
        name: st.floats(joint.low, joint.high)  # type: ignore[attr-defined]  # a Joint
        for name, joint in limits.items()
    }


LIMBS = st.builds(Limb, **angles(dict(LIMB)), hand=st.sampled_from(["", "near-knee", "far-toes"]))
POSES = st.builds(Pose, st.builds(Trunk, **angles(dict(TRUNK))), LIMBS, LIMBS)


@pytest.mark.soak
@settings(max_examples=tries(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(POSES, POSES, st.sampled_from(View), st.floats(0, 1), st.sets(st.sampled_from(Region)))
def test_any_pose_within_the_limits_is_drawn(
    one: Pose, other: Pose, view: View, share: float, regions: set[Region]
) -> None:
    picture = Film(Figure(one, other, view), regions, COLUMNS, ROWS).at(share)
    assert {len(line) for line in picture.lines} == {COLUMNS}
    assert alt_text(Figure(one, other, view), regions)
