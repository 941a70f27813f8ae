"""The interview follows section 2, key by key."""

import random
from dataclasses import replace
from textwrap import wrap

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from player.routine.model import Hold, Routine, steps_of
from player.routine.vocabulary import Side
from player.safety.clearance import judge
from player.safety.cleared import Refusal, admit
from player.safety.findings import AgeBand, Finding
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile, RedFlag
from player.safety.profile_rows import needed_rows
from player.safety.prompts import Form, Prompt, Reply
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    KEYS,
    MATRIX,
    MIDNIGHT,
    NOW,
    QUESTIONS,
    all_asked,
    alone,
    answered_with,
    finish,
    harmless,
    keys_of,
    left,
    mark,
    new_interview,
    option,
    plan_of,
    prompts,
    result,
    routine_of,
    rows_asked,
    rows_of,
    shipped,
)

HOUR = 3_600.0
NONE: frozenset[str] = frozenset()
PNF = "calf-pnf-strap"
NEEDED = [q.id for q in QUESTIONS.profile if q.id not in {"P2", "P9b"}]
"""The rows of the profile that a stretch of the calf needs."""


def with_findings(*findings: Finding) -> Profile:
    return replace(FULL_PROFILE, findings=findings)


# Three typical people (2b)


def test_mild_old_hamstring_tightness_plays() -> None:
    done = finish(answered_with(new_interview(), mark("y"), 2, "h", "b", "s"))
    clearance = result(done)
    assert clearance.rank is Rank.PLAY and clearance.keys == ()
    routine = alone("ham-chair-sit")
    assert plan_of(routine, clearance).items == routine.items


def test_both_calves_sore_after_a_run_play_in_easy_mode_and_no_clot_is_asked_about() -> None:
    interview = answered_with(new_interview(alone("calf-roll")), mark("y"), 5, "c", "b", "n")
    assert "S4" not in prompts(answered_with(new_interview(), mark("y"), 5, "c", "b", "n"))
    clearance = result(finish(interview))
    assert clearance.rank is Rank.ADAPT and clearance.keys == ("rest_pain",)
    (rolled,) = steps_of(plan_of(alone("calf-roll"), clearance).items)
    before = alone("calf-roll").steps[0].dose.pressure
    assert before and rolled.dose.pressure
    assert rolled.dose.pressure.high == before.high // 2
    (held,) = steps_of(plan_of(alone("calf-wall-straight"), clearance).items)
    (hold,) = held.dose.work
    assert isinstance(hold, Hold) and hold.time.low == 15_000
    assert plan_of(alone("ham-chair-sit"), clearance).items == alone("ham-chair-sit").items


def test_one_calf_sore_after_a_hard_run_gets_stretching_without_massage() -> None:
    asked_s4 = answered_with(new_interview(), mark("y"), 4, "c", "l", "n")
    assert asked_s4.prompt and asked_s4.prompt.id == "S4"
    clearance = result(finish(answered_with(asked_s4, "no")))
    assert clearance.rank is Rank.ADAPT
    assert set(clearance.keys) == {"new_leg_ache", "rest_pain"}
    assert not left(alone("calf-roll"), clearance)
    assert not left(alone("ham-pnf-strap"), clearance)
    plan = plan_of(alone("calf-wall-straight"), clearance)
    assert plan.items and any("get seen today" in note for _, note in plan.notes)


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_with_a_clot_risk_the_same_ache_is_urgent(answer: str) -> None:
    interview = answered_with(new_interview(), mark("y"), 4, "c", "l", "n", answer)
    assert interview.prompt is None, "no further question stands before the advice"
    clearance = result(interview)
    assert clearance.rank is Rank.URGENT and "dvt_signs" in clearance.keys
    assert interview.outcome.red == RedFlag("dvt_signs", "S4", NOW)


def test_a_clot_risk_of_the_profile_makes_a_new_ache_urgent() -> None:
    for key in MATRIX.clot_risk:
        cleared = Finding(key, question="P3", at=NOW - DAY, cleared_at=NOW - DAY)
        interview = finish(
            answered_with(
                new_interview(profile=with_findings(cleared)), mark("y"), 1, "h", "r", "n"
            )
        )
        assert "dvt_signs" in keys_of(interview) and interview.outcome.red


@pytest.mark.parametrize("key", "gole")
def test_other_places_ask_no_clot_question(key: str) -> None:
    side = ["l"] if key in "go" else []
    assert "S4" not in prompts(answered_with(new_interview(), mark("y"), 4, key, *side, "n"))


# G1 to G4


@pytest.mark.parametrize("routine", shipped(), ids=lambda routine: routine.id)
@pytest.mark.parametrize(
    ("key", "finding", "rank"),
    [
        ("1", "pe_heart", Rank.EMERGENCY),
        ("2", "cauda_equina", Rank.EMERGENCY),
        ("3", "dvt_signs", Rank.URGENT),
        ("4", "limb_ischaemia", Rank.EMERGENCY),
    ],
)
def test_g1_to_g4_end_at_once(routine: Routine, key: str, finding: str, rank: Rank) -> None:
    for marks in (mark(key), mark(key, "5", "6", "7", "8", "c")):
        done = new_interview(routine).answer(marks)
        assert done.prompt is None
        clearance = result(done)
        assert clearance.rank is rank and finding in clearance.keys
        plan = plan_of(routine, clearance)
        assert not plan.items
        assert isinstance(admit(plan, clearance, "Ana", NOW), Refusal)
        assert done.outcome.red == RedFlag(finding, f"G{key}", NOW)


def test_the_worst_of_several_urgent_answers_is_saved() -> None:
    done = new_interview().answer(mark("3", "4"))
    assert result(done).rank is Rank.EMERGENCY
    assert done.outcome.red == RedFlag("limb_ischaemia", "G4", NOW)
    assert done.outcome.answers.findings[0].question == "G3"


