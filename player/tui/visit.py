"""Executes the flow of a session on the screens."""

from functools import partial
from sqlite3 import Connection
from typing import Any, Protocol, TypeVar

from textual.screen import Screen

from player.base.clock import Clock
from player.history.people import Person
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
    SayWarning,
    ShowAdvice,
    ShowNote,
    ShowResult,
    ShowSummary,
)
from player.play.sound import SessionSound
from player.safety.stop_list import HURTS
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.pain import PainScreen, advice_screen
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.summary import GOES_BACK, SummaryScreen
from player.tui.screens.warning import WarningScreen
from player.tui.screens.who import WhoScreen

_T = TypeVar("_T")


class Stage(Protocol):
    """The part of the app that a visit uses."""

    async def ask(self, screen: Screen[_T]) -> _T | None:
        """Show a screen and wait for its result."""

    @property
    def sound(self) -> SessionSound:
        """The sound of the sessions."""

    async def speak(self, request: MakeSpeech) -> bool:
        """Make the speech before a session. Returns whether the person leaves instead."""


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
                return await self.stage.speak(request)
            case SayWarning():
                await self._say(request)
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

    def _sound_for(self, person: Person) -> SessionSound:
        """Return the sound, as loud as this person has set it."""
        sound = self.stage.sound
        sound.set_loudness(
            loudness_of(self.store, person), partial(save_loudness, self.store, person)
        )
        return sound

    async def _say(self, request: SayWarning) -> None:
        """Say the warning, and show it meanwhile. Without a voice, go on at once."""
        (title, subtitle), (words, language, _) = request.head, request.warning
        sound = self._sound_for(request.person)
        if length := await sound.say(words, language):
            await self.stage.ask(WarningScreen(title, words, length, subtitle))
            sound.silence()

    async def _play(self, request: Play) -> None:
        sound = self._sound_for(request.person)
        subtitle, live, plan = request.head.subtitle, request.live, request.plan
        screen = SessionScreen(subtitle, live, plan, request.number, self.clock, sound)
        await self.stage.ask(screen)
