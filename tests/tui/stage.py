"""Runs the real app on virtual time. Its loop jumps to the next timer: an hour takes seconds."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from time import sleep
from typing import Any, TypeVar
from unittest import mock

import textual._time
import textual._wait
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from player.base.reports import REST_MS
from player.document.read import read_bytes
from player.history.people import person_named, save_profile
from player.history.store import open_store
from player.library.folders import Library, open_library
from player.library.opening import open_document, open_routine
from player.library.row import Row
from player.play.options import PlayOptions
from player.play.sound import SessionSound
from player.routine.terms import SHIPPED
from player.safety.prompts import Form, Reply
from player.tui.app import SuppleApp
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.page import Page
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.who import WhoScreen
from tests.safety.making import FULL_PROFILE, HARMLESS_ONE, finish, harmless

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))
LIBRARY = open_library([SHIPPED])
UNHURRIED_MS = 700
"""How long a person waits before the key that answers."""
SHORT = LIBRARY._replace(files=LIBRARY.files[1:2])
"""The shipped catalogue with only one routine, which is quick to read and paint."""

FRAME_S = 0.02
"""What Textual paints within."""

TURN_S, PATIENCE = 0.005, 12_000
"""How long to wait between two looks at a real thread, and how many looks: over a minute in all."""

WALL = 1_790_000_000_000

_T = TypeVar("_T")


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time stops while there is work, and jumps when there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._time = 0.0
        select = self._selector.select  # type: ignore[attr-defined]  # asyncio's own, not typed

        def jump(timeout: float | None = None) -> object:
            ready = select(0)
            if ready or (timeout is not None and timeout <= 0):
                return ready
            if timeout is None:  # only a thread can wake it
                return select(0.01)
            self._time += timeout
            return []

        self._selector.select = jump  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._time


_read_styles = Stylesheet._parse_rules
_STYLES: dict[object, list[RuleSet]] = {}


def _read_styles_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """Parse a style sheet only once, because its rules are the same in every app of the run."""
    given = css, read_from, is_default_rules, tie_breaker, scope
    key = given, tuple(sheet._variables.items())
    if key not in _STYLES:
        _STYLES[key] = _read_styles(sheet, *given)
    return _STYLES[key]


class LoopClock:
    """A session clock and a calendar that follow the time of a loop."""

    def __init__(self, loop: JumpingLoop) -> None:
        self._loop = loop
        self.slept_ms = 0
        self.set_forward_ms = 0
        """How far somebody has set the calendar forward; negative if it was set back."""

    def now(self) -> int:
        return round(self._loop.time() * 1_000) + self.slept_ms

    def wall(self) -> int:
        return WALL + self.now() + self.set_forward_ms


@contextmanager
def virtual_time() -> Iterator[JumpingLoop]:
    """Let Textual's timers use the time of the loop, and parse each style sheet only once.

    This replaces private names of Textual. A separate test fails if Textual changes them.
    """
    loop = JumpingLoop()
    try:
        with (
            mock.patch.object(textual._time, "get_time", loop.time),
            mock.patch.object(textual._wait, "monotonic", loop.time),
            mock.patch.object(Stylesheet, "_parse_rules", _read_styles_once),
        ):
            yield loop
    finally:
        loop.close()


def row_of(steps: str, head: str = "name: T") -> Row:
    """Return a small routine with these steps."""
    source = f"{head}\nsteps:\n{steps}"
    opened = open_document(read_bytes(source.encode(), "t.yaml"), LIBRARY.catalogue)
    assert opened.routine and opened.timeline, opened.report()
    return Row(opened.routine, opened.timeline)


@cache
def shipped_rows() -> tuple[Row, ...]:
    """Return all shipped routines."""
    opened = [open_routine(file, LIBRARY.catalogue) for file in LIBRARY.files]
    return tuple(Row(o.routine, o.timeline) for o in opened if o.routine and o.timeline)


def shipped_row(id_: str) -> Row:
    """Return one shipped routine."""
    return next(row for row in shipped_rows() if row.routine.id == id_)


class Stage:
    """One run of the app, with all its messages."""

    pilot: Pilot[None]
    session: SessionScreen
    """Where `in_session` has begun one."""

    def __init__(self, app: SuppleApp, clock: LoopClock) -> None:
        self.app = app
        self.clock = clock
        self.messages: list[tuple[int, Message]] = []

    def hear(self, message: Message) -> None:
        self.messages.append((self.clock.now(), message))

    @property
    def screen(self) -> Screen[object]:
        return self.app.screen

    @property
    def top(self) -> object:
        """The present screen. Unlike `screen`, its type is not narrowed by an earlier assert."""
        return self.app.screen

    async def settle(self) -> None:
        """Let all pending work finish. Hardly any virtual time passes.

        The time of the loop advances only when there is no work.
        """
        await asyncio.sleep(FRAME_S)

    async def press(self, *keys: str) -> None:
        """Press keys as a person does who first reads each question."""
        for key in keys:
            if self._asks():
                await self.wait(UNHURRIED_MS)
            await self.at_once(key)

    async def at_once(self, *keys: str) -> None:
        """Press keys one right after the other."""
        for key in keys:
            await self.app._press_keys([key])
            await self.settle()
            if key == "escape":  # it acts once nothing has followed it
                await self.wait(REST_MS)

    def _asks(self) -> bool:
        """Return whether the present screen waits for an answer."""
        top = self.top
        typed = isinstance(top, WhoScreen) and top.focused is not None
        return isinstance(top, Page) and not isinstance(top, SessionScreen) and not typed

    async def wait(self, ms: int) -> None:
        await asyncio.sleep(ms / 1_000)
        await self.settle()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for the work of a real thread.

        Meanwhile virtual time passes no faster than real time. Therefore the session does not run
        ahead of a slow thread.
        """
        for _ in range(PATIENCE):
            if holds():
                return
            sleep(TURN_S)  # the thread's time is real
            await asyncio.sleep(TURN_S)
        raise AssertionError("it never came to hold")

    async def wait_for(self, kind: type[_T], ms: int = 5_000) -> _T:
        """Wait until a screen of this kind is on top."""
        for _ in range(ms // 10):
            if isinstance(self.screen, kind):
                await self.settle()
                return self.screen
            await asyncio.sleep(0.01)
        raise AssertionError(f"{kind.__name__} never came; there is {self.screen!r}")

    async def answer_no(self) -> None:
        """Answer every question so that the person is cleared."""
        screen = await self.wait_for(InterviewScreen)
        while self.screen is screen and screen.interview.prompt is not None:
            await self.answer_one(screen)

    async def answer_one(self, screen: InterviewScreen) -> None:
        """Answer the present question as a person without any findings."""
        prompt = screen.interview.prompt
        assert prompt is not None
        reply = harmless(prompt)
        one = str(reply) if prompt.form is Form.ONE else ""
        keys = {
            "marks": [*prompt.one_of & HARMLESS_ONE, *["n", "enter"] * 9],
            "yes or no": [str(reply)[0], *["enter"] * (str(reply)[0] in prompt.lowers)],
            "number": [*("0" if prompt.scale else "44"), "enter"],
            "one": [one, *["enter"] * (one in prompt.lowers)],
        }[prompt.form.value]
        for key in keys:
            if self.screen is screen and screen.interview.prompt is prompt:
                await self.press(key)
        await self.settle()
        assert screen.interview.prompt is not prompt, f"{keys} did not answer {prompt}"

    async def mark(self, *keys: str) -> None:
        """Mark rows of the present list, or none of them with a last `n`, and confirm."""
        screen = await self.wait_for(InterviewScreen)
        prompt = screen.interview.prompt
        again = ["n", "enter"] if keys[-1:] == ("n",) else ["enter"]
        for key in (*keys, *again * 9):
            if self.screen is screen and screen.interview.prompt is prompt:
                await self.press(key)
        await self.settle()

    async def to_session(self, name: str = "Ana") -> SessionScreen:
        """Go from the name to the running session."""
        if not self.app._options.person:
            await self.wait_for(WhoScreen)
            await self.wait(UNHURRIED_MS)
            await self.press(*name, "enter")
        await self.answer_no()
        await self.wait_for(ResultScreen)
        await self.press("enter")
        return await self.wait_for_session()

    async def wait_for_session(self) -> SessionScreen:
        """Wait until the session begins. Answer the question about the side if it is asked."""
        await self.until(lambda: isinstance(self.top, SessionScreen | ChoiceScreen))
        if isinstance(self.screen, ChoiceScreen):
            await self.settle()
            await self.press("l")  # which side today
        return await self.wait_for(SessionScreen)

    def text(self) -> str:
        """Return the screen row by row, without blanks at the ends."""
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def messages_of(self, kind: type[_T]) -> list[tuple[int, _T]]:
        """Return the messages of one kind, each with the time when it first arrived."""
        found: list[tuple[int, _T]] = []
        for at, message in self.messages:
            if isinstance(message, kind) and all(message is not other for _, other in found):
                found.append((at, message))
        return found


def answer_without_showing(
    app: SuppleApp, shown_from: type[Screen[Any]], replies: Mapping[str, Reply] | None
) -> None:
    """Answer everything before the screen `shown_from` without showing it.

    A prompt gets the reply for its id in `replies`, or else a harmless one. `ResultScreen` skips
    the questions; `SessionScreen` also skips their result. The rest of the visit is not changed.
    """
    show = app.ask

    async def ask(screen: Screen[_T]) -> object:
        if isinstance(screen, InterviewScreen) and shown_from in {ResultScreen, SessionScreen}:
            return finish(screen.interview, replies)
        if isinstance(screen, ResultScreen) and shown_from is SessionScreen:
            return not screen._result.refusal
        return await show(screen)

    app.ask = ask  # type: ignore[method-assign, assignment]


@asynccontextmanager
async def staged(
    clock: LoopClock,
    folder: Path,
    row: Row | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    options: PlayOptions | None = None,
    library: Library = LIBRARY,
    sound: SessionSound | None = None,
    animated: bool = False,
    known: bool = True,
    shown_from: type[Screen[Any]] = WhoScreen,
    replies: Mapping[str, Reply] | None = None,
) -> AsyncIterator[Stage]:
    """Run the app with its history in `folder`. It is silent unless `sound` is given.

    If `animated`, figures move. If `known`, the person in the options has answered the profile
    before, so only the questions of today are asked. `shown_from` is the first screen to show, as
    in `answer_without_showing` with these `replies`.
    """
    options = options or PlayOptions(mute=True)
    if known and options.person and not (folder / "history.db").exists():
        with open_store(folder / "history.db") as store:
            save_profile(store, person_named(store, options.person, WALL), FULL_PROFILE)
    app = SuppleApp(
        options,
        row,
        library=library,
        clock=clock,
        sound=sound or SessionSound(clock, muted=True),
        history=folder / "history.db",
    )
    app.animation_level = "full" if animated else "none"
    answer_without_showing(app, shown_from, replies)
    stage = Stage(app, clock)
    try:
        async with app.run_test(size=size, message_hook=stage.hear) as stage.pilot:
            yield stage
    finally:
        app.close_all()


@asynccontextmanager
async def in_session(*given: Any, **more: Any) -> AsyncIterator[Stage]:
    """Run `staged` with these arguments up to the running session, without showing a question."""
    async with staged(*given, **more, shown_from=SessionScreen) as stage:
        stage.session = await stage.wait_for_session()
        yield stage


Scene = Callable[[LoopClock], Coroutine[object, object, None]]


def play_scene(scene: Scene) -> None:
    """Run a scene to its end on virtual time."""
    with virtual_time() as loop:
        loop.run_until_complete(scene(LoopClock(loop)))


def rows_of(text: str, size: tuple[int, int]) -> Sequence[str]:
    """Return the rows of a picture. Asserts that it fits the screen."""
    rows = text.split("\n")
    assert len(rows) == size[1]
    return rows
