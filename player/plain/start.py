"""The way into a session line by line: who, the questions, the result, then the session."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from player import clock
from player.check.listing import listed, routine_lines
from player.check.loading import open_routine
from player.check.screening import left_out_words
from player.document.problem import did_you_mean
from player.history.journal import Interrupted, Journal, close_interrupted, found_again, interrupted
from player.history.people import (
    LONGEST_NAME,
    Person,
    clean_name,
    forget_red_flag,
    keep_profile,
    keep_red_flag,
    people,
    person_named,
    profile_of,
    red_flag_of,
)
from player.history.store import HistoryError, open_store
from player.locale import languages
from player.plain.ask import Left, ask_all, ask_key, ask_text
from player.plain.console import Console, Ended, is_terminal, open_console
from player.plain.output import TerminalGone
from player.plain.play import PlainPlayer, summary_lines
from player.routine.library import Library, open_library
from player.routine.model import Pick, Plan, Routine
from player.routine.vocabulary import Side
from player.safety.adapt import adapt
from player.safety.clearance import Clearance, judge
from player.safety.cleared import Cleared, Refusal, admit
from player.safety.emergency import emergency_number
from player.safety.interview import Context, Interview
from player.safety.matrix import Rank, load_matrix
from player.safety.needs import needs
from player.safety.profile import RedFlag
from player.safety.questions import load_questionnaire
from player.safety.stop_list import load_stop_list
from player.session import ENDED, Phase, begin
from player.text import safe
from player.timeline import Choices, Timeline, compile, duration, has_one_side
from player.timeline import clock as clock_words

PLAYED, NOT_PLAYED = 0, 1


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asked for. None of it touches the questions."""

    person: str | None = None
    pick: Pick = Pick.LOW
    bell: bool = False
    hands_free: bool = False
    languages: tuple[str, ...] = ()


def open_plainly() -> int:
    """The library, and on a terminal the choice of a routine to play."""
    spoken = languages(os.environ)
    library = open_library()
    rows, broken = listed(library)
    for line in routine_lines(rows, spoken):
        print(safe(line) if line else "")
    for opened in broken:
        print(opened.problems[0].headline(), file=sys.stderr)
    if not is_terminal() or not rows:
        return PLAYED
    with open_console() as console:
        try:
            path = _chosen(console, library)
        except (TerminalGone, KeyboardInterrupt):
            path = None
        except Ended as ended:
            return 128 + ended.number
    return play_plainly(library, path, Wishes(languages=spoken)) if path else PLAYED


def _chosen(console: Console, library: Library) -> Path | None:
    ask = "Which one? Its name, then Enter; Enter alone leaves."
    while name := ask_text(console, ask, 80):
        path = library.find(name)
        if path:
            return path
        hint = did_you_mean(name, library.ids) or "write it as it stands in the list"
        console.line(f"There is no routine `{name}`; {hint}")
    return None


def play_plainly(library: Library, path: Path, wishes: Wishes) -> int:
    """Ask, and play what is cleared. Returns the exit code."""
    if not is_terminal():
        _refuse("A session needs a terminal, because the safety questions are answered by keys.")
        return NOT_PLAYED
    opened = open_routine(path, library.catalogue)
    for problem in opened.problems:
        print(opened.document.render(problem), file=sys.stderr)
    if opened.routine is None:
        _refuse("This file has errors, so it is not played.")
        return NOT_PLAYED
    try:
        with open_console() as console, open_store() as store:
            return _Evening(console, store, library, wishes).spend(opened.routine)
    except Left:
        _refuse("Left. Nothing was played.")
    except TerminalGone:
        _refuse("The input has ended, so it is not played.")
    except HistoryError as error:
        _refuse(str(error))
    except KeyboardInterrupt:
        _refuse("Stopped. What was done is kept; the next start offers to go on.")
        return 130
    except Ended as ended:
        return 128 + ended.number
    return NOT_PLAYED


def _refuse(words: str) -> None:
    with suppress(OSError):  # nobody may be there to read it
        print(f"supple: {safe(words)}", file=sys.stderr)


