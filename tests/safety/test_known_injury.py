"""An injury that is known: how it is named, and when it is asked whether it is better."""

from dataclasses import replace
from datetime import datetime

from player.routine.vocabulary import Side
from player.safety.findings import AgeBand, Finding
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Reply
from tests.cases import cases
from tests.grade import grade
from tests.safety.hurting import DAYS_AGO, LAST_WEEK, TODAY, WEEKS_AGO, having, hurt
from tests.safety.making import (
    DAY,
    MATRIX,
    NOW,
    QUESTIONS,
    alone,
    answered_with,
    finish,
    keys_of,
    left,
    mark,
    new_interview,
    prompts,
    result,
)

NOTHING = mark("0")


def later(profile: Profile, days: float) -> Interview:
    return new_interview(profile=profile, now=NOW + days * DAY)


def words_of_g5(interview: Interview) -> str:
    assert interview.prompt
    (found,) = [c.say for c in interview.prompt.choices if "did you hurt" in c.say]
    return found


def keys_on(profile: Profile, days: float, **replies: Reply) -> set[str]:
    return keys_of(finish(later(profile, days), replies))


# How it is named


def at(year: int, month: int, day: int) -> float:
    return datetime(year, month, day, 15).timestamp()


@cases(
    ("now", "when", "named"),
    [
        (at(2026, 11, 12), TODAY, "12 November"),
        (at(2026, 11, 12), "1", "11 November"),
        (at(2026, 12, 1), "1", "30 November"),
        (at(2026, 12, 2), DAYS_AGO, "30 November"),
        (at(2026, 3, 3), LAST_WEEK, "27 February"),
        (at(2026, 3, 7), WEEKS_AGO, "28 February"),
    ],
)
def test_an_injury_is_named_with_its_place_and_day(now: float, when: str, named: str) -> None:
    kept = hurt("ham", when, now=now).outcome.profile
    words = words_of_g5(new_interview(profile=kept, now=now + DAY))
    assert words == (
        f"Other than your left back thigh of {named}: in the last 3 weeks, did you hurt your leg, "
        "knee, hip or back? Or did you hurt that one again?"
    )


def test_two_known_injuries_are_both_named_and_an_old_one_is_not() -> None:
    first = hurt("ham", now=at(2026, 11, 12)).outcome.profile
    second = hurt("lowback", TODAY, first, now=at(2026, 11, 14)).outcome.profile
    words = words_of_g5(new_interview(profile=second, now=at(2026, 11, 15)))
    assert "your left back thigh of 5 November and your low back of 14 November:" in words
    assert words.endswith("Or did you hurt one of them again?")
    after = words_of_g5(new_interview(profile=second, now=at(2026, 11, 28)))
    assert "of 14 November" in after and "back thigh" not in after
    assert words_of_g5(new_interview(profile=second, now=at(2026, 12, 6))) == words_of_g5(
        new_interview()
    )


def test_a_thigh_that_tears_again_is_a_new_injury() -> None:
    known = hurt("ham").outcome.profile
    healing = finish(later(known, 5))
    assert keys_of(healing) == {"strain_healing"} and result(healing).rank is Rank.ADAPT
    again = hurt("ham", TODAY, healing.outcome.profile, now=NOW + 5 * DAY)
    assert "acute_strain" in keys_of(again)
    assert not left(alone("ham-chair-sit"), result(again)) & {(1, Side.LEFT)}
    torn = hurt("ham", TODAY, healing.outcome.profile, now=NOW + 5 * DAY, I3a="yes")
    assert result(torn).rank is Rank.URGENT


# Is it better now?


def test_an_injury_that_nobody_has_seen_is_asked_about_from_7_days_on() -> None:
    kept = hurt("knee", LAST_WEEK, O1="no", O3="no").outcome.profile
    assert "K1" not in prompts(later(kept, 1))
    assert "injury_unseen" in keys_on(kept, 1)
    assert "K1" not in prompts(answered_with(later(kept, 8), mark("3")))
    asked = answered_with(later(kept, 8), NOTHING)
    assert asked.prompt and asked.prompt.id == "K1" and asked.prompt.lowers == {"y"}
    assert asked.prompt.ask.startswith("Your left knee of ")
    assert asked.prompt.ask.endswith(": is it better now?")
    for reply in ("no", "unsure"):
        word = asked.answer(reply)
        assert word.prompt and word.prompt.id == "cleared.injury_unseen"
        for unclear in ("no", "unsure"):
            stays = finish(word.answer(unclear))
            assert result(stays).rank is Rank.STOP
            assert "K1" in prompts(later(stays.outcome.profile, 30)), "each start asks"
        fine = finish(word.answer("yes"))
        assert result(fine).rank is Rank.ADAPT
        again = prompts(later(fine.outcome.profile, 30), {"K1": "no"})
        assert "K1" in again and "cleared.injury_unseen" not in again


