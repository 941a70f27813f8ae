"""Puts a glance at a session into words, for both the session screen and the preview."""

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content
from textual.geometry import Size

from player.routine.model import Plan, Step
from player.routine.times import clock as clock_words
from player.session.instructions import fit_lines, lines_to_read
from player.session.snapshot import Count, Glance
from player.tui.widgets.shown import lines, shown


def counts(view: Glance) -> str:
    parts = [("Step", view.step), ("set", view.set), ("rep", view.rep)]
    return " · ".join(_count(word, count) for word, count in parts if count.of)


def _count(word: str, count: Count) -> str:
    return f"{word} {count.number} of {count.of}"


def doing(view: Glance) -> str:
    return " · ".join(word for word in (view.doing, view.side_words, view.amount) if word)


def big(view: Glance) -> str:
    """Return the remaining time, or the count if the person sets the pace."""
    if view.own_pace:
        return view.counted or "PRESS D"
    return clock_words((view.left + 999) // 1_000 * 1_000)


def left(view: Glance) -> str:
    """Return the remaining time of the session, rounded so that it does not change every second."""
    about = "" if view.exact else "about "
    seconds = max(view.total - view.position + 999, 0) // 1_000
    if seconds > 90:
        return f"{about}{(seconds + 59) // 60} min left"
    return f"{about}{(seconds + 9) // 10 * 10} s left"


def how(
    view: Glance, step: Step | None, plan: Plan, languages: Sequence[str], room: Size
) -> Content:
    """Return the coach's last cue, and as much of the description of the step as fits."""
    width, height = room
    said = [f"“{view.coach_words}”"] if view.coach_words else []
    words: list[str] = []
    if step is not None:
        rows = height - sum(len(wrap(line, width)) for line in said) if width > 0 else 0
        words = fit_lines(lines_to_read(step, plan, languages), width, rows)
    return lines(*(shown(line, "bold") for line in said), *map(shown, words))


def fits(content: Content, room: Size) -> bool:
    """Return whether all of `content` fits into `room`."""
    lines_of = content.plain.splitlines()
    return sum(len(wrap(line, max(room.width, 1))) or 1 for line in lines_of) <= room.height
