"""Words for a voice: numbers, times, doses and the program's own short phrases."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from player.base.locale import pick_language
from player.routine.model import Reps
from player.routine.pieces import PieceAmount
from player.routine.vocabulary import Side, Unit

LANGUAGES = ("en", "es")
"""The languages of the program's own phrases."""


class Noun(StrEnum):
    """The gender of the noun after a number. In Spanish the number agrees with it."""

    NONE = "none"
    MASCULINE = "masculine"
    FEMININE = "feminine"


class Phrases(NamedTuple):
    """The program's own phrases in one language."""

    next: str
    switch: str
    rest: str
    relax: str
    halfway: str
    ten_seconds: str
    finished: str
    left: str
    right: str
    both: str
    in_turn: str
    one_side: str
    ones: tuple[str, ...]
    tens: tuple[str, ...]
    second: tuple[str, str]
    minute: tuple[str, str]
    units: dict[Unit, tuple[str, str]]
    """A count of one, and the word after any other count."""
    to: str
    joined: str
    """The word between tens and ones."""
    hundred: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH = Phrases(
    next="Next: {}.",
    switch="Switch sides.",
    rest="Rest.",
    relax="Relax.",
    halfway="Halfway.",
    ten_seconds="Ten seconds.",
    finished="Finished.",
    left="left side",
    right="right side",
    both="both sides",
    in_turn="left and right in turn",
    one_side="one side",
    ones=_words(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen"
    ),
    tens=_words("- - twenty thirty forty fifty sixty seventy eighty ninety"),
    second=("one second", "seconds"),
    minute=("one minute", "minutes"),
    units={
        Unit.REPS: ("once", "times"),
        Unit.BREATHS: ("one breath", "breaths"),
        Unit.PASSES: ("one stroke", "strokes"),
    },
    to="to",
    joined=" ",
    hundred="hundred",
)
_SPANISH = Phrases(
    next="Ahora: {}.",
    switch="Cambia de lado.",
    rest="Descansa.",
    relax="Suelta.",
    halfway="La mitad.",
    ten_seconds="Diez segundos.",
    finished="Terminado.",
    left="lado izquierdo",
    right="lado derecho",
    both="los dos lados",
    in_turn="izquierda y derecha por turnos",
    one_side="un lado",
    ones=_words(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
        " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés"
        " veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
    ),
    tens=_words("- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
    second=("un segundo", "segundos"),
    minute=("un minuto", "minutos"),
    units={
        Unit.REPS: ("una vez", "veces"),
        Unit.BREATHS: ("una respiración", "respiraciones"),
        Unit.PASSES: ("una pasada", "pasadas"),
    },
    to="a",
    joined=" y ",
    hundred="cien",
)
_ALL = {"en": _ENGLISH, "es": _SPANISH}


def language_for(languages: Sequence[str]) -> str:
    """Return the first of these languages that has phrases, or English."""
    return pick_language(_ALL, languages)


def phrases(language: str) -> Phrases:
    return _ALL.get(language, _ENGLISH)


def number(count: int, language: str, noun: Noun = Noun.NONE) -> str:
    """Return a whole number up to 999 in words; larger numbers stay in digits.

    `noun` is the gender of what is counted, if its name follows.
    """
    if not 0 <= count < 1_000:
        return str(count)
    words = _number(count, language)
    return _agreeing(words, noun) if language == "es" else words


def _number(count: int, language: str) -> str:
    say = phrases(language)
    if count >= 100:
        hundreds, rest = divmod(count, 100)
        if language == "es":
            head = _spanish_hundred(hundreds, exact=not rest)
        else:
            head = f"{say.ones[hundreds]} {say.hundred}"
        return f"{head} {_number(rest, language)}" if rest else head
    if count < len(say.ones):
        return say.ones[count]
    tens, ones = divmod(count, 10)
    return f"{say.tens[tens]}{say.joined}{say.ones[ones]}" if ones else say.tens[tens]


_HUNDREDS = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
    "setecientos", "ochocientos", "novecientos",
)  # fmt: skip


def _spanish_hundred(hundreds: int, *, exact: bool) -> str:
    return "cien" if hundreds == 1 and exact else _HUNDREDS[hundreds]


def _agreeing(words: str, noun: Noun) -> str:
    """Return a Spanish number as it stands before a noun: `veintiún segundos`, `una vez`."""
    if noun is Noun.NONE:
        return words
    if noun is Noun.FEMININE:
        words = words.replace("ientos", "ientas")
    stem = words.removesuffix("uno")
    if stem == words:
        return words
    if noun is Noun.FEMININE:
        return f"{stem}una"
    return f"{stem}{'ún' if stem.endswith('veinti') else 'un'}"


def time(ms: int, language: str) -> str:
    """Return a length in words, such as `one minute thirty seconds`. Milliseconds are cut off; a
    length below one second gives an empty text.
    """
    say = phrases(language)
    minutes, seconds = divmod(ms // 1_000, 60)
    parts = []
    for count, (one, many) in ((minutes, say.minute), (seconds, say.second)):
        if count == 1:
            parts.append(one)
        elif count:
            parts.append(f"{number(count, language, Noun.MASCULINE)} {many}")
    return " ".join(parts)


def amount(of: PieceAmount | None, ms: int, language: str) -> str:
    """Return a dose in words: `eight to twelve times`, or its duration if it has no reps."""
    if not isinstance(of, Reps):
        return time(ms, language)
    say, (low, high) = phrases(language), of.count
    once, unit = say.units[of.unit]
    if high == 1:
        return once
    words = number(low, language, Noun.FEMININE)  # each of these units is feminine in Spanish
    if high != low:
        words = f"{words} {say.to} {number(high, language, Noun.FEMININE)}"
    return f"{words} {unit}"


def side(which: Side | None, language: str) -> str:
    say = phrases(language)
    return {
        Side.LEFT: say.left,
        Side.RIGHT: say.right,
        Side.BOTH: "",
        Side.ALTERNATING: say.in_turn,
        Side.ONE: say.one_side,
        None: "",
    }[which]
