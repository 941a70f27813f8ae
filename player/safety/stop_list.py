"""What `x` asks while a session runs (clinical content, section 2f): the first that fits wins."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from player.document.nodes import Map, Scalar, Seq
from player.document.read import read_file
from player.routine.terms import SHIPPED, ScreeningMissing
from player.safety.matrix import load_matrix


class Then(StrEnum):
    """What can happen after a feeling was named. None of them is to carry on as before."""

    END = "end"
    """The session is over, and there is no way to go on."""
    SKIP_STEP = "skip"
    """The step is left out; the second time the session ends."""
    REST = "rest"
    """Sit down, then the session ends."""


class Feeling(NamedTuple):
    """One line of the list. `rank` is emergency, urgent or stop."""

    id: str
    words: str
    rank: str
    then: Then
    says: str
    key: str | None
    """The condition that an emergency or urgent line means; None for the others."""


StopList = tuple[Feeling, ...]


@cache
def load_stop_list() -> StopList:
    """Read the list. Raises ScreeningMissing where it can't be read: then nothing is played."""
    document = read_file(SHIPPED / "screening" / "stop.yaml")
    root = document.root
    rows = root.get("stop") if isinstance(root, Map) else None
    if document.problems.has_errors or not isinstance(rows, Seq) or not rows.items:
        raise ScreeningMissing("the stop list can't be read; install supple again")
    feelings = []
    for row in rows.items:
        words = (
            {k.text: v.text for k, v in row if isinstance(v, Scalar)}
            if isinstance(row, Map)
            else {}
        )
        key = words.pop("key", None)
        if words.keys() != {"id", "feeling", "class", "then", "says"}:
            raise ScreeningMissing("the stop list is not complete; install supple again")
        red = words["class"] in {"emergency", "urgent"}
        if (
            words["then"] not in set(Then)
            or not (red or words["class"] == "stop")
            or (red and (key not in load_matrix().conditions or words["then"] != Then.END))
        ):
            raise ScreeningMissing("the stop list has a mistake; install supple again")
        then = Then(words["then"])
        feelings.append(
            Feeling(words["id"], words["feeling"], words["class"], then, words["says"], key)
        )
    return tuple(feelings)
