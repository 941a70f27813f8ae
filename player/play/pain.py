"""What the person reads after something hurt: the advice, and what happens next."""

from player.play.requests import ShowAdvice
from player.play.running import AfterPain
from player.safety.questions import load_questionnaire
from player.safety.stop_list import Feeling


def advice_heading(feeling: Feeling) -> str:
    """What to do about a feeling; the class comes first where it is urgent or an emergency."""
    rank = "" if feeling.rank == "stop" else f"{feeling.rank.upper()}. "
    return f"{rank}{feeling.says}"


def advice_lines(feeling: Feeling, number: str) -> list[str]:
    """What belongs to a feeling wherever it is shown.

    The emergency number, also where the feeling can still become an emergency; and the first days
    after an injury.
    """
    lines = []
    may_be = feeling.otherwise is not None and feeling.otherwise.rank == "emergency"
    if feeling.rank == "emergency" or may_be:
        lines.append(f"Your emergency number: {number}")
    if feeling.id == "pop":
        lines += load_questionnaire().early_care
    return lines


def is_red(feeling: Feeling) -> bool:
    """Whether a feeling is urgent or an emergency."""
    return feeling.rank != "stop"


def advice(after: AfterPain, number: str, title: str, aside: str) -> ShowAdvice:
    """Show what to do about a feeling, and what happens to the session."""
    feeling = after.feeling
    lines = [words for words in (*advice_lines(feeling, number), after.words) if words]
    does = "end the session" if after.over else "back to the session"
    return ShowAdvice(title, aside, advice_heading(feeling), tuple(lines), is_red(feeling), does)