# G6, G7, G8


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("stuck", "locked_knee"),
        ("gives way", "giving_way_new"),
        ("slaps", "nerve_urgent"),
        ("4 steps", "cant_bear_weight"),
    ],
)
def test_g6_is_urgent_with_every_choice(words: str, key: str) -> None:
    done = answered_with(new_interview(), mark("6"), option("G6", words))
    assert done.prompt is None and result(done).rank is Rank.URGENT
    assert keys_of(done) == {key}


@pytest.mark.parametrize(
    ("words", "key"),
    [("confused", "sepsis"), ("joint", "hot_joint"), ("brown", "rhabdo")],
)
def test_g7_urgent_choices_end_at_once(words: str, key: str) -> None:
    every = mark(*(option("G7", w) for w in (words, "Both legs", "fever")))
    for marks in (mark(option("G7", words)), every):
        done = answered_with(new_interview(), mark("7"), marks)
        assert done.prompt is None and key in keys_of(done)


def test_g7_without_a_choice_is_a_fever_and_stops_the_session() -> None:
    for marks in (NONE, mark(option("G7", "fever"))):
        done = finish(answered_with(new_interview(), mark("7"), marks))
        assert keys_of(done) == {"fever"} and not result(done).plays


def test_g7_a_fever_counts_beside_swollen_legs() -> None:
    marks = mark(option("G7", "Both legs"), option("G7", "fever"))
    done = finish(answered_with(new_interview(), mark("7"), marks))
    assert keys_of(done) == {"fever", "both_swollen_new"} and not result(done).plays


def test_a_fever_with_a_new_sore_place_is_urgent() -> None:
    begun = answered_with(new_interview(), mark("7"), mark(option("G7", "fever")))
    for place, rest in (("l", ()), ("k", ("r",))):
        done = finish(answered_with(begun, 4, place, *rest, "n"))
        assert "fever_sore" in keys_of(done)
        assert done.outcome.red and done.outcome.red.key == "fever_sore"
    assert "fever_sore" not in keys_of(finish(answered_with(begun, 3, "l", "n")))
    assert "fever_sore" not in keys_of(finish(answered_with(begun, 9, "l", "s")))


def test_severe_new_pain_ends_without_another_question() -> None:
    done = answered_with(new_interview(), mark("y"), 7, "c", "l", "N")
    assert done.prompt is None and done.outcome.red
    assert "severe_new_pain" in keys_of(done)


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("Pregnant", ["P1"]),
        ("operation", ["P4", "P5"]),
        ("medicine", ["P6"]),
        ("illness", ["P3", "P7", "P8", "P9a", "P13"]),
    ],
)
def test_g8_asks_profile_questions_again(words: str, rows: list[str]) -> None:
    begun = answered_with(new_interview(), mark("8"), mark(option("G8", words)), 0)
    assert rows_asked(begun) == rows


def test_g8_without_a_choice_asks_the_whole_profile_again() -> None:
    begun = answered_with(new_interview(), mark("8", "0"), NONE)
    assert rows_asked(begun) == NEEDED


def test_a_question_that_g8_reopened_is_asked_where_a_routine_needs_it() -> None:
    medicine = mark(option("G8", "medicine"))
    done = finish(answered_with(new_interview(), mark("8"), medicine))
    assert "P2" not in done.outcome.profile.answered
    later = new_interview(alone("calf-roll"), done.outcome.profile, NOW + DAY)
    assert rows_asked(later) == ["P2"]


def test_a_question_that_g8_reopened_is_asked_next_time_if_not_reached() -> None:
    """A new medicine that was reported on a day with fever is asked about the next day."""
    done = finish(
        answered_with(new_interview(), mark("7", "8"), mark(option("G7", "fever"))),
        {"G8.which": mark(option("G8", "medicine"))},
    )
    assert not result(done).plays
    kept = done.outcome.profile
    begun = new_interview(alone("calf-roll"), kept, NOW + DAY)
    assert rows_asked(begun) == ["P2", "P6"]


def test_told_to_rest_lasts_until_a_clinician_clears_it() -> None:
    g8 = mark(option("G8", "told to rest"))
    done = finish(answered_with(new_interview(), mark("8"), g8))
    assert not result(done).plays
    later = new_interview(profile=done.outcome.profile, now=NOW + 5 * DAY)
    assert "cleared.told_to_rest" in prompts(later)
    assert not result(finish(later)).plays
    lifted = finish(later, {"cleared.told_to_rest": "yes"})
    assert result(lifted).plays
    (finding,) = lifted.outcome.profile.findings
    assert finding.cleared_at == NOW + 5 * DAY
    assert "cleared.told_to_rest" not in prompts(
        new_interview(profile=lifted.outcome.profile, now=NOW + 6 * DAY)
    )


# The injury branch


TODAY = "0"


def injured(place: str, side: str | None = "l", when: str = TODAY, **answers: Reply) -> Interview:
    begun = answered_with(new_interview(), mark("5"), when, place, *([side] if side else []))
    return finish(begun, answers)


@pytest.mark.parametrize(
    ("place", "side", "prompt", "reply", "key"),
    [
        ("c", "l", "I2", "yes", "deformity"),
        ("k", "l", "I3a", "yes", "pop_swelling"),
        ("c", "l", "I3a", "yes", "achilles_pop"),
        ("f", "l", "I3f", "yes", "achilles_pop"),
        ("f", "l", "I5f", "yes", "fracture_signs"),
        ("h", "l", "I3a", "yes", "ham_bad"),
        ("g", "l", "I3a", "yes", "ham_bad"),
        ("t", "l", "I3a", "yes", "injury_bad"),
        ("l", None, "I3b", "yes", "fracture_signs"),
        ("s", "r", "I4a", "no", "fracture_signs"),
        ("k", "b", "I4b", "no", "fracture_signs"),
        ("k", "l", "I4c", "no", "extensor_tear"),
        ("t", "l", "I4c", "no", "extensor_tear"),
        ("c", "l", "I4d", "no", "achilles_pop"),
        ("e", None, "I5a", "yes", "fracture_signs"),
        ("k", "l", "I5b", "yes", "fracture_signs"),
        ("k", "l", "I5c", "yes", "pcl_new"),
        ("g", "l", "I5d", "yes", "ham_bad"),
    ],
)
def test_an_unsafe_answer_ends_the_injury_branch(
    place: str, side: str | None, prompt: str, reply: str, key: str
) -> None:
    for answer in (reply, "unsure"):
        done = injured(place, side, **{prompt: answer})
        assert keys_of(done) == {key} and not result(done).plays
        assert done.outcome.red == RedFlag(key, prompt, NOW)
        assert done.replies[-1] == answer, "nothing is asked after it"


