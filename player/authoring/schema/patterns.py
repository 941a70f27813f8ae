"""The grammar of values as regular expressions for editors.

The patterns may accept more than the readers of `player.routine.dose`, but never less; a test
compares them. They use the dialect that JavaScript and Python share, so they have no flags: a small
letter matches both cases. No two parts match the same spaces, so that there is no backtracking.
"""

from collections.abc import Iterable

from player.routine.catalogue import Catalogue
from player.routine.fields import is_id


def any_case(words: str) -> str:
    """Return a pattern for these words in any case. A space matches any number of spaces."""
    return "".join(
        f"[{char}{char.upper()}]" if char.isalpha() else r"\s*" if char == " " else char
        for char in words
    )


def one_of(parts: Iterable[str]) -> str:
    return f"(?:{'|'.join(parts)})"


def listed(part: str) -> str:
    """Return a pattern for one or more parts with commas between them."""
    return rf"{part}(?:\s*,\s*{part})*"


def whole(part: str) -> str:
    """Return a pattern that matches a whole text."""
    return rf"^\s*{part}\s*$"


def _word(words: str) -> str:
    """Return a pattern for a word of the format. `_` and `-` are equal in it."""
    return any_case(words).replace("-", "[-_]")


def word_of(words: Iterable[str]) -> str:
    return one_of(map(_word, words))


def id_of(ids: Iterable[str]) -> str:
    """Return a pattern for one of these ids. `_` and `-` are equal; case is significant."""
    return one_of(id_.replace("_", "-").replace("-", "[-_]") for id_ in ids)


def known_id(catalogue: Catalogue) -> str:
    """Return a pattern for every text that finds an exercise of the catalogue, by id or by name."""
    keys = sorted(key for key in catalogue.by_key if is_id(key.replace(" ", "-")))
    return rf"^[-_]*{one_of(key.replace(' ', '[-_]+') for key in keys)}[-_]*$"


NAME = "[^a-z0-9_-]"
"""A key of a step that matches is a name and not an id."""
PRIVATE = "^x-"
ID = "^(?!x-)[a-z0-9_-]+$"

_NUMBER = "[0-9]+"
_SECONDS = r"[0-9]+(?:\.[0-9]{1,3})?"
_DASH = r"\s*[-–]\s*"
_UNIT = one_of(map(any_case, ("h", "min", "m", "sec", "s")))
_ONE_TIME = one_of(
    (r"(?:[0-9]+:)?[0-9]+:[0-9]{2}", rf"{_SECONDS}\s*{_UNIT}(?:\s*{_SECONDS}\s*{_UNIT}){{0,2}}")
)
_TIMES = one_of((rf"{_ONE_TIME}(?:{_DASH}{_ONE_TIME})?", rf"{_NUMBER}{_DASH}{_NUMBER}\s*{_UNIT}"))
_BARE_TIMES = one_of((_TIMES, rf"{_SECONDS}(?:{_DASH}{_SECONDS})?"))
_UP_TO = rf"(?:{any_case('up to')}\s*)?"
_COUNT = rf"{_NUMBER}(?:{_DASH}{_NUMBER})?"
_BEATS = rf"{_SECONDS}(?:{_DASH}{_SECONDS}){{1,3}}"
_SELF_PACED = rf"{any_case('self')}[\s-]*{any_case('paced')}"
_TEMPO = one_of(
    (
        _SELF_PACED,
        rf"{_NUMBER}\s*/\s*{any_case('min')}",
        _BEATS,
        rf"{_SECONDS}\s*{any_case('s')}(?:{any_case('ec')})?",
    )
)
_BREATHE = one_of((_BEATS, any_case("free")))
_SIDE = one_of(
    map(
        any_case,
        (
            "each side",
            "each leg",
            "per side",
            "per leg",
            "left then right",
            "right then left",
            "alternating",
            "both",
            "left",
            "right",
            "one side",
        ),
    )
)
_GAP = one_of(map(any_case, ("rest", "relax", "switch", "ready")))
_SCALE = rf"{_COUNT}(?:\s*%)?"
_PART = one_of(
    (
        _SIDE,
        rf"{_GAP}\s*{_BARE_TIMES}",
        rf"{any_case('tempo')}\s*{_TEMPO}",
        _SELF_PACED,
        rf"{one_of(map(any_case, ('pressure', 'effort')))}\s*{_SCALE}",
        rf"{any_case('breathe')}\s*{_BREATHE}",
    )
)
_X = r"\s*[xX×]\s*"
_WHAT = one_of(map(any_case, ("reps", "rep", "breaths", "breath", "passes", "pass")))
_AMOUNT = rf"(?:{_COUNT}{_X}){{0,2}}" + one_of(
    (listed(_UP_TO + _TIMES), rf"{listed(_COUNT)}(?:\s*,)?\s*{_WHAT}")
)
_EACH = rf"[0-9]{{1,3}}(?:{_DASH}[0-9]{{1,3}})?\s*/\s*{one_of(map(any_case, ('day', 'week')))}"
_SPAN = one_of(map(any_case, ("days", "day", "hours", "hour", "weeks", "week")))
_EVERY = rf"{any_case('every')}\s+"

DOSE = whole(rf"(?:{_AMOUNT})?(?:(?:\s*,)?\s*{_PART})*")
TIMES = whole(_BARE_TIMES)
HOLDS = whole(listed(_UP_TO + _BARE_TIMES))
COUNT = whole(_COUNT)
COUNTS = whole(listed(_COUNT))
TEMPO = whole(_TEMPO)
BREATHE = whole(_BREATHE)
SIDE = whole(one_of((_SIDE, any_case("each"), any_case("one"))))
FIRST = whole(one_of(map(any_case, ("left", "right"))))
SCALE = whole(_SCALE)
SCALE_OR_TIME = whole(one_of((_SCALE, _BARE_TIMES)))
CUE_POINT = whole(one_of((any_case("half"), r"[0-9]{1,3}\s*%", rf"(?:[-–]\s*)?{_ONE_TIME}")))
OFTEN = whole(
    one_of(
        (
            rf"{_EACH}(?:\s*,\s*{_EACH})?",
            rf"{_EVERY}[0-9]{{1,3}}\s+{_SPAN}",
            any_case("daily"),
            _EVERY + any_case("day"),
            rf"{_EVERY}{any_case('other')}\s+{any_case('day')}",
        )
    )
)
LANGUAGE = whole("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
FLAG = whole(one_of(map(any_case, ("true", "false"))))
FORMAT = whole("0*1")
