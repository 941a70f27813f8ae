"""Finds where an interrupted session goes on, and words the offer to resume it."""

from player.history.interrupted import Interrupted
from player.history.resuming import resume_position
from player.play.result import Result, care_side
from player.play.running import Live
from player.routine.model import Plan
from player.routine.times import clock, duration
from player.routine.vocabulary import Side
from player.session.cues import side_words
from player.session.timeline import Choices, Timeline


def resumed_at(
    timeline: Timeline, plan: Plan, choices: Choices, interrupted: Interrupted | None
) -> int:
    """Return the position in the timeline of today's plan where the session goes on.

    A new session begins at 0.
    """
    if interrupted is None:
        return 0
    return resume_position(timeline, plan.routine, choices.pick, interrupted)


def side_today(result: Result, interrupted: Interrupted | None) -> Side | None:
    """Return the side for a dose of `one side`, or None if the person must be asked.

    What the person says today comes first. The side of the interrupted session counts only if
    nothing was said about that side today.
    """
    side = care_side(result)
    if side is not None or interrupted is None:
        return side
    before, clearance = interrupted.choices.side, result.clearance
    told = {finding.side for finding in clearance.findings}
    told |= {sore.side for sore in result.sorenesses}
    told |= {ban.side for ban in clearance.bans} | {reach.side for reach in clearance.easy}
    told |= {change.side for change in result.plan.left_out}
    told |= {Side.BOTH for f in clearance.findings if f.key == "acute_strain" and f.side is None}
    return None if told & {before, Side.BOTH} else before


def stopped_words(live: Live | None) -> str:
    """Return the words for a person who stopped the program. `live` is None before a session."""
    if live is None:
        return "Stopped. Nothing was played."
    offer = "; the next start offers to go on" if live.can_be_resumed else ""
    return f"Stopped. What was done is saved{offer}."


def resume_words(interrupted: Interrupted) -> str:
    """Return `A session of Calf stretch was interrupted at 4:10 of 9:00, left side.`"""
    at = interrupted.place.side if interrupted.place else None
    side = f", {side_words(at)}" if at in {Side.LEFT, Side.RIGHT} else ""
    return (
        f"A session of {interrupted.name} was interrupted at "
        f"{clock(interrupted.position_ms)} of {clock(interrupted.total_ms)}{side}."
    )


def length_words(timeline: Timeline, position: int = 0) -> str:
    """Return `It takes about 12:50.` or, after an interruption, `It goes on at 4:10 of 12:50.`"""
    length = duration(timeline.total_ms // 1_000 * 1_000)
    if position:
        return f"It goes on at {clock(position)} of {length}."
    return f"It takes {'' if timeline.exact else 'about '}{length}."