def test_an_injury_question_about_another_place_is_not_asked() -> None:
    def met(*place: str) -> list[str]:
        return [
            p
            for p in prompts(answered_with(new_interview(), mark("5"), TODAY, *place))
            if p[0] == "I"
        ]

    assert met("c", "l") == ["I2", "I3a", "I4a", "I4d", "I5a"]
    assert met("f", "l") == ["I2", "I3f", "I4a", "I3g", "I5f"]
    assert met("k", "l") == ["I2", "I3a", "I4a", "I4b", "I4c", "I5a", "I5b", "I5c"]
    assert met("l") == ["I2", "I3b", "I4a", "I5a"]
    assert met("h", "r") == ["I2", "I3a", "I4a", "I5a", "I5d"]


@pytest.mark.parametrize(
    ("key", "since"),
    [("0", NOW), ("u", NOW), ("1", MIDNIGHT), ("2", MIDNIGHT - DAY)],
)
def test_an_injury_counts_from_the_latest_moment_the_answer_allows(key: str, since: float) -> None:
    done = injured("h", "l", key)
    found = {f.key: f for f in done.outcome.profile.findings}
    assert set(found) == {"acute_strain", "ham_strain"}
    for finding in found.values():
        assert (finding.place, finding.side, finding.since) == ("ham", Side.LEFT, since)
    assert keys_of(done) == {"acute_strain", "ham_strain"}
    for later, playing in ((since + 72 * HOUR - 1, False), (since + 72 * HOUR, True)):
        if later < NOW:
            continue
        next_time = finish(new_interview(profile=done.outcome.profile, now=later))
        sides = {side for _, side in left(alone("ham-chair-sit"), result(next_time))}
        assert (Side.LEFT in sides) == playing and Side.RIGHT in sides


def test_early_care_advice_is_shown_after_an_injury() -> None:
    begun = hurt("calf", "l")
    assert begun.prompt and begun.prompt.id == "S1"
    assert begun.prompt.lines[0].startswith("First days: protect it")
    first = answered_with(new_interview(), mark("y"))
    assert first.prompt and not first.prompt.lines


def test_reporting_an_injury_again_never_shortens_it_or_forgets_the_other_leg() -> None:
    first = injured("c", "l")
    again = finish(
        answered_with(
            new_interview(profile=first.outcome.profile, now=NOW + DAY), mark("5"), "2", "c", "l"
        ),
    )
    (kept,) = again.outcome.profile.findings
    assert kept.since == NOW
    other = finish(
        answered_with(
            new_interview(profile=again.outcome.profile, now=NOW + DAY), mark("5"), TODAY, "c", "r"
        ),
    )
    assert {f.side for f in other.outcome.profile.findings} == {Side.LEFT, Side.RIGHT}
    assert not left(alone("calf-wall-straight"), result(other))


def test_leaving_the_injury_branch_is_a_red_flag() -> None:
    begun = answered_with(new_interview(), mark("5"))
    seen = []
    while begun.prompt and begun.prompt.id != "S1":
        assert [f.key for f in begun.unfinished] == ["injury_bad"], begun.prompt.id
        seen.append(begun.prompt.id)
        fixed: dict[str, Reply] = {"G5.when": TODAY, "I1": "c"}
        begun = begun.answer(fixed.get(begun.prompt.id) or harmless(begun.prompt))
    assert seen[:2] == ["G5.when", "I1"] and seen[-1] == "G5.more"
    assert not begun.unfinished and not new_interview().unfinished
    assert not finish(begun).unfinished


def test_a_cramp_at_a_fresh_strain_plays_nothing() -> None:
    done = finish(answered_with(new_interview(), mark("5", "c"), TODAY, "c", "l"))
    clearance = result(done)
    assert {"cramp_now", "acute_strain"} <= set(clearance.keys)
    assert not clearance.plays and clearance.rank is Rank.STOP


def test_thin_bones_and_an_injury_of_the_knee_are_urgent() -> None:
    thin = with_findings(Finding("osteoporosis", question="P6", at=NOW - DAY))
    done = finish(answered_with(new_interview(profile=thin), mark("5"), TODAY, "k", "l"))
    assert done.outcome.red and done.outcome.red.key == "fracture_signs"
    calf = finish(answered_with(new_interview(profile=thin), mark("5"), TODAY, "c", "l"))
    assert result(calf).plays


LIKE_A_CLOT = {"calf", "quad", "ham", "adductor", "hipflexor"}
"""Where an ache counts as new, as long as no clinician has seen the injury."""

PLACE_KEYS = {place.id: place.key for place in QUESTIONS.places}
WITH_SIDES = tuple(place for place in PLACE_KEYS if place not in {"belly", "lowback"})


def hurt(place: str, side: str) -> Interview:
    """Return the interview after a harmless injury, at the question about soreness."""
    begun = answered_with(new_interview(), mark("5"), TODAY, PLACE_KEYS[place], side)
    while begun.prompt and begun.prompt.id != "S1":
        begun = begun.answer(harmless(begun.prompt))
    return begun


