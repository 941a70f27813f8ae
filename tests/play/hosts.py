"""Leads people through a session in three ways: by the flow alone, line by line, on the screens."""

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from player.history.journal import Journal
from player.history.people import person_named, red_flag_of, save_profile, save_red_flag
from player.history.store import open_store
from player.library.row import Row
from player.plain.visit import PlainVisit
from player.play.flow import flow
from player.play.options import PlayOptions
from player.play.pain import Advice
from player.play.requests import (
    Ask,
    AskAll,
    AskFeeling,
    AskPerson,
    FlowPart,
    Play,
    Request,
    ShowAdvice,
    ShowResult,
)
from player.play.running import Live
from player.safety.emergency import emergency_number
from player.safety.interview import Interview
from player.safety.profile import RedFlag
from player.safety.prompts import Form, Prompt, Reply
from player.session.state import Do, EndAsked, Phase, State
from player.session.timeline import DEFAULT_CHOICES
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.page import Page
from player.tui.screens.pain import PainScreen
from player.tui.screens.session import SessionScreen
from player.tui.visit import Visit
from tests.play.reading import words_of, words_on
from tests.safety.making import FULL_PROFILE, NOW, reply_to
from tests.tui.stage import LIBRARY, UNHURRIED_MS, WALL, LoopClock, play_scene, row_of, staged
from tests.virtual import MemoryConsole, Time

MOST_LOOKS = 3_000
MUTE = PlayOptions(mute=True)
STOP_ASKS = "What is it? Press the first that fits."
_IN_SESSION = {"n": Do.NEXT, " ": Do.GO_ON, "q": Do.PAUSE, "y": Do.QUIT}


@dataclass(frozen=True)
class Case:
    """One person: the answers, the keys in the session, and what the history holds before."""

    name: str
    steps: str = "  - calf-wall-straight: 10s each side\n"
    replies: Mapping[str, Reply] = field(default_factory=dict)
    """Answers by the id of the question. Every other question gets a harmless answer."""
    picks: Sequence[str] = ("enter",)
    """The key at each result."""
    session: Sequence[str | int] = (60_000,)
    """Keys in the session. A number is the milliseconds to wait before the next key."""
    feelings: Sequence[str] = ()
    """The feelings to name, one for each time that the flow asks after the session."""
    is_known: bool = True
    red: str = ""
    """The condition of an earlier red flag, if any."""
    interrupted: bool = False
    kept: tuple[str, ...] = ("done",)
    """The state of each session at the end."""
    is_red: bool = False
    """Whether a red flag is saved at the end."""

    def row(self, folder: Path) -> Row:
        file = folder / "t.yaml"
        file.write_text(f"name: T\nsteps:\n{self.steps}", "utf-8")
        row = row_of(self.steps)
        return row._replace(routine=row.routine._replace(path=str(file)))

    def prepare(self, store: sqlite3.Connection, row: Row) -> None:
        """Save what the history holds about Ana before she starts."""
        if not self.is_known:
            return
        ana = person_named(store, "Ana", WALL)
        save_profile(store, ana, FULL_PROFILE)
        if self.red:
            save_red_flag(store, ana, RedFlag(self.red, "G3", NOW - 3_600))
        if self.interrupted:
            timeline = row.timeline
            total = timeline.total_ms
            wall = WALL - 9_000
            journal = Journal.start(store, ana.id, row.routine, DEFAULT_CHOICES, total, wall)
            journal.beat(State(timeline, 12_000, 0, Phase.RUNNING, 0, wall), 0, wall)

    def reply(self, prompt: Prompt) -> Reply:
        return reply_to(prompt, self.replies)


def keys_for(prompt: Prompt, reply: Reply) -> tuple[str, ...]:
    """Return the keys for this reply."""
    if prompt.form is Form.MARKS:
        assert isinstance(reply, frozenset)
        return (*(reply & prompt.one_of), *(sorted(reply - prompt.one_of) or "n"), "enter")
    if prompt.form is Form.NUMBER:
        return (*str(reply), "enter")
    key = str(reply)[0] if prompt.form is Form.YES_NO else str(reply)
    return (key, "enter") if key in prompt.lowers else (key,)


class Saved(NamedTuple):
    """What the history holds at the end."""

    sessions: tuple[str, ...]
    is_red: bool


