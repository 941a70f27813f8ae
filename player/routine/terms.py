"""The terms of the screening that a routine file may use, and the places that are never pressed.

The terms are condition ids, question sets and never-press places. They are read from the screening
data. A file with a massage step that presses a never-press place is refused when it is read
(clinical content, section 1e).
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import player
from player.document.rows import DataRow, RowError, read_rows

SHIPPED = Path(player.__file__).resolve().parent.parent / "routines"
"""The folder of everything that ships, in a checkout and in an installed wheel alike."""


class ScreeningMissing(Exception):
    """The screening data can't be read, so nothing may be played. The message says why."""


@contextmanager
def screening_data(what: str) -> Iterator[None]:
    """Convert any error while reading the screening data to ScreeningMissing."""
    try:
        yield
    except RowError as error:
        words = f"{what} can't be read: {error}; install supple again"
        raise ScreeningMissing(words) from None


_Phrases = tuple[str, ...]
_Places = tuple[tuple[str, _Phrases], ...]


class _Language(NamedTuple):
    keep_away: _Phrases
    never: _Places
    warned: _Places
    belly: _Phrases


class Terms:
    """The ids that files may use, and the search for never-press places.

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
    def languages(self) -> tuple[_Language, ...]:
        """The never-press places, by language."""
        with screening_data("the list of places"):
            places = self._rows("places.yaml")
            found = tuple(read_language(places.row(name, "a language")) for name in places)
        if not found:
            raise ScreeningMissing("the list of places is missing; install supple again")
        return found

    def _rows(self, name: str) -> DataRow:
        return read_rows(self.folder / name, f"`{name}`")

    def pressed(self, text: str) -> str | None:
        """Return the never-press place that `text` tells a person to press, or None."""
        return self._hit(text, [(lang.keep_away, lang.never) for lang in self.languages])

    def doubtful(self, text: str) -> str | None:
        """Return a place in `text` that needs a warning because pressure may harm it, or None."""
        return self._hit(text, [(lang.keep_away, lang.warned) for lang in self.languages])

    def on_belly(self, text: str) -> bool:
        """Whether a text mentions the belly or the psoas."""
        stems = _stems(unicodedata.normalize("NFKC", text).casefold())
        return any(word in stems for lang in self.languages for word in _as_stems(lang.belly))

    def names(self, text: str, place: str) -> bool:
        """Whether `text` names this never-press place, either to press it or to avoid it."""
        stems = _stems(unicodedata.normalize("NFKC", text).casefold())
        phrases = (found for lang in self.languages for name, found in lang.never if name == place)
        return any(phrase in stems for of in phrases for phrase in _as_stems(of))

    def _hit(self, text: str, lists: list[tuple[_Phrases, _Places]]) -> str | None:
        for sentence in _SENTENCE_END.split(unicodedata.normalize("NFKC", text).casefold()):
            words = _spaced(sentence)
            stems = _stems(sentence)
            for keep_away, places in lists:
                if any(phrase in words for phrase in _as_words(keep_away)):
                    continue
                for place, phrases in places:
                    if any(phrase in stems for phrase in _as_stems(phrases)):
                        return place
        return None


@cache
def load_terms() -> Terms:
    """Return the terms that ship with the program."""
    return Terms(SHIPPED / "screening")


_LIKE_MASSAGE = frozenset(
    "massage roll roller rolling ball press pressing pressure knead stick foam gun trigger".split()  # noqa: SIM905
)


def sounds_like_massage(title: str) -> bool:
    """Whether the name of an exercise without a kind sounds like a massage."""
    return not _LIKE_MASSAGE.isdisjoint(_WORD.findall(title.casefold()))


LANGUAGE_KEYS = ("belly", "keep_away", "never_press", "warned")


def read_language(lists: DataRow) -> _Language:
    """Read the lists of one language. Raises RowError."""
    return _Language(
        lists.texts("keep_away"),
        _places(lists.row("never_press", "`never_press`")),
        _places(lists.row("warned", "`warned`")),
        lists.texts("belly"),
    )


def _places(row: DataRow) -> _Places:
    return tuple((name, row.texts(name)) for name in row)


_SENTENCE_END = re.compile(r"[.!?\n]+")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset(
    "the your a an this that each either one both la el los las tu su".split()  # noqa: SIM905
)


def _spaced(text: str) -> str:
    """Put a space before and after each word of a text, so that only whole words match."""
    return f" {' '.join(_WORD.findall(text))} "


def _stems(text: str) -> str:
    """The same without articles and plurals, so that `your knees` matches `the knee`."""
    words = (word for word in _WORD.findall(text) if word not in _ARTICLES)
    return f" {' '.join(w[:-1] if len(w) > 3 and w.endswith('s') else w for w in words)} "


@cache
def _as_words(phrases: _Phrases) -> _Phrases:
    return tuple(_spaced(unicodedata.normalize("NFKC", p).casefold()) for p in phrases)


@cache
def _as_stems(phrases: _Phrases) -> _Phrases:
    return tuple(_stems(unicodedata.normalize("NFKC", p).casefold()) for p in phrases)
