"""The prompts of an interview, as data. The interface shows one and returns a fitting reply."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """How a prompt is answered."""

    MARKS = "marks"
    """A set of keys, possibly empty. Complete only once all choices were shown and confirmed."""
    YES_NO = "yes or no"
    """`yes`, `no` or `unsure`."""
    ONE = "one"
    """One key."""
    NUMBER = "number"
    """A whole number from `low` to `high`, typed and then confirmed."""


AT_ONCE = "x"
"""The key for "something hurts". A prompt that offers it accepts it at any time."""


class Choice(NamedTuple):
    """A key and its words. `group` is the heading above the first choice of each group."""

    key: str
    say: str
    why: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question for the person. `lines` is text to show above it.

    `lowers` names keys that remove a limit or a warning; they also need Enter. `scale` describes
    each number from `low` to `high`; it may be empty. `unsure` is what "not sure" counts as; if it
    is empty, `unsure_counts_as` decides. Of the choices `one_of` in a list to mark, exactly one is
    marked. With `rows_suffice`, a person who marks a row may leave it out.
    """

    id: str
    form: Form
    ask: str
    why: str = ""
    choices: tuple[Choice, ...] = ()
    lines: tuple[str, ...] = ()
    low: int = 0
    high: int = 10
    lowers: frozenset[str] = frozenset()
    scale: tuple[str, ...] = ()
    unsure: str = ""
    one_of: frozenset[str] = frozenset()
    rows_suffice: bool = False

    @property
    def unsure_counts_as(self) -> str:
        """What "not sure" counts as, `yes` or `no`. It never removes a limit or a warning."""
        return self.unsure or ("no" if "y" in self.lowers else "yes")

    def fits(self, answer: object) -> bool:
        """Whether `answer` is a valid reply to this prompt."""
        keys = {choice.key for choice in self.choices}
        if self.form is Form.MARKS:
            if not isinstance(answer, frozenset) or not answer <= keys:
                return False
            chosen, is_row = len(answer & self.one_of), bool(answer - self.one_of)
            return chosen == bool(self.one_of) or (chosen == 0 and self.rows_suffice and is_row)
        if self.form is Form.YES_NO:
            return isinstance(answer, str) and answer in {"yes", "no", "unsure"}
        if self.form is Form.ONE:
            return isinstance(answer, str) and answer in keys
        is_number = isinstance(answer, int) and not isinstance(answer, bool)
        return is_number and self.low <= answer <= self.high  # type: ignore[operator]  # checked


Reply = frozenset[str] | str | int
