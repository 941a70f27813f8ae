"""Starts of one person on one machine: real history, real interview, told time."""

from collections.abc import Callable, Mapping
from pathlib import Path

from player.history.people import (
    person_named,
    profile_of,
    red_flag_of,
    save_profile,
    save_red_flag,
)
from player.history.store import open_store
from player.play.result import Result
from player.play.screening import Screening
from player.routine.model import Routine
from player.safety.cleared import Cleared
from player.safety.interview import Interview
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Prompt, Reply
from player.session.timeline import DEFAULT_CHOICES
from tests.safety.making import CATALOGUE, alone, reply_to
from tests.virtual import Time

NEVER_ASKED = ("today", "S1")


class Starts:
    """Ana starts a routine again and again. `asked` holds the prompts of the last start."""

    def __init__(self, path: Path, now: float, routine: Routine | None = None) -> None:
        self.path = path
        self.time = Time(wall=round(now * 1_000))
        self.routine = routine or alone("calf-wall-straight")
        self.asked: list[Prompt] = []

    @property
    def ids(self) -> list[str]:
        """What was asked at the last start, but for what is asked every time."""
        return [prompt.id for prompt in self.asked if prompt.id not in NEVER_ASKED]

    def start(
        self,
        replies: Mapping[str, Reply] | None = None,
        begin: bool = False,
        leaves_at: str = "",
        meanwhile: Callable[[], object] = lambda: None,
    ) -> Result | None:
        """Answer everything up to `leaves_at`; with `begin`, begin the session too.

        `meanwhile` happens before the session begins.
        """
        replies = replies or {}
        self.asked = []
        with open_store(self.path) as store:
            ana = person_named(store, "Ana", 0)
            screening = Screening(store, ana, self.routine, CATALOGUE, self.time)
            interview: Interview = screening.interview()
            while interview.prompt:
                self.asked.append(interview.prompt)
                if interview.prompt.id == leaves_at:
                    return None
                interview = interview.answer(reply_to(interview.prompt, replies))
                screening.save_unfinished(interview)
            result = screening.result(interview)
            if begin:
                assert result is not None and isinstance(result.cleared, Cleared)
                meanwhile()
                live = screening.start(result.cleared, DEFAULT_CHOICES)
                assert not isinstance(live, str), live
            return result

    def profile(self) -> Profile:
        with open_store(self.path) as store:
            return profile_of(store, person_named(store, "Ana", 0))

    def red(self) -> RedFlag | None:
        with open_store(self.path) as store:
            return red_flag_of(store, person_named(store, "Ana", 0))

    def flag(self, red: RedFlag) -> None:
        with open_store(self.path) as store:
            save_red_flag(store, person_named(store, "Ana", 0), red)

    def keep(self, profile: Profile) -> None:
        with open_store(self.path) as store:
            save_profile(store, person_named(store, "Ana", 0), profile)
