"""The contraindication matrix as data (clinical content, section 1f)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cache
from typing import NamedTuple

from player.base.calendar import days_after, months_after
from player.document.rows import DataRow, read_rows
from player.routine.terms import SHIPPED, screening_data
from player.routine.vocabulary import LEG, MASSAGE, Kind, Position, Region


class Rank(IntEnum):
    """The classes, from harmless to worst. The worst of all findings wins."""

    PLAY = 0
    CAUTION = 1
    ADAPT = 2
    STOP = 3
    URGENT = 4
    EMERGENCY = 5

    @property
    def word(self) -> str:
        return self.name.lower()


class Where(StrEnum):
    """Regions that depend on the place of a finding."""

    HERE = "here"
    """The place of the finding and the regions that move with it."""
    SPOT = "spot"
    """Only the place of the finding."""


_STRETCH = frozenset({Kind.STATIC, Kind.DYNAMIC, Kind.CONTRACT_RELAX})
_LOCAL = frozenset({Kind.HEAT, Kind.COOL, Kind.EARLY_CARE, Kind.STRENGTHEN})
ALL = _STRETCH | MASSAGE | _LOCAL
"""Every kind except breathing."""

_KINDS: Mapping[str, frozenset[Kind]] = {
    "SS": frozenset({Kind.STATIC}),
    "DS": frozenset({Kind.DYNAMIC}),
    "PNF": frozenset({Kind.CONTRACT_RELAX}),
    "FR": frozenset({Kind.ROLL}),
    "PP": frozenset({Kind.PRESS}),
    "DP": frozenset({Kind.DEEP_PRESS}),
    "BR": frozenset({Kind.BREATHE}),
    "HT": frozenset({Kind.HEAT}),
    "CO": frozenset({Kind.COOL}),
    "EL": frozenset({Kind.EARLY_CARE}),
    "LD": frozenset({Kind.STRENGTHEN}),
    "STR": _STRETCH,
    "MASS": MASSAGE,
    "ALL": ALL,
    "any": frozenset(Kind),
}


_RANKS = {rank.word: rank for rank in Rank}
_REGIONS = {region.value: region for region in Region}
_LENGTH = re.compile(r"([1-9][0-9]{0,3})([hdwm])")
_HOUR_S = 3_600.0


class Length(NamedTuple):
    """A length of time. `unit` is `h` for hours that pass, or `d`, `w` or `m` of the calendar."""

    number: int
    unit: str

    def after(self, at: float) -> float:
        """The moment this long after `at`."""
        return self._from(at, self.number)

    def before(self, at: float) -> float:
        """The moment this long before `at`."""
        return self._from(at, -self.number)

    def _from(self, at: float, count: int) -> float:
        if self.unit == "h":
            return at + count * _HOUR_S
        if self.unit == "m":
            return months_after(at, count)
        return days_after(at, count * (7 if self.unit == "w" else 1))

    @property
    def most_days(self) -> int:
        """At most this many days, rounded up."""
        return -(-self.number // 24) if self.unit == "h" else self.number * _MOST_DAYS[self.unit]


_MOST_DAYS = {"d": 1, "w": 7, "m": 31}


class Out(NamedTuple):
    """One rule of a condition: it blocks steps of these kinds, regions and positions."""

    kinds: frozenset[Kind]
    regions: frozenset[Region] | Where
    positions: frozenset[Position]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the matrix.

    `lasts` is how long it lasts from its day before it ends by itself, if its day is known. If
    `clears`, the person may state that a clinician cleared it: then the class is adapt and `then`
    replaces `out`.
    """

    key: str
    rank: Rank
    says: str
    place: Where | None = None
    default_place: str | None = None
    session: bool = False
    lasts: Length | None = None
    out: tuple[Out, ...] = ()
    clears: bool = False
    then: tuple[Out, ...] = ()
    note: str = ""
    gear: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()
    easy: Where | None = None
    easy_everywhere: bool = False
    says_by_rule: Mapping[str, str] = field(default_factory=dict)
    """What to show instead of `says`, by the rule that sets this condition (section 2e)."""
    advice: str = ""
    """What the person must not do until somebody has examined it."""
    see: str = ""
    """What somebody should look at even if it changes nothing today; empty for most."""
    lasts_by: Mapping[str, Length] = field(default_factory=dict)
    """How long it lasts if it was told in this answer, such as `P4.trip`, instead of `lasts`."""
    becomes: str = ""
    """The condition that it turns into when it ends. A clinician's word does not pass on to it."""
    until_checked: bool = False
    """Urgent, and asked about until the person has been checked, however long it takes."""
    over: Mapping[str, str] = field(default_factory=dict)
    """If not empty, it is asked about once at its end. The advice for `fine` and for `not_yet`."""

    @property
    def gravity(self) -> tuple[Rank, bool]:
        """How grave it is as a red flag. Of two alike, the one that does not end is graver."""
        return self.rank, self.until_checked


