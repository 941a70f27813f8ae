"""The data of a routine after reading: frozen values, all times in whole milliseconds."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from player.base.locale import pick_language
from player.routine.pose import Drawn, Figure
from player.routine.vocabulary import (
    MASSAGE,
    Goal,
    Kind,
    Level,
    PhaseWord,
    Position,
    Region,
    Side,
    Sides,
    Unit,
    Variant,
)


class Pick(StrEnum):
    """Which end of each range is played. One choice applies to a whole session."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Range(NamedTuple):
    """A number or a range of numbers: milliseconds or a whole count."""

    low: int
    high: int

    def pick(self, pick: Pick) -> int:
        """Return the number to play. The middle is rounded down."""
        if pick is Pick.LOW:
            return self.low
        return self.high if pick is Pick.HIGH else (self.low + self.high) // 2


def exactly(number: int) -> Range:
    return Range(number, number)


class Text:
    """A text in one or more languages."""

    __slots__ = ("words",)

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.words == other.words

    def __hash__(self) -> int:
        return hash(tuple(self.words.items()))

    def __repr__(self) -> str:
        return f"Text({dict(self.words)!r})"

    def pick(self, languages: Sequence[str] = ()) -> str:
        """Return the words in the language that `pick_language` finds."""
        return self.words[pick_language(self.words, languages)]

    def language(self, languages: Sequence[str] = ()) -> str:
        """The language of the text that `pick` returns."""
        return pick_language(self.words, languages)


def text(words: str) -> Text:
    """Return a text of the program itself, in English."""
    return Text({"en": words})


class Hold(NamedTuple):
    """Work for a length of time. If `open`, the person may end it earlier (`up to`)."""

    time: Range
    open: bool = False


class Reps(NamedTuple):
    """Work that is counted: repetitions, breaths or passes."""

    count: Range  # type: ignore[assignment]  # the field hides tuple.count, which nobody needs
    unit: Unit


class HeldReps(NamedTuple):
    """Repetitions of one hold."""

    count: Range  # type: ignore[assignment]  # the field hides tuple.count, which nobody needs
    hold: Hold


_PHASES = {word.value: word for word in PhaseWord}


class CyclePhase(NamedTuple):
    """One phase of a cycle, such as `contract: 6s`. `word` is spelt as the coach wrote it."""

    word: str
    time: Range
    effort: Range | None = None
    pressure: Range | None = None
    say: Text | None = None
    note: Text | None = None

    @property
    def known(self) -> PhaseWord | None:
        """The phase that the word means, ignoring case; None for a coach's own word."""
        return _PHASES.get(self.word.lower())


class Cycles(NamedTuple):
    """A sequence of phases that is repeated."""

    phases: tuple[CyclePhase, ...]
    count: Range  # type: ignore[assignment]  # the field hides tuple.count, which nobody needs


Amount = Hold | Reps | HeldReps | Cycles
"""The work of one set."""


class Tempo(NamedTuple):
    """The pace of a rep: the ms of each beat, or reps per minute, or the person's own pace."""

    beats: tuple[int, ...] = ()
    per_minute: int = 0

    @property
    def self_paced(self) -> bool:
        return not self.beats and not self.per_minute

    def lasts(self, reps: int) -> int:
        """How many ms `reps` last. For reps per minute the result is rounded, halves up."""
        if self.per_minute:
            return (reps * 120_000 + self.per_minute) // (2 * self.per_minute)
        return reps * sum(self.beats)


SELF_PACED = Tempo()
FREE: tuple[int, ...] = ()
"""`breathe free`: no breath pacer. A breath is estimated as 4-6."""


class Dose(NamedTuple):
    """The amount, sides and gaps of a step, with every value filled in.

    `work` has one amount that every set repeats, or one per set. `own_ready`: the step itself
    writes `ready`, so it is played even if nothing changes before it.
    """

    work: tuple[Amount, ...]
    sets: Range
    side: Sides
    first: Side
    ready: Range
    switch: Range
    rest: Range
    relax: Range
    breathe: tuple[int, ...]
    tempo: Tempo | None = None
    pressure: Range | None = None
    effort: Range | None = None
    paced: bool = False
    own_ready: bool = False


class When(StrEnum):
    EVERY = "every-set"
    FIRST = "first-set"
    LAST = "last-set"


class CuePoint(NamedTuple):
    """The time of a coach's cue in a set: ms from its start or end, or a percentage of it."""

    ms: int
    from_end: bool = False
    percent: int | None = None


class StepCue(NamedTuple):
    at: CuePoint
    say: Text | None
    clip: str | None = None
    when: When = When.EVERY


class Source(NamedTuple):
    """The source of a claim or a dose."""

    title: str
    year: str = ""
    doi: str = ""
    url: str = ""
    supports: str = ""


