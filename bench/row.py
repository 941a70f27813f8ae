"""One figure of the table."""

from typing import NamedTuple


class Row(NamedTuple):
    what: str
    against: str
    figure: str
    budget: str
    held: bool
