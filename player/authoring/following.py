"""A routine file followed while it is written: each save is read, the last good one stays."""

from collections.abc import Sequence
from pathlib import Path

from player.check.lint.every_rule import lint
from player.document.problem import Problem
from player.library.opening import open_routine
from player.library.row import Row
from player.routine.catalogue import Catalogue
from player.routine.model import Step

_Signature = tuple[int, ...]


class Followed:
    """One file. `look` is asked often, and reads only what a save has changed."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self.path = path
        self.good: Row | None = None
        """The last version without errors."""
        self.problems: list[Problem] = []
        """Those of the newest version."""
        self.is_broken = False
        self.step = 0
        """The number of the step that the last save changed, or the nearest to it."""
        self._catalogue = catalogue
        self._lines: list[str] | None = None
        self._told: tuple[list[str], list[Problem]] | None = None
        self._seen: _Signature | None = None
        self._look_again = True

    def look(self) -> bool:
        """Whether there is something new to show."""
        found = _signature(self.path)
        changed = found != self._seen
        if not changed and not self._look_again:
            return False
        self._seen = found
        # A second save within one tick of the file's clock looks like the first, and an editor
        # that renames takes the file away for a moment.
        self._look_again = changed
        if found is None and changed and self._lines is not None:
            return False
        opened = open_routine(self.path, self._catalogue)
        opened.document.problems.take(lint(opened, info=False))
        lines, problems = opened.document.lines, opened.problems
        if self._told == (lines, problems):
            return False
        self._told = lines, problems
        before = self._lines
        self._lines = lines or before  # what can't be read says nothing of what was edited
        self.problems = problems
        self.is_broken = opened.routine is None
        if opened.routine is not None and opened.timeline is not None:
            self.good = Row(opened.routine, opened.timeline)
        if self.good is not None:
            place = None if before is None or not lines else first_change(before, lines)
            self.step = _kept(self.step, self.good.routine.steps)
            if place is not None:
                self.step = nearest_step(self.good.routine.steps, place)
        return True


def _signature(path: Path) -> _Signature | None:
    """What changes with a save; None where there is no file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_mode


def first_change(before: Sequence[str], after: Sequence[str]) -> int | None:
    """The first line, counted from 1, at which two versions differ; None where none does."""
    for place, (old, new) in enumerate(zip(before, after, strict=False), 1):
        if old != new:
            return place
    return None if len(before) == len(after) else min(len(before), len(after)) + 1


def nearest_step(steps: Sequence[Step], line: int) -> int:
    """The number of the step that a line belongs to: the last that begins at or before it."""
    reached = [step.number for step in steps if step.line <= line]
    return reached[-1] if reached else steps[0].number


def _kept(step: int, steps: Sequence[Step]) -> int:
    """The same step, or the last where there are not so many any more; the first at first."""
    return min(max(step, steps[0].number), steps[-1].number)
