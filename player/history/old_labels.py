"""Reads the amounts in histories up to version 4, such as `8-12 reps` or `up to 1:30`.

Only the upgrade of such a history uses this. A phase whose word looks like a dose is read as that
dose. Then the session resumes at the beginning of the step.
"""

import re
from decimal import Decimal

from player.history.whereabouts import AmountKey, Measure
from player.routine.model import CyclePhase, exactly

_TIME = r"([0-9]{1,6}(?:\.[0-9]{1,3})?|(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2})s?"
_HELD = re.compile(rf"(up to )?{_TIME}(?:-{_TIME})?")
_COUNTED = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))? (rep|breath|pass)(?:e?s)?")
_UNITS = {"rep": Measure.REPS, "breath": Measure.BREATHS, "pass": Measure.PASSES}


def key_of_label(label: str | None) -> AmountKey:
    """Return the amount for a label. A gap has no label. Any label but a dose names a phase."""
    if label is None:
        return AmountKey()
    if held := _HELD.fullmatch(label):
        low = _ms(held[2])
        measure = Measure.UP_TO if held[1] else Measure.TIME
        return AmountKey(measure, low, _ms(held[3]) if held[3] else low)
    if counted := _COUNTED.fullmatch(label):
        low = int(counted[1])
        return AmountKey(_UNITS[counted[3]], low, int(counted[2] or low))
    return AmountKey.of(CyclePhase(label, exactly(0)))


def _ms(time: str) -> int:
    """Return the milliseconds of a time such as `45`, `4.286`, `1:30` or `1:02:03`."""
    seconds = Decimal(0)
    for part in time.split(":"):
        seconds = seconds * 60 + Decimal(part)
    return int(seconds * 1_000)
