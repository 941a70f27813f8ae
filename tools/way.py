"""Counts what stands between the library and "get ready": `.venv/bin/python -m tools.way`.

A newcomer and a regular walk from the first frame of the library to a running session, at 80x24,
with nothing to report. For each the number of screens, keys and words is printed. The first and
the last screen count too, and so does each page of a list. Words count once for each screen that
shows them.
"""

import tempfile
from pathlib import Path
from typing import NamedTuple

from player.history.people import person_named, save_profile
from player.history.store import open_store
from player.play.options import PlayOptions
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.library import LibraryScreen
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.who import WhoScreen
from tests.safety.making import FULL_PROFILE, HARMLESS_ONE, harmless
from tests.tui.stage import UNHURRIED_MS, WALL, LoopClock, Stage, play_scene, shipped_row, staged

ROUTINE = "hamstring-stretch"
TYPED = "ham"
"""What is typed into the search. The arrow keys then go to the routine."""

NAME = "Ana"
MOST_KEYS = 500


class Way(NamedTuple):
    """What a person sees and presses before the session."""

    screens: tuple[str, ...]
    """The text of each screen, without those that differ only in what was typed or marked."""
    keys: int

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in self.screens)


class _Walker:
    """A person on the way, who reads each screen once."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.screens: list[str] = []
        self.keys = 0
        self._seen: set[object] = set()

    def look(self) -> None:
        """Count the present screen if it asks or shows something new."""
        key = self._place()
        if key not in self._seen:
            self._seen.add(key)
            self.screens.append(self.stage.text())

    def _place(self) -> object:
        """Return what tells this screen from another, whatever was typed into it."""
        top = self.stage.top
        pages = [line for line in self.stage.text().split("\n") if line.strip().startswith("page ")]
        prompt = top.interview.prompt if isinstance(top, InterviewScreen) else None
        return type(top), prompt and prompt.id, *pages

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.look()
            self.keys += 1
            await self.stage.press(key)
        if self.keys > MOST_KEYS:
            raise AssertionError(f"no session began; the screen shows:\n{self.stage.text()}")

    async def walk(self) -> None:
        """Go from the library to the session."""
        library = await self.stage.wait_for(LibraryScreen)
        await self.stage.until(lambda: not library._reading)
        await self.press(*TYPED)
        while getattr(library._chosen(), "routine", None) != shipped_row(ROUTINE).routine:
            await self.press("down")
        await self.press("enter")
        while not isinstance(top := self.stage.top, SessionScreen):
            await self.stage.wait(UNHURRIED_MS)
            match top:
                case WhoScreen() if top.has_class("-asks"):
                    await self.press(*NAME, "enter")
                case InterviewScreen() if top.interview.prompt is not None:
                    await self.answer(top)
                case ChoiceScreen():
                    await self.press("l")
                case WhoScreen() | ResultScreen():
                    await self.press("enter")
                case _:
                    self.look()
        self.look()

    async def answer(self, screen: InterviewScreen) -> None:
        """Answer one question with no, page by page if it is a list."""
        prompt = screen.interview.prompt
        assert prompt is not None
        if prompt.form.value == "marks":
            while "None of these. Enter to confirm." not in self.stage.text():
                await self.press("n")
            await self.press(*prompt.one_of & HARMLESS_ONE, "enter")
        elif prompt.form.value == "number":
            await self.press(*str(harmless(prompt)), "enter")
        else:
            key = str(harmless(prompt))[0]
            await self.press(key, *(["enter"] if key in prompt.lowers else []))


def way(folder: Path, *, newcomer: bool) -> Way:
    """Walk once, with a history of one person who has answered the profile unless a newcomer."""
    found: list[Way] = []
    if not newcomer:
        with open_store(folder / "history.db") as store:
            save_profile(store, person_named(store, NAME, WALL), FULL_PROFILE)

    async def scene(clock: LoopClock) -> None:
        async with staged(clock, folder, size=(80, 24), options=PlayOptions(mute=True)) as stage:
            walker = _Walker(stage)
            await walker.walk()
            found.append(Way(tuple(walker.screens), walker.keys))

    play_scene(scene)
    return found[0]


def main() -> None:
    for name, newcomer in (("newcomer", True), ("regular", False)):
        with tempfile.TemporaryDirectory() as folder:
            found = way(Path(folder), newcomer=newcomer)
        print(f"{name}: {len(found.screens)} screens, {found.keys} keys, {found.words} words")


if __name__ == "__main__":
    main()