class _Evening:
    """One person, one routine, from the name to the summary."""

    def __init__(
        self, console: Console, store: Connection, library: Library, wishes: Wishes
    ) -> None:
        self.console = console
        self.store = store
        self.library = library
        self.wishes = wishes
        self.number = emergency_number(os.environ)

    def spend(self, routine: Routine) -> int:
        person = self.person()
        was = self.to_resume(person)
        if was is not None:
            opened = open_routine(Path(was.path), self.library.catalogue)
            if opened.routine is None:
                self.console.line("The file of that session can't be played any more.")
                was = None
            else:
                routine = opened.routine
        self.console.line()
        languages = (*self.wishes.languages, routine.language)
        self.console.line(f"{routine.name.pick(languages)}")
        if routine.about:
            self.console.line(routine.about.pick(languages))
        clearance = self.clearance(person, routine)
        if clearance is None:
            return NOT_PLAYED
        plan = adapt(routine, clearance, self.library.catalogue)
        cleared = admit(plan, clearance, person.name, clock.wall() / 1_000)
        self.result(clearance, plan, cleared)
        if isinstance(cleared, Refusal):
            return NOT_PLAYED
        return self.session(person, cleared, languages, was)

    # Who

    def person(self) -> Person:
        wall = clock.wall()
        known = people(self.store)
        name = clean_name(self.wishes.person or "")
        if not name and known:
            answer = ask_key(
                self.console,
                f"For: {known[0].name}. Enter if that is you; n for somebody else.",
                "\nn",
            )
            name = known[0].name if answer == "\n" else ""
        while not name:
            name = clean_name(
                ask_text(self.console, "For whom is it? A name, then Enter.", LONGEST_NAME)
            )
        self.console.line(f"For: {name}")
        return person_named(self.store, name, wall)

    def to_resume(self, person: Person) -> Interrupted | None:
        """An interrupted session that the person wants to go on with."""
        was = interrupted(self.store, person.id)
        if was is None:
            return None
        spot = was.spot
        side = f", {spot.side} side" if spot and spot.side in {"left", "right"} else ""
        answer = ask_key(
            self.console,
            f"A session of {was.name} was interrupted at {clock_words(was.position_ms)} of "
            f"{clock_words(was.total_ms)}{side}. r goes on with it, n begins anew.",
            "rn",
        )
        close_interrupted(self.store, was.id, clock.wall())
        return was if answer == "r" else None

    # The questions

    def clearance(self, person: Person, routine: Routine) -> Clearance | None:
        """Ask everything and judge it. None where it ends with advice instead of a result."""
        wall = clock.wall()
        now = wall / 1_000
        matrix = load_matrix()
        context = Context(
            load_questionnaire(),
            matrix,
            needs(routine),
            profile_of(self.store, person),
            now,
            clock.midnight(wall) / 1_000,
            red_flag_of(self.store, person),
        )
        interview = ask_all(
            self.console, Interview(context), lambda red: keep_red_flag(self.store, person, red)
        )
        outcome = interview.outcome
        if outcome.left:
            self.console.line("Left. Nothing is played until you have been checked.")
            return None
        keep_profile(self.store, person, outcome.profile)
        clearance = judge(outcome.answers, matrix, clock.wall() / 1_000)
        if clearance.rank >= Rank.URGENT:
            self.keep_red(person, clearance, outcome.red)
        elif context.last_red is not None:
            forget_red_flag(self.store, person)
        return clearance

    def keep_red(self, person: Person, clearance: Clearance, red: RedFlag | None) -> None:
        if red is None:
            matrix = load_matrix()
            worst = max(clearance.findings, key=lambda f: matrix.conditions[f.key].rank)
            red = RedFlag(worst.key, worst.question, clearance.at)
        keep_red_flag(self.store, person, red)

    def result(self, clearance: Clearance, plan: Plan, cleared: Cleared | Refusal) -> None:
        line = self.console.line
        line()
        line(f"{clearance.rank.name}. {clearance.advice}")
        if clearance.rank is Rank.EMERGENCY:
            line(f"Your emergency number: {self.number}")
        for key in clearance.keys:
            line(f"You told of: {clearance.says[key]}.")
        if isinstance(cleared, Refusal):
            line(f"Nothing is played today: {cleared.words}.")
            return
        for change in plan.left_out:
            line(left_out_words(change, self.wishes.languages))
        for number, note in plan.notes:
            if number == 0:
                line(f"Note: {note}")

    # The session

    def session(
        self, person: Person, cleared: Cleared, languages: tuple[str, ...], was: Interrupted | None
    ) -> int:
        plan = cleared.plan
        choices = (
            was.choices._replace(languages=languages)
            if was
            else Choices(self.wishes.pick, None, languages)
        )
        if has_one_side(plan) and choices.side is None:
            key = ask_key(self.console, "Which side today? l left, r right.", "lr")
            choices = choices._replace(side=Side.LEFT if key == "l" else Side.RIGHT)
        timeline = compile(plan, choices)
        position = found_again(timeline, was) if was else 0
        self.console.line()
        length = duration(timeline.total_ms // 1_000 * 1_000)
        about = "" if timeline.exact else "about "
        begins = (
            f"It goes on at {clock_words(position)} of {length}."
            if position
            else (f"It takes {about}{length}.")
        )
        ask_key(self.console, f"{begins} Enter starts, q leaves.", "\n")
        self.console.line()
        if not cleared.valid(clock.wall() / 1_000):
            self.console.line("The answers are more than two hours old. Start again, please.")
            return NOT_PLAYED
        return self.play(person, cleared, choices, timeline, position)

    def play(
        self, person: Person, cleared: Cleared, choices: Choices, timeline: Timeline, position: int
    ) -> int:
        plan = cleared.plan
        journal = Journal.start(
            self.store, person.id, plan.routine, choices, timeline.total_ms, clock.wall()
        )
        player = PlainPlayer(
            self.console, journal, load_stop_list(), self.number, plan, clock.now, clock.wall,
            choices.languages, self.wishes.bell,
        )  # fmt: skip
        state = begin(
            cleared, choices, clock.now(), clock.wall(), position=position,
            hands_free=self.wishes.hands_free,
        )  # fmt: skip
        state = player.play(state)
        assert state.phase in ENDED  # play returns only then
        self.summary(
            person,
            player,
            state.phase is Phase.DONE,
            summary_lines(state, clock.now(), choices.languages),
        )
        return PLAYED

    def summary(self, person: Person, player: PlainPlayer, complete: bool, done: list[str]) -> None:
        line = self.console.line
        line()
        line("What was done:" if done else "Nothing was done yet.")
        for words in done:
            line(f"  {words}")
        advice = player.advice_given
        if advice and advice.feeling.id == "pop":
            care = load_questionnaire().words
            for number in (1, 2, 3):
                line(care[f"injury.early_care_{number}"])
        if advice and advice.feeling.key:
            keep_red_flag(
                self.store, person, RedFlag(advice.feeling.key, "x", clock.wall() / 1_000)
            )
        elif complete:
            line("Well done.")
