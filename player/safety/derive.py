"""Derives findings from other findings (section 2e, R1 to R8). Each rule only adds findings."""

from collections.abc import Callable, Collection
from dataclasses import replace

from player.base.calendar import days_after
from player.routine.vocabulary import Side
from player.safety.findings import AgeBand, Answers, Finding, Soreness
from player.safety.hurt import HURT, is_recent, was_seen
from player.safety.matrix import Condition, Matrix

BAD = 7
"""The level of soreness from which nothing plays there, and new pain or an injury is urgent."""

LEG_PLACES = frozenset({"calf", "shin", "foot", "knee", "quad", "ham", "adductor", "hipflexor"})
"""The places where a new ache on one side leads to another question (S3)."""

_BRITTLE = frozenset({"knee", "glute", "hipflexor", "foot", "lowback"})
"""The places where a thin bone breaks easily (R2)."""

_DEEP = frozenset({"hipflexor", "glute", "lowback"})
"""The places where a bleed in a muscle is deep, and not seen. A fall can break a bone there."""

_FRESH_DAYS = 7
"""For how many days a healing strain can be a tear that feels like a cramp (R7)."""

_ONE_SIDE = frozenset({Side.LEFT, Side.RIGHT})


def with_known_places(answers: Answers, matrix: Matrix) -> Answers:
    """Return the answers with every unknown place replaced by None, which means everywhere.

    An unknown key comes from another version of the program. It is dropped here, and `judge` then
    blocks the whole session.
    """
    places = matrix.places
    return replace(
        answers,
        findings=tuple(
            f if f.place in places else f._replace(place=None)
            for f in answers.findings
            if f.key in matrix.conditions
        ),
        sorenesses=tuple(
            s if s.place in places else s._replace(place=None) for s in answers.sorenesses
        ),
    )


def derive(answers: Answers, matrix: Matrix, now: float) -> tuple[Finding, ...]:
    """All findings at `now`: the answered ones that have not ended, and those derived from them."""
    answers = with_known_places(answers, matrix)
    found = [later for finding in answers.findings for later in active_at(finding, matrix, now)]
    if answers.age is AgeBand.CHILD:
        found.append(Finding("child", question="R6", at=answers.at))
    elif answers.age is AgeBand.OLDER:
        found.append(Finding("aaa", question="R6", at=answers.at))
    found += [f for soreness in answers.sorenesses for f in _sore(soreness, answers.at)]
    while more := _rules(found, answers, matrix, now):
        found += more
    return tuple(found)


def active_at(finding: Finding, matrix: Matrix, now: float) -> list[Finding]:
    """What a finding means at `now`. It may have ended, or turned into another condition.

    This is computed from the saved day each time. So if the clock was wrong for a while, nothing
    has ended for good.
    """
    condition = matrix.conditions[finding.key]
    finding = finding._replace(place=finding.place or condition.default_place)
    ends = end_of(finding, condition)
    if ends is None or now < ends:
        return [finding]
    if condition.becomes:
        later = finding._replace(key=condition.becomes, cleared_at=None)
        return active_at(later, matrix, now)
    return []


def end_of(finding: Finding, condition: Condition) -> float | None:
    """When a finding ends by itself; None if it never does, or if its day is not known."""
    length = condition.lasts_by.get(finding.question, condition.lasts)
    if finding.since is None or length is None:
        return None
    return length.after(finding.since)


def _sore(soreness: Soreness, at: float) -> list[Finding]:
    """Soreness above the belly matters only if it is new and very bad (section 2b, S2)."""
    if soreness.level < (BAD if soreness.above else 4) or (soreness.above and not soreness.new):
        return []
    return [Finding("rest_pain", soreness.place, soreness.side, "S1", at)]


