"""Describes a position in a session without any text, so that it does not depend on a language."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from player.routine.model import Block, CyclePhase, Item, Pick, Reps, Routine, Step
from player.routine.pieces import PieceAmount, SegmentKind, run_of
from player.routine.vocabulary import Side
from player.session.timeline import Segment, Timeline


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


class Spot(NamedTuple):
    """One piece of work in a session, named so that it can be found in another timeline.

    A gap has the spot of the work after it. Other segments follow a step: their set is 0, and
    `rep` counts those of the same kind since that step.
    """

    step: int
    """The number of the step in the file. A substitute has the number of its original. Work
    that fills the time of a step counts as later sets of it. Before the first step, this is 0.
    """
    visit: int
    """How often the session has come to this step, counted from 1. Rounds repeat a step."""
    side: Side | None = None
    set: int = 0
    rep: int = 0
    part: int | None = 0
    """The position of a phase in its cycle, from 0. Histories up to version 5 do not know it."""


def spots_of(timeline: Timeline, routine: Routine, pick: Pick) -> list[Spot]:
    """Return the spot of each segment. The timeline comes from a plan of this routine."""
    last = len(routine.steps)
    runs = {number: _parts(step, pick) for number, step in timeline.steps.items()}
    works: Counter[int] = Counter()
    breaks: Counter[SegmentKind] = Counter()
    front = _in_front(timeline)
    before = Spot(0, 1)
    sets = 0  # of the step whose time may be filled
    found = []
    for segment in timeline.segments:
        number = segment.step
        if not number:
            breaks[segment.kind] += 1
            found.append(Spot(before.step, before.visit, rep=breaks[segment.kind]))
            continue
        parts = runs[number]
        visit, piece = divmod(works[number], len(parts))
        is_filler = number > last
        home = before.step if is_filler else 0 if number == front else number
        spot = Spot(
            home,
            visit + 1,
            segment.side,
            segment.set + (sets if is_filler else 0),
            segment.rep,
            parts[piece],
        )
        found.append(spot)
        if segment.kind is SegmentKind.WORK:
            works[number] += 1
            breaks.clear()
            before = spot
            sets = sets if is_filler else segment.set
    return found


def _parts(step: Step, pick: Pick) -> list[int]:
    """Return the position of each piece of a step among the phases of its cycle."""
    counted: Counter[tuple[Side, int, int]] = Counter()
    parts = []
    for piece in run_of(step.dose, pick):
        key = (piece.side, piece.set, piece.rep)
        parts.append(counted[key])
        counted[key] += 1
    return parts


def _in_front(timeline: Timeline) -> int:
    """Return the number of a warm-up added before the steps of the file, or 0 if there is none."""
    first = next((s.step for s in timeline.segments if s.step), 0)
    return first if first != min(timeline.steps, default=first) else 0


class Outline(NamedTuple):
    """The steps of a routine file, and the order in which they are played."""

    steps: tuple[str, ...]
    """The label of each step's exercise."""
    plays: tuple[int, ...]
    """The numbers of the steps in the order of play, with every round."""

    @classmethod
    def of(cls, routine: Routine, pick: Pick) -> "Outline":
        labels = tuple(step.exercise.label for step in routine.steps)
        return cls(labels, tuple(_plays(routine.items, pick)))

    def played_before(self, step: int, visit: int) -> Counter[int]:
        """Return how often each step was played before a visit to one of them."""
        visits = [index for index, number in enumerate(self.plays) if number == step]
        if visit <= len(visits):
            return Counter(self.plays[: visits[visit - 1]])
        # There are fewer rounds now, so all the rounds are over.
        end = visits[-1] + 1 if visits else len(self.plays)
        while end < len(self.plays) and self.plays[end] in self.plays[:end]:
            end += 1
        return Counter(self.plays[:end])


def _plays(items: Sequence[Item], pick: Pick) -> Iterator[int]:
    for item in items:
        if isinstance(item, Step):
            yield item.number
        elif isinstance(item, Block):
            yield from list(_plays(item.items, pick)) * item.rounds.pick(pick)


class Whereabouts(NamedTuple):
    """A position in a session that can be found again in another timeline of the same routine."""

    step: int
    visit: int
    kind: SegmentKind
    side: Side | None
    set: int
    rep: int
    amount: AmountKey
    into_ms: int
    part: int | None = 0
    exercise: str | None = None
    """The label of the exercise. Histories up to version 5 do not know it."""

    @classmethod
    def of(cls, spot: Spot, segment: Segment, position: int) -> "Whereabouts":
        """Describe `position`, which lies in `segment` at `spot`."""
        return cls(
            spot.step,
            spot.visit,
            segment.kind,
            spot.side,
            spot.set,
            spot.rep,
            AmountKey.of(segment.amount),
            max(position - segment.start, 0),
            spot.part,
            segment.exercise,
        )

    @property
    def is_break(self) -> bool:
        """Whether it is a rest or a wait that belongs to no step."""
        return self.set == 0
