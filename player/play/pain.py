"""What follows when something hurts, as data and in words."""

from typing import NamedTuple

from player.safety.questions import load_questionnaire
from player.safety.stop_list import Feeling, Then
from player.session.state import Do

_RANKS = ("stop", "urgent", "emergency")

LEAVES_OUT = {
    Then.SKIP_STEP: Do.SKIP_STEP,
    Then.CRAMP: Do.SKIP_STEP,
    Then.REGION: Do.SKIP_REGION,
    Then.DEEP: Do.SKIP_DEEP,
}
"""What the session leaves out."""

LEFT_OUT = {
    Then.SKIP_STEP: "This step is left out. Go on when you are ready.",
    Then.CRAMP: "This step is left out. Go on when it has been calm for 10 minutes.",
    Then.REGION: "Nothing more is done on this part today. Go on when you are ready.",
    Then.DEEP: "Deep pressure is over, and switched off for you. Rest first.",
}


class AfterPain(NamedTuple):
    """What came of a feeling: whether the session is over, and what happens next in words."""

    over: bool
    words: str
    feeling: Feeling


class OpenCheck(NamedTuple):
    """A feeling whose check is not answered yet, and since when, by both clocks (ms)."""

    feeling: Feeling
    since: int
    wall: int


def worst_first(check: OpenCheck) -> tuple[bool, int]:
    """Sorts checks: what may become an emergency comes first, then the oldest."""
    otherwise = check.feeling.otherwise
    return (otherwise is None or otherwise.rank != "emergency", check.since)


def graver(before: Feeling | None, feeling: Feeling) -> Feeling:
    """The graver of two feelings; the later one if both are alike."""
    if before is None or _RANKS.index(feeling.rank) >= _RANKS.index(before.rank):
        return feeling
    return before


def is_red(feeling: Feeling) -> bool:
    """Whether a feeling is urgent or an emergency."""
    return feeling.rank != "stop"


def advice_heading(feeling: Feeling) -> str:
    """What to do about a feeling; the class comes first if it is urgent or an emergency."""
    rank = f"{feeling.rank.upper()}. " if is_red(feeling) else ""
    return f"{rank}{feeling.says}"


def advice_lines(feeling: Feeling, number: str) -> list[str]:
    """What belongs to a feeling wherever it is shown.

    The emergency number, also if the feeling can still become an emergency; and the first days
    after an injury.
    """
    lines = []
    may_be = feeling.otherwise is not None and feeling.otherwise.rank == "emergency"
    if feeling.rank == "emergency" or may_be:
        lines.append(f"Your emergency number: {number}")
    if feeling.id == "pop":
        lines += load_questionnaire().early_care
    return lines
