"""A prompt being answered key by key, alike in every host. Nothing is filled in beforehand."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from player.safety.prompts import Choice, Form, Prompt, Reply

BACK, WHY, LEAVE = "-", "?", "q"
"""Keys that a host acts on; no prompt has them among its own."""

_NONE = Choice("n", "None of these")
_YES_NO = (Choice("y", "Yes"), Choice("n", "No"), Choice("u", "Not sure (counts as yes)"))
_WORDS = {"y": "yes", "n": "no", "u": "unsure"}
_TEN = "t"


class Answer(NamedTuple):
    """A complete answer that fits its prompt."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Filling:
    """How far somebody has got with one prompt. `said` is what the last key is answered with."""

    prompt: Prompt
    marked: frozenset[str] = frozenset()
    none: bool = False
    digits: str = ""
    said: str = ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The keys that answer, with their words."""
        if self.prompt.form is Form.MARKS:
            return (*self.prompt.choices, _NONE)
        return _YES_NO if self.prompt.form is Form.YES_NO else self.prompt.choices

    @property
    def hint(self) -> str:
        """How this form is answered, in a sentence; empty where the choices say it."""
        if self.prompt.form is Form.MARKS:
            return "Keys mark what is so, Enter when done. Not sure counts as yes."
        if self.prompt.form is Form.SCALE:
            return "0 to 9, or t for ten."
        if self.prompt.form is Form.NUMBER:
            return f"A number from {self.prompt.low} to {self.prompt.high}, then Enter."
        return ""

    def is_marked(self, key: str) -> bool:
        return self.none if key == _NONE.key else key in self.marked

    def press(self, key: str) -> "Filling | Answer":
        """What a key makes of it."""
        if not any(choice.key == key for choice in self.choices):
            key = key.lower()  # Caps Lock is no reason not to understand
        if self.prompt.form is Form.MARKS:
            return self._mark(key)
        if self.prompt.form is Form.NUMBER:
            return self._number(key)
        reply = self._reply(key)
        return replace(self, said=f"`{key}` is no key here.") if reply is None else Answer(reply)

    def _reply(self, key: str) -> Reply | None:
        if self.prompt.form is Form.YES_NO:
            return _WORDS.get(key)
        if self.prompt.form is Form.SCALE:
            is_digit = len(key) == 1 and key.isascii() and key.isdigit()
            return int(key) if is_digit else 10 if key == _TEN else None
        return key if any(choice.key == key for choice in self.prompt.choices) else None

    def _mark(self, key: str) -> "Filling | Answer":
        """None of these takes two keys, so that no habit presses it."""
        if key == "enter" and (self.marked or self.none):
            return Answer(self.marked)
        if key == "enter":
            return replace(self, said="Mark what is so, or press n for none of these, then Enter.")
        if key == _NONE.key:
            return replace(
                self, marked=frozenset(), none=True, said="None of these. Enter to confirm."
            )
        choice = next((choice for choice in self.prompt.choices if choice.key == key), None)
        if choice is None:
            return replace(self, said=f"`{key}` is no key here.")
        marked = self.marked ^ {key}
        said = f"{'Yes' if key in marked else 'Not'}: {key}  {choice.say}"
        return replace(self, marked=marked, none=False, said=said)

    def _number(self, key: str) -> "Filling | Answer":
        prompt = self.prompt
        if key == "backspace":
            return replace(self, digits="", said="Again:")
        if key == "enter" and self.digits:
            if prompt.low <= int(self.digits) <= prompt.high:
                return Answer(int(self.digits))
            said = f"It should be from {prompt.low} to {prompt.high}."
            return replace(self, digits="", said=said)
        if key.isascii() and key.isdigit() and len(self.digits) < 3:
            return replace(self, digits=self.digits + key, said="")
        return replace(self, said="")


def whys(prompt: Prompt) -> list[str]:
    """Why a prompt is asked, for each of its choices where they differ."""
    found = [f"{choice.key}  {choice.why}" for choice in prompt.choices if choice.why]
    return found or [prompt.why or "It decides what is left out today."]
