"""The list that `x` opens during a session (section 2f). The first line that applies wins."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from player.document.rows import DataRow, read_rows
from player.routine.terms import SHIPPED, screening_data
from player.routine.vocabulary import Kind
from player.safety.matrix import load_matrix
from player.safety.prompts import AT_ONCE, Choice, Form, Prompt


class Then(StrEnum):
    """The possible consequences of a feeling. None of them continues the session as before."""

    END = "end"
    """The session ends and can't be continued."""
    SKIP_STEP = "skip"
    """The step is left out. The second time, the session ends."""
    REST = "rest"
    """The person sits down, then the session ends."""
    REGION = "region"
    """No more work on this part of the body."""
    DEEP = "deep"
    """No more deep pressure, in this session or any later one."""
    CRAMP = "cramp"
    """The step is left out, and the session waits until the cramp has been gone for 10 minutes."""


class Check(NamedTuple):
    """A question to answer before the session continues, within `wait_ms` milliseconds."""

    prompt: Prompt
    fine: str
    wait_ms: int
    at_once: bool
    """Any other answer ends the session without waiting."""


class Feeling(NamedTuple):
    """One line of the list. `rank` is emergency, urgent or stop."""

    id: str
    words: str
    rank: str
    then: Then
    says: str
    key: str | None
    """The condition that an emergency or urgent line sets; None for other lines."""
    only: Kind | None = None
    """The line is shown only during a step of this kind."""
    check: Check | None = None
    otherwise: "Feeling | None" = None
    """The consequence if the check is not passed in time."""


StopList = tuple[Feeling, ...]

HURTS = AT_ONCE
"""The key that always works. During a check, something else can start to hurt."""

_ANSWERS = (
    Choice("y", "yes"),
    Choice("n", "no"),
    Choice("u", "not sure"),
    Choice(HURTS, "something hurts"),
)
_WHY = "The session can only go on when that is clear."


A_LINE = "a line of the stop list"


@cache
def load_stop_list() -> StopList:
    """Read the list. Raises ScreeningMissing; without it nothing is played."""
    with screening_data("the stop list"):
        root = read_rows(SHIPPED / "screening" / "stop.yaml", "the stop list")
        return tuple(map(read_line, root.rows("stop", A_LINE)))


def stop_list_for(done: Iterable[Kind]) -> StopList:
    """The lines that apply after exercises of these kinds."""
    kinds = frozenset(done)
    return tuple(line for line in load_stop_list() if line.only is None or line.only in kinds)


LINE_KEYS = frozenset({"id", "key", "feeling", "class", "then", "says", "only", "check"})
CHECK_KEYS = frozenset({"ask", "fine", "wait", "at_once", "else"})


_ELSE_KEYS = frozenset({"key", "class", "says"})
_FINE = {"yes": "y", "no": "n"}


def read_line(row: DataRow) -> Feeling:
    """Read one line. Raises RowError."""
    row.only(LINE_KEYS)
    found = _checked(
        Feeling(
            row.text("id"),
            row.text("feeling"),
            row.text("class"),
            row.choice("then", Then),
            row.text("says"),
            row.text_or("key") or None,
            row.choice_or_none("only", Kind),
        ),
        row,
    )
    if "check" not in row:
        return found
    check = row.row("check", "`check`")
    check.only(CHECK_KEYS)
    prompt = Prompt(f"x.{found.id}", Form.ONE, check.text("ask"), _WHY, _ANSWERS)
    fine = check.one_of("fine", _FINE)
    bad = check.row("else", "`else`")
    bad.only(_ELSE_KEYS)
    otherwise = Feeling(
        f"{found.id}-stays",
        found.words,
        bad.text("class"),
        Then.END,
        bad.text("says"),
        bad.text_or("key") or None,
    )
    return found._replace(
        check=Check(prompt, fine, check.number("wait") * 1_000, check.flag("at_once")),
        otherwise=_checked(otherwise, bad),
    )


def _checked(feeling: Feeling, row: DataRow) -> Feeling:
    """Check that red lines, and only they, name a condition and end the session for good."""
    red = feeling.rank in {"emergency", "urgent"}
    if not (red or feeling.rank == "stop"):
        raise row.wrong("class", "`class` is emergency, urgent or stop")
    if red != (feeling.key is not None):
        raise row.wrong(
            "key", "an emergency or urgent line, and no other, has the `key` of a condition"
        )
    if red and feeling.key not in load_matrix().conditions:
        raise row.wrong("key", f"there is no condition `{feeling.key}`")
    if red and feeling.then is not Then.END:
        raise row.wrong("then", "an emergency or urgent line ends the session: `then: end`")
    return feeling
