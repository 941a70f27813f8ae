"""Splits one run of a dose into its pieces of work and the gaps between them.

The timeline joins these runs. The screening uses the same pieces to measure how much work is lost.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from player.routine.model import (
    Amount,
    Block,
    CyclePhase,
    Cycles,
    Dose,
    HeldReps,
    Hold,
    Item,
    Pick,
    Range,
    Reps,
    Step,
)
from player.routine.vocabulary import Side, Sides, Unit

SELF_PACED_REP_MS = 3_000
WAIT_MS = 15_000
"""The estimated length of a `wait`. In a session it lasts until the person presses a key."""


class SegmentKind(StrEnum):
    WORK = "work"
    READY = "ready"
    SWITCH = "switch"
    RELAX = "relax"
    REST = "rest"
    WAIT = "wait"


class Open(StrEnum):
    """Whether the person decides when a segment ends."""

    CLOSED = "closed"
    EARLY = "early"
    """It ends by itself, and the person may end it earlier (`up to`, `until`)."""
    STAYS = "stays"
    """It lasts until the person presses a key (untimed reps, `wait`)."""


PieceAmount = Hold | Reps | CyclePhase
"""The work of one piece: a hold, something counted, or one phase of a cycle."""


class Piece(NamedTuple):
    """Work that is timed as one, and the gap before it within the same run."""

    gap: int
    gap_kind: SegmentKind
    side: Side
    set: int
    rep: int
    ms: int
    amount: PieceAmount
    open: Open


def longest(
    rest: int = 0, ready: int = 0, switch: int = 0, relax: int = 0
) -> tuple[int, SegmentKind]:
    """Return the longest gap and its kind. On a tie the first parameter wins."""
    ms = max(rest, ready, switch, relax)
    if ms == rest:
        return ms, SegmentKind.REST
    if ms == ready:
        return ms, SegmentKind.READY
    return ms, SegmentKind.SWITCH if ms == switch else SegmentKind.RELAX


_SINGLE_SIDES = frozenset({Side.LEFT, Side.RIGHT, Side.ONE})


def is_opposite(before: Side | None, side: Side | None) -> bool:
    """Whether the work may change from left to right or back.

    Until the person chooses the side for `one side`, it counts as the opposite side.
    """
    return before is not side and before in _SINGLE_SIDES and side in _SINGLE_SIDES


class _Part(NamedTuple):
    """A piece whose gap is not known yet. `phase` is its position in a cycle, from 0.

    Only the first phase of a cycle has a gap before it.
    """

    side: Side
    set: int
    rep: int
    ms: int
    amount: PieceAmount
    open: Open
    phase: int
    relaxes: bool


@lru_cache(maxsize=1024)
def run_of(dose: Dose, pick: Pick) -> tuple[Piece, ...]:
    """Return the pieces of one run with the gaps between them. The first piece has no gap."""
    pieces: list[Piece] = []
    before: _Part | None = None
    switch, rest, relax = dose.switch.pick(pick), dose.rest.pick(pick), dose.relax.pick(pick)
    for part in _parts(dose, pick):
        gap, kind = 0, SegmentKind.REST
        if before is not None and not part.phase:
            same_side = part.side is before.side
            gap, kind = longest(
                rest=rest if part.set > before.set else 0,
                switch=switch if is_opposite(before.side, part.side) else 0,
                relax=relax if same_side and part.relaxes and before.relaxes else 0,
            )
        pieces.append(
            Piece(gap, kind, part.side, part.set, part.rep, part.ms, part.amount, part.open)
        )
        before = part
    return tuple(pieces)


@lru_cache(maxsize=2048)
def run_ms(dose: Dose, pick: Pick = Pick.LOW) -> int:
    """The length of one run of a dose in ms, including the gaps inside it."""
    return sum(piece.gap + piece.ms for piece in run_of(dose, pick))


def set_lengths(dose: Dose, pick: Pick) -> list[tuple[int, int]]:
    """Return the number and the length of each set, with the gaps inside it.

    Each side has sets of its own, unless sides alternate.
    """
    alternating = dose.side is Sides.ALTERNATING
    lengths: dict[tuple[Side | None, int], int] = {}
    for piece in run_of(dose, pick):
        key = (None if alternating else piece.side, piece.set)
        lengths[key] = lengths[key] + piece.gap + piece.ms if key in lengths else piece.ms
    return [(number, ms) for (_, number), ms in lengths.items()]


def with_rounds(
    items: Sequence[Item], pick: Pick = Pick.LOW, rounds: int = 1
) -> Iterator[tuple[Step, int]]:
    """Yield every step in reading order, with the number of times that its blocks repeat it."""
    for item in items:
        if isinstance(item, Step):
            yield item, rounds
        elif isinstance(item, Block):
            yield from with_rounds(item.items, pick, rounds * item.rounds.pick(pick))


def work_ms(items: Sequence[Item], pick: Pick = Pick.LOW) -> int:
    """Milliseconds of work without gaps and rests."""
    return sum(
        piece.ms * rounds
        for step, rounds in with_rounds(items, pick)
        for piece in run_of(step.dose, pick)
    )


def _parts(dose: Dose, pick: Pick) -> list[_Part]:
    amounts = dose.work if len(dose.work) > 1 else dose.work * dose.sets.pick(pick)
    numbered = list(enumerate(amounts, 1))
    sides = sides_in_order(dose)
    if dose.side in {Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT}:
        return [
            p for side in sides for n, amount in numbered for p in _set(amount, dose, pick, side, n)
        ]
    if dose.side is Sides.ALTERNATING:
        return [p for n, amount in numbered for p in _alternating(amount, dose, pick, sides, n)]
    return [
        p for n, amount in numbered for side in sides for p in _set(amount, dose, pick, side, n)
    ]


def sides_in_order(dose: Dose) -> tuple[Side, ...]:
    """Return the sides in the order in which a set does them."""
    if dose.side in {Sides.EACH, Sides.ALTERNATING, Sides.LEFT_THEN_RIGHT}:
        return (Side.RIGHT, Side.LEFT) if dose.first is Side.RIGHT else (Side.LEFT, Side.RIGHT)
    if dose.side is Sides.RIGHT_THEN_LEFT:
        return (Side.RIGHT, Side.LEFT)
    return (Side.ONE if dose.side is Sides.ONE else Side(dose.side.value),)


def _alternating(
    amount: Amount, dose: Dose, pick: Pick, sides: tuple[Side, ...], number: int
) -> list[_Part]:
    """Swap sides after each rep, hold or cycle. Without repeats this equals `each side`."""
    if isinstance(amount, Reps):
        if amount.count.high > 1:
            return [_counted(amount, dose, pick, Side.ALTERNATING, number)]
    elif not isinstance(amount, Hold) and amount.count.high > 1:
        by_side = [_set(amount, dose, pick, side, number) for side in sides]
        per_rep = len(amount.phases) if isinstance(amount, Cycles) else 1
        reps = range(0, len(by_side[0]), per_rep)
        return [p for start in reps for parts in by_side for p in parts[start : start + per_rep]]
    return [part for side in sides for part in _set(amount, dose, pick, side, number)]


def _set(amount: Amount, dose: Dose, pick: Pick, side: Side, number: int) -> list[_Part]:
    """The pieces of one set on one side."""
    if isinstance(amount, Hold):
        return [_held(amount, pick, side, number, 1)]
    if isinstance(amount, HeldReps):
        count = amount.count.pick(pick)
        return [_held(amount.hold, pick, side, number, rep) for rep in range(1, count + 1)]
    if isinstance(amount, Reps):
        return [_counted(amount, dose, pick, side, number)]
    return [
        _Part(side, number, cycle, phase.time.pick(pick), phase, Open.CLOSED, index, True)
        for cycle in range(1, amount.count.pick(pick) + 1)
        for index, phase in enumerate(amount.phases)
    ]


def _held(hold: Hold, pick: Pick, side: Side, number: int, rep: int) -> _Part:
    is_open = Open.EARLY if hold.open else Open.CLOSED
    return _Part(side, number, rep, hold.time.pick(pick), hold, is_open, 0, True)


def _counted(amount: Reps, dose: Dose, pick: Pick, side: Side, number: int) -> _Part:
    times = 2 if side is Side.ALTERNATING else 1
    count = amount.count.pick(pick) * times
    is_open = Open.CLOSED
    if amount.unit is Unit.BREATHS:
        ms = count * sum(dose.breathe)
    elif dose.tempo is None or dose.tempo.self_paced:
        ms, is_open = count * SELF_PACED_REP_MS, Open.STAYS
    else:
        ms = dose.tempo.lasts(count)
    counted = Reps(Range(amount.count.low * times, amount.count.high * times), amount.unit)
    return _Part(side, number, 1, ms, counted, is_open, 0, False)
