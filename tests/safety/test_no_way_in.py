"""No path starts a blocked session. People who must not play try each way in."""

import ast
import os
import random
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from textual.widgets import Input
from textual.worker import WorkerFailed

import player.plain.ask
import player.plain.start
import player.plain.visit
import player.play.screening
from player.check.playable import open_to_play
from player.cli.common import Stop, open_named
from player.cli.parser import COMMANDS, run
from player.history.journal import RUNNING, Journal
from player.history.people import person_named, red_flag_of, save_profile, save_red_flag
from player.history.store import HistoryError, open_store
from player.library.opening import open_routine
from player.library.row import Row
from player.plain.console import Console
from player.play.options import PlayOptions
from player.routine.model import steps_of
from player.safety.cleared import Cleared, admit
from player.safety.findings import Finding
from player.safety.pace import ANSWER_AFTER_MS
from player.safety.profile import RedFlag
from player.safety.prompts import Form, Prompt, Reply
from player.safety.stop_list import stop_list_for
from player.safety.two_clocks import BothClocks, why_stale
from player.session.state import Do, Event, Phase, State, begin, step
from player.session.timeline import DEFAULT_CHOICES
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.library import LibraryScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.pain import PainScreen
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.who import WhoScreen
from tests.safety.making import (
    CATALOGUE,
    DAY,
    FULL_PROFILE,
    HARMLESS_ONE,
    LIBRARY,
    NOW,
    alone,
    clearance_for,
    harmless,
    plan_of,
)
from tests.tui.stage import SHORT, LoopClock, Stage, play_scene, staged
from tests.virtual import MemoryConsole, Time

PLAYER = Path(__file__).parents[2] / "player"
TWO_STEPS = "name: T\nsteps:\n  - calf-roll: 30s each side\n  - calf-wall-straight: 30s each side\n"
SORE = ("y", "n", "enter")
ENDS = "the input ends"
"""Stands for the end of the input instead of an answer."""

Keys = Mapping[str, tuple[str, ...]]
"""Keys to press, by the id of the prompt. At any other prompt the person reports no problem."""


def keys_at(prompt: Prompt, keys: Keys) -> tuple[str, ...]:
    """Return the keys that answer a prompt: those of `keys`, else those that report nothing."""
    if prompt.id in keys:
        return (*keys[prompt.id], *(["enter"] if prompt.lowers & {*keys[prompt.id]} else []))
    if prompt.id == "R0":
        return ("c", "enter")
    reply = harmless(prompt)
    if prompt.form is Form.MARKS:
        return (*prompt.one_of & HARMLESS_ONE, "n", "enter")
    if prompt.form is Form.NUMBER:
        return (*str(reply), "enter")
    key = str(reply)[0]
    return (key, "enter") if key in prompt.lowers else (key,)


class Begun(NamedTuple):
    """A session that was started, and when (wall clock, ms)."""

    cleared: Cleared
    wall: int


class Home:
    """One machine: its history, a routine file, the prompts asked and the sessions started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.history = folder / "history.db"
        self.file = folder / "t.yaml"
        self.file.write_text(TWO_STEPS, "utf-8")
        self.begun: list[Begun] = []
        self.asked: list[str] = []
        self.time = Time()

    def keep(self, *findings: Finding, red: RedFlag | None = None, name: str = "Ana") -> None:
        """Save a person with a complete profile, these findings and this red flag."""
        with open_store(self.history) as store:
            person = person_named(store, name, 0)
            save_profile(store, person, replace(FULL_PROFILE, findings=findings))
            if red is not None:
                save_red_flag(store, person, red)

    def interrupt(self) -> None:
        """Save a session of Ana that was killed in its first step."""
        opened = open_routine(self.file, CATALOGUE)
        assert opened.routine and opened.timeline
        with open_store(self.history) as store:
            ana = person_named(store, "Ana", 0)
            total = opened.timeline.total_ms
            journal = Journal.start(store, ana.id, opened.routine, DEFAULT_CHOICES, total, 0)
            journal.beat(State(opened.timeline, 20_000, 0, Phase.RUNNING, 0, 0), 0, 0)

    def red(self, name: str = "Ana") -> RedFlag | None:
        with open_store(self.history) as store:
            return red_flag_of(store, person_named(store, name, 0))

    def states(self) -> list[str]:
        with open_store(self.history) as store:
            return [row[0] for row in store.execute("SELECT state FROM session ORDER BY id")]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine that records every session that starts."""
    found = Home(tmp_path)

    def noted(cleared: Cleared, choices: Any, at: int, wall: int, **more: Any) -> State:
        state = begin(cleared, choices, at, wall, **more)
        found.begun.append(Begun(cleared, wall))
        assert found.asked and found.asked[0] in {"R0", "today"} and "today" in found.asked
        answered = BothClocks(more["answered_at"], round(cleared.at * 1_000))
        assert not why_stale(answered, BothClocks(at, wall))
        return state

    monkeypatch.setattr(player.play.screening, "begin", noted)
    return found


# The hosts