@dataclass(frozen=True, slots=True)
class Matrix:
    """All conditions, the regions of each place, and the keys that raise the risk of a clot."""

    conditions: Mapping[str, Condition]
    places: Mapping[str, frozenset[Region]]
    clot_risk: frozenset[str]

    def regions_of(self, where: Where, place: str) -> frozenset[Region]:
        """The regions that `here` or `spot` mean for a place."""
        if where is Where.SPOT and place in set(Region):
            return frozenset({Region(place)})
        return self.places[place]


@cache
def load_matrix() -> Matrix:
    """Read the matrix once. Raises ScreeningMissing; without the matrix nothing is played."""
    with screening_data("the contraindication matrix"):
        return read_matrix(read_rows(SHIPPED / "screening" / "conditions.yaml", "the matrix"))


def read_matrix(root: DataRow) -> Matrix:
    """Read the tables of places and conditions. Raises RowError."""
    places, conditions = root.row("places", "`places`"), root.row("conditions", "`conditions`")
    matrix = Matrix(
        {key: read_condition(key, conditions.row(key, f"`{key}`")) for key in conditions},
        {key: frozenset(_regions(places, key)) for key in places},
        frozenset(root.texts("clot_risk")),
    )
    if unknown := matrix.clot_risk - matrix.conditions.keys():
        word = min(unknown)
        raise root.wrong_item("clot_risk", word, f"there is no condition `{word}`")
    for key, row in matrix.conditions.items():
        if row.default_place not in {None, *matrix.places}:
            raise conditions.row(key, key).wrong("default_place", f"`{key}` is at an unknown place")
        if row.becomes and row.becomes not in matrix.conditions:
            words = f"`{key}` becomes an unknown condition"
            raise conditions.row(key, key).wrong("becomes", words)
    return matrix


def _regions(places: DataRow, key: str) -> list[Region]:
    return [places.item_of(key, word, _REGIONS) for word in places.texts(key)]


ROW_KEYS = frozenset(
    {"class", "says", "place", "default_place", "session", "for", "out", "clears", "then", "note"}
    | {"gear", "only", "except", "easy", "says_by_rule", "advice", "see"}
    | {"for_answer", "becomes", "until_checked", "over"}
)


def read_condition(key: str, row: DataRow) -> Condition:
    """Read one condition. Raises RowError."""
    row.only(ROW_KEYS)
    easy = row.text_or("easy")
    return Condition(
        key,
        row.one_of("class", _RANKS),
        row.text("says"),
        row.choice_or_none("place", Where),
        row.text_or("default_place") or None,
        row.flag("session"),
        _length(row, "for") if "for" in row else None,
        _outs(row, "out"),
        row.flag("clears"),
        _outs(row, "then"),
        row.text_or("note"),
        frozenset(row.texts_or("gear")),
        frozenset(row.texts_or("only")),
        frozenset(row.texts_or("except")),
        row.choice("easy", Where) if easy not in {"", "any"} else None,
        easy == "any",
        _says_by_rule(row),
        row.text_or("advice"),
        row.text_or("see"),
        _lengths(row),
        row.text_or("becomes"),
        row.flag("until_checked"),
        _over(row),
    )


def _says_by_rule(row: DataRow) -> Mapping[str, str]:
    return row.row("says_by_rule", "`says_by_rule`").all_texts() if "says_by_rule" in row else {}


def _length(row: DataRow, key: str) -> Length:
    match = _LENGTH.fullmatch(row.text(key))
    if match is None:
        words = f"`{key}` is a number of hours, days, weeks or months: `72h`, `21d`, `12w` or `3m`"
        raise row.wrong(key, words)
    return Length(int(match[1]), match[2])


def _lengths(row: DataRow) -> Mapping[str, Length]:
    if "for_answer" not in row:
        return {}
    lengths = row.row("for_answer", "`for_answer`")
    return {answer: _length(lengths, answer) for answer in lengths}


def _over(row: DataRow) -> Mapping[str, str]:
    if "over" not in row:
        return {}
    over = row.row("over", "`over`")
    over.only({"fine", "not_yet"})
    return {key: over.text(key) for key in ("fine", "not_yet")}


def _outs(row: DataRow, key: str) -> tuple[Out, ...]:
    return tuple(_out(row, key, line) for line in row.any_texts(key))


def _out(row: DataRow, key: str, line: str) -> Out:
    """Read one rule, such as `SS DS @ here` or `any @ any / one_leg half_kneel`."""
    kinds, _, rest = line.partition("@")
    places, _, positions = rest.partition("/")
    regions: frozenset[Region] | Where
    names = places.split()
    try:
        if names == ["any"]:
            regions = frozenset(Region)
        elif names in (["here"], ["spot"]):
            regions = Where(names[0])
        else:
            regions = frozenset(r for n in names for r in (LEG if n == "LEG" else {Region(n)}))
        stands = frozenset(Position(p.replace("_", "-")) for p in positions.split())
        found = frozenset(kind for name in kinds.split() for kind in _KINDS[name])
    except (KeyError, ValueError):
        raise row.wrong_item(key, line, f"can't read `{line}`") from None
    if not found or not names:
        raise row.wrong_item(key, line, f"can't read `{line}`")
    return Out(found, regions, stands or frozenset(Position))
