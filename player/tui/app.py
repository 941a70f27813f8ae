"""The full-screen host: the library, one visit at a time, and always a clean terminal."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
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
from player.play.options import Wishes
from player.tui.base import Host
from player.tui.screens.library import LibraryScreen

if TYPE_CHECKING:
    from sqlite3 import Connection

    from player.history.volume import Loudness
    from player.play.running import Live
    from player.play.sound import Ambience
    from player.session.timeline import Timeline
    from player.tui.screens.session import SessionScreen

PLAYED, NOT_PLAYED = 0, 1
SHOWS_AFTER_S = 0.3
"""Until then nobody needs to know that the voice is being made."""

LOOKS_AROUND_EVERY_S = 1.0

_STYLES: list[str | PurePath] = ["app.tcss", "screens/library.tcss"]
"""A default screen's own styles are not read by Textual."""

_Result = TypeVar("_Result")


class SuppleApp(Host):
    """Opens the library, or the one routine that was asked for."""

    CSS_PATH = _STYLES

    def __init__(
        self,
        wishes: Wishes,
        row: Row | None = None,
        *,
        library: Library | None = None,
        clock: Clock = system_clock,
        ambience: "Ambience | None" = None,
        history: Path | None = None,
        at_terminal: bool = False,
    ) -> None:
        super().__init__(at_terminal=at_terminal)
        self.last_words = ""
        self._wishes = wishes
        self._row = row
        self._library = library
        self._clock = clock
        self._ambience = ambience
        self._history = history
        self._store: Connection | None = None
        self._held = ExitStack()
        self._live: Live | None = None
        self._looking: asyncio.TimerHandle | None = None
        self._visiting = False
        self._save_loudness: Callable[[Loudness], bool] = lambda loudness: True

    def library(self) -> Library:
        """All routines, looked for when they are first needed."""
        if self._library is None:
            self._library = open_library()
        return self._library

    # What a person does

    def on_library_screen_chosen(self, event: LibraryScreen.Chosen) -> None:
        if not self._visiting:  # a second Enter that came in the same breath
            self._visiting = True
            self._visit(event.row)

    def on_library_screen_asked_why(self, event: LibraryScreen.AskedWhy) -> None:
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
        """One person, one routine; then the library again, or the end where it was not opened."""
        from player.history.store import open_store
        from player.play.flow import flow  # the first frame does not wait for any of these
        from player.play.sound import Ambience
        from player.play.voice import make_speech
        from player.tui.visit import Visit

        if self._ambience is None:
            makes = make_speech if self._wishes.voice else None
            self._ambience = Ambience(
                self._clock, self._wishes.mute, makes=makes, background=self._wishes.background
            )
        opening: Worker[None] = self.run_worker(self._ambience.open, exclusive=False)
        if self._store is None:
            self._store = self._held.enter_context(open_store(self._history))
        library = self.library()
        way = flow(row, self._store, library.catalogue, self._wishes, self._clock)
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

    async def speak(
        self, timeline: "Timeline", languages: Sequence[str], folder: Path, title: str, aside: str
    ) -> None:
        """Make what will be said; where it takes its time, show how far it is."""
        if self._ambience is None:
            return
        from player.tui.screens.voice import VoiceScreen

        share, goes_on, screen = [0.0], [True], VoiceScreen(title, aside)

        async def shown() -> None:
            await self.ask(screen)

        making = asyncio.create_task(
            self._ambience.speak(
                timeline,
                languages,
                folder,
                lambda done: share.__setitem__(0, done),
                lambda: goes_on[0],
            )
        )
        done, _ = await asyncio.wait({making}, timeout=SHOWS_AFTER_S)
        if not done:
            waiting = asyncio.create_task(shown())
            while not (making.done() or waiting.done()):
                screen.tell(share[0])
                await asyncio.wait(
                    {making, waiting},
                    timeout=SHOWS_AFTER_S,
                    return_when=asyncio.FIRST_COMPLETED,
                )
            goes_on[0] = False
            screen.give(None)
            await waiting
        await making

    # What a session does to the room around it

    def on_session_screen_moved(self, event: "SessionScreen.Moved") -> None:
        self._live = event.live
        if self._ambience is not None:
            self._ambience.moved(event.live)
            self._look_around()

    def on_session_screen_due(self, event: "SessionScreen.Due") -> None:
        if self._ambience is not None and self._ambience.flashes(event.cue.kind):
            self._on_session(lambda screen: screen.flash())

    async def on_session_screen_mute(self, event: "SessionScreen.Mute") -> None:
        if self._ambience is not None:
            self._tell(await self._ambience.mute())
            self._look_around()

    def on_session_screen_turn(self, event: "SessionScreen.Turn") -> None:
        if self._ambience is not None:
            before, words = self._ambience.loudness, self._ambience.turn(event.steps)
            now = self._ambience.loudness
            if now != before and not self._save_loudness(now):
                words = "So loud for now; it could not be kept."
            self._tell(words)

    def heard_at(self, loudness: "Loudness", keep: "Callable[[Loudness], bool]") -> None:
        """Be as loud as this person wants it; `keep` hears of changes, and says if it can't."""
        self._save_loudness = keep
        if self._ambience is not None:
            self._ambience.heard_at(loudness)

    def _tell(self, words: str) -> None:
        self._on_session(lambda screen: screen.notice(words))

    def _on_session(self, do: "Callable[[SessionScreen], None]") -> None:
        from player.tui.screens.session import SessionScreen

        for screen in self.screen_stack:
            if isinstance(screen, SessionScreen):
                do(screen)

    # Life

    def get_default_screen(self) -> Screen[None]:
        """The library lies below everything else, unless one routine was asked for."""
        if self._row is not None:
            return super().get_default_screen()
        return LibraryScreen(self.library, self._wishes.languages)

    def on_mount(self) -> None:
        if self._row is not None:
            self._visit(self._row)

    def on_ready(self) -> None:
        """The first frame is on the terminal; now there is time to read."""
        if isinstance(self.screen, LibraryScreen):
            self.screen.read()

    def action_interrupt(self) -> None:
        """Ctrl+C: the next start offers to go on with a session."""
        if self._live is not None:
            self.last_words = "Stopped. What was done is kept; the next start offers to go on."
        super().action_interrupt()

    def _look_around(self) -> None:
        """A sign of life for the sound, once a second while there is any."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if self._ambience is None or self._ambience.is_silent:
            return
        self._ambience.looked()
        if words := self._ambience.excuse():
            self._tell(words)
        # Not a timer of Textual's, which costs as much as painting the second that has passed.
        loop = asyncio.get_running_loop()
        self._looking = loop.call_later(LOOKS_AROUND_EVERY_S, self._look_around)

    def put_away(self) -> None:
        """Keep the place of a running session, fall silent, close the history."""
        if self._live is not None:
            self._live.keep()
        if self._ambience is not None:
            self._ambience.close()
        self._held.close()


def run(wishes: Wishes, row: Row | None = None, library: Library | None = None) -> int:
    """Run the screens until they are left. Returns the exit code; raises what went wrong."""
    app = SuppleApp(wishes, row, library=library, at_terminal=True)
    code = app.run_to_end()
    if app.last_words:
        print(f"supple: {app.last_words}", file=sys.stderr)
    return code
