"""A line that many files contain has the right meaning in each of them, although it is cached."""

from tests.routine.reading import first_step, opened, with_steps

LINE = "calf-wall-straight: 2 x 30s each side"


def test_the_defaults_of_each_file_are_used() -> None:
    rests = [
        first_step(LINE, above=above).dose.rest.low
        for above in ("", "defaults: {rest: 7s}\n", "", "defaults: {rest: 9s}\n")
    ]
    plain = rests[0]
    assert rests == [plain, 7_000, plain, 9_000]


def test_a_doubtful_line_is_reported_in_every_file() -> None:
    doubtful = with_steps("ankle-pumps: 30s each side")
    codes = [[problem.code for problem in opened(doubtful).problems] for _ in range(3)]
    assert codes == [["W102"]] * 3


def test_a_switch_has_an_effect_only_after_the_other_side() -> None:
    alone = with_steps("calf-wall-straight: 30s right switch 3s")
    behind = with_steps("calf-wall-straight: 30s left", "calf-wall-straight: 30s right switch 3s")
    for _ in range(2):
        assert [problem.code for problem in opened(alone).problems] == ["W101"]
        assert opened(behind).problems == []


def test_each_step_has_its_own_number_and_line() -> None:
    routine = opened(with_steps(LINE, LINE, LINE)).routine
    assert routine
    assert [(step.number, step.line) for step in routine.steps] == [(1, 3), (2, 4), (3, 5)]
