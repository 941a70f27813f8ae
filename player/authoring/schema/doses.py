"""Writes the doses that an editor offers for an exercise, as coaches write them."""

from collections.abc import Iterable, Iterator

from player.routine.catalogue import Entry
from player.routine.dose import WrittenDose
from player.routine.model import FREE, Amount, Cycles, HeldReps, Hold, Range, Reps, Tempo, exactly
from player.routine.times import count_label, hold_label, time_label
from player.routine.vocabulary import MASSAGE, Kind, Sides

_NO_MORE = MASSAGE | {Kind.HEAT, Kind.COOL, Kind.EARLY_CARE, Kind.BREATHE}
"""For these kinds no more than the dose of the catalogue is offered."""
_SHORTEST_HALF = 10_000


def own_dose(entry: Entry) -> str:
    """Return the entry's own dose as one text, or an empty text if it needs keys."""
    return written_dose(_with_side(entry))


def usual_doses(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the entry's own dose, other numbers of sets and a shorter hold, with descriptions."""
    offered: set[str] = set()
    for written, words in _variations(entry):
        dose = written_dose(written)
        if dose and dose not in offered:
            offered.add(dose)
            yield dose, words


def _with_side(entry: Entry) -> WrittenDose:
    own = entry.shape.written
    if own.side is None and not entry.exercise.both_at_once:
        return own._replace(side=Sides.EACH)
    return own


def _variations(entry: Entry) -> Iterator[tuple[WrittenDose, str]]:
    own = _with_side(entry)
    yield own, "The catalogue's own dose."
    amounts = own.work or ()
    if len(amounts) != 1:
        return
    sets = own.sets.high if own.sets else 1
    yield _with_sets(own, 1), "One set."
    if sets > 2:
        yield _with_sets(own, sets - 1), "One set fewer."
    if entry.exercise.kind not in _NO_MORE:
        yield _with_sets(own, sets + 1), "One set more."
    if entry.cues:
        return  # a cue might not fit into less time
    if isinstance(amount := amounts[0], Hold) and amount.time.low >= 2 * _SHORTEST_HALF:
        half = max(amount.time.low // 2 // 5_000 * 5_000, _SHORTEST_HALF)
        yield own._replace(work=(amount._replace(time=exactly(half)),)), "A shorter time."


def _with_sets(own: WrittenDose, number: int) -> WrittenDose:
    if number > 1:
        return own._replace(sets=exactly(number))
    relax = own.relax if own.work and isinstance(own.work[0], HeldReps) else None
    return own._replace(sets=None, rest=None, relax=relax)


def written_dose(written: WrittenDose) -> str:
    """Return a dose as a coach writes it, or an empty text if it needs keys."""
    parts = [_amounts(written), written.side.value if written.side else ""]
    if written.work is None or not parts[0]:
        return ""
    for name in ("ready", "switch", "rest", "relax"):
        gap: Range | None = getattr(written, name)
        parts.append(f"{name} {time_label(gap)}" if gap is not None else "")
    parts.append(_tempo(written.tempo) if written.tempo else "")
    if written.breathe is not None:
        free = written.breathe == FREE
        parts.append(f"breathe {'free' if free else _beats(written.breathe)}")
    parts.append(f"pressure {_span(written.pressure)}" if written.pressure else "")
    parts.append(f"effort {_span(written.effort)}%" if written.effort else "")
    return " ".join(part for part in parts if part)


def _amounts(written: WrittenDose) -> str:
    work = written.work or ()
    if not work or any(isinstance(amount, Cycles) for amount in work):
        return ""
    if len(work) == 1:
        sets = written.sets or exactly(1)
        held = isinstance(work[0], HeldReps)
        return (f"{_span(sets)} x " if sets.high > 1 or held else "") + _amount(work[0])
    if all(isinstance(amount, Hold) for amount in work):
        return ", ".join(map(_amount, work))
    counts = [amount.count for amount in work if isinstance(amount, Reps)]
    if len(counts) < len(work) or not isinstance(work[0], Reps):
        return ""
    return f"{', '.join(map(_span, counts))} {work[0].unit}"


def _amount(amount: Amount) -> str:
    if isinstance(amount, Hold):
        return hold_label(amount)
    if isinstance(amount, HeldReps):
        return f"{_span(amount.count)} x {_amount(amount.hold)}"
    return count_label(amount.count, amount.unit) if isinstance(amount, Reps) else ""


def _span(number: Range) -> str:
    return str(number.low) if number.low == number.high else f"{number.low}-{number.high}"


def _tempo(tempo: Tempo) -> str:
    if tempo.per_minute:
        return f"tempo {tempo.per_minute}/min"
    if tempo.self_paced:
        return "self-paced"
    return f"tempo {_beats(tempo.beats)}{'s' if len(tempo.beats) == 1 else ''}"


def _beats(beats: Iterable[int]) -> str:
    return "-".join(f"{ms / 1_000:.3f}".rstrip("0").rstrip(".") for ms in beats)
