"""An injury of 4 to 21 days: who has looked at it, is it better, is there a bruise (2b, G5)."""

from collections.abc import Mapping
from itertools import product

import pytest

from player.routine.vocabulary import Side
from player.safety.cleared import Cleared, admit
from player.safety.findings import AgeBand
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.prompts import Reply
from player.safety.questions import InjuryQuestion
from tests.cases import cases
from tests.safety.hurting import (
    DAYS_AGO,
    LAST_WEEK,
    PLACE_KEYS,
    TODAY,
    WEEKS_AGO,
    having,
    hurt,
)
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    MATRIX,
    MIDNIGHT,
    NOW,
    QUESTIONS,
    answered_with,
    finish,
    harmless,
    keys_of,
    left,
    mark,
    new_interview,
    plan_of,
    prompts,
    result,
    rows_asked,
    shipped,
)

ROUTINES = {routine.id: routine for routine in shipped()}
SIGNS = [question for question in QUESTIONS.injury if question.keys and not question.thinner]
OLD = [LAST_WEEK, WEEKS_AGO]


# Each sign, at each place, at each age of the injury


def expected(sign: str, place: str, when: str) -> str:
    """Return the key that a sign of an injury sets; it is written here a second time."""
    popped = {"knee": "pop_swelling", "calf": "achilles_pop"} | dict.fromkeys(
        ("ham", "glute"), "ham_bad"
    )
    always = {
        "I2": "deformity", "I3b": "fracture_signs", "I3f": "achilles_pop", "I4a": "fracture_signs",
        "I4b": "fracture_signs", "I4c": "extensor_tear", "I4d": "achilles_pop",
        "I5a": "fracture_signs", "I5b": "fracture_signs", "I5c": "pcl_new", "I5d": "ham_bad",
        "I5f": "fracture_signs",
    }  # fmt: skip
    if sign == "I3a" and when in OLD:
        return "injury_unseen"
    return always.get(sign) or popped.get(place, "injury_bad")


@cases("when", [DAYS_AGO, LAST_WEEK, WEEKS_AGO])
@cases("place", [*PLACE_KEYS])
@cases("sign", SIGNS)
def test_a_sign_is_never_taken_milder_than_its_key(
    when: str, place: str, sign: InjuryQuestion
) -> None:
    more: dict[str, Reply] = {"O1": "no"}
    if sign.id == "I4d":
        more["I3g"] = "yes"
    asked = prompts(answered_with(new_interview(), mark("5")), told(place, when) | more)
    assert (sign.id in asked) == sign.is_for(place)
    if not sign.is_for(place):
        return
    for unsafe in (sign.unsafe, "unsure"):
        done = hurt(place, when, more=more | {sign.id: unsafe})
        key = expected(sign.id, place, when)
        assert key in keys_of(done)
        assert result(done).rank >= MATRIX.conditions[key].rank >= Rank.STOP


def told(place: str, when: str) -> dict[str, Reply]:
    return {"G5.when": when, "I1": PLACE_KEYS[place], "I1.side": "l"}


@cases("when", OLD)
@cases("place", [*PLACE_KEYS])
def test_every_set_of_answers_about_an_older_injury_has_its_keys(when: str, place: str) -> None:
    like_a_clot = {"calf", "shin", "foot", "quad", "ham", "adductor", "hipflexor"}
    words = ("yes", "no", "unsure")
    for seen, better, bruise, swollen in product(words, repeat=4):
        if swollen != "no" and (seen == "yes" or place not in like_a_clot):
            continue  # it is not asked
        done = hurt(place, when, O1=seen, O3=better, O4=bruise, O2=swollen)
        keys = {"strain_healing"}
        if better != "yes":
            keys.add("injury_unseen")
        if bruise != "no":
            keys.add("bruise_deep")
        if swollen != "no":
            assert keys_of(done) == {"dvt_signs"} and done.outcome.red
            assert done.replies[-1] == swollen, "nothing is asked after it"
            continue
        assert keys_of(done) == keys and done.outcome.red is None
        since = MIDNIGHT - (3 if when == LAST_WEEK else 6) * DAY
        for finding in done.outcome.profile.findings:
            assert (finding.place, finding.since) == (place, since)
            assert (finding.seen_at is not None) == (seen == "yes")
        (healing,) = [f for f in done.outcome.profile.findings if f.key == "strain_healing"]
        assert (healing.better_at is not None) == (better == "yes")


@cases("key", ["injury_unseen", "bruise_deep"])
def test_only_after_a_clinician_has_looked_is_their_word_asked_for(key: str) -> None:
    bad: dict[str, Reply] = {"O3": "no"} if key == "injury_unseen" else {"O4": "yes"}
    word: dict[str, Reply] = {f"cleared.{key}": "yes"}
    seen = hurt("quad", more=bad | word)
    assert result(seen).rank is Rank.ADAPT
    unseen = hurt("quad", O1="no", more=bad | word)
    assert result(unseen).rank is Rank.STOP


