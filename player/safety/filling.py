"""Answers a prompt key by key, the same way in every interface. Nothing is preselected."""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from player.safety.pace import TOO_FAST, Pace
from player.safety.prompts import AT_ONCE, Choice, Form, Prompt, Reply

BACK, WHY, LEAVE = "-", "?", "q"
"""Keys that the interface handles. No prompt uses them as choices."""

NEEDS_ANSWER = "This needs an answer."
"""The reply to going back or leaving if the prompt allows neither."""

NONE = "n"
"""The key for "none of these" in a list to mark. No prompt uses it as a choice."""

_NONE = Choice("n", "None of these")
_YES_NO = (Choice("y", "Yes"), Choice("n", "No"))
_WORDS = {"y": "yes", "n": "no", "u": "unsure"}
_NEEDS_ENTER = " (then Enter)"
_WHOLE = re.compile(r"0|[1-9][0-9]{0,2}")
_IN_A_NUMBER = frozenset("0123456789.,-")
_LONGEST = 8


class Answer(NamedTuple):
    """A complete answer that fits its prompt."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Filling:
    """The state of one prompt while a person answers it.

    `pace` decides whether a key is too early. `chosen` is a choice that needs Enter. `typed` is
    the number as typed so far. `message` is the program's reply to the last key.
    """

    prompt: Prompt
    pace: Pace
    marked: frozenset[str] = frozenset()
    none: bool = False
    chosen: str = ""
    typed: str = ""
    message: str = ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The keys that answer, with their descriptions and whether Enter must follow."""
        lowers = self.prompt.lowers
        return tuple(
            choice._replace(say=choice.say + _NEEDS_ENTER) if choice.key in lowers else choice
            for choice in self._answers
        )

    @property
    def _answers(self) -> tuple[Choice, ...]:
        if self.prompt.form is Form.MARKS:
            one_of = [choice for choice in self.prompt.choices if choice.key in self.prompt.one_of]
            return (*(c for c in self.prompt.choices if c not in one_of), _NONE, *one_of)
        if self.prompt.form is Form.YES_NO:
            return (*_YES_NO, Choice("u", f"Not sure (counts as {self.prompt.unsure_counts_as})"))
        return self.prompt.choices

    @property
    def hint(self) -> str:
        """How to answer this form, in one sentence; empty if the choices make it clear."""
        if self.prompt.form is Form.MARKS:
            return "Keys mark what is so, Enter when done. Not sure counts as yes."
        if self.prompt.form is Form.NUMBER:
            return f"A number from {self.prompt.low} to {self.prompt.high}, then Enter."
        return ""

    @property
    def number(self) -> int | None:
        """The typed number; None if it is not a whole number in the range."""
        if not _WHOLE.fullmatch(self.typed):
            return None
        return int(self.typed) if self.prompt.fits(int(self.typed)) else None

    @property
    def meaning(self) -> str:
        """The typed number with its meaning in words, such as `10: the worst you can imagine`."""
        if self.typed and self.number is None:
            return f"{self.typed}: it should be {self._range}"
        if self.number is not None and self.prompt.scale:
            return f"{self.typed}: {self.prompt.scale[self.number - self.prompt.low]}"
        return self.typed

    @property
    def _range(self) -> str:
        return f"one whole number, {self.prompt.low} to {self.prompt.high}"

    def is_marked(self, key: str) -> bool:
        """Whether a choice is marked or waits for Enter."""
        return self.none if key == NONE and self._marks else key in {*self.marked, self.chosen}

    @property
    def _marks(self) -> bool:
        return self.prompt.form is Form.MARKS

    @property
    def rows_marked(self) -> frozenset[str]:
        """The marked rows, without the one choice that is always needed."""
        return self.marked - self.prompt.one_of

    def closes(self, key: str) -> bool:
        """Whether this key closes the prompt: it leaves the questions or goes back one."""
        return key == LEAVE or (key == BACK and not self.typed)

    def passed(self, at: int) -> "Filling":
        """Return the prompt after a key that changed nothing."""
        return replace(self, pace=self.pace.passed(at))

    def too_fast(self, at: int) -> "Filling":
        """Return the prompt after a key that came too early to be deliberate."""
        return replace(self.passed(at), message=TOO_FAST)

    def press(self, key: str, at: int) -> "Filling | Answer":
        """Return the prompt after a key, or the answer.

        `at` is when the key was pressed, in milliseconds.
        """
        if not any(choice.key == key for choice in self.choices):
            key = key.lower()  # Caps Lock may be on
        if key == AT_ONCE and self._has(key):
            return Answer(key)
        if at < self.pace.shown_at:
            return self  # the key was pressed before the prompt appeared
        now = self._typed(key)
        if now is not None:
            return replace(now, pace=self.pace.typed(at))
        answer = self._answer(key)
        if not isinstance(answer, Answer):
            return answer.passed(at)
        return answer if self.pace.allows(at) else self.too_fast(at)

    def _has(self, key: str) -> bool:
        return any(choice.key == key for choice in self.choices)

    # Keys that type, mark or choose. None of them closes the prompt.

    def _typed(self, key: str) -> "Filling | None":
        """Return the prompt after a key that does not answer yet; None for any other key."""
        if self.prompt.form is Form.NUMBER:
            return self._digit(key)
        if not self._has(key):
            return None
        if self._marks:
            return self._mark(key)
        if key in self.prompt.lowers:
            say = next(choice.say for choice in self._answers if choice.key == key)
            return replace(self, chosen=key, message=f"{say}: press Enter.")
        return None

    def _mark(self, key: str) -> "Filling":
        """Mark or unmark a choice. "None of these" also needs Enter, so habit can't confirm it."""
        if key == NONE and self.rows_marked:
            return replace(self, message=_taken_back(sorted(self.rows_marked)))
        if key == NONE:
            return replace(self, none=True, message="None of these. Enter to confirm.")
        choice = next(choice for choice in self.prompt.choices if choice.key == key)
        if key in self.prompt.one_of:
            marked = self.rows_marked | {key}
            return replace(self, marked=marked, message=f"{choice.group}: {choice.say}")
        marked = self.marked ^ {key}
        message = f"{'Yes' if key in marked else 'Not'}: {key}  {choice.say}"
        return replace(self, marked=marked, none=False, message=message)

    def _digit(self, key: str) -> "Filling | None":
        if key == "backspace":
            return replace(self, typed=self.typed[:-1], message="")
        if key not in _IN_A_NUMBER or len(self.typed) >= _LONGEST:
            return None
        return replace(self, typed=self.typed + key, message="")

    # Keys that answer

    def _answer(self, key: str) -> "Filling | Answer":
        if key == "enter":
            return self._enter()
        if self.prompt.form is Form.YES_NO and key in _WORDS:
            return Answer(_WORDS[key])
        if self.prompt.form is Form.ONE and self._has(key):
            return Answer(key)
        return replace(self, message=f"`{key}` is no key here.")

    def _enter(self) -> "Filling | Answer":
        if self.chosen:
            return Answer(_WORDS[self.chosen] if self.prompt.form is Form.YES_NO else self.chosen)
        is_chosen = self.prompt.fits(self.marked)
        if self._marks and is_chosen and (self.rows_marked or self.none):
            return Answer(self.marked)
        if self._marks and (self.rows_marked or self.none):
            return replace(self, message=f"{self.required_heading}: choose one, then Enter.")
        if self._marks:
            message = "Mark what is so, or press n for none of these, then Enter."
        elif self.number is not None:
            return Answer(self.number)
        elif self.prompt.form is Form.NUMBER:
            message = f"Type it{' again' if self.typed else ''}: {self._range}."
        else:
            message = "Press the key of an answer."
        return replace(self, typed="", message=message)

    @property
    def required_heading(self) -> str:
        """The heading of the choices of which one is needed; empty if there are none."""
        one_of = self.prompt.one_of
        return next((c.group for c in self.prompt.choices if c.key in one_of), "")


def _taken_back(keys: list[str]) -> str:
    if len(keys) == 1:
        return f"{keys[0]} is marked. Press {keys[0]} again to take it back."
    named = f"{', '.join(keys[:-1])} and {keys[-1]}"
    return f"{named} are marked. Press each again to take it back."


def whys(prompt: Prompt) -> list[str]:
    """Why a prompt is asked; one line per choice if the reasons differ."""
    found = [f"{choice.key}  {choice.why}" for choice in prompt.choices if choice.why]
    return found or [prompt.why or "It decides what is left out today."]
