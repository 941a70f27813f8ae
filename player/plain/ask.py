"""The interview line by line: every question in full, single keys, no default anywhere."""

from collections.abc import Callable

from player.plain.console import Console
from player.safety.interview import Interview
from player.safety.prompts import Form, Prompt, Reply

LEAVE = "q"
_SCALE_TEN = "t"


class Left(Exception):
    """The person left the questions; nothing is played."""


def ask_all(console: Console, interview: Interview, left: Callable[[Interview], None]) -> Interview:
    """Ask until the interview is over. Raises Left or TerminalGone: then nobody was cleared.

    `left` is told where somebody leaves in the middle.
    """
    try:
        while (prompt := interview.prompt) is not None:
            reply = _ask(console, prompt)
            interview = interview.back() if reply is None else interview.answer(reply)
    except BaseException:
        left(interview)
        raise
    return interview


def _ask(console: Console, prompt: Prompt) -> Reply | None:
    """One prompt; None means: back to the one before."""
    console.line()
    for line in prompt.lines:
        console.line(line)
    console.line(prompt.ask)
    if prompt.form is Form.MARKS:
        return _marks(console, prompt)
    if prompt.form is Form.NUMBER:
        return _number(console, prompt)
    return _one(console, prompt)


def _key(console: Console, prompt: Prompt) -> str:
    """The next key that is not a question about the question."""
    while True:
        key = console.key(None)
        if key is None:
            continue
        if key == LEAVE:
            raise Left
        if key == "?":
            _explain(console, prompt)
            continue
        return key


def _explain(console: Console, prompt: Prompt) -> None:
    whys = [f"{choice.key}  {choice.why}" for choice in prompt.choices if choice.why]
    for line in whys or [prompt.why or "It decides what is left out today."]:
        console.line(f"  Why: {line}")


def _marks(console: Console, prompt: Prompt) -> frozenset[str] | None:
    """Numbers mark a yes; `n` and then Enter say none of these, so no habit presses it."""
    for choice in prompt.choices:
        console.line(f"  {choice.key}  {choice.say}")
    console.line(
        "Keys mark what is so; Enter when done. None of these: n, then Enter. "
        "Not sure counts as yes. ? why, - back, q leave."
    )
    known = {choice.key: choice for choice in prompt.choices}
    marked: set[str] = set()
    none = False
    while True:
        key = _key(console, prompt)
        if key == "-":
            return None
        if key == "enter" and (marked or none):
            return frozenset(marked)
        if key == "enter":
            console.line("Mark what is so, or press n for none of these, then Enter.")
        elif key == "n":
            marked.clear()
            none = True
            console.line("None of these. Enter to confirm.")
        elif key in known:
            none = False
            marked ^= {key}
            console.line(f"{'Yes' if key in marked else 'Not'}: {key}  {known[key].say}")
        else:
            console.line(f"`{key}` is no key here.")


def _one(console: Console, prompt: Prompt) -> Reply | None:
    if prompt.form is Form.YES_NO:
        options: dict[str, Reply] = {"y": "yes", "n": "no", "u": "unsure"}
        console.line("  y yes, n no, u not sure (counts as yes). ? why, - back, q leave.")
    elif prompt.form is Form.SCALE:
        options = {**{str(number): number for number in range(10)}, _SCALE_TEN: 10}
        console.line("  0 to 9, or t for ten. ? why, - back, q leave.")
    else:
        options = {choice.key: choice.key for choice in prompt.choices}
        for choice in prompt.choices:
            console.line(f"  {choice.key}  {choice.say}")
    while True:
        key = _key(console, prompt)
        if key == "-":
            return None
        if key in options:
            console.line(f"> {_words(prompt, options[key])}")
            return options[key]
        console.line(f"`{key}` is no key here.")


def _words(prompt: Prompt, reply: Reply) -> str:
    said = {choice.key: choice.say for choice in prompt.choices}
    return said.get(str(reply), str(reply))


def _number(console: Console, prompt: Prompt) -> int | None:
    console.line(
        f"  A number from {prompt.low} to {prompt.high}, then Enter. ? why, - back, q leave."
    )
    digits = ""
    while True:
        key = _key(console, prompt)
        if key == "-" and not digits:
            return None
        if key == "backspace":
            digits = ""
            console.line("Again:")
        elif key == "enter" and digits:
            console.line()
            if prompt.low <= int(digits) <= prompt.high:
                return int(digits)
            console.line(f"It should be from {prompt.low} to {prompt.high}.")
            digits = ""
        elif key.isascii() and key.isdigit() and len(digits) < 3:
            digits += key
            console.write(key)


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
