"""Finds a place that is named without being pressed: left alone, beside the way, or sore."""

from player.routine.pressing.clauses import Clauses, Mention
from player.routine.pressing.keep_off import says_keep_off
from player.routine.pressing.sentences import Gap

BONES = frozenset(
    "shin_crest hip_point spine sitting_bone tailbone ankle_knob kneecap".split()  # noqa: SIM905
)
"""Bones that may be worked beside."""

_OF_A_POSTURE = frozenset("sitting_bone spine neck ribs collarbone tailbone hip_point".split())  # noqa: SIM905
"""Places that a posture may name: `sit tall on your sit bones`."""

_SYMPTOM_WITHIN = 4
"""The most words between a symptom and its place, without articles."""


def is_left_alone(clauses: Clauses, begin: int, spot: Mention, end: int) -> bool:
    """Whether the clause says `leave … alone` or `… is never pressed`."""
    at = clauses.skip(spot.end, end, "with", "tools", "hands")
    if _says_plainly(clauses, "banned", at, end):
        return not clauses.has(begin, spot.start, "negatives")
    at = spot.end
    begin = clauses.skip(begin, spot.start, "do")
    listed = clauses.only(begin, spot.start, "fillers", "conjunctions", "or_words")
    if listed and clauses.has(begin, spot.start, "or_words") and _is_passive(clauses, at, end):
        return True
    if clauses.has(begin, spot.start, "negatives"):
        return False
    if clauses.has(begin, spot.start, "leave") and clauses.only(
        begin, spot.start, "fillers", "leave", "conjunctions"
    ):
        while (at := clauses.first_start("alone", at)) < end and clauses.only(
            spot.end, at, "fillers"
        ):
            if _says_plainly(clauses, "alone", at, end):
                return True
            at += 1
        return False
    if not clauses.only(begin, spot.start, "fillers", "conjunctions"):
        return False
    while at < end:
        if _says_plainly(clauses, "passive", at, end):
            return True
        if clauses.is_any(at, "negatives"):
            return _is_passive(clauses, at + 1, end)
        if not clauses.is_any(at, "be", "fillers"):
            return False
        at += 1
    return False


def _says_plainly(clauses: Clauses, name: str, at: int, end: int) -> bool:
    """Whether a phrase of a list begins here and the rest of the clause does not narrow it."""
    length = clauses.phrase(name, at) if at < end else 0
    return bool(length) and not clauses.is_limited(at + length, end)


def _is_passive(clauses: Clauses, at: int, end: int) -> bool:
    """Whether `pressed` or the like follows, as in `is never pressed`, and nothing narrows it."""
    at = clauses.skip(at, end, "be", "after_negative")
    return clauses.is_pressing(at) and not clauses.is_limited(at, end)


def is_off_limits(clauses: Clauses, begin: int, end: int) -> bool:
    """Whether the next clause forbids it: `behind the knee: never`, `…, so don't press there`."""
    if end == clauses.size:
        return False
    stop = clauses.end_of(end + 1)
    around = clauses.only(begin, end, "fillers")
    if around and _lifts(clauses, end, stop):
        return True
    if not says_keep_off(clauses, end, stop) or narrows(clauses, stop):
        return False
    if around:
        return True
    return clauses.only(begin, end, "notices", "fillers", "so_that", "symptoms")


def _lifts(clauses: Clauses, start: int, end: int) -> bool:
    """Whether a clause only says to lift the tool off."""
    at = clauses.skip(start, end, "so_that")
    return (
        at < end
        and clauses.is_any(at, "lift")
        and clauses.only(at + 1, end, "tools", "pronouns", "lifted", "connectors", "objects")
    )


