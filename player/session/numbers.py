"""Writes the numbers of a text as words, so that a voice reads them correctly.

Numbers that the program can't read are left as they are, such as a date or a fraction.
"""

import re
from typing import NamedTuple

from player.session.phrases import Noun, number, phrases, time

_NUMBER = r"[0-9]+(?:[.,:/][0-9]+)*"
_NUMBERS = re.compile(
    # Not after a letter or a sign, as in `L5` and `$5`, and not the rest of a longer expression.
    rf"(?<![\w$€£#.,:/])(?<![0-9][-–])(?P<numbers>{_NUMBER}(?:[-–]{_NUMBER})*)"
    r"(?P<gap>[ \u00a0]?)(?P<behind>[%°]|\.?[ºª]|[^\W\d_]+)?"
)
_SETS = re.compile(r"(?<=[0-9])[ ]?[x×][ ]?(?=[0-9])")
_MINUTES = re.compile(r"\b([0-9]{1,3})m([0-5]?[0-9])s\b")
_TIME = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_DECIMAL = re.compile(r"(?P<whole>[0-9]+)(?P<point>[.,])(?P<decimals>[0-9]+)")
_LONGEST = 1_000
"""A longer text is cut off."""

_CLOCK = frozenset({"am", "pm", "AM", "PM", "h"})
"""Before such a word, `7:30` is a time of day and not a duration."""


class _Unit(NamedTuple):
    one: str
    many: str
    noun: Noun = Noun.MASCULINE


class _Reading(NamedTuple):
    """How numbers are read in one language."""

    point: str
    """The word between the whole number and its decimals."""
    thousands: re.Pattern[str]
    decimal: str
    """The signs that may stand before decimals."""
    percent: str
    degrees: _Unit
    units: dict[str, _Unit]


_READINGS = {
    "en": _Reading(
        point="point",
        thousands=re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"),
        decimal=".",
        percent="percent",
        degrees=_Unit("degree", "degrees"),
        units={
            **dict.fromkeys(("s", "sec", "secs"), _Unit("second", "seconds")),
            **dict.fromkeys(("min", "mins"), _Unit("minute", "minutes")),
            **dict.fromkeys(("h", "hr", "hrs"), _Unit("hour", "hours")),
            "mm": _Unit("millimetre", "millimetres"),
            "cm": _Unit("centimetre", "centimetres"),
            "km": _Unit("kilometre", "kilometres"),
            "kg": _Unit("kilogram", "kilograms"),
        },
    ),
    "es": _Reading(
        point="coma",
        thousands=re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"),
        decimal=".,",
        percent="por ciento",
        degrees=_Unit("grado", "grados"),
        units={
            **dict.fromkeys(("s", "seg"), _Unit("segundo", "segundos")),
            "min": _Unit("minuto", "minutos"),
            "h": _Unit("hora", "horas", Noun.FEMININE),
            "mm": _Unit("milímetro", "milímetros"),
            "cm": _Unit("centímetro", "centímetros"),
            "km": _Unit("kilómetro", "kilómetros"),
            "kg": _Unit("kilo", "kilos"),
        },
    ),
}

_ORDINAL_ENDINGS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_ORDINALES = (
    "", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo",
    "noveno", "décimo",
)  # fmt: skip


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NO_NOUNS = _set(
    "a al antes cada como con de del desde después e el en entre es hasta la las lo los más menos o"
    " para pero por que se sin sobre son u un una x y ya"
)
"""Words that may stand behind a Spanish number without being what it counts."""

_NUMBERED = _set(
    "día ejercicio fase figura nivel número paso parte punto ronda semana serie vuelta"
)
"""After such a Spanish word, a number is a name and not a count: `paso 1`."""

_FEMININE = re.compile(
    r"(?!(?:d[ií]a|esquema|mapa|problema|programa|síntoma|sistema|tema)s?$)"
    r"(?:.*(?:as?|[cs]i[oó]n(?:es)?|dad(?:es)?)|(?:base|clase|fase|mano|noche|parte|serie)s?"
    r"|vez|veces)"
)


