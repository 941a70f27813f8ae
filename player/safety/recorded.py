"""The spoken warnings of an exported session, and the routines that are never exported.

A recording can't ask the safety questions, so the warnings come first.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from player.routine.model import Step
from player.routine.vocabulary import Kind
from player.safety.blocks import as_screened


class Recorded(NamedTuple):
    """The texts of a recording in one language."""

    warnings: tuple[str, ...]
    """The most important warning first. Spoken, they last less than 45 seconds."""
    before: str
    """The name of the chapter that contains the warnings."""
    round: str
    """The text after the name of a step that is repeated."""


_ENGLISH = (
    "This recording can't ask you anything.",
    "First answer the safety questions in the program supple, on the same day.",
    "Do not start with chest pain, trouble breathing or a fever.",
    "Do not start if one leg is newly swollen, warm, sore or a new colour.",
    "Do not start if a leg or foot is newly weak, numb or cold.",
    "Do not start after a fresh injury, or if you were told to rest.",
    "With a pregnancy, a blood thinner, a clot or an operation, some of this may not be for you.",
    "Stop at once if something hurts, goes numb or tingles.",
    "For chest pain or fainting, call your emergency number.",
    "This is not medical advice.",
)
_SPANISH = (
    "Esta grabación no puede preguntar.",
    "Primero responde hoy a las preguntas de seguridad de supple.",
    "No empieces con dolor de pecho, falta de aire o fiebre.",
    "No empieces si una pierna se ha hinchado o está caliente, dolorida o de otro color.",
    "No empieces si una pierna o un pie está débil, dormido o frío.",
    "No empieces tras una lesión reciente o si te mandaron reposo.",
    "Con embarazo, anticoagulantes, coágulos u operaciones, no todo es para ti.",
    "Para enseguida si algo duele, se duerme u hormiguea.",
    "Con dolor de pecho o desmayo, llama a emergencias.",
    "Esto no es consejo médico.",
)
RECORDED: Mapping[str, Recorded] = {
    "en": Recorded(_ENGLISH, "Before you start", ", round {}"),
    "es": Recorded(_SPANISH, "Antes de empezar", ", ronda {}"),
}
"""Keyed by the languages that the program itself speaks."""


class NotRecorded(Exception):
    """A session may not be recorded. The message is one plain sentence."""


def why_not_recorded(steps: Iterable[Step]) -> str:
    """Why these steps are never recorded, in one sentence; empty if they may be.

    Deep pressure needs answers and the person's own switch. The screening decides which steps count
    as deep pressure, so a file can't hide it under another name.
    """
    for step in steps:
        if Kind.DEEP_PRESS in as_screened(step).kinds:
            name = step.title.pick()
            return f"`{name}` is deep pressure, which is never exported: it needs your answers."
    return ""
