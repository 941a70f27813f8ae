"""An easier or harder form stays in the kind and the position of its card.

A line that changes them was not screened: a stretch that ends in "rub it with your thumb" is
massage for somebody who must not have any.
"""

import re

from player.routine.model import Exercise
from player.routine.vocabulary import Kind, Position
from tests.cases import cases
from tests.routine.card_texts import CARDS

SIT = r"\b(?:sit|sits|sitting|seated)\b|\bsi[eé]nt|\bsentad|\bsentar"
STAND = r"\b(?:stand|stands|standing)\b|\bde pie\b"
LIE = (
    r"\b(?:lie|lies|lying|face down|on your (?:back|front|belly))\b|\bt[uú]mb|\bboca a|\bacu[eé]st"
)
KNEEL = r"\b(?:kneel|kneels|kneeling|all fours)\b|\barrodill|\bde rodillas\b|\bcuatro patas\b"
WORDS = {
    Position.CHAIR: SIT, Position.FLOOR_SIT: SIT, Position.STAND: STAND, Position.SUPPORT: STAND,
    Position.ONE_LEG: STAND, Position.SUPINE: LIE, Position.PRONE: LIE, Position.SIDE_LYING: LIE,
    Position.HALF_KNEEL: KNEEL, Position.ALL_FOURS: KNEEL,
}  # fmt: skip
"""The words that an easier or harder line may use for the position of its card."""
MASSAGE = re.compile(
    r"\b(?:foam|rollers?|massage|massager|knead|rub|strokes?|stick|gun|thumbs?|elbow|knuckles?)\b"
    r"|\bball\b(?! of )|\b(?:rodillo|pelota|barra|pulgar|codo|nudillos?)\b|\bmasaj|\bamas|\bfrot"
)
TOOLS = re.compile(
    r"\b(roller|rodillo)s?\b|\b(ball|pelota)s?\b(?! of )|\b(stick|barra)\b|\b(tool|masajeador)\b"
)
TOOL_OF = {
    "roller": "roller", "rodillo": "roller", "ball": "ball", "pelota": "ball", "stick": "stick",
    "barra": "stick", "tool": "psoas-tool", "masajeador": "psoas-tool",
}  # fmt: skip
HARDER_ON_YOU = re.compile(
    r"\b(?:firmer|harder|deeper|thumbs?|elbow|knuckles?|full weight)\b"
    r"|\b(?:más firme|más dur[oa]|más hondo|pulgar|codo|nudillos?|todo el peso)\b"
)
NO_PRESS = re.compile(r"\b(?:skip|without|just hold|do not press)\b|\b(?:no empujes|sin empujar)\b")
ANOTHER = re.compile(r"\b(?:wall stretch|side-lying one|hand press|do it|hazlo|haz el)\b")


def lines(exercise: Exercise, *, harder: bool = True) -> list[str]:
    texts = [exercise.easier, exercise.harder if harder else None]
    return [words.casefold() for text in texts if text for words in text.words.values()]


@cases("id_", tuple(CARDS))
def test_no_line_names_another_position(id_: str) -> None:
    (position,) = CARDS[id_].positions
    others = {words for words in WORDS.values() if words != WORDS[position]}
    for line in lines(CARDS[id_]):
        assert not [found for words in others if (found := re.search(words, line))], line


@cases("id_", tuple(CARDS))
def test_no_line_makes_another_kind_of_it(id_: str) -> None:
    exercise = CARDS[id_]
    for line in lines(exercise):
        assert exercise.is_massage or not MASSAGE.search(line), line
        assert exercise.kind is not Kind.CONTRACT_RELAX or not NO_PRESS.search(line), line
        assert not ANOTHER.search(line), line
        for found in TOOLS.finditer(line):
            word = next(filter(None, found.groups()))
            assert TOOL_OF[word] in exercise.equipment, line


@cases("id_", tuple(CARDS))
def test_an_easier_line_is_never_more_load_or_a_harder_tool(id_: str) -> None:
    for line in lines(CARDS[id_], harder=False):
        assert not HARDER_ON_YOU.search(line), line


@cases(
    ("id_", "key", "en", "es"),
    [
        ("foot-toe-pull", "harder", "one toe at a time", "un dedo cada vez"),
        ("foot-ball-roll", "harder", "A firmer ball, still seated", "sin levantarte de la silla"),
        ("shin-toe-tuck", "harder", "Hold for longer", "Mantén más tiempo"),
        ("calf-step-drop-hold", "harder", "a little lower", "un poco más"),
        ("heel-to-seat-walk", "harder", "two seconds", "dos segundos"),
        ("quad-ball-press", "easier", "the flat of your hand", "la palma"),
        ("ham-roll", "easier", "more weight on the other foot", "más peso en el otro pie"),
    ],
)
def test_the_lines_that_were_mended(id_: str, key: str, en: str, es: str) -> None:
    exercise = CARDS[id_]
    text = exercise.easier if key == "easier" else exercise.harder
    assert text and en in text.words["en"] and es in text.words["es"]
