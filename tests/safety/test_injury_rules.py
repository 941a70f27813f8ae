"""The rules about injuries that follow from several answers: R2, R2b, R3 and R7 (section 2e)."""

from player.routine.vocabulary import Side
from player.safety.clearance import Clearance, judge
from player.safety.findings import AgeBand, Answers, Finding, Soreness
from player.safety.matrix import Rank
from tests.cases import cases
from tests.safety.making import DAY, MATRIX, NOW, clearance_for

BRITTLE = {"knee", "glute", "hipflexor", "foot", "lowback"}
DEEP = {"glute", "hipflexor", "lowback"}
HURT = ("acute_strain", "injury_unseen", "strain_healing")


def injury(key: str, place: str | None, days: float = 1, seen: float | None = None) -> Finding:
    since = NOW - days * DAY
    return Finding(key, place, Side.LEFT, "I6", NOW - DAY, since, seen_at=seen)


def judged(*findings: Finding, age: AgeBand = AgeBand.ADULT, sore: int = 0) -> Clearance:
    sores = (Soreness(sore, findings[0].place, Side.LEFT, False),) if sore else ()
    return judge(Answers(NOW, findings, sores, age), MATRIX, NOW)


@cases("place", [*MATRIX.places, None])
@cases("key", HURT)
@cases("seen", [None, NOW - DAY, NOW + DAY])
def test_thin_bones_or_numb_feet_make_an_injury_urgent(
    place: str | None, key: str, seen: float | None
) -> None:
    known = key != "acute_strain" and seen is not None and seen <= NOW
    told = injury(key, place, seen=seen)
    thin = judged(told, Finding("osteoporosis", at=NOW))
    assert ("fracture_signs" in thin.keys) == (not known and place in {*BRITTLE, None})
    numb = judged(told, Finding("neuropathy", at=NOW))
    assert ("fracture_signs" in numb.keys) == (not known and place == "foot")
    assert "fracture_signs" not in judged(told).keys


@cases("key", HURT)
def test_in_a_file_of_answers_nobody_has_seen_an_injury(key: str) -> None:
    assert clearance_for(key, "osteoporosis").rank is Rank.URGENT
    assert clearance_for(key, "neuropathy").rank < Rank.URGENT, "the place is not known"
    assert "injury_bad" in clearance_for(key, soreness=7).keys
    assert "injury_bad" not in clearance_for(key, soreness=6).keys


@cases("place", [*MATRIX.places])
@cases("key", ["acute_strain", "strain_healing"])
@cases("age", [AgeBand.ADULT, AgeBand.OLDER])
def test_from_65_on_an_unseen_hip_or_back_is_left_alone(place: str, key: str, age: AgeBand) -> None:
    old = age is AgeBand.OLDER
    told = judged(injury(key, place), age=age)
    assert ("injury_unseen" in told.keys) == (old and place in DEEP)
    assert "injury_unseen" not in judged(injury(key, place, seen=NOW - 60), age=age).keys
    assert "injury_unseen" not in judged(injury(key, place, days=22), age=age).keys


def test_a_second_unseen_place_is_left_alone_too() -> None:
    told = judged(
        injury("injury_unseen", "glute"), injury("strain_healing", "lowback"), age=AgeBand.OLDER
    )
    assert {f.place for f in told.findings if f.key == "injury_unseen"} == {"glute", "lowback"}


@cases("key", HURT)
@cases("days", [1, 5, 15, 20.9, 21, 30])
@cases("level", [6, 7, 10])
def test_bad_pain_at_an_injury_of_3_weeks_is_urgent(key: str, days: float, level: int) -> None:
    told = judged(injury(key, "shin", days, seen=NOW - 60), sore=level)
    assert ("injury_bad" in told.keys) == (level >= 7 and days < 21)
    elsewhere = Soreness(9, "glute", Side.LEFT, False)
    other = judge(Answers(NOW, (injury(key, "shin", days),), (elsewhere,)), MATRIX, NOW)
    assert "injury_bad" not in other.keys


@cases("key", HURT)
@cases("days", [1, 6.9, 7, 15])
@cases("place", [None, "calf", "ham"])
def test_a_cramp_where_a_tear_can_be_plays_nothing(
    key: str, days: float, place: str | None
) -> None:
    healing = key == "strain_healing" or (key == "acute_strain" and days >= 3)
    cramp = Finding("cramp_now", place, question="C1", at=NOW)
    told = judged(injury(key, "calf", days), cramp)
    stops = place != "ham" and (not healing or days < 7)
    assert told.plays is not stops
