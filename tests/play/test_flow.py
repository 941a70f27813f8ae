"""The flow of a session is the same in every host, and saves what was done if it ends early."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from player.history.store import open_store
from player.plain.visit import PlainVisit
from player.play.requests import (
    Ask,
    AskAll,
    AskPerson,
    FlowPart,
    Head,
    Play,
    Request,
    ShowNote,
    ShowResult,
)
from player.safety.interview import Interview
from player.safety.prompts import Reply
from player.tui.visit import Visit
from tests.play.hosts import (
    MUTE,
    Case,
    FlowOnly,
    Saved,
    Shown,
    line_by_line,
    on_the_screens,
    saved_in,
    without_a_host,
)
from tests.safety.making import mark
from tests.virtual import MemoryConsole, Time

CALF = "  - calf-wall-straight: 10s each side\n"
STRAINED: Mapping[str, Reply] = {
    "today": mark("5"), "G5.when": "1", "I1": "c", "I1.side": "l", "I2": "no", "I3a": "no",
    "I4a": "yes", "I4d": "yes", "I5a": "no",
}  # fmt: skip
"""The answers of a person who strained the left calf yesterday, without any red flag."""

SKIPS = ("n", 500, "n", 500, "n", 500, "n", 1_000, "y")
CASES = [
    Case("a healthy regular", kept=("complete",)),
    Case("a newcomer", is_known=False, kept=("complete",)),
    Case(
        "one side to choose",
        "  - calf-wall-straight: 10s one side\n",
        {"side": "l"},
        kept=("complete",),
    ),
    Case(
        "a resume",
        replies={"resume": "r"},
        interrupted=True,
        kept=("partial", "complete"),
    ),
    Case(
        "begun anew",
        replies={"resume": "n"},
        interrupted=True,
        kept=("partial", "complete"),
    ),
    Case(
        "a refusal with an offer",
        "  - quad-roll: 60s each side\n",
        {"P2": "yes"},
        is_known=False,
        picks=("1", "enter"),
        session=(30_000, "q", 2_000, "y"),
        kept=("partial",),
    ),
    Case("a fresh strain", CALF, STRAINED, picks=("1", "q"), kept=()),
    Case("a red flag", replies={"today": mark("3")}, picks=("q",), kept=(), is_red=True),
    Case("not looked at since", replies={"R0": "l"}, red="dvt_signs", kept=(), is_red=True),
    Case(
        "a massage of a file",
        CALF + "  - Own roll: 10s each side\n    kind: roll\n    regions: [calf]\n",
        session=(90_000,),
        kept=("complete",),
    ),
    Case("all skipped", session=SKIPS, kept=("partial",)),
    Case("left in the middle", session=(12_000, "q", 2_000, "y"), kept=("partial",)),
    Case("a sharp pain", session=(12_000, "x", 2_000, "8"), kept=("partial",)),
    Case(
        "a sharp pain, and it goes on",
        CALF + "  - ham-chair-sit: 10s each side\n",
        session=(12_000, "x", 2_000, "8", 2_000, "enter", 1_000, " ", 60_000),
        kept=("complete",),
    ),
    Case(
        "numb, and left before it is gone",
        CALF + "  - ham-chair-sit: 10s each side\n",
        replies={"x.nerve": "n"},
        session=(12_000, "x", 2_000, "7", 2_000, "enter", 1_000, "q", 2_000, "y"),
        kept=("partial",),
    ),
    Case(
        "a swollen leg",
        session=(12_000, "x", 2_000, "6"),
        kept=("partial",),
        is_red=True,
    ),
]
by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def kinds(shown: Shown) -> list[str]:
    """Return a word for each request; for a question, its id."""
    return [
        request.prompt.id if isinstance(request, Ask) else type(request).__name__
        for request in shown.requests
    ]


@by_case
@pytest.mark.parametrize("host", [line_by_line, on_the_screens])
def test_every_host_asks_and_reports_the_same_in_the_same_order(
    case: Case, host: Callable[[Case, Path], Shown], tmp_path: Path
) -> None:
    wanted, found = without_a_host(case, tmp_path), host(case, tmp_path)
    assert kinds(found) == kinds(wanted)
    assert found.kept == wanted.kept == Saved(case.kept, case.is_red)
    expected = [" ".join(words.split()) for words in wanted.words]
    assert [words for words in found.words if words in expected] == expected


# The flow ends early


class Ends(Exception):
    """An error that a host raises, for example because its terminal is gone."""


class Breaking(FlowOnly):
    """A host that fails at a given request."""

    def __init__(self, case: Case, clock: Time, at: int) -> None:
        super().__init__(case, clock)
        self.at = at

    def execute(self, request: Request[Any]) -> Any:
        if len(self.requests) == self.at:
            self.requests.append(request)
            if isinstance(request, Play):
                self.clock.pass_by(500)
                request.live.look()
            raise Ends
        return super().execute(request)


class Leaving(FlowOnly):
    """A person who leaves at a given request, if that request can be left."""

    def __init__(self, case: Case, clock: Time, at: int) -> None:
        super().__init__(case, clock)
        self.at = at

    def execute(self, request: Request[Any]) -> Any:
        if len(self.requests) != self.at:
            return super().execute(request)
        self.requests.append(request)
        match request:
            case AskPerson():
                return None
            case Ask() if not request.required:
                return None
            case AskAll():
                return request.interview
            case ShowResult():
                return False
            case _:
                raise Ends


def requests_of(case: Case, folder: Path) -> list[str]:
    (folder / "whole").mkdir()
    return kinds(without_a_host(case, folder / "whole"))


def saved_before(case: Case, request: str, index: int, whole: list[str]) -> Saved:
    """Return what is saved when the flow ends at a request."""
    arises = "Play" if "x" in case.session else "AskAll"
    red = bool(case.red) or (case.is_red and index > _index(whole, arises))
    if index < _index(whole, "Play"):
        return Saved(("running",) if is_waiting(case, index, whole) else case.kept[:-1], red)
    if request == "Play":
        return Saved((*case.kept[:-1], "running"), False)
    return Saved(case.kept, red)


def is_waiting(case: Case, index: int, whole: list[str]) -> bool:
    """Return whether the interrupted session is still offered."""
    resumes = case.replies.get("resume") == "r"
    return case.interrupted and (resumes or index <= _index(whole, "resume"))


def _index(whole: list[str], request: str) -> int:
    return whole.index(request) if request in whole else len(whole)


@by_case
def test_an_error_of_the_host_loses_nothing_that_was_done(case: Case, tmp_path: Path) -> None:
    whole = requests_of(case, tmp_path)
    for index, request in enumerate(whole):
        folder = tmp_path / str(index)
        folder.mkdir()
        with pytest.raises(Ends):
            without_a_host(case, folder, partial(Breaking, at=index))
        assert saved_in(folder) == saved_before(case, request, index, whole), request


@by_case
def test_nothing_plays_if_the_person_leaves_before_the_session(case: Case, tmp_path: Path) -> None:
    whole = requests_of(case, tmp_path)
    for index, request in enumerate(whole):
        folder = tmp_path / str(index)
        folder.mkdir()
        with suppress(Ends):
            shown = without_a_host(case, folder, partial(Leaving, at=index))
            has_played = index > _index(whole, "Play")
            assert shown.played == has_played, request
            assert saved_in(folder) == saved_before(case, request, index, whole), request


def test_the_questions_about_an_injury_are_asked_again_if_the_person_left_during_them(
    tmp_path: Path,
) -> None:
    """Until all questions about an injury are answered, the injury counts as a red flag."""

    class LeavesLate(FlowOnly):
        def answer_all(self, request: AskAll) -> Interview:
            interview = request.interview
            while interview.prompt is not None and interview.prompt.id != "I4a":
                interview = interview.answer(self.case.reply(interview.prompt))
                request.on_answer(interview)
            if ends:
                raise Ends
            return interview

    case = Case("hurt", CALF, STRAINED)
    for ends in (False, True):
        folder = tmp_path / str(ends)
        folder.mkdir()
        with pytest.raises(Ends) if ends else nullcontext():
            assert not without_a_host(case, folder, LeavesLate).played
        assert saved_in(folder) == Saved((), is_red=True)


@pytest.mark.parametrize("is_plain", [True, False], ids=["plain", "screens"])
def test_a_host_that_breaks_closes_the_flow(is_plain: bool, tmp_path: Path) -> None:
    closed = []

    def one_request() -> FlowPart[bool]:
        try:
            yield ShowNote(Head("T", "For: Ana"), "Read this.")
        except GeneratorExit:
            closed.append(True)
            raise
        return True

    class NoStage:
        async def ask(self, screen: object) -> None:
            raise Ends

    with pytest.raises(Ends):
        if is_plain:

            class NoConsole(MemoryConsole):
                def line(self, text: str = "") -> None:
                    raise Ends

            PlainVisit(NoConsole(Time()), MUTE, Time()).run(one_request())
        else:
            with open_store(tmp_path / "h.db") as store:
                asyncio.run(Visit(NoStage(), store, Time()).run(one_request()))  # type: ignore[arg-type]
    assert closed
