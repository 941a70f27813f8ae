"""Reads the names of people. Names that look the same on the screen belong to one person.

No part of a name is ever dropped. A name that can't be saved whole and shown exactly is refused.
Otherwise two people could share one profile, and one could be forgotten in place of the other.
"""

import re
import unicodedata
from collections.abc import Sequence

from player.base.text import UNSAFE, describe, safe

LONGEST_NAME = 40

_LOST = "\ufffd"
_HIDDEN = re.compile(f"{UNSAFE.pattern}|[\u2800{_LOST}]")
"""Characters that can't be seen. One is the joiner in an emoji such as a family. Our screens do not
show it, so two names might differ only in it. The same emoji without joiners is fine.
"""
_STYLES = re.compile("[\ufe00-\ufe0f]")
"""Characters that only choose how the one before them is drawn: `❤` in colour or not."""

_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",  # Cyrillic and Greek
    "ABESIJKMHOPCTXaesijopcyxABEZHIKMNOPTYXo",
)
"""Letters of other alphabets that look like a Latin one, as they come from another keyboard."""


class NotAName(ValueError):
    """A text can't be used as a name. The message gives the reason in one sentence."""


def read_name(text: str, known: Sequence[str] = ()) -> str:
    """Return the name in `known` that `text` means, or else the new name. Raises NotAName."""
    if (same := known_name(text, known)) is not None:
        return same
    name = _one_line(text)
    if not _looks(name):
        raise NotAName("A name needs a letter or a sign.")
    if len(name) > LONGEST_NAME:
        cut = known_name(name[:LONGEST_NAME], known)  # older versions cut it
        here = f"; `{safe(cut)}` is known here" if cut else ""
        raise NotAName(
            f"A name has at most {LONGEST_NAME} characters; this one has {len(name):,}{here}."
        )
    if hidden := _HIDDEN.search(name):
        what = "a mark for a lost character (U+FFFD)" if hidden[0] == _LOST else describe(hidden[0])
        raise NotAName(f"`{_HIDDEN.sub(_LOST, name)}` holds {what}; leave it out.")
    return name


def known_name(text: str, known: Sequence[str]) -> str | None:
    """Return the name in `known` that `text` means, in any spelling, or None.

    Raises NotAName if it may mean either of two names. Only an old history can have both.
    """
    for form in (_one_line, folded, _looks):
        wanted = form(text)
        same = [name for name in known if form(name) == wanted] if wanted else []
        if len(same) > 1:
            listed = " and ".join(f"`{safe(name)}`" for name in same[:2])
            raise NotAName(
                f"Two people here have a name that looks like {listed}; write it as one of them."
            )
        if same:
            return same[0]
    return None


def folded(name: str) -> str:
    """Return a form of the name that is equal for all spellings of the same name.

    The history saves this form, so it must not change. Each invisible character becomes a mark,
    as in names of older versions.
    """
    return unicodedata.normalize("NFKC", safe(_one_line(name))).casefold()


def _looks(name: str) -> str:
    """Return a form of the name that is equal for all names that look the same."""
    shown = unicodedata.normalize("NFKC", _STYLES.sub("", _one_line(name)).translate(_TWINS))
    return unicodedata.normalize("NFKC", shown.casefold()).strip()


def _one_line(text: str) -> str:
    """Return the text without surrounding and doubled spaces, and with composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).split())
