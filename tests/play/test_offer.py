"""An interrupted session is offered while it can go on. Today's answers override its side."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.base.clock import Clock
from player.history.interrupted import Interrupted
from player.history.past import sessions
from player.history.store import open_store
from player.plain import start
from player.plain.console import Console
from player.play.options import PlayOptions
from player.play.requests import AskAll, Play, Request, ShowNote, ShowResult, ShowSummary
from player.play.result import Result, care_side
from player.play.resume import side_today, stopped_words
from player.play.running import Live
from player.routine.model import Pick
from player.routine.vocabulary import Side
from player.safety.adapt import adapt
from player.safety.clearance import judge
from player.safety.cleared import admit
from player.safety.findings import AgeBand, Answers, Finding, Soreness
from player.safety.prompts import Reply
from player.safety.shown import Shown
from player.session.state import Do
from player.session.timeline import Choices
from tests.play.hosts import Case, Scripted
from tests.play.starts import CALF, DAY, MINUTE, Home, Visitor
from tests.play.test_flow import STRAINED
from tests.safety.making import CATALOGUE, MATRIX, NOW, QUICK, routine_of
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
    assert is_offered(told), "the person had not finished reading the note"
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
    """A person who stops the program with Ctrl+C. In the session, some actions come first."""

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
        (ShowSummary, "Stopped. What was done is saved."),
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


# The side


def test_todays_hurt_side_comes_before_the_side_of_the_interrupted_session(home: Home) -> None:
    home.write("T", CARE)
    left, right = STRAINED, {**STRAINED, "I1.side": "r"}
    sides = []
    for strain in (left, right):
        visitor = home.visit(plays_ms=25_000, replies={**strain, "resume": "r", "side": "r"})
        assert visitor.live is not None
        sides.append({s.side for s in visitor.live.state.timeline.segments if s.step == 1})
        home.store.execute("DELETE FROM standing")  # the first strain has healed
        home.clock.pass_by(DAY)
    assert sides == [{Side.LEFT}, {Side.RIGHT}]


@pytest.mark.parametrize(
    ("today", "asks"),
    [
        ({}, False),
        ({"S1": 3, "S2": "c", "S2.side": "r"}, False),
        ({"S1": 3, "S2": "c", "S2.side": "l"}, True),
        ({"S1": 3, "S2": "c", "S2.side": "b"}, True),
        ({"A1": "w", "A1.where": "c", "A1.where.side": "l", "A1.night": "no"}, True),
    ],
)
def test_the_side_is_asked_again_if_something_was_told_about_it_today(
    home: Home, today: Mapping[str, Reply], asks: bool
) -> None:
    home.write("T", MIXED)
    assert "side" in home.visit(plays_ms=25_000, replies={"side": "l"}).asked
    home.clock.pass_by(DAY)
    visitor = home.visit(plays_ms=25_000, replies={"resume": "r", "side": "r", **today})
    assert ("side" in visitor.asked) == asks
    assert visitor.live is not None
    quad = {s.side for s in visitor.live.state.timeline.segments if s.exercise == "quad-stand"}
    assert quad == {Side.RIGHT if asks else Side.LEFT}


SIDES = st.sampled_from([None, Side.LEFT, Side.RIGHT, Side.BOTH])
FINDINGS = st.builds(
    lambda key, place, side: Finding(key, place, side, "x", NOW, NOW - 86_400),
    st.sampled_from(["acute_strain", "acl", "tendon_drug", "pregnant", "bakers_cyst"]),
    st.sampled_from(["calf", "ham", "knee"]),
    SIDES,
)
SORE = st.builds(Soreness, st.integers(1, 6), st.just("calf"), SIDES)


@QUICK
@given(
    st.sampled_from([CARE, MIXED]),
    st.lists(FINDINGS, max_size=2),
    st.lists(SORE, max_size=1),
    st.sampled_from([None, Side.LEFT, Side.RIGHT]),
)
def test_the_old_side_counts_only_if_nothing_was_told_about_it_today(
    steps: str, findings: list[Finding], sore: list[Soreness], before: Side | None
) -> None:
    answers = Answers(NOW, tuple(findings), tuple(sore), age=AgeBand.ADULT)
    clearance = judge(answers, MATRIX, NOW)
    plan = adapt(routine_of(f"name: T\nsteps:\n{steps}"), clearance, CATALOGUE)
    cleared = admit(plan, clearance, "Ana", NOW)
    result = Result(clearance, plan, Shown(clearance.rank), cleared, answers.sorenesses)
    old = Interrupted(1, "T", "t.yaml", Choices(Pick.LOW, before), 20_000, 90_000, None)
    side, hurt = side_today(result, old), care_side(result)
    told = {finding.side for finding in findings} | {place.side for place in sore}
    if hurt is not None:
        assert side is hurt
    elif before in told or Side.BOTH in told:
        assert side is None
    elif not told:
        assert side is before
    assert side_today(result, None) is hurt
