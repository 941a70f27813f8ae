"""Ordinary healthy people, who must not be frightened or stopped without a reason.

Each is described in a sentence, answers the real interview key by key, and plays what they
came for: nothing is urgent, and every step plays on both sides.
"""

from collections.abc import Mapping
from typing import NamedTuple

from player.routine.model import Hold, Routine, Step, steps_of
from player.routine.vocabulary import Kind
from player.safety.adapt import AdaptedPlan
from player.safety.aftermath import Last, Past
from player.safety.clearance import Clearance
from player.safety.cleared import Cleared, admit
from player.safety.filling import Answer, Filling, whys
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.pace import Pace
from player.safety.profile import Profile
from player.safety.prompts import Form, Prompt, Reply
from tests.cases import cases
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    MATRIX,
    NOW,
    QUESTIONS,
    all_asked,
    keys_of,
    left,
    mark,
    new_interview,
    option,
    plan_of,
    played,
    prompts,
    reply_to,
    result,
    shipped,
)

READ_S = 3.0
KEY_S = 1.0
QUICK_S = 16.0

NEW = Profile()
"""The profile of a new person: every question of the profile is asked."""

ROUTINES = {routine.id: routine for routine in shipped()}
UNHURRIED_MS = 1_000
"""Milliseconds between two keys of a person who reads."""

_YES_NO = {"yes": "y", "no": "n", "unsure": "u"}


def typed(prompt: Prompt, reply: Reply) -> tuple[str, ...]:
    """Return the keys that give this answer, as in every interface."""
    keys: tuple[str, ...]
    if isinstance(reply, frozenset):
        ages = reply & prompt.one_of
        keys = (*(sorted(reply - ages) or ["n"]), *ages, "enter")
    elif prompt.form is Form.NUMBER:
        keys = (*str(reply), "enter")
    else:
        key = _YES_NO[str(reply)] if prompt.form is Form.YES_NO else str(reply)
        keys = (key, "enter") if key in prompt.lowers else (key,)
    filling = Filling(prompt, Pace(0))
    *first, last = enumerate(keys, 1)
    for number, key in first:
        pressed = filling.press(key, number * UNHURRIED_MS)
        assert isinstance(pressed, Filling)
        filling = pressed
    assert filling.press(last[1], last[0] * UNHURRIED_MS) == Answer(reply)
    return keys


def by_keys(interview: Interview, keys: str) -> Interview:
    """Return the interview after these keys; `>` is Enter."""
    filling: Filling | None = None
    for number, key in enumerate(keys):
        at = number * UNHURRIED_MS
        assert interview.prompt is not None, f"nothing is left to answer by {key}"
        filling = filling or Filling(interview.prompt, Pace(at - UNHURRIED_MS))
        pressed = filling.press("enter" if key == ">" else key, at)
        if isinstance(pressed, Answer):
            interview, filling = interview.answer(pressed.reply), None
        else:
            filling = pressed
    assert filling is None, "the last key is no answer yet"
    return interview


def walked(interview: Interview, answers: Mapping[str, Reply]) -> tuple[Interview, int]:
    """Return the finished interview and the number of keys."""
    count = 0
    while prompt := interview.prompt:
        reply = reply_to(prompt, answers)
        count += len(typed(prompt, reply))
        interview = interview.answer(reply)
    return interview, count


class Person(NamedTuple):
    """A person who gives `answers` by prompt id, and otherwise reports no problem."""

    name: str
    says: str
    answers: Mapping[str, Reply]
    routine: str
    at_most: Rank = Rank.PLAY
    profile: Profile = FULL_PROFILE
    keys: frozenset[str] = frozenset()
    """The conditions that may be active."""
    not_asked: frozenset[str] = frozenset()
    """Prompts that must not be asked."""
    explained: tuple[str, str] = ("", "")
    """A question and the words of its `?` that exclude this person."""


def sore(level: int, place: str, side: str, kind: str) -> dict[str, Reply]:
    return {"S1": level, "S2": place, "S2.side": side, "S3": kind}


def yes_to(question: str, *words: str, **more: Reply) -> dict[str, Reply]:
    """Return a yes to a question of the profile, with these choices of its short list."""
    marks = mark(*(option(question, w) for w in words))
    rest = {f"{question}.{name}": reply for name, reply in more.items()}
    return {question: "yes", f"{question}.which": marks, **rest}


