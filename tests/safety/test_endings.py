"""An answer with a day ends by itself, each after its own length, and nothing else does."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.safety.derive import active_at
from player.safety.findings import Finding
from player.safety.interview import Interview
from player.safety.profile import Profile
from player.safety.prompts import Reply
from player.safety.questions import Option
from tests.safety.ending import ENDINGS, NEVER, Ending
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    MATRIX,
    NOW,
    QUESTIONS,
    QUICK,
    alone,
    finish,
    keys_of,
    left,
    mark,
    new_interview,
    option,
    prompts,
    reply_to,
    result,
)
from tests.zones import in_zone, near_a_change, needs_zones

TODAY_KEY, YEARS = "0", 20 * 365 * DAY


def line_of(row: str, words: str) -> Option:
    question = QUESTIONS.find(row)
    assert question
    (found,) = [line for line in question.options if words in line.say]
    return found


def told(row: str, words: str, when: str = TODAY_KEY, now: float = NOW) -> Profile:
    """Return the profile after this line was marked, with this answer to "When was it?"."""
    answered = {k: at for k, at in FULL_PROFILE.answered.items() if k != row}
    begun = new_interview(profile=replace(FULL_PROFILE, answered=answered), now=now)
    day = f"{line_of(row, words).saved_as(row)}.when"
    replies: dict[str, Reply] = {row: "yes", f"{row}.which": mark(option(row, words)), day: when}
    return finish(begun, replies).outcome.profile


def found(profile: Profile, key: str) -> Finding:
    (finding,) = [finding for finding in profile.findings if finding.key == key]
    return finding


def active(finding: Finding, now: float) -> set[str]:
    return {later.key for later in active_at(finding, MATRIX, now)}


def start(profile: Profile, now: float, **replies: Reply) -> Interview:
    """Return the answered interview of a start at `now`, at which nothing new is told."""
    answered = dict.fromkeys(profile.answered, now)
    return finish(new_interview(profile=replace(profile, answered=answered), now=now), replies)


def id_of(ending: Ending) -> str:
    return f"{ending.row} {ending.option} {ending.key}"


@pytest.mark.parametrize("ending", ENDINGS, ids=id_of)
def test_each_answer_counts_up_to_its_day_and_no_longer(ending: Ending) -> None:
    finding = found(told(ending.row, ending.option), ending.key)
    assert finding.since == NOW
    over = ending.after(NOW)
    for days in (-1.0, -0.001):
        assert active(finding, over + days * DAY) == {ending.key}
    for days in (0.0, 0.001, 1.0, 400.0):
        assert active(finding, over + days * DAY) == ({ending.later} if ending.later else set())


@pytest.mark.parametrize(("row", "words", "key"), NEVER)
def test_these_answers_never_end_by_themselves(row: str, words: str, key: str) -> None:
    finding = found(told(row, words), key)
    for at in (NOW, NOW + 13 * 7 * DAY, NOW + YEARS):
        assert active(finding, at) == {key}


def test_no_other_answer_ends() -> None:
    """What ends is listed in `ending.py`; besides it only a fresh injury, a bruise and a jab."""
    lasting = {row.key for row in MATRIX.conditions.values() if row.lasts or row.lasts_by}
    short = {"acute_strain", "ham_strain", "strain_healing", "steroid_jab", "bruise_deep"}
    assert lasting == {ending.key for ending in ENDINGS} | short
    dated = {
        (question.id, line.say)
        for question in QUESTIONS.profile
        for line in question.options
        if line.when
    }
    assert dated == {(e.row, line_of(e.row, e.option).say) for e in ENDINGS}


def test_an_unseen_injury_never_ends_and_a_bruise_does_after_42_days() -> None:
    unseen = Finding("injury_unseen", "knee", None, "O3", NOW, NOW)
    assert active(unseen, NOW + YEARS) == {"injury_unseen"}
    bruise = Finding("bruise_deep", "quad", None, "O4", NOW, NOW)
    assert active(bruise, NOW + 41.9 * DAY) == {"bruise_deep"}
    assert active(bruise, NOW + 42.1 * DAY) == set()
    no_day = bruise._replace(since=None)
    assert active(no_day, NOW + YEARS) == {"bruise_deep"}


def test_a_trip_told_today_counts_for_4_weeks() -> None:
    replies: dict[str, Reply] = {
        "today": mark("9"),
        "G9.which": mark(option("G9", "one trip")),
        "G9.when": "1",
    }
    trip = found(finish(new_interview(), replies).outcome.profile, "dvt_risk")
    assert trip.since is not None and abs(trip.since - (NOW - 2 * DAY)) <= 3_600
    assert active(trip, NOW + 25 * DAY) == {"dvt_risk"}
    assert active(trip, NOW + 27 * DAY) == set()


@pytest.mark.parametrize("ending", ENDINGS, ids=id_of)
@pytest.mark.parametrize("when", "0123456u")
def test_a_range_counts_as_its_latest_day_and_not_sure_as_today(ending: Ending, when: str) -> None:
    line = line_of(ending.row, ending.option)
    answered = {k: at for k, at in FULL_PROFILE.answered.items() if k != ending.row}
    begun = new_interview(profile=replace(FULL_PROFILE, answered=answered))
    replies: dict[str, Reply] = {
        ending.row: "yes",
        f"{ending.row}.which": mark(option(ending.row, ending.option)),
    }
    day = f"{line.saved_as(ending.row)}.when"
    while begun.prompt and begun.prompt.id != day:
        begun = finish_one(begun, replies)
    assert begun.prompt and begun.prompt.lines[0].startswith(line.say)
    say = {choice.key: choice.say for choice in begun.prompt.choices}
    if when not in say:
        return  # so long ago it would have ended
    since = found(told(ending.row, ending.option, when), ending.key).since
    assert since is not None
    days = {"To": 0, "In": 0, "No": 0}.get(say[when][:2])
    if days is None:
        number, unit = int(say[when].split()[0]), say[when].split()[3]
        days = number * {"days": 1, "weeks": 7, "months": 30}[unit]
    slack = 4 if "month" in say[when] else 0.05
    assert abs((NOW - since) / DAY - days) <= slack, say[when]


def finish_one(interview: Interview, replies: dict[str, Reply]) -> Interview:
    prompt = interview.prompt
    assert prompt
    return interview.answer(reply_to(prompt, replies))


@pytest.mark.parametrize("ending", ENDINGS, ids=id_of)
def test_what_is_longer_ago_has_ended(ending: Ending) -> None:
    finding = found(told(ending.row, ending.option, "l"), ending.key)
    assert active(finding, NOW) == ({ending.later} if ending.later else set())


# The clock


@needs_zones
@pytest.mark.soak
@QUICK
@given(near_a_change, st.sampled_from(ENDINGS), st.floats(1, 400), st.sampled_from([-1, 1]))
def test_a_clock_that_was_wrong_for_a_while_ends_nothing_for_good(
    drawn: tuple[str, datetime], ending: Ending, wrong: float, way: int
) -> None:
    """The person starts once with a wrong clock and answers everything, then with the right one."""
    zone, moment = drawn
    now = moment.timestamp()
    with in_zone(zone):
        profile = told(ending.row, ending.option, now=now)
        over = ending.after(now)
        for right in (over - DAY, over - 60, over + 60, over + DAY):
            wrongly = start(profile, right + way * wrong * DAY)
            kept = wrongly.outcome.profile
            later = start(kept, right)
            counts = later.context.profile.findings and ending.key in keys_of(later)
            assert bool(counts) == (right < over), ZoneInfo(zone)
            if ending.later:
                assert (ending.later in keys_of(later)) == (right >= over)


# What follows from an end


def test_a_clot_of_3_months_ago_counts_as_an_older_clot_without_the_clinicians_word() -> None:
    profile = replace(
        FULL_PROFILE,
        findings=(Finding("dvt_recent", None, None, "P3", NOW, NOW, cleared_at=NOW),),
    )
    press, stretch = alone("calf-roll"), alone("calf-wall-straight")
    for weeks, key in ((12, "dvt_recent"), (14, "dvt_history")):
        now = NOW + weeks * 7 * DAY
        done = start(profile, now)
        (finding,) = [f for f in result(done).findings if f.key == key]
        assert (finding.cleared_at is None) == (key == "dvt_history")
        assert keys_of(done) == {key}
    now = NOW + 14 * 7 * DAY
    assert result(start(profile, now)).rank.word == "stop", "the word was about the fresh clot"
    answered = dict.fromkeys(profile.answered, now)
    for routine, plays in ((press, False), (stretch, True)):
        begun = new_interview(routine, replace(profile, answered=answered), now)
        assert result(finish(begun)).plays
        assert bool(left(routine, result(finish(begun)))) == plays


def test_after_13_weeks_a_belly_operation_still_blocks_deep_pressure() -> None:
    profile = told("P4", "on the belly")
    done = start(profile, NOW + 13 * 7 * DAY)
    assert keys_of(done) == {"abdo_surgery"}


def test_a_heart_that_was_not_steady_counts_as_a_heart_problem_after_3_months() -> None:
    profile = told("P8", "new or worse")
    assert keys_of(start(profile, NOW + 80 * DAY)) == {"heart_unstable"}
    assert not result(start(profile, NOW + 80 * DAY)).plays
    met = prompts(new_interview(profile=profile, now=NOW + 95 * DAY))
    assert "cleared.heart_unstable" not in met
    assert keys_of(start(profile, NOW + 95 * DAY)) == {"heart"}


def test_an_ended_trip_no_longer_makes_a_new_ache_urgent() -> None:
    profile = told("P4", "A trip")
    ache: dict[str, Reply] = {"S1": 3, "S2": "c", "S2.side": "l", "S3": "n"}
    for days, urgent in ((27, True), (29, False)):
        done = start(profile, NOW + days * DAY, **ache)
        assert ("dvt_signs" in keys_of(done)) == urgent


# Asked about once at the end


@pytest.mark.parametrize(
    ("row", "words", "key"),
    [
        ("P4", "on leg, hip or back", "recent_surgery"),
        ("P10", "tear or repair in", "acl"),
        ("P1", "C-section", "recent_surgery"),
    ],
)
@pytest.mark.parametrize("reply", ["yes", "no", "unsure"])
def test_an_operation_and_a_torn_ligament_are_asked_about_once_when_they_end(
    row: str, words: str, key: str, reply: str
) -> None:
    profile = told(row, words)
    over = found(profile, key)
    assert over.since is not None
    lasts = MATRIX.conditions[key].lasts
    assert lasts
    end = lasts.after(over.since)
    asked = f"cleared.{key}"
    assert asked not in prompts(new_interview(profile=profile, now=end - 60))
    done = start(profile, end + 60, **{asked: reply})
    assert asked in prompts(new_interview(profile=profile, now=end + 60))
    assert key not in keys_of(done)
    notes = list(result(done).notes.values())
    assert notes == [MATRIX.conditions[key].over["fine" if reply == "yes" else "not_yet"]]
    again = done.outcome.profile
    later = start(again, end + DAY)
    assert asked not in prompts(new_interview(profile=again, now=end + DAY))
    assert not result(later).notes and key not in keys_of(later)


@pytest.mark.parametrize("ending", ENDINGS, ids=id_of)
def test_every_other_answer_ends_silently(ending: Ending) -> None:
    if MATRIX.conditions[ending.key].over or ending.option == "C-section":
        return
    profile = told(ending.row, ending.option)
    now = ending.after(NOW) + DAY
    answered = dict.fromkeys(profile.answered, now)
    met = prompts(new_interview(profile=replace(profile, answered=answered), now=now))
    assert [id_ for id_ in met if id_ not in {"today", "S1", "followups"}] == []


# A cast or brace


def test_a_cast_counts_until_12_weeks_after_it_came_off() -> None:
    profile = told("P4", "cast or brace on")
    asked = {"confirm": "yes", "P4.cast.when": "2"}
    on = finish(new_interview(profile=profile, now=NOW + 100 * DAY), {**asked, "P4.cast": "no"})
    assert "recent_surgery" in keys_of(on)
    off = finish(new_interview(profile=profile, now=NOW + 100 * DAY), {**asked, "P4.cast": "yes"})
    since = found(off.outcome.profile, "recent_surgery").since
    assert since is not None and abs(since - (NOW + 93 * DAY)) <= 3_700
    assert "recent_surgery" in keys_of(start(off.outcome.profile, NOW + 176 * DAY))
    assert "recent_surgery" not in keys_of(start(off.outcome.profile, NOW + 178 * DAY))


def test_a_cast_that_is_told_to_be_off_in_the_row_ends_12_weeks_later_too() -> None:
    profile = told("P4", "cast or brace on")
    news: dict[str, Reply] = {
        "today": mark("8"),
        "G8.which": mark(option("G8", "a cast")),
        "P4": "yes",
        "P4.which": mark(option("P4", "came off")),
        "P4.when": "0",
    }
    off = finish(new_interview(profile=profile, now=NOW + DAY), news).outcome.profile
    assert {f.key for f in off.findings} == {"recent_surgery", "dvt_risk"}
    assert {"recent_surgery", "dvt_risk"} <= keys_of(start(off, NOW + 84 * DAY))
    assert not keys_of(start(off, NOW + 86 * DAY))


# All still right?


def test_the_confirmation_shows_each_answer_with_its_day_and_its_end() -> None:
    kept = replace(
        FULL_PROFILE,
        findings=(
            Finding("recent_surgery", None, None, "P4", NOW, NOW - 10 * DAY),
            Finding("dvt_recent", None, None, "P3", NOW, NOW),
            Finding("abdo_surgery", None, None, "P4", NOW, NOW - 10 * DAY),
            Finding("cancer", None, None, "P3.now", NOW),
            Finding("oa", None, None, "P10", NOW),
        ),
    )
    begun = new_interview(profile=kept, now=NOW + 31 * DAY)
    while begun.prompt and begun.prompt.id != "confirm":
        begun = finish_one(begun, {})
    assert begun.prompt
    says = {key: row.says for key, row in MATRIX.conditions.items()}
    clot = f"then as {says['dvt_history']}"
    assert begun.prompt.lines[1:6] == (
        f"- {says['recent_surgery']} (11 September or before; counts until 4 December)",
        f"- {says['dvt_recent']} (21 September or before; counts until 21 December, {clot})",
        f"- {says['abdo_surgery']} (11 September or before)",
        f"- {says['cancer']} (counts until you say that it is over)",
        f"- {says['oa']}",
    )