@pytest.mark.parametrize("place", WITH_SIDES)
@pytest.mark.parametrize("side", "lrb")
def test_from_that_injury_is_offered_only_on_its_side_and_where_the_places_join(
    place: str, side: str
) -> None:
    begun = hurt(place, side)
    for sore in WITH_SIDES:
        for sore_side in "lrb":
            asked = answered_with(begun, 3, PLACE_KEYS[sore], sore_side)
            joined = {str(region) for region in MATRIX.places[place]}
            meet = side == sore_side or "b" in {side, sore_side}
            if place in LIKE_A_CLOT and sore in joined and meet:
                assert asked.prompt and asked.prompt.id != "S3", "it is new"
                continue
            assert asked.prompt and asked.prompt.id == "S3"
            fits = sore in joined and side == sore_side != "b"
            offered = {choice.key for choice in asked.prompt.choices}
            assert offered == set("sniSNI" if fits else "snSN"), (sore, sore_side)
    for elsewhere in ("l", "e", "n"):
        asked = answered_with(begun, 3, elsewhere)
        assert asked.prompt and {choice.key for choice in asked.prompt.choices} == set("snSN")


def test_a_hurt_foot_never_explains_bad_new_pain_in_the_other_calf() -> None:
    asked = answered_with(hurt("foot", "l"), 8, "c", "r")
    assert asked.prompt and "i" not in {choice.key for choice in asked.prompt.choices}
    done = finish(answered_with(asked, "n"), {"S4": "no"})
    assert result(done).rank is Rank.URGENT and done.outcome.red


@pytest.mark.parametrize(("place", "sore"), [("foot", "calf"), ("knee", "ham"), ("shin", "shin")])
@pytest.mark.parametrize("level", [6, 7, 10])
def test_pain_of_7_from_an_injury_is_urgent_wherever_it_is_felt(
    place: str, sore: str, level: int
) -> None:
    done = finish(answered_with(hurt(place, "r"), level, PLACE_KEYS[sore], "r", "i"))
    assert ("injury_bad" in keys_of(done)) == (level >= 7)
    assert (result(done).rank is Rank.URGENT) == (level >= 7)
    assert (done.outcome.red is not None) == (level >= 7)


def test_bad_pain_at_a_fresh_injury_is_urgent() -> None:
    begun = answered_with(new_interview(), mark("5"), TODAY, "k", "l")
    while begun.prompt and begun.prompt.id != "S1":
        begun = begun.answer(harmless(begun.prompt))
    done = answered_with(begun, 7, "k", "l", "i")
    assert done.prompt is None and "injury_bad" in keys_of(done)


# Soreness


@pytest.mark.parametrize("level", range(11))
def test_each_level_of_soreness_has_its_limits(level: int) -> None:
    interview = answered_with(new_interview(), mark("y"), level)
    done = finish(interview if level == 0 else answered_with(interview, "c", "b", "s"))
    clearance = result(done)
    expected = Rank.PLAY if level < 4 else Rank.ADAPT if level < 7 else Rank.STOP
    assert clearance.rank is expected
    assert clearance.keys == (() if level < 4 else ("rest_pain",))
    assert bool(left(alone("calf-wall-straight"), clearance)) == (level < 7)
    assert left(alone("ham-chair-sit"), clearance) == {(1, Side.LEFT), (1, Side.RIGHT)}


def test_at_most_three_sore_places_can_be_reported() -> None:
    first, second = (2, "c", "b", "S"), (5, "h", "l", "S")
    begun = answered_with(new_interview(), mark("y"), *first, *second, 1, "k", "b")
    assert begun.prompt and {c.key for c in begun.prompt.choices} == {"s", "n"}
    done = finish(answered_with(begun, "s"))
    assert [s.place for s in done.outcome.answers.sorenesses] == ["calf", "ham", "knee"]
    assert not left(alone("ham-pnf-strap"), result(done))


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_a_long_cramp_is_urgent(answer: str) -> None:
    done = answered_with(new_interview(), mark("c"), 0, answer)
    assert done.prompt is None and "cramp_long" in keys_of(done)


def test_with_a_cramp_only_its_gentle_step_plays() -> None:
    done = finish(answered_with(new_interview(), mark("c"), 0, "no"))
    assert keys_of(done) == {"cramp_now"}
    assert left(alone("cramp-ease-calf"), result(done))
    for routine in shipped():
        eases = routine.id == "cramp-ease"
        assert bool(left(routine, result(done))) == eases


# The profile


def test_the_profile_is_asked_once() -> None:
    first = new_interview(profile=Profile())
    assert prompts(first) == ["today", "profile"] and rows_asked(first) == NEEDED
    kept = finish(first).outcome.profile
    assert set(kept.answered) == {*NEEDED, "age", "today"} and kept.age is AgeBand.ADULT
    for days in (0, 1, 29.9, 30):
        later = new_interview(profile=kept, now=NOW + days * DAY)
        assert prompts(later) == ["today"]


def test_the_profile_is_one_list_of_marks_that_says_how_often_it_comes() -> None:
    prompt = answered_with(new_interview(profile=Profile()), mark("0")).prompt
    assert prompt and prompt.form is Form.MARKS
    assert prompt.choices[0].group == "Asked now, later only confirmed"
    assert prompt.ask == "Mark each that is true for you, or that you are not sure of."
    everything = alone("psoas-tool-press")
    prompt = answered_with(new_interview(everything, Profile()), mark("0")).prompt
    assert prompt and list(rows_of(prompt)) == [*"123456789abcde"]
    assert [*rows_of(prompt).values()] == [question.id for question in QUESTIONS.profile]
    assert all(choice.why for choice in prompt.choices)


def test_the_whole_profile_fits_two_screens_of_24_lines() -> None:
    around = 10  # title, how often it is asked, question, "none of these", message, keys, gaps
    rows = [wrap(question.ask, 70) for question in QUESTIONS.profile]
    assert sum(map(len, rows)) <= 2 * (24 - around) and max(map(len, rows)) <= 3