SORE = frozenset({"rest_pain"})
NO_CLOT = frozenset({"S4", "F3"})
PEOPLE = (
    Person(
        "the runner",
        "Both calves are sore after my long run, five out of ten.",
        sore(5, "c", "b", "n"),
        "calf-roller",
        Rank.ADAPT,
        keys=SORE,
        not_asked=NO_CLOT,
        explained=("G3", "Sore in both legs after sport is not meant"),
    ),
    Person(
        "the one with stiff hamstrings",
        "They have been tight for years, two out of ten.",
        sore(2, "h", "b", "s"),
        "hamstring-stretch",
    ),
    Person(
        "the fit one of 70",
        "I am 70, walk every day and take no pills.",
        {"age": "o"},
        "evening-unwind",
        Rank.ADAPT,
        NEW,
        frozenset({"aaa"}),
    ),
    Person("the footballer", "I bruised my shin badly last year; it is gone.", {}, "calf-roller"),
    Person(
        "the mother of three",
        "I leak a little when I jump, and have for years.",
        {},
        "hip-flexors-after-sitting",
        explained=("G2", "Long-standing leaks"),
    ),
    Person(
        "the constipated one",
        "I have not been for two days, as often on a trip.",
        {},
        "evening-unwind",
        explained=("G2", "plain constipation"),
    ),
    Person(
        "the tired skier",
        "My legs are like jelly after a week of skiing.",
        sore(3, "t", "b", "n"),
        "thigh-roller",
        not_asked=NO_CLOT,
        explained=("G2", "tired from sport are not meant"),
    ),
    Person(
        "the cross-legged reader",
        "My foot falls asleep when I sit on it, and wakes again.",
        {},
        "back-of-knee-ease",
        explained=("G4", "fell asleep and wakes again is not meant"),
    ),
    Person(
        "the one who clicks",
        "My knees click on the stairs. It does not hurt.",
        {},
        "quad-stretch",
        explained=("G5", "click without pain are not meant"),
    ),
    Person(
        "the one whose knee never bends fully",
        "Since a fall as a child it stops short. I know it well.",
        {},
        "calf-stretch",
        explained=("G6", "never bends fully"),
    ),
    Person(
        "the pregnant one",
        "I am 20 weeks on and want to stretch my calves.",
        yes_to("P1", "Pregnant"),
        "calf-stretch",
        Rank.ADAPT,
        NEW,
        frozenset({"pregnant"}),
    ),
    Person(
        "the one on the pill",
        "I take the pill, and both calves are sore from the gym.",
        sore(4, "c", "b", "n"),
        "calf-roller",
        Rank.ADAPT,
        NEW,
        SORE,
        NO_CLOT,
    ),
    Person(
        "the old knee",
        "My cruciate was sewn ten years ago. I was cleared and ski again.",
        {"P10": "no"},
        "quad-stretch",
        profile=NEW,
    ),
    Person(
        "the plate",
        "There has been a plate in my ankle since I was 20.",
        yes_to("P5", "Plates", where="f"),
        "calf-roller",
        Rank.ADAPT,
        NEW,
        frozenset({"metal_leg"}),
    ),
    Person(
        "the thin one",
        "I can feel my belly beat when I lie down.",
        {},
        "calf-roller",
        profile=NEW,
        not_asked=frozenset({"P9b", "F6"}),
    ),
    Person(
        "the runner with shins",
        "Both shins ache after hills, the same each spring.",
        sore(4, "s", "b", "s"),
        "calf-stretch",
        Rank.ADAPT,
        keys=SORE,
        not_asked=NO_CLOT,
    ),
    Person(
        "the desk worker",
        "The front of my hips is tight from sitting, three out of ten.",
        sore(3, "p", "b", "s"),
        "hip-flexors-after-sitting",
    ),
    Person(
        "the one with the pressure",
        "My blood pressure was very high; with pills it is steady.",
        yes_to("P8", "steady heart problem"),
        "evening-unwind",
        Rank.ADAPT,
        NEW,
        frozenset({"heart"}),
    ),
    Person(
        "the one with a little pressure",
        "My blood pressure is a bit high and steady; nobody calls it very high.",
        {"P8": "no"},
        "calf-stretch",
        profile=NEW,
    ),
    Person(
        "the one who flew",
        "I sat on a plane for five hours three weeks ago. No ache at all.",
        yes_to("P4", "trip of 4 hours"),
        "calf-roller",
        Rank.CAUTION,
        NEW,
        frozenset({"dvt_risk"}),
        frozenset({"S4"}),
    ),
    Person(
        "the knee with arthritis",
        "It grumbles at three, as always. Kneeling on a cushion is fine.",
        sore(3, "k", "l", "s") | yes_to("P10", "arthritis"),
        "hip-flexors-after-sitting",
        Rank.CAUTION,
        NEW,
        frozenset({"oa"}),
    ),
    Person(
        "the settled meniscus",
        "It was torn six years ago and has been quiet since.",
        yes_to("P10", "torn meniscus, settled"),
        "hamstring-stretch",
        Rank.ADAPT,
        NEW,
        frozenset({"meniscus"}),
    ),
    Person(
        "the dancer",
        "I am very bendy and always was.",
        {"P12": "yes"},
        "evening-unwind",
        Rank.ADAPT,
        NEW,
        frozenset({"hypermobile"}),
    ),
    Person(
        "the one of 15",
        "Dad is on the mat beside me.",
        {"age": "u"},
        "calf-stretch",
        Rank.ADAPT,
        NEW,
        frozenset({"child"}),
    ),
    Person(
        "the mended hernia",
        "It was closed with a mesh eight years ago.",
        {"P9a": "no"},
        "hip-flexors-after-sitting",
        profile=NEW,
        not_asked=frozenset({"P9b"}),
    ),
    Person(
        "the one with the veins",
        "Bulging veins on both calves, never sore.",
        yes_to("P7", "Bulging veins", where="c"),
        "calf-stretch",
        Rank.ADAPT,
        NEW,
        frozenset({"varicose"}),
    ),
    Person(
        "the mended thigh",
        "I pulled my hamstring two months ago. It is healed, and I run.",
        {},
        "hamstring-stretch",
    ),
    Person(
        "the gardener",
        "I scratched my hand on the roses.",
        {},
        "calf-roller",
        explained=("F1", "Broken or sore skin"),
    ),
    Person(
        "the one who pulled a calf",
        "I pulled my left calf yesterday; it is mild, and I walk on it.",
        {"today": mark("5"), "G5.when": "1", "I1": "c", "I1.side": "l"},
        "early-care",
        Rank.ADAPT,
        keys=frozenset({"acute_strain"}),
    ),
    Person(
        "the one with a cramp",
        "My calf cramps right now, as it does after a swim.",
        {"today": mark("c"), "F15": "no"},
        "cramp-ease",
        Rank.ADAPT,
        keys=frozenset({"cramp_now"}),
    ),
    Person(
        "the one who was shown how",
        "My physio has shown me how to press there, and I am well.",
        {"DP": "s"},
        "psoas-massager",
    ),
    Person("the tired one", "I only want to sit and breathe.", {}, "quiet-breathing"),
    Person("the nurse", "I stand all day and have five minutes.", {}, "calf-stretch-short"),
    Person("the climber", "My ankles are stiff. They are well.", {}, "calf-step-strap"),
    Person(
        "the hiker",
        "Both calves are heavy after the mountains, three out of ten.",
        sore(3, "c", "b", "n"),
        "calf-ball",
        not_asked=NO_CLOT,
    ),
    Person("the cyclist", "My front thighs are short, I think.", {}, "quad-stretch-short"),
    Person("the judoka", "I kneel every day; my knees are fine.", {}, "quad-stretch-kneeling"),
    Person(
        "the rower",
        "The front of both thighs is sore from training, three out of ten.",
        sore(3, "t", "b", "n"),
        "quad-massage",
        not_asked=NO_CLOT,
    ),
    Person("the teacher", "I can't reach my toes and never could.", {}, "hamstring-stretch-short"),
    Person("the sprinter", "My back thighs are stiff, both of them.", {}, "hamstring-massage"),
    Person(
        "the programmer",
        "The front of my hips is tight from sitting, three out of ten.",
        sore(3, "p", "b", "s"),
        "psoas-stretch-short",
    ),
    Person("the swimmer", "My hips are stiff. Kneeling is easy.", {}, "psoas-stretch"),
    Person(
        "the one who pulled a calf at work",
        "I pulled my left calf yesterday; it is mild, and there is no bed here.",
        {"today": mark("5"), "G5.when": "1", "I1": "c", "I1.side": "l"},
        "early-care-seated",
        Rank.ADAPT,
        keys=frozenset({"acute_strain"}),
    ),
    Person("the writer", "I have sat here since nine.", {}, "desk-break"),
    Person("the starter", "I am about to run my first five kilometres.", {}, "before-running"),
    Person(
        "the finisher",
        "I have run. Both calves are tired, two out of ten.",
        sore(2, "c", "b", "n"),
        "after-running",
        not_asked=NO_CLOT,
    ),
    Person("the night owl", "I get cramps at night, none now.", {}, "night-cramp-stretch"),
    Person("the early riser", "I am seventy and stiff till ten.", {}, "stiff-mornings"),
    Person("the host", "I am not getting down on that floor.", {}, "no-floor"),
    Person("the camper", "I have a meadow and no gear.", {}, "no-equipment"),
    Person("the delegate", "Six hours on a train, nothing swollen.", {}, "hotel-room"),
    Person("the collector", "I own one roller and like it.", {}, "roller-only"),
    Person("the gymnast", "I know these stretches well.", {}, "contract-relax-strap"),
    Person("the ballet pupil", "My feet are tired, my hips too.", {}, "hips-and-feet"),
)


