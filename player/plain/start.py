"""Runs the library and a session line by line, and reports how they ended."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from player.base import clock
from player.base.locale import languages
from player.base.text import safe
from player.check.playable import open_to_play
from player.document.problem import did_you_mean
from player.history.store import HistoryError, open_store
from player.library.folders import Library, open_library
from player.library.row import Row, read_rows
from player.plain.ask import ask_text
from player.plain.console import Console, EndedBySignal, is_terminal, open_console
from player.plain.output import TerminalGone
from player.plain.visit import PlainVisit
from player.play.flow import flow
from player.play.options import PlayOptions
from player.play.resume import stopped_words
from player.show.listing import routine_lines

PLAYED, NOT_PLAYED = 0, 1


def open_plainly() -> int:
    """Print the library. On a terminal, ask for a routine and play it. Returns the exit code."""
    spoken = languages(os.environ)
    library = open_library()
    rows, broken = read_rows(library)
    for line in routine_lines(rows, spoken):
        print(safe(line) if line else "")
    for opened in broken:
        print(opened.problems[0].headline(), file=sys.stderr)
    for _, problem in library.problems:
        print(problem.headline(), file=sys.stderr)
    if not is_terminal() or not rows:
        return PLAYED
    with open_console() as console:
        try:
            path = _chosen(console, library)
        except (TerminalGone, KeyboardInterrupt):
            path = None
        except EndedBySignal as ended:
            return 128 + ended.number
    return play_plainly(library, path, PlayOptions(languages=spoken)) if path else PLAYED


def _chosen(console: Console, library: Library) -> Path | None:
    ask = "Which one? Its name, then Enter; Enter alone leaves."
    while name := ask_text(console, ask):
        path = library.find(name)
        if path:
            return path
        hint = did_you_mean(name, library.ids) or "write it as in the list"
        console.line(f"There is no routine `{name[:80]}`; {hint}")
    return None


def play_plainly(library: Library, path: Path, options: PlayOptions) -> int:
    """Ask the safety questions, and play the routine if it is cleared. Returns the exit code."""
    if not is_terminal():
        _refuse("A session needs a terminal, because the safety questions are answered by keys.")
        return NOT_PLAYED
    opened = open_to_play(path, library.catalogue)
    for problem in opened.problems:
        print(opened.document.render(problem), file=sys.stderr)
    if opened.routine is None or opened.timeline is None:
        _refuse("This file has errors, so it is not played.")
        return NOT_PLAYED
    visit: PlainVisit | None = None
    try:
        with open_console() as console, open_store() as store:
            row = Row(opened.routine, opened.timeline)
            way = flow(row, store, library.catalogue, options, clock)
            visit = PlainVisit(console, options, clock)
            if visit.run(way):
                return PLAYED
            _refuse("Left. Nothing was played.")
    except TerminalGone:
        _refuse("The input has ended, so it is not played.")
    except HistoryError as error:
        _refuse(str(error))
    except KeyboardInterrupt:
        _refuse(stopped_words(visit.live if visit else None))
        return 130
    except EndedBySignal as ended:
        return 128 + ended.number
    return NOT_PLAYED


def _refuse(words: str) -> None:
    with suppress(OSError):  # stderr may be closed
        print(f"supple: {safe(words)}", file=sys.stderr)
