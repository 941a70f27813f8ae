"""Translates a key of another alphabet into the Latin letter on the same key.

On a Cyrillic, Greek, Hebrew or Arabic keyboard the key of `x` sends another letter. Only the four
letters that matter are translated: `x`, `q`, `n` and `y`. Where a letter may mean `x` or something
else, it means `x`, because a stop that nobody wanted does no harm.
"""

from collections.abc import Mapping, Sequence
from functools import cache

_ANYWHERE = {
    "x": "чџьжхχסءط",
    "q": "йљ;:/ض",
    "n": "тνמى",
    "y": "нυטغ",
}
"""Letters, by the Latin letter on their key.

Russian, Ukrainian and Belarusian first, then Serbian and Macedonian, Bulgarian (only `x`), Greek,
Hebrew, Arabic, Persian. Kha looks like an x, so it means `x` wherever its key is. No prompt uses
the three characters on the `q` key.
"""
_SHIFTED = {"x": "\u0652", "q": "\u064e", "n": "\u0622", "y": "\u0625"}
"""What the same keys send with Shift on an Arabic keyboard."""
_IN_LANGUAGE = {
    "bg": {"x": "й", "q": "я", "n": "н", "y": "щъ"},
    "sr": {"n": "н", "y": "з"},
    "mk": {"n": "н", "y": "ѕ"},
    "ru": {"": "ьж"},
    "uk": {"": "ьж"},
    "be": {"": "ьж"},
}
"""Keyboards on which a letter means something else, or nothing, by the language of the person."""


def by_place(key: str, languages: Sequence[str] = ()) -> str:
    """Return the Latin letter on the same key, or the key itself if it is no such letter."""
    return _table(tuple(languages)).get(key, key)


@cache
def _table(languages: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    stems = [language.split("-")[0].lower() for language in languages]
    special = [_IN_LANGUAGE[stem] for stem in stems if stem in _IN_LANGUAGE]
    for letters in (_ANYWHERE, _SHIFTED, *reversed(special)):
        for latin, others in letters.items():
            found |= {form: latin or form for other in others for form in (other, other.upper())}
    return found
