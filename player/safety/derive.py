"""Derives findings from other findings (section 2e, R1 to R8). Each rule only adds findings."""

from dataclasses import replace

from player.routine.vocabulary import Side
from player.safety.findings import AgeBand, Answers, Finding, Soreness
from player.safety.matrix import Condition, Matrix

BAD = 7
"""The level of soreness from which nothing plays there, and new pain or an injury is urgent."""

LEG_PLACES = frozenset({"calf", "shin", "foot", "knee", "quad", "ham", "adductor", "hipflexor"})
"""The places where a new ache on one side leads to another question (S3)."""

_BRITTLE = frozenset({"knee", "glute", "hipflexor", "foot", "lowback"})
_DEEP = frozenset({"hipflexor", "glute", "lowback"})
"""The places where a bleed in a muscle is deep, and not seen."""

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
    while more := _rules(found, answers, matrix):
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


def _rules(found: list[Finding], answers: Answers, matrix: Matrix) -> list[Finding]:
    keys = {finding.key for finding in found}
    strains = [finding for finding in found if finding.key == "acute_strain"]
    more: dict[str, str] = {}
    if keys & {"new_leg_ache", "both_swollen_new"} and keys & matrix.clot_risk:
        more["dvt_signs"] = "R1"
    if "osteoporosis" in keys and any(s.place is None or s.place in _BRITTLE for s in strains):
        more["fracture_signs"] = "R2"
    if any(_hurts_there(strain, sore) for strain in strains for sore in answers.sorenesses):
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
    return [
        Finding(key, question=rule, at=answers.at) for key, rule in more.items() if key not in keys
    ]


def _bleeds(found: list[Finding], answers: Answers) -> bool:
    """R8: a new deep ache on a blood thinner can be a bleed in the muscle. The 4 is our choice.

    A file of answers names no place, so there any new ache in one leg counts.
    """
    deep = any(s.new and s.level >= 4 and s.place in _DEEP for s in answers.sorenesses)
    return deep or any(f.key == "new_leg_ache" and f.question == "file" for f in found)


def _hurts_there(strain: Finding, sore: Soreness) -> bool:
    """Whether soreness at the strain is 7 or more. An unknown place counts as the same place."""
    if sore.level < BAD or sore.above:
        return False
    same_place = strain.place is None or sore.place is None or strain.place == sore.place
    same_side = strain.side is None or sore.side not in _ONE_SIDE or strain.side is sore.side
    return same_place and same_side


def torn_and_cramping(found: tuple[Finding, ...]) -> bool:
    """R7: a fresh tear can feel like a cramp, so with both nothing plays."""
    keys = {finding.key for finding in found}
    return {"cramp_now", "acute_strain"} <= keys
