"""The words of each shipped figure agree with its entry: posture, leg, hand, thing and place."""

import re

import pytest

from player.figures import body
from player.figures.alt import alt_text
from player.figures.solve import Solved, solve
from player.routine.model import Exercise
from player.routine.pose import FLAT, Figure, Works
from player.routine.vocabulary import MASSAGE, Kind, Position, Region
from tests.cases import cases
from tests.figures.drawn import DOT, figures

POSTURES = {
    Position.STAND: ("standing", "de pie"),
    Position.SUPPORT: ("standing", "de pie"),
    Position.ONE_LEG: ("standing on one leg", "de pie sobre una pierna"),
    Position.HALF_KNEEL: ("kneeling on one knee", "con una rodilla en el suelo"),
    Position.ALL_FOURS: ("on hands and knees", "a cuatro patas"),
    Position.CHAIR: ("sitting on a chair", "en posición sentada, en una silla"),
    Position.FLOOR_SIT: ("sitting on the floor", "en posición sentada, en el suelo"),
    Position.SUPINE: ("lying on the back", "boca arriba"),
    Position.PRONE: ("lying face down", "boca abajo"),
    Position.SIDE_LYING: ("lying on", "en posición tumbada"),
}
"""The posture that the words name first, in English and in Spanish, for each position."""

LANGUAGES = ("en", "es")
TOOLS = frozenset({"roller", "ball", "stick", "psoas-tool"})
OWN_PARTS = frozenset({"hand", "elbow", "shoulder"})
NO_LEG = frozenset({Region.BELLY, Region.LOWBACK})
MOVES = 6
"""Degrees. The words leave out a joint that moves less."""


def words(exercise: Exercise, figure: Figure, language: str = "en") -> str:
    return alt_text(figure, exercise.stated_regions, [language], exercise.kind)


def posture(text: str) -> str:
    """Return what follows the view, up to the first full stop."""
    return text.partition(": ")[2].partition(".")[0]


def named(found: str, language: int) -> set[Position]:
    """Return the positions whose posture begins these words. Of two, the longer one counts."""
    begun = {
        position: len(names[language])
        for position, names in POSTURES.items()
        if f"{found},".replace(",", " ").startswith(f"{names[language]} ".replace(",", " "))
    }
    longest = max(begun.values(), default=0)
    return {position for position, size in begun.items() if size == longest}


def lifts_a_foot(solved: Solved) -> bool:
    near, far = (min(leg.heel[2], leg.toes[2]) for leg in solved.legs.values())
    return abs(near - far) > 0.05


def test_every_position_has_a_posture() -> None:
    assert set(POSTURES) == set(Position)


@pytest.mark.parametrize("language", [0, 1], ids=LANGUAGES)
def test_the_words_name_the_posture_of_the_entry(language: int) -> None:
    wrong = {}
    for exercise, figure in figures():
        found = posture(words(exercise, figure, LANGUAGES[language]))
        (stated,) = exercise.positions
        wanted = {stated}
        if stated in {Position.STAND, Position.SUPPORT}:
            # In a walk or a march each foot in turn leaves the floor and comes down again.
            lifted = figure.to is not None and lifts_a_foot(solve(figure))
            wanted = {Position.ONE_LEG} if lifted else {Position.STAND, Position.SUPPORT}
        if named(found, language) != wanted:
            wrong[exercise.id] = f"{stated}: {found}"
    assert wrong == {}


def marked_and_other(exercise: Exercise, figure: Figure) -> tuple[str, str] | None:
    """Return the sides of the marked and of the other leg; None if no single leg is marked."""
    if figure.works is Works.BOTH or exercise.stated_regions <= NO_LEG:
        return None
    return ("far", "near") if figure.works is Works.FAR else ("near", "far")


@pytest.mark.parametrize(
    ("language", "names", "both", "moves"),
    [
        ("en", ("the marked leg:", "the other leg:"), "both legs:", "It moves"),
        ("es", ("la pierna marcada:", "la otra pierna:"), "las dos piernas:", "Se mueve"),
    ],
)
def test_the_words_say_which_leg_moves(
    language: str, names: tuple[str, str], both: str, moves: str
) -> None:
    wrong = {}
    for exercise, figure in figures():
        sides = marked_and_other(exercise, figure)
        if figure.to is None or sides is None:
            continue
        movement = words(exercise, figure, language).partition(f"{moves}: ")[2].partition(".")[0]
        for side, name in zip(sides, names, strict=True):
            before, after = (solve(figure, share).legs[side].angles for share in (0.0, 1.0))
            most = max(abs(before[j] - after[j]) for j in ("hip", "open", "knee", "ankle"))
            if (name in movement or both in movement) is not (most >= MOVES):
                wrong[exercise.id] = movement
    assert wrong == {}


