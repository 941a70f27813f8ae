"""Leads a person through a session, from the name to the summary.

`flow` yields requests (`player.play.requests`) and never shows anything itself. Every host
executes the same requests. Therefore every host asks and reports the same in the same order.
"""

import os
from pathlib import Path
from sqlite3 import Connection

from player.base.clock import Clock
from player.check.playable import open_to_play
from player.history.interrupted import Interrupted, close_interrupted, interrupted_session
from player.history.looking_over import look_over
from player.history.people import Person, emergency_of, people, person_named, save_emergency
from player.history.resuming import is_another_routine
from player.library.row import Row
from player.play.closing import ask_checks, finish
from player.play.intended import INTENDED_USE
from player.play.options import PlayOptions
from player.play.requests import (
    Ask,
    AskAll,
    AskPerson,
    FlowPart,
    Head,
    MakeSpeech,
    Play,
    SayWarning,
    ShowNote,
    ShowResult,
    ask,
)
from player.play.result import Offer, Result
from player.play.resume import length_words, resume_words, resumed_at, side_today
from player.play.running import Live
from player.play.screening import Screening
from player.routine.catalogue import Catalogue
from player.routine.model import Routine
from player.routine.vocabulary import Side
from player.safety.cleared import Cleared
from player.safety.emergency import emergency_number, refused_setting, short_number
from player.safety.interview import Interview
from player.safety.prompts import Choice, Form, Prompt
from player.session.card_words import card_words
from player.session.pressing import press_warning
from player.session.state import LEAST_WORK_MS
from player.session.timeline import Choices, compile, has_one_side

_SIDE = Prompt(
    "side", Form.ONE, "Which side today?", choices=(Choice("l", "left"), Choice("r", "right"))
)
_RESUME = (Choice("r", "go on with it"), Choice("n", "begin anew"))


def _for(person: Person) -> str:
    return f"For: {person.name}"


class _PersonLeft(Exception):
    """The person left before the session began."""


