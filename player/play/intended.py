"""What supple is for, in five lines. They are shown before the first name is entered."""

INTENDED_USE = (
    "For adults; children with an adult.",
    "To loosen tight legs and hips.",
    "It doesn't treat or find illness.",
    "Its questions are in English only.",
    "No clinician has checked it yet.",
)
"""Who it is for, what it does and doesn't do, its language, and the remaining risk. Each line fits
a narrow screen. `docs/safety.md` says the same at length.
"""
