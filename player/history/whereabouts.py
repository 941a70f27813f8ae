"""Describes a position in a session without any text, so that it does not depend on a language."""

from enum import StrEnum
from typing import NamedTuple

from player.routine.model import CyclePhase, Reps
from player.routine.pieces import PieceAmount, SegmentKind
from player.routine.vocabulary import Side
from player.session.timeline import Segment


class Measure(StrEnum):
    """The unit of the amount of a piece."""

    TIME = "time"
    UP_TO = "up-to"
    REPS = "reps"
    BREATHS = "breaths"
    PASSES = "passes"
    PHASE = "phase"


class AmountKey(NamedTuple):
    """The amount of one piece. `low` and `high` are ms or a count; both are 0 for a phase or a gap.

    `phase` is the value of a phase that the program knows, or else the coach's own word.
    """

    measure: Measure | None = None
    low: int = 0
    high: int = 0
    phase: str | None = None

    @classmethod
    def of(cls, amount: PieceAmount | None) -> "AmountKey":
        """Return the key for the amount of a piece. A gap has no amount."""
        if amount is None:
            return cls()
        if isinstance(amount, CyclePhase):
            return cls(Measure.PHASE, phase=amount.known.value if amount.known else amount.word)
        if isinstance(amount, Reps):
            return cls(Measure(amount.unit.value), *amount.count)
        return cls(Measure.UP_TO if amount.open else Measure.TIME, *amount.time)


class Whereabouts(NamedTuple):
    """A position in a session that can be found again in another timeline of the same routine."""

    step: int
    round: int
    kind: SegmentKind
    side: Side | None
    set: int
    rep: int
    amount: AmountKey
    into_ms: int

    @classmethod
    def of(cls, segment: Segment, position: int) -> "Whereabouts":
        """Describe `position`, which lies in `segment`."""
        return cls(
            segment.step,
            segment.round,
            segment.kind,
            segment.side,
            segment.set,
            segment.rep,
            AmountKey.of(segment.amount),
            max(position - segment.start, 0),
        )
