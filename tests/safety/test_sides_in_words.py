"""A step for each side names none: "Lie on your right side" stretched a hurt leg."""

from player.routine.model import Plan, Say, Text, steps_of
from player.routine.named_side import in_turn, named_side, texts_of, texts_of_exercise
from player.routine.vocabulary import Side
from player.safety.clearance import judge
from player.safety.findings import AgeBand, Answers, Finding
from player.safety.wording import change_lines
from tests.cases import cases
from tests.grade import grade
from tests.safety.making import CATALOGUE, MATRIX, NOW, plan_of, routine_of, shipped

NAMED = (
    "Lie on your right side first.",
    "Your right leg works.",
    "The leg on the right stays down.",
    "Turn the foot to your left, then hold.",
    "Left-hand side up.",
    "Keep the left front thigh soft.",
    "Right knee, then the other.",
    "The arm that is on the left hangs.",
    "Ri\u00adght leg up.",
    "Use the RIGHT\nHAND.",
    "Hips left, and hold.",
)
NOT_NAMED = (
    "Bend the leg right away.",
    "All right? Then lift the foot.",
    "All right, hip forward.",
    "If there is time left, hold the knee.",
    "Set the hip at the right height.",
    "Bring the leg to the right angle.",
    "Set the knee right over the toes.",
    "What is left: legs up.",
    "The leg on top is stretched.",
)
NAMED_ES = (
    "Empieza sobre el lado derecho.",
    "La pierna izquierda trabaja.",
    "El pie de la derecha, quieto.",
    "Las rodillas izquierda y derecha.",
    "Pon la mano derecha en el muslo.",
    "Estira la pantorrilla izquierda.",
)
NOT_NAMED_ES = ("Con la espalda derecha.", "Gira a la derecha.", "La pierna de arriba trabaja.")


@cases("words", NAMED)
def test_a_named_side_is_found(words: str) -> None:
    assert named_side(Text({"en": words}))
    assert named_side(Text({"en": "Sit down.", "de": words}))


@cases("words", NOT_NAMED)
def test_right_and_left_in_another_sense_are_not_taken(words: str) -> None:
    assert not named_side(Text({"en": words}))


def test_a_named_side_is_found_in_spanish() -> None:
    assert [words for words in NAMED_ES if not named_side(Text({"es": words}))] == []
    assert [words for words in NOT_NAMED_ES if named_side(Text({"es": words}))] == []


def test_no_shipped_card_or_routine_names_a_side_where_each_side_is_done() -> None:
    found = []
    for entry in CATALOGUE.entries:
        if not entry.exercise.both_at_once:
            texts = (*texts_of_exercise(entry.exercise), *(cue.say for cue in entry.cues))
            found += [(entry.exercise.id, text) for text in texts if named_side(text)]
    for routine in shipped():
        before: list[Text] = []
        for item in routine.items:
            if isinstance(item, Say):
                before.append(item.say)
                continue
            for step in (s for s in routine.steps if s is item and in_turn(s)):
                texts = (*before, *texts_of(step))
                found += [(routine.id, text) for text in texts if named_side(text)]
            before = []
    assert found == []


def with_a_hurt_thigh(side: Side, *steps: str, above: str = "") -> Plan:
    """Return today's plan of a person whose one thigh was strained yesterday."""
    lines = "\n".join(f"  - {step}" for step in ("breathing-seated: 2:00", *steps))
    routine = routine_of(f"name: T\n{above}steps:\n{lines}\n")
    strain = Finding("acute_strain", "ham", side, at=NOW, since=NOW - 86_400)
    return plan_of(routine, judge(Answers(NOW, (strain,), age=AgeBand.ADULT), MATRIX, NOW))


def played(plan: Plan) -> list[str]:
    return [f"{step.title.pick()} {step.dose.side}" for step in steps_of(plan.items)][1:]


TEXTS = (
    "{use: ham-chair-sit, note: Stand on your right leg first.}",
    "{use: ham-chair-sit, note: {en: Hold on., es: Ponte sobre la pierna derecha.}}",
    "{use: ham-chair-sit, cues: {5s: Your left thigh pulls.}}",
    "{use: ham-chair-sit, until: The left thigh is soft}",
    "{name: My left thigh, hold: 30s, side: alternating, kind: static-stretch, regions: [ham],"
    " position: chair}",
    "{use: ham-pnf-strap, phases: [{contract: 6s, say: Press the right foot.}, {stretch: 20s}]}",
    "{use: ham-pnf-strap, phases: [{contract: 6s, note: The right foot works.}, {stretch: 20s}]}",
    "{block: On the right leg, steps: [ham-chair-sit]}",
)


@cases("step", TEXTS)
def test_a_step_with_one_side_left_is_left_out_if_a_text_names_a_side(step: str) -> None:
    for hurt in Side.LEFT, Side.RIGHT:
        plan = with_a_hurt_thigh(hurt, step)
        assert played(plan) == []
        (line,) = change_lines(plan)
        assert line.endswith("; its words name a side, so it is not done on one side alone).")
        assert "you told of" in line


def test_a_text_that_leads_to_the_step_counts_and_is_not_said() -> None:
    for between in ((), ("rest: 5s",), ("say: Breathe.",)):
        plan = with_a_hurt_thigh(
            Side.LEFT, "say: Lie on your right side.", *between, "ham-chair-sit"
        )
        assert played(plan) == []
    plan = with_a_hurt_thigh(Side.LEFT, "say: Lie on your right side.", "ham-chair-sit")
    assert not any(isinstance(item, Say) for item in plan.items)


def test_an_entry_of_the_file_is_searched_as_a_whole() -> None:
    own = """exercises:
  my-lean: {name: My lean, kind: static-stretch, regions: [ham], position: chair, sides: one,
    dose: 30s each side, WHERE}
"""
    for where in (
        "how: [Lean on your right hand.]", "easier: Bend the left leg.", "harder: Right leg up.",
        "feel: A pull in the left thigh.", "mistakes: [left hip drops]", "note: Right leg up.",
    ):  # fmt: skip
        plan = with_a_hurt_thigh(Side.LEFT, "my-lean", above=own.replace("WHERE", where))
        assert played(plan) == [], where


def test_without_a_named_side_the_other_side_plays() -> None:
    plan = with_a_hurt_thigh(Side.LEFT, "{use: ham-chair-sit, note: Stand up right away.}")
    assert played(plan) == ["Seated hamstring stretch right"]
    fine = "say: Your left leg can rest.", "ham-chair-sit: 30s left", "ham-chair-sit: 30s each side"
    assert played(with_a_hurt_thigh(Side.LEFT, *fine)) == ["Seated hamstring stretch right"]


def test_a_named_side_matters_only_while_one_side_is_left() -> None:
    step = "{use: shin-toe-tuck, note: Tuck your right foot back.}"
    assert played(with_a_hurt_thigh(Side.LEFT, step)) == ["Seated shin stretch each side"]


def test_the_reason_reads_easily() -> None:
    (line,) = change_lines(with_a_hurt_thigh(Side.LEFT, TEXTS[0]))
    assert grade(line.split("; ")[-1].rstrip(").").capitalize() + ".") <= 7
