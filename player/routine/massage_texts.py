"""Checks the texts of a massage: each is in a checked language and presses no forbidden place.

A step counts as a massage by its kind or by its words, whatever its file calls it (clinical
content, section 1e).
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from player.document.nodes import Scalar
from player.document.problem import Problems
from player.routine.fields import short
from player.routine.model import Exercise, Text
from player.routine.terms import Terms
from player.routine.vocabulary import Kind, Position, Region

if TYPE_CHECKING:
    from player.routine.pressing.search import Search

_LANGUAGES = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish",
}  # fmt: skip

SPARED_BY_DEEP = frozenset({"hip_point", "inside_hip", "hip_crease", "belly_midline"})
"""Places that deep pressure may press. It is only played as the catalogue has it."""


class WrittenText(NamedTuple):
    """A text that a file has written, and where."""

    text: Text
    at: Scalar


def massage_in(texts: Iterable[WrittenText], terms: Terms) -> WrittenText | None:
    """Return the first text that describes a massage, or None."""
    for written in texts:
        if any(map(terms.search.is_massage, written.text.words.values())):
            return written
    return None


def is_deep(
    exercise: Exercise, equipment: frozenset[str], texts: Sequence[WrittenText], terms: Terms
) -> bool:
    """Whether a massage presses deep: into the belly, inside the hip, or face down on a ball."""
    search = terms.search
    words = [*_words(texts)]
    if any(map(search.is_deep, words)):
        return True
    if exercise.stated_regions.isdisjoint({Region.HIPFLEXOR, Region.BELLY}):
        return False
    on_ball = equipment & {"ball", "psoas-tool"} or any(map(search.names_ball, words))
    prone = exercise.positions == {Position.PRONE} or any(map(search.lies_face_down, words))
    return bool(on_ball) and prone


def refuse_other_kind(written: WrittenText, kind: Kind, problems: Problems) -> None:
    """Report a text that describes a massage in a step of another kind."""
    problems.error(
        "E402",
        written.at,
        f"these words are a massage, but this is {kind.value}",
        "write `kind: roll` or `kind: press` in a step of your own, or take the words out",
    )


def check_massage(
    texts: Sequence[WrittenText],
    terms: Terms,
    problems: Problems,
    spared: frozenset[str] = frozenset(),
) -> None:
    """Report every text of a massage that can't be checked or presses a never-press place.

    `spared` are places that this massage may press.
    """
    search = terms.search
    for written in texts:
        for language, words in checked(written.text, search).words.items():
            if place := search.pressed(words, spared):
                problems.error(
                    "E401",
                    written.at,
                    f"a massage may not press the {search.place_names[place]}",
                    keep_off_help(search.place_names[place]),
                )
            elif reason := _unchecked(language, words, search):
                problems.error("E404", written.at, *reason)
            elif doubtful := search.doubtful(words):
                problems.warn(
                    "W401",
                    written.at,
                    f"this place takes pressure badly: {doubtful.replace('_', ' ')}",
                )


def keep_off_help(place: str) -> str:
    """Suggest two lines to write instead, which say to keep off the place."""
    return f"write `Stay off the {place}.` or `Stop a hand before the {place}.`"


def checked(text: Text, search: "Search") -> Text:
    """Return a text without the languages that can't be checked; unchanged if none can be."""
    if len(text.words) == 1:
        return text
    words = {name: words for name, words in text.words.items() if _stem(name) in search.lexicons}
    return Text(words) if words and len(words) < len(text.words) else text


def in_checked_languages(exercise: Exercise, terms: Terms) -> Exercise:
    """Return an exercise with its texts in the checked languages only."""
    search = terms.search

    def of(text: Text | None) -> Text | None:
        return text and checked(text, search)

    return exercise._replace(
        name=checked(exercise.name, search),
        how=tuple(checked(text, search) for text in exercise.how),
        feel=of(exercise.feel),
        mistakes=tuple(checked(text, search) for text in exercise.mistakes),
        easier=of(exercise.easier),
        harder=of(exercise.harder),
        note=of(exercise.note),
        keep_off=tuple(checked(text, search) for text in exercise.keep_off),
    )


class _Unchecked(NamedTuple):
    """Why a text can't be checked, and what to write instead."""

    message: str
    help: str


def _unchecked(language: str, words: str, search: "Search") -> _Unchecked | None:
    """Return why a text can't be checked; None if it can."""
    stem = _stem(language)
    name = _LANGUAGES.get(stem, f"`{language}`")
    use_ours = "add `en:` or `es:`, or use an exercise of ours"
    if word := search.unreadable(words):
        message = f"`{short(word)}` has a letter that supple can't check in a massage"
        return _Unchecked(message, "write it with the letters a to z")
    if stem not in search.lexicons:
        return _Unchecked(f"supple can't check the words of a massage in {name}", use_ours)
    if search.reads_as(words, stem):
        return None
    message = f"these words of a massage do not read as {name}, so supple can't check them"
    for other in search.lexicons:
        if other != stem and search.reads_as(words, other):
            help = f"write `language: {other}` at the top, or `{other}:` before them"
            return _Unchecked(message, help)
    return _Unchecked(message, use_ours)


def _words(texts: Iterable[WrittenText]) -> Iterable[str]:
    for written in texts:
        yield from written.text.words.values()


def _stem(language: str) -> str:
    return language.partition("-")[0].lower()