def test_not_sure_when_counts_as_today() -> None:
    done = hurt("calf", "u")
    assert "acute_strain" in keys_of(done)
    assert [f.since for f in done.outcome.profile.findings] == [NOW]


# The next hurt place


class Several:
    """Answers the questions about several injuries in turn."""

    def __init__(self, *injuries: Mapping[str, Reply]) -> None:
        self.injuries = injuries

    def walk(self, interview: Interview) -> Interview:
        number = 0
        while prompt := interview.prompt:
            id_ = prompt.id
            if id_ == "G5.more":
                number += 1
                interview = interview.answer("yes" if number < len(self.injuries) else "no")
                continue
            reply = self.injuries[min(number, len(self.injuries) - 1)].get(id_)
            interview = interview.answer(harmless(prompt) if reply is None else reply)
        return interview


def test_two_hurt_places_are_both_left_alone() -> None:
    ankle: Mapping[str, Reply] = told("foot", TODAY)
    thigh: Mapping[str, Reply] = told("ham", WEEKS_AGO)
    done = Several(ankle, thigh).walk(answered_with(new_interview(), mark("5")))
    places = {(f.key, f.place) for f in result(done).findings}
    assert places == {("acute_strain", "foot"), ("strain_healing", "ham")}
    worse = Several(ankle, {**thigh, "O1": "no", "O2": "yes"})
    red = worse.walk(answered_with(new_interview(), mark("5")))
    assert result(red).rank is Rank.URGENT, "the second place counts as much as the first"


def test_the_questions_about_hurt_places_come_to_an_end() -> None:
    asked = prompts(answered_with(new_interview(), mark("5")), {"G5.more": "yes"})
    assert asked.count("I1") == 6 and "S1" in asked


# What an ache at the injury means


def after(done: Interview, *replies: Reply) -> Interview:
    """Return the interview with these answers about soreness."""
    here = new_interview(profile=done.context.profile)
    for reply in done.replies:
        if here.prompt and here.prompt.id == "S1":
            break
        here = here.answer(reply)
    return answered_with(here, *replies)


@cases("place", ["calf", "quad", "ham", "adductor", "hipflexor"])
@cases("when", [TODAY, LAST_WEEK, WEEKS_AGO])
def test_an_ache_where_nobody_has_looked_is_new(place: str, when: str) -> None:
    asked = after(hurt(place, when, O1="no"), 3, PLACE_KEYS[place], "l")
    assert asked.prompt and asked.prompt.id == "S4"
    red = asked.answer("yes")
    assert result(red).rank is Rank.URGENT
    fine = finish(asked, {"S4": "no", "S5": "no"})
    assert "new_leg_ache" in keys_of(fine)


@cases("place", ["calf", "quad", "ham", "adductor", "hipflexor"])
@cases("when", OLD)
def test_an_ache_where_a_clinician_has_looked_may_come_from_the_injury(
    place: str, when: str
) -> None:
    asked = after(hurt(place, when), 3, PLACE_KEYS[place], "l")
    assert asked.prompt and asked.prompt.id == "S3"
    assert "i" in {choice.key for choice in asked.prompt.choices}
    other = after(hurt(place, when), 3, PLACE_KEYS[place], "r")
    assert other.prompt and "i" not in {choice.key for choice in other.prompt.choices}
    assert result(finish(asked.answer("i"))).rank is Rank.ADAPT
    bad = after(hurt(place, when), 7, PLACE_KEYS[place], "l", "i")
    assert result(bad).rank is Rank.URGENT and "injury_bad" in keys_of(bad)


def test_after_an_ache_that_is_new_the_next_place_can_be_none() -> None:
    asked = after(hurt("calf", O1="no"), 3, "c", "l", "no")
    assert asked.prompt and asked.prompt.id == "S1"
    assert "0 if there is none" in asked.prompt.ask
    assert asked.answer(0).prompt is None or asked.answer(0).prompt != asked.prompt


# A blood thinner


@cases("when", [TODAY, WEEKS_AGO])
@cases("seen", ["yes", "no"])
@cases("reply", ["yes", "unsure"])
def test_a_knock_on_a_blood_thinner_that_grows_is_urgent(when: str, seen: str, reply: str) -> None:
    done = hurt("glute", when, having("anticoagulant"), O1=seen, I7=reply)
    assert result(done).rank is Rank.URGENT and "injury_bad" in keys_of(done)
    assert done.replies[-1] == reply and done.outcome.red
    assert "injury_bad" not in keys_of(hurt("glute", when, having("anticoagulant"), O1=seen))
    asked = prompts(answered_with(new_interview(), mark("5")), told("glute", when) | {"O1": seen})
    assert not {"I7", "I7.thinner"} & set(asked), "the profile knows of none"