class Answering(MemoryConsole):
    """A terminal in memory with a person who answers every prompt."""

    def __init__(self, home: Home, keys: Keys, before: Callable[[], None], resume: str) -> None:
        super().__init__(home.time)
        self.home = home
        self.keys = keys
        self.before = before
        self.resume = resume

    def meets(self, prompt: Prompt) -> None:
        if prompt.id in {"resume", "side"}:
            self.script.append(self.resume if prompt.id == "resume" else "l")
            return
        self.home.asked.append(prompt.id)
        pressed = keys_at(prompt, self.keys)
        if pressed != (ENDS,):
            self.script.extend(pressed)

    def is_asked(self, ask: str, keys: str) -> None:
        if keys == "\n":
            self.before()
            self.script.append("enter")
            self.ends = True  # a session that starts now ends at once
        else:
            self.script.append(keys[0])


def line_by_line(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    path: Path | None = None,
    *,
    keys: Keys | None = None,
    person: str = "Ana",
    resume: str = "r",
    before: Callable[[], None] = lambda: None,
) -> str:
    """Run `play --plain` and return everything that was written to the terminal."""
    console = Answering(home, keys or {}, before, resume)
    start, ask, visit = player.plain.start, player.plain.ask, player.plain.visit
    real_prompt, real_key = ask.ask_prompt, ask.ask_key

    @contextmanager
    def opened() -> Iterator[Console]:
        yield console

    def prompted(at: Console, prompt: Prompt, required: bool = False) -> Reply | None:
        console.meets(prompt)
        return real_prompt(at, prompt, required)

    def key_asked(at: Console, words: str, of: str, *after: int) -> str:
        console.is_asked(words, of)
        return real_key(at, words, of, *after)

    with monkeypatch.context() as patch:
        patch.setattr(start, "is_terminal", lambda: True)
        patch.setattr(start, "open_console", opened)
        patch.setattr(start, "open_store", lambda: open_store(home.history))
        patch.setattr(start, "clock", home.time)
        patch.setattr(visit, "ask_key", key_asked)
        patch.setattr(visit, "ask_prompt", prompted)
        patch.setattr(ask, "ask_prompt", prompted)
        start.play_plainly(LIBRARY, path or home.file, PlayOptions(person=person))
    return console.text


def at_home(
    clock: LoopClock, home: Home, row: Row | None, options: PlayOptions
) -> AbstractAsyncContextManager[Stage]:
    """Start the app on this machine. The library is short and too narrow to draw figures."""
    size = (80, 24) if row else (59, 24)
    return staged(clock, home.folder, row, options=options, library=SHORT, size=size)


async def walk(
    stage: Stage, home: Home, keys: Keys, resume: str = "r", name: str = "Ana"
) -> SessionScreen | None:
    """Answer the screens until a session runs or no screen is left.

    A screen that refuses gets every key that could mean yes.
    """
    chosen = False
    for _ in range(80):
        await stage.settle()
        top = stage.top
        if not stage.app.is_running or stage.app._exit:
            return None
        if isinstance(top, SessionScreen):
            return top
        if isinstance(top, LibraryScreen):
            if chosen:
                return None
            chosen = True
            await stage.wait(500)
            if top.query_one(Input).value:  # an earlier key was typed into the search
                await stage.press("escape")
            await stage.press("enter")
        elif isinstance(top, WhoScreen):
            await stage.press(*("" if top.has_class("-asks") else "n"), *name, "enter")
        elif isinstance(top, ChoiceScreen):
            await stage.press(resume if top._prompt.id == "resume" else top._prompt.choices[0].key)
        elif isinstance(top, InterviewScreen) and top.interview.prompt is not None:
            prompt = top.interview.prompt
            home.asked.append(prompt.id)
            pressed = keys_at(prompt, keys)
            pressed = ("ctrl+c",) if pressed == (ENDS,) else pressed
            is_list = prompt.form is Form.MARKS
            more = ["n", "enter"] if "n" in pressed else ["enter"]
            more *= 9 if is_list else 0  # as often as a list has pages
            for key in (*pressed, *more):
                if stage.top is top and top.interview.prompt is prompt:
                    await stage.press(key)
        elif isinstance(top, ResultScreen | NoteScreen):
            await stage.press("enter", "y", "space")
            if stage.top is top:
                await stage.press("q")
        else:
            await stage.wait(100)
    raise AssertionError(f"it never ends at {stage.screen!r}")


def on_the_screens(
    home: Home, row: Row | None, *, keys: Keys | None = None, person: str | None = "Ana"
) -> None:
    """Run `play` for a row, or the library without a row."""

    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(person=person, mute=True)
        async with at_home(clock, home, row, options) as stage:
            await walk(stage, home, keys or {})

    play_scene(scene)


def row_of_file(file: Path) -> Row:
    opened = open_routine(file, CATALOGUE)
    assert opened.routine and opened.timeline
    return Row(opened.routine, opened.timeline)


# Who must not play


