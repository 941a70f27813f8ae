"""Where in a session somebody was, without a word of any language."""

from enum import StrEnum
from typing import NamedTuple

from player.routine.model import CyclePhase, Reps
from player.routine.pieces import PieceAmount, SegmentKind
from player.routine.vocabulary import Side
from player.session.timeline import Segment


class Measure(StrEnum):
    """What the amount of a piece is given in."""

    TIME = "time"
    UP_TO = "up-to"
    REPS = "reps"
    BREATHS = "breaths"
    PASSES = "passes"
    PHASE = "phase"


class AmountKey(NamedTuple):
    """What one piece holds. `low` and `high` are ms or a count, 0 for a phase and for a gap.

    `phase` is the value of a phase that the program knows, or else the coach's own word.
    """

    measure: Measure | None = None
    low: int = 0
    high: int = 0
    phase: str | None = None

    @classmethod
    def of(cls, amount: PieceAmount | None) -> "AmountKey":
        """The key of the amount of a piece; `None` is that of a gap."""
        if amount is None:
            return cls()
        if isinstance(amount, CyclePhase):
            return cls(Measure.PHASE, phase=amount.known.value if amount.known else amount.word)
        if isinstance(amount, Reps):
            return cls(Measure(amount.unit.value), *amount.count)
        return cls(Measure.UP_TO if amount.open else Measure.TIME, *amount.time)


class Whereabouts(NamedTuple):
    """A place in a session that is found again in a timeline of today."""

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
        """Where `position` lies in `segment`."""
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