def touched(figure: Figure) -> set[str]:
    """Return the sides of the leg parts that a hand or a thing touches."""
    hands = [limb.hand for limb in (figure.pose.near, figure.pose.far)]
    parts = [part for prop in figure.props for part in (prop.part, prop.to)]
    found = (part.partition("-") for part in (*hands, *parts))
    return {side for side, _, part in found if side in {"near", "far"} and part not in OWN_PARTS}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("of the marked leg", "of the other leg")),
        ("es", ("de la pierna marcada", "de la otra pierna")),
    ],
)
def test_the_words_say_on_which_leg_a_hand_or_a_thing_lies(
    language: str, names: tuple[str, str]
) -> None:
    wrong = {}
    for exercise, figure in figures():
        text = words(exercise, figure, language).partition(". ")[2]
        sides = marked_and_other(exercise, figure) or ("", "")
        if [name in text for name in names] != [side in touched(figure) for side in sides]:
            wrong[exercise.id] = text
    assert wrong == {}


@cases(
    ("id_", "english", "spanish"),
    [
        ("hipflexor-half-kneel", "Both hands on the knee of the other leg",
         "Las dos manos en la rodilla de la otra pierna"),
        ("ham-chair-sit", "Both hands on the thigh of the other leg",
         "Las dos manos en el muslo de la otra pierna"),
        ("glute-figure-four", "Both hands on the back of the thigh of the other leg",
         "Las dos manos en la parte posterior del muslo de la otra pierna"),
        ("quad-stand", "Hand on the ankle of the marked leg",
         "La mano en el tobillo de la pierna marcada"),
        ("ham-step-stand", "The step is under the heel of the marked leg",
         "El escalón está debajo del talón de la pierna marcada"),
        ("belly-breathing-rest", "Hand on the lower ribs", "La mano en las costillas bajas"),
        ("breathing-seated", "Hand on the lower ribs", "La mano en las costillas bajas"),
        ("calf-wall-straight", "Both hands on the wall", "Las dos manos en la pared"),
        ("ham-step-stand", "hands on the wall", "manos en la pared"),
        ("adductor-butterfly", "soles together", "plantas de los pies juntas"),
        ("quad-stand", "Hand on the chair", "La mano en la silla"),
        ("ham-strap-supine", "knee bent, foot flat", "rodilla doblada, pie apoyado"),
        ("early-cold-pack", "Sore place: calf, back thigh, knee or front thigh.",
         "Sitio dolorido: pantorrilla, muslo posterior, rodilla o muslo delantero."),
        ("early-wrap", "Sore place: ", "Sitio dolorido: "),
        ("calf-roll", "Works: calf.", "Trabaja: pantorrilla."),
        ("lunge-reach", "The arm on the marked side is up",
         "El brazo del lado marcado está arriba"),
        ("quad-side-lying", "the marked leg on top", "la pierna marcada encima"),
        ("breathing-side-lying", "lying on the left side", "sobre el lado izquierdo"),
        ("breathing-side-lying", "A second cushion is between the knees",
         "Un segundo cojín está entre las rodillas"),
        ("early-raise-chair", "A second chair is under the calf of the marked leg",
         "Una segunda silla está debajo de la pantorrilla de la pierna marcada"),
        ("tfl-cross-stand", "thigh across to the other side",
         "muslo cruzado hacia el otro lado"),
        ("hipflexor-stand-split", "heel up", "talón levantado"),
        ("calf-hand-knead", "ankle on the other thigh", "tobillo sobre el otro muslo"),
        ("ham-doorway", "The heel of the marked leg is against the wall",
         "El talón de la pierna marcada está contra la pared"),
    ],
)  # fmt: skip
def test_the_words_agree_with_the_lines_of_the_card(id_: str, english: str, spanish: str) -> None:
    exercise, figure = next(pair for pair in figures() if pair[0].id == id_)
    assert english in words(exercise, figure)
    assert spanish in words(exercise, figure, "es")