@cases(("days", "keys"), [(8, {"strain_healing"}), (17, {"strain_healing"}), (18, set())])
def test_a_better_one_is_healing_to_day_21_and_then_gone(days: int, keys: set[str]) -> None:
    kept = hurt("knee", LAST_WEEK, O1="no", O3="no").outcome.profile
    done = finish(later(kept, days))
    assert keys_of(done) == keys
    for finding in done.outcome.profile.findings:
        assert finding.key == "strain_healing"
    assert keys_on(done.outcome.profile, 18) == set()


def test_a_sore_bone_counts_from_the_day_it_was_told_and_is_then_gone() -> None:
    sore = finish(answered_with(new_interview(), mark("y"), 3, "s", "l", "n", "no", "yes"))
    kept = sore.outcome.profile
    assert "K1" not in prompts(later(kept, 6)) and "K1" in prompts(later(kept, 7))
    assert keys_on(kept, 7, K1="yes") == set()
    assert "injury_unseen" in keys_on(kept, 7, K1="no")
    assert words_of_g5(later(kept, 1)) == words_of_g5(new_interview()), "it is no injury"


def test_if_nothing_plays_today_it_is_asked_at_the_next_start() -> None:
    kept = hurt("knee", O1="no", O3="no").outcome.profile
    assert "K1" not in prompts(later(kept, 2), {"today": mark("7")})
    assert "K1" in prompts(later(kept, 2))


def test_a_clinicians_word_keeps_the_rule_for_65_and_over_away() -> None:
    kept = hurt("hipflexor", profile=having(age=AgeBand.OLDER), O1="no").outcome.profile
    asked = answered_with(later(kept, 2), NOTHING)
    assert asked.prompt and asked.prompt.id == "cleared.injury_unseen"
    assert "groin" in asked.prompt.lines[0]
    assert result(finish(asked)).rank is Rank.STOP
    fine = finish(asked.answer("yes"))
    assert keys_of(fine) == {"aaa", "strain_healing"}
    assert "injury_unseen" not in keys_on(fine.outcome.profile, 5)
    again = hurt("hipflexor", TODAY, fine.outcome.profile, now=NOW + 5 * DAY)
    assert "injury_unseen" in keys_of(again), "a new injury there has not been seen"


# The clock


def test_a_clock_set_forward_and_back_neither_ages_nor_ends_an_injury() -> None:
    kept = hurt("knee", LAST_WEEK, O1="no", O3="no").outcome.profile
    ahead = finish(later(kept, 100), {"K1": "no"}).outcome.profile
    assert "injury_unseen" in keys_on(ahead, 1) and "K1" not in prompts(later(ahead, 1))
    future = hurt("calf", TODAY, now=NOW + 40 * DAY).outcome.profile
    assert "acute_strain" in keys_on(future, 0), "an injury of the future still counts"
    assert "Other than your left calf of" in words_of_g5(later(future, 0))


# A check after a red flag counts


def test_after_a_check_thin_bones_no_longer_make_it_urgent_once_it_heals() -> None:
    thin = having("osteoporosis")
    red = hurt("knee", LAST_WEEK, thin, O1="no")
    assert red.outcome.red == RedFlag("fracture_signs", "R2", NOW)
    kept = red.outcome.profile
    again = new_interview(profile=kept, now=NOW + DAY / 2, last_red=red.outcome.red)
    checked = finish(again, {"R0": "c"})
    assert result(checked).rank is Rank.ADAPT
    assert result(finish(later(checked.outcome.profile, 3))).rank is Rank.ADAPT
    assert result(finish(later(kept, 3))).rank is Rank.URGENT, "without a check it stays"


# Texts


def test_the_new_texts_are_easy_to_read() -> None:
    found = [
        Finding("injury_unseen", place.id, side, "O3", NOW, NOW)
        for place in QUESTIONS.places
        for side in (Side.LEFT, Side.BOTH)
    ]
    for finding in found:
        kept = replace(having(), findings=(finding,))
        asked = answered_with(later(kept, 8), NOTHING)
        assert asked.prompt and asked.prompt.id == "K1"
        assert grade(asked.prompt.ask) <= 7, asked.prompt.ask
        assert grade(words_of_g5(later(kept, 8))) <= 7, words_of_g5(later(kept, 8))
    assert MATRIX.conditions["injury_unseen"].clears