def is_turned_back_from(clauses: Clauses, begin: int, spot: Mention, end: int) -> bool:
    """Whether the roller turns back before it: `before you reach the kneecap, turn back`."""
    first = clauses.skip(begin, spot.start)
    if_there = bool(clauses.phrase("ifs", first))
    if end == clauses.size or not (if_there or clauses.is_any(first, "before")):
        return False
    stop = clauses.end_of(end + 1)
    at = clauses.skip(end, stop, "so_that")
    near = clauses.has(first, spot.start, "nears") or not if_there
    if near and clauses.phrase("retreats", at) == stop - at > 0 and stop == clauses.size:
        return True
    moves_on = clauses.has(end, stop, "again", "degrees")
    hard = clauses.presses(end, stop, "gentle_verbs") and not clauses.has(end, stop, "muscles")
    return clauses.has(end, stop, "backs") and not moves_on and not hard


def is_beside(clauses: Clauses, begin: int, spot: Mention) -> bool:
    """Whether the words say `beside` a bone, but not `on and beside` it."""
    if spot.place not in BONES:
        return False
    for at in range(spot.start, max(begin, spot.start - 3), -1):
        if length := clauses.phrase_before("beside", at):
            start = at - length
            joined = start > begin and clauses.is_any(start - 1, "conjunctions")
            return not joined and not clauses.has(begin, start, "negatives")
        if not clauses.is_any(at - 1, "articles", "fillers"):
            return False
    return False


def is_where_it_hurts(clauses: Clauses, begin: int, spot: Mention, end: int) -> bool:
    """Whether the place only has a symptom: `stop if you feel tingling behind the knee`."""
    if clauses.presses(begin, end, "symptom_verbs") or clauses.has(begin, end, "seeks", "tools"):
        return False
    for at in clauses.near(spot, begin, ("symptoms",)):
        if not clauses.is_any(at, "symptoms"):
            continue
        between = [i for i in range(at + 1, spot.start) if not clauses.is_any(i, "articles")]
        if len(between) <= _SYMPTOM_WITHIN and _is_sign(clauses, begin, at):
            return True
    later = clauses.first_start("symptoms", spot.start if spot.place == "pulse" else spot.end)
    return later < end and clauses.is_any(clauses.skip(begin, spot.start), "ifs")


def _is_sign(clauses: Clauses, begin: int, symptom: int) -> bool:
    """Whether the words before a symptom name it as a sign, and not as an aim."""
    before = symptom - 1
    while before >= begin and clauses.is_any(before, "articles", "dull"):
        before -= 1
    return before < begin or (
        clauses.has(begin, symptom, "symptom_signs") and not clauses.is_any(before, "aims")
    )


def is_posture(clauses: Clauses, begin: int, spot: Mention, end: int) -> bool:
    """Whether the place only describes a posture: `sit tall on your sit bones`."""
    return (
        spot.place in _OF_A_POSTURE
        and clauses.has(begin, end, "postures")
        and clauses.has(begin, spot.start, "postures", "posture_verbs")
        and not clauses.presses(begin, end, "posture_verbs")
        and not clauses.has(begin, end, "tools")
    )


def narrows(clauses: Clauses, at: int) -> bool:
    """Whether the clause that begins here narrows advice before it: `…, not too hard`."""
    if at >= clauses.size or clauses.gap(at) is Gap.END:
        return False
    stop = clauses.end_of(at + 1)
    if clauses.phrase("even", at):
        return False
    works = clauses.is_any(at, "works_on") and clauses.presses(at, stop)
    if clauses.is_any(at, "reopens") and (not works or clauses.has(at, stop, "degrees")):
        return works or not clauses.presses(at, stop) or clauses.is_any(at, "conditions")
    if _names_another_tool(clauses, at, stop):
        return True
    return (
        not clauses.presses(at, stop)
        and not clauses.names_place(at, stop)
        and clauses.has(at, stop, "degrees")
    )


def _names_another_tool(clauses: Clauses, at: int, end: int) -> bool:
    """Whether a clause only says what to use: `…, use your thumb instead`."""
    tools = ("tools", "hands")
    if not clauses.has(at, end, *tools) or clauses.has(at, end, "muscles", "negatives"):
        return False
    return clauses.has(at, end, "swaps") or clauses.only(at, end, *tools, "connectors")
