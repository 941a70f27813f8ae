"""The screen of the preview. It shows the picture of a routine, and each step as it will play."""

from pathlib import Path
from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from audio.cue import CueSheet
from player.authoring.following import Followed
from player.base.text import safe
from player.document.problem import Problem
from player.library.row import Row
from player.routine.catalogue import Catalogue
from player.routine.model import Plan
from player.routine.pieces import SegmentKind
from player.session.cues import cue_sheet
from player.session.snapshot import glance_at
from player.session.timeline import Timeline
from player.show.picture import (
    BLOCKS,
    lane_line,
    lanes,
    legend_line,
    pointer_line,
    scale_line,
    step_rows,
    sum_line,
    total_lines,
    usual_lines,
)
from player.tui.screens.note import NoteScreen
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.shown import lines, shown
from player.tui.widgets.step_view import StepView

LOOKS_EVERY_S = 0.25
"""How often the file is checked. Even if a save needs two checks, it is shown within a second."""

MOST_PROBLEMS = 20
MOST_STEPS = 100
"""The most steps that are listed around the selected one."""


def _key(keys: str, action: str, help: str, shown_as: str) -> Binding:
    return Binding(keys, action, key_display=shown_as, tooltip=help, id=f"preview.{action}")


class PreviewScreen(Screen[None]):
    """Follows the changes of one file. It can't start a session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("down,n,N", "step(1)", "the next step", "n, ↓"),
        _key("up,b,B", "step(-1)", "the step before", "b, ↑"),
        _key("pagedown", "read(1)", "read on in the picture", "PgDn"),
        _key("pageup", "read(-1)", "and back", "PgUp"),
        _key("question_mark", "help", "these keys", "?"),
        _key("q,Q,escape", "leave", "leave", "q"),
    ]

    def __init__(self, path: Path, catalogue: Catalogue, languages: tuple[str, ...]) -> None:
        super().__init__()
        self._followed = Followed(path, catalogue)
        self._wanted = languages
        self._languages = languages
        self._row: Row | None = None
        self._sheet = CueSheet(())
        self._title, self._message = Line(id="title"), Line(id="message")
        self._problems = Static(id="problem-words")
        self._bar, self._picture = Static(id="bar"), Static(id="picture-words")
        self._scroll = VerticalScroll(self._picture, id="picture", can_focus=False)
        self._step_view = StepView()

    def compose(self) -> ComposeResult:
        yield self._title
        yield VerticalScroll(self._problems, id="problems", can_focus=False)
        with Horizontal(id="halves"):
            with Vertical(id="session"):
                yield self._bar
                yield self._scroll
            yield self._step_view
        yield self._message
        yield KeyLine([("n", "next step"), ("b", "step before"), ("?", "keys"), ("q", "leave")])

    def on_mount(self) -> None:
        self._title.put(shown(self._followed.path.name, "bold"))
        self._message.put(shown("Reading …"))

    def follow(self) -> None:
        """Read the file now, and check it regularly. Called after the first frame."""
        self._look()
        self.set_interval(LOOKS_EVERY_S, self._look)

    def _look(self) -> None:
        if not self._followed.look():
            return
        good = self._followed.good
        if good is not None and good is not self._row:
            self._row = good
            self._languages = good.routine.languages_for(self._wanted)
            self._sheet = cue_sheet(good.timeline, self._languages)
        self._show()

    # Keys

    def action_step(self, by: int) -> None:
        if self._row is None:
            return
        numbers = sorted(self._row.timeline.steps)
        place = numbers.index(self._followed.step) + by
        self._followed.step = numbers[min(max(place, 0), len(numbers) - 1)]
        self._show()

    def action_read(self, by: int) -> None:
        self._scroll.scroll_relative(y=by * max(self._scroll.size.height - 1, 1), animate=False)

    def action_help(self) -> None:
        keys = [
            f"{binding.key_display:7}{binding.tooltip}"
            for binding in self.BINDINGS
            if isinstance(binding, Binding)
        ]
        self.app.push_screen(NoteScreen("Keys", "", [keys, "It follows each save of the file."]))

    def action_leave(self) -> None:
        self.app.exit(return_code=0)

    # Painting

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        broken, row = self._followed.is_broken, self._row
        self.set_class(broken, "-broken")
        self.set_class(bool(self._followed.problems), "-problems")
        self.set_class(row is None, "-empty")
        self._problems.update(self._problem_words())
        details = [row.length] if row is not None else []
        if row is not None:
            details.append("as last saved without errors" if broken else "as saved")
        self._message.put(shown(" · ".join(details)))
        if row is not None:
            self.call_after_refresh(self._show_session, row)

    def _show_session(self, row: Row) -> None:
        """Show the routine. Called after the layout, because the bar needs its width."""
        if row is not self._row or not self.is_mounted:
            return
        timeline, number = row.timeline, self._followed.step
        name = row.routine.name.pick(self._languages)
        self._title.put(
            Content.assemble(shown(name, "bold"), "  ", shown(self._followed.path.name))
        )
        columns = self._bar.content_size.width
        self._bar.update(self._bar_words(timeline, number, columns))
        self._show_picture(row, timeline, number)
        index = next(
            index
            for index, segment in enumerate(timeline.segments)
            if segment.step == number and segment.kind is SegmentKind.WORK
        )
        position = timeline.segments[index].start
        view = glance_at(timeline, index, position, self._sheet, self._languages)
        plan = Plan.whole(row.routine)
        self._step_view.put(view, timeline.steps.get(number), plan, self._languages)

    def _bar_words(self, timeline: Timeline, number: int, columns: int) -> Content:
        bar = [_coloured(lane_line(lane), lane.word) for lane in lanes(timeline, columns, BLOCKS)]
        scale = "" if self.has_class("-short") else scale_line(timeline, columns)
        return lines(
            *bar,
            shown(pointer_line(timeline, columns, number), "bold $text-warning"),
            shown(scale, "$text-muted"),
        )

    def _show_picture(self, row: Row, timeline: Timeline, number: int) -> None:
        """Show the legend, the steps and the totals, and scroll to the selected step."""
        width = max(self._scroll.scrollable_content_region.width, 1)
        words: list[Content] = []

        def say(line: str, style: str = "") -> None:
            words.extend(shown(part, style) for part in _hung(line, width))

        say(legend_line(timeline, BLOCKS), "$text-muted")
        say(sum_line(timeline))
        say(f"Needs: {', '.join(row.equipment) or 'nothing'}")
        words.append(shown(" "))
        rows = step_rows(timeline, self._languages)
        place = next((n for n, step in enumerate(rows) if step.number == number), 0)
        first, height = max(place - MOST_STEPS // 2, 0), 0
        for at, step in enumerate(rows[first : first + MOST_STEPS], first):
            if at == place:
                height = len(words)
            say(f"{'>' if at == place else ' '}{step.line}", "bold" if at == place else "")
        words.append(shown(" "))
        say("Work by region and side", "bold")
        for line in total_lines(timeline, self._languages):
            say(line)
        words.append(shown(" "))
        for line in usual_lines(timeline):
            say(f"Usual for {line[0].lower()}{line[1:]}", "$text-muted")
        self._picture.update(lines(*words))
        room = self._scroll.content_size.height
        y = 0 if height < room else height - room // 2  # stay at the top while the step is visible
        self._scroll.scroll_to(y=y, animate=False)

    def _problem_words(self) -> Content:
        found = self._followed.problems
        errors = sum(problem.is_error for problem in found)
        if not found:
            return Content("")
        head = f"{errors or len(found)} {'error' if errors else 'warning'}"
        head += "s" if (errors or len(found)) > 1 else ""
        if errors and self._row is not None:
            head += "; shown is the version before"
        more = len(found) - MOST_PROBLEMS
        return lines(
            shown(head, "bold"),
            *(shown(_problem_line(problem)) for problem in found[:MOST_PROBLEMS]),
            shown(f"and {more} more" if more > 0 else ""),
        )


def _hung(line: str, width: int) -> list[str]:
    """Wrap a line. Continuation rows are indented to its words, behind the time."""
    words = safe(line)
    under = " " * (len(words) - len(words.split("  ")[-1]) if words.startswith(("  ", "> ")) else 0)
    return wrap(words, max(width, 1), subsequent_indent=under if len(under) < width else "")


def _problem_line(problem: Problem) -> str:
    where = f"line {problem.line}, column {problem.col}: " if problem.line else ""
    help = f" ({problem.help})" if problem.help else ""
    return f"{where}{problem.message}{help} [{problem.code}]"


def _coloured(line: str, word: str) -> Content:
    """Colour a row of the bar. The colours carry no information that the characters lack."""
    cells = line[len(word) :]
    parts: list[Content] = [shown(word, "$text-muted")]
    colour = "$accent" if word == "right" else "$success"
    run = ""
    for glyph in cells:
        if run and (glyph == BLOCKS.gap) != (run[-1] == BLOCKS.gap):
            parts.append(_run(run, colour))
            run = ""
        run += glyph
    return Content("").join([*parts, _run(run, colour)])


def _run(run: str, colour: str) -> Content:
    return shown(run, "$text-muted" if BLOCKS.gap in run else colour)