@cases("reply", ["yes", "unsure", "no"])
def test_a_newcomer_is_asked_here_for_a_blood_thinner(reply: str) -> None:
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k != "P2"}
    profile = having()
    profile = type(profile)(profile.findings, answered, profile.age)
    replies = told("calf", TODAY) | {"I7.thinner": reply}
    asked = prompts(answered_with(new_interview(profile=profile), mark("5")), replies)
    assert ("I7" in asked) == (reply != "no")
    rows = rows_asked(answered_with(new_interview(profile=profile), mark("5")), replies)
    assert "P2" in rows, "the row of the profile is asked all the same"
    done = hurt("calf", TODAY, profile, more={"I7.thinner": reply})
    assert ("anticoagulant" in keys_of(done)) == (reply != "no")


# The ankle


def test_a_turned_ankle_that_walks_is_offered_early_care() -> None:
    care = ROUTINES["early-care"]
    replies = told("foot", "1") | {"I3f": "no", "I4a": "yes", "I3g": "no", "I5f": "no"}
    done = finish(answered_with(new_interview(care), mark("5")), replies)
    clearance = result(done)
    assert clearance.rank is Rank.ADAPT and keys_of(done) == {"acute_strain"}
    assert isinstance(admit(plan_of(care, clearance), clearance, "Ana", NOW), Cleared)


@cases("reply", ["yes", "unsure"])
def test_an_ankle_sorest_at_the_back_is_asked_for_its_heel_cord(reply: str) -> None:
    asked = prompts(answered_with(new_interview(), mark("5")), told("foot", "1") | {"I3g": reply})
    assert "I4d" in asked
    assert "achilles_pop" in keys_of(hurt("foot", "1", I3g=reply, I4d="no"))
    without = prompts(answered_with(new_interview(), mark("5")), told("foot", "1"))
    assert not {"I4d", "I3a", "I5a"} & set(without)


# People


@pytest.mark.parametrize("better", ["no", "yes"])
def test_a_clot_that_is_told_as_a_pulled_calf_is_urgent(better: str) -> None:
    done = hurt("calf", LAST_WEEK, O1="no", O2="yes", O3=better)
    assert result(done).rank is Rank.URGENT and "dvt_signs" in keys_of(done)


@pytest.mark.parametrize("place", ["hipflexor", "glute", "lowback"])
def test_at_72_a_hip_that_is_sore_10_days_after_a_fall_is_left_alone(place: str) -> None:
    done = hurt(place, profile=having(age=AgeBand.OLDER), O1="no")
    assert result(done).rank is Rank.STOP and done.outcome.red is None
    assert "injury_unseen" in keys_of(done)
    seen = hurt(place, profile=having(age=AgeBand.OLDER))
    assert result(seen).rank is Rank.ADAPT
    younger = hurt(place, O1="no")
    assert result(younger).rank is Rank.ADAPT


PULLED_THIGH: Mapping[str, Reply] = {"G5.when": LAST_WEEK, "I1": "h", "I1.side": "r"}


@pytest.mark.parametrize("sore", [0, 3])
def test_a_thigh_pulled_5_days_ago_gets_no_pressing_and_relaxing(sore: int) -> None:
    routine = ROUTINES["contract-relax-strap"]
    ache: dict[str, Reply] = {"S1": sore, "S2": "h", "S2.side": "r", "S3": "s"}
    done = finish(answered_with(new_interview(routine), mark("5")), {**PULLED_THIGH, **ache})
    assert result(done).rank is Rank.ADAPT
    (pnf,) = [s.number for s in routine.steps if s.exercise.id == "ham-pnf-strap"]
    assert (pnf, Side.RIGHT) not in left(routine, result(done))


def test_a_hard_lump_after_a_dead_leg_stops_the_stretch() -> None:
    routine = ROUTINES["quad-stretch-short"]
    replies: dict[str, Reply] = {
        "G5.when": WEEKS_AGO, "I1": "t", "I1.side": "l", "O4": "yes",
        "S1": 2, "S2": "t", "S2.side": "l", "S3": "s",
    }  # fmt: skip
    done = finish(answered_with(new_interview(routine), mark("5")), replies)
    assert result(done).rank is Rank.STOP
    standing = [s.number for s in routine.steps if s.exercise.id == "quad-stand"]
    assert all((n, Side.LEFT) not in left(routine, result(done)) for n in standing)
