"""Asks the questions line by line. Single keys answer; no question has a default answer."""

from collections.abc import Callable, Container, Iterable
from dataclasses import replace

from player.base.text import safe, width
from player.plain.console import Console
from player.plain.filter import MOVES_ONLY, KeyFilter
from player.safety.filling import LEAVE, NEEDS_ANSWER, WHY, Answer, Filling, whys
from player.safety.interview import Interview
from player.safety.pace import ANSWER_AFTER_MS, HELD_MS, NO_PASTE, TOO_FAST, Pace
from player.safety.prompts import AT_ONCE, Choice, Form, Prompt, Reply

_COMMANDS = "? why, - back, q leave."


class PersonLeft(Exception):
    """The person left the questions, so nothing plays."""


class Keys:
    """Reads the keys for the present prompt. Keys typed before the prompt are thrown away.

    `spares` is a key that counts even if typed before. With `in_text` letters stay untranslated.
    """

    def __init__(
        self,
        console: Console,
        after_ms: int = ANSWER_AFTER_MS,
        spares: str = "",
        in_text: bool = False,
    ) -> None:
        self._console = console
        self._filter = KeyFilter(console, spares, in_text)
        console.forget(spares)
        self.pace = Pace(console.now(), after_ms)
        self._nothing_waited_at = self.pace.shown_at
        self._refused_at: int | None = None

    def next(self, longest_ms: int | None = None) -> tuple[str, int] | None:
        """Return the next key and when it was pressed, or None after `longest_ms` without a key.

        The program may be slow to read a key. A key that may have been waiting since before the
        prompt accepted answers counts as pressed too early.
        """
        while True:
            began = self._console.now()
            early = self.pace.answers_from - began
            waits = [ms for ms in (early if early > 0 else None, longest_ms) if ms is not None]
            wait = min(waits, default=None)
            key = self._filter.key(wait)
            now = self._console.now()
            if key in MOVES_ONLY:
                self.pace = self.pace.passed(now)
            elif key == "paste":
                self._console.line(NO_PASTE)
                self.pace = self.pace.passed(now)
            elif key is not None:
                waited = self._nothing_waited_at < self.pace.answers_from
                return key, min(now, self.pace.answers_from - 1) if waited else now
            elif wait is not None and now - began >= wait:
                self._nothing_waited_at = now
            if longest_ms is not None:
                longest_ms -= now - began
                if longest_ms <= 0:
                    return None

    def answer(self, keys: Container[str], longest_ms: int | None = None) -> str | None:
        """Return the next of `keys` that is not too early, or None after `longest_ms`.

        Other keys are ignored. For a key that is too early, a refusal is printed.
        """
        while pressed := self.next(longest_ms):
            key, at = pressed
            if key not in keys:
                self.pace = self.pace.passed(at)
            elif self.pace.allows(at):
                return key
            else:
                self.refuse(at)
        return None

    def refuse(self, at: int) -> None:
        """Print that a key came too early. A key that is held down is refused only once."""
        before = self._refused_at
        if before is None or at - before >= HELD_MS:
            self._console.line(TOO_FAST)
        self._refused_at = at
        self.pace = self.pace.passed(at)


def ask_all(
    console: Console, interview: Interview, on_answer: Callable[[Interview], None]
) -> Interview:
    """Ask until the interview is over or the person leaves. Raises TerminalGone.

    `on_answer` is called after each answer, so that a red flag survives if the program is killed.
    """
    while (prompt := interview.prompt) is not None:
        try:
            reply = ask_prompt(console, prompt)
        except PersonLeft:
            break
        interview = interview.back() if reply is None else interview.answer(reply)
        on_answer(interview)
    return interview


