"""Opens several windows of the program that share one history and one clock."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from player.history.people import person_named, save_profile
from player.history.store import open_store
from player.play.flow import flow
from player.play.options import PlayOptions
from player.play.requests import Ask, AskAll, FlowPart, Play, Request
from player.play.running import Live, LiveEffect
from player.safety.interview import Interview
from player.safety.prompts import Reply
from tests.play.hosts import Case, FlowOnly
from tests.play.starts import CutOff
from tests.safety.making import FULL_PROFILE
from tests.tui.stage import LIBRARY, WALL, row_of
from tests.virtual import Time

STEPS = "  - calf-wall-straight: 30s each side\n  - quad-stand: 30s each side\n"


class Kept(NamedTuple):
    """A session as the history has it."""

    state: str
    position_ms: int
    work_ms: int


class Meanwhile(NamedTuple):
    """Something that happens while a window shows a request of this kind."""

    at: type[Request[Any]]
    happens: Callable[[], object]


class Window(FlowOnly):
    """One window. It stays in its session until a test leads on."""

    live: Live

    def __init__(self, case: Case, windows: "Windows") -> None:
        super().__init__(case, windows.clock)
        self.asked: list[str] = []
        self.steps: FlowPart[bool] | None = None
        self.leaves_at = ""
        self.meanwhile: Meanwhile | None = None

    def execute(self, request: Request[Any]) -> Any:
        if isinstance(request, Ask):
            self.asked.append(request.prompt.id)
        if self.meanwhile and isinstance(request, self.meanwhile.at):
            self.meanwhile.happens()
        return super().execute(request)

    def answer_all(self, request: AskAll) -> Interview:
        interview = request.interview
        while (prompt := interview.prompt) is not None and prompt.id != self.leaves_at:
            interview = interview.answer(self.case.reply(prompt))
            request.on_answer(interview)
        if prompt is not None:
            raise CutOff
        return interview

    def pass_by(self, ms: int) -> list[LiveEffect]:
        """Look at the session every half second, for some time. Returns the effects."""
        effects: list[LiveEffect] = []
        for _ in range(ms // 500):
            self.clock.pass_by(500)
            effects += self.live.look()
        return effects


class Windows:
    """The history of Ana, her routine, and the time."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.clock = Time(wall=WALL)
        self._stack = stack
        self.store = stack.enter_context(open_store(folder / "h.db"))
        save_profile(self.store, person_named(self.store, "Ana", WALL), FULL_PROFILE)

    def open(
        self,
        replies: Mapping[str, Reply] | None = None,
        person: str = "Ana",
        leaves_at: str = "",
        meanwhile: Meanwhile | None = None,
        **case: Any,
    ) -> Window:
        """Open a window, and go up to the session, or as far as the person comes.

        As if the program is killed later, nothing more happens unless a test leads on. If it
        `leaves_at` a question, it is killed there.
        """
        store = self._stack.enter_context(open_store(self.folder / "h.db"))
        answers = {"A1": "s", **(replies or {})}
        window = Window(Case("windows", STEPS, answers, **case), self)
        window.leaves_at, window.meanwhile = leaves_at, meanwhile
        file = self.folder / "t.yaml"
        file.write_text(f"name: T\nsteps:\n{STEPS}", "utf-8")
        row = row_of(STEPS)
        row = row._replace(routine=row.routine._replace(path=str(file)))
        options = PlayOptions(mute=True, person=person)
        steps = flow(row, store, LIBRARY.catalogue, options, self.clock)
        self._stack.callback(steps.close)
        window.steps = steps
        reply = None
        while True:  # unlike `run`, this leaves the flow as it is
            try:
                request = steps.send(reply)
            except StopIteration:
                return window
            if isinstance(request, Play):
                window.live = request.live
                return window
            try:
                reply = window.execute(request)
            except CutOff:
                return window

    @property
    def kept(self) -> list[Kept]:
        """The sessions in the order in which they began."""
        rows = self.store.execute(
            "SELECT state, coalesce(at_ms, position_ms),"
            " (SELECT coalesce(sum(ms), 0) FROM done WHERE session = id)"
            " FROM session LEFT JOIN beat ON beat.session = id ORDER BY id"
        )
        return [Kept(*row) for row in rows]

    @property
    def states(self) -> list[str]:
        return [session.state for session in self.kept]


@contextmanager
def windows_in(folder: Path) -> Iterator[Windows]:
    with ExitStack() as stack:
        yield Windows(folder, stack)
