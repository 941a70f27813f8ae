"""The tool or the hand of each shipped massage figure stays off the places its card keeps off.

Lengths are shares of the body's height, so 0.059 is a hand of 10 cm at 1.70 m.
"""

from math import dist

import pytest

from player.figures.props import strokes
from player.figures.solve import SIDES, Solved, Thing, solve
from player.figures.space import Vec, along, between, dot, sub
from player.routine.pose import MIDDLE_PARTS, Figure
from tests.figures.drawn import figures

HAND = 0.059
KNEECAP, HEEL_CORD = 0.018, 0.030
"""The part of the kneecap above the knee joint, and of the heel cord above the ankle joint."""

NAVEL = 0.07
"""The height of the navel above the hip joints."""

HIP_POINT = (0.05, 0.02, 0.05)
"""The front hip point, from the hip joint: to the front, outward, and up."""

SEAT_BONE = (-0.01, -0.01, -0.045)
HIP_KNOB = (0.0, 0.06, 0.0)
ROLLED = ("calf-roll", "ham-roll", "quad-roll", "quad-stick-sit", "hipflexor-upper-thigh-roll")


def figure_of(id_: str) -> Figure:
    return next(figure for exercise, figure in figures() if exercise.id == id_)


def tool(solved: Solved, *names: str) -> Thing:
    return next(thing for thing in solved.things if thing.prop.thing in names)


def landmark(solved: Solved, place: tuple[float, float, float], side: str = "near") -> Vec:
    """Return a place given to the front, outward and up of a hip joint."""
    axes = solved.torso.pelvis
    at = along(solved.legs[side].hip, axes.front, place[0])
    return along(along(at, axes.near, SIDES[side] * place[1]), axes.up, place[2])


def from_hip(solved: Solved, at: Vec, side: str = "near") -> tuple[float, float, float]:
    """Return how far a place is to the front, outward and up of a hip joint."""
    axes, way = solved.torso.pelvis, sub(at, solved.legs[side].hip)
    return dot(way, axes.front), SIDES[side] * dot(way, axes.near), dot(way, axes.up)


def stroke_ends(id_: str) -> list[tuple[Solved, Vec]]:
    """Return where on the bone a roller lies at both ends of its stroke."""
    figure = figure_of(id_)
    found = []
    for share in (0.0, 1.0):
        solved = solve(figure, share)
        prop = tool(solved, "roller", "stick").prop
        at = prop.then if share and prop.then is not None else prop.at
        found.append((solved, solved.part(prop.part, at).at))
    return found


def test_every_roller_has_a_case() -> None:
    rolled = {e.id for e, f in figures() if {p.thing for p in f.props} & {"roller", "stick"}}
    assert rolled == set(ROLLED)


@pytest.mark.parametrize("id_", ["quad-roll", "quad-stick-sit", "hipflexor-upper-thigh-roll"])
def test_a_roll_of_the_front_thigh_ends_a_hand_from_kneecap_and_groin(id_: str) -> None:
    for solved, at in stroke_ends(id_):
        leg = solved.legs["near"]
        assert dist(at, leg.knee) >= HAND + KNEECAP
        assert dist(at, leg.hip) >= 0.05


def test_a_roll_of_the_back_thigh_ends_a_hand_from_seat_bone_and_knee() -> None:
    for solved, at in stroke_ends("ham-roll"):
        assert dist(at, solved.legs["near"].knee) >= HAND
        # The seat bone lies farther from the trunk than the hip joint.
        assert dist(at, solved.legs["near"].hip) >= HAND + 0.03
        assert dist(at, landmark(solved, SEAT_BONE)) >= HAND


def test_a_roll_of_the_calf_ends_a_hand_from_knee_and_heel_cord() -> None:
    for solved, at in stroke_ends("calf-roll"):
        assert dist(at, solved.legs["near"].knee) >= HAND
        assert dist(at, solved.legs["near"].ankle) >= HAND + HEEL_CORD


