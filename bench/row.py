"""A row of the table: what was measured, compared with what, and whether it is in budget."""

from typing import NamedTuple


class NotMeasurable(Exception):
    """This machine can't measure something. The message says why."""


class Row(NamedTuple):
    """One figure. Without a budget it is only printed, and `held` is None."""

    what: str
    against: str
    figure: str
    budget: str = "–"
    held: bool | None = None
    remark: str = "printed only"
    """The text of the last column if the row is not judged."""

    @property
    def verdict(self) -> str:
        """The text of the last column."""
        if self.held is None:
            return self.remark
        return "yes" if self.held else "NO"


def at_most(what: str, against: str, ratio: float, most: float) -> Row:
    """Return a row that holds if the ratio is at most `most`."""
    return Row(what, against, f"{ratio:.2f} x", f"≤ {most} x", ratio <= most)


def not_measured(what: str, why: str) -> Row:
    """Return a row that this machine can't measure. It is not judged."""
    return Row(what, "–", f"not measured: {why}", remark="–")


def failed(what: str, why: str) -> Row:
    """Return a row whose measurement failed. It counts as not held."""
    return Row(what, "–", f"did not work: {why}", held=False)
