"""Text from outside is shown literally on every screen and never interpreted."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

import player
from player.base.text import UNSAFE, safe, width
from player.learn.pages import About, Claim, LearnPage
from player.play.pain import Advice, AfterPain
from player.play.requests import Head, Picked, ShowResult
from player.play.result import Result
from player.routine.model import LeftOut, Plan
from player.safety.clearance import Clearance
from player.safety.cleared import Refusal
from player.safety.findings import Finding
from player.safety.matrix import Rank
from player.safety.prompts import Choice, Form, Prompt
from player.safety.shown import Shown
from player.safety.stop_list import Feeling, Then
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.learn import LearnScreen, ReadScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.pain import PainScreen, advice_screen
from player.tui.screens.result import ResultScreen
from player.tui.screens.who import WhoScreen
from player.tui.widgets.bar import Bar
from player.tui.widgets.choice_row import ChoiceRow
from player.tui.widgets.clock_face import ClockFace
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.prompt_view import PromptView
from player.tui.widgets.shown import lines, shown
from player.tui.widgets.title_line import TitleLine
from tests.habits import some_here_all_in_proof
from tests.tui.hostile import (
    CLICK,
    SMUGGLED,
    TEXTS,
    WRITTEN,
    Picture,
)
from tests.tui.stage import FRAME_S, UNHURRIED_MS, row_of, virtual_time

PLAYER = Path(player.__file__).parent
NARROWEST = 12
"""How many characters of a text are visible in every place with a single line."""


def quoted(text: str) -> str:
    """Return a text as a quoted YAML value."""
    return json.dumps(text, ensure_ascii=False)


def test_reading_a_coachs_text_changes_only_its_blanks() -> None:
    """All other tests of this file rely on this."""
    for text in WRITTEN.values():
        assert safe(text).split() == text.split()
    for text in SMUGGLED.values():
        assert not UNSAFE.search(safe(text))


# Widgets


class Hall(App[None]):
    """An app for one scene. It notices if a text triggers an action."""

    CSS_PATH = PLAYER / "tui" / "app.tcss"
    CSS = "ClockFace { height: 2; } PromptView, MarkList { height: auto; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f9", "alive", priority=True)]
    acted = 0
    alive = 0

    def action_alive(self) -> None:
        self.alive += 1

    async def action_quit(self) -> None:
        self.acted += 1


Pilots = Pilot[None]


def in_hall(
    scene: Callable[[Hall, Pilots], Coroutine[object, object, None]],
    size: tuple[int, int] = (80, 24),
) -> None:
    """Run a scene. Asserts that keys still work afterwards and that nothing has ended the app."""

    async def run() -> None:
        hall = Hall()
        async with hall.run_test(size=size) as pilot:
            await scene(hall, pilot)
            await pilot.press("f9")
            assert hall.alive == 1 and hall.acted == 0
            assert hall.is_running and hall.return_code is None

    with virtual_time() as loop:
        loop.run_until_complete(run())


async def settle(pilot: Pilots) -> None:
    for _ in range(3):
        await asyncio.sleep(0)
        await pilot._wait_for_screen()
    await asyncio.sleep(FRAME_S)


class Shelf(Screen[None]):
    """Shows widgets under each other."""

    def __init__(self, widgets: Sequence[Widget]) -> None:
        super().__init__()
        self._widgets = widgets

    def compose(self) -> ComposeResult:
        with Vertical():
            yield from self._widgets


Put = Callable[[], None]
Made = tuple[Widget, Put | None]
"""A widget, and a function to call once it is on the screen."""

_ids = count()


def of_line(text: str) -> Made:
    line = Line()
    return line, lambda: line.put(lines(shown(text, "bold")))


def of_bar(text: str) -> Made:
    bar = Bar("step", f"bar-{next(_ids)}")
    return bar, lambda: bar.put(0.5, safe(text)[:NARROWEST] if len(text) > 60 else text)


def of_clock_time(text: str) -> Made:
    face = ClockFace()
    return face, lambda: face.put(text)


def of_key_line(text: str) -> Made:
    line = KeyLine([("z", "old")])
    return line, lambda: line.put([("a", "b"), (text, text)])


def of_prompt(prompt: Callable[[str], Prompt]) -> Callable[[str], Made]:
    return lambda text: (PromptView(prompt(text)), None)


WIDGETS: Mapping[str, Callable[[str], Made]] = {
    "Static": lambda text: (Static(shown(text)), None),
    "Line": of_line,
    "TitleLine": lambda text: (TitleLine(text), None),
    "TitleLine's subtitle": lambda text: (TitleLine("T", text), None),
    "KeyLine": of_key_line,
    "Bar": of_bar,
    "Bar's name": lambda text: (Bar(text[:NARROWEST], f"bar-{next(_ids)}"), None),
    "ClockFace": of_clock_time,
    "ChoiceRow's words": lambda text: (ChoiceRow(Choice("k", text)), None),
    "PromptView's question": of_prompt(lambda text: Prompt("p", Form.NUMBER, text)),
    "PromptView's lines": of_prompt(lambda text: Prompt("p", Form.NUMBER, "?", lines=(text, "z"))),
    "PromptView's choices": of_prompt(
        lambda text: Prompt("p", Form.ONE, "?", choices=(Choice("a", text), Choice("b", "z")))
    ),
    "PromptView's marks": of_prompt(
        lambda text: Prompt("p", Form.MARKS, "?", choices=(Choice("a", text),), lines=(text,))
    ),
    "PromptView's yes or no": of_prompt(lambda text: Prompt("p", Form.YES_NO, text, text)),
}


def is_narrow(text: str) -> bool:
    """A bar is only used with the program's own words, so it counts characters, not cells."""
    return width(text) == len(text)