@pytest.mark.parametrize("id_", ["hipflexor-upper-thigh-roll", "quad-ball-press"])
def test_a_tool_on_the_outer_front_thigh_lies_on_its_outer_side(id_: str) -> None:
    solved = solve(figure_of(id_))
    leg, thing = solved.legs["near"], tool(solved, "roller", "ball")
    assert dot(sub(thing.at, leg.hip), leg.outward) >= 0.01
    assert dot(sub(thing.at, leg.hip), leg.thigh_front) > 0.02


def test_the_roller_below_the_hip_point_begins_a_hand_below_it() -> None:
    for solved, at in stroke_ends("hipflexor-upper-thigh-roll"):
        assert dist(at, landmark(solved, HIP_POINT)) >= HAND


def test_a_ball_on_the_buttock_lies_above_and_behind_the_hip_knob() -> None:
    solved = solve(figure_of("glute-ball-wall"))
    at = tool(solved, "ball").at
    front, _, up = from_hip(solved, at)
    assert front <= -0.02 and up >= 0.03
    assert dist(at, landmark(solved, HIP_KNOB)) >= 0.045


def test_a_ball_on_the_hip_pocket_lies_before_and_above_the_hip_joint() -> None:
    solved = solve(figure_of("tfl-ball-wall"))
    at = tool(solved, "ball").at
    front, outward, up = from_hip(solved, at)
    assert front >= 0.02 and outward >= 0.03 and up >= 0.02
    assert dist(at, landmark(solved, HIP_POINT)) >= 0.03
    assert dist(at, landmark(solved, HIP_KNOB)) >= 0.03


def pressed(id_: str) -> tuple[Solved, Vec]:
    solved = solve(figure_of(id_))
    tools = [thing.at for thing in solved.things if thing.prop.thing == "psoas-tool"]
    hand = solved.arms["near"]
    return solved, tools[0] if tools else between(hand.palm, hand.tip, 0.5)


def test_no_finger_of_the_press_lies_on_midline_navel_or_thigh() -> None:
    solved, _ = pressed("psoas-hand-press")
    axes, hand = solved.torso.pelvis, solved.arms["near"]
    for at in (hand.palm, hand.tip):
        way = sub(at, solved.torso.hips)
        assert dot(way, axes.near) >= 0.03
        assert 0.015 <= dot(way, axes.up) <= NAVEL


@pytest.mark.parametrize("id_", ["psoas-hand-press", "psoas-tool-press"])
def test_a_press_beside_the_hip_bone_is_below_the_navel_and_off_the_midline(id_: str) -> None:
    solved, at = pressed(id_)
    axes, way = solved.torso.pelvis, sub(at, solved.torso.hips)
    assert 0.02 <= dot(way, axes.up) <= NAVEL - 0.005
    inside = dot(landmark(solved, HIP_POINT), axes.near) - dot(solved.torso.hips, axes.near)
    assert 0.035 <= dot(way, axes.near) < inside
    assert dot(way, axes.front) > 0.02


def test_the_second_tip_of_the_tool_points_beside_the_body() -> None:
    solved = solve(figure_of("psoas-tool-press"))
    thing = tool(solved, "psoas-tool")
    tips = {end for line in strokes(thing, solved) for end in line if end[2] > thing.low + 0.01}
    assert min(y for _, y, _ in tips) >= 0.035


def test_balls_and_hands_of_a_massage_lie_on_a_place_of_their_own() -> None:
    """Neither the hip joint nor the middle of the belly is a place to press."""
    bare = set(MIDDLE_PARTS) | {"near-hip", "far-hip", "near-seat", "far-seat"}
    wrong = {
        exercise.id: prop.part
        for exercise, figure in figures()
        for prop in figure.props
        if prop.thing in {"ball", "roller", "stick", "psoas-tool"} and prop.part in bare
    }
    assert wrong == {}
