"""Reading `figure:` from a file, and the problems that `check` reports in it."""

from player.check.lint.every_rule import lint
from player.routine.model import Exercise
from player.routine.pose import FLAT, PropPlace, View, Works
from tests.cases import cases
from tests.routine.reading import opened

HEAD = """name: A
exercises:
  my-lean:
    name: My lean
    regions: [calf]
    kind: static-stretch
    position: support
    sides: both
    dose: 30s
"""
STEPS = "steps:\n  - my-lean\n"


def exercise_with(figure: str) -> Exercise:
    found = opened(f"{HEAD}    figure: {figure}\n{STEPS}")
    assert found.routine, found.report()
    return found.routine.steps[0].exercise


def problems_of(figure: str) -> list[tuple[str, int, str]]:
    found = opened(f"{HEAD}    figure: {figure}\n{STEPS}")
    problems = (*found.problems, *(lint(found) if found.routine else ()))
    return [(p.code, p.col, p.message) for p in problems if p.code != "W301"]


def test_an_angle_missing_on_the_far_side_is_taken_from_the_near_side() -> None:
    figure = exercise_with("{near: {hip: 80, knee: 20, hand: near-knee}, far: {hip: 10}}").figure
    assert figure
    assert (figure.pose.far.hip, figure.pose.far.knee) == (10, 20)
    assert figure.pose.far.hand == "near-knee" and figure.pose.far.ankle == FLAT


def test_the_second_pose_holds_only_what_changes() -> None:
    figure = exercise_with(
        "{lean: 5, near: {hip: 80}, far: {knee: 9}, to: {near: {knee: 60}}}"
    ).figure
    assert figure and figure.to
    assert (figure.to.trunk.lean, figure.to.near.hip, figure.to.near.knee) == (5, 80, 60)
    assert figure.to.far.knee == 9, "the far side does not lose its own angle"


def test_an_arm_with_angles_lets_go_and_none_frees_one_hand() -> None:
    figure = exercise_with(
        "{near: {hip: 90, hand: near-knee}, far: {hand: none}, to: {near: {elbow: 30}}}"
    ).figure
    assert figure and figure.to
    assert (figure.pose.near.hand, figure.pose.far.hand) == ("near-knee", "")
    assert figure.to.near.hand == ""


def test_things_views_and_words_are_read_in_any_case_and_with_any_hyphen() -> None:
    figure = exercise_with(
        "{view: Corner, works: both, props: [{cold_pack: {over: near_quad, at: 40}}]}"
    ).figure
    assert figure
    assert (figure.view, figure.works) == (View.CORNER, Works.BOTH)
    (prop,) = figure.props
    assert (prop.thing, prop.place, prop.part, prop.at) == (
        "cold-pack",
        PropPlace.OVER,
        "near-quad",
        40,
    )


@cases(
    ("figure", "code", "words"),
    [
        ("{near: {knee: -20}}", "E212", "`knee` goes from 0 to 160 degrees"),
        ("{lean: 400}", "E212", "`lean` goes from -120 to 135 degrees"),
        ("{near: {knee: lots}}", "E104", "a figure has no `lots`"),
        ("{lean: lots}", "E104", "`lean` is a number of degrees, not `lots`"),
        ("{near: {knee: nan}}", "E104", "a figure has no `nan`"),
        ("{lean: inf}", "E104", "`lean` is a number of degrees, not `inf`"),
        ("{nea: {knee: 20}}", "E101", "a figure has no key `nea`"),
        ("{near: {kne: 20}}", "E101", "the near side has no key `kne`"),
        ("{near: {hand: near-kne}}", "E104", "a figure has no `near-kne`"),
        ("{props: [{sofa: {under: hips}}]}", "E104", "a figure has no `sofa`"),
        ("{props: [{wall: {under: hips, front: head}}]}", "E102", "`wall` needs one of"),
        ("{props: [{strap: {from: near-hand}}]}", "E102", "`strap` leads `from` a part `to`"),
        ("{props: [wall]}", "E103", "a prop is a thing and where it touches"),
        ("standing", "E103", "a figure is a map"),
        ("{view: moon}", "E104", "`moon` is no view"),
        ("{near: {hand: near-toes}}", "W111", "is 41 % of the height away from `near-toes`"),
    ],
)
def test_a_mistake_is_reported_at_its_place(figure: str, code: str, words: str) -> None:
    ((found, column, message), *_) = problems_of(figure)
    assert found == code and words in message
    assert column >= 5


def test_a_misspelt_name_gets_a_suggestion() -> None:
    found = opened(f"{HEAD}    figure: {{near: {{hand: near-kne}}}}\n{STEPS}")
    assert "near-knee" in found.problems[0].help
