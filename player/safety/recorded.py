"""What a recording of a session says first, since it can't ask; and what is never recorded."""

from player.routine.model import Routine
from player.routine.vocabulary import Kind
from player.safety.blocks import as_it_counts

WARNINGS = (
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
"""In the order of what they prevent. Said in less than 45 seconds."""


def why_not_recorded(routine: Routine) -> str:
    """Why this routine is never recorded, in one sentence; nothing where it may be.

    Deep pressure needs answers and a switch of one's own. What counts as it is what the screening
    goes by, so a file can't call it something else.
    """
    for step in routine.steps:
        if Kind.DEEP_PRESS in as_it_counts(step).kinds:
            name = step.title.pick()
            return f"`{name}` is deep pressure, which is never exported: it needs your answers."
    return ""
