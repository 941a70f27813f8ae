"""The body of a shipped figure does what the lines of its card say."""

from math import dist

import pytest

from player.figures import body
from player.figures.props import strokes
from player.figures.solve import Solved, solve
from player.figures.space import Vec
from tests.figures.drawn import DOT, figures


def poses(id_: str) -> tuple[Solved, Solved]:
    figure = next(figure for exercise, figure in figures() if exercise.id == id_)
    return solve(figure), solve(figure, 1.0)


def lowest(solved: Solved, side: str) -> float:
    leg = solved.legs[side]
    return min(leg.heel[2] - body.HEEL_R, leg.toes[2] - body.TOES_R)


def kept(first: Solved, second: Solved, *parts: str) -> dict[str, float]:
    """Return the parts that should keep their place but move by more than a dot."""
    moved = {part: dist(first.part(part).at, second.part(part).at) for part in parts}
    return {part: way for part, way in moved.items() if way > DOT}


def test_the_hips_rock_back_over_a_still_knee_foot_and_hands() -> None:
    first, second = poses("adductor-rock-back")
    assert second.torso.hips[0] <= first.torso.hips[0] - 0.05
    assert kept(first, second, "far-knee", "near-heel", "near-hand", "far-hand") == {}
    assert [abs(lowest(solved, "near")) <= DOT for solved in (first, second)] == [True, True]


def test_the_front_foot_of_the_half_kneel_does_not_slide() -> None:
    first, second = poses("hipflexor-pnf-half-kneel")
    assert second.torso.hips[0] > first.torso.hips[0] + 0.02
    assert kept(first, second, "near-knee", "far-heel") == {}


def test_the_ball_under_the_thigh_lies_on_the_seat() -> None:
    solved, _ = poses("ham-ball-chair")
    chair, ball = (next(t for t in solved.things if t.prop.thing == n) for n in ("chair", "ball"))
    seat = [end[0] for line in strokes(chair, solved) for end in line if end[2] <= ball.low + 0.01]
    assert min(seat) <= ball.at[0] - 0.02 and ball.at[0] + 0.02 <= max(seat)


@pytest.mark.parametrize("side", ["near", "far"])
def test_the_crossed_foot_is_on_the_floor(side: str) -> None:
    solved, _ = poses("tfl-cross-stand")
    assert abs(lowest(solved, side)) <= DOT


def test_the_foot_is_up_along_the_wall_and_not_through_it() -> None:
    solved, _ = poses("quad-wall-kneel")
    wall = next(thing for thing in solved.things if thing.prop.thing == "wall")
    leg = solved.legs["near"]
    assert min(leg.toes[0], leg.ankle[0], leg.heel[0], leg.knee[0]) >= wall.at[0] - 0.001
    assert leg.toes[2] > leg.ankle[2] > leg.knee[2] + 0.2


def test_the_soles_of_the_butterfly_meet() -> None:
    solved, _ = poses("adductor-butterfly")
    near, far = solved.legs["near"], solved.legs["far"]
    for one, other in ((near.heel, far.heel), (near.toes, far.toes)):
        assert one[1] >= 0 >= other[1], "the feet do not cross"
        assert dist(one, other) <= 0.07
    assert lowest(solved, "near") >= -DOT


def test_the_foot_over_the_edge_of_the_bed_hangs_free() -> None:
    solved, _ = poses("hipflexor-bed-edge")
    assert lowest(solved, "near") >= 0.03


@pytest.mark.parametrize(
    "id_", ["quad-ball-press", "psoas-tool-press", "quad-roll", "hipflexor-upper-thigh-roll"]
)
def test_the_forearms_lie_on_the_floor(id_: str) -> None:
    for solved in poses(id_):
        for arm in solved.arms.values():
            assert abs(arm.elbow[2] - body.ELBOW_R) <= DOT
            assert abs(arm.tip[2] - body.HAND_R) <= DOT


def test_the_knee_goes_to_the_wall_and_the_ankle_behind_does_not_bend_far() -> None:
    first, second = poses("ankle-rock-wall")
    wall = next(thing for thing in second.things if thing.prop.thing == "wall")

    def gap(solved: Solved) -> float:
        return wall.at[0] - solved.legs["near"].knee[0] - body.KNEE_R

    assert gap(first) > gap(second) + 0.04
    assert -0.001 <= gap(second) <= 0.03
    assert max(solved.legs["far"].angles["ankle"] for solved in (first, second)) <= 30
    assert kept(first, second, "near-heel", "far-toes", "near-hand") == {}


def high(at: Vec, solved: Solved) -> float:
    """Return how far above the trunk that lies down a place is."""
    return at[2] - solved.torso.chest[2]


def test_a_leg_at_rest_is_raised_a_little_above_the_heart() -> None:
    solved, _ = poses("early-raise-lying")
    assert 0.0 < high(solved.legs["near"].ankle, solved) <= 0.12


def test_the_heel_on_the_second_chair_is_free() -> None:
    solved, _ = poses("early-raise-chair")
    seat = [thing for thing in solved.things if thing.prop.thing == "chair"][1]
    assert lowest(solved, "near") >= seat.low + seat.high + 0.01
