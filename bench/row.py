"""A row of the table: what was measured, against what, and whether it keeps its budget."""

from typing import NamedTuple


class NotHere(Exception):
    """Something cannot be measured on this machine; its words say why."""


class Row(NamedTuple):
    """One figure. Without a budget it is printed and never judged; `held` is None then."""

    what: str
    against: str
    figure: str
    budget: str = "–"
    held: bool | None = None
    remark: str = "printed only"
    """What the last column says where nothing is judged."""

    @property
    def verdict(self) -> str:
        """The last column of the table."""
        if self.held is None:
            return self.remark
        return "yes" if self.held else "NO"


def at_most(what: str, against: str, ratio: float, most: float) -> Row:
    """A row that holds while the ratio is not above `most`."""
    return Row(what, against, f"{ratio:.2f} x", f"≤ {most} x", ratio <= most)


def not_measured(what: str, why: str) -> Row:
    """A row for what this machine cannot show. It is not judged."""
    return Row(what, "–", f"not measured: {why}", remark="–")


def failed(what: str, why: str) -> Row:
    """A row for what should have been measured, but did not work. It counts as not held."""
    return Row(what, "–", f"did not work: {why}", held=False)
