"""An interrupted session is offered as long as it can go on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from player.base.clock import Clock
from player.history.past import sessions
from player.history.store import open_store
from player.plain import start
from player.plain.console import Console
from player.play.options import PlayOptions
from player.play.requests import AskAll, Play, Request, ShowNote, ShowResult, ShowSummary
from player.play.resume import stopped_words
from player.play.running import Live
from player.session.state import Do
from tests.play.hosts import Case, Scripted
from tests.play.starts import CALF, DAY, MINUTE, Home, Visitor
from tests.tui.stage import LIBRARY
from tests.virtual import MemoryConsole

CALF_ONLY = f"  - {CALF}: 30s each side\n"
CARE = "  - early-raise-lying: 40s one side\n  - breathing-seated: 60s\n"
MIXED = f"  - {CALF}: 30s each side\n  - quad-stand: 60s one side\n"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_store(tmp_path / "h.db") as store:
        yield Home(store, tmp_path)


def is_offered(visitor: Visitor) -> bool:
    return "resume" in visitor.asked


# A file that is gone or has changed


def _gone(home: Home) -> None:
    home.file("T").unlink()


def _broken(home: Home) -> None:
    home.file("T").write_text("name: [", "utf-8")


def _unsafe(home: Home) -> None:
    home.write("T", "  - calf-roll: 90s each side pressure 8\n")


def _another(home: Home) -> None:
    home.write("T", "  - ham-chair-sit: 30s each side\n  - march-in-place: 60s\n")


CHANGES = [
    (_gone, "can't be played any more"),
    (_broken, "can't be played any more"),
    (_unsafe, "can't be played any more"),
    (_another, "holds another routine now"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_session_whose_file_can_not_be_played_is_offered_once(
    home: Home, change: Callable[[Home], None], words: str
) -> None:
    home.visit(plays_ms=25_000)
    cut = home.clock.wall()
    change(home)
    home.clock.pass_by(DAY)
    told = home.visit("Other", replies={"resume": "r"}, at=ShowNote)
    assert words in told.notes[0]
    told = home.visit("Other", replies={"resume": "r"})
    assert is_offered(told), "the person had not read it to the end"
    assert words in told.notes[0] and "play" in told.asked
    first = sessions(home.store)[-1]
    assert (first.state, first.ended, first.position_ms) == ("partial", cut, 25_000)
    home.clock.pass_by(DAY)
    assert not is_offered(home.visit("Other"))


def test_a_session_with_nothing_left_is_closed_and_not_begun_anew(home: Home) -> None:
    home.visit(plays_ms=110_000)
    home.write("T", CALF_ONLY)
    home.clock.pass_by(5 * MINUTE)
    visitor = home.visit(replies={"resume": "r"})
    assert visitor.notes == ["Nothing of that session is left to do today."]
    assert "play" not in visitor.asked
    assert not is_offered(home.visit())


def test_a_session_cut_off_in_its_first_second_is_not_offered(home: Home) -> None:
    home.visit(plays_ms=500)
    assert not is_offered(home.visit("Other"))
    assert [s.state for s in sessions(home.store)] == ["complete", "partial"]


# What the program promises when it is stopped


class Stopping(Visitor):
    """A person who stops the program with Ctrl+C, in the session after some actions."""

    actions: tuple[Do | int, ...] = ()
    last_words = ""

    def execute(self, request: Request[Any]) -> Any:
        try:
            return super().execute(request)
        finally:
            self.last_words = stopped_words(self.live)

    def play(self, live: Live) -> None:
        for action in self.actions:
            if isinstance(action, Do):
                live.do(action)
                continue
            for _ in range(action // 500):
                self.clock.pass_by(500)
                live.look()
        super().play(live)


STOPS: list[tuple[type[Request[Any]] | None, tuple[Do | int, ...]]] = [
    (AskAll, ()),
    (ShowResult, ()),
    (Play, ()),
    (None, ()),
    (None, (25_000,)),
    (None, (25_000, Do.PAUSE)),
    (None, (25_000, Do.HURTS)),
    (None, (25_000, Do.HURTS, Do.SKIP_STEP, Do.GO_ON, 5_000)),
    (None, (25_000, Do.RESTART)),
    (ShowSummary, (25_000, Do.QUIT)),
    (ShowSummary, ()),
]


@pytest.mark.parametrize(("at", "actions"), STOPS)
def test_the_last_words_promise_an_offer_only_if_the_next_start_makes_one(
    home: Home, at: type[Request[Any]] | None, actions: tuple[Do | int, ...]
) -> None:
    plays_ms = 0 if at is None else None
    stopping = Stopping(Case("Ana", session=(5 * MINUTE,)), home.clock, plays_ms, at=at)
    stopping.actions = actions
    home.start(stopping)
    home.clock.pass_by(5 * MINUTE)
    assert is_offered(home.visit()) == ("the next start offers to go on" in stopping.last_words)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (AskAll, "Stopped. Nothing was played."),
        (Play, "the next start offers to go on"),
        (ShowSummary, "Stopped. What was done is kept."),
    ],
)
def test_ctrl_c_line_by_line_tells_what_is_kept(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    at: type[Request[Any]],
    words: str,
) -> None:
    class Interrupting(Scripted):
        __slots__ = ()

        def execute(self, request: Request[Any]) -> Any:
            if isinstance(request, at) and not isinstance(request, Play):
                raise KeyboardInterrupt
            return super().execute(request)

    class Ending(MemoryConsole):
        def key(self, timeout_ms: int | None) -> str | None:
            if at is Play and not self.script:
                raise KeyboardInterrupt
            return super().key(timeout_ms)

        def __enter__(self) -> "Ending":
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def visit(console: Console, options: PlayOptions, clock: Clock) -> Interrupting:
        case = Case("Ana", session=(25_000,) if at is Play else (5 * MINUTE,))
        host = Interrupting(console, options, clock)
        host.prepare(case)
        return host

    monkeypatch.setattr(start, "is_terminal", lambda: True)
    monkeypatch.setattr(start, "open_console", lambda: Ending(home.clock))
    monkeypatch.setattr(start, "open_store", lambda: open_store(home.folder / "h.db"))
    monkeypatch.setattr(start, "clock", home.clock)
    monkeypatch.setattr(start, "PlainVisit", visit)
    options = PlayOptions(mute=True, person="Ana")
    assert start.play_plainly(LIBRARY, home.file("T"), options) == 130
    assert words in capsys.readouterr().err
