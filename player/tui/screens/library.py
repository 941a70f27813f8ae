"""All routines: type to find one, Enter to play it."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from player.base.clock import now
from player.library.folders import Library
from player.library.opening import Opened, open_routine
from player.library.row import Row
from player.routine.model import Exercise
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import REGION_WORDS, Region
from player.session.timeline import Timeline
from player.show.listing import preview_lines
from player.tui.widgets.figure_view import FigureView, Scene
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.shown import lines, shown
from player.tui.widgets.title_line import TitleLine

READ_FOR_MS = 12
"""How long routines are read before the app handles the next key."""

UPDATE_EVERY_MS = 200
"""How often the list is updated while routines are still being read."""

PAUSE_FOR_KEYS_S, PAUSE_FOR_PAINTING_S = 0.001, 0.02
"""How long reading pauses: for a waiting key, and for painting an updated list."""

Found = Row | Opened
"""A routine, or a file with errors."""


class LibraryScreen(Screen[None]):
    """Lists the routines. They are read after the first frame is on the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move('cursor_down')", id="library.down", priority=True),
        Binding("up", "move('cursor_up')", id="library.up", priority=True),
        Binding("pagedown", "move('page_down')", id="library.page-down", priority=True),
        Binding("pageup", "move('page_up')", id="library.page-up", priority=True),
        Binding("tab", "read_on", id="library.read-on", priority=True),
        Binding("f1", "ask_why", id="library.why"),
        Binding("escape", "clear_or_leave", id="library.leave"),
    ]

    class Chosen(Message):
        """The person wants to play this routine."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    class WhyRequested(Message):
        """The person wants to read why it hurts."""

    def __init__(self, open_library: Callable[[], Library], languages: Sequence[str]) -> None:
        super().__init__()
        self._open_library = open_library
        self._languages = languages
        self._found: list[Found] = []
        self._shown: list[Found | None] = []
        """The entry on each line of the list; None for a heading."""
        self._selected: Found | None = None
        self._list_changed = False
        self._reading = True
        self._problems = 0

    def compose(self) -> ComposeResult:
        yield TitleLine("supple", "stretching and self-massage")
        yield Input(placeholder="Type to find: calf, roller, gentle …")
        with Horizontal(id="found"):
            yield OptionList(markup=False)
            with VerticalScroll(id="preview", can_focus=False):
                with Horizontal(id="pictures"):
                    yield FigureView("figure", self._languages)
                    yield FigureView("map", self._languages)
                yield Static(id="preview-words")
        yield Line(id="message")
        yield KeyLine(
            [
                ("Enter", "play"),
                ("F1", "why it hurts"),
                ("↑↓", "choose"),
                ("Tab", "read on"),
                ("Esc", "leave"),
            ]
        )

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()

    @work(exclusive=True)
    async def read(self) -> None:
        """Read all routines. Reading pauses often, so that keys work meanwhile."""
        library = self._open_library()
        self._problems = len(library.problems)
        began = shown_at = 0  # the first routine is shown at once
        for file in library.files:
            opened = open_routine(file, library.catalogue)
            self._found.append(
                Row(opened.routine, opened.timeline)
                if opened.routine and opened.timeline
                else opened
            )
            if now() - began < READ_FOR_MS:
                continue
            if now() - shown_at > UPDATE_EVERY_MS:
                self._show()
                shown_at = now()
            pause = PAUSE_FOR_PAINTING_S if self._list_changed else PAUSE_FOR_KEYS_S
            self._list_changed = False
            await asyncio.sleep(pause)
            began = now()
        self._reading = False
        self._show()

    def _show(self) -> None:
        """List the entries that match the words. The selected routine stays selected."""
        words = self.query_one(Input).value
        fitting = [found for found in self._found if self._fits(found, words)]
        if words:  # a typed title must select that routine
            fitting.sort(key=lambda found: self._distance(found, words))
        self._list_changed = True
        groups = grouped(fitting) if not words else [("", fitting)]
        listed: list[tuple[Found | None, str]] = []
        for heading, group in groups:
            listed += [(None, heading)] if heading else []
            listed += [(found, heading) for found in group]
        self._shown = [found for found, _ in listed]
        options = self.query_one(OptionList)
        options.set_options(
            Option(self._prompt(found, heading), disabled=found is None)
            for found, heading in listed
        )
        places = [place for place, found in enumerate(self._shown) if found is not None]
        again = [place for place in places if self._shown[place] is self._selected]
        if places:
            options.highlighted = (again or places)[0]
        self._preview()
        self._show_count(len(fitting))

    def _show_count(self, fitting: int) -> None:
        total = len(self._found)
        words = f"{fitting} of {total} routines" if fitting < total else ""
        if self._reading:
            words = f"Reading … {total}"
        elif self._problems:
            words = f"{words} {self._problems} problems in your exercises: supple check".strip()
        self.query_one("#message", Line).put(shown(words))

    def _fits(self, found: Found, words: str) -> bool:
        if isinstance(found, Row):
            return found.fits(words, self._languages)
        description = f"{_stem(found)} broken".casefold()
        return all(word in description for word in words.casefold().split())

    def _distance(self, found: Found, words: str) -> int:
        return found.distance(words, self._languages) if isinstance(found, Row) else 2

    def _prompt(self, found: Found | None, heading: str) -> Content:
        if found is None:
            return shown(heading.upper(), "bold $text-success")
        if isinstance(found, Opened):
            return lines(
                Content.assemble(shown(_stem(found), "bold"), ("  broken", "bold $text-error")),
                shown(f"  {found.problems[0].message}", "$text-muted"),
            )
        name = found.routine.name.pick(found.routine.languages_for(self._languages))
        details = [", ".join(found.places)] if heading in {"", SEVERAL} else []
        if found.routine.level:
            details.append(found.routine.level)
        details.append(f"needs {', '.join(found.equipment) or 'nothing'}")
        return lines(
            Content.assemble(shown(name, "bold"), "  ", shown(found.length, "$text-accent")),
            shown(f"  {' · '.join(details)}", "$text-muted"),
        )

    def _chosen(self) -> Found | None:
        place = self.query_one(OptionList).highlighted
        return self._shown[place] if place is not None and place < len(self._shown) else None

    def _preview(self) -> None:
        found = self._chosen()
        words: Content = shown("Nothing fits. Esc clears the words." if self._found else "")
        if isinstance(found, Row):
            name = found.routine.name.pick(found.routine.languages_for(self._languages))
            details = (shown(line) for line in preview_lines(found, self._languages))
            words = Content("\n").join((shown(name, "bold"), *details))
        elif found is not None:
            details = (shown(problem.headline()) for problem in found.problems)
            heading = shown("This file has errors, so it is not played.", "bold")
            words = Content("\n").join((heading, *details))
        self.query_one("#preview-words", Static).update(words)
        if not self._reading:  # the figure is drawn in a later frame, so that nobody waits for it
            self.call_after_refresh(self._show_figure)
        self.query_one("#preview").scroll_home(animate=False)

    def _show_figure(self) -> None:
        """Draw the exercise with the most time in the routine, and the regions of the routine."""
        found = self._chosen()
        main = most_done(found.timeline) if isinstance(found, Row) else None
        regions = main.stated_regions if main else frozenset[Region]()
        if isinstance(found, Row):
            regions = frozenset(map(Region, found.regions))
        self.query_one("#pictures").display = bool(main or regions)
        self.query_one("#figure", FigureView).put(Scene(main, worked=regions))
        self.query_one("#map", FigureView).put(Scene(worked=regions))

    # Actions of the person

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._choose()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._preview()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._choose()

    def _choose(self) -> None:
        found = self._chosen()
        if isinstance(found, Row):
            now = self._opened_to_play(found)
            if isinstance(now, Row):
                self.post_message(self.Chosen(now))
            else:
                self.query_one("#message", Line).put(shown(now))
        elif found is not None:
            words = "This file has errors, so it is not played."
            self.query_one("#message", Line).put(shown(words))

    def _opened_to_play(self, row: Row) -> Row | str:
        """Return the routine that is in the file now, or why it can't be played.

        A routine in the list has been read without errors, but may still break a safety rule. Its
        file may have changed since, so the one in the list is never played.
        """
        from player.check.playable import (
            open_to_play,  # imported here to show the first frame sooner
        )

        file = Path(row.routine.path)
        opened = open_to_play(file, self._open_library().catalogue)
        if opened.routine is not None and opened.timeline is not None:
            return Row(opened.routine, opened.timeline)
        errors = [problem for problem in opened.problems if problem.is_error]
        return f"It is not played: {errors[0].message}. See supple check {file.name}."

    def action_move(self, how: str) -> None:
        getattr(self.query_one(OptionList), f"action_{how}")()
        self._selected = self._chosen()

    def action_read_on(self) -> None:
        """Scroll to the next page of the preview, or from the end to the start."""
        preview = self.query_one("#preview")
        if preview.scroll_offset.y >= preview.max_scroll_y:
            preview.scroll_home(animate=False)
        else:
            preview.scroll_page_down(animate=False)

    def action_ask_why(self) -> None:
        self.post_message(self.WhyRequested())

    def action_clear_or_leave(self) -> None:
        field = self.query_one(Input)
        if field.value:
            field.value = ""
        else:
            self.app.exit(0)

    def on_resize(self, event: events.Resize) -> None:
        self._preview()


SEVERAL, ELSEWHERE, BROKEN = "Several places", "No place named", "Broken"


def grouped(found: Sequence[Found]) -> list[tuple[str, list[Found]]]:
    """Group routines by their region, from the top of the leg down.

    Routines for several regions or none, and broken files, come last.
    """
    headings = [*REGION_WORDS.values(), SEVERAL, ELSEWHERE, BROKEN]
    groups: dict[str, list[Found]] = {heading: [] for heading in headings}
    for one in found:
        groups[_heading(one)].append(one)
    return [(heading, group) for heading, group in groups.items() if group]


def _heading(found: Found) -> str:
    if isinstance(found, Opened):
        return BROKEN
    if len(found.regions) == 1:
        return REGION_WORDS[Region(found.regions[0])]
    return SEVERAL if found.regions else ELSEWHERE


def most_done(timeline: Timeline) -> Exercise | None:
    """Return the exercise with the most work. If several have the same, return the first."""
    times: dict[str, int] = {}
    exercises: dict[str, Exercise] = {}
    for segment in timeline.segments:
        if segment.kind is SegmentKind.WORK:
            exercise = timeline.steps[segment.step].exercise
            times[exercise.label] = times.get(exercise.label, 0) + segment.length
            exercises[exercise.label] = exercise
    return exercises[max(times, key=lambda label: times[label])] if times else None


def _stem(opened: Opened) -> str:
    return Path(opened.document.path).stem
