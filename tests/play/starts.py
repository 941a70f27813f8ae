"""Starts the program several times for the same person, with one history and one clock."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from player.check.playable import open_to_play
from player.history.people import person_named, save_profile
from player.library.row import Row
from player.play.flow import flow
from player.play.requests import Ask, AskAll, Play, Request, ShowNote, ShowResult, ShowSummary
from player.play.running import Live
from player.safety.interview import Interview
from player.safety.prompts import Reply
from tests.play.hosts import MUTE, Case, FlowOnly
from tests.safety.making import FULL_PROFILE
from tests.tui.stage import LIBRARY, WALL
from tests.virtual import Time

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
CALF = "calf-wall-straight"
STEPS = f"  - {CALF}: 30s each side\n  - quad-stand: 30s each side\n"


class CutOff(Exception):
    """The program ends before the person leaves it."""


class Visitor(FlowOnly):
    """A person at one start of the program.

    The program ends in the session after `plays_ms`, or at the first request of the kind `at`.
    If it is `killed`, it saves nothing at its end.
    """

    def __init__(
        self,
        case: Case,
        clock: Time,
        plays_ms: int | None = None,
        killed: bool = False,
        at: type[Request[Any]] | None = None,
    ) -> None:
        super().__init__(case, clock)
        self.plays_ms = plays_ms
        self.killed = killed
        self.at = at
        self.asked: list[str] = []
        """The ids of the questions; `play` and `summary` mark the session and its end."""
        self.about: list[str] = []
        """The lines above the question about the time since the last session."""
        self.notes: list[str] = []
        self.live: Live | None = None
        self.result: ShowResult | None = None

    def execute(self, request: Request[Any]) -> Any:
        match request:
            case Ask():
                self.asked.append(request.prompt.id)
            case ShowResult():
                self.result = request
            case ShowNote():
                self.notes.append(request.heading)
            case Play():
                self.live = request.live
                self.asked.append("play")
            case ShowSummary():
                self.asked.append("summary")
        if self.at is not None and isinstance(request, self.at):
            raise CutOff
        return super().execute(request)

    def answer_all(self, request: AskAll) -> Interview:
        interview = request.interview
        while (prompt := interview.prompt) is not None:
            self.asked.append(prompt.id)
            if prompt.id == "A1":
                self.about += prompt.lines
            interview = interview.answer(self.case.reply(prompt))
        return interview

    def play(self, live: Live) -> None:
        if self.plays_ms is None:
            return super().play(live)
        end = self.clock.now() + self.plays_ms
        while self.clock.now() < end:
            self.clock.pass_by(500)
            live.look()
        if self.killed:
            live.save_position = lambda: None  # type: ignore[method-assign]
        raise CutOff

    @property
    def is_asked(self) -> bool:
        """Whether the person was asked about the time since the last session."""
        return "A1" in self.asked


class Home:
    """The history of Ana, her routines, and the time."""

    def __init__(self, store: Connection, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.clock = Time(wall=WALL)
        self.ana = person_named(store, "Ana", WALL)
        save_profile(store, self.ana, FULL_PROFILE)
        for name in ("T", "Other"):
            self.write(name)

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.yaml"

    def write(self, name: str, steps: str = STEPS) -> None:
        self.file(name).write_text(f"name: {name}\nsteps:\n{steps}", "utf-8")

    def row(self, name: str) -> Row:
        opened = open_to_play(self.file(name), LIBRARY.catalogue)
        assert opened.routine and opened.timeline, opened.report()
        return Row(opened.routine, opened.timeline)

    def start(self, visitor: Visitor, name: str = "T") -> Visitor:
        with suppress(CutOff):
            visitor.run(flow(self.row(name), self.store, LIBRARY.catalogue, MUTE, self.clock))
        return visitor

    def visit(
        self,
        name: str = "T",
        plays_ms: int | None = None,
        replies: Mapping[str, Reply] | None = None,
        **how: Any,
    ) -> Visitor:
        """Start this routine once. The reply to A1 is "the same", unless `replies` has another."""
        case = Case("Ana", replies={"A1": "s", **(replies or {})}, session=(5 * MINUTE,))
        return self.start(Visitor(case, self.clock, plays_ms, **how), name)