def ids(person: Person) -> str:
    return person.name


def begun(person: Person) -> Interview:
    return new_interview(ROUTINES[person.routine], person.profile)


def cleared(person: Person) -> tuple[Routine, Clearance]:
    done, _ = walked(begun(person), person.answers)
    assert not done.outcome.left and done.outcome.red is None
    return ROUTINES[person.routine], result(done)


def test_there_are_enough_people_and_none_may_get_more_than_adapt() -> None:
    assert len(PEOPLE) >= 20 and len({person.name for person in PEOPLE}) == len(PEOPLE)
    assert {person.routine for person in PEOPLE} == ROUTINES.keys(), "each routine has its people"
    assert max(person.at_most for person in PEOPLE) is Rank.ADAPT


@cases("person", PEOPLE)
def test_an_ordinary_person_keeps_every_step_on_both_sides(person: Person) -> None:
    routine, clearance = cleared(person)
    assert clearance.rank <= person.at_most and clearance.plays
    assert set(clearance.keys) <= person.keys
    assert left(routine, clearance) == played(AdaptedPlan.whole(routine))
    assert isinstance(admit(plan_of(routine, clearance), clearance, person.name, NOW), Cleared)


@cases("person", PEOPLE)
def test_an_ordinary_person_gets_the_expected_and_no_frightening_questions(
    person: Person,
) -> None:
    met = all_asked(begun(person), person.answers)
    assert person.answers.keys() <= set(met), "an answer in the table that nobody asked for"
    red = {"R0", "I1", "F15", "G6.which", "G7.which"} - person.answers.keys()
    assert not red & set(met)
    assert not person.not_asked & set(met)


