"""Passes on the keys of the plain mode, without pieces of reports, and translates letters."""

import os
from collections import deque

from player.base.keyboard import by_place
from player.base.locale import languages
from player.base.reports import REST_MS, Reports
from player.plain.console import Console

MOVES_ONLY = frozenset({"up", "down", "left", "right", "escape", "delete", "f5"})
"""Keys that mean something only in a session."""


class KeyFilter:
    """Reads the keys of a console.

    The pieces of a broken report are dropped, but the key `spares` passes at any time. A key that
    may begin a report passes once nothing has followed it for a moment; Escape passes at once,
    because the console has waited for that already.
    """

    def __init__(self, console: Console, spares: str = "", in_text: bool = False) -> None:
        self._console = console
        self._spares = spares
        self._in_text = in_text
        self._reports = Reports()
        self._held: tuple[str, int] | None = None
        self._ready: deque[str] = deque()
        self._languages = languages(os.environ)

    def key(self, timeout_ms: int | None) -> str | None:
        """Return the next key, or None after `timeout_ms`, or if a key was dropped."""
        if self._ready:
            return self._ready.popleft()
        wait = timeout_ms
        if self._held is not None:
            left = max(self._held[1] + REST_MS - self._console.now(), 0)
            wait = left if wait is None else min(wait, left)
        key = self._console.key(wait)
        at = self._console.now()
        before, is_first = self._held, not self._reports.is_open(at)
        if before is not None and is_first:
            self._held = None
            if key is not None:
                self._ready.extend(filter(None, [self._passed(key, at, is_first)]))
            return before[0]
        return None if key is None else self._passed(key, at, is_first)

    def _passed(self, key: str, at: int, is_first: bool) -> str | None:
        self._held = None
        meant = key if self._in_text else by_place(key, self._languages)
        if key == "delete" and self._spares:
            meant = self._spares
        self._reports, is_piece = self._reports.takes(key, at, self._in_text)
        if not is_piece or (self._spares and meant.lower() == self._spares):
            return meant
        if is_first and key == "escape":
            return key
        if is_first:
            self._held = (meant, at)
        return None
