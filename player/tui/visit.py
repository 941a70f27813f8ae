"""One person and one routine on the screens: the name, the questions, the session, the summary."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Protocol, TypeVar

from textual.screen import Screen

from player.base.clock import Clock
from player.check.playable import open_to_play
from player.history.journal import Interrupted, close_interrupted, interrupted
from player.history.levels import Levels
from player.history.people import Person, clean_name, people, person_named
from player.history.volume import keep_levels, levels_of
from player.play.options import Wishes
from player.play.result import Offer, Result, care_side, languages_for
from player.play.running import Live
from player.play.screening import Intake, length_words, resume_words, resumed_at
from player.routine.catalogue import Catalogue
from player.routine.times import clock
from player.routine.vocabulary import Side
from player.safety.cleared import Cleared
from player.safety.emergency import emergency_number
from player.safety.interview import Interview
from player.safety.prompts import Choice, Form, Prompt
from player.safety.stop_list import HURTS, Feeling, Then
from player.session.instructions import after_prompts, region_lines, summary_lines
from player.session.state import Phase
from player.session.timeline import Choices, Timeline, compile, has_one_side
from player.show.listing import Row
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.pain import PainScreen, advice, told_again
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.summary import summary
from player.tui.screens.who import WhoScreen

_SIDE = Prompt(
    "side", Form.ONE, "Which side today?", choices=(Choice("l", "left"), Choice("r", "right"))
)
_RESUME = (Choice("r", "go on with it"), Choice("n", "begin anew"))

_T = TypeVar("_T")


class Stage(Protocol):
    """Where screens are shown: each waits for what the person says to it."""

    async def ask(self, screen: Screen[_T]) -> _T | None:
        """Show a screen and wait for its result."""

    def heard_at(self, levels: Levels, keep: Callable[[Levels], bool]) -> None:
        """Be as loud as this person wants it; `keep` hears of changes, and says if it can't."""

    async def speak(
        self, timeline: Timeline, languages: Sequence[str], folder: Path, title: str, aside: str
    ) -> None:
        """Make what a voice will say of a session, before it begins; `folder` has its sounds."""