@cases("person", PEOPLE)
def test_an_ordinary_person_gets_no_easy_mode_where_nothing_is_sore(person: Person) -> None:
    routine, clearance = cleared(person)
    if "rest_pain" in clearance.keys:
        return
    plan = plan_of(routine, clearance)
    assert [s.dose for s in steps_of(plan.items)] == [s.dose for s in routine.steps]


def offered(interview: Interview, answers: Mapping[str, Reply]) -> set[str]:
    """Return the follow-ups that this person is asked."""
    return {id_ for id_ in all_asked(interview, answers) if id_.startswith("F")}


@cases("person", [p for p in PEOPLE if p.explained[0]])
def test_a_question_that_could_frighten_them_explains_whom_it_means(
    person: Person,
) -> None:
    id_, words = person.explained
    question = QUESTIONS.find(id_)
    assert question and words in question.why
    interview = begun(person)
    while interview.prompt and all(c.say != question.ask for c in interview.prompt.choices):
        interview = interview.answer(reply_to(interview.prompt, person.answers))
    assert interview.prompt, "the question never came"
    assert any(words in why for why in whys(interview.prompt)), "`?` says it"


def test_a_person_whom_no_line_of_a_list_fits_can_go_back_and_say_no() -> None:
    """A torn ACL that was cleared years ago fits none of the lines in the list."""
    opened = new_interview(ROUTINES["quad-stretch"], NEW)
    while opened.prompt and opened.prompt.id != "P10.which":
        opened = opened.answer(reply_to(opened.prompt, {"P10": "yes"}))
    assert opened.prompt
    anew = opened.back()
    assert anew.prompt and anew.prompt.id == "profile"
    done, _ = walked(anew, {"P10": "no"})
    assert keys_of(done) == set() and result(done).rank is Rank.PLAY


# The three typical people of 2b, key by key


def test_mild_old_hamstring_tightness_plays_after_eight_keys() -> None:
    routine = ROUTINES["back-of-knee-ease"]
    done = by_keys(new_interview(routine), "ny>2>hbs")
    clearance = result(done)
    assert done.prompt is None and clearance.rank is Rank.PLAY and not clearance.keys
    assert plan_of(routine, clearance).items == routine.items