def test_the_short_lists_with_an_urgent_line_come_first() -> None:
    rows = {row.id: "yes" for row in QUESTIONS.profile}
    met = prompts(new_interview(profile=Profile()), rows)
    assert [p for p in met if p.endswith(".which")][:3] == ["P9a.which", "P7.which", "P10.which"]
    hernia: dict[str, Reply] = {**rows, "P9a.which": mark(option("P9a", "will not go back"))}
    assert prompts(new_interview(profile=Profile()), hernia)[-1] == "P9a.which"


def test_a_row_that_was_not_marked_is_answered_no() -> None:
    kept = with_findings(Finding("heart", question="P8", at=NOW - DAY))
    answered = {k: v for k, v in kept.answered.items() if k != "P8"}
    done = finish(new_interview(profile=replace(kept, answered=answered)))
    assert not done.outcome.profile.findings and done.outcome.profile.answered["P8"] == NOW


def test_a_row_left_half_way_stays_unanswered() -> None:
    begun = answered_with(new_interview(profile=Profile()), mark("0"))
    assert begun.prompt
    keys = {row: key for key, row in rows_of(begun.prompt).items()}
    half = answered_with(begun, mark(keys["P7"], keys["P10"], "s"))
    assert half.prompt and half.prompt.id == "P7.which"
    urgent = half.answer(mark(option("P7", "does not heal")))
    answered = urgent.outcome.profile.answered
    assert not {"P7", "P10"} & answered.keys() and {"P8", "age"} <= answered.keys()


def test_only_the_missing_profile_question_is_asked() -> None:
    for row in ("P3", "age"):
        answered = {k: v for k, v in FULL_PROFILE.answered.items() if k != row}
        begun = new_interview(profile=replace(FULL_PROFILE, answered=answered))
        assert prompts(begun)[1:] == ["age" if row == "age" else "profile"]
        assert rows_asked(begun) == ([] if row == "age" else [row])
    assert "age" in prompts(new_interview(profile=replace(FULL_PROFILE, age=None)))


def test_after_30_days_the_profile_is_confirmed_as_a_list() -> None:
    kept = with_findings(
        Finding("heart", question="P8", at=NOW - DAY),
        Finding("acl", None, None, "P10", NOW - DAY, NOW - 60 * DAY, NOW - DAY),
        Finding("acute_strain", "calf", None, "I6", NOW - DAY, NOW - DAY),
    )
    later = answered_with(new_interview(profile=kept, now=NOW + 30 * DAY), mark("0"))
    assert later.prompt and later.prompt.id == "confirm"
    words = "\n".join(later.prompt.lines)
    assert MATRIX.conditions["heart"].says in words and "clinician said that it is fine" in words
    assert MATRIX.conditions["acute_strain"].says not in words, "that has ended by itself"
    yes = finish(later, {"confirm": "yes"})
    assert set(yes.outcome.profile.answered.values()) == {NOW + 30 * DAY}
    assert {"heart", "acl"} <= keys_of(yes)
    for answer in ("no", "unsure"):
        assert rows_asked(later, {"confirm": answer}) == NEEDED
        anew = finish(later, {"confirm": answer}).outcome.profile
        assert {f.key for f in anew.findings} == {"acute_strain"}
        assert "confirm" not in prompts(new_interview(profile=anew, now=NOW + 31 * DAY))


def test_a_profile_from_the_future_is_confirmed() -> None:
    answered = {**FULL_PROFILE.answered, "P2": NOW + DAY}
    assert "confirm" in prompts(new_interview(profile=replace(FULL_PROFILE, answered=answered)))


def test_a_profile_question_that_ended_urgently_is_asked_again() -> None:
    """Its earlier findings were removed, so it must not count as answered."""
    kept = with_findings(Finding("pad", question="P7", at=NOW - DAY))
    begun = answered_with(new_interview(profile=kept), mark("8"), mark(option("G8", "illness")), 0)
    done = finish(begun, {"P7": "yes", "P7.which": mark(option("P7", "does not heal"))})
    assert done.outcome.red == RedFlag("pad_severe", "P7", NOW)
    again = done.outcome.profile
    assert "P7" not in again.answered
    assert rows_asked(new_interview(profile=again, now=NOW + 2 * DAY)) == ["P7"]


def test_p9b_is_asked_only_where_something_presses_into_the_belly() -> None:
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k != "P9b"}
    without = replace(FULL_PROFILE, answered=answered)
    assert not rows_asked(new_interview(profile=without))
    assert rows_asked(new_interview(alone("psoas-hand-press"), profile=without)) == ["P9b"]


@pytest.mark.parametrize("row", [q for q in QUESTIONS.profile if q.options], ids=lambda q: q.id)
def test_a_list_without_a_choice_counts_as_all_its_choices(row: object) -> None:
    from player.safety.questions import Question

    assert isinstance(row, Question)
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k != row.id}
    begun = new_interview(
        alone("psoas-hand-press") if row.id == "P9b" else None,
        profile=replace(FULL_PROFILE, answered=answered),
    )
    for reply in ("yes", "unsure"):
        done = finish(begun, {row.id: reply})
        stored = {f.key for f in done.outcome.profile.findings}
        assert stored == {k for k in row.all_keys if MATRIX.conditions[k].rank < Rank.URGENT}
        assert all(f.place is None and f.side is None for f in done.outcome.profile.findings)
        assert all(f.cleared_at is None for f in done.outcome.profile.findings)


def test_a_finding_of_the_profile_has_a_place_but_no_side() -> None:
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k not in {"P3", "P5", "P7"}}
    begun = new_interview(profile=replace(FULL_PROFILE, answered=answered))
    done = finish(
        begun,
        {
            "P3": "yes", "P3.which": mark(option("P3", "Cancer now")),
            "P5": "yes", "P5.which": mark(option("P5", "Plates")), "P5.where": "s",
            "P7": "yes", "P7.which": mark(option("P7", "Bulging")), "P7.where": "c",
        },
    )  # fmt: skip
    found = {f.key: (f.place, f.side) for f in done.outcome.profile.findings}
    assert found == {
        "cancer": (None, None), "metal_leg": ("shin", None), "varicose": ("calf", None),
    }  # fmt: skip