def saved(store: sqlite3.Connection) -> Saved:
    states = tuple(row[0] for row in store.execute("SELECT state FROM session ORDER BY id"))
    return Saved(states, red_flag_of(store, person_named(store, "Ana", WALL)) is not None)


def saved_in(folder: Path) -> Saved:
    """Return what the flow has saved in a folder."""
    with open_store(folder / "flow.db") as store:
        return saved(store)


class Shown(NamedTuple):
    """The requests that a host got, the words that it showed, and what was saved."""

    requests: Sequence[Request[Any]]
    words: Sequence[str]
    kept: Saved
    played: bool


# The flow alone


class FlowOnly:
    """Replies to the flow as this person would, without a host."""

    def __init__(self, case: Case, clock: Time) -> None:
        self.case = case
        self.clock = clock
        self.requests: list[Request[Any]] = []
        self.words: list[str] = []
        self._picks = list(case.picks)
        self._feelings = list(case.feelings)

    def run(self, steps: FlowPart[bool]) -> bool:
        reply = None
        try:
            while True:
                reply = self.execute(steps.send(reply))
        except StopIteration as end:
            return bool(end.value)
        finally:
            steps.close()

    def execute(self, request: Request[Any]) -> Any:
        self.requests.append(request)
        self.words.extend(words_of(request))
        match request:
            case AskPerson():
                return request.known[0] if request.known else "Ana"
            case Ask():
                return self.case.reply(request.prompt)
            case AskAll():
                return self.answer_all(request)
            case ShowResult():
                key = self._picks.pop(0)
                return request.offers.get(key, key == "enter")
            case Play():
                self.play(request.live)
            case AskFeeling():
                wanted = self._feelings.pop(0)
                return next(f for f in request.stop_list if f.id == wanted)
            case ShowAdvice():
                return False
        return None

    def answer_all(self, request: AskAll) -> Interview:
        interview = request.interview
        while (prompt := interview.prompt) is not None:
            self.words.append(prompt.ask)
            interview = interview.answer(self.case.reply(prompt))
            request.on_answer(interview)
        return interview

    def play(self, live: Live) -> None:
        keys, asked = list(self.case.session), False
        while keys and not live.is_over:
            key = keys.pop(0)
            if isinstance(key, int):
                for _ in range(key // 500):
                    self.clock.pass_by(500)
                    live.look()
            elif key == "x":
                live.do(Do.HURTS)
                self.words.extend(("Stopped. Come out slowly.", STOP_ASKS))
                while isinstance(key := keys.pop(0), int):
                    self.clock.pass_by(key)
                feeling = live.feelings["123456789abc".index(key)]
                advice = Advice(live.report_pain(feeling), emergency_number(os.environ))
                self.words.extend((advice.heading, *advice.lines))
            elif key in _IN_SESSION:
                do = Do.END if asked and key == "y" else _IN_SESSION[key]
                asked = EndAsked() in live.do(do)
                if asked:
                    live.do(Do.PAUSE)


def without_a_host(
    case: Case, folder: Path, leads: "Callable[[Case, Time], FlowOnly]" = FlowOnly
) -> Shown:
    """Lead a person through the flow without a host."""
    clock = Time(wall=WALL)
    row = case.row(folder)
    with open_store(folder / "flow.db") as store:
        case.prepare(store, row)
        alone = leads(case, clock)
        played = alone.run(flow(row, store, LIBRARY.catalogue, MUTE, clock))
        return Shown(alone.requests, alone.words, saved(store), played)


# Line by line


class Scripted(PlainVisit):
    """The plain host. The keys for each request are typed when the request comes."""

    __slots__ = ("case", "picks", "requests", "words")

    def prepare(self, case: Case) -> "Scripted":
        self.case = case
        self.picks = list(case.picks)
        self.requests: list[Request[Any]] = []
        self.words: list[str] = []
        return self

    def execute(self, request: Request[Any]) -> Any:
        self.requests.append(request)
        console = self.console
        assert isinstance(console, MemoryConsole)
        console.script.clear()
        match request:
            case AskPerson():
                console.script.extend(["enter"] if request.known else [*"Ana", "enter"])
            case Ask():
                console.script.extend(keys_for(request.prompt, self.case.reply(request.prompt)))
            case AskAll():
                interview = request.interview
                while (prompt := interview.prompt) is not None:
                    reply = self.case.reply(prompt)
                    console.script.extend(keys_for(prompt, reply))
                    interview = interview.answer(reply)
            case ShowResult():
                console.script.extend([3_000, self.picks.pop(0)])
            case Play():
                console.script.extend(self.case.session)
            case AskFeeling():
                ids = [feeling.id for feeling in request.stop_list]
                wanted = next(id_ for id_ in self.case.feelings if id_ in ids)
                console.script.append("123456789abc"[ids.index(wanted)])
        began = len(console.lines)
        reply = PlainVisit.execute(self, request)
        # Indented lines describe a step and do not belong to a request.
        is_play = isinstance(request, Play)
        printed = [text for _, text in console.lines[began:]]
        self.words += [text for text in printed if not (is_play and text.startswith("  "))]
        return reply


def line_by_line(case: Case, folder: Path) -> Shown:
    """Lead a person through the plain mode."""
    clock = Time(wall=WALL)
    row = case.row(folder)
    console = MemoryConsole(clock)
    with open_store(folder / "plain.db") as store:
        case.prepare(store, row)
        host = Scripted(console, MUTE, clock).prepare(case)
        played = host.run(flow(row, store, LIBRARY.catalogue, MUTE, clock))
        words = [" ".join(text.split()) for text in host.words]
        return Shown(host.requests, words, saved(store), played)


# On the screens


def on_the_screens(case: Case, folder: Path) -> Shown:
    """Lead a person through the screens."""
    requests: list[Request[Any]] = []
    words: list[str] = []
    row = case.row(folder)
    execute = Visit.execute

    async def noted(visit: Visit, request: Request[Any]) -> Any:
        requests.append(request)
        return await execute(visit, request)

    async def scene(clock: LoopClock) -> None:
        picks = list(case.picks)
        async with staged(clock, folder, row, options=MUTE, known=False) as stage:
            before: object = None
            for _ in range(MOST_LOOKS):
                if stage.app._exit:
                    return
                top = stage.top
                if not isinstance(top, Page) or top is before or not requests:
                    await stage.wait(20)
                    continue
                await stage.settle()
                request = requests[-1]
                if not isinstance(top, InterviewScreen):
                    words.extend(words_on(top))
                before = top
                if isinstance(top, InterviewScreen):
                    while top.interview.prompt is not None and stage.top is top:
                        prompt = top.interview.prompt
                        words.extend(words_on(top))
                        keys = keys_for(prompt, case.reply(prompt))
                        for _ in range(9):  # as often as a list has pages
                            await stage.press(*keys)
                            if stage.top is not top or top.interview.prompt is not prompt:
                                break
                            keys = keys if keys[0] == "n" else ("enter",)
                elif isinstance(top, SessionScreen):
                    for key in case.session:
                        if isinstance(key, int):
                            await stage.wait(key)
                        else:
                            await stage.press("space" if key == " " else key)
                        now = stage.top
                        if now is not before and isinstance(now, PainScreen | NoteScreen):
                            before = now
                            words.extend(words_on(now))
                    if before is not top and stage.top is before:  # the advice ended the session
                        await stage.press("enter")
                elif isinstance(request, AskPerson):
                    await stage.wait(UNHURRIED_MS)
                    await stage.press(*(["enter"] if request.known else [*"Ana", "enter"]))
                elif isinstance(request, Ask):
                    await stage.press(*keys_for(request.prompt, case.reply(request.prompt)))
                elif isinstance(request, ShowResult):
                    await stage.wait(3_000)
                    await stage.press(picks.pop(0))
                elif isinstance(request, AskFeeling):
                    ids = [feeling.id for feeling in request.stop_list]
                    wanted = next(id_ for id_ in case.feelings if id_ in ids)
                    await stage.press("123456789abc"[ids.index(wanted)])
                else:
                    await stage.press("enter")
            raise AssertionError(f"it never ends at {stage.top}")

    with open_store(folder / "history.db") as store:
        case.prepare(store, row)
    with mock.patch.object(Visit, "execute", noted):
        play_scene(scene)
    with open_store(folder / "history.db") as store:
        return Shown(
            requests, words, saved(store), any(isinstance(request, Play) for request in requests)
        )
