"""Follows a routine file while a coach writes it, and remembers the last version without errors."""

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
    """A file that is being edited. Call `look` often; it reads the file only after a change."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self.path = path
        self.good: Row | None = None
        """The last version without errors."""
        self.problems: list[Problem] = []
        """The problems of the newest version."""
        self.is_broken = False
        self.step = 0
        """The number of the step that the last save changed, or of the nearest one."""
        self._catalogue = catalogue
        self._lines: list[str] | None = None
        self._reported: tuple[list[str], list[Problem]] | None = None
        self._last_signature: _Signature | None = None
        self._look_again = True

    def look(self) -> bool:
        """Read the file if it has changed, and return whether there is something new to show."""
        found = _signature(self.path)
        changed = found != self._last_signature
        if not changed and not self._look_again:
            return False
        self._last_signature = found
        # Two saves within one tick of the file's clock have the same time, and an editor that moves
        # files removes this one for a moment. So each change is followed by one more look.
        self._look_again = changed
        if found is None and changed and self._lines is not None:
            return False
        opened = open_routine(self.path, self._catalogue)
        opened.document.problems.take(lint(opened, info=False))
        lines, problems = opened.document.lines, opened.problems
        if self._reported == (lines, problems):
            return False
        self._reported = lines, problems
        before = self._lines
        self._lines = lines or before  # an unreadable file does not show what was edited
        self.problems = problems
        self.is_broken = opened.routine is None
        if opened.routine is not None and opened.timeline is not None:
            self.good = Row(opened.routine, opened.timeline)
        if self.good is not None:
            place = None if before is None or not lines else first_change(before, lines)
            self.step = _same_or_nearest(self.step, self.good.routine.steps)
            if place is not None:
                self.step = nearest_step(self.good.routine.steps, place)
        return True


def _signature(path: Path) -> _Signature | None:
    """Return what changes with every save, or None if there is no file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_mode


def first_change(before: Sequence[str], after: Sequence[str]) -> int | None:
    """Return the first line, counted from 1, in which two versions differ; None if they don't."""
    for place, (old, new) in enumerate(zip(before, after, strict=False), 1):
        if old != new:
            return place
    return None if len(before) == len(after) else min(len(before), len(after)) + 1


def nearest_step(steps: Sequence[Step], line: int) -> int:
    """Return the number of the step that a line belongs to: the last that begins at or above it."""
    reached = [step.number for step in steps if step.line <= line]
    return reached[-1] if reached else steps[0].number


def _same_or_nearest(step: int, steps: Sequence[Step]) -> int:
    """Return the same step, or the nearest that still exists."""
    return min(max(step, steps[0].number), steps[-1].number)
