"""A place that nothing may press is found however its letters are hidden or written."""

import unicodedata
from collections.abc import Callable, Iterator

from tests.cases import cases
from tests.routine.massage_files import in_a_card, refusals
from tests.routine.pressing_english import ENGLISH
from tests.routine.pressing_lexicon import Lexicon
from tests.routine.pressing_spanish import SPANISH

INVISIBLE = {
    "soft hyphen": "\u00ad",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "zero-width space": "\u200b",
}

CYRILLIC = dict(zip("aeopcxyisj", "аеорсхуіѕј", strict=True))
GREEK = dict(zip("oavipuy", "οανιρυγ", strict=True))

STROKES = {"en": "Roll slowly over {}.", "es": "Rueda despacio sobre {}."}
SMALL_WORDS = {"the", "and", "you", "any", "las", "los", "que", "del", "por", "your", "where"}


def names(lexicon: Lexicon) -> Iterator[str]:
    for place in lexicon.places:
        yield from (name.lstrip("~") for name in place.names)


def hidden(name: str, hide: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """Return the name with one of its words hidden, each long word in turn."""
    words = name.split()
    for at, word in enumerate(words):
        if len(word) > 2 and word not in SMALL_WORDS:
            for changed in hide(word):
                yield " ".join([*words[:at], changed, *words[at + 1 :]])


def with_invisible(mark: str) -> Callable[[str], Iterator[str]]:
    def hide(word: str) -> Iterator[str]:
        yield word[: len(word) // 2] + mark + word[len(word) // 2 :]

    return hide


def with_alike(letters: dict[str, str]) -> Callable[[str], Iterator[str]]:
    """Replace the letter nearest to the middle that another script has too, then all of them."""

    def hide(word: str) -> Iterator[str]:
        inner = [at for at in range(1, len(word)) if word[at] in letters]
        if inner:
            at = min(inner, key=lambda at: abs(at - len(word) // 2))
            yield word[:at] + letters[word[at]] + word[at + 1 :]
            yield "".join(letters.get(letter, letter) for letter in word)

    return hide


def accepted(hide: Callable[[str], Iterator[str]]) -> list[str]:
    """Return the hidden places that a file may name in a line of a massage."""
    return [
        ascii(changed)
        for lexicon in (ENGLISH, SPANISH)
        for name in names(lexicon)
        for changed in hidden(name, hide)
        if not refusals(in_a_card(STROKES[lexicon.lang].format(changed), lexicon.lang, "roll"))
    ]


def few(found: list[str]) -> str:
    return f"{len(found)} accepted, such as " + ", ".join(found[:12])


@cases("name", list(INVISIBLE))
def test_an_invisible_mark_hides_no_place(name: str) -> None:
    found = accepted(with_invisible(INVISIBLE[name]))
    count = len(found)
    assert count == 0, few(found)


def test_a_cyrillic_letter_hides_no_place() -> None:
    found = accepted(with_alike(CYRILLIC))
    count = len(found)
    assert count == 0, few(found)


def test_a_greek_letter_hides_no_place() -> None:
    found = accepted(with_alike(GREEK))
    count = len(found)
    assert count == 0, few(found)


WRITTEN = {
    "capitals": str.upper,
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "no accents": lambda text: "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    ),
    "wide blanks": lambda text: text.replace(" ", "\u00a0\u2003"),
    "line ends": lambda text: text.replace(" ", "\n"),
}


@cases("name", list(WRITTEN))
def test_a_place_is_found_however_it_is_written(name: str) -> None:
    found = [
        ascii(text)
        for lexicon in (ENGLISH, SPANISH)
        for text in map(WRITTEN[name], map(STROKES[lexicon.lang].format, names(lexicon)))
        if not refusals(in_a_card(text, lexicon.lang, "roll"))
    ]
    count = len(found)
    assert count == 0, few(found)


def test_the_same_file_without_a_place_is_accepted() -> None:
    """Otherwise the tests above would prove nothing."""
    for lang, muscle in {"en": "the calf", "es": "la pantorrilla"}.items():
        assert not refusals(in_a_card(STROKES[lang].format(muscle), lang, "roll"))
