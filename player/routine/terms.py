"""What a routine file may name of the screening: condition ids, question sets, and the places
that are never pressed.

The lists live with the screening data; a file that has a massage step press one of the places
is refused here, when it is read (clinical content, section 1e).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import player
from player.document.nodes import Map, Node, Scalar, Seq
from player.document.read import read_file

SHIPPED = Path(player.__file__).resolve().parent.parent / "routines"
"""The folder of everything that ships: the same in a checkout and in an installed wheel."""


class ScreeningMissing(Exception):
    """The screening data can't be read, so nothing may be played. Its words say why."""


_Phrases = tuple[str, ...]
_Places = tuple[tuple[str, _Phrases], ...]


@dataclass(frozen=True, slots=True)
class _Language:
    keep_away: _Phrases
    never: _Places
    warned: _Places


@dataclass(frozen=True, slots=True)
class Terms:
    """Ids that files may use, and the search for never-press places."""

    conditions: frozenset[str]
    questions: frozenset[str]
    languages: tuple[_Language, ...]

    def pressed(self, text: str) -> str | None:
        """The never-press place that `text` sends pressure to, or None."""
        return self._hit(text, [(lang.keep_away, lang.never) for lang in self.languages])

    def doubtful(self, text: str) -> str | None:
        """The place in `text` that takes pressure badly and is warned of, or None."""
        return self._hit(text, [(lang.keep_away, lang.warned) for lang in self.languages])

    def _hit(self, text: str, lists: list[tuple[_Phrases, _Places]]) -> str | None:
        for sentence in re.split(r"[.!?\n]+", _comparable(text)):
            for keep_away, places in lists:
                if _any_of(keep_away).search(sentence):
                    continue
                for place, phrases in places:
                    if _any_of(phrases).search(sentence):
                        return place
        return None


@cache
def load_terms() -> Terms:
    """Read the ids and places once. Raises ScreeningMissing where the data can't be read."""
    folder = SHIPPED / "screening"
    conditions = _top(folder / "conditions.yaml").get("conditions")
    followups = _top(folder / "followups.yaml").get("followups")
    places = _top(folder / "places.yaml")
    if not isinstance(conditions, Map) or not isinstance(followups, Seq) or not places.pairs:
        raise ScreeningMissing("the screening data is not complete; install supple again")
    questions = {_entry(item, "needs") or _entry(item, "id") for item in followups.items}
    return Terms(
        frozenset(conditions.pairs),
        frozenset(questions - {""}),
        tuple(_language(lists) for _, lists in places if isinstance(lists, Map)),
    )


def _top(path: Path) -> Map:
    document = read_file(path)
    if document.problems.has_errors or not isinstance(document.root, Map):
        raise ScreeningMissing(
            f"the screening data can't be read ({path.name}); install supple again"
        )
    return document.root


def _entry(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, Map) else None
    return value.text if isinstance(value, Scalar) else ""


def _language(lists: Map) -> _Language:
    return _Language(
        _scalars(lists.get("keep_away")),
        _patterns(lists.get("never_press")),
        _patterns(lists.get("warned")),
    )


def _patterns(node: Node | None) -> _Places:
    if not isinstance(node, Map):
        raise ScreeningMissing("a list of places is missing from the screening data")
    return tuple((key.text, _scalars(value)) for key, value in node)


def _scalars(node: Node | None) -> _Phrases:
    if not isinstance(node, Seq) or not node.items:
        raise ScreeningMissing("a list of places is missing from the screening data")
    return tuple(item.text for item in node.items if isinstance(item, Scalar))


_ARTICLE = r"(?:(?:the|your|a|an|this|that|each|either|one|both|la|el|los|las|tu|su)\s)?"


@cache
def _any_of(phrases: _Phrases) -> re.Pattern[str]:
    """Any phrase as whole words; `the` may be another article, and a plural counts.

    Made on first use: most files press nothing of their own.
    """
    alternatives = []
    for phrase in phrases:
        words = [re.escape(word) for word in _comparable(phrase).split()]
        joined = r"\s".join(words).replace(r"the\s", _ARTICLE)
        alternatives.append(joined)
    return re.compile(rf"\b(?:{'|'.join(alternatives)})s?\b")


def _comparable(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("-", " ").replace("_", " ")
    return "\n".join(" ".join(line.split()) for line in folded.split("\n"))