def ask_prompt(console: Console, prompt: Prompt, required: bool = False) -> Reply | None:
    """Ask one prompt. Returns None if the person goes back to the one before. Raises PersonLeft.

    If the reply is `required`, the person can neither go back nor leave.
    """
    console.line()
    for line in prompt.lines:
        console.line(line)
    console.line(prompt.ask)
    _show_choices(console, prompt, "? why." if required else _COMMANDS)
    can_hurt = any(choice.key == AT_ONCE for choice in prompt.choices)
    keys = Keys(console, spares=AT_ONCE if can_hurt else "")
    filling = Filling(prompt, keys.pace)
    while True:
        pressed = keys.next()
        assert pressed is not None  # without a limit it waits for a key
        key, at = pressed
        key = LEAVE if key == LEAVE.upper() else key
        if key == WHY:
            for line in whys(prompt):
                console.line(f"  Why: {line}")
            keys.pace = keys.pace.passed(at)
            continue
        if filling.closes(key) and keys.pace.allows(at):
            if required:
                console.line(NEEDS_ANSWER)
                keys.pace = keys.pace.passed(at)
                continue
            if key == LEAVE:
                raise PersonLeft
            return None
        filling = replace(filling, pace=keys.pace)
        after = filling.too_fast(at) if filling.closes(key) else filling.press(key, at)
        if isinstance(after, Answer):
            _echo(console, filling, after)
            return after.reply
        if after.message == TOO_FAST:
            keys.refuse(at)
        elif words := _reply(filling, after):
            console.line(words)
        filling, keys.pace = after, after.pace


def _show_choices(console: Console, prompt: Prompt, commands: str) -> None:
    filling = Filling(prompt, Pace(0))
    if prompt.form is Form.YES_NO and not prompt.lowers:
        counts = f"u not sure (counts as {prompt.unsure_counts_as})"
        console.line(f"  y yes, n no, {counts}. {commands}")
        return
    if prompt.form is not Form.MARKS:
        _show_rows(console, filling.choices)
        console.line(f"  {filling.hint} {commands}" if filling.hint else f"  {commands}")
        return
    _show_rows(console, prompt.choices)
    also = f"{filling.required_heading.lower()}, then " if filling.required_heading else ""
    console.line(f"{filling.hint} None of these: n, then {also}Enter. {commands}")


def _show_rows(console: Console, choices: Iterable[Choice]) -> None:
    """Print a row for each choice, below the heading of its group."""
    group = ""
    for choice in choices:
        if choice.group not in {"", group}:
            console.line(f"{choice.group}:")
        group = choice.group
        console.line(f"  {choice.key}  {choice.say}")


def _reply(before: Filling, after: Filling) -> str:
    """Return the line to print after a key that did not complete the answer."""
    is_typed = after.typed != before.typed
    if is_typed and (after.typed or not after.message):
        return f"> {after.meaning or '_'}"
    return after.message


def _echo(console: Console, filling: Filling, answer: Answer) -> None:
    if filling.prompt.form not in {Form.MARKS, Form.NUMBER}:
        words = {choice.key: choice.say for choice in filling.prompt.choices}
        console.line(f"> {words.get(str(answer.reply), answer.reply)}")


def ask_text(console: Console, ask: str, text: str = "") -> str:
    """Ask for a short text and echo it. Returns an empty text if only Enter was pressed.

    The person can go on typing at the end of `text`, or take it out.
    """
    console.line(ask)
    console.write(safe(text))
    keys = Keys(console, in_text=True)
    while pressed := keys.next():
        key, at = pressed
        if key == "enter" and keys.pace.allows(at):
            break
        if key == "enter":
            keys.refuse(at)
        elif key == "backspace":
            console.write("\b \b" * width(text[-1:]))
            text = text[:-1]
        elif len(key) == 1:
            text += key
            console.write(key)
    console.line()
    return text.strip()


def ask_key(console: Console, ask: str, keys: str, after_ms: int = ANSWER_AFTER_MS) -> str:
    """Wait for one of `keys` and return it. In `keys`, a line end means Enter.

    Raises PersonLeft for q.
    """
    console.line(ask)
    wanted = {"enter" if key == "\n" else key for key in keys}
    key = Keys(console, after_ms).answer(wanted | {LEAVE, LEAVE.upper()})
    if key in {LEAVE, LEAVE.upper()} - wanted:
        raise PersonLeft
    return "\n" if key == "enter" else str(key)
