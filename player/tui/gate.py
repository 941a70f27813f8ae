"""The gate that every key passes before a screen gets it.

It stops the pieces of a broken report of the terminal, and it translates letters of another
alphabet. A key that may begin a report, such as Escape, passes only after a moment with nothing
behind it.
"""

import os
from collections.abc import Iterator

from textual.app import App
from textual.events import Key
from textual.widgets import Input

from player.base.keyboard import by_place
from player.base.locale import languages
from player.base.reports import ESCAPE, Reports
from player.safety.prompts import AT_ONCE
from player.tui.widgets.prompt_view import PromptView
from player.tui.widgets.stamp import at_ms

_ALWAYS = frozenset({"ctrl+c", "ctrl+q"})
_STANDS_FOR_ESCAPE = "circumflex_accent"
"""What Textual sends instead of the Escape of a sequence that it does not know."""
_ALT = "alt+"
_SIGNS = {"semicolon": ";", "colon": ":", "slash": "/"}


class Gate:
    """Decides which keys of an app pass, and what they mean."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._reports = Reports()
        self._held: Key | None = None
        """A key that may begin a report, and has nothing behind it so far."""
        self._languages = languages(os.environ)

    @property
    def holds(self) -> bool:
        """Whether a key waits to see if anything follows it."""
        return self._held is not None

    def let_go(self, at: int) -> Key | None:
        """Return the key that has waited long enough at this time, and hold it no longer."""
        if self._held is None or self._reports.is_open(at):
            return None
        key, self._held = self._held, None
        self._reports = Reports()
        return key

    def keys(self, key: Key) -> Iterator[Key]:
        """Yield the keys that pass now: one that waited before this key, and this key."""
        if key.key in _ALWAYS:
            yield key
            return
        at = at_ms(key)
        if before := self.let_go(at):
            yield before
        self._held = None
        is_typed = isinstance(self._app.focused, Input)
        meant = key if is_typed else self._meant(key)
        is_piece, is_first, codes = False, not self._reports.is_open(at), _codes(key)
        for code in codes:
            self._reports, takes = self._reports.takes(code, at, is_typed)
            is_piece = is_piece or takes
        if not is_piece or (meant.key.lower() == AT_ONCE and self._takes_x()):
            yield meant
        elif len(codes) == 1 and (is_first or codes == (ESCAPE,)):
            self._held = meant

    def _meant(self, key: Key) -> Key:
        """Return the key that is meant, which a keyboard of another alphabet sends differently."""
        character = key.character or _SIGNS.get(key.key, "")
        latin = by_place(character, self._languages)
        is_alt_x = key.key.startswith(_ALT) and character.lower() == AT_ONCE
        if is_alt_x or (key.key == "delete" and self._takes_x()):
            latin = AT_ONCE
        elif latin == character or key.key in self._app.screen.active_bindings:
            return key
        found = Key(latin, latin)
        found.time = key.time
        return found

    def _takes_x(self) -> bool:
        """Return whether `x` means on the present screen that something hurts."""
        screen = self._app.screen
        if AT_ONCE in screen.active_bindings:
            return True
        prompts = screen.query(PromptView)
        return any(choice.key == AT_ONCE for view in prompts for choice in view.prompt.choices)


def _codes(key: Key) -> tuple[str, ...]:
    """Return the characters that the terminal sent for a key, or its name if it was a sequence."""
    if key.key == "escape":
        return (ESCAPE,) if key.character == ESCAPE else ("whole",)
    if key.key == _STANDS_FOR_ESCAPE:
        return (ESCAPE,)
    character = key.character or ""
    if len(character) != 1:
        return (key.key,)
    return (ESCAPE, character) if key.key.startswith(_ALT) else (character,)
