"""The consequences when something hurts, as data and in words."""

from typing import NamedTuple

from player.safety.clearance import ADVICE
from player.safety.matrix import Rank, load_matrix
from player.safety.questions import load_questionnaire
from player.safety.stop_list import Feeling, Then, load_stop_list
from player.session.state import Do

_RANKS = ("stop", "urgent", "emergency")

LEAVE_OUT = {
    Then.SKIP_STEP: Do.SKIP_STEP,
    Then.CRAMP: Do.SKIP_STEP,
    Then.REGION: Do.SKIP_REGION,
    Then.DEEP: Do.SKIP_DEEP,
}
"""The command that leaves a part out of the session."""

LEFT_OUT_WORDS = {
    Then.SKIP_STEP: "This step is left out. Go on when you are ready.",
    Then.CRAMP: "This step is left out. Go on when it has been calm for 10 minutes.",
    Then.REGION: "Nothing more is done on this part today. Go on when you are ready.",
    Then.DEEP: "Deep pressure is over, and switched off for you. Rest first.",
}


class AfterPain(NamedTuple):
    """The consequence of a feeling: whether the session is over, and in words what happens next."""

    over: bool
    words: str
    feeling: Feeling


class OpenCheck(NamedTuple):
    """A feeling whose check is not answered yet, and when it began, by both clocks (in ms)."""

    feeling: Feeling
    since: int
    wall: int


def worst_first(check: OpenCheck) -> tuple[bool, int]:
    """Sort key for checks: possible emergencies come first, then the oldest check."""
    otherwise = check.feeling.otherwise
    return (otherwise is None or otherwise.rank != "emergency", check.since)


def graver(before: Feeling | None, feeling: Feeling) -> Feeling:
    """Return the graver of two feelings, or the later one if both are equally grave."""
    if before is None or _RANKS.index(feeling.rank) >= _RANKS.index(before.rank):
        return feeling
    return before


def feeling_of(key: str) -> Feeling:
    """Return what a red flag means for a session that runs: its line of the stop list, if any.

    Otherwise the words of the result for its class.
    """
    lines = load_stop_list()
    for line in (*lines, *(line.otherwise for line in lines if line.otherwise)):
        if line.key == key:
            return line._replace(then=Then.END, check=None, otherwise=None)
    row = load_matrix().conditions.get(key)
    rank = max(row.rank, Rank.URGENT) if row else Rank.URGENT
    says = " ".join(filter(None, ("Stop.", ADVICE[rank], row.advice if row else "")))
    return Feeling(key, _says(key), rank.word, Then.END, says, key)


def told_elsewhere_words(key: str) -> str:
    """Return why a session ends although nothing was told in its own window."""
    return f"You told of this in another window: {_says(key)}. So this session ends too."


def _says(key: str) -> str:
    row = load_matrix().conditions.get(key)
    return row.says if row else "a sign that needs help"


def is_red(feeling: Feeling) -> bool:
    """Return whether a feeling is urgent or an emergency."""
    return feeling.rank != "stop"


def advice_heading(feeling: Feeling) -> str:
    """Return what to do about a feeling. If it is urgent or an emergency, that word comes first."""
    rank = f"{feeling.rank.upper()}. " if is_red(feeling) else ""
    return f"{rank}{feeling.says}"


def advice_lines(feeling: Feeling, number: str) -> list[str]:
    """Return the lines that always accompany a feeling.

    The emergency number is shown in an emergency, and also if the feeling can still become one.
    After an injury, the lines explain how to care for it in the first days.
    """
    lines = []
    may_be = feeling.otherwise is not None and feeling.otherwise.rank == "emergency"
    if feeling.rank == "emergency" or may_be:
        lines.append(f"Your emergency number: {number}")
    if feeling.id == "pop":
        lines += load_questionnaire().early_care
    return lines


class Advice(NamedTuple):
    """What the person reads after something hurt. `number` is the emergency number."""

    after: AfterPain
    number: str

    @property
    def heading(self) -> str:
        return advice_heading(self.after.feeling)

    @property
    def lines(self) -> list[str]:
        """The rest of the advice, and the consequence for the session."""
        lines = (*advice_lines(self.after.feeling, self.number), self.after.words)
        return [words for words in lines if words]
