"""What `x` asks while a session runs (clinical content, section 2f): the first that fits wins."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.read import read_file
from player.routine.terms import SHIPPED, ScreeningMissing
from player.routine.vocabulary import Kind
from player.safety.matrix import load_matrix
from player.safety.prompts import AT_ONCE, Choice, Form, Prompt


class Then(StrEnum):
    """What can happen after a feeling was named. None of them is to carry on as before."""

    END = "end"
    """The session is over, and there is no way to go on."""
    SKIP_STEP = "skip"
    """The step is left out; the second time the session ends."""
    REST = "rest"
    """Sit down, then the session ends."""
    REGION = "region"
    """Nothing more is done on this part of the body."""
    DEEP = "deep"
    """No deep pressure any more, not in a later session either."""
    CRAMP = "cramp"
    """The step is left out, and the session waits until it has been calm for 10 minutes."""


class Check(NamedTuple):
    """What is asked before the session goes on. `wait_ms`: how long it may take to be fine."""

    prompt: Prompt
    fine: str
    wait_ms: int
    at_once: bool
    """Any other answer ends it without waiting."""


class Feeling(NamedTuple):
    """One line of the list. `rank` is emergency, urgent or stop."""

    id: str
    words: str
    rank: str
    then: Then
    says: str
    key: str | None
    """The condition that an emergency or urgent line means; None for the others."""
    only: Kind | None = None
    """The line stands in the list only during such a step."""
    check: Check | None = None
    otherwise: "Feeling | None" = None
    """What holds where the check is not fine in time."""


StopList = tuple[Feeling, ...]

HURTS = AT_ONCE
"""The key that is live everywhere; in a check too something else can hurt."""

_ANSWERS = (
    Choice("y", "yes"),
    Choice("n", "no"),
    Choice("u", "not sure"),
    Choice(HURTS, "something hurts"),
)
_WHY = "The session can only go on when that is clear."


@cache
def load_stop_list() -> StopList:
    """Read the list. Raises ScreeningMissing where it can't be read: then nothing is played."""
    document = read_file(SHIPPED / "screening" / "stop.yaml")
    root = document.root
    rows = root.get("stop") if isinstance(root, Map) else None
    if document.problems.has_errors or not isinstance(rows, Seq) or not rows.items:
        raise ScreeningMissing("the stop list can't be read; install supple again")
    try:
        return tuple(map(read_line, rows.items))
    except (KeyError, ValueError):
        raise ScreeningMissing("the stop list has a mistake; install supple again") from None


def stop_list_for(done: Iterable[Kind]) -> StopList:
    """The lines that can be meant where such kinds of exercise were done."""
    kinds = frozenset(done)
    return tuple(line for line in load_stop_list() if line.only is None or line.only in kinds)


LINE_KEYS = frozenset({"id", "key", "feeling", "class", "then", "says", "only", "check"})
CHECK_KEYS = frozenset({"ask", "fine", "wait", "at_once", "else"})


def read_line(row: Node) -> Feeling:
    """One row. Raises KeyError and ValueError for what is missing or wrong."""
    map_ = _map(row, LINE_KEYS)
    words = _scalars(map_)
    only = words.get("only")
    found = _checked(
        Feeling(
            words["id"],
            words["feeling"],
            words["class"],
            Then(words["then"]),
            words["says"],
            words.get("key"),
            Kind(only) if only else None,
        )
    )
    if "check" not in map_.pairs:
        return found
    check = _map(map_.get("check"), CHECK_KEYS)
    asks = _scalars(check)
    prompt = Prompt(f"x.{found.id}", Form.ONE, asks["ask"], _WHY, _ANSWERS)
    fine = {"yes": "y", "no": "n"}[asks["fine"]]
    bad = _scalars(check.get("else"))
    otherwise = Feeling(
        f"{found.id}-stays", found.words, bad["class"], Then.END, bad["says"], bad.get("key")
    )
    return found._replace(
        check=Check(prompt, fine, int(asks["wait"]) * 1_000, asks.get("at_once") == "true"),
        otherwise=_checked(otherwise),
    )


def _checked(feeling: Feeling) -> Feeling:
    """A red line names its condition and ends the session for good; no other line is red."""
    red = feeling.rank in {"emergency", "urgent"}
    if red != (feeling.key is not None) or not (red or feeling.rank == "stop"):
        raise ValueError(feeling.id)
    if red and (feeling.key not in load_matrix().conditions or feeling.then is not Then.END):
        raise ValueError(feeling.id)
    return feeling


def _map(node: Node | None, known: frozenset[str]) -> Map:
    if not isinstance(node, Map) or node.pairs.keys() - known:
        raise ValueError("a row is no map, or has an unknown key")
    return node


def _scalars(node: Node | None) -> dict[str, str]:
    if not isinstance(node, Map):
        raise ValueError("a row is no map")
    return {key.text: value.text for key, value in node if isinstance(value, Scalar)}
