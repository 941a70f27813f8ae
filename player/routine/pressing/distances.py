"""Finds a distance between a massage and a place: `a hand above`, `stop before`."""

from player.routine.pressing.clauses import Clauses, Mention

_OVER_THE_KNEE = frozenset({"knee_back", "kneecap", "joint_line", "knee_outer_knob"})
"""Places between the thigh and the lower leg."""

_DEEP_AT_THE_KNEE = frozenset({"knee_back", "knee_outer_knob"})
"""Places with vessels or a nerve, which need more distance."""

_LONGEST_NUMBER = 4
"""In digits. A longer number is no distance on a body."""


def is_at_distance(clauses: Clauses, begin: int, spot: Mention) -> bool:
    """Whether a sentence keeps a safe distance: `a hand above` or `stop before` the place."""
    if _crosses(clauses, spot):
        return False
    at = spot.start
    while at > begin and (
        length := int(clauses.is_any(at - 1, "articles"))
        or clauses.phrase_before("before_distance", at)
    ):
        at -= length
    if length := clauses.phrase_before("well", at):
        return not clauses.has(begin, at - length, "negatives")
    if _stops_before(clauses, begin, at):
        return True
    if between := _between(clauses, begin, at):
        return _is_enough(clauses, begin, between, spot.place)
    length = clauses.phrase_before("distance", at)
    return bool(length) and _is_enough(clauses, begin, at - length, spot.place)


def _between(clauses: Clauses, begin: int, end: int) -> int:
    """Return where `between the ball and`, or `of space` before it, begins; 0 if it is absent."""
    at = end - 1
    if at <= begin or not clauses.is_any(at, "connectors"):
        return 0
    while at > begin and clauses.is_any(at - 1, "articles", "tools"):
        at -= 1
    if at == end - 1 or at == begin or not clauses.is_any(at - 1, "between"):
        return 0
    at -= 1
    while at > begin and clauses.is_any(at - 1, "space"):
        at -= 1
    return at


def _is_enough(clauses: Clauses, begin: int, end: int, place: str) -> bool:
    """Whether the words up to `end` are a distance that is enough for this place."""
    at = end
    while at > begin and clauses.is_any(at - 1, "width"):
        at -= 1
    if at == begin:
        return False
    unit = at - 1
    at = unit
    while at > begin and clauses.is_any(at - 1, "width"):
        at -= 1
    number = _number(clauses, at - 1) if at > begin else 0
    near = place in _DEEP_AT_THE_KNEE
    never = 99
    least = {
        "quantities": 1, "fists": never if near else 1, "fingers": 3 if near else 2,
        "cm": 5 if near else 4, "inches": 2,
    }  # fmt: skip
    before = max(begin, at - 1)
    return (
        any(clauses.is_any(unit, name) and number >= n for name, n in least.items())
        and not clauses.has(begin, before, "negatives")
        and not clauses.has(max(begin, before - 2), before, "less_than", "with")
    )


def _number(clauses: Clauses, at: int) -> int:
    word = clauses.texts[at]
    if clauses.is_any(at, "single"):
        return 1
    if word.isdecimal():
        return int(word) if len(word) <= _LONGEST_NUMBER else 0
    return clauses.lists.numbers.get(word, 0)


def _stops_before(clauses: Clauses, begin: int, at: int) -> bool:
    """Whether the words say `stop before` the place, or `stop before you reach` it."""
    while at > begin and clauses.is_any(at - 1, "reaches"):
        at -= 1
    if at == begin or not clauses.is_any(at - 1, "before"):
        return False
    stop = clauses.last_before(at - 1, "stop_verbs")
    while stop >= begin and not _is_stop(clauses, stop):
        stop = clauses.last_before(stop, "stop_verbs")
    return (
        stop >= begin
        and not clauses.has(begin, at - 1, "negatives")
        and not clauses.presses(stop, at - 1, "gentle_verbs")
    )


def _is_stop(clauses: Clauses, at: int) -> bool:
    """Whether this word for stopping is one. A Spanish `para` before an infinitive is none."""
    after = clauses.texts[at + 1] if at + 1 < clauses.size else ""
    return not (clauses.texts[at] == "para" and after.endswith(("ar", "er", "ir")))


def _crosses(clauses: Clauses, spot: Mention) -> bool:
    """Whether the sentence goes from one side of the place to the other."""
    above, below = (clauses.has(0, clauses.size, name) for name in ("above", "below"))
    if above and below:
        return True
    if spot.place not in _OVER_THE_KNEE or not clauses.has(0, clauses.size, "between_range"):
        return False

    def beyond(name: str) -> bool:
        return clauses.has(0, spot.start, name) or clauses.has(spot.end, clauses.size, name)

    return (above and beyond("lower")) or (below and beyond("upper"))
