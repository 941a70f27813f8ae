"""A step is the massage that its words describe, whatever its file calls it."""

from player.routine.terms import load_terms
from player.routine.vocabulary import Kind
from tests.cases import cases
from tests.routine.reading import errors, first_step, opened, warnings, with_steps

STRETCH = "{name: Calf, kind: static-stretch, regions: [calf], position: stand, hold: 30s, NOTE}"


def codes(step: str) -> list[str]:
    return [problem.code for problem in errors(opened(with_steps(step)))]


@cases(
    "text",
    [
        "note: Put a tennis ball under the calf",
        "note: Dig your thumb into the calf",
        "note: Press into the calf with your knuckles",
        "note: Roll slowly up and down your calf",
        "until: The foam roller no longer hurts",
        "cues: {5s: Now knead the calf}",
        "note: {es: Frota la pantorrilla con los nudillos}",
        "note: Mit der Faszienrolle",
    ],
)
def test_a_stretch_that_describes_a_massage_is_an_error(text: str) -> None:
    assert codes(STRETCH.replace("NOTE", text)) == ["E402"]


@cases(
    "text",
    [
        "note: Push the ball of the foot into the strap",
        "note: Press your hands into the wall",
        "note: Release the hold slowly",
        "note: No massage after it",
        "note: Roll the shoulders back",
        "note: {es: Estira sin rodillo ni pelota}",
    ],
)
def test_a_stretch_with_words_of_pressing_stays_a_stretch(text: str) -> None:
    assert not codes(STRETCH.replace("NOTE", text))


def test_a_line_added_to_a_stretch_of_ours_may_not_make_it_a_massage() -> None:
    step = "{use: calf-wall-straight, hold: 30s, note: Put a ball under the other calf}"
    (problem,) = errors(opened(with_steps(step)))
    assert problem.code == "E402"
    assert "kind: roll" in problem.help and "take the words out" in problem.help


@cases(
    "step",
    [
        "Psoas release: 60s",
        "{name: Tummy press, kind: press, regions: [belly], hold: 60s}",
        "{name: Front of the hip, kind: press, regions: [hipflexor], position: prone,"
        " equipment: [ball], hold: 60s}",
        "{name: Hip, kind: press, regions: [hipflexor], hold: 60s,"
        " note: Lie face down on the ball}",
        "{use: calf-roll, roll: 60s, note: Then press the psoas}",
        "Masaje en la barriga: 60s",
    ],
)
def test_deep_pressure_by_another_name_is_deep_pressure(step: str) -> None:
    found = first_step(step)
    assert Kind.DEEP_PRESS in found.exercise.kinds
    assert not found.exercise.vetted
    assert "W302" in [problem.code for problem in warnings(opened(with_steps(step)))]


@cases(
    "step",
    [
        "Psoas stretch: 60s",
        "{name: Calf roll on the floor, kind: roll, roll: 60s, note: Stay off the belly}",
        "{name: Calf roll on the floor, kind: roll, roll: 60s,"
        " note: Roll along the belly of the muscle}",
        "{name: Thigh, kind: roll, roll: 60s, note: Lie face down on your belly}",
        "{name: Psoas, kind: static-stretch, regions: [hipflexor], hold: 30s}",
    ],
)
def test_naming_the_belly_or_the_psoas_alone_is_no_deep_pressure(step: str) -> None:
    assert Kind.DEEP_PRESS not in first_step(step).exercise.kinds


def test_a_stretch_without_a_kind_gets_the_line_to_paste() -> None:
    (problem,) = opened(with_steps("Psoas stretch: 60s")).problems
    assert problem.code == "W301" and "`kind: static-stretch`" in problem.help


def test_words_in_a_language_without_lists_are_an_error() -> None:
    roll = "{name: {de: Wade auf der Rolle}, kind: roll, roll: 60s}"
    (problem,) = errors(opened(with_steps(roll)))
    assert problem.code == "E404"
    assert "in German" in problem.message and "`en:` or `es:`" in problem.help


def test_only_the_checked_language_is_shown_and_said() -> None:
    step = first_step(
        "{name: {de: Wade, en: Calf}, kind: roll, roll: 60s,"
        " note: {de: Langsam rollen, en: Roll slowly}, cues: {5s: {de: Mehr, en: More}}}"
    )
    texts = (step.title, step.exercise.name, step.note, step.cues[0].say)
    assert all(text and list(text.words) == ["en"] for text in texts)


def test_a_stretch_keeps_all_its_languages() -> None:
    step = first_step("{name: {de: Wade, en: Calf}, kind: static-stretch, hold: 30s}")
    assert list(step.title.words) == ["de", "en"]


def test_a_text_that_does_not_read_as_its_language_is_an_error() -> None:
    spanish = "{name: Calf, kind: roll, roll: 60s, note: Rueda despacio por toda la pantorrilla}"
    (problem,) = errors(opened(with_steps(spanish)))
    assert problem.code == "E404" and "`language: es`" in problem.help


@cases("item", ["say: Roll behind the knee now", "wait: Put the ball behind the knee"])
def test_free_words_are_searched_in_a_file_with_a_massage(item: str) -> None:
    assert [p.code for p in errors(opened(with_steps("calf-roll: 60s", item)))] == ["E401"]
    assert not errors(opened(with_steps("calf-wall-straight: 30s", item)))


def test_the_words_about_a_routine_are_searched_in_a_file_with_a_massage() -> None:
    about = "about: Roll from the heel to behind the knee.\n"
    assert [p.code for p in errors(opened(with_steps("calf-roll: 60s", above=about)))] == ["E401"]
    assert not errors(opened(with_steps("calf-wall-straight: 30s", above=about)))


@cases("place", sorted(load_terms().search.place_names.values()))
def test_both_lines_that_a_message_suggests_are_accepted(place: str) -> None:
    wrong = f"{{name: Calf, kind: press, hold: 30s, note: Press on the {place}}}"
    (problem,) = errors(opened(with_steps(wrong)))
    assert problem.code == "E401" and problem.message.endswith(f"press the {place}")
    lines = problem.help.split("`")[1::2]
    assert len(lines) == 2
    for line in lines:
        assert not codes(f"{{name: Calf, kind: press, hold: 30s, note: {line}}}"), line
