"""The screen with a warning that is said before a session begins."""

from player.tui.screens.note import NoteScreen

PAUSE_MS = 500
"""How long it is quiet between the warning and the session."""


class WarningScreen(NoteScreen):
    """Shows a warning while a voice says it, which takes `length` ms. Then it closes by itself."""

    def __init__(self, title: str, words: str, length: int, subtitle: str) -> None:
        super().__init__(title, words, [], "mild", "begin", subtitle)
        self._length = length

    def on_mount(self) -> None:
        """Begin to wait for the end. Textual calls this in addition to `on_mount` of the base."""
        self.set_timer((self._length + PAUSE_MS) / 1_000, lambda: self.close_with(None))
