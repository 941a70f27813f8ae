"""Composes the text of a first routine from what a coach asks for.

The text is read and compiled like any other file, so its length is that of its timeline.
"""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from player.base.text import safe
from player.document.read import read_bytes
from player.library.opening import open_document
from player.routine.catalogue import Catalogue, Entry
from player.routine.model import HeldReps, Hold
from player.routine.times import clock
from player.routine.vocabulary import MASSAGE, REGION_WORDS, Kind, Level, Position, Region

SHORTEST_MIN, LONGEST_MIN = 4, 45
NEAR = 0.10
LONGEST_NAME = 80
NO_NAME = f"A name has 1 to {LONGEST_NAME} plain characters."

_SHORT_MS = 300_000
"""A session up to this length has a shorter warm-up."""

_WARM_MS = (60_000, 180_000, 300_000, 600_000)
"""The warm-up of a short session, of any other, and its two limits if time is left."""

_CLOSE_MS = (60_000, 120_000, 300_000)
"""Breathing at the end: the shortest, and its two limits if time is left."""

_CLOSES_FROM_MIN = 8
_HOLD_MS = 30_000
_REGION_MS = 240_000
"""The most work of one kind on one side of a region. More brings no more range."""

_MASSAGE_MS = 1_200_000
"""The most massage of a session."""

_SPOT_MS = 60_000
"""The longest set of a massage, and the most pressure on one spot in all sets."""

_STEP_MS = 5_000

_TOO_MUCH_FOR = {
    Level.GENTLE: frozenset(
        {Position.ONE_LEG, Position.HALF_KNEEL, Position.ALL_FOURS, Position.PRONE}
    )
}
_PRESSURE = {Level.GENTLE: 3}
_PRESSED = 4
"""The highest pressure, out of 10. More brings no more range."""

_FROM_STANDING = list(Position)
"""The positions in an order with few changes: standing, kneeling, sitting, lying."""


class Sort(StrEnum):
    STRETCH = "stretch"
    MASSAGE = "massage"
    MIXED = "mixed"


_KINDS = {
    Sort.STRETCH: frozenset({Kind.STATIC}),
    Sort.MASSAGE: frozenset({Kind.ROLL, Kind.PRESS}),  # no deep pressure in a first routine
    Sort.MIXED: frozenset({Kind.STATIC, Kind.ROLL, Kind.PRESS}),
}


class Wanted(NamedTuple):
    """What the coach asks for."""

    name: str
    regions: tuple[Region, ...]
    minutes: int = 10
    equipment: frozenset[str] = frozenset()
    sort: Sort = Sort.STRETCH
    level: Level = Level.BEGINNER


class Composed(NamedTuple):
    """The text of a routine, and its length."""

    text: str
    total_ms: int


class _Dosed(NamedTuple):
    """An exercise with its number of sets, each of `ms` on each side."""

    entry: Entry
    ms: int
    sets: int
    most_sets: int

    @property
    def is_massage(self) -> bool:
        return self.entry.exercise.kind in MASSAGE

    @property
    def side_ms(self) -> int:
        return self.ms * self.sets


_Body = tuple[_Dosed, ...]


def is_name(name: str) -> bool:
    """Return whether a routine can have this name."""
    return 0 < len(name) <= LONGEST_NAME and name == safe(name)


def compose(wanted: Wanted, catalogue: Catalogue) -> Composed | str:
    """Return the routine asked for, or one sentence that says why it is not possible."""
    name = wanted.name.strip()
    if not is_name(name):
        return NO_NAME
    if not wanted.regions:
        return "It needs at least one region."
    if not SHORTEST_MIN <= wanted.minutes <= LONGEST_MIN:
        return f"A session takes {SHORTEST_MIN} to {LONGEST_MIN} minutes."
    wanted = wanted._replace(name=name, regions=tuple(dict.fromkeys(wanted.regions)))
    fitting = _fitting(wanted, catalogue)
    if isinstance(fitting, str):
        return fitting
    frame = _Frame(wanted, catalogue)
    bodies = [(body, frame.least_ms(body)) for body in _growing(fitting, wanted)]
    plan = frame.filled(bodies, wanted.minutes)
    if plan is None:
        return _why_not(frame, bodies, wanted)
    total = frame.text(*plan)[1]
    return Composed(frame.text(*plan, duration=clock(total))[0], total)


# Which exercises


def _fitting(wanted: Wanted, catalogue: Catalogue) -> list[list[_Dosed]] | str:
    """Return the exercises for each region in order of use, or a sentence on what is missing."""
    found = []
    for region in wanted.regions:
        able = [entry for entry in catalogue.entries if _works(entry, region, wanted)]
        at_hand = [e for e in able if e.exercise.equipment <= wanted.equipment]
        if not at_hand:
            return _nothing_for(region, able, wanted)
        found.append([_dosed(entry, wanted.level) for entry in at_hand])
    if wanted.sort is Sort.MIXED:
        for massage, word in ((True, "massage"), (False, "stretch")):
            if not any(dosed.is_massage is massage for row in found for dosed in row):
                return f"With what is at hand there is no {word} for it; ask for the other alone."
    return found


