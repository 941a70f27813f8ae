"""The full-screen program. It shows the library and leads through one session at a time."""

import asyncio
import os
import sys
from contextlib import ExitStack
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.screen import Screen
from textual.worker import Worker

from player.base import clock as system_clock
from player.base.clock import Clock
from player.library.folders import Library, open_library
from player.library.row import Row
from player.play.options import PlayOptions
from player.tui.base import Host
from player.tui.screens.library import LibraryScreen

if TYPE_CHECKING:
    from sqlite3 import Connection

    from player.play.requests import MakeSpeech
    from player.play.running import Live
    from player.play.sound import SessionSound
    from player.tui.screens.session import SessionScreen

PLAYED, NOT_PLAYED = 0, 1
SHOWS_AFTER_S = 0.3
"""How long making speech may take before the screen shows its progress."""

_STYLES: list[str | PurePath] = ["app.tcss", "screens/library.tcss"]
"""Includes the styles of the default screen, because Textual does not read them from its class."""

_Result = TypeVar("_Result")


class SuppleApp(Host):
    """Opens the library, or only the routine that the command line names."""

    CSS_PATH = _STYLES

    def __init__(
        self,
        options: PlayOptions,
        row: Row | None = None,
        *,
        library: Library | None = None,
        clock: Clock = system_clock,
        sound: "SessionSound | None" = None,
        history: Path | None = None,
        at_terminal: bool = False,
    ) -> None:
        super().__init__(at_terminal=at_terminal)
        self.last_words = ""
        self._options = options
        self._row = row
        self._library = library
        self._clock = clock
        self._sound = sound
        self._history = history
        self._store: Connection | None = None
        self._resources = ExitStack()
        self._live: Live | None = None
        self._visiting = False

    def library(self) -> Library:
        """Return all routines. They are found on first use."""
        if self._library is None:
            self._library = open_library()
        return self._library

    @property
    def sound(self) -> "SessionSound":
        """The sound of all sessions. It is created on first use."""
        if self._sound is None:
            from player.play.sound import SessionSound
            from player.play.voice import make_speech

            speech_maker = make_speech if self._options.voice else None
            self._sound = SessionSound(
                self._clock,
                self._options.mute,
                speech_maker=speech_maker,
                background=self._options.background,
            )
        return self._sound

    # Actions of the person

    def on_library_screen_chosen(self, event: LibraryScreen.Chosen) -> None:
        if not self._visiting:  # a second Enter may follow at once
            self._visiting = True
            self._visit(event.row)

    def on_library_screen_why_requested(self, event: LibraryScreen.WhyRequested) -> None:
        if self._visiting or not isinstance(self.screen, LibraryScreen):
            return
        from player.learn.pages import PagesMissing, load_pages
        from player.safety.emergency import emergency_number
        from player.tui.screens.learn import LearnScreen

        try:
            self.push_screen(LearnScreen(load_pages(), emergency_number(os.environ)))
        except PagesMissing as error:
            from player.tui.screens.note import NoteScreen

            self.push_screen(NoteScreen("supple", str(error), [], "mild"))

    @work(exclusive=True)
    async def _visit(self, row: Row) -> None:
        """Lead one person through one routine. Then return to the library, or exit if
        there is none.
        """
        from player.history.store import open_store  # imported here to show the first frame sooner
        from player.play.flow import flow
        from player.tui.visit import Visit

        opening: Worker[None] = self.run_worker(self.sound.open, exclusive=False)
        if self._store is None:
            self._store = self._resources.enter_context(open_store(self._history))
        library = self.library()
        way = flow(row, self._store, library.catalogue, self._options, self._clock)
        played = await Visit(self, self._store, self._clock).run(way)
        self._live = None
        self._visiting = False
        opening.cancel()
        if self._row is not None:
            self.last_words = "" if played else "Left. Nothing was played."
            self.exit(return_code=PLAYED if played else NOT_PLAYED)

    async def ask(self, screen: Screen[_Result]) -> _Result | None:
        """Show a screen and wait for its result."""
        return await self.push_screen_wait(screen)

    async def speak(self, request: "MakeSpeech") -> bool:
        """Make the speech of a session. If that takes long, show the progress.

        Returns whether the person leaves instead of beginning the session.
        """
        from player.tui.screens.voice import VoiceScreen

        share, is_awaited, screen = 0.0, True, VoiceScreen(*request.head)

        def on_progress(made: float) -> None:
            nonlocal share
            share = made

        async def ask_whether_to_leave() -> bool:
            leaves = await self.ask(screen)
            return leaves is True

        making = asyncio.create_task(
            self.sound.make_speech(
                request.timeline,
                request.languages,
                request.folder,
                on_progress,
                lambda: is_awaited,
                request.warning,
            )
        )
        leaves = False
        try:
            done, _ = await asyncio.wait({making}, timeout=SHOWS_AFTER_S)
            if not done:
                waiting = asyncio.create_task(ask_whether_to_leave())
                while not (making.done() or waiting.done()):
                    screen.show_progress(share)
                    await asyncio.wait(
                        {making, waiting},
                        timeout=SHOWS_AFTER_S,
                        return_when=asyncio.FIRST_COMPLETED,
                    )
                is_awaited = False
                screen.close_with(False)
                leaves = await waiting
        finally:  # if the program ends meanwhile, its threads must end too
            is_awaited = False
        await making
        return leaves

    def on_session_screen_began(self, event: "SessionScreen.Began") -> None:
        self._live = event.live

    # Start and end

    def get_default_screen(self) -> Screen[None]:
        """Return the library screen, unless the command line names a routine."""
        if self._row is not None:
            return super().get_default_screen()
        return LibraryScreen(self.library, self._options.languages)

    def on_mount(self) -> None:
        if self._row is not None:
            self._visit(self._row)

    def on_ready(self) -> None:
        """Read the routines, now that the first frame is on the terminal."""
        if isinstance(self.screen, LibraryScreen):
            self.screen.read()

    def action_interrupt(self) -> None:
        """Exit on Ctrl+C, and tell whether the next start offers to resume the session."""
        if self._live is not None:
            from player.play.resume import stopped_words

            self.last_words = stopped_words(self._live)
        super().action_interrupt()

    def close_all(self) -> None:
        """Save the position of a running session, stop the sound, and close the history."""
        if self._live is not None:
            self._live.save_position()
        if self._sound is not None:
            self._sound.close()
        self._resources.close()


def run(options: PlayOptions, row: Row | None = None, library: Library | None = None) -> int:
    """Run the program until the person leaves. Returns the exit code, or raises the error."""
    app = SuppleApp(options, row, library=library, at_terminal=True)
    code = app.run_to_end()
    if app.last_words:
        print(f"supple: {app.last_words}", file=sys.stderr)
    return code
