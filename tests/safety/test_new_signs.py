"""Row 9 of today: a lump, a bruise, a sore, pain at night, a trip (section 2b, G9)."""

from collections.abc import Mapping

from player.base.calendar import day_words
from player.routine.vocabulary import Side
from player.safety.findings import Finding
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Reply
from tests.cases import cases
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    NOW,
    QUESTIONS,
    alone,
    finish,
    keys_of,
    left,
    mark,
    new_interview,
    option,
    prompts,
    result,
)

LINES = {
    "lump": "A lump",
    "bruise": "deep bruise",
    "sore": "does not heal",
    "rest": "hours in bed",
    "wakes": "wakes me",
    "trip": "one trip",
    "none": "None of these",
}


def news(*lines: str) -> dict[str, Reply]:
    """Return the answers of somebody who marks row 9 and these lines of its list."""
    return {"today": mark("9"), "G9.which": mark(*(option("G9", LINES[line]) for line in lines))}


def met(answers: Mapping[str, Reply], interview: Interview | None = None) -> Interview:
    return finish(interview or new_interview(), answers)


LUMP = {"G9.lump": "c", "G9.lump.side": "l", "G9.beats": "no", "G9.harmless": "no"}


@cases(
    ("says", "keys", "rank"),
    [
        ({"G9.beats": "yes"}, {"lump_pulse"}, Rank.URGENT),
        ({"G9.beats": "unsure"}, {"lump_pulse"}, Rank.URGENT),
        ({"G9.lump": "p", "G9.hard": "yes"}, {"hernia_stuck"}, Rank.EMERGENCY),
        ({"G9.lump": "e", "G9.hard": "unsure"}, {"hernia_stuck"}, Rank.EMERGENCY),
        ({"G9.lump": "n", "G9.hard": "yes"}, {"hernia_stuck"}, Rank.EMERGENCY),
        ({"G9.lump": "p", "G9.hard": "yes", "G9.beats": "yes"}, {"hernia_stuck"}, Rank.EMERGENCY),
        ({}, {"lump_new"}, Rank.STOP),
        ({"G9.harmless": "unsure"}, {"lump_new"}, Rank.STOP),
        ({"G9.lump": "b", "G9.harmless": "yes"}, {"bakers_cyst"}, Rank.ADAPT),
        ({"G9.lump": "b", "G9.harmless": "no"}, {"lump_new"}, Rank.STOP),
        ({"G9.harmless": "yes"}, {"lump_new"}, Rank.ADAPT),
    ],
)
def test_a_lump(says: Mapping[str, Reply], keys: set[str], rank: Rank) -> None:
    done = met({**news("lump"), **LUMP, **says})
    assert keys_of(done) == keys and result(done).rank is rank


def test_a_lump_that_is_harmless_stays_unpressed_there_and_stretches() -> None:
    done = met({**news("lump"), **LUMP, "G9.harmless": "yes"})
    assert left(alone("calf-wall-straight"), result(done))
    assert Side.LEFT not in {side for _, side in left(alone("calf-roll"), result(done))}
    (kept,) = done.outcome.profile.findings
    assert (kept.key, kept.place, kept.side) == ("lump_new", "calf", Side.LEFT)


def test_a_lump_that_nobody_has_seen_stops_that_place() -> None:
    done = met({**news("lump"), **LUMP})
    sides = {side for _, side in left(alone("calf-wall-straight"), result(done))}
    assert sides == {Side.RIGHT}
    assert left(alone("quad-stand"), result(done))


@cases("line", ["sore", "rest"])
def test_a_sore_or_pain_at_rest_is_urgent_at_once(line: str) -> None:
    interview = new_interview()
    for reply in news(line).values():
        interview = interview.answer(reply)
    assert interview.prompt is None and "pad_severe" in keys_of(interview)
    assert interview.outcome.red == RedFlag("pad_severe", "G9", NOW)