def _works(entry: Entry, region: Region, wanted: Wanted) -> bool:
    exercise = entry.exercise
    return (
        exercise.vetted
        and exercise.kind in _KINDS[wanted.sort]
        and region in exercise.regions
        and entry.until is None  # for one moment only, such as a cramp
        and exercise.positions.isdisjoint(_TOO_MUCH_FOR.get(wanted.level, ()))
    )


def _nothing_for(region: Region, able: Sequence[Entry], wanted: Wanted) -> str:
    what = "stretch or massage" if wanted.sort is Sort.MIXED else wanted.sort
    word = REGION_WORDS[region].lower()
    where = f"the {word}" if word == region else f"the {word} ({region})"
    if not able:
        return f"The catalogue has no {what} for {where} at this level that a first file may use."
    missing = sorted(
        {tuple(sorted(e.exercise.equipment - wanted.equipment)) for e in able}, key=_by_length
    )
    ways = " or ".join(" and ".join(things) for things in missing)
    return f"For a {what} of {where} something is missing that you have not named: {ways}."


def _by_length(things: Sequence[str]) -> tuple[int, Sequence[str]]:
    return len(things), things


def _dosed(entry: Entry, level: Level) -> _Dosed:
    """Give a stretch half a minute, and any other exercise its own hold up to a minute."""
    if entry.exercise.kind is Kind.STATIC:
        return _Dosed(entry, _HOLD_MS, 2, 2 if level is Level.GENTLE else 4)
    amount = entry.step(1, 0).dose.work[0]
    hold = amount.hold if isinstance(amount, HeldReps) else amount
    ms = hold.time.low if isinstance(hold, Hold) else _HOLD_MS
    ms = min(ms, _SPOT_MS)
    is_press = entry.exercise.kind is Kind.PRESS  # each set comes back to the same spot
    return _Dosed(entry, ms, 1, min(_SPOT_MS // ms, 3) if is_press else 3)


def _growing(fitting: Sequence[Sequence[_Dosed]], wanted: Wanted) -> Iterator[_Body]:
    """Yield larger and larger bodies. The first has one exercise for each region. Then exercises
    are added in turn, then sets, within the limits.
    """
    rows = [sorted(row, key=lambda d: d.is_massage) for row in fitting]
    body: list[_Dosed] = []
    for row in rows:
        if not any(_same(d, other) for d in row for other in body):
            body.append(row[0])
    if wanted.sort is Sort.MIXED:
        for massage in (True, False):
            if not any(d.is_massage is massage for d in body):
                body.append(next(d for row in rows for d in row if d.is_massage is massage))
    yield tuple(body)
    turns = [row[place] for place in range(max(map(len, rows))) for row in rows if place < len(row)]
    if wanted.sort is Sort.MIXED:
        turns.sort(key=lambda d: not d.is_massage)
    for dosed in turns:
        if not any(_same(dosed, other) for other in body) and _may(grown := [*body, dosed]):
            body = grown
            yield tuple(body)
    for _ in range(4):
        for place, dosed in enumerate(body):
            grown = [*body[:place], dosed._replace(sets=dosed.sets + 1), *body[place + 1 :]]
            if dosed.sets < dosed.most_sets and _may(grown):
                body = grown
                yield tuple(body)


def _same(one: _Dosed, other: _Dosed) -> bool:
    return one.entry.exercise.id == other.entry.exercise.id


def _may(body: Sequence[_Dosed]) -> bool:
    """Return whether each region and the whole session stay within the limits."""
    by_region: dict[tuple[Region, bool], int] = {}
    for dosed in body:
        for region in dosed.entry.exercise.regions:
            key = region, dosed.is_massage
            by_region[key] = by_region.get(key, 0) + dosed.side_ms
    massage = sum(2 * dosed.side_ms for dosed in body if dosed.is_massage)
    return max(by_region.values()) <= _REGION_MS and massage <= _MASSAGE_MS


# How long


class _Frame:
    """What surrounds the exercises: the head of the file, the warm-up, and breathing at the end."""

    def __init__(self, wanted: Wanted, catalogue: Catalogue) -> None:
        self.wanted = wanted
        self.catalogue = catalogue
        gentle = wanted.level is Level.GENTLE and "chair" in wanted.equipment
        self.warm = "march-seated" if gentle else "march-in-place"
        closing = {"chair": "breathing-seated", "cushion": "belly-breathing-rest"}
        self.close = next((id_ for tool, id_ in closing.items() if tool in wanted.equipment), "")
        self._length = lru_cache(maxsize=256)(self._measured)

    def least_ms(self, body: _Body) -> int:
        """Return the length with the shortest warm-up and no breathing at the end."""
        return self._length(body, False)

    def _measured(self, body: _Body, closes: bool) -> int:
        return self.text(body, _WARM_MS[0], _CLOSE_MS[0] if closes else 0)[1]

    def filled(
        self, bodies: Sequence[tuple[_Body, int]], minutes: int
    ) -> tuple[_Body, int, int] | None:
        """Return the largest body that fits, with the times of warm-up and breathing. The total is
        near `minutes`; None if no body gets near.
        """
        target = minutes * 60_000
        is_short = target <= _SHORT_MS
        warm = _WARM_MS[0 if is_short else 1]
        most = target if is_short or minutes == LONGEST_MIN else int(target * (1 + NEAR))
        fits = [body for body, ms in bodies if ms - _WARM_MS[0] + warm <= target]
        if not fits and bodies[0][1] - _WARM_MS[0] + warm <= most:
            fits = [bodies[0][0]]
        if not fits:
            return None
        for body in reversed(fits):
            close = _CLOSE_MS[0] if self.close and minutes >= _CLOSES_FROM_MIN else 0
            length = self._length(body, bool(close)) - _WARM_MS[0] + warm
            if length > target and close:
                close, length = 0, self._length(body, False) - _WARM_MS[0] + warm
            now = warm
            for what, upto in (
                (1, _CLOSE_MS[1]), (0, _WARM_MS[2]), (1, _CLOSE_MS[2]), (0, _WARM_MS[3]),
            ):  # fmt: skip
                room = max(target - length, 0) // _STEP_MS * _STEP_MS
                if what and close:
                    more = min(room, upto - close)
                    close, length = close + more, length + more
                elif not what:
                    more = max(min(room, upto - now), 0)
                    now, length = now + more, length + more
            if length >= target * (1 - NEAR):
                return body, now, close
        return None

    def text(self, body: _Body, warm: int, close: int, duration: str = "") -> tuple[str, int]:
        """Return the text of the file and the length of its timeline."""
        text = "\n".join(self._lines(body, warm, close, duration)) + "\n"
        opened = open_document(read_bytes(text.encode(), "new.yaml"), self.catalogue)
        if opened.timeline is None:
            raise ValueError(opened.report())
        return text, opened.timeline.total_ms

    def _lines(self, body: _Body, warm: int, close: int, duration: str) -> Iterator[str]:
        wanted = self.wanted
        yield "# yaml-language-server: $schema=supple.schema.json"
        yield "# With that file beside this one an editor completes and checks what you write:"
        yield "#   supple schema -o supple.schema.json"
        yield "# `supple preview FILE` shows this routine while you write it; `supple check FILE`"
        yield "# tells what is wrong with it."
        yield "#"
        yield "# A step is an exercise and a dose: sets x time, the side, then rest, switch, ready,"
        yield "# pressure … A name in small letters is from the catalogue, with its safety notes"
        yield "# (`supple list --exercises`); any other name is your own."
        yield f"name: {json.dumps(wanted.name, ensure_ascii=False)}"
        yield f"level: {wanted.level}"
        yield f"regions: [{', '.join(wanted.regions)}]"
        if duration:
            yield f"duration: {duration}  # compared with the steps, and changes nothing of them"
        yield "defaults: {ready: 15s}  # time to get into place before each exercise"
        yield "steps:"
        yield "  # Easy movement first, at a pace at which you could talk."
        yield f"  - {self.warm}: {clock(warm)}"
        yield "  # `each side` is left, change, right; each side gets the whole time."
        for dosed in sorted(body, key=_place_of):
            yield f"  - {dosed.entry.exercise.id}: {_dose(dosed, wanted.level)}"
        if close:
            yield "  # A breath in of 4 seconds and out of 6; never held."
            yield f"  - {self.close}: {clock(close)} breathe 4-6"


def _place_of(dosed: _Dosed) -> tuple[int, bool]:
    positions = dosed.entry.exercise.positions
    return min(map(_FROM_STANDING.index, positions)), not dosed.is_massage


def _dose(dosed: _Dosed, level: Level) -> str:
    exercise = dosed.entry.exercise
    sets = f"{dosed.sets} x " if dosed.sets > 1 else ""
    parts = [f"{sets}{dosed.ms // 1_000}s"]
    if not exercise.both_at_once:
        parts.append("each side")
    if dosed.sets > 1:
        parts.append("rest 10s")
    if dosed.is_massage:
        own = dosed.entry.step(1, 0).dose.pressure
        most = min(_PRESSURE.get(level, _PRESSED), own.high if own else _PRESSED)
        parts.append(f"pressure 0-{most}")
    return " ".join(parts)


def _why_not(frame: _Frame, bodies: Sequence[tuple[_Body, int]], wanted: Wanted) -> str:
    minutes = range(SHORTEST_MIN, LONGEST_MIN + 1)
    can = [m for m in minutes if frame.filled(bodies, m) is not None]
    less = [m for m in can if m < wanted.minutes]
    more = [m for m in can if m > wanted.minutes]
    if more:
        return f"{wanted.minutes} minutes are too few for this; {more[0]} would do."
    if less:
        return (
            f"Within the usual doses this fills at most {less[-1]} minutes; "
            "name more regions or equipment, or fewer minutes."
        )
    return f"This takes longer than {LONGEST_MIN} minutes; name fewer regions."
