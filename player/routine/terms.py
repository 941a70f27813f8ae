"""The terms of the screening that a routine file may use: condition ids and question sets.

They are read from the screening data, and so are the word lists that find a pressed place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import player
from player.document.fault import DataFault
from player.document.rows import DataRow, RowError, read_rows

if TYPE_CHECKING:
    from player.routine.pressing.search import Search

SHIPPED = Path(player.__file__).resolve().parent.parent / "routines"
"""The folder of everything that ships, in a checkout and in an installed wheel alike."""


class ScreeningMissing(DataFault):
    """The screening data can't be read, so nothing may be played. The message says why."""


@contextmanager
def screening_data(what: str) -> Iterator[None]:
    """Convert any error while reading the screening data to ScreeningMissing."""
    try:
        yield
    except RowError as error:
        words = f"{what} can't be read: {error}; install supple again"
        raise ScreeningMissing(words) from None


class Terms:
    """The ids that files may use, and the search of their texts.

    Each list is read on first use: most commands need none of them. Raises ScreeningMissing if
    a list can't be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def conditions(self) -> frozenset[str]:
        """The keys of the matrix."""
        with screening_data("the list of conditions"):
            found = frozenset(self._rows("conditions.yaml").row("conditions", "`conditions`"))
        if not found:
            raise ScreeningMissing("the list of conditions is missing; install supple again")
        return found

    @cached_property
    def questions(self) -> frozenset[str]:
        """The question sets that a file can request under `screening:`."""
        with screening_data("the list of follow-ups"):
            rows = self._rows("followups.yaml").rows("followups", "a follow-up")
            return frozenset(row.text("needs") for row in rows if "needs" in row)

    @cached_property
    def search(self) -> "Search":
        """The search for places that are never pressed."""
        from player.routine.pressing.search import Search  # only files of strangers need it

        with screening_data("the list of places"):
            return Search(self._rows("places.yaml"), self._rows("pressing.yaml"))

    def _rows(self, name: str) -> DataRow:
        return read_rows(self.folder / name, f"`{name}`")


@cache
def load_terms() -> Terms:
    """Return the terms that ship with the program."""
    return Terms(SHIPPED / "screening")
