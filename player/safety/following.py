"""Turns the limits after earlier sessions into blocks and notes for today (section 2g)."""

from typing import NamedTuple

from player.routine.vocabulary import MASSAGE, Kind, Region, Side
from player.safety.aftermath import AfterEvent, Limits
from player.safety.bans import EVERY_POSITION, EVERYWHERE, Ban, Reach, one_side
from player.safety.matrix import ALL, Matrix, Rank, Where

_SAYS = {
    "worse": "having been worse after a session",
    "bruise": "a bruise after a session",
}
NOTES = {
    "worse": "If it is worse after this time too, have a clinician look.",
    "bruise": "A big bruise, or one with a blood thinner: have a clinician look.",
    "sorer": "It was much sorer after the last session. Do no more than last time.",
    "unhelped": "This has not helped in six weeks. Ask a clinician.",
}
STOPPED = (
    "it was worse twice running after this routine, or it wakes you at night; "
    "have a clinician look at it first"
)


class Follows(NamedTuple):
    """The restrictions that the reports on earlier sessions add to a clearance."""

    rank: Rank
    bans: list[Ban]
    easy: list[Reach]
    reaches: list[Reach]
    notes: dict[str, str]
    says: dict[str, str]
    stops: list[str]


def follows(limits: Limits, matrix: Matrix) -> Follows:
    """Require 48 hours' rest, then easy mode; forbid massage of a bruise; add notes; or stop."""
    bans = [_ban("worse", ALL, event, matrix) for event in limits.resting]
    bans += [_ban("bruise", MASSAGE, event, matrix) for event in limits.bruised]
    easy = [Reach("worse", *_here(event, matrix)) for event in limits.gentle]
    holds = {
        "worse": bool(limits.resting or limits.gentle),
        "bruise": bool(limits.bruised),
        "sorer": limits.sorer,
        "unhelped": limits.unhelped,
    }
    keys = [key for key in holds if holds[key]]
    rank = Rank.CAUTION if keys else Rank.PLAY
    if bans or easy:
        rank = Rank.ADAPT
    if limits.stopped:
        rank = Rank.STOP
    return Follows(
        rank,
        bans,
        easy,
        [Reach(key, EVERYWHERE, None) for key in keys],
        {key: NOTES[key] for key in keys},
        {key: _SAYS[key] for key in keys if key in _SAYS},
        [STOPPED] if limits.stopped else [],
    )


def _here(event: AfterEvent, matrix: Matrix) -> tuple[frozenset[Region], Side | None]:
    if event.place is None or event.place not in matrix.places:
        return EVERYWHERE, None
    return matrix.regions_of(Where.HERE, event.place), one_side(event.side)


def _ban(key: str, kinds: frozenset[Kind], event: AfterEvent, matrix: Matrix) -> Ban:
    regions, side = _here(event, matrix)
    return Ban(key, kinds, regions, EVERY_POSITION, side, frozenset())