HIDDEN = {"Bar's name"}
"""It disappears if there is no room."""


async def shelve(hall: Hall, pilot: Pilots, made: Sequence[Made]) -> None:
    """Show widgets, and then call their functions."""
    await hall.push_screen(Shelf([widget for widget, _ in made]))
    await settle(pilot)
    for _, put in made:
        if put is not None:
            put()
    await settle(pilot)


@pytest.mark.parametrize("name", some_here_all_in_proof(list(WIDGETS), 3))
def test_a_widget_shows_every_text_literally(name: str) -> None:
    async def scene(hall: Hall, pilot: Pilots) -> None:
        made = [WIDGETS[name](text) for text in TEXTS.values()]
        await shelve(hall, pilot, made)
        picture = Picture(hall)
        for (widget, _), text in zip(made, TEXTS.values(), strict=True):
            if name not in HIDDEN and (name != "Bar" or is_narrow(text)):
                picture.shows(text, of=widget, most=NARROWEST if len(text) > 60 else 60)
        await pilot.resize_terminal(31, 120)
        await settle(pilot)
        Picture(hall)

    in_hall(scene, (80, 400))


def test_markup_in_a_text_can_not_be_clicked() -> None:
    async def scene(hall: Hall, pilot: Pilots) -> None:
        statics = [Static(shown(CLICK)), TitleLine(CLICK, CLICK), KeyLine([("k", CLICK)])]
        await shelve(hall, pilot, [(widget, None) for widget in statics])
        for y, strip in enumerate(Picture(hall).strips[:3]):
            places = [x for x, char in enumerate(strip.text) if char == "x"]
            assert places
            for x in places:
                await pilot.click(offset=(x, y))
        assert hall.acted == 0

    in_hall(scene, (120, 10))


PIECES = (
    *("[", "]", "/", "@click=app.quit", "bold", "$error", "\\", "%s", "{0}", "[/]", "[b]", ":"),
    *("\x1b", "\x1b]0;", "\x07", "\x9b", "\x9c", "\u202e", "\u200b", "\u200d", "\ud800", "\udcff"),
    *("\0", "\r", "\n", "\t", "\x7f", "\u2028", "\ufeff", "\u3000", " ", "a", "LEFT", "0:3"),
    *("膝", "👩", "\u0301", "\ufe0f", "⚠", "🏽", "ש", "ﷺ", "…", "\uffff", "\U000e0041"),
)
hostile_texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(st.characters(), max_size=30),
)


@settings(max_examples=4, deadline=None)
@given(st.tuples(*[hostile_texts] * len(WIDGETS)))
def test_random_texts_are_shown_literally_by_every_widget(texts: tuple[str, ...]) -> None:
    async def scene(hall: Hall, pilot: Pilots) -> None:
        made = [make(text) for make, text in zip(WIDGETS.values(), texts, strict=True)]
        await shelve(hall, pilot, made)
        picture = Picture(hall)
        for name, (widget, _), text in zip(WIDGETS, made, texts, strict=True):
            if name not in HIDDEN and (name != "Bar" or is_narrow(text)):
                picture.shows(text, of=widget, most=NARROWEST)

    in_hall(scene, (60, 100))


# Screens by themselves