def flow(
    row: Row, store: Connection, catalogue: Catalogue, options: PlayOptions, clock: Clock
) -> FlowPart[bool]:
    """Lead one person through one routine. Returns whether a session was played.

    If the person leaves before the session begins, nothing plays. If the host closes the flow
    during the session, the position is saved. Raises HistoryError if the history is damaged.
    """
    try:
        yield from _Flow(store, catalogue, options, clock).run(row)
    except _PersonLeft:
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

    def run(self, row: Row) -> FlowPart[None]:
        look_over(self.store)
        person = yield from self.ask_person(row)
        yield from self.find_number(person, self.head(row.routine, person))
        routine, interrupted = yield from self.ask_to_resume(row.routine, person)
        screening = Screening(self.store, person, routine, self.catalogue, self.clock)
        answered: Interview | None = None
        while True:
            head = self.head(routine, person)
            answered = yield from self.ask_questions(screening, answered, head)
            result = yield from self.judge(screening, answered, head)
            picked = yield from self.ask_to_start(result, screening, interrupted, head)
            if not isinstance(picked, Offer):
                break
            routine, interrupted = picked.routine, None
            screening = screening.for_routine(routine)
        if not picked or not isinstance(result.cleared, Cleared):
            raise _PersonLeft
        live = yield from self.begin(screening, result, result.cleared, interrupted, head)
        goes_on = True
        while goes_on:
            try:
                yield from ask(Play(head, live, result.plan, person, self.number))
                yield from ask_checks(live, head, self.number)
            except BaseException:
                live.save_position()
                raise
            goes_on = yield from finish(live, result, head, self.number, self.clock.now())

    def find_number(self, person: Person, head: Head) -> FlowPart[None]:
        """Find the emergency number of this person, and save it if they set it now."""
        if self.options.emergency is not None:
            save_emergency(self.store, person, self.options.emergency)
        own = emergency_of(self.store, person)
        self.number = emergency_number(os.environ, own)
        if not own and (words := refused_setting(os.environ)):
            yield from ask(ShowNote(head, words, enter_label="go on"))

    def title(self, routine: Routine) -> str:
        return routine.name.pick(routine.languages_for(self.options.languages))

    def head(self, routine: Routine, person: Person) -> Head:
        return Head(self.title(routine), _for(person))

    def ask_person(self, row: Row) -> FlowPart[Person]:
        """Return the person that the command line names, or else ask for a name."""
        name = self.options.person
        if name is None:
            routine = row.routine
            languages = routine.languages_for(self.options.languages)
            words = card_words((routine.about or routine.name).language(languages))
            about = [words.equipment(row.equipment)]
            if routine.about:
                about.append(routine.about.pick(languages))
            known = tuple(person.name for person in people(self.store))
            head = Head(self.title(routine), row.length)
            intended = () if known else INTENDED_USE
            name = yield from ask(AskPerson(head, tuple(about), known, intended))
        if name is None:
            raise _PersonLeft
        return person_named(self.store, name, self.clock.wall())

    def ask_to_resume(
        self, routine: Routine, person: Person
    ) -> FlowPart[tuple[Routine, Interrupted | None]]:
        """Ask whether to resume an interrupted session, if there is one.

        Returns the routine to play, and the interrupted session if the person resumes it.
        """
        wall = self.clock.wall()
        interrupted = interrupted_session(self.store, person.id, wall)
        if interrupted is not None and interrupted.position_ms < LEAST_WORK_MS:
            interrupted = None  # resuming would mean starting again
        close_interrupted(self.store, person.id, wall, except_for=interrupted and interrupted.id)
        if interrupted is None:
            return routine, None
        head = Head(interrupted.name, _for(person))
        prompt = Prompt("resume", Form.ONE, resume_words(interrupted), choices=_RESUME)
        reply = yield from ask(Ask(head, prompt))
        if reply is None:
            raise _PersonLeft
        if reply != "r":
            close_interrupted(self.store, person.id, self.clock.wall())
            return routine, None
        reopened = open_to_play(Path(interrupted.path), self.catalogue).routine
        if reopened is None:
            words = "The file of that session can't be played any more."
        elif is_another_routine(reopened, interrupted):
            words = "The file of that session holds another routine now."
        else:
            return reopened, interrupted
        yield from ask(ShowNote(head, words, enter_label="go on"))
        close_interrupted(self.store, person.id, self.clock.wall())
        return routine, None

    def ask_questions(
        self, screening: Screening, before: Interview | None, head: Head
    ) -> FlowPart[Interview]:
        """Ask every safety question that is not answered yet."""
        interview = screening.interview(before)
        if interview.prompt is None:
            return interview
        head = head._replace(subtitle=f"{head.subtitle} · SOS {short_number(self.number)}")
        answered = yield from ask(AskAll(head, interview, screening.save_unfinished))
        if answered.prompt is not None:
            raise _PersonLeft
        return answered

    def judge(self, screening: Screening, answered: Interview, head: Head) -> FlowPart[Result]:
        """Judge the answers for this routine."""
        result = screening.result(answered)
        if result is None:
            words = "Nothing is played until you have been checked."
            yield from ask(ShowNote(head, words, "grave"))
            raise _PersonLeft
        return result

    def ask_to_start(
        self,
        result: Result,
        screening: Screening,
        interrupted: Interrupted | None,
        head: Head,
    ) -> FlowPart[Offer | bool]:
        """Show the result, and ask whether to start or what to play instead."""
        languages = screening.routine.languages_for(self.options.languages)
        length = warning = ""
        if not result.refusal:
            choices = self.choices(result, interrupted)
            timeline = compile(result.plan, choices)
            position = resumed_at(timeline, result.plan, choices, interrupted)
            is_done = position >= timeline.total_ms or not timeline.holds_work(
                timeline.at(position)
            )
            if interrupted is not None and is_done:
                words = "Nothing of that session is left to do today."
                yield from ask(ShowNote(head, words))
                close_interrupted(self.store, screening.person.id, self.clock.wall())
                raise _PersonLeft
            length = length_words(timeline, position)
            found = press_warning(timeline, result.plan.routine, choices.languages, position)
            warning = found.words if found else ""
        return (yield from ask(ShowResult(head, result, languages, length, warning)))

    def choices(self, result: Result, interrupted: Interrupted | None) -> Choices:
        """Return the choices of the interrupted session or the command line, with today's side."""
        pick = interrupted.choices.pick if interrupted else self.options.pick
        languages = result.plan.routine.languages_for(self.options.languages)
        return Choices(pick, side_today(result, interrupted), languages)

    def begin(
        self,
        screening: Screening,
        result: Result,
        cleared: Cleared,
        interrupted: Interrupted | None,
        head: Head,
    ) -> FlowPart[Live]:
        """Ask for the side if the routine works on only one, make the speech, and begin.

        A warning about pressure is said first, while no time runs.
        """
        plan = result.plan
        choices = self.choices(result, interrupted)
        if has_one_side(plan) and choices.side is None:
            reply = yield from ask(Ask(head, _SIDE))
            if reply is None:
                raise _PersonLeft
            choices = choices._replace(side=Side.LEFT if reply == "l" else Side.RIGHT)
        folder = Path(plan.routine.path).parent
        timeline = compile(plan, choices)
        position = resumed_at(timeline, plan, choices, interrupted)
        warning = press_warning(timeline, plan.routine, choices.languages, position)
        if (yield from ask(MakeSpeech(head, timeline, choices.languages, folder, warning))):
            raise _PersonLeft
        if warning is not None:
            yield from ask(SayWarning(head, warning, screening.person))
        live = screening.start(cleared, choices, interrupted, self.options.hands_free)
        if isinstance(live, str):
            yield from ask(ShowNote(head, live))
            raise _PersonLeft
        return live