def test_pain_that_wakes_is_kept_with_its_place_until_a_clinician_clears_it() -> None:
    done = met({**news("wakes"), "G9.where": "h", "G9.where.side": "r"})
    assert result(done).rank is Rank.STOP
    (kept,) = done.outcome.profile.findings
    assert (kept.key, kept.place, kept.side) == ("systemic", "ham", Side.RIGHT)
    later = finish(new_interview(profile=done.outcome.profile, now=NOW + 5 * DAY))
    assert "systemic" in keys_of(later)


def test_a_deep_bruise_is_kept_for_six_weeks() -> None:
    done = met({**news("bruise"), "G9.where": "t", "G9.where.side": "l"})
    assert Side.LEFT not in {side for _, side in left(alone("quad-stand"), result(done))}
    for days, holds in [(41, True), (43, False)]:
        later = finish(new_interview(profile=done.outcome.profile, now=NOW + days * DAY))
        assert ("bruise_deep" in keys_of(later)) is holds


def test_a_trip_brings_its_note_and_the_question_about_a_new_ache() -> None:
    answers = {**news("trip"), "G9.when": "0"}
    asked = prompts(new_interview(alone("calf-roll")), answers)
    assert "followups" in asked
    done = met(answers, new_interview(alone("calf-roll")))
    assert result(done).rank is Rank.CAUTION and keys_of(done) == {"dvt_risk"}
    ache = {**answers, "S1": 3, "S2": "c", "S2.side": "l", "S3": "n"}
    assert "S4" not in prompts(new_interview(), ache), "the clot risk is known already"
    assert result(met(ache)).rank is Rank.URGENT


def test_none_of_these_after_all_changes_nothing() -> None:
    done = met(news("none"))
    assert result(done).rank is Rank.PLAY and not done.outcome.profile.findings


def test_none_of_these_beside_another_line_does_not_undo_it() -> None:
    assert "pad_severe" in keys_of(met(news("sore", "none")))


def test_a_mark_with_nothing_chosen_counts_as_all_that_is_not_urgent() -> None:
    done = met({"today": mark("9"), "G9.which": mark()})
    assert keys_of(done) == {"lump_new", "bruise_deep", "systemic", "dvt_risk"}
    assert result(done).rank is Rank.STOP and not left(alone("calf-wall-straight"), result(done))


def test_what_was_chosen_is_kept_when_the_person_leaves_half_way() -> None:
    begun = new_interview()
    for reply in news("lump", "trip").values():
        begun = begun.answer(reply)
    assert begun.prompt and begun.prompt.id == "G9.lump"
    assert {f.key for f in begun.unfinished} == {"lump_new", "dvt_risk"}


def test_the_words_of_the_row_exclude_what_is_ordinary() -> None:
    row = QUESTIONS.find("G9")
    assert row
    for words in ("cramp", "after sport", "period pain", "had for a long time", "kneecap"):
        assert words in row.why


@cases("key", ["lump_pulse", "pad_severe"])
def test_a_person_who_told_of_it_before_is_not_told_of_play(key: str) -> None:
    before = Profile(
        (Finding(key, question="G9", at=NOW - DAY),), FULL_PROFILE.answered, FULL_PROFILE.age
    )
    done = finish(new_interview(profile=before))
    assert result(done).rank >= Rank.URGENT


def row_9(profile: Profile, days: int) -> str:
    prompt = new_interview(profile=profile, now=NOW + days * DAY).prompt
    assert prompt
    return next(choice.say for choice in prompt.choices if choice.key == "9")


def test_a_regular_is_asked_since_the_last_start_that_was_finished() -> None:
    assert row_9(Profile(), 0).startswith("Is one of these new:")
    profile = finish(new_interview(profile=Profile())).outcome.profile
    day = day_words(NOW, NOW + DAY)
    assert row_9(profile, 1).startswith(f"Since {day}, is one of these new:")
    ended = new_interview(profile=profile, now=NOW + 2 * DAY).answer(mark("1"))
    assert row_9(ended.outcome.profile, 3).startswith(f"Since {day},"), "this one was cut short"
