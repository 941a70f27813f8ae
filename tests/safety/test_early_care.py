"""Early care (clinical content, sections 2f and 4g): risky exercises say when to stop."""

from player.routine.model import Exercise, Hold, Say, steps_of
from player.routine.vocabulary import Kind, Sides
from tests.safety.making import CATALOGUE, MATRIX, shipped

MINUTE = 60_000
CARE = next(routine for routine in shipped() if routine.id == "early-care")


def entry(id_: str) -> Exercise:
    found = CATALOGUE.find(id_)
    assert found
    return found.exercise


def words_of(exercise: Exercise) -> str:
    notes = [exercise.note.pick()] if exercise.note else []
    return "\n".join([*(line.pick() for line in exercise.how), *notes])


def test_early_care_does_not_move_press_or_warm_and_is_for_one_leg() -> None:
    for step in steps_of(CARE.items):
        assert step.exercise.kinds <= {Kind.EARLY_CARE, Kind.COOL, Kind.BREATHE}
        assert step.dose.side is Sides.ONE


def test_a_cold_pack_is_short_wrapped_checked_and_off_the_outer_knee() -> None:
    (step,) = (s for s in steps_of(CARE.items) if Kind.COOL in s.exercise.kinds)
    (hold,) = step.dose.work
    assert isinstance(hold, Hold) and hold.time.high <= 15 * MINUTE
    words = words_of(step.exercise)
    assert "damp cloth" in words and "not on the outer knee" in words
    assert "At 5 minutes look at the skin; white or blotchy, stop." in words
    assert "no stretch or massage after it" in words
    assert [cue.at.ms for cue in step.cues if cue.say and "Look at the skin" in cue.say.pick()] == [
        5 * MINUTE
    ]
    last = CARE.items[-1]
    assert isinstance(last, Say) and "do not stretch or rub it now" in last.say.pick()


def test_a_person_who_must_not_be_cooled_gets_no_cold() -> None:
    assert entry("early-cold-pack").avoid_if >= {
        "cold_trouble", "neuropathy", "pad", "leg_nerve", "skin", "cancer", "masking",
    }  # fmt: skip


def test_a_wrap_is_snug_checked_at_the_toes_and_removed_at_night() -> None:
    words = words_of(entry("early-wrap"))
    assert "Slide one finger under it; if it will not go, loosen." in words
    assert "Press a toenail" in words and "Always off at night" in words
    assert "Tingling, cold or a new colour: take it off." in words
    wrapped = {key for key, row in MATRIX.conditions.items() if "wrap" in row.gear}
    assert wrapped | {"pad", "leg_nerve"} <= entry("early-wrap").avoid_if
