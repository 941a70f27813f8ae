"""The shipped bodies: no joint bends the wrong way, and no body floats or sinks into the floor."""

import pytest

from player.figures import body
from player.figures.solve import Solved, solve
from player.figures.space import dot, length, sub
from player.routine.pose import LIMB, Figure, Limb, Pose, Prop, PropPlace, Trunk
from tests.cases import cases
from tests.figures.drawn import DOT, figures, poses, shipped

each_pose = cases(("name", "solved"), poses)


def test_every_exercise_has_a_figure() -> None:
    assert [exercise.id for exercise in shipped() if exercise.figure is None] == []


@each_pose
def test_every_joint_stays_within_its_anatomical_range(name: str, solved: Solved) -> None:
    for side in ("near", "far"):
        for angles in (solved.legs[side].angles, solved.arms[side].angles):
            for joint, (low, high, _) in LIMB.items():
                if joint in {"shoulder", "out", "spin"} and angles is solved.legs[side].angles:
                    continue
                assert low - 1 <= angles[joint] <= high + 1, (side, joint, angles[joint])


@each_pose
def test_no_knee_bends_forward_and_no_bone_changes_its_length(name: str, solved: Solved) -> None:
    for leg in solved.legs.values():
        shin = sub(leg.ankle, leg.knee)
        assert dot(shin, leg.thigh_front) <= 1e-9
        assert length(shin) == pytest.approx(body.SHIN)
        assert length(sub(leg.knee, leg.hip)) == pytest.approx(body.THIGH)
    for arm in solved.arms.values():
        assert length(sub(arm.elbow, arm.shoulder)) == pytest.approx(body.UPPER_ARM)


@each_pose
def test_every_contact_closes_to_within_a_dot(name: str, solved: Solved) -> None:
    apart = [contact for contact in solved.contacts if contact.gap > DOT]
    assert not apart or "@0.34" in name  # between two poses a hand is moving


@each_pose
def test_no_body_sinks_into_the_floor_or_floats(name: str, solved: Solved) -> None:
    parts = [
        solved.part(part)
        for part in (
            "head", "chest", "hips", "near-knee", "far-knee", "near-heel", "far-heel",
            "near-toes", "far-toes", "near-hand", "far-hand", "near-elbow", "far-elbow",
        )
    ]  # fmt: skip
    lowest = min(part.at[2] - part.r for part in parts)
    assert lowest >= -1.5 * DOT
    rests = lowest < DOT or any(thing.prop.place is PropPlace.UNDER for thing in solved.things)
    assert rests


def test_a_wall_is_where_the_body_touches_it() -> None:
    for exercise, figure in figures():
        walls = [t for t in solve(figure).things if t.prop.thing == "wall"]
        if "wall" in exercise.equipment and walls:
            part = solve(figure).part(walls[0].prop.part)
            assert min(abs(walls[0].at[i] - part.at[i]) for i in (0, 1)) < 0.11, exercise.id


_ALONG_WALL = {"front": (0, 1.0), "behind": (0, -1.0), "beside": (1, 1.0)}


@each_pose
def test_no_limb_goes_through_a_wall(name: str, solved: Solved) -> None:
    for thing in solved.things:
        if thing.prop.thing != "wall" or name.startswith("ham-doorway"):
            continue  # the other leg lies through the doorway
        axis, outward = _ALONG_WALL[thing.prop.place.value]
        if thing.prop.place is PropPlace.BESIDE and thing.prop.part.startswith("far"):
            outward = -1.0
        for side in ("near", "far"):
            leg, arm = solved.legs[side], solved.arms[side]
            for at in (leg.knee, leg.ankle, leg.heel, leg.toes, arm.elbow, arm.palm):
                assert (at[axis] - thing.at[axis]) * outward <= DOT, (side, at)


def test_the_two_poses_of_a_movement_differ() -> None:
    for exercise, figure in figures():
        if figure.to is not None and not any(prop.then for prop in figure.props):
            first, second = solve(figure), solve(figure, 1.0)
            assert first.legs != second.legs or first.arms != second.arms, exercise.id


def test_angles_have_the_meaning_that_physiotherapists_use() -> None:
    up = solve(Figure(Pose(near=Limb(hip=90, knee=90), far=Limb())))
    near = up.legs["near"]
    assert near.knee[0] - near.hip[0] == pytest.approx(body.THIGH, abs=0.01)  # thigh forward
    assert near.ankle[2] < near.knee[2] and near.ankle[0] == pytest.approx(near.knee[0], abs=0.01)
    toes_up = solve(Figure(Pose(near=Limb(ankle=20)))).legs["near"]
    assert toes_up.toes[2] > toes_up.heel[2]
    lying = solve(Figure(Pose(Trunk(lean=-90)))).torso
    assert lying.head[0] < 0 and lying.face[2] > 0.9  # on the back, looking up


def test_a_limb_rests_on_the_thing_that_its_angle_names() -> None:
    figure = Figure(
        Pose(near=Limb(hip=88, knee="floor"), far=Limb(hip=88, knee="floor")),
        props=(Prop("chair", PropPlace.UNDER, "hips"),),
    )
    solved = solve(figure)
    assert all(contact.gap < DOT for contact in solved.contacts)
    assert solved.part("near-heel").at[2] == pytest.approx(body.HEEL_R, abs=DOT)
    assert solved.torso.hips[2] > 0.25


def test_a_hand_that_does_not_reach_reports_the_gap() -> None:
    solved = solve(Figure(Pose(near=Limb(hand="near-toes"))))
    assert max(contact.gap for contact in solved.contacts) > 0.3
