"""What supple is for, in five lines. They are shown before the first name is entered."""

INTENDED_USE = (
    "For adults; a child needs one near.",
    "To loosen tight legs and hips.",
    "It treats and finds no illness.",
    "Its questions are in English only.",
    "No clinician has checked it yet.",
)
"""Who it is for, what for, what not, in which language, and what remains as a risk. Each line fits
a narrow screen. `docs/safety.md` says the same at length.
"""
