"""The interview line by line: every question in full, single keys, no default anywhere."""

from collections.abc import Callable

from player.plain.console import Console
from player.safety.filling import BACK, LEAVE, WHY, Answer, Filling, whys
from player.safety.interview import Interview
from player.safety.prompts import Form, Prompt, Reply

_COMMANDS = "? why, - back, q leave."


class Left(Exception):
    """The person left the questions; nothing is played."""


def ask_all(console: Console, interview: Interview, told: Callable[[Interview], None]) -> Interview:
    """Ask until the interview is over. Raises Left or TerminalGone: then nobody was cleared.

    `told` hears of every answer, so that a kill in the middle forgets nothing that matters.
    """
    while (prompt := interview.prompt) is not None:
        reply = ask_prompt(console, prompt)
        interview = interview.back() if reply is None else interview.answer(reply)
        told(interview)
    return interview


def ask_prompt(console: Console, prompt: Prompt) -> Reply | None:
    """One prompt; None means: back to the one before. Raises Left."""
    filling = Filling(prompt)
    console.line()
    for line in prompt.lines:
        console.line(line)
    console.line(prompt.ask)
    _show_choices(console, filling)
    while True:
        key = console.key(None)
        if key is None:
            continue
        if key == LEAVE:
            raise Left
        if key == BACK and not filling.digits:
            return None
        if key == WHY:
            for line in whys(prompt):
                console.line(f"  Why: {line}")
            continue
        pressed = filling.press(key)
        if isinstance(pressed, Answer):
            _echo(console, filling, pressed)
            return pressed.reply
        if len(pressed.digits) > len(filling.digits):
            console.write(key)
        elif filling.digits and not pressed.digits:
            console.line()
        if pressed.said:
            console.line(pressed.said)
        filling = pressed


def _show_choices(console: Console, filling: Filling) -> None:
    form = filling.prompt.form
    if form is Form.YES_NO:
        console.line(f"  y yes, n no, u not sure (counts as yes). {_COMMANDS}")
        return
    for choice in filling.prompt.choices:
        console.line(f"  {choice.key}  {choice.say}")
    if form is Form.MARKS:
        console.line(f"{filling.hint} None of these: n, then Enter. {_COMMANDS}")
    elif filling.hint:
        console.line(f"  {filling.hint} {_COMMANDS}")


def _echo(console: Console, filling: Filling, answer: Answer) -> None:
    if filling.prompt.form is Form.NUMBER:
        console.line()
    elif filling.prompt.form is not Form.MARKS:
        said = {choice.key: choice.say for choice in filling.prompt.choices}
        console.line(f"> {said.get(str(answer.reply), answer.reply)}")


def ask_text(console: Console, ask: str, longest: int) -> str:
    """A short text, echoed as it is typed; empty where only Enter was pressed."""
    console.line(ask)
    text = ""
    while True:
        key = console.key(None)
        if key == "enter":
            console.line()
            return text.strip()
        if key == "backspace":
            text = text[:-1]
            console.write("\b \b")
        elif key is not None and len(key) == 1 and len(text) < longest:
            text += key
            console.write(key)


def ask_key(console: Console, ask: str, keys: str) -> str:
    """One of `keys`; q leaves. Raises Left."""
    console.line(ask)
    while True:
        key = console.key(None)
        if key in {LEAVE, "Q"} and LEAVE not in keys:
            raise Left
        if key is not None and key in keys.replace("\n", "") and len(key) == 1:
            return key
        if key == "enter" and "\n" in keys:
            return "\n"
