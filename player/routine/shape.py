"""Combines the dose of a step from its keys, its dose text, the defaults and the catalogue."""

from typing import NamedTuple, TypeVar

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Edit, Place, Problems, Span, closest
from player.routine import dose as grammar
from player.routine.dose import WrittenDose
from player.routine.dose_scanner import Issue
from player.routine.fields import Fields, short
from player.routine.limits import MAX_COUNT, MAX_SETS
from player.routine.model import (
    FREE,
    Amount,
    CyclePhase,
    Cycles,
    Dose,
    HeldReps,
    Hold,
    Range,
    Reps,
    exactly,
)
from player.routine.vocabulary import PHASE_WORDS, Side, Sides, Unit

AMOUNT_KEYS = frozenset({"hold", "roll", "passes", "reps", "breaths", "phases", "cycles"})
GAP_KEYS = ("ready", "switch", "rest", "relax")
SHAPE_KEYS = frozenset({"sets", "side", "first", "tempo", "breathe", "pressure", "effort"}).union(
    GAP_KEYS
)
DOSE_KEYS = AMOUNT_KEYS | SHAPE_KEYS | {"dose"}
DEFAULT_KEYS = frozenset({"ready", "switch", "rest", "relax", "first", "breathe"})
_PARTS = frozenset({*GAP_KEYS, "side", "tempo", "breathe", "pressure", "effort"})
SHAPE_AND_AMOUNTS = SHAPE_KEYS | AMOUNT_KEYS
_SETS_AND_AMOUNTS = AMOUNT_KEYS | {"sets"}
_PHASE_EXTRAS = ("effort", "pressure", "say", "note")

_ONE = exactly(1)
_FREE_BREATH = (4_000, 6_000)
_NOTHING = WrittenDose()


class Shape:
    """The parts of a dose from one source: a step, the defaults or a catalogue entry."""

    __slots__ = ("first", "keys", "written")

    def __init__(
        self,
        written: WrittenDose = _NOTHING,
        first: Side | None = None,
        keys: dict[str, Scalar] | None = None,
    ) -> None:
        self.written = written
        self.first = first
        self.keys: dict[str, Scalar] = keys if keys is not None else {}
        """The keys as written, to report problems that are found later."""


def dose_text(scalar: Scalar, problems: Problems) -> WrittenDose:
    """Parse a dose text and report its issues at their places in the file."""
    written, issues = grammar.parse_dose(scalar.text)
    if issues:
        report(scalar, issues, problems)
    return written


def report(scalar: Scalar, issues: tuple[Issue, ...], problems: Problems) -> None:
    """Convert the issues of a text to problems of the file."""
    inside = scalar.width >= len(scalar.text)
    shift = 0 if scalar.plain else 1
    for issue in issues:
        spot = (
            Span(scalar.line, scalar.col + shift + issue.start, issue.width)
            if inside
            else Span(scalar.line, scalar.col, scalar.width)
        )
        fix: tuple[Edit, ...] = ()
        other: tuple[Place, str] | None = None
        if issue.put and inside:
            start, width, text = issue.put
            fix = (Edit(scalar.line + 1, scalar.col + shift + start + 1, width, text),)
        if issue.other and inside:
            start, width, label = issue.other
            other = (Span(scalar.line, scalar.col + shift + start, width), label)
        add = problems.warn if issue.warning else problems.error
        add(issue.code, spot, issue.message, issue.help, other, fix)