def _rules(found: list[Finding], answers: Answers, matrix: Matrix, now: float) -> list[Finding]:
    keys = {finding.key for finding in found}
    hurt = [finding for finding in found if finding.key in HURT and is_recent(finding, now)]
    more: dict[str, str] = {}
    if keys & {"new_leg_ache", "both_swollen_new"} and keys & matrix.clot_risk:
        more["dvt_signs"] = "R1"
    if any(map(breaks_easily(keys), _may_be_broken(found, now))):
        more["fracture_signs"] = "R2"
    if any(_hurts_there(injury, sore) for injury in hurt for sore in answers.sorenesses):
        more["injury_bad"] = "R3"
    if "anticoagulant" in keys and _bleeds(found, answers):
        more["injury_bad"] = "R8"
    for sore in answers.sorenesses:
        one_side = sore.side in _ONE_SIDE
        if sore.level >= BAD and sore.new and one_side and sore.place in LEG_PLACES:
            more["severe_new_pain"] = "R4"
        if (
            "fever" in keys
            and sore.level >= 4
            and sore.new
            and (one_side or sore.place == "lowback")
        ):
            more["fever_sore"] = "R5"
    unseen = _unseen_of_the_old(found, now) if answers.age is AgeBand.OLDER else []
    return unseen + [
        Finding(key, question=rule, at=answers.at) for key, rule in more.items() if key not in keys
    ]


def _may_be_broken(found: list[Finding], now: float) -> list[Finding]:
    """The injuries of R2: each of the first 3 days, and each older one that nobody has seen."""
    unseen = frozenset({"injury_unseen", "strain_healing"})
    return [
        f for f in found if f.key == "acute_strain" or (f.key in unseen and not was_seen(f, now))
    ]


def breaks_easily(keys: Collection[str]) -> Callable[[Finding], bool]:
    """Return whether an injury can be a break with these conditions (R2).

    Numb feet hide a broken foot, so then the place must be known.
    """
    thin, numb = "osteoporosis" in keys, "neuropathy" in keys
    return lambda injury: (
        (thin and (injury.place is None or injury.place in _BRITTLE))
        or (numb and injury.place == "foot")
    )


def _unseen_of_the_old(found: list[Finding], now: float) -> list[Finding]:
    """R2b: from age 65 on, an injury at hip or back is left alone until a clinician has seen it."""
    there = {(f.place, f.side) for f in found if f.key == "injury_unseen" and not was_seen(f, now)}
    unseen: dict[tuple[str | None, Side | None], Finding] = {}
    for f in found:
        here = (f.place, f.side)
        is_meant = f.key in HURT and f.place in _DEEP and is_recent(f, now)
        if is_meant and not was_seen(f, now) and here not in there:
            unseen[here] = Finding("injury_unseen", f.place, f.side, "R2b", f.at, f.since)
    return list(unseen.values())


def _bleeds(found: list[Finding], answers: Answers) -> bool:
    """R8: a new deep ache on a blood thinner can be a bleed in the muscle. Level 4 is our choice.

    A file of answers names no place, so there any new ache in one leg counts.
    """
    deep = any(s.new and s.level >= 4 and s.place in _DEEP for s in answers.sorenesses)
    return deep or any(f.key == "new_leg_ache" and f.question == "file" for f in found)


def _hurts_there(strain: Finding, sore: Soreness) -> bool:
    """Whether soreness at an injury is 7 or more. An unknown place counts as the same place."""
    if sore.level < BAD or sore.above:
        return False
    same_place = strain.place is None or sore.place is None or strain.place == sore.place
    same_side = strain.side is None or sore.side not in _ONE_SIDE or strain.side is sore.side
    return same_place and same_side


def torn_and_cramping(found: tuple[Finding, ...], now: float) -> bool:
    """R7: a tear can feel like a cramp, so with both nothing plays. An unknown place counts."""
    cramps = [finding for finding in found if finding.key == "cramp_now"]
    return any(
        None in {cramp.place, injury.place} or cramp.place == injury.place
        for cramp in cramps
        for injury in found
        if _can_be_a_tear(injury, now)
    )


def _can_be_a_tear(injury: Finding, now: float) -> bool:
    if injury.key != "strain_healing":
        return injury.key in {"acute_strain", "injury_unseen"}
    return injury.since is None or now < days_after(injury.since, _FRESH_DAYS)