def in_words(text: str, language: str) -> str:
    """Return a text with its numbers in words."""
    text = text[:_LONGEST]
    text = _MINUTES.sub(lambda match: f"{match[1]}:{int(match[2]):02d}", text)
    text = _SETS.sub(" x ", text)
    return _NUMBERS.sub(lambda match: _words(match, language), text)


def _words(match: re.Match[str], language: str) -> str:
    """Return one number or range with the word or sign behind it."""
    reading = _READINGS.get(language, _READINGS["en"])
    behind, gap = match["behind"] or "", match["gap"]
    written = re.split("[-–]", match["numbers"])
    is_time = ":" in match["numbers"]
    if len(written) == 1 and not gap and (ordinal := _ordinal(written[0], behind, language)):
        return ordinal
    if behind.endswith(("º", "ª")) or (is_time and behind in _CLOCK):
        return match[0]
    unit = reading.degrees if behind == "°" else reading.units.get(behind)
    noun = unit.noun if unit else _noun(match) if language == "es" else Noun.NONE
    numbers = [found for one in written if (found := _number(one, language, noun))]
    if len(numbers) < len(written):
        return match[0]
    if len(numbers) == 2 and numbers[0].value < numbers[1].value:
        said = f"{numbers[0].words} {phrases(language).to} {numbers[1].words}"
    else:  # numbers that do not rise, such as a tempo, are not a range
        said = " ".join(found.words for found in numbers)
    if behind == "%":
        return f"{said} {reading.percent}"
    if unit and is_time:  # `4:10 min` has its unit already
        return said
    if unit:
        return f"{said} {unit.one if written == ['1'] else unit.many}"
    return f"{said} {behind}" if behind else f"{said}{gap}"


class _Number(NamedTuple):
    words: str
    value: float


def _number(written: str, language: str, noun: Noun) -> _Number | None:
    """Return a number or a time in words, or None if it can't be read."""
    reading = _READINGS.get(language, _READINGS["en"])
    if written.isdigit() and not re.match("0[0-9]", written):
        return _Number(number(int(written), language, noun), int(written))
    if match := _TIME.fullmatch(written):
        seconds = int(match[1]) * 60 + int(match[2])
        words = time(seconds * 1_000, language)
        return _Number(words, seconds) if words else None
    if reading.thousands.fullmatch(written):
        whole = int(re.sub("[.,]", "", written))
        return _Number(number(whole, language, noun), whole)
    match = _DECIMAL.fullmatch(written)
    if match is None or match["point"] not in reading.decimal:
        return None
    decimals = " ".join(number(int(digit), language) for digit in match["decimals"])
    words = f"{number(int(match['whole']), language)} {reading.point} {decimals}"
    return _Number(words, float(f"{match['whole']}.{match['decimals']}"))


def _ordinal(written: str, behind: str, language: str) -> str:
    """Return an ordinal such as `1st` or `2.ª` in words, or an empty text if it is none."""
    if not written.isdigit() or not 0 < int(written) < 1_000:
        return ""
    if language != "es":
        if behind.lower() not in {"st", "nd", "rd", "th"}:
            return ""
        head, space, last = number(int(written), language).rpartition(" ")
        ending = _ORDINAL_ENDINGS.get(last) or re.sub("y$", "ie", last) + "th"
        return f"{head}{space}{ending}"
    which = int(written)
    if behind == "er" and which in {1, 3}:
        return _ORDINALES[which][:-1]
    if behind not in {"º", ".º", "ª", ".ª"} or which >= len(_ORDINALES):
        return ""
    is_feminine = behind.endswith("ª")
    return _ORDINALES[which][:-1] + ("a" if is_feminine else "o")


def _noun(match: re.Match[str]) -> Noun:
    """Return the gender of what a Spanish number counts, as far as the words beside it show it."""
    before, word = match.string[: match.start()].lower().split(), (match["behind"] or "").lower()
    if not word.isalpha() or word in _NO_NOUNS or (before and before[-1] in _NUMBERED):
        return Noun.NONE
    return Noun.FEMININE if _FEMININE.fullmatch(word) else Noun.MASCULINE
