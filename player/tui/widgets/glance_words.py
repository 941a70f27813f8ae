"""A glance in words, as a session shows it and as a preview shows it before."""

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content
from textual.geometry import Size

from player.routine.model import Plan, Step
from player.routine.times import clock as clock_words
from player.session.instructions import fit_lines, lines_to_read
from player.session.snapshot import Count, Glance
from player.tui.widgets.shown import lines, shown


def counts(seen: Glance) -> str:
    parts = [("Step", seen.step), ("set", seen.set), ("rep", seen.rep)]
    return " · ".join(_count(word, count) for word, count in parts if count.of)


def _count(word: str, count: Count) -> str:
    return f"{word} {count.number} of {count.of}"


def doing(seen: Glance) -> str:
    return " · ".join(word for word in (seen.doing, seen.side_words, seen.amount) if word)


def big(seen: Glance) -> str:
    """The time that is left; the count where the person sets the pace."""
    if seen.own_pace:
        return seen.counted or "PRESS D"
    return clock_words((seen.left + 999) // 1_000 * 1_000)


def left(seen: Glance) -> str:
    """How long the session still takes, in words that do not change every second."""
    about = "" if seen.exact else "about "
    seconds = max(seen.total - seen.position + 999, 0) // 1_000
    if seconds > 90:
        return f"{about}{(seconds + 59) // 60} min left"
    return f"{about}{(seconds + 9) // 10 * 10} s left"


def how(
    seen: Glance, step: Step | None, plan: Plan, languages: Sequence[str], room: Size
) -> Content:
    """What the coach said, and what there is to read about the step, as it fits."""
    width, height = room
    said = [f"“{seen.coach_words}”"] if seen.coach_words else []
    words: list[str] = []
    if step is not None:
        rows = height - sum(len(wrap(line, width)) for line in said) if width > 0 else 0
        words = fit_lines(lines_to_read(step, plan, languages), width, rows)
    return lines(*(shown(line, "bold") for line in said), *map(shown, words))


def fits(content: Content, room: Size) -> bool:
    """Whether words are whole in `room`."""
    lines_of = content.plain.splitlines()
    return sum(len(wrap(line, max(room.width, 1))) or 1 for line in lines_of) <= room.height
