"""Formats amounts and times as a coach writes them or as a clock shows them."""

from player.routine.model import Hold, Range
from player.routine.vocabulary import Unit


def count_label(count: Range, unit: Unit) -> str:
    """`10 reps`, `8-12 reps`, `1 breath`."""
    if count.low != count.high:
        return f"{count.low}-{count.high} {unit}"
    if count.low == 1:
        return f"1 {'pass' if unit is Unit.PASSES else unit.value.removesuffix('s')}"
    return f"{count.low} {unit}"


def time_label(time: Range) -> str:
    """`30s`, `20-30s`, `1:30`, `1:00-1:30`."""
    if time.low == time.high:
        return duration(time.low)
    low, high = duration(time.low), duration(time.high)
    if low.endswith("s") and high.endswith("s"):
        low = low.removesuffix("s")
    return f"{low}-{high}"


def hold_label(hold: Hold) -> str:
    """`30s`, `up to 30s`."""
    return f"up to {time_label(hold.time)}" if hold.open else time_label(hold.time)


def duration(ms: int) -> str:
    """Format a length of time as a coach writes it: `45s`, `4.286s`, `1:30`, `1:02:03`."""
    if ms < 60_000:
        whole, rest = divmod(ms, 1_000)
        return f"{whole}.{rest:03d}".rstrip("0").rstrip(".") + "s" if rest else f"{whole}s"
    return clock(ms)


def clock(ms: int) -> str:
    """Format a position or length as a clock, in whole seconds rounded down: `4:10`."""
    minutes, seconds = divmod(ms // 1_000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
