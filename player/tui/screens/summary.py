"""What was done, by region and side; and how sore it is now."""

from collections.abc import Sequence

from player.tui.screens.note import NoteScreen


def summary(
    title: str,
    heading: str,
    tone: str,
    regions: Sequence[str],
    exercises: Sequence[str],
    sore: Sequence[str],
    advice: Sequence[str],
    aside: str,
) -> NoteScreen:
    """The end of a session, to be read."""
    done = [part for part in (advice, regions, exercises, sore) if part]
    return NoteScreen(title, heading, done or ["Nothing was done yet."], tone, "done", aside)
