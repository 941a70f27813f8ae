"""Decides whether a text asks to press a place that it names, or says to keep off it.

In doubt a place counts as pressed. The rules are those of the clinical content, section 1e; the
words are in `routines/screening/pressing.yaml`.
"""

from collections.abc import Sequence
from enum import Enum, auto

from player.routine.pressing.afterwards import Afterwards
from player.routine.pressing.clauses import Clauses, Mention
from player.routine.pressing.distances import is_at_distance
from player.routine.pressing.keep_off import is_avoided, is_denied, is_under_headline
from player.routine.pressing.lexicon import Lexicon
from player.routine.pressing.sentences import Gap, Sentence
from player.routine.pressing.spared import (
    BONES,
    is_beside,
    is_left_alone,
    is_off_limits,
    is_posture,
    is_turned_back_from,
    is_where_it_hurts,
    narrows,
)


class _Guard(Enum):
    """Why a place that is named does not count as pressed."""

    KEPT_OFF = auto()  # `never press …`, `stay off …`
    BESIDE = auto()  # beside a bone
    ALONE = auto()  # `leave … alone`, `… is off limits`
    SYMPTOM = auto()  # only where a symptom may be
    ELSEWHERE = auto()
    """The massage ends or turns back before the place, or the place only describes a posture."""


_FORWARD = frozenset({_Guard.KEPT_OFF, _Guard.BESIDE, _Guard.SYMPTOM})
"""Guards that also hold for the next place in a list: `stay off the groin, the shin bone`."""


def pressed_spot(sentence: Sentence, spots: Sequence[Mention], lexicon: Lexicon) -> Mention | None:
    """Return the first of `spots` that the sentence presses, or None.

    In a question, every place counts as pressed: `why not roll behind the knee?`
    """
    if not spots or sentence.asks:
        return spots[0] if spots else None
    clauses = Clauses(sentence.words, spots, lexicon)
    afterwards = Afterwards(clauses)
    guards = _in_lists(clauses, [_guard(clauses, spot) for spot in spots])
    for spot, guard in zip(spots, guards, strict=True):
        if guard is None:
            return spot
        if guard is not _Guard.ELSEWHERE and afterwards.comes_back(spot):
            return spot
        if guard is _Guard.BESIDE and afterwards.moves_onto(spot):
            return spot
        if guard is _Guard.SYMPTOM and afterwards.goes_on(spot):
            return spot
    return None


def _guard(clauses: Clauses, spot: Mention) -> _Guard | None:
    """Return why the clause of a place does not press it; None if it does."""
    begin, end = clauses.begin_of(spot.start), clauses.end_of(spot.end)
    if is_at_distance(clauses, begin, spot) or is_posture(clauses, begin, spot, end):
        return _Guard.ELSEWHERE
    if is_left_alone(clauses, begin, spot, end) or is_off_limits(clauses, begin, end):
        return _Guard.ALONE
    if is_turned_back_from(clauses, begin, spot, end):
        return _Guard.ELSEWHERE
    if is_where_it_hurts(clauses, begin, spot, end):
        return _Guard.SYMPTOM
    if _is_narrowed(clauses, spot.end, end):
        return None
    if (
        is_denied(clauses, begin, spot)
        or is_avoided(clauses, begin, spot)
        or is_under_headline(clauses, begin, spot)
    ):
        return _Guard.KEPT_OFF
    return _Guard.BESIDE if is_beside(clauses, begin, spot) else None


def _is_narrowed(clauses: Clauses, at: int, end: int) -> bool:
    """Whether the words after a place narrow advice about it: `not behind the knee too hard`."""
    following = clauses.next_spot(at)
    if following < end:
        return clauses.is_limited(at, following)
    return clauses.is_limited(at, end) or narrows(clauses, end)


def _in_lists(clauses: Clauses, guards: list[_Guard | None]) -> list[_Guard | None]:
    """Give a place in a list the guard of its neighbour if it has none of its own."""
    spots = clauses.spots
    for index in range(1, len(spots)):
        before = guards[index - 1]
        fits = before in _FORWARD and (before is not _Guard.BESIDE or spots[index].place in BONES)
        if guards[index] is None and fits and _is_listed(clauses, index):
            guards[index] = before
    for index in reversed(range(len(spots) - 1)):
        alone = guards[index] is None and guards[index + 1] is _Guard.ALONE
        if alone and _is_listed(clauses, index + 1, backwards=True):
            guards[index] = _Guard.ALONE
    return guards


def _is_listed(clauses: Clauses, index: int, *, backwards: bool = False) -> bool:
    """Whether a place and the one before form a list. `backwards`: the advice comes after it."""
    before, here = clauses.spots[index - 1], clauses.spots[index]
    gaps = [clauses.gap(at) for at in range(before.end, here.start + 1)]
    if max(gaps) > Gap.COMMA:
        return False
    start = before.end + clauses.phrase("also", before.end)
    if not clauses.only(start, here.start, "connectors", "keep_fillers"):
        return False
    if backwards:
        return True
    begin, end = clauses.begin_of(here.start), clauses.end_of(here.end)
    if clauses.presses(here.end, end) or _is_narrowed(clauses, here.end, end):
        return False
    if Gap.COMMA not in gaps:
        return True
    return not clauses.presses(begin, end) and not clauses.has(start, end, "fine")
