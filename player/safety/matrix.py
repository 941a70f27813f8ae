"""The contraindication matrix as data (clinical content, section 1f)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from typing import NamedTuple

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.read import read_file
from player.routine.terms import SHIPPED, ScreeningMissing
from player.routine.vocabulary import LEG, MASSAGE, Kind, Position, Region


class Rank(IntEnum):
    """The classes, from harmless to worst; the worst of all findings wins."""

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
    """A region that depends on the finding's place."""

    HERE = "here"
    """The named place and what moves with it."""
    SPOT = "spot"
    """The named region only."""


_STRETCH = frozenset({Kind.STATIC, Kind.DYNAMIC, Kind.CONTRACT_RELAX})
_LOCAL = frozenset({Kind.HEAT, Kind.COOL, Kind.EARLY_CARE, Kind.STRENGTHEN})
ALL = _STRETCH | MASSAGE | _LOCAL
"""Everything but breathing."""

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


class Out(NamedTuple):
    """What a condition takes out: a step of such a kind, on such a region, in such a position."""

    kinds: frozenset[Kind]
    regions: frozenset[Region] | Where
    positions: frozenset[Position]


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of the matrix.

    `hours`: it ends by itself so long after it began. `clears`: the person may state that a
    clinician said it is fine; then `then` stands in for `out` and the class is adapt.
    """

    key: str
    rank: Rank
    says: str
    place: Where | None = None
    default_place: str | None = None
    session: bool = False
    hours: int | None = None
    out: tuple[Out, ...] = ()
    clears: bool = False
    then: tuple[Out, ...] = ()
    note: str = ""
    gear: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()
    easy: Where | None = None
    easy_everywhere: bool = False
    by_age: str = ""
    """What it says where only the age switches it on."""
    advice: str = ""
    """What not to do until somebody has looked at it."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """All conditions, what a place widens to, and the keys that make a clot likelier."""

    conditions: Mapping[str, Condition]
    places: Mapping[str, frozenset[Region]]
    clot_risk: frozenset[str]

    def regions_of(self, where: Where, place: str) -> frozenset[Region]:
        """The regions that `here` or `spot` mean at a place."""
        if where is Where.SPOT and place in set(Region):
            return frozenset({Region(place)})
        return self.places[place]


@cache
def load_matrix() -> Matrix:
    """Read the matrix once. Raises ScreeningMissing: without it nothing is played."""
    document = read_file(SHIPPED / "screening" / "conditions.yaml")
    root = document.root
    if document.problems.has_errors or not isinstance(root, Map):
        raise ScreeningMissing("the contraindication matrix can't be read; install supple again")
    try:
        return read_matrix(root)
    except (KeyError, ValueError) as error:
        raise ScreeningMissing(f"the contraindication matrix has a mistake: {error}") from None


def read_matrix(root: Map) -> Matrix:
    """Read the table of places and conditions; ValueError says what in it is wrong."""
    places, conditions = _map(root, "places"), _map(root, "conditions")
    matrix = Matrix(
        {key.text: read_condition(key.text, row) for key, row in conditions},
        {key.text: frozenset(map(Region, _words(row))) for key, row in places},
        frozenset(_words(root.get("clot_risk"))),
    )
    if unknown := matrix.clot_risk - matrix.conditions.keys():
        raise ValueError(f"there is no condition `{min(unknown)}`")
    if not matrix.clot_risk:
        raise ValueError("`clot_risk` is empty")
    for row in matrix.conditions.values():
        if row.default_place not in {None, *matrix.places}:
            raise ValueError(f"`{row.key}` is at an unknown place")
    return matrix


def _map(root: Map, key: str) -> Map:
    node = root.get(key)
    if not isinstance(node, Map):
        raise ValueError(f"`{key}` is missing")
    return node


def _words(node: Node | None) -> list[str]:
    if not isinstance(node, Seq):
        raise ValueError("a list is missing")
    words = [item.text for item in node.items if isinstance(item, Scalar)]
    if len(words) != len(node.items):
        raise ValueError("a list should hold words")
    return words


ROW_KEYS = frozenset(
    {"class", "says", "place", "default_place", "session", "for", "out", "clears", "then", "note"}
    | {"gear", "only", "except", "easy", "by_age", "advice"}
)


def read_condition(key: str, row: Node) -> Condition:
    """Read one row: what a condition does to the day; ValueError says what is wrong."""
    if not isinstance(row, Map):
        raise ValueError(f"`{key}` is no map")
    if unknown := row.pairs.keys() - ROW_KEYS:
        raise ValueError(f"`{key}` has an unknown key `{min(unknown)}`")

    def word(name: str) -> str:
        node = row.get(name)
        return node.text if isinstance(node, Scalar) else ""

    def words(name: str) -> list[str]:
        return _words(row.get(name)) if name in row.pairs else []

    def flag(name: str) -> bool:
        if name in row.pairs and word(name) != "true":
            raise ValueError(f"`{name}` of `{key}` is `true` or not there")
        return name in row.pairs

    if not word("says"):
        raise ValueError(f"`{key}` has no `says`")
    easy = word("easy")
    return Condition(
        key,
        Rank[word("class").upper()],
        word("says"),
        Where(word("place")) if word("place") else None,
        word("default_place") or None,
        flag("session"),
        _hours(word("for")),
        tuple(map(_out, words("out"))),
        flag("clears"),
        tuple(map(_out, words("then"))),
        word("note"),
        frozenset(words("gear")),
        frozenset(words("only")),
        frozenset(words("except")),
        Where(easy) if easy not in {"", "any"} else None,
        easy == "any",
        word("by_age"),
        word("advice"),
    )


def _hours(length: str) -> int | None:
    if not length:
        return None
    return int(length[:-1]) * {"h": 1, "d": 24}[length[-1]]


def _out(line: str) -> Out:
    """`SS DS @ here`, `any @ any / one_leg half_kneel`."""
    kinds, _, rest = line.partition("@")
    places, _, positions = rest.partition("/")
    regions: frozenset[Region] | Where
    names = places.split()
    if names == ["any"]:
        regions = frozenset(Region)
    elif names in (["here"], ["spot"]):
        regions = Where(names[0])
    else:
        regions = frozenset(r for n in names for r in (LEG if n == "LEG" else {Region(n)}))
    stands = frozenset(Position(p.replace("_", "-")) for p in positions.split())
    found = frozenset(kind for name in kinds.split() for kind in _KINDS[name])
    if not found or not names:
        raise ValueError(f"can't read `{line}`")
    return Out(found, regions, stands or frozenset(Position))
