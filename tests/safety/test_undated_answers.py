"""A profile that an earlier version saved has no days. Each is asked once; then it ends."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from player.library.opening import open_routine
from player.routine.model import Routine
from player.safety.findings import Finding
from player.safety.matrix import Rank
from tests.history.old_history import write_version
from tests.safety.making import CATALOGUE, DAY, FULL_PROFILE, LIBRARY, MATRIX, NOW, QUESTIONS
from tests.safety.starting import Starts

OLD = {
    "recent_surgery": "P4",
    "recent_surgery_other": "P4",
    "dvt_risk": "P4",
    "dvt_recent": "P3",
    "cancer": "P3",
    "tendon_drug": "P6",
    "heart_unstable": "P8",
    "acl": "P10",
}
"""What an earlier version saved without a day, and the row in which it was told."""


def of_version(number: int, path: Path, days: float, *keys: str) -> Starts:
    """Return the starts of Ana, whose profile was saved by this version so many days ago."""
    write_version(number, path)
    at = NOW - days * DAY
    with closing(sqlite3.connect(path)) as db, db:
        for table in ("standing", "answered", "red_flag", "beat", "done", "soreness", "hurt"):
            db.execute(f"DELETE FROM {table}")
        db.execute("DELETE FROM session")
        db.execute("UPDATE person SET age_band = ?", ("adult" if number > 4 else "16 to 64",))
        db.executemany(
            "INSERT INTO standing (person, key, question, at) VALUES (1, ?, ?, ?)",
            [(key, OLD[key], at) for key in keys],
        )
        rows = [*(row.id for row in QUESTIONS.profile), "age"]
        db.executemany("INSERT INTO answered VALUES (1, ?, ?)", [(row, at) for row in rows])
    return Starts(path, NOW)


def routine(id_: str) -> Routine:
    (file,) = [file for file in LIBRARY.files if file.stem == id_]
    found = open_routine(file, CATALOGUE).routine
    assert found
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.mark.parametrize("version", [5, 6])
@pytest.mark.parametrize("key", OLD)
def test_a_missing_day_is_asked_once_with_the_words_of_that_day(
    path: Path, version: int, key: str
) -> None:
    ana = of_version(version, path, 10, key)
    asked = f"{OLD[key]}.{key}.when"
    ana.start()
    assert asked in ana.ids
    (prompt,) = [prompt for prompt in ana.asked if prompt.id == asked]
    assert prompt.ask == "When was it?"
    assert prompt.lines[0] == f"On 11 September you told of {MATRIX.conditions[key].says}."
    (finding,) = ana.profile().findings
    assert finding.since == NOW - 10 * DAY == finding.at, "not sure: the day it was told"
    ana.time.pass_calendar(round(DAY * 1_000))
    ana.start()
    assert asked not in ana.ids


def test_all_missing_days_are_asked_at_one_start_and_then_never_again(path: Path) -> None:
    ana = of_version(6, path, 10, *OLD)
    ana.start()
    assert [id_ for id_ in ana.ids if id_.endswith(".when")] == [
        "P3.dvt_recent.when", "P3.cancer.when", "P4.recent_surgery.when",
        "P4.recent_surgery_other.when", "P4.dvt_risk.when", "P6.tendon_drug.when",
        "P8.heart_unstable.when", "P10.acl.when",
    ]  # fmt: skip
    ana.start()
    assert not [id_ for id_ in ana.ids if id_.endswith(".when")]


def test_the_day_that_is_told_decides_when_it_ends(path: Path) -> None:
    ana = of_version(6, path, 10, "recent_surgery")
    ana.start({"P4.recent_surgery.when": "6"})  # 8 to 12 weeks ago
    (finding,) = ana.profile().findings
    assert finding.since is not None and abs(finding.since - (NOW - 56 * DAY)) <= 3_700
    ana.time.pass_calendar(round(27 * DAY * 1_000))
    result = ana.start({"confirm": "yes"})
    assert result and result.rank is Rank.STOP
    ana.time.pass_calendar(round(2 * DAY * 1_000))
    result = ana.start({"confirm": "yes"})
    assert result and result.rank is Rank.PLAY and "cleared.recent_surgery" in ana.ids


@pytest.mark.parametrize(
    ("key", "say", "saved"),
    [
        ("recent_surgery", "A cast or brace on a leg now", "P4.cast"),
        ("cancer", "Cancer now, or still being treated", "P3.now"),
        ("cancer", "Cancer in a bone", "P3.bone"),
        ("tendon_drug", "Long-term steroid tablets", "P6.tablets"),
        ("acl", "An ACL tear longer ago, not cleared for sport", "P10.open"),
    ],
)
def test_what_is_still_so_gets_no_day_and_no_end(
    path: Path, key: str, say: str, saved: str
) -> None:
    ana = of_version(6, path, 10, key)
    id_ = f"{OLD[key]}.{key}.when"
    ana.start()
    (prompt,) = [prompt for prompt in ana.asked if prompt.id == id_]
    (choice,) = [choice.key for choice in prompt.choices if choice.say == say]
    ana = of_version_again(path, key)
    ana.start({id_: choice})
    kept = {f.key: f for f in ana.profile().findings}
    assert kept[key].since is None and kept[key].question == saved
    assert ("osteoporosis" in kept) == (saved in {"P3.bone", "P6.tablets"})
    ana.time.pass_calendar(round(2_000 * DAY * 1_000))
    result = ana.start({"confirm": "yes"})
    assert result and key in result.clearance.keys and id_ not in ana.ids


def of_version_again(path: Path, key: str) -> Starts:
    path.unlink()
    for more in ("-wal", "-shm"):
        path.with_name(path.name + more).unlink(missing_ok=True)
    return of_version(6, path, 10, key)


def test_a_list_that_was_left_without_a_choice_is_asked_for_its_days_at_the_next_start(
    path: Path,
) -> None:
    ana = Starts(path, NOW)
    answered = {k: at for k, at in FULL_PROFILE.answered.items() if k != "P4"}
    ana.keep(replace(FULL_PROFILE, answered=answered))
    ana.start({"P4": "yes", "P4.which": frozenset()})
    assert not [id_ for id_ in ana.ids if id_.endswith(".when")]
    ana.time.pass_calendar(round(DAY * 1_000))
    ana.start()
    assert [id_ for id_ in ana.ids if id_.endswith(".when")] == [
        f"P4.{key}.when" for key in ("dvt_risk", "recent_surgery", "recent_surgery_other")
    ]


@pytest.mark.parametrize("when", ["l", "u"])
@pytest.mark.parametrize("fine", ["yes", "no"])
def test_an_operation_told_14_months_ago_stops_nothing_any_more(
    path: Path, when: str, fine: str
) -> None:
    """She told of it then, and confirmed her profile since. Her calf stretches play."""
    ana = of_version(6, path, 420, "recent_surgery")
    ana.routine = routine("calf-stretch")
    replies = {
        "P4.recent_surgery.when": when,
        "cleared.recent_surgery": fine,
        "confirm": "yes",
    }
    result = ana.start(replies, begin=True)
    assert ana.ids == ["P4.recent_surgery.when", "cleared.recent_surgery", "confirm"]
    assert result and result.rank is Rank.PLAY and not result.clearance.keys
    assert not result.plan.left_out and not result.plan.swapped and not result.plan.eased
    (line,) = result.changes(("en",))
    assert line == f"Note: {advice(fine)}"
    (page,) = [prompt for prompt in ana.asked if prompt.id == "confirm"]
    assert MATRIX.conditions["recent_surgery"].says not in "\n".join(page.lines)
    result = ana.start(replies, begin=True)
    assert ana.ids == [] and result and not result.changes(("en",))


def advice(fine: str) -> str:
    return MATRIX.conditions["recent_surgery"].over["fine" if fine == "yes" else "not_yet"]


def test_an_answer_with_a_clinicians_word_is_asked_for_its_day_too(path: Path) -> None:
    ana = Starts(path, NOW)
    word = Finding("acl", None, None, "P10", NOW - 10 * DAY, None, NOW - 10 * DAY)
    ana.keep(replace(FULL_PROFILE, findings=(word,)))
    ana.start({"P10.acl.when": "5"})
    (finding,) = ana.profile().findings
    assert finding.since is not None and finding.cleared_at == NOW - 10 * DAY
