"""The contraindication matrix as data (clinical content, section 1f)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cache
from typing import NamedTuple

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
_LENGTH = re.compile(r"([0-9]{1,4})([hd])")


class Out(NamedTuple):
    """One rule of a condition: it blocks steps of these kinds, regions and positions."""

    kinds: frozenset[Kind]
    regions: frozenset[Region] | Where
    positions: frozenset[Position]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the matrix.

    `hours` or `days` is how long it lasts before it ends by itself. If `clears`, the person may
    state that a clinician cleared it: then the class is adapt and `then` replaces `out`.
    """

    key: str
    rank: Rank
    says: str
    place: Where | None = None
    default_place: str | None = None
    session: bool = False
    hours: int | None = None
    days: int | None = None
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
    return matrix


def _regions(places: DataRow, key: str) -> list[Region]:
    return [places.item_of(key, word, _REGIONS) for word in places.texts(key)]


ROW_KEYS = frozenset(
    {"class", "says", "place", "default_place", "session", "for", "out", "clears", "then", "note"}
    | {"gear", "only", "except", "easy", "says_by_rule", "advice", "see"}
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
        _lasts(row, "h"),
        _lasts(row, "d"),
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
    )


def _says_by_rule(row: DataRow) -> Mapping[str, str]:
    return row.row("says_by_rule", "`says_by_rule`").all_texts() if "says_by_rule" in row else {}


def _lasts(row: DataRow, unit: str) -> int | None:
    """How long a condition lasts in this unit; None if it never ends or uses the other unit."""
    if "for" not in row:
        return None
    match = _LENGTH.fullmatch(row.text("for"))
    if match is None:
        raise row.wrong("for", "`for` is a number of hours or days, such as `72h` or `21d`")
    return int(match[1]) if match[2] == unit else None


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
