"""What ends, after how long, and how it is told: the cases that the tests of endings share."""

from typing import NamedTuple

from player.base.calendar import days_after, months_after


class Ending(NamedTuple):
    """An answer that ends. `option` is part of its line; `key` becomes `later`, or nothing."""

    row: str
    option: str
    key: str
    number: int
    unit: str
    later: str = ""

    def after(self, since: float) -> float:
        """When it ends. This is counted here, not by the program's table."""
        if self.unit == "months":
            return months_after(since, self.number)
        return days_after(since, 7 * self.number)


ENDINGS = (
    Ending("P1", "Gave birth in", "postpartum", 12, "weeks"),
    Ending("P1", "C-section", "postpartum", 12, "weeks"),
    Ending("P1", "C-section", "recent_surgery", 12, "weeks"),
    Ending("P3", "A clot in the last", "dvt_recent", 3, "months", "dvt_history"),
    Ending("P3", "treatment that ended", "cancer", 6, "months"),
    Ending("P4", "on leg, hip or back", "recent_surgery", 12, "weeks"),
    Ending("P4", "on the belly", "recent_surgery", 12, "weeks"),
    Ending("P4", "elsewhere", "recent_surgery_other", 12, "weeks"),
    Ending("P4", "came off", "dvt_risk", 12, "weeks"),
    Ending("P4", "in bed", "dvt_risk", 12, "weeks"),
    Ending("P4", "A trip", "dvt_risk", 4, "weeks"),
    Ending("P6", "-floxacin", "tendon_drug", 6, "months"),
    Ending("P6", "jab near", "tendon_drug", 6, "weeks"),
    Ending("P8", "new or worse", "heart_unstable", 3, "months", "heart"),
    Ending("P8", "light effort", "heart_unstable", 3, "months", "heart"),
    Ending("P10", "tear or repair in", "acl", 12, "months"),
)

NEVER = (
    ("P1", "C-section", "abdo_surgery"),
    ("P3", "Cancer now", "cancer"),
    ("P3", "in a bone", "cancer"),
    ("P3", "in a bone", "osteoporosis"),
    ("P3", "longer ago", "dvt_history"),
    ("P4", "cast or brace on", "recent_surgery"),
    ("P4", "on the belly", "abdo_surgery"),
    ("P6", "steroid tablets", "tendon_drug"),
    ("P10", "not cleared", "acl"),
)
"""What an answer of the profile sets for good: row, line and key."""