class Case(NamedTuple):
    """A person who must not play: their answers, and what is saved about them."""

    name: str
    keys: Keys
    findings: tuple[Finding, ...] = ()
    red: RedFlag | None = None


def stopped_by_key(key: str) -> RedFlag:
    return RedFlag(key, "x", NOW - 3_600)


CASES = [
    Case("one swollen calf", {"today": ("3", "enter")}),
    Case("dvt_signs by the stop key, leaves", {"R0": ("l",)}, red=stopped_by_key("dvt_signs")),
    Case(
        "dvt_signs by the stop key, was no wrong key",
        {"R0": ("w",), "R0-x": ("y",)},
        red=stopped_by_key("dvt_signs"),
    ),
    Case("pe_heart by the stop key, leaves", {"R0": ("l",)}, red=stopped_by_key("pe_heart")),
    Case(
        "pe_heart by the stop key, not sure",
        {"R0": ("w",), "R0-x": ("u",)},
        red=stopped_by_key("pe_heart"),
    ),
    Case(
        "checked, and red again today",
        {"R0": ("c",), "today": ("3", "enter")},
        red=stopped_by_key("dvt_signs"),
    ),
    Case(
        "told to rest",
        {"cleared.told_to_rest": ("n",)},
        (Finding("told_to_rest", question="G8", at=NOW - DAY),),
    ),
    Case(
        "unsteady heart",
        {"cleared.heart_unstable": ("n",)},
        (Finding("heart_unstable", question="P8", at=NOW - DAY),),
    ),
    Case("leaves at today's list", {"today": ("q",)}),
    Case("leaves later", {"today": SORE, "S1": ("q",)}),
    Case("is gone at today's list", {"today": (ENDS,)}),
    Case("is gone later", {"today": SORE, "S1": (ENDS,)}),
]
FEW = [CASES[0], CASES[1], CASES[6], CASES[10]]
"""One case of each kind, for ways in that are the same after the questions."""

by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
by_few = pytest.mark.parametrize("case", FEW, ids=lambda case: case.name)


def set_up(home: Home, case: Case, name: str = "Ana") -> None:
    home.keep(*case.findings, red=case.red, name=name)


def nothing_played(home: Home, case: Case, sessions: int = 0, name: str = "Ana") -> None:
    assert home.begun == []
    assert len(home.states()) == sessions
    assert set(home.states()) <= {RUNNING}
    if case.red or case.name == "one swollen calf":
        assert home.red(name) is not None


@by_name
@pytest.mark.parametrize("named", [True, False], ids=["name", "file"])
def test_play_in_plain_mode_starts_no_session(
    home: Home, monkeypatch: pytest.MonkeyPatch, case: Case, named: bool
) -> None:
    set_up(home, case)
    path = LIBRARY.find("calf-stretch") if named else home.file
    line_by_line(home, monkeypatch, path, keys=case.keys)
    nothing_played(home, case)


@by_name
def test_play_on_the_screens_starts_no_session(home: Home, case: Case) -> None:
    set_up(home, case)
    on_the_screens(home, row_of_file(home.file), keys=case.keys)
    nothing_played(home, case)


def test_the_library_refuses_each_person_in_turn(home: Home) -> None:
    people = dict(zip("ABCD", FEW, strict=True))
    for name, case in people.items():
        set_up(home, case, name)

    async def scene(clock: LoopClock) -> None:
        async with at_home(clock, home, None, PlayOptions(mute=True)) as stage:
            for name, case in people.items():  # the last of them is gone, and the app with them
                home.asked.clear()
                assert await walk(stage, home, case.keys, name=name) is None
                assert home.asked, name
                nothing_played(home, case, name=name)

    play_scene(scene)