def test_nothing_works_in_rest_cold_or_a_breath() -> None:
    still = {Kind.BREATHE, Kind.COOL, Kind.EARLY_CARE}
    for exercise, figure in figures():
        found = words(exercise, figure), words(exercise, figure, "es")
        works = ["Works: " in found[0], "Trabaja: " in found[1]]
        assert works == [exercise.kind not in still] * 2, exercise.id
        if exercise.kind is Kind.BREATHE:
            assert "Sore place" not in found[0], exercise.id


def test_only_a_foot_that_rests_is_called_flat() -> None:
    """In Spanish the foot is said to rest on something, so it may not hang in the air."""
    wrong = {}
    for exercise, figure in figures():
        solved = solve(figure)
        tops = [0.0, *(thing.low + thing.high for thing in solved.things)]
        for side, limb in (("near", figure.pose.near), ("far", figure.pose.far)):
            leg = solved.legs[side]
            low = min(leg.heel[2] - body.HEEL_R, leg.toes[2] - body.TOES_R)
            if limb.ankle == FLAT and min(abs(low - top) for top in tops) > 2 * DOT:
                wrong[exercise.id] = (side, low)
    assert wrong == {}


MASSAGES = {
    "calf-roll": ("roller is under the calf", "rodillo está debajo de la pantorrilla"),
    "calf-ball-press": ("ball is under the calf", "pelota está debajo de la pantorrilla"),
    "calf-hand-knead": ("Both hands on the calf", "Las dos manos en la pantorrilla"),
    "ham-roll": (
        "roller is under the back of the thigh",
        "rodillo está debajo de la parte posterior del muslo",
    ),
    "ham-ball-chair": (
        "ball is under the back of the thigh",
        "pelota está debajo de la parte posterior del muslo",
    ),
    "hipflexor-upper-thigh-roll": (
        "under the outer front of the thigh of the marked leg, a hand below the front hip bone",
        "y de fuera del muslo de la pierna marcada, un palmo por debajo del hueso delantero",
    ),
    "psoas-hand-press": (
        "Hand on the place just inside the front hip bone",
        "La mano en el sitio justo por dentro del hueso delantero de la cadera",
    ),
    "psoas-tool-press": (
        "psoas tool is under the place just inside the front hip bone",
        "masajeador de psoas está debajo del sitio justo por dentro del hueso delantero",
    ),
    "glute-ball-wall": (
        "ball is beside the upper outer buttock",
        "pelota está al lado de la parte alta y de fuera del glúteo",
    ),
    "tfl-ball-wall": (
        "ball is beside the hip-pocket muscle",
        "pelota está al lado del músculo a la altura del bolsillo",
    ),
    "shin-hand-stroke": (
        "the hand moves from the ankle of the marked leg to the muscle beside the shin bone",
        "la mano va del tobillo de la pierna marcada al músculo al lado del hueso",
    ),
    "foot-ball-roll": ("ball is under the sole", "pelota está debajo de la planta del pie"),
    "quad-roll": (
        "roller is under the front of the thigh",
        "rodillo está debajo de la parte delantera del muslo",
    ),
    "quad-stick-sit": (
        "stick lies on the front of the thigh",
        "barra está sobre la parte delantera del muslo",
    ),
    "quad-ball-press": (
        "ball is under the outer front of the thigh",
        "pelota está debajo de la parte delantera y de fuera del muslo",
    ),
}
"""What the words of each massage say of its tool or hand, from the lines of its card."""


def test_the_words_of_a_massage_say_where_the_tool_or_the_hand_lies() -> None:
    found = {e.id: (words(e, f), words(e, f, "es")) for e, f in figures() if e.kinds & MASSAGE}
    assert set(found) == set(MASSAGES)
    wrong = {
        id_: found[id_]
        for id_, places in MASSAGES.items()
        if any(place not in text for place, text in zip(places, found[id_], strict=True))
    }
    assert wrong == {}


def test_a_figure_shows_the_things_that_its_entry_names() -> None:
    wrong = {}
    for exercise, figure in figures():
        said = " ".join(line.pick(["en"]) for line in exercise.how).lower()
        shown = {prop.thing for prop in figure.props}
        seat = {"chair"} if Position.CHAIR in exercise.positions else set[str]()
        strange = {thing for thing in shown - exercise.equipment - seat if thing not in said}
        missing = exercise.equipment & TOOLS - shown
        if strange or missing:
            wrong[exercise.id] = (strange, missing)
    assert wrong == {}


def test_spanish_joins_the_article() -> None:
    wrong = [e.id for e, f in figures() if re.search(r"\b(de|a) el\b", words(e, f, "es"))]
    assert wrong == []