class ShapeReader:
    """Reads the dose keys of one map."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.problems = fields.problems

    def read(self, pairs: dict[str, tuple[Scalar, Node]], dose: Scalar | None = None) -> Shape:
        """Combine a dose text (`dose`, or the value of a `dose:` key) with the other dose keys."""
        if not pairs:
            return Shape(dose_text(dose, self.problems) if dose is not None else _NOTHING)
        keys = {name: pair[0] for name, pair in pairs.items()}
        if "dose" in pairs:
            key, node = pairs["dose"]
            if dose is not None:
                self.problems.error(
                    "E105",
                    key,
                    "there are two doses",
                    "keep one of them",
                    (dose, "first one is here"),
                )
            else:
                dose = self.joined(node, key, "a dose such as `3 x 30s each side`")
        written = dose_text(dose, self.problems) if dose is not None else _NOTHING
        if SHAPE_AND_AMOUNTS.isdisjoint(pairs):
            return Shape(written, None, keys)
        values: dict[str, object] = {}
        for name, (key, node) in pairs.items():
            if name in _PARTS:
                value = self._part(name, key, node)
                if getattr(written, name) is not None:
                    self._twice(key, dose)
                elif value is not None:
                    values[name] = value
        work, sets = self._amount(pairs, written, dose)
        values["work"], values["sets"] = work, sets
        first = None
        if "first" in pairs:
            key, node = pairs["first"]
            side = self.fields.scalar(node, key, "left or right")
            word = side.text.strip().lower() if side else ""
            if side and word not in {"left", "right"}:
                self.problems.error(
                    "E104",
                    side,
                    f"`{short(side.text)}` is no side to begin with",
                    "`first: left` or `first: right`",
                )
            elif side:
                first = Side(word)
        return Shape(written._replace(**values), first, keys)  # type: ignore[arg-type]  # by name

    def _twice(self, key: Scalar, dose: Scalar | None) -> None:
        self.problems.error(
            "E108",
            key,
            f"`{key.text}` stands in the dose and as a key",
            "keep one of them",
            (dose, "the dose says it here") if dose else None,
        )

    def _part(self, name: str, key: Scalar, node: Node) -> object:
        scalar = self.joined(node, key, "a value")
        if scalar is None:
            return None
        value: object
        if name in GAP_KEYS:
            value, issues = grammar.parse_times(scalar.text)
        elif name == "side":
            value, issues = grammar.parse_side(scalar.text)
        elif name == "tempo":
            value, issues = grammar.parse_tempo(scalar.text)
        elif name == "breathe":
            value, issues = grammar.parse_breathe(scalar.text)
        else:
            value, issues = grammar.parse_scale(
                scalar.text, name, 10 if name == "pressure" else 100
            )
        report(scalar, issues, self.problems)
        return value

    def joined(self, node: Node, key: Scalar, what: str = "an amount") -> Scalar | None:
        """Return the value as one text. A list becomes its items joined with commas."""
        if isinstance(node, Seq) and node.items:
            parts = [self.fields.scalar(item, key, what) for item in node.items]
            if not all(parts):
                return None
            text = ", ".join(part.text for part in parts if part)
            return Scalar(text, node.line, node.col, 1, True)
        return self.fields.scalar(node, key, what)

    def _amount(
        self, pairs: dict[str, tuple[Scalar, Node]], written: WrittenDose, dose: Scalar | None
    ) -> tuple[tuple[Amount, ...] | None, Range | None]:
        if pairs.keys().isdisjoint(_SETS_AND_AMOUNTS):
            return written.work, written.sets
        sets = self._count("sets", pairs, MAX_SETS)
        if sets is not None and written.sets is not None:
            self._twice(pairs["sets"][0], dose)
            sets = None
        names = ("hold", "roll", "passes", "reps", "breaths", "phases")
        amounts: list[str] = [name for name in names if name in pairs]
        held = amounts in (["hold", "reps"], ["roll", "reps"])
        if (written.work is not None and amounts) or (len(amounts) > 1 and not held):
            self.problems.error(
                "E105",
                pairs[amounts[-1]][0],
                "this step has two amounts",
                "keep one of hold, roll, passes, reps, breaths, phases, or the dose",
                (
                    dose if written.work is not None and dose else pairs[amounts[0]][0],
                    "first one is here",
                ),
            )
            return written.work, sets or written.sets
        if "cycles" in pairs and "phases" not in pairs:
            self.problems.error("E101", pairs["cycles"][0], "`cycles` goes with `phases`")
        work = written.work
        if amounts:
            work = self._work(amounts, pairs)
        if work is not None and len(work) > 1 and sets is not None:
            self.problems.error(
                "E107",
                pairs["sets"][0],
                "a list gives one set for each item, so it can't have `sets` beside it",
                "drop `sets`, or write one amount",
                (pairs[amounts[0]][1] if amounts else dose or pairs["sets"][0], "the list is here"),
            )
            sets = None
        return work, sets if sets is not None else written.sets

    def _work(
        self, amounts: list[str], pairs: dict[str, tuple[Scalar, Node]]
    ) -> tuple[Amount, ...] | None:
        if amounts == ["phases"]:
            return self._phases(pairs)
        if "hold" in amounts or "roll" in amounts:
            holds = self._holds(*pairs[amounts[0]])
            if len(amounts) == 1:
                return holds or None
            counts = self._counts("reps", pairs)
            if len(holds) > 1 and len(counts) > 1:
                self.problems.error(
                    "E107",
                    pairs["reps"][0],
                    "two lists can't be combined",
                    "keep one of `reps` and `hold` to a single value",
                    (pairs[amounts[0]][1], "the other list is here"),
                )
                counts = counts[:1]
            if not holds or not counts:
                return None
            many = max(len(holds), len(counts))
            pairs_of = zip(counts * many, holds * many, strict=False)
            return tuple(HeldReps(count, hold) for count, hold in pairs_of)[:many]
        name = amounts[0]
        return tuple(Reps(count, Unit(name)) for count in self._counts(name, pairs)) or None

    def _holds(self, key: Scalar, node: Node) -> tuple[Hold, ...]:
        scalar = self.joined(node, key)
        if scalar is None:
            return ()
        holds, issues = grammar.parse_holds(scalar.text)
        report(scalar, issues, self.problems)
        return holds

    def _counts(self, name: str, pairs: dict[str, tuple[Scalar, Node]]) -> tuple[Range, ...]:
        key, node = pairs[name]
        scalar = self.joined(node, key)
        if scalar is None:
            return ()
        counts, issues = grammar.parse_counts(scalar.text, MAX_COUNT)
        report(scalar, issues, self.problems)
        return counts

    def _count(self, name: str, pairs: dict[str, tuple[Scalar, Node]], most: int) -> Range | None:
        if name not in pairs:
            return None
        key, node = pairs[name]
        scalar = self.fields.scalar(node, key, "a whole number")
        return self.count(scalar, most) if scalar else None

    def count(self, scalar: Scalar, most: int) -> Range | None:
        """Read one count or range of counts, such as sets or rounds."""
        counts, issues = grammar.parse_counts(scalar.text, most)
        report(scalar, issues, self.problems)
        if len(counts) > 1:
            self.problems.error("E104", scalar, "only one number can stand here")
        return counts[0] if counts else None

    def _phases(self, pairs: dict[str, tuple[Scalar, Node]]) -> tuple[Amount, ...] | None:
        key, node = pairs["phases"]
        cycles = self._count("cycles", pairs, MAX_SETS) or _ONE
        if self.fields.lost(node):
            return None
        if not isinstance(node, Seq) or not node.items:
            self.problems.error(
                "E103",
                key,
                "`phases` should be a list",
                "`phases: [{contract: 6s}, {stretch: 20s}]`",
            )
            return None
        phases = [phase for item in node.items if (phase := self._phase(item, key))]
        return (Cycles(tuple(phases), cycles),) if phases else None

    def _phase(self, node: Node, key: Scalar) -> CyclePhase | None:
        if not isinstance(node, Map) or not node.pairs:
            self.problems.error("E103", node, "a phase is written `word: time`", "`contract: 6s`")
            return None
        word, value = next((p for p in node if p[0].text not in _PHASE_EXTRAS), next(iter(node)))
        scalar = self.fields.scalar(value, word, "a time")
        time = None
        if scalar:
            time, issues = grammar.parse_times(scalar.text)
            report(scalar, issues, self.problems)
            if time and time.low <= 0:
                self.problems.error("E203", scalar, "a phase must take some time")
        near = _near_phase_word(word.text)
        if near:
            self.problems.warn(
                "W104",
                word,
                f"`{short(word.text)}` is close to the phase `{near}`",
                f"write `{near}`?",
            )
        extra: dict[str, object] = {}
        for name, (part, part_node) in node.pairs.items():
            if part is word:
                continue
            if name in {"effort", "pressure"}:
                extra[name] = self._part(name, part, part_node)
            elif name in {"say", "note"}:
                extra[name] = self.fields.text(part_node, part)
            else:
                self.fields.unknown(part, _PHASE_EXTRAS, "a phase")
        if time is None:
            return None
        return CyclePhase(short(word.text, 60), time, **extra)  # type: ignore[arg-type]  # by name


def _near_phase_word(word: str) -> str:
    lower = word.lower()
    return "" if lower in PHASE_WORDS else closest(lower[:40], PHASE_WORDS, 0.65)


class _BuiltIn(NamedTuple):
    ready: Range = exactly(10_000)
    switch: Range = exactly(5_000)
    rest: Range = exactly(0)
    relax: Range = exactly(0)


_BUILT_IN = _BuiltIn()
Value = TypeVar("Value")


def _first(
    step: Value | None, defaults: Value | None, catalogue: Value | None, built_in: Value
) -> Value:
    """Return the first value that is not None; an earlier argument has priority."""
    if step is not None:
        return step
    if defaults is not None:
        return defaults
    return built_in if catalogue is None else catalogue


def fill(step: Shape, defaults: Shape, catalogue: Shape | None, fallback: Sides) -> Dose | None:
    """Fill in each key. Priority: the step, the defaults, the catalogue, the built-in value.

    Sets and amount belong together: a step with an amount of its own ignores the catalogue's sets.
    `fallback` is the side if nothing gives one. Returns None if nothing gives an amount.
    """
    mine = step.written
    given = defaults.written
    entry = catalogue.written if catalogue else _NOTHING
    if mine.work is not None:
        work, sets = mine.work, mine.sets
    elif entry.work is not None:
        work, sets = entry.work, mine.sets if mine.sets is not None else entry.sets
    else:
        return None
    if len(work) > 1:
        sets = exactly(len(work))
    breathe = _first(mine.breathe, given.breathe, entry.breathe, FREE)
    first = step.first or defaults.first or (catalogue.first if catalogue else None) or Side.LEFT
    return Dose(
        work,
        sets or _ONE,
        mine.side or entry.side or fallback,
        first,
        _first(mine.ready, given.ready, entry.ready, _BUILT_IN.ready),
        _first(mine.switch, given.switch, entry.switch, _BUILT_IN.switch),
        _first(mine.rest, given.rest, entry.rest, _BUILT_IN.rest),
        _first(mine.relax, given.relax, entry.relax, _BUILT_IN.relax),
        breathe or _FREE_BREATH,
        mine.tempo if mine.tempo is not None else entry.tempo,
        mine.pressure if mine.pressure is not None else entry.pressure,
        mine.effort if mine.effort is not None else entry.effort,
        bool(breathe),
        mine.ready is not None,
    )