@by_name
def test_resume_in_plain_mode_starts_no_session(
    home: Home, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    home.interrupt()
    set_up(home, case)
    assert "go on with it" in line_by_line(home, monkeypatch, keys=case.keys)
    nothing_played(home, case, sessions=1)


@by_few
def test_resume_on_the_screens_starts_no_session(home: Home, case: Case) -> None:
    home.interrupt()
    set_up(home, case)
    on_the_screens(home, row_of_file(home.file), keys=case.keys)
    nothing_played(home, case, sessions=1)


def test_a_healthy_person_can_start_everywhere(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the tests above would pass without testing anything."""
    home.keep()
    on_the_screens(home, None)
    on_the_screens(home, row_of_file(home.file))
    line_by_line(home, monkeypatch)
    home.interrupt()
    line_by_line(home, monkeypatch, resume="r")
    assert len(home.begun) == 4


# After the stop key


def test_after_an_urgent_stop_a_new_session_asks_todays_questions_again(home: Home) -> None:
    number = [feeling.key for feeling in stop_list_for(())].index("dvt_signs")
    row = row_of_file(home.file)

    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(person="Ana", mute=True)
        async with at_home(clock, home, row, options) as stage:
            screen = await walk(stage, home, {})
            assert screen is not None
            await stage.press("x")
            await stage.wait_for(PainScreen)
            await stage.press("123456789abc"[number], "enter", "space", "enter")
            await stage.settle()
            assert screen.live.is_over
        home.asked.clear()
        async with at_home(clock, home, row, options) as stage:
            assert await walk(stage, home, {"R0": ("l",)}) is None
            assert home.asked == ["R0"]
        assert len(home.begun) == 1
        async with at_home(clock, home, row, options) as stage:
            assert await walk(stage, home, {}) is not None
            assert home.asked[1:3] == ["R0", "today"]

    play_scene(scene)
    assert len(home.begun) == 2


# Names and persons


@pytest.mark.parametrize(
    ("kept", "given"),
    [
        ("Ana", "ana"),
        ("Ana", "  ANA \t"),
        ("Ana Lee", "Ana  Lee"),
        ("Ana Lee", "ana\u00a0lee"),
        ("\u00c1na", "A\u0301na"),
        ("Ana", "\uff21na"),
    ],
)
def test_a_name_written_another_way_is_the_same_person(
    home: Home, monkeypatch: pytest.MonkeyPatch, kept: str, given: str
) -> None:
    home.keep(red=stopped_by_key("dvt_signs"), name=kept)
    line_by_line(home, monkeypatch, keys={"R0": ("l",)}, person=given)
    assert home.asked == ["R0"] and home.begun == []


def test_a_name_written_another_way_is_the_same_person_on_the_screens(home: Home) -> None:
    home.keep(red=stopped_by_key("dvt_signs"), name="\u00c1na Lee")
    keys = {"R0": ("l",)}
    on_the_screens(home, row_of_file(home.file), keys=keys, person=" A\u0301na\u00a0lee")
    assert home.asked == ["R0"] and home.begun == []


def test_another_person_has_answers_of_their_own(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.keep(red=stopped_by_key("dvt_signs"))
    line_by_line(home, monkeypatch, person="Ben")
    assert {"today", "profile"} <= set(home.asked) and "R0" not in home.asked
    assert [begun.cleared.person for begun in home.begun] == ["Ben"]
    home.asked.clear()
    line_by_line(home, monkeypatch, keys={"R0": ("l",)})
    assert home.asked == ["R0"] and len(home.begun) == 1
    assert home.red() is not None and home.red("Ben") is None


# A changed clock


HOUR_MS = 3_600_000


def moves(time: Time, passed: int = 0, set_forward: int = 0) -> None:
    time.pass_by(passed)
    time._wall += set_forward


@pytest.mark.parametrize(
    ("passed", "set_forward", "begins"),
    [
        (2 * HOUR_MS - 60_000, 0, True),  # the questions take time too
        (2 * HOUR_MS + 1_000, 0, False),
        (0, 3 * HOUR_MS, False),
        (0, HOUR_MS, True),
        (0, -60_000, True),  # a time server may do this
        (0, -61_000, False),
        (0, -30 * 24 * HOUR_MS, False),
        (3 * HOUR_MS, -2 * HOUR_MS, False),
        (HOUR_MS, -HOUR_MS, False),
    ],
)
def test_a_clock_change_before_the_start_can_make_the_answers_too_old(
    home: Home, monkeypatch: pytest.MonkeyPatch, passed: int, set_forward: int, begins: bool
) -> None:
    home.keep()
    line_by_line(home, monkeypatch, before=lambda: moves(home.time, passed, set_forward))
    assert bool(home.begun) == begins
    assert len(home.states()) == begins


@pytest.mark.parametrize(
    ("passed", "set_forward", "goes_on"),
    [
        (HOUR_MS, 0, True),
        (2 * HOUR_MS + 1_000, 0, False),
        (0, 3 * HOUR_MS, False),
        (0, -DAY * 1_000, False),
        (3 * HOUR_MS, -2 * HOUR_MS, False),
    ],
)
@pytest.mark.parametrize("pause", [Do.PAUSE, Do.HURTS, Do.LOOK], ids=str)
def test_a_clock_change_in_a_pause_can_make_the_answers_too_old(
    pause: Do, passed: int, set_forward: float, goes_on: bool
) -> None:
    clearance = clearance_for()
    routine = alone("calf-wall-straight")
    cleared = admit(plan_of(routine, clearance), clearance, "Ana", NOW)
    assert isinstance(cleared, Cleared)
    wall = int(NOW * 1_000)
    state = begin(cleared, DEFAULT_CHOICES, 0, wall)
    if pause is not Do.LOOK:  # else the machine sleeps and wakes with a changed clock
        state, _ = step(state, Event(pause, 1_000, wall + 1_000))
    at, wall = 1_000 + passed, wall + 1_000 + passed + int(set_forward)
    state, _ = step(state, Event(Do.LOOK, at, wall))
    later = ANSWER_AFTER_MS  # an earlier key may date from the sleep
    state, effects = step(state, Event(Do.GO_ON, at + later, wall + later))
    assert (state.phase is Phase.RUNNING) == goes_on
    assert any("start again" in getattr(effect, "text", "") for effect in effects) != goes_on


@pytest.mark.parametrize("days", [-30, -1, 0])
def test_a_clock_set_back_between_sessions_does_not_forget_a_red_flag(
    home: Home, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    home.keep(red=stopped_by_key("dvt_signs"))
    moves(home.time, set_forward=days * 24 * HOUR_MS)
    line_by_line(home, monkeypatch, keys={"R0": ("l",)})
    assert home.asked == ["R0"] and home.begun == []


@pytest.mark.parametrize("days", [-400, 2, 400])
def test_todays_questions_are_asked_whatever_the_clock_shows(
    home: Home, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    home.keep(Finding("aaa_known", question="P9a", at=NOW - DAY))
    moves(home.time, set_forward=days * 24 * HOUR_MS)
    line_by_line(home, monkeypatch)
    assert "today" in home.asked and home.begun == []


def test_a_red_flag_in_another_window_stops_this_one(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.keep()
    seen = RedFlag("dvt_signs", "G3", NOW)
    line_by_line(home, monkeypatch, before=lambda: home.keep(red=seen))
    assert home.begun == [] and home.red() == seen


# A file that changes


WARM_AND_STRETCH = ["march-in-place", "calf-wall-straight"]
"""The steps that remain without rolling: a warm-up as its substitute, and the stretch."""

ONLY_ROLLS = "name: T\nsteps:\n  - calf-roll: 90s each side\n"


def test_a_file_that_changes_after_the_questions_is_not_read_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.keep(Finding("anticoagulant", question="P2", at=NOW - DAY))
    line_by_line(home, monkeypatch, before=lambda: _write(home.file, ONLY_ROLLS))
    ((cleared, _),) = home.begun
    assert [s.exercise.id for s in steps_of(cleared.plan.items)] == WARM_AND_STRETCH


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


def test_resume_leaves_out_the_step_that_a_new_condition_blocks(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.interrupt()  # on the roller
    home.keep(Finding("anticoagulant", question="P2", at=NOW - DAY))
    text = line_by_line(home, monkeypatch)
    ((cleared, _),) = home.begun
    assert [s.exercise.id for s in steps_of(cleared.plan.items)] == WARM_AND_STRETCH
    assert "It takes" in text  # it starts at the first remaining step


def _nothing(file: Path) -> None:
    file.unlink()


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such pipes")
    file.unlink()
    os.mkfifo(file)


def _errors(file: Path) -> None:
    file.write_text("name: [", "utf-8")


def _bytes(file: Path) -> None:
    file.write_bytes(bytes(range(256)))


@pytest.mark.parametrize("changed", [_nothing, _folder, _pipe, _errors, _bytes])
def test_resume_refuses_a_file_that_is_no_longer_a_routine(
    home: Home, monkeypatch: pytest.MonkeyPatch, changed: Callable[[Path], None]
) -> None:
    home.interrupt()
    home.keep(red=stopped_by_key("dvt_signs"))
    changed(home.file)
    path = LIBRARY.find("calf-stretch")
    text = line_by_line(home, monkeypatch, path, keys={"R0": ("l",)})
    assert "can't be played any more" in text
    assert home.asked == ["R0"] and home.begun == []


def test_resume_refuses_a_file_with_only_blocked_steps(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.interrupt()
    home.keep(Finding("anticoagulant", question="P2", at=NOW - DAY))
    _write(home.file, ONLY_ROLLS)
    path = LIBRARY.find("calf-stretch")
    assert "Nothing is played today" in line_by_line(home, monkeypatch, path)
    assert {begun.cleared.plan.routine.id for begun in home.begun} == {"quiet-breathing"}


# A file that breaks a safety rule


HARD = "name: T\nsteps:\n  - calf-roll: 90s each side pressure 8\n"


def test_a_file_that_breaks_a_safety_rule_is_not_played(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(home.file, HARD)
    opened = open_to_play(home.file, LIBRARY.catalogue)
    assert opened.routine is None and [p.code for p in opened.problems] == ["L21"]
    assert open_routine(home.file, LIBRARY.catalogue).routine is not None, "it can be shown"
    line_by_line(home, monkeypatch, home.file)
    assert home.begun == [] and home.asked == []
    assert "L21" in capsys.readouterr().err
    with pytest.raises(Stop):
        open_named(LIBRARY, str(home.file), to_play=True)


def test_an_interrupted_file_that_breaks_a_safety_rule_now_is_not_resumed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.interrupt()
    _write(home.file, HARD)
    path = LIBRARY.find("quiet-breathing")
    text = line_by_line(home, monkeypatch, path, resume="r")
    assert "can't be played any more" in text
    assert {begun.cleared.plan.routine.id for begun in home.begun} == {"quiet-breathing"}


# A history that is damaged or written by hand


@pytest.fixture
def kept(home: Home) -> Home:
    """Ana has a red flag and an unstable heart, and one of her sessions was interrupted."""
    home.interrupt()
    home.keep(
        Finding("heart_unstable", "belly", None, "P8", NOW - DAY),
        red=stopped_by_key("dvt_signs"),
    )
    with closing(sqlite3.connect(home.history)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


class Tried(NamedTuple):
    refused: bool
    words: str


def tried(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], keys: Keys
) -> Tried:
    """Start in plain mode: it is refused in one or two sentences, or the questions are asked."""
    home.asked.clear()
    home.begun.clear()
    capsys.readouterr()
    line_by_line(home, monkeypatch, keys=keys)
    words = capsys.readouterr().err
    refused = "history" in words
    if refused:
        assert home.begun == [] and "Traceback" not in words
        assert words.startswith("supple: The history in ") and words.count("\n") == 1
        sentences = words.replace(str(home.history), "FILE")
        assert sentences.count(". ") + sentences.count(".\n") <= 2, words
    else:
        assert home.asked and home.asked[0] in {"R0", "today"}, words
    return Tried(refused, words)


SELECT_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def content(history: Path) -> list[str]:
    """Return everything that is saved, except who played last."""
    with closing(sqlite3.connect(f"file:{history}?mode=ro", uri=True)) as db:
        db.text_factory = bytes
        tables = [row[0].decode() for row in db.execute(SELECT_TABLES)]
        rows = [
            (table, row)
            for table in sorted(tables)
            if not table.startswith("sqlite_")
            for row in db.execute(f"SELECT * FROM {table}")
        ]
    return [repr(row[:4] if table == "person" else row) for table, row in rows]


REFUSED, ASKED = "refused", "asked"
BY_HAND = [
    ("UPDATE standing SET key = 'no_such_key'", ASKED),
    ("UPDATE standing SET key = x'00ff'", REFUSED),
    ("UPDATE standing SET place = 'no_such_place'", ASKED),
    ("UPDATE standing SET place = x'00'", REFUSED),
    ("UPDATE standing SET side = 'up'", REFUSED),
    ("UPDATE standing SET question = 'P99'", ASKED),
    ("UPDATE standing SET at = 'soon'", REFUSED),
    ("UPDATE standing SET at = -1e18", ASKED),
    ("UPDATE standing SET at = 9e999", REFUSED),
    ("UPDATE standing SET since = 'x'", REFUSED),
    ("UPDATE standing SET since = 9e18", ASKED),
    ("UPDATE standing SET since = -9e18", ASKED),
    ("UPDATE standing SET cleared_at = 9e18", ASKED),
    ("UPDATE standing SET cleared_at = x'01'", REFUSED),
    ("UPDATE standing SET seen_at = 'x'", REFUSED),
    ("UPDATE standing SET seen_at = 9e18", ASKED),
    ("UPDATE standing SET better_at = x'01'", REFUSED),
    ("UPDATE standing SET better_at = -9e18", ASKED),
    ("UPDATE standing SET key = 'dvt_signs'", ASKED),
    ("UPDATE standing SET key = 'pe_heart', cleared_at = 1", ASKED),
    ("UPDATE answered SET at = 9e15", ASKED),
    ("UPDATE answered SET at = -9e15", ASKED),
    ("UPDATE answered SET at = 'never'", REFUSED),
    ("UPDATE answered SET question = question || 'x'", ASKED),
    ("DELETE FROM answered", ASKED),
    ("UPDATE person SET age_band = 'middling'", REFUSED),
    ("UPDATE person SET age_band = 40", REFUSED),
    ("UPDATE person SET name = x'ff'", REFUSED),
    ("UPDATE person SET last_used = 'x'", ASKED),
    ("UPDATE red_flag SET key = 'nothing'", REFUSED),
    ("UPDATE red_flag SET key = x'01'", REFUSED),
    ("UPDATE red_flag SET question = 'G99'", ASKED),
    ("UPDATE red_flag SET at = 'x'", REFUSED),
    ("UPDATE red_flag SET at = 9e18", ASKED),
    ("UPDATE red_flag SET at = -5", ASKED),
    ("DELETE FROM red_flag", ASKED),
    ("UPDATE session SET pick = 'most'", REFUSED),
    ("UPDATE session SET chosen_side = 'up'", REFUSED),
    ("UPDATE session SET path = 'a' || char(0) || 'b'", REFUSED),
    ("UPDATE session SET path = x'00'", REFUSED),
    ("UPDATE session SET path = '/'", ASKED),
    ("UPDATE session SET total_ms = -5", REFUSED),
    ("UPDATE session SET total_ms = 'x'", REFUSED),
    ("UPDATE session SET steps = 'x'", REFUSED),
    ("UPDATE session SET steps = '[[]]'", REFUSED),
    ("UPDATE session SET steps = '[]'", ASKED),
    ("UPDATE session SET plays = '7'", REFUSED),
    ("UPDATE session SET plays = '[-1]'", REFUSED),
    ("UPDATE session SET plays = replace(hex(zeroblob(50000)), '00', '[')", REFUSED),
    ("UPDATE session SET plays = '[7, 7]'", ASKED),
    ("UPDATE session SET plays = NULL", ASKED),
    ("UPDATE session SET started = 'x'", ASKED),
    ("UPDATE session SET name = ''", ASKED),
    ("UPDATE beat SET at_ms = 1e300", REFUSED),
    ("UPDATE beat SET at_ms = -1", REFUSED),
    ("UPDATE beat SET step = 'a'", REFUSED),
    ("UPDATE beat SET into_ms = -1", REFUSED),
    ("UPDATE beat SET kind = 'swim'", REFUSED),
    ("UPDATE beat SET side = 'up'", REFUSED),
    ("UPDATE beat SET measure = 'miles'", REFUSED),
    ("UPDATE beat SET low = -1", REFUSED),
    ("UPDATE beat SET high = 'x'", REFUSED),
    ("UPDATE beat SET phase = x'00'", REFUSED),
    ("UPDATE beat SET part = 'x'", REFUSED),
    ("UPDATE beat SET exercise = x'00'", REFUSED),
    ("UPDATE beat SET seen = 'x'", REFUSED),
    ("UPDATE beat SET program = 'x'", ASKED),
    ("UPDATE beat SET program = x'00', seen = 9e15", REFUSED),
    ("UPDATE person SET emergency = 'call mum'", REFUSED),
    ("UPDATE beat SET visit = 99", ASKED),
    ("UPDATE beat SET phase = 'no such phase', measure = NULL", ASKED),
    ("UPDATE beat SET step = 99", ASKED),
    ("PRAGMA user_version = 4", REFUSED),
    ("PRAGMA user_version = 8", REFUSED),
    ("PRAGMA user_version = 2147483647", REFUSED),
    ("PRAGMA user_version = 1", REFUSED),
    ("PRAGMA user_version = 0", REFUSED),
    ("PRAGMA user_version = -1", REFUSED),
    ("CREATE TRIGGER t AFTER INSERT ON red_flag BEGIN DELETE FROM red_flag; END", REFUSED),
    ("ALTER TABLE red_flag RENAME COLUMN key TO clue", REFUSED),
    ("ALTER TABLE standing ADD COLUMN more TEXT", REFUSED),
]  # fmt: skip
TABLES = (
    "person",
    "standing",
    "answered",
    "red_flag",
    "session",
    "beat",
    "done",
    "hurt",
    "soreness",
    "ruling",
)
BY_HAND += [(f"DROP TABLE {table}", REFUSED) for table in TABLES]
BY_HAND += [
    (
        f"PRAGMA legacy_alter_table = ON; ALTER TABLE {table} RENAME TO old;"
        f"CREATE VIEW {table} AS SELECT * FROM old WHERE 0",
        REFUSED,
    )
    for table in TABLES
]


@pytest.mark.parametrize(("sql", "then"), BY_HAND)
def test_history_rows_that_were_changed_by_hand_start_no_session(
    kept: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sql: str,
    then: str,
) -> None:
    with closing(sqlite3.connect(kept.history)) as db:
        db.executescript(sql)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = content(kept.history)
    refused, words = tried(kept, monkeypatch, capsys, {"R0": ("l",)})
    assert refused == (then is REFUSED), words
    assert kept.begun == []  # another finding still forbids it
    if refused:
        assert content(kept.history) == before


def test_todays_questions_are_asked_even_if_the_red_flag_was_deleted(
    kept: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(kept.history)) as db:
        db.executescript("DELETE FROM red_flag; DELETE FROM standing")
    line_by_line(kept, monkeypatch, keys={"today": ("3", "enter")})
    assert "today" in kept.asked and kept.begun == [] and kept.red() is not None


def test_a_history_that_is_cut_off_is_refused_or_leads_to_the_questions(
    kept: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = kept.history.read_bytes()
    for length in (*range(0, len(whole), 2_047), len(whole) - 1):
        kept.history.write_bytes(whole[:length])
        refused, _ = tried(kept, monkeypatch, capsys, {"R0": ("l",)})
        assert refused or kept.asked == ["R0"], length  # the last bytes are never read
        if refused:
            assert kept.history.read_bytes() == whole[:length]
        for end in ("-wal", "-shm"):
            kept.history.with_name(kept.history.name + end).unlink(missing_ok=True)


def test_a_history_with_a_changed_byte_is_refused_or_leads_to_the_questions(
    kept: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = kept.history.read_bytes()
    where = random.Random(7)
    for _ in range(120):
        place = where.randrange(len(whole))
        flipped = bytes([whole[place] ^ where.randrange(1, 256)])
        kept.history.write_bytes(whole[:place] + flipped + whole[place + 1 :])
        refused, _ = tried(kept, monkeypatch, capsys, {"R0": ("l",)})
        assert refused or kept.asked == ["R0"], place
        for end in ("-wal", "-shm"):
            kept.history.with_name(kept.history.name + end).unlink(missing_ok=True)


def test_a_folder_in_place_of_the_history_is_refused(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home.history.mkdir()
    assert tried(home, monkeypatch, capsys, {}).refused
    assert list(home.history.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_a_read_only_history_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        home = Home(folder)
        home.keep(red=stopped_by_key("dvt_signs"))
        before = home.history.read_bytes()
        home.history.chmod(0o444)
        with nobody_special():
            assert tried(home, monkeypatch, capsys, {}).refused
        assert home.history.read_bytes() == before


@contextmanager
def nobody_special() -> Iterator[None]:
    """Become a user without special rights, because root may write everything."""
    if sys.platform != "win32" and os.geteuid() == 0:
        os.seteuid(65_534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


@pytest.mark.parametrize("sql", ["UPDATE red_flag SET at = 'x'", "DROP TABLE hurt"])
def test_the_screens_refuse_a_broken_history_in_words_too(kept: Home, sql: str) -> None:
    with closing(sqlite3.connect(kept.history)) as db:
        db.executescript(sql)

    async def scene(clock: LoopClock) -> None:
        row = row_of_file(kept.file)
        with pytest.raises(WorkerFailed) as failed:
            async with staged(clock, kept.folder, row, options=PlayOptions(person="Ana")) as stage:
                await walk(stage, kept, {"R0": ("l",)})
        assert isinstance(failed.value.error, HistoryError)
        assert "can't be used" in str(failed.value.error)

    play_scene(scene)
    assert kept.begun == []


def test_something_hurts_works_even_if_nothing_can_be_saved(home: Home) -> None:
    async def scene(clock: LoopClock) -> None:
        row = row_of_file(home.file)
        async with at_home(clock, home, row, PlayOptions(person="Ana")) as stage:
            screen = await walk(stage, home, {})
            assert screen is not None and stage.app._store is not None
            await stage.press("space")
            stage.app._store.execute("PRAGMA query_only = ON")
            await stage.press("x")
            await stage.wait_for(PainScreen)
            await stage.press("1")
            await stage.wait_for(NoteScreen)
            assert "EMERGENCY." in stage.text() and "could not be kept" in stage.text()
            assert screen.live.is_over
            stage.app._store.execute("PRAGMA query_only = OFF")

    play_scene(scene)


# Which code can start a session


def _names_called(tree: ast.AST) -> set[str]:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {c.id for c in calls if isinstance(c, ast.Name)} | {
        c.attr for c in calls if isinstance(c, ast.Attribute)
    }


def _names_imported(tree: ast.AST) -> set[tuple[str, str]]:
    return {
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_only_the_screening_starts_a_session() -> None:
    begins, states, screenings = set(), set(), set()
    for file in PLAYER.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        if not re.search("session|State|[Ss]creening", source):
            continue  # the file contains none of the names
        tree = ast.parse(source)
        name = file.relative_to(PLAYER).as_posix()
        imported = _names_imported(tree)
        if ("player.session.state", "begin") in imported or ("player.session", "state") in imported:
            begins.add(name)
        if ("player.session.state", "State") in imported and "State" in _names_called(tree):
            states.add(name)
        if "Screening" in _names_called(tree):
            screenings.add(name)
        whole = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        assert "player.session.state" not in whole and "player.play.screening" not in whole, name
    assert begins == {"play/screening.py"}
    assert states == set(), "a running session is made by begin alone"
    assert screenings == {"play/flow.py", "play/screening.py"}


NOTHING = "nothing: it only shows"
WRITES = "a sound file that can't ask: it is warned about first, and deep pressure is refused"
STARTS = {
    "doctor": NOTHING,
    "export": WRITES,
    "learn": NOTHING,
    "list": NOTHING,
    "show": NOTHING,
    "check": NOTHING,
    "schema": NOTHING,
    "new": NOTHING,
    "preview": NOTHING,
    "screen": NOTHING,
    "history": NOTHING,
    "forget": NOTHING,
    "play": "a session, after the questions: see above",
}


def test_every_command_is_listed_with_what_it_can_start() -> None:
    new = set(COMMANDS) - set(STARTS)
    assert not new, (
        f"{', '.join(sorted(new))}: say in STARTS what it can start. If it can start a session, "
        "try every person of CASES on that way too; if it only shows, let it be run below."
    )
    assert set(STARTS) == set(COMMANDS)


def test_commands_that_only_show_never_play(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home.folder / "data"))
    monkeypatch.setattr(sys, "stdin", None)  # a command that asked for a key would fail
    monkeypatch.setattr(Journal, "start", lambda *given: pytest.fail("it played"))
    answers = home.folder / "answers.json"
    answers.write_text('{"yes": [], "unsure": [], "unanswered": [], "soreness": 0, "age": 40}')
    file = str(home.file)
    more = {
        "export": [file, "--no-voice", "-o", str(home.folder / "n.wav")],
        "show": [file],
        "check": [file],
        "new": ["N", "--regions", "calf", "--equipment", "wall", "-o", str(home.folder / "n.yaml")],
        "preview": [file],
        "screen": [file, "--answers", str(answers)],
        "forget": ["--yes"],
    }
    for name, starts in STARTS.items():
        if starts in {NOTHING, WRITES}:
            assert run([name, *more.get(name, [])]) == 0
            assert capsys.readouterr().out or name == "check"
    assert home.begun == [] and home.asked == []