class Texts:
    """Returns one text after another, and remembers the returned texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.out: list[str] = []

    def hidden(self) -> str:
        """Return a text for a place that is not visible. It still must do no harm there."""
        return self._texts[-1]

    def __call__(self) -> str:
        self.out.append(self._texts[len(self.out) % len(self._texts)])
        return self.out[-1]


LEFT_OUT_WORDS = row_of("  - Calf: 60s\n").routine


def a_result(text: Texts, refused: bool) -> Result:
    rank = Rank.EMERGENCY if refused else Rank.ADAPT
    seen = text.hidden if refused else text  # what is left out does not matter any more
    reason, key, says, note = text(), "k", text(), seen()
    step = LEFT_OUT_WORDS.steps[0]
    step = step._replace(title=step.title.__class__({"en": seen()}))
    clearance = Clearance(rank, 0.0, (Finding(key),), {key: says}, (reason,) if refused else ())
    plan = Plan(LEFT_OUT_WORDS, (), (LeftOut(step, None, reason),), (), ((0, note),))
    # The screen only depends on whether the plan is refused.
    refusal = Refusal(rank, reason)
    result = Result(clearance, plan, Shown(rank), refusal)
    if not refused:
        object.__setattr__(result, "cleared", None)
    return result


def a_prompt(text: Texts, form: Form = Form.ONE) -> Prompt:
    choices = (Choice("a", text(), text.hidden()), Choice("b", text(), text.hidden()))
    return Prompt("p", form, text(), text.hidden(), choices, (text(), text()))


def a_result_screen(text: Texts) -> Screen[Picked]:
    return ResultScreen(ShowResult(Head(text(), text()), a_result(text, False), (), text()))


def a_refusal_screen(text: Texts) -> Screen[Picked]:
    return ResultScreen(ShowResult(Head("T", text()), a_result(text, True), (), ""))


def a_pain_screen(text: Texts) -> Screen[Feeling]:
    feelings = [Feeling(f"f{n}", text(), "stop", Then.REST, "", None) for n in range(6)]
    return PainScreen(text(), text(), tuple(feelings))


def an_advice(text: Texts) -> Screen[str]:
    feeling = Feeling("f", "", "emergency", Then.END, text(), None)
    return advice_screen(text(), text(), Advice(AfterPain(True, text(), feeling), text()))


def a_summary(text: Texts) -> Screen[str]:
    done = [text(), text()], [text(), text()], [text()], [text()]
    return NoteScreen(text(), text(), done, "good", "done", text())


def a_note(text: Texts) -> Screen[str]:
    return NoteScreen(text(), text(), [text(), [text(), text()], [text()]], "mild", text())


def a_choice(text: Texts) -> Screen[object]:
    return ChoiceScreen(text(), a_prompt(text), text())  # type: ignore[return-value]


def a_who(text: Texts) -> Screen[str]:
    return WhoScreen(text(), text(), [text(), text()], [text(), text.hidden(), text.hidden()])


def a_page(about: About, text: Texts, brief: str = "", top: str = "") -> LearnPage:
    """Return a page with a different text in every place."""
    return LearnPage(
        about, about, title=text(), brief=brief, top=top, also=(), first=(text(),), feels=(text(),),
        now=(text(),), today=(text(),), before=(text(),), here=(text(),),
        claims=(Claim(text(), text()),), keys=(), sources=(text(),),
    )  # fmt: skip


def a_reading(text: Texts) -> Screen[None]:
    return ReadScreen(a_page(About.CAUSE, text), text())


def a_list_to_read(text: Texts) -> Screen[None]:
    unseen = Texts([text.hidden()])
    pages = (
        replace(a_page(about, unseen, text(), top), title=text())
        for about, top in zip(About, (text(), "", ""), strict=True)
    )
    return LearnScreen(tuple(pages), text.hidden())


SCREENS: Mapping[str, tuple[Callable[[Texts], object], str]] = {
    "note": (a_note, "escape"),
    "choice": (a_choice, "q"),
    "result": (a_result_screen, "q"),
    "refusal": (a_refusal_screen, "q"),
    "pain": (a_pain_screen, "1"),
    "advice": (an_advice, "enter"),
    "summary": (a_summary, "space"),
    "who": (a_who, "escape"),
    "learn": (a_list_to_read, "escape"),
    "read": (a_reading, "escape"),
}
"""The function that makes each screen, and the key that closes it."""

UNSEEN_ON = {"choice": 2, "who": 3, "result": 0, "refusal": 4}


@pytest.mark.parametrize("name", some_here_all_in_proof(list(SCREENS), 2))
def test_a_screen_shows_every_text_literally(name: str) -> None:
    make, closing_key = SCREENS[name]
    texts = [text for text in TEXTS.values() if len(text) <= 60] + ["w" * 300, "膝" * 200]

    async def scene(hall: Hall, pilot: Pilots) -> None:
        for start in range(0, len(texts), 5):
            text = Texts([*texts[start:], *texts[:start]])
            screen = make(text)
            assert isinstance(screen, Screen)
            await hall.push_screen(screen)
            await settle(pilot)
            Picture(hall).shows(*text.out, most=NARROWEST)
            await asyncio.sleep(UNHURRIED_MS / 1_000)
            await pilot.press(closing_key)
            await settle(pilot)
            assert hall.screen is not screen

    in_hall(scene, (150, 90))
