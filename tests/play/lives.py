"""Leads people with random lives through one to five visits, with the real flow and history.

The routine, the keys, the gaps, the answers and the time between two visits are random. A visit
runs to its end, or the person leaves, or the program is killed or loses its terminal.
"""

import random
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from player.history.people import person_named, save_profile
from player.history.store import open_store
from player.library.row import Row
from player.play.flow import flow
from player.play.options import PlayOptions
from player.play.requests import Ask, AskAll, AskFeeling, FlowPart, Request, ShowResult
from player.play.running import Live
from player.safety.interview import Interview
from player.safety.prompts import Form, Prompt, Reply
from player.session.state import STANDING, Do, Phase
from tests.play.hosts import Case, FlowOnly
from tests.play.watching import Watch
from tests.safety.making import FULL_PROFILE
from tests.tui.stage import LIBRARY, WALL, row_of
from tests.virtual import Time

STEPS = (
    "calf-wall-straight: 20s each side",
    "calf-wall-straight: 2 x 15s each side rest 5s",
    "calf-wall-straight: 25s one side",
    "quad-stand: 20s left then right",
    "quad-stand: 15s right",
    "quad-stand: 15s one side",
    "ham-chair-sit: 1 x 3 x 5s alternating",
    "ankle-pumps: 10 reps self-paced",
    "ankle-pumps: 10 reps tempo 2s",
    "wait: Move to the floor",
    "say: Breathe out",
    "rest: 6s",
    "{rounds: 3, rest: 8s, steps: [quad-stand: 10s left, quad-stand: 10s right]}",
    "{rounds: 2, steps: [{rounds: 1-3, steps: [calf-wall-straight: 8s left]}]}",
    "{use: calf-wall-straight, hold: 30s, side: left, cues: {50%: Heel down, -10s: Nearly done}}",
    "{use: calf-roll, roll: 15s, side: each}",
    "{name: Ice, kind: cool, regions: [adductor], position: chair, hold: 8min, side: left,"
    " note: In a damp cloth, cues: {'5:00': Look at the skin}}",
    "{name: Ice again, kind: cool, regions: [adductor], position: chair, hold: 6min, side: left,"
    " note: In a damp cloth, cues: {'5:00': Look at the skin}}",
    "{name: Warmth, kind: heat, regions: [quad], position: chair, hold: 19min, side: right,"
    " note: In a dry cloth}",
)
KEYS = (
    Do.PAUSE, Do.GO_ON, Do.GO_ON, Do.NEXT, Do.NEXT, Do.BACK, Do.RESTART, Do.LONGER, Do.LONGER,
    Do.DONE, Do.UNDO, Do.HURTS, Do.QUIT,
)  # fmt: skip
DAY_MS = 86_400_000
BETWEEN_MS = (60_000, 600_000, 7_200_000, DAY_MS, 3 * DAY_MS)
_OPTIONS = PlayOptions(mute=True, person="Ana")


class End(StrEnum):
    """How a session ends, if no key ends it."""

    PLAYED = "it runs to its end"
    KILLED = "the program is killed"
    CLOSED = "the terminal is closed"
    CLOSED_ASLEEP = "the terminal is closed while the machine sleeps"


@dataclass
class Visit:
    """What happened between one start of the program and its end. Times are calendar time in ms."""

    end: End
    began: int
    asked: list[str] = field(default_factory=list)
    """The ids of all questions."""
    resumes: bool = False
    watch: Watch | None = None
    """None if no session was played."""
    last_sign: int = 0
    """When the last event of the session happened."""


class _Ends(Exception):
    """The program ends in the middle of the session."""