def test_a_clinicians_clearance_is_saved_with_its_date() -> None:
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k != "P10"}
    begun = new_interview(profile=replace(FULL_PROFILE, answered=answered))
    for reply, at in (("yes", NOW), ("no", None), ("unsure", None)):
        done = finish(
            begun,
            {
                "P10": "yes",
                "P10.which": mark(option("P10", "ACL tear or repair")),
                "cleared.acl": reply,
            },
        )
        (finding,) = done.outcome.profile.findings
        assert finding.cleared_at == at
        assert result(done).rank is (Rank.ADAPT if at else Rank.STOP)


def test_no_clearance_is_asked_for_where_it_would_not_count() -> None:
    for key, row in MATRIX.conditions.items():
        if row.rank >= Rank.URGENT or key in {"pad", "cancer", "fever"}:
            assert not row.clears


@pytest.mark.parametrize(
    ("answer", "days"),
    [("0", 0), ("1", 2), ("2", 7), ("3", 14), ("4", 28), ("5", 42), ("6", 56), ("u", 0)],
)
def test_a_birth_counts_for_12_weeks_from_the_latest_possible_moment(
    answer: str, days: int
) -> None:
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k != "P1"}
    begun = new_interview(profile=replace(FULL_PROFILE, answered=answered))
    done = finish(
        begun,
        {"P1": "yes", "P1.which": mark(option("P1", "Gave birth in")), "P1.when": answer},
    )
    (finding,) = done.outcome.profile.findings
    assert finding.key == "postpartum" and finding.since is not None
    assert abs(finding.since - (NOW - days * DAY)) <= 3_600
    assert "postpartum" in keys_of(done)


@pytest.mark.parametrize(
    ("words", "band", "keys"),
    [
        ("I am under 16", AgeBand.CHILD, {"child"}),
        ("I am 16 to 64", AgeBand.ADULT, set()),
        ("I am 65 or over", AgeBand.OLDER, {"aaa"}),
    ],
)
def test_only_the_age_group_is_saved(words: str, band: AgeBand, keys: set[str]) -> None:
    begun = new_interview(profile=replace(FULL_PROFILE, age=None))
    prompt = answered_with(begun, mark("0")).prompt
    assert prompt and prompt.id == "age" and len(prompt.choices) == 3
    assert prompt.lowers == {choice.key for choice in prompt.choices}
    (key,) = [choice.key for choice in prompt.choices if choice.say == words]
    done = finish(begun, {"age": key})
    assert done.outcome.profile.age is band and keys_of(done) == keys
    assert ("followups" in prompts(begun, {"age": key})) == (band is AgeBand.CHILD), "F12"


# Follow-ups


def followups(routine: Routine, profile: Profile = FULL_PROFILE, *before: Reply) -> set[str]:
    begun = answered_with(new_interview(routine, profile), *(before or (mark("0"),)))
    while begun.prompt and begun.prompt.id != "followups":
        begun = begun.answer(harmless(begun.prompt))
    if begun.prompt is None:
        return set()
    asks = {q.ask: q.id for q in QUESTIONS.followups}
    return {asks[choice.say] for choice in begun.prompt.choices}


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("calf-wall-straight", set()),
        ("breathing-seated", set()),
        ("hipflexor-half-kneel", set()),
        ("calf-strap-sit", {"F1"}),
        ("early-wrap", {"F1"}),
        ("calf-roll", {"F1", "F13"}),
        ("calf-ball-press", {"F1", "F13"}),
        ("early-cold-pack", {"F1", "F13", "F14"}),
        ("calf-step-drop-hold", {"F10"}),
        (PNF, {"F1", "F10", "F13"}),
        ("ham-pnf-strap", {"F1", "F13"}),
        ("psoas-hand-press", {"F1", "F4", "F5", "F6", "F13"}),
    ],
)
def test_follow_ups_are_asked_only_if_the_routine_needs_them(id_: str, expected: set[str]) -> None:
    assert followups(alone(id_)) == expected


def test_f3_is_asked_with_a_clot_risk_and_massage_of_the_leg() -> None:
    for key in MATRIX.clot_risk:
        risk = with_findings(Finding(key, question="P4", at=NOW, cleared_at=NOW))
        assert "F3" in followups(alone("calf-hand-knead"), risk)
        assert "F3" not in followups(alone("calf-wall-straight"), risk)


def test_f3_is_urgent_with_a_clot_risk() -> None:
    risk = with_findings(Finding("dvt_risk", question="P4", at=NOW))
    begun = answered_with(new_interview(alone("calf-hand-knead"), risk), mark("0"))
    assert begun.prompt and begun.prompt.id == "followups"
    key = next(c.key for c in begun.prompt.choices if "heaviness" in c.say)
    done = finish(begun.answer(mark(key)))
    assert "dvt_signs" in keys_of(done) and done.outcome.red


def test_f2_is_asked_if_p7_was_marked_and_numb_feet_were_not() -> None:
    """A mark is yes or "not sure", so it may have been the numb feet that were not sure."""
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k != "P7"}
    begun = new_interview(alone("calf-roll"), replace(FULL_PROFILE, answered=answered))
    bulging = mark(option("P7", "Bulging"))
    both = bulging | {option("P7", "Numb feet")}
    for reply, which, expected in (
        ("yes", bulging, True),
        ("yes", both, False),
        ("no", NONE, False),
    ):
        replies: dict[str, Reply] = {"P7": reply, "P7.which": which, "P7.where": "c"}
        assert ("F2" in all_asked(begun, replies)) == expected


