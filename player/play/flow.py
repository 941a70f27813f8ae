"""Leads a person through a session, from the name to the summary.

`flow` yields requests (`player.play.requests`) and never shows anything itself. Every host
executes the same requests. Therefore every host asks and reports the same in the same order.
"""

import os
from pathlib import Path
from sqlite3 import Connection

from player.base.clock import Clock
from player.check.playable import open_to_play
from player.history.journal import Interrupted, close_interrupted, interrupted_session
from player.history.people import Person, clean_name, people, person_named
from player.library.row import Row
from player.play.options import PlayOptions
from player.play.pain import advice_heading, advice_lines, is_red
from player.play.requests import (
    Ask,
    AskAll,
    AskFeeling,
    AskPerson,
    MakeSpeech,
    Play,
    ShowAdvice,
    ShowNote,
    ShowResult,
    ShowSummary,
    Steps,
    ask,
)
from player.play.result import Offer, Result, care_side
from player.play.resume import length_words, resume_words, resumed_at
from player.play.running import Live
from player.play.screening import Screening
from player.routine.catalogue import Catalogue
from player.routine.model import Plan, Routine
from player.routine.times import clock as clock_words
from player.routine.vocabulary import Side
from player.safety.cleared import Cleared
from player.safety.emergency import emergency_number
from player.safety.interview import Interview
from player.safety.prompts import Choice, Form, Prompt
from player.safety.stop_list import HURTS, Then
from player.session.state import Phase
from player.session.summary import after_prompts, region_lines, summary_lines
from player.session.timeline import Choices, compile, has_one_side

_SIDE = Prompt(
    "side", Form.ONE, "Which side today?", choices=(Choice("l", "left"), Choice("r", "right"))
)
_RESUME = (Choice("r", "go on with it"), Choice("n", "begin anew"))


class _Left(Exception):
    """The person left before the session began."""


def flow(
    row: Row, store: Connection, catalogue: Catalogue, options: PlayOptions, clock: Clock
) -> Steps[bool]:
    """Lead one person through one routine. Returns whether a session was played.

    If the person leaves before the session begins, nothing plays. If the host closes the flow
    during the session, the position is saved.
    """
    try:
        yield from _Flow(store, catalogue, options, clock).run(row)
    except _Left:
        return False
    return True


