"""The Spanish of cards and routines: no gender of the person, one word for one thing, no slips."""

import re

from tests.cases import cases
from tests.routine.card_texts import CARDS, every_text

OF_ONE_GENDER = r"\b(?:erguid|quiet[oa]s?\b|cómodo\b|agarrad|sentad|tumbad|embarazada)"
TWO_WORDS = r"\bvientre|\bexhal|\bherramienta|\bcalambrazo|\bpasadas?\b"
AS_AN_ADVERB = r"\b(?:usa|empuja|rodar|caminar|rueda|aprieta) suave\b|\b(?:despacio|bajo) y suave\b"
UNCLEAR = (
    r"hasta notar (?:el|la)\b|cuando notes la\b|primera tensión|recto hacia arriba"
    r"|una pierna a través|duele de nuevo|la campana|deja la venda|deja el frío|muslo delantero"
    r"|\bhunde (?:solo )?(?:despacio|al)\b|estiramiento más blando|tensión fácil|pide ayuda"
    r"|si notas la rodilla|la tarde\b|el escritorio|respira libremente"
)
NUMBER = re.compile(r"\d+")


def spanish() -> list[tuple[str, str]]:
    return [(where, text.words["es"].casefold()) for where, text in every_text()]


@cases("words", (OF_ONE_GENDER, TWO_WORDS, AS_AN_ADVERB, UNCLEAR))
def test_no_spanish_text_has_such_words(words: str) -> None:
    found = [(where, text) for where, text in spanish() if re.search(words, text)]
    assert found == []


def test_both_languages_have_the_same_numbers_and_questions() -> None:
    found = []
    for where, text in every_text():
        en, es = text.words["en"], text.words["es"]
        same_numbers = sorted(NUMBER.findall(en)) == sorted(NUMBER.findall(es))
        if not same_numbers or en.count("?") != es.count("?"):
            found.append((where, en, es))
    assert found == []


def test_who_is_told_to_call_is_told_whom() -> None:
    for where, text in every_text():
        calls = re.findall(r"\bcall\b(?! your emergency number)", text.words["en"].casefold())
        llama = re.findall(r"\bllama (?!(?:ya )?a tu número de emergencias)", text.words["es"])
        assert not calls and not llama, (where, text)


@cases(
    ("id_", "en", "es"),
    [
        ("early-wrap", "Leave the wrap off; it is for comfort.",
            "Quítate la venda: solo es por comodidad."),
        ("early-wrap", "Tingling, cold or a new colour: take it off. Always off at night.",
            "Si hay hormigueo, frío u otro color, quítala. Quítala siempre para dormir."),
        ("glute-ball-wall", "A zing down the leg: come off and press x.",
            "Si notas una corriente que baja por la pierna, apártate de la pelota y pulsa x."),
        ("march-in-place", "Breathe freely; you should still be able to talk.",
            "Respira con libertad; deberías poder hablar."),
        ("cramp-ease-calf",
            "Still cramping after 10 minutes? Or is the leg swollen, warm or a new colour? "
            "Get seen today.",
            "¿Sigue el calambre a los 10 minutos? ¿O está la pierna hinchada, caliente o de otro "
            "color? Que te vea un médico hoy."),
        ("quad-stretch", "Lie with the leg to be stretched on top.",
            "Túmbate de lado, con la pierna que vas a estirar encima de la otra."),
        ("early-raise-lying",
            "Numb, cold or pale toes? Lower the leg. Not right in 2 minutes: "
            "call your emergency number.",
            "¿Dedos dormidos, fríos o pálidos? Baja la pierna. Si no se pasa en 2 minutos, llama a "
            "tu número de emergencias."),
    ],
)  # fmt: skip
def test_these_lines_are_as_they_were_agreed(id_: str, en: str, es: str) -> None:
    assert {"en": en, "es": es} in [text.words for where, text in every_text() if where == id_]


def test_a_zing_is_no_mistake_of_the_person() -> None:
    mistakes = CARDS["glute-ball-wall"].mistakes
    assert not [line for line in mistakes if "zing" in line.words["en"]]