class Visit:
    """The way of one person through one routine. Left at any point, nothing is played."""

    def __init__(
        self, stage: Stage, store: Connection, catalogue: Catalogue, wishes: Wishes, clock: Clock
    ) -> None:
        self.stage = stage
        self.store = store
        self.catalogue = catalogue
        self.wishes = wishes
        self.clock = clock

    async def spend(self, row: Row) -> bool:
        """From the name to the summary. Returns whether a session was played."""
        person = await self._person(row)
        if person is None:
            return False
        aside = f"For: {person.name}"
        self.stage.heard_at(levels_of(self.store, person), partial(keep_levels, self.store, person))
        routine = row.routine
        was = await self._to_resume(person, aside)
        if was is not None:
            opened = open_to_play(Path(was.path), self.catalogue)
            if opened.routine is None:
                words = "The file of that session can't be played any more."
                await self.stage.ask(NoteScreen(was.name, words, [], "mild", "go on", aside))
                was = None
            else:
                routine = opened.routine
        intake = Intake(self.store, person, routine, self.catalogue, self.clock)
        answered: Interview | None = None
        while True:
            languages = languages_for(routine, self.wishes.languages)
            title = routine.name.pick(languages)
            choices = was.choices if was else Choices(self.wishes.pick)
            choices = choices._replace(languages=languages)
            answered = await self._answered(intake, answered, title, aside)
            if answered is None:
                return False
            result = intake.result(answered)
            if result is None:
                words = "Nothing is played until you have been checked."
                await self.stage.ask(NoteScreen(title, words, [], "grave", "leave", aside))
                return False
            plan = result.plan
            begins = ""
            if not result.refusal:
                begins = length_words(compile(plan, choices), resumed_at(plan, choices, was))
            picked = await self.stage.ask(ResultScreen(title, aside, result, languages, begins))
            if not isinstance(picked, Offer):
                break
            routine, was = picked.routine, None
            intake = intake.instead(routine)
        if not picked or not isinstance(result.cleared, Cleared):
            return False
        choices = choices._replace(side=choices.side or care_side(result))
        if has_one_side(plan) and choices.side is None:
            reply = await self.stage.ask(ChoiceScreen(title, _SIDE, aside))
            if reply is None:
                return False
            choices = choices._replace(side=Side.LEFT if reply == "l" else Side.RIGHT)
        timeline, folder = compile(plan, choices), Path(routine.path).parent
        await self.stage.speak(timeline, choices.languages, folder, title, aside)
        live = intake.start(result.cleared, choices, was, self.wishes.hands_free)
        if isinstance(live, str):
            await self.stage.ask(NoteScreen(title, live, [], "mild", "leave", aside))
            return False
        await self._session(live, result, title, aside)
        return True

    async def _person(self, row: Row) -> Person | None:
        name = clean_name(self.wishes.person or "")
        if not name:
            routine = row.routine
            languages = languages_for(routine, self.wishes.languages)
            about = [f"You need: {', '.join(row.equipment) or 'nothing'}."]
            if routine.about:
                about.append(routine.about.pick(languages))
            known = [person.name for person in people(self.store)]
            screen = WhoScreen(routine.name.pick(languages), row.length, about, known)
            name = await self.stage.ask(screen) or ""
        return person_named(self.store, name, self.clock.wall()) if name else None

    async def _to_resume(self, person: Person, aside: str) -> Interrupted | None:
        """An interrupted session that the person wants to go on with."""
        was = interrupted(self.store, person.id)
        if was is None:
            return None
        prompt = Prompt("resume", Form.ONE, resume_words(was), choices=_RESUME)
        reply = await self.stage.ask(ChoiceScreen(was.name, prompt, aside, must=True))
        if reply == "r":
            return was
        close_interrupted(self.store, was.id, self.clock.wall())
        return None

    async def _answered(
        self, intake: Intake, before: Interview | None, title: str, aside: str
    ) -> Interview | None:
        """Ask everything that is not answered yet. None where somebody left."""
        interview = intake.interview(before)
        if interview.prompt is None:
            return interview
        screen = InterviewScreen(title, aside, interview, intake.told)
        answered = await self.stage.ask(screen)
        assert answered is not None  # the screen always gives it back
        return answered if answered.prompt is None else None

    async def _session(self, live: Live, result: Result, title: str, aside: str) -> None:
        languages = live.languages
        number = emergency_number(os.environ)
        screen = SessionScreen(aside, live, result.plan, number, languages, self.clock)
        ended_by = await self.stage.ask(screen)
        ended_by = await self._checks(live, title, aside, number) or ended_by
        state, now = live.state, self.clock.now()
        regions, done = region_lines(state, now), summary_lines(state, now, languages)
        red = ended_by is not None and ended_by.key is not None
        sore = await self._sore(live, result, title, aside) if done and not red else []
        if ended_by is not None and ended_by.key:
            heading, tone = f"{ended_by.rank.upper()}. {ended_by.says}", "grave"
        elif state.phase is Phase.DONE and done:
            heading, tone = "Well done.", "good"
        else:
            tone = ""
            heading = f"Left at {clock(state.position)} of {clock(live.planned_ms)}."
        again = told_again(ended_by, number) if ended_by is not None else []
        if ended_by is not None and ended_by.key is None:
            again = [ended_by.says, *again]
        await self.stage.ask(summary(title, heading, tone, regions, done, sore, again, aside))

    async def _checks(self, live: Live, title: str, aside: str, number: str) -> Feeling | None:
        """What was not clear when the session ended; gives what it turned out to be."""
        worst: Feeling | None = None
        while (prompt := live.check) is not None:
            reply = await self.stage.ask(ChoiceScreen(title, prompt, aside, must=True))
            if reply is None:
                break
            if reply == HURTS:
                feelings = live.feelings
                felt = await self.stage.ask(PainScreen(title, aside, feelings))
                after = live.hurts(felt) if felt is not None else None
            else:
                after = live.checked(reply)
            if after is not None and (after.words or after.feeling.then is Then.END):
                worst = after.feeling if after.feeling.then is Then.END else worst
                await self.stage.ask(advice(title, aside, after, number))
        return worst

    async def _sore(self, live: Live, result: Result, title: str, aside: str) -> list[str]:
        """Ask how sore it is now, and keep it; leaving is free."""
        words = []
        for before, prompt in after_prompts(result.sorenesses):
            after = await self.stage.ask(ChoiceScreen(title, prompt, aside))
            if isinstance(after, int):
                live.sore(before, after)
                words.append(f"Soreness: {before.level} before, {after} now.")
        return words
