"""Executes the flow of a session on the screens."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Protocol, TypeVar

from textual.screen import Screen

from player.base.clock import Clock
from player.history.volume import loudness_of, save_loudness
from player.play.requests import (
    Ask,
    AskAll,
    AskFeeling,
    AskPerson,
    FlowPart,
    MakeSpeech,
    Play,
    Request,
    ShowAdvice,
    ShowNote,
    ShowResult,
    ShowSummary,
)
from player.play.sound import SessionSound
from player.safety.stop_list import HURTS
from player.session.timeline import Timeline
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.pain import PainScreen, advice_screen
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.summary import GOES_BACK, SummaryScreen
from player.tui.screens.who import WhoScreen

_T = TypeVar("_T")


class Stage(Protocol):
    """The part of the app that a visit uses."""

    async def ask(self, screen: Screen[_T]) -> _T | None:
        """Show a screen and wait for its result."""

    @property
    def sound(self) -> SessionSound:
        """The sound of the sessions."""

    async def speak(
        self, timeline: Timeline, languages: Sequence[str], folder: Path, title: str, subtitle: str
    ) -> None:
        """Make the speech before a session. `folder` holds the coach's own sounds."""


class Visit:
    """Leads one person through one routine on the screens."""

    def __init__(self, stage: Stage, store: Connection, clock: Clock) -> None:
        self.stage = stage
        self.store = store
        self.clock = clock

    async def run(self, flow: FlowPart[bool]) -> bool:
        """Execute the flow to its end. Returns whether a session was played."""
        reply = None
        try:
            while True:
                reply = await self.execute(flow.send(reply))
        except StopIteration as end:
            return bool(end.value)
        finally:
            flow.close()

    async def execute(self, request: Request[Any]) -> Any:
        """Show or ask one request, and return its reply.

        `Any`, because the type of the reply depends on the request.
        """
        (title, subtitle), ask = request.head, self.stage.ask
        match request:
            case AskPerson():
                about, known, intended = request.about, request.known, request.intended
                return await ask(WhoScreen(title, subtitle, about, known, intended))
            case Ask():
                return await ask(
                    ChoiceScreen(title, request.prompt, subtitle, required=request.required)
                )
            case AskAll():
                screen = InterviewScreen(title, subtitle, request.interview, request.on_answer)
                return await ask(screen)
            case ShowResult():
                return await ask(ResultScreen(request))
            case ShowNote():
                tone, enter_label = request.tone, request.enter_label
                await ask(NoteScreen(title, request.heading, [], tone, enter_label, subtitle))
            case MakeSpeech():
                await self.stage.speak(
                    request.timeline, request.languages, request.folder, title, subtitle
                )
            case Play():
                await self._play(request)
            case AskFeeling():
                return await ask(PainScreen(title, subtitle, request.stop_list))
            case ShowAdvice():
                return await ask(advice_screen(title, subtitle, request.advice)) == HURTS
            case ShowSummary():
                return await ask(SummaryScreen(request)) == GOES_BACK
            case _:
                raise TypeError(request)
        return None

    async def _play(self, request: Play) -> None:
        person, sound = request.person, self.stage.sound
        sound.set_loudness(
            loudness_of(self.store, person), partial(save_loudness, self.store, person)
        )
        subtitle, live, plan = request.head.subtitle, request.live, request.plan
        screen = SessionScreen(subtitle, live, plan, request.number, self.clock, sound)
        await self.stage.ask(screen)