class _Flow:
    def __init__(
        self, store: Connection, catalogue: Catalogue, options: PlayOptions, clock: Clock
    ) -> None:
        self.store = store
        self.catalogue = catalogue
        self.options = options
        self.clock = clock
        self.number = emergency_number(os.environ)

    def run(self, row: Row) -> Steps[None]:
        person = yield from self.ask_person(row)
        subtitle = f"For: {person.name}"
        routine, interrupted = yield from self.ask_to_resume(row.routine, person, subtitle)
        screening = Screening(self.store, person, routine, self.catalogue, self.clock)
        answered: Interview | None = None
        while True:
            title = self.title(routine)
            answered = yield from self.ask_questions(screening, answered, title, subtitle)
            result = yield from self.judge(screening, answered, title, subtitle)
            picked = yield from self.ask_to_start(result, routine, interrupted, title, subtitle)
            if not isinstance(picked, Offer):
                break
            routine, interrupted = picked.routine, None
            screening = screening.for_routine(routine)
        if not picked or not isinstance(result.cleared, Cleared):
            raise _Left
        live = yield from self.begin(
            screening, result, result.cleared, interrupted, title, subtitle
        )
        try:
            yield from ask(Play(title, subtitle, live, result.plan, person, self.number))
            yield from self.ask_checks(live, title, subtitle)
        except BaseException:
            live.save_position()
            raise
        yield from self.finish(live, result, title, subtitle)

    def title(self, routine: Routine) -> str:
        return routine.name.pick(routine.languages_for(self.options.languages))

    # Before the session

    def ask_person(self, row: Row) -> Steps[Person]:
        """Return the person that the command line names, or else ask for a name."""
        name = clean_name(self.options.person or "")
        if not name:
            routine = row.routine
            about = [f"You need: {', '.join(row.equipment) or 'nothing'}."]
            if routine.about:
                about.append(routine.about.pick(routine.languages_for(self.options.languages)))
            known = tuple(person.name for person in people(self.store))
            asks = AskPerson(self.title(routine), row.length, tuple(about), known)
            name = clean_name((yield from ask(asks)) or "")
        if not name:
            raise _Left
        return person_named(self.store, name, self.clock.wall())

    def ask_to_resume(
        self, routine: Routine, person: Person, subtitle: str
    ) -> Steps[tuple[Routine, Interrupted | None]]:
        """Ask whether to resume an interrupted session, if there is one.

        Returns the routine to play, and the interrupted session if the person resumes it.
        """
        interrupted = interrupted_session(self.store, person.id)
        if interrupted is None:
            return routine, None
        prompt = Prompt("resume", Form.ONE, resume_words(interrupted), choices=_RESUME)
        reply = yield from ask(Ask(interrupted.name, subtitle, prompt))
        if reply is None:
            raise _Left
        if reply != "r":
            close_interrupted(self.store, interrupted.id, self.clock.wall())
            return routine, None
        reopened = open_to_play(Path(interrupted.path), self.catalogue).routine
        if reopened is None:
            words = "The file of that session can't be played any more."
            yield from ask(ShowNote(interrupted.name, subtitle, words, enter_label="go on"))
            return routine, None
        return reopened, interrupted

    def ask_questions(
        self, screening: Screening, before: Interview | None, title: str, subtitle: str
    ) -> Steps[Interview]:
        """Ask every safety question that is not answered yet."""
        interview = screening.interview(before)
        if interview.prompt is None:
            return interview
        answered = yield from ask(AskAll(title, subtitle, interview, screening.save_unfinished))
        if answered.prompt is not None:
            raise _Left
        return answered

    def judge(
        self, screening: Screening, answered: Interview, title: str, subtitle: str
    ) -> Steps[Result]:
        """Judge the answers for this routine."""
        result = screening.result(answered)
        if result is None:
            words = "Nothing is played until you have been checked."
            yield from ask(ShowNote(title, subtitle, words, "grave"))
            raise _Left
        return result

    def ask_to_start(
        self,
        result: Result,
        routine: Routine,
        interrupted: Interrupted | None,
        title: str,
        subtitle: str,
    ) -> Steps[Offer | bool]:
        """Show the result, and ask whether to start or what to play instead."""
        languages = routine.languages_for(self.options.languages)
        length = ""
        if not result.refusal:
            choices = self.choices(result.plan, interrupted)
            position = resumed_at(result.plan, choices, interrupted)
            length = length_words(compile(result.plan, choices), position)
        return (yield from ask(ShowResult(title, subtitle, result, languages, length)))

    def choices(self, plan: Plan, interrupted: Interrupted | None) -> Choices:
        """Return the choices of the interrupted session, or those of the command line."""
        choices = interrupted.choices if interrupted else Choices(self.options.pick)
        return choices._replace(languages=plan.routine.languages_for(self.options.languages))

    def begin(
        self,
        screening: Screening,
        result: Result,
        cleared: Cleared,
        interrupted: Interrupted | None,
        title: str,
        subtitle: str,
    ) -> Steps[Live]:
        """Ask for the side if the routine works on only one, make the speech, and begin."""
        plan = result.plan
        choices = self.choices(plan, interrupted)
        choices = choices._replace(side=choices.side or care_side(result))
        if has_one_side(plan) and choices.side is None:
            reply = yield from ask(Ask(title, subtitle, _SIDE))
            if reply is None:
                raise _Left
            choices = choices._replace(side=Side.LEFT if reply == "l" else Side.RIGHT)
        folder = Path(plan.routine.path).parent
        timeline = compile(plan, choices)
        yield from ask(MakeSpeech(title, subtitle, timeline, choices.languages, folder))
        live = screening.start(cleared, choices, interrupted, self.options.hands_free)
        if isinstance(live, str):
            yield from ask(ShowNote(title, subtitle, live))
            raise _Left
        return live

    # After the session

    def ask_checks(self, live: Live, title: str, subtitle: str) -> Steps[None]:
        """Ask each check that was still open when the session ended."""
        while (prompt := live.check) is not None:
            reply = yield from ask(Ask(title, subtitle, prompt, required=True))
            hurts = reply == HURTS
            if reply is not None and not hurts:
                after = live.answer_check(reply)
                if after.words or after.feeling.then is Then.END:
                    hurts = yield from ask(ShowAdvice(title, subtitle, after, self.number))
            while hurts:
                feeling = yield from ask(AskFeeling(title, subtitle, live.feelings))
                after = live.report_pain(feeling)
                hurts = yield from ask(ShowAdvice(title, subtitle, after, self.number))

    def finish(self, live: Live, result: Result, title: str, subtitle: str) -> Steps[None]:
        """Ask how sore the person is now, then show what was done."""
        state, now = live.state, self.clock.now()
        regions, done = region_lines(state, now), summary_lines(state, now, live.languages)
        ended_by = live.ended_by
        red = ended_by is not None and is_red(ended_by)
        sore: tuple[str, ...] = ()
        if done and not red:
            sore = yield from self.ask_soreness(live, result, title, subtitle)
        repeated: list[str] = []
        if ended_by is not None:
            again = advice_lines(ended_by, self.number)
            repeated = again if red else [ended_by.says, *again]
        if ended_by is not None and red:
            heading, tone = advice_heading(ended_by), "grave"
        elif state.phase is not Phase.DONE:
            heading = f"Left at {clock_words(state.position)} of {clock_words(live.planned_ms)}."
            tone = ""
        elif done:
            heading, tone = "Well done.", "good"
        else:
            heading, tone = "Everything was skipped.", ""
        parts = tuple(tuple(part) for part in (repeated, regions, done, sore) if part)
        parts = parts or (("Nothing was done.",),)
        yield from ask(ShowSummary(title, subtitle, heading, tone, parts))

    def ask_soreness(
        self, live: Live, result: Result, title: str, subtitle: str
    ) -> Steps[tuple[str, ...]]:
        """Ask how sore each place is now, and save it. If the person leaves, ask no more."""
        lines = []
        for before, prompt in after_prompts(result.sorenesses):
            reply = yield from ask(Ask(title, subtitle, prompt))
            if not isinstance(reply, int):
                break
            live.save_soreness(before, reply)
            lines.append(f"Soreness: {before.level} before, {reply} now.")
        return tuple(lines)
