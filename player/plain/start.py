"""The way into a session line by line: who, the questions, the result, then the session."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection

from player.base import clock
from player.base.locale import languages
from player.base.text import safe
from player.check.playable import open_to_play
from player.document.problem import did_you_mean
from player.history.journal import Interrupted, close_interrupted, interrupted
from player.history.people import LONGEST_NAME, Person, clean_name, people, person_named
from player.history.store import HistoryError, open_store
from player.library.folders import Library, open_library
from player.plain.ask import Left, ask_all, ask_key, ask_prompt, ask_text
from player.plain.console import Console, Ended, is_terminal, open_console
from player.plain.output import TerminalGone
from player.plain.play import PlainPlayer
from player.plain.stop import tell_again
from player.play.options import Wishes
from player.play.result import Offer, Result, care_side, languages_for
from player.play.running import Live
from player.play.screening import Intake, length_words, resume_words, resumed_at
from player.routine.model import Routine
from player.routine.vocabulary import Side
from player.safety.cleared import Cleared
from player.safety.emergency import emergency_number
from player.safety.findings import Soreness
from player.safety.interview import Interview
from player.safety.pace import RESULT_AFTER_MS
from player.session.instructions import after_prompts, region_lines, summary_lines
from player.session.state import Phase
from player.session.timeline import Choices, compile, has_one_side
from player.show.listing import listed, routine_lines

PLAYED, NOT_PLAYED = 0, 1


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
    opened = open_to_play(path, library.catalogue)
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

    def spend(self, routine: Routine) -> int:
        person = self.person()
        was = self.to_resume(person)
        if was is not None:
            opened = open_to_play(Path(was.path), self.library.catalogue)
            if opened.routine is None:
                self.console.line("The file of that session can't be played any more.")
                was = None
            else:
                routine = opened.routine
        intake = Intake(self.store, person, routine, self.library.catalogue, clock)
        answered: Interview | None = None
        while True:
            self.console.line()
            languages = languages_for(routine, self.wishes.languages)
            self.console.line(f"{routine.name.pick(languages)}")
            if routine.about:
                self.console.line(routine.about.pick(languages))
            answered = ask_all(self.console, intake.interview(answered), intake.told)
            result = intake.result(answered)
            if result is None:
                self.console.line("Left. Nothing is played until you have been checked.")
                return NOT_PLAYED
            self.show(result, languages)
            if isinstance(result.cleared, Cleared):
                offer = self.start(intake, result, result.cleared, languages, was)
            else:
                offer = self.instead(result, languages)
            if isinstance(offer, int):
                return offer
            routine, was = offer.routine, None
            intake = intake.instead(routine)

    def instead(self, result: Result, languages: tuple[str, ...]) -> Offer | int:
        """What can be done where this routine is not played."""
        if not result.offers:
            return NOT_PLAYED
        keys = self.tell_offers(result, languages)
        return keys[ask_key(self.console, "Press its number, or q to leave.", "".join(keys))]

    def tell_offers(self, result: Result, languages: tuple[str, ...]) -> dict[str, Offer]:
        keys = dict(zip("123456789", result.offers, strict=False))
        for key, offer in keys.items():
            self.console.line(f"  {key}  {offer.name(languages)}, {offer.why}.")
        return keys

    def person(self) -> Person:
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
        return person_named(self.store, name, clock.wall())

    def to_resume(self, person: Person) -> Interrupted | None:
        """An interrupted session that the person wants to go on with."""
        was = interrupted(self.store, person.id)
        if was is None:
            return None
        ask = f"{resume_words(was)} r goes on with it, n begins anew."
        answer = ask_key(self.console, ask, "rn")
        if answer == "r":
            return was
        close_interrupted(self.store, was.id, clock.wall())
        return None

    def show(self, result: Result, languages: tuple[str, ...]) -> None:
        line = self.console.line
        line()
        line(result.heading)
        if result.number:
            line(f"Your emergency number: {result.number}")
        for words in (*result.told, result.refusal, *result.changes(languages)):
            if words:
                line(words)

    def start(
        self,
        intake: Intake,
        result: Result,
        cleared: Cleared,
        languages: tuple[str, ...],
        was: Interrupted | None,
    ) -> Offer | int:
        """Play what was cleared, or give what was picked instead of it."""
        plan = cleared.plan
        choices = (
            was.choices._replace(languages=languages)
            if was
            else Choices(self.wishes.pick, None, languages)
        )
        choices = choices._replace(side=choices.side or care_side(result))
        offers = self.tell_offers(result, languages)
        if has_one_side(plan) and choices.side is None:
            key = ask_key(self.console, "Which side today? l left, r right.", "lr")
            choices = choices._replace(side=Side.LEFT if key == "l" else Side.RIGHT)
        self.console.line()
        begins = length_words(compile(plan, choices), resumed_at(plan, choices, was))
        ask = f"{begins} Enter starts, q leaves."
        key = ask_key(self.console, ask, "".join(("\n", *offers)), RESULT_AFTER_MS)
        if key in offers:
            return offers[key]
        self.console.line()
        live = intake.start(cleared, choices, was, self.wishes.hands_free)
        if isinstance(live, str):
            self.console.line(live)
            return NOT_PLAYED
        player = PlainPlayer(
            self.console, live, emergency_number(os.environ), plan, clock,
            languages, self.wishes.bell,
        )  # fmt: skip
        player.play()
        self.summary(player, result.sorenesses)
        return PLAYED

    def summary(self, player: PlainPlayer, sorenesses: Sequence[Soreness]) -> None:
        line = self.console.line
        state, now = player.live.state, clock.now()
        done = summary_lines(state, now, player.languages)
        line()
        line("What was done:" if done else "Nothing was done yet.")
        for words in (*done, *region_lines(state, now)):
            line(f"  {words}")
        if player.ended_by is not None:
            tell_again(self.console, player.ended_by, emergency_number(os.environ))
        if state.phase is Phase.DONE:
            line("Well done.")
        if done and not (player.ended_by and player.ended_by.key):
            with suppress(Left):
                self.ask_after(player.live, sorenesses)

    def ask_after(self, live: Live, sorenesses: Sequence[Soreness]) -> None:
        for before, prompt in after_prompts(sorenesses):
            reply = ask_prompt(self.console, prompt)
            if isinstance(reply, int):
                live.sore(before, reply)
