"""Keys of other alphabets mean the Latin letter on the same key."""

import pytest

from player.base.keyboard import by_place

LAYOUTS = {
    "Russian": ("ru-RU", "чйтн"),
    "Ukrainian": ("uk-UA", "чйтн"),
    "Cyrillic under another language": ("en-GB", "чйтн"),
    "Serbian": ("sr-RS", "џљнз"),
    "Macedonian": ("mk-MK", "џљнѕ"),
    "Bulgarian phonetic": ("bg-BG", "ьянъ"),
    "Greek": ("el-GR", "χ;νυ"),
    "Hebrew": ("he-IL", "ס/מט"),
    "Arabic": ("ar-EG", "ءضىغ"),
}


@pytest.mark.parametrize(("language", "letters"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_keys_of_x_q_n_and_y_mean_these_letters(language: str, letters: str) -> None:
    for form in (letters, letters.upper()):
        assert [by_place(letter, [language]) for letter in form] == list("xqny")


@pytest.mark.parametrize("language", ["ru-RU", "bg-BG", "sr-RS", "el-GR", ""])
def test_kha_is_x_everywhere(language: str) -> None:
    assert {by_place("х", [language]), by_place("Х", [language])} == {"x"}


def test_in_doubt_a_letter_is_x() -> None:
    assert by_place("й", ["bg-BG"]) == "x", "the key of x on another Bulgarian keyboard"
    assert by_place("ь") == "x" and by_place("ь", ["ru-RU"]) == "ь"


@pytest.mark.parametrize("key", [*"abcdefghijklmnopqrstuvwxyz0123456789-?+. ,<>", "enter", "up"])
def test_latin_keys_stay_as_they_are(key: str) -> None:
    assert by_place(key) == key