class Person(FlowOnly):
    """A host that draws every reply and every key at random."""

    def __init__(
        self, chance: random.Random, store: sqlite3.Connection, clock: Time, visit: Visit
    ) -> None:
        super().__init__(Case("random"), clock)
        self.chance = chance
        self.store = store
        self.visit = visit

    def lead(self, steps: FlowPart[bool]) -> None:
        """Execute the requests of a flow until it ends or this visit does."""
        reply = None
        try:
            with suppress(StopIteration, _Ends):
                while True:
                    reply = self.execute(steps.send(reply))
        finally:
            if self.visit.end is End.KILLED:
                self.store.close()  # so that closing the flow can't save anything
            with suppress(sqlite3.ProgrammingError):
                steps.close()

    def execute(self, request: Request[Any]) -> Any:
        match request:
            case Ask():
                self.visit.asked.append(request.prompt.id)
                reply = self.reply(request.prompt)
                if request.prompt.id == "resume":
                    self.visit.resumes = reply == "r"
                return reply
            case ShowResult():
                self.clock.pass_by(2_000)
                return not request.result.refusal
            case AskFeeling():
                return self.chance.choice(tuple(request.stop_list))
        return super().execute(request)

    def answer_all(self, request: AskAll) -> Interview:
        interview = request.interview
        while (prompt := interview.prompt) is not None:
            self.visit.asked.append(prompt.id)
            interview = interview.answer(self.reply(prompt))
            request.on_answer(interview)
        return interview

    def reply(self, prompt: Prompt) -> Reply:
        """Return the harmless reply, or sometimes another valid one."""
        chance = self.chance
        keys = [choice.key for choice in prompt.choices]
        if prompt.id in {"resume", "side", "A1"}:
            return chance.choice(keys)
        if chance.random() > 0.04 or prompt.id == "today":
            return self.case.reply(prompt)
        if prompt.form is Form.YES_NO:
            return chance.choice(("yes", "no", "unsure"))
        if prompt.form is Form.NUMBER:
            return chance.randint(0, 10) if prompt.scale else 40
        if prompt.form is Form.ONE:
            return chance.choice(keys)
        ages = chance.sample(sorted(prompt.one_of), 1 if prompt.one_of else 0)
        return frozenset(chance.sample(keys, 1)) - prompt.one_of | frozenset(ages)

    # In the session

    def play(self, live: Live) -> None:
        watch = self.visit.watch = Watch(live, self.store, self.clock)
        for _ in range(self.chance.choice((0, 3, 30))):
            self.pass_some_time(watch)
            if live.is_over:
                return
            self.press(watch, self.chance.choice(KEYS))
        if self.visit.end is End.PLAYED:
            self.play_out(watch)
        elif not live.is_over:
            if self.visit.end is End.CLOSED_ASLEEP:
                self.sleep()
            raise _Ends

    def pass_some_time(self, watch: Watch) -> None:
        looks = self.chance.choice((0, 1, 3, 10, 10, 300))
        for _ in range(looks):
            self.clock.pass_by(self.chance.choice((3, 250, 500, 1_000, 1_900)))
            self.look(watch)
        if self.chance.random() < 0.05:
            self.sleep()

    def sleep(self) -> None:
        """Let the machine sleep. The session clock of some machines stops meanwhile."""
        ms = self.chance.choice((3_000, 30_000, 150_000))
        self.clock.pass_by(ms if self.chance.random() < 0.5 else 0)
        self.clock.pass_calendar(ms)

    def look(self, watch: Watch) -> None:
        self.visit.last_sign = self.clock.wall()
        watch.look()
        if not watch.live.is_over and watch.live.waits:
            watch.do(Do.DONE)

    def press(self, watch: Watch, do: Do) -> None:
        self.visit.last_sign = self.clock.wall()
        watch.do(do)
        live = watch.live
        if do is Do.QUIT:
            assert live.is_over, "q leaves, whatever comes before it"
        if do is Do.HURTS and not live.is_over:
            assert live.state.phase is Phase.HURTING, "x reports pain, whatever comes before it"
            watch.report(self.chance.choice(tuple(live.feelings)))

    def play_out(self, watch: Watch) -> None:
        """Play to the end of the session, or leave it if it can't go on."""
        live = watch.live
        while not live.is_over:
            self.clock.pass_by(500)
            if live.state.phase in STANDING:
                self.press(watch, Do.GO_ON)
                if live.state.phase in STANDING:
                    self.press(watch, Do.QUIT)
            else:
                self.look(watch)


def lead(seed: int, folder: Path) -> list[Visit]:
    """Lead one random person through one to five visits."""
    chance, clock = random.Random(seed), Time(wall=WALL)
    history, file = folder / "life.db", folder / "t.yaml"
    steps = [*chance.choices(STEPS, k=chance.randint(1, 6)), STEPS[0]]
    visits: list[Visit] = []
    with open_store(history) as store:
        save_profile(store, person_named(store, "Ana", WALL), FULL_PROFILE)
    for _ in range(chance.randint(1, 5)):
        row = _written(steps, file)
        visit = Visit(chance.choice(tuple(End)), clock.wall())
        with open_store(history) as store:
            way = flow(row, store, LIBRARY.catalogue, _OPTIONS, clock)
            Person(chance, store, clock, visit).lead(way)
        visits.append(visit)
        clock.pass_by(chance.choice(BETWEEN_MS))
        if chance.random() < 0.3:
            _edit(steps, chance)
    return visits


def _written(steps: list[str], file: Path) -> Row:
    text = "".join(f"  - {step}\n" for step in steps)
    file.write_text(f"name: T\nsteps:\n{text}", "utf-8")
    row = row_of(text)
    return row._replace(routine=row.routine._replace(path=str(file)))


def _edit(steps: list[str], chance: random.Random) -> None:
    """Change the file as a coach might: remove a step, or insert one before another."""
    place = chance.randrange(len(steps) - 1) if len(steps) > 1 else 0
    if chance.random() < 0.5 and len(steps) > 2:
        del steps[place]
    else:
        steps.insert(place, chance.choice(STEPS))
