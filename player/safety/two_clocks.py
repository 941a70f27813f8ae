"""How old today's answers are, by two clocks.

The session clock never goes back, but on some systems it stops while the computer sleeps. The
calendar clock counts such a sleep, but people and time servers can set it. So the answers count
only while they are at most two hours old by both.
"""

from typing import NamedTuple

from player.safety.clearance import FRESH_S

FRESH_MS = round(FRESH_S * 1_000)
STEP_MS = 60_000
"""How far the calendar clock may be set back. A time server does this soon after a start."""

TOO_OLD = "The answers are more than two hours old."
OLD_BY_CALENDAR = "The answers are more than two hours old, or the clock of this computer changed."
SET_BACK = "The clock of this computer was set back."


class BothClocks(NamedTuple):
    """Both clocks at one moment, in milliseconds."""

    at: int
    wall: int


def set_back_ms(before: BothClocks, now: BothClocks) -> int:
    """Return by how much the calendar clock was set back; negative if it was set forward."""
    return (now.at - before.at) - (now.wall - before.wall)


def calendar_ms(answered: BothClocks, now: BothClocks) -> int:
    """Return the calendar time. A small step back is ignored, since the session clock goes on."""
    back = set_back_ms(answered, now)
    return now.wall + back if 0 < back <= STEP_MS else now.wall


def why_stale(answered: BothClocks, now: BothClocks) -> str:
    """Return why the answers no longer count, as a sentence; empty if they count."""
    if not 0 <= now.at - answered.at <= FRESH_MS:
        return TOO_OLD
    if set_back_ms(answered, now) > STEP_MS:
        return SET_BACK
    age = calendar_ms(answered, now) - answered.wall
    if age <= FRESH_MS:
        return ""
    return OLD_BY_CALENDAR if set_back_ms(answered, now) < -STEP_MS else TOO_OLD