def test_f11_is_asked_if_a_knee_problem_was_reported() -> None:
    kneel = alone("hipflexor-half-kneel")
    for key in ("oa", "bakers_cyst", "kneecap_pain", "pcl", "meniscus"):
        assert "F11" in followups(kneel, with_findings(Finding(key, question="P10", at=NOW)))
    assert "F11" in followups(kneel, FULL_PROFILE, mark("y"), 2, "k", "l", "s")
    assert "F11" not in followups(kneel, FULL_PROFILE, mark("y"), 2, "c", "l", "s")
    assert "F11" not in followups(kneel, with_findings(Finding("kneel_sore", question="F11")))


def test_a_condition_that_is_known_is_not_asked_again() -> None:
    for key, id_ in (("achilles_pain", "F10"), ("neuropathy", "F2")):
        known = with_findings(Finding(key, question="P7", at=NOW))
        assert id_ not in followups(alone(PNF), known)


@pytest.mark.parametrize("row", [q for q in QUESTIONS.followups if q.needs], ids=lambda q: q.id)
def test_a_file_can_ask_for_more_questions_and_never_for_fewer(row: object) -> None:
    from player.safety.questions import Question

    assert isinstance(row, Question)
    asks = routine_of(f"name: T\nscreening: [{row.needs}]\nsteps:\n  - calf-roll\n")
    # F15 is only asked about a cramp, and F7 in a prompt of its own.
    assert followups(asks) == {"F1", "F13"} | ({row.id} - {"F15", "F7"})
    assert ("F7" in prompts(new_interview(asks))) == (row.id == "F7")


def test_a_step_that_names_a_key_of_a_follow_up_has_it_asked() -> None:
    asks = routine_of("name: T\nsteps:\n  - {use: calf-wall-straight, avoid_if: [masking]}\n")
    assert followups(asks) == {"F13"}


def test_the_follow_ups_of_a_substitute_are_asked_too() -> None:
    """The half-kneel stretch replaces deep pressure, and a knee is sore."""
    begun = answered_with(new_interview(alone("psoas-hand-press")), mark("y"), 2, "k", "l", "s")
    assert begun.prompt and begun.prompt.id == "DP"
    begun = begun.answer("o")
    assert begun.prompt and begun.prompt.id == "followups"
    row = QUESTIONS.find("F11")
    assert row
    key = next(choice.key for choice in begun.prompt.choices if choice.say == row.ask)
    done = finish(begun.answer(mark(key)))
    plan = plan_of(alone("psoas-hand-press"), result(done))
    assert "kneel_sore" in keys_of(done)
    assert "hipflexor-half-kneel" not in {step.exercise.id for step in steps_of(plan.items)}


@pytest.mark.parametrize("words", ["hot, spreading", "beats like", "cord-like"])
def test_f1_urgent_choices_end_before_any_place_is_asked(words: str) -> None:
    begun = answered_with(new_interview(alone("calf-roll")), mark("0"))
    assert begun.prompt
    key = next(c.key for c in begun.prompt.choices if "where you will press" in c.say)
    done = answered_with(begun, mark(key), mark(option("F1", "A cut"), option("F1", words)))
    assert done.prompt is None and result(done).rank is Rank.URGENT


def test_f1_without_a_choice_means_a_cut_a_bruise_and_a_lump_everywhere() -> None:
    begun = answered_with(new_interview(alone("calf-roll")), mark("0"))
    done = finish(answered_with(begun, mark("1"), NONE))
    assert keys_of(done) == {"skin", "bruise_deep", "lump_new"}
    assert done.outcome.profile.findings == ()


# Invariant 8: after a red flag


RED = RedFlag("dvt_signs", "G3", NOW - HOUR)


def test_within_a_day_of_a_red_flag_the_advice_comes_first() -> None:
    interview = new_interview(last_red=RED)
    prompt = interview.prompt
    assert prompt and prompt.id == "R0"
    assert MATRIX.conditions["dvt_signs"].says in prompt.lines[0]
    assert "Get seen today" in prompt.lines[1]
    emergency = new_interview(last_red=RedFlag("pe_heart", "G1", NOW)).prompt
    assert emergency and "emergency number" in emergency.lines[1]
    for hours, shown in ((0.0, True), (23.99, True), (24.0, False), (-100.0, True)):
        flag = RED._replace(at=NOW - hours * HOUR)
        first = new_interview(last_red=flag).prompt
        assert first and (first.id == "R0") == shown, hours


def test_after_a_check_up_todays_questions_start_again() -> None:
    after = new_interview(last_red=RED).answer("c")
    assert after.prompt and after.prompt.id == "today"
    assert result(finish(after)).plays


def test_after_leaving_nothing_plays_even_if_the_interface_ignores_it() -> None:
    done = new_interview(last_red=RED).answer("l")
    assert done.prompt is None and done.outcome.left
    clearance = result(done)
    assert not clearance.plays and clearance.rank is Rank.STOP
    assert isinstance(admit(plan_of(shipped()[0], clearance), clearance, "Ana", NOW), Refusal)