def test_both_calves_sore_at_five_get_easy_mode_and_half_roller_pressure() -> None:
    routine = ROUTINES["calf-roller"]
    after = by_keys(new_interview(routine), "ny>5>cbn")
    assert after.prompt and after.prompt.id == "followups", "no clot question came between"
    clearance = result(by_keys(after, "n>"))
    assert clearance.rank is Rank.ADAPT and set(clearance.keys) == SORE
    plan = plan_of(routine, clearance)
    assert [s.number for s in steps_of(plan.items)] == [s.number for s in routine.steps]
    for step in steps_of(plan.items):
        (before,) = [s for s in routine.steps if s.number == step.number]
        if before.dose.pressure:
            assert step.dose.pressure
            assert step.dose.pressure.high == before.dose.pressure.high // 2
    rolled = [s for s in steps_of(plan.items) if s.exercise.id == "calf-roll"]
    assert [s.dose.pressure and s.dose.pressure.high for s in rolled] == [2]


def test_both_calves_sore_at_five_do_not_change_the_thighs() -> None:
    clearance = result(by_keys(new_interview(ROUTINES["back-of-knee-ease"]), "ny>5>cbn"))
    plan = plan_of(ROUTINES["back-of-knee-ease"], clearance)
    doses = {s.exercise.id: s.dose for s in steps_of(plan.items)}
    before = {s.exercise.id: s.dose for s in ROUTINES["back-of-knee-ease"].steps}
    assert doses.keys() == before.keys()
    assert doses["ham-chair-sit"] == before["ham-chair-sit"]
    (hold,) = doses["calf-wall-straight"].work
    assert isinstance(hold, Hold) and hold.time.low == 15_000


def test_one_new_sore_calf_at_four_is_stretched_gently_and_not_massaged() -> None:
    routine = ROUTINES["calf-stretch"]
    asks = by_keys(new_interview(routine), "ny>4>cln")
    assert asks.prompt and asks.prompt.id == "S4"
    done = by_keys(asks, "n")
    clearance = result(done)
    assert done.prompt is None and clearance.rank is Rank.ADAPT
    assert set(clearance.keys) == {"new_leg_ache", "rest_pain"}
    assert left(routine, clearance) == played(AdaptedPlan.whole(routine))
    plan = plan_of(routine, clearance)
    assert isinstance(admit(plan, clearance, "Ana", NOW), Cleared)
    assert MATRIX.conditions["new_leg_ache"].note in [note for _, note in plan.notes]
    rolling = plan_of(ROUTINES["calf-roller"], clearance)
    kinds = {kind for step in steps_of(rolling.items) for kind in step.exercise.kinds}
    assert not kinds & {Kind.ROLL, Kind.PRESS, Kind.DEEP_PRESS}
    assert result(by_keys(asks, "y")).rank is Rank.URGENT


# A healthy regular


YESTERDAY = Past(last=Last(1, "calf-stretch", "Calf stretch", NOW - DAY, 2, 2))
LONG_ENOUGH = {"psoas-massager"}
"""Routines that may take longer: deep pressure asks its questions every time."""


@cases("routine", shipped())
@cases("past", [Past(), YESTERDAY])
def test_a_healthy_regular_answers_in_16_seconds(routine: Routine, past: Past) -> None:
    """Three keys, two more the day after a session, two more if a tool touches the body.

    With three seconds to read each list, and Enter for the name and for the start, that is 8 s
    to 15 s.
    """
    if routine.id in LONG_ENOUGH:
        return
    interview = new_interview(routine, past=past)
    nothing_new: dict[str, Reply] = {"A1": "s"}
    met = prompts(interview, nothing_new)
    done, keys = walked(interview, nothing_new)
    clearance = result(done)
    assert clearance.rank is Rank.PLAY and left(routine, clearance)
    followed = ["followups"] if "followups" in met else []
    since = ["A1", "A2"] if past.last else []
    assert met == ["today", *since, *followed]
    assert keys == 3 + len(since) + 2 * len(followed)
    lists = 1 + len(followed)
    name_and_start = 2 * KEY_S
    assert keys * KEY_S + lists * READ_S + name_and_start <= QUICK_S
    assert bool(followed) == any(_is_asked_about(step) for step in routine.steps)


def _is_asked_about(step: Step) -> bool:
    """Whether it touches the skin, may raise the blood pressure, or needs a healthy heel cord."""
    touches = step.exercise.kinds & {Kind.ROLL, Kind.PRESS, Kind.COOL, Kind.CONTRACT_RELAX}
    return bool(touches or step.equipment & {"strap", "wrap", "step"})  # a step: the heel cord


def test_a_newcomer_answers_the_whole_profile_in_two_steps() -> None:
    done, keys = walked(new_interview(profile=NEW), {})
    assert prompts(new_interview(profile=NEW)) == ["today", "profile"]
    assert keys == 6 and result(done).rank is Rank.PLAY