class Exercise(NamedTuple):
    """An entry of a catalogue, or an exercise that only a step describes.

    The screening uses `kinds`, `regions` and `positions`; if omitted, they are the worst case.
    `vetted` entries ship with the program. Safety notes of other entries are never trusted alone.
    """

    id: str
    name: Text
    kind: Kind | None
    kinds: frozenset[Kind]
    regions: frozenset[Region]
    positions: frozenset[Position]
    vetted: bool = False
    known: bool = False
    both_at_once: bool = False
    muscles: tuple[Text, ...] = ()
    equipment: frozenset[str] = frozenset()
    how: tuple[Text, ...] = ()
    feel: Text | None = None
    mistakes: tuple[Text, ...] = ()
    easier: Text | None = None
    harder: Text | None = None
    note: Text | None = None
    avoid_if: frozenset[str] = frozenset()
    caution: frozenset[str] = frozenset()
    keep_off: tuple[Text, ...] = ()
    often: str = ""
    sources: tuple[Source, ...] = ()
    drawn: Drawn | None = None

    @property
    def figure(self) -> Figure | None:
        """How to draw the exercise; None if its entry has no figure."""
        return self.drawn.figure if self.drawn else None

    @property
    def label(self) -> str:
        """The label in the timeline: the id, or the name if there is no id."""
        return self.id or self.name.pick()

    @property
    def stated_regions(self) -> frozenset[Region]:
        """The regions that the file states; empty if they are only the assumed worst case."""
        return self.regions if len(self.regions) < len(Region) else frozenset()

    @property
    def is_massage(self) -> bool:
        return not MASSAGE.isdisjoint(self.kinds)


class Step(NamedTuple):
    """An exercise with its dose. `number` is its position among the steps of the file, from 1."""

    number: int
    line: int
    exercise: Exercise
    dose: Dose
    title: Text
    equipment: frozenset[str] = frozenset()
    avoid_if: frozenset[str] = frozenset()
    caution: frozenset[str] = frozenset()
    screening: frozenset[str] = frozenset()
    cues: tuple[StepCue, ...] = ()
    variant: Variant = Variant.STANDARD
    until: Text | None = None
    note: Text | None = None
    load: str = ""
    often: str = ""
    reason: Text | None = None
    lasts: Range | None = None
    optional: bool = False


class Rest(NamedTuple):
    time: Range
    say: Text | None = None


class Say(NamedTuple):
    say: Text


class Wait(NamedTuple):
    """The session waits here until the person presses a key."""

    text: Text
    say: Text | None = None


class Block(NamedTuple):
    """A group of steps that is repeated `rounds` times."""

    items: tuple["Item", ...]
    name: Text | None = None
    rounds: Range = Range(1, 1)
    rest: Range = Range(0, 0)
    between: Range = Range(0, 0)
    note: Text | None = None
    lasts: Range | None = None
    line: int = 0


Item = Step | Rest | Say | Wait | Block


class Routine(NamedTuple):
    """A whole file. `id` is the name of the file without its ending."""

    id: str
    path: str
    name: Text
    items: tuple[Item, ...]
    language: str = "en"
    about: Text | None = None
    author: str = ""
    license: str = ""
    level: Level | None = None
    regions: frozenset[Region] = frozenset()
    goals: frozenset[Goal] = frozenset()
    tags: tuple[str, ...] = ()
    equipment: frozenset[str] = frozenset()
    duration: Range | None = None
    often: str = ""
    avoid_if: frozenset[str] = frozenset()
    caution: frozenset[str] = frozenset()
    screening: frozenset[str] = frozenset()
    sources: tuple[Source, ...] = ()

    def languages_for(self, person: Sequence[str]) -> tuple[str, ...]:
        """The person's languages, followed by the routine's own as the fallback."""
        return (*person, self.language)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every exercise step in reading order. Rounds of a block are not repeated."""
        return tuple(steps_of(self.items))


def steps_of(items: Sequence[Item]) -> list[Step]:
    """Every exercise step in `items`, in reading order."""
    found: list[Step] = []
    for item in items:
        if isinstance(item, Step):
            found.append(item)
        elif isinstance(item, Block):
            found += steps_of(item.items)
    return found


class LeftOut(NamedTuple):
    """A step, or one side of it, that is not played today, and the reason."""

    step: Step
    side: Side | None
    reason: str
    keys: tuple[str, ...] = ()


class Swapped(NamedTuple):
    """A step that another exercise replaces today."""

    step: Step
    by: Exercise
    reason: str


class Eased(NamedTuple):
    """A step that is made easier today, with its original dose from the file, and the reason."""

    step: Step
    reason: str


class Plan(NamedTuple):
    """The part of a routine that one person does today. `whole` returns an unscreened plan."""

    routine: Routine
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()
    swapped: tuple[Swapped, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    """Cautions for the person: step number (0 for the whole session) and text."""
    eased: tuple[Eased, ...] = ()
    too_little: bool = False
    """Less than half of the timed work remains, so the routine is not played today."""

    @staticmethod
    def whole(routine: Routine) -> "Plan":
        """Return the plan of an unchanged routine. It can be shown and counted, never played."""
        return Plan(routine, routine.items)