@pytest.mark.parametrize(
    ("flag", "again", "fine"),
    [
        (RedFlag("dvt_signs", "G3", NOW), "Is one leg newly swollen", "no"),
        (RedFlag("dvt_signs", "S4", NOW), "Does one of these fit?", "no"),
        (RedFlag("locked_knee", "G6", NOW), "Is your knee newly stuck", "no"),
        (RedFlag("hot_joint", "G7", NOW), "A joint is hot and swollen", "no"),
        (RedFlag("pad_severe", "P7", NOW), "hurts at rest", "no"),
        (RedFlag("pad_severe", "G9", NOW), "does not heal", "no"),
        (RedFlag("hernia_stuck", "P9a", NOW), "hard, sore", "no"),
        (RedFlag("skin_infection", "F1", NOW), "Skin that is hot", "no"),
        (RedFlag("cramp_long", "F15", NOW), "more than 10 minutes", "no"),
        (RedFlag("deformity", "I2", NOW), "Is it a strange shape", "no"),
        (RedFlag("fracture_signs", "I4b", NOW), "right angle", "yes"),
        (RedFlag("injury_bad", "G5", NOW), "did you hurt your leg", "no"),
        (RedFlag("fever_sore", "R5", NOW), "a fever with a new sore place", "no"),
        (RedFlag("injury_bad", "x", NOW), "a new injury", "no"),
    ],
)
def test_after_a_wrong_key_only_that_question_is_asked_again_in_full(
    flag: RedFlag, again: str, fine: str
) -> None:
    once_more = new_interview(last_red=flag).answer("w")
    assert once_more.prompt and again in once_more.prompt.ask
    taken_back = once_more.answer(fine)
    assert taken_back.prompt and taken_back.prompt.id == "today"
    for answer in {"yes", "no", "unsure"} - {fine}:
        done = once_more.answer(answer)
        assert done.prompt is None and flag.key in keys_of(done)
        assert done.outcome.red and done.outcome.red.key == flag.key


def test_every_urgent_answer_can_be_corrected_from_every_question() -> None:
    ids = [q.id for q in (*QUESTIONS.today, *QUESTIONS.profile, *QUESTIONS.followups)]
    ids += [q.id for q in (*QUESTIONS.injury, *QUESTIONS.older.values())] + [
        "S4",
        "R1",
        "x",
        "",
        "unknown",
    ]
    assert len({q.id for q in QUESTIONS.injury}) == len(QUESTIONS.injury)
    for key in KEYS:
        if MATRIX.conditions[key].rank < Rank.URGENT:
            continue
        for id_ in ids:
            once_more = new_interview(last_red=RedFlag(key, id_, NOW)).answer("w")
            assert once_more.prompt and len(once_more.prompt.ask) > 10


# Nothing has a default


def nonsense(prompt: Prompt) -> list[object]:
    found: list[object] = [
        None, "", "Y", "YES", "1.5", -1, 131, True, False, 3.0, float("nan"), [], {}, set(),
        ["yes"], {"1": 1}, frozenset({"z"}), frozenset({1}), b"yes", object(),
    ]  # fmt: skip
    if prompt.form is not Form.MARKS or prompt.one_of:
        found.append(frozenset())
    if prompt.form is not Form.YES_NO:
        found += ["yes", "unsure"]
    if prompt.form is Form.NUMBER:
        found += [prompt.high + 1, prompt.low - 1, "5"]
    return found


def walk(seed: int, routine: Routine, profile: Profile, red: RedFlag | None) -> Interview:
    chance = random.Random(seed)
    interview = new_interview(routine, profile, last_red=red)
    for _ in range(200):
        prompt = interview.prompt
        if prompt is None:
            break
        with pytest.raises(ValueError):
            _ = interview.outcome
        for wrong in nonsense(prompt):
            with pytest.raises(ValueError):
                interview.answer(wrong)  # type: ignore[arg-type]
        keys = [choice.key for choice in prompt.choices]
        reply: Reply
        ages = sorted(prompt.one_of)
        if prompt.form is Form.MARKS:
            red_too = chance.random() < 0.3
            some = [k for k in keys if red_too or prompt.id != "today" or k not in "1234"]
            some = [k for k in some if k not in ages]
            reply = frozenset(k for k in some if chance.random() < 0.3)
            reply |= frozenset([chance.choice(ages)] if ages else [])
        elif prompt.form is Form.YES_NO:
            reply = chance.choice(["yes", "no", "no", "unsure"])
        elif prompt.form is Form.ONE:
            reply = chance.choice(keys)
        else:
            reply = chance.randint(prompt.low, prompt.high)
        before = interview
        interview = interview.answer(reply)
        assert before.prompt == prompt, "an interview never changes"
        if chance.random() < 0.05 and interview.prompt:
            back = interview.back()
            slip = back.prompt is not None and back.prompt.id == "slip"
            assert (back.answer("y") if slip else back).prompt == prompt
    return interview


@settings(max_examples=30, deadline=None)
@given_by(
    st.integers(0, 10**9),
    st.sampled_from([*shipped(), alone("psoas-hand-press"), alone("early-cold-pack")]),
    st.sampled_from([Profile(), FULL_PROFILE]),
    st.sampled_from([None, RED, RedFlag("fracture_signs", "I4b", NOW)]),
)
def test_random_answers_end_in_an_outcome_and_clear_nobody_before(
    seed: int, routine: Routine, profile: Profile, red: RedFlag | None
) -> None:
    done = walk(seed, routine, profile, red)
    assert done.prompt is None
    outcome = done.outcome
    clearance = judge(outcome.answers, MATRIX, NOW)
    plan = plan_of(routine, clearance)
    assert (outcome.red is not None) == (clearance.rank >= Rank.URGENT)
    if outcome.red or outcome.left:
        assert not plan.items and not clearance.plays
    if clearance.plays:
        rows = {q.id for q in needed_rows(done.context, (), is_hurt=False, has_deep_ache=False)}
        assert rows | {"age"} <= outcome.profile.answered.keys()
    with pytest.raises(ValueError):
        done.answer("yes")
    kept = [MATRIX.conditions[f.key].rank for f in outcome.profile.findings]
    assert all(rank < Rank.URGENT for rank in kept), "a red flag is no standing condition"


def test_leaving_at_any_prompt_clears_nobody() -> None:
    interview = new_interview(alone("psoas-tool-press"), Profile())
    while interview.prompt:
        with pytest.raises(ValueError):
            _ = interview.outcome
        interview = interview.answer(harmless(interview.prompt))
    assert interview.outcome


def test_going_back_drops_only_the_last_answer() -> None:
    begun = answered_with(new_interview(), mark("5"), "0", "c", "l")
    assert begun.back().prompt == answered_with(new_interview(), mark("5"), "0", "c").prompt
    assert new_interview().back().prompt == new_interview().prompt
