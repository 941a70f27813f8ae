"""The dry run of the screening: shows what the answers in a file leave of a routine."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from player.routine.catalogue import Catalogue
from player.routine.model import LeftOut, Plan, Routine
from player.routine.times import clock
from player.safety.adapt import adapt
from player.safety.answers_file import AnswersError, read_answers
from player.safety.clearance import Clearance, judge
from player.safety.matrix import load_matrix
from player.safety.shown import Shown, shown_today
from player.safety.wording import change_lines, finding_lines, meaning_today
from player.session.pressing import press_warning
from player.session.timeline import Timeline, compile


@dataclass(frozen=True, slots=True)
class DryRun:
    """The steps that would be played, and why the others would not. It can't start a session."""

    clearance: Clearance
    plan: Plan
    timeline: Timeline
    shown: Shown
    """The class that a person would see."""

    @property
    def playable(self) -> bool:
        """Whether these answers would allow the routine to start."""
        return bool(self.plan.items) and not self.plan.too_little

    def as_json(self) -> dict[str, object]:
        """The stable keys of `screen --json`."""
        return {
            "class": self.clearance.rank.word,
            "shown": self.shown.rank.word,
            "keys": list(self.clearance.keys),
            "removed": [_left_out_row(change) for change in self.plan.left_out],
            "swapped": [
                {"step": s.step.exercise.label, "by": s.by.label, "reason": s.reason}
                for s in self.plan.swapped
            ],
            "total_ms": self.timeline.total_ms,
            "playable": self.playable,
        }

    def lines(self) -> Iterator[str]:
        """The result in words."""
        clearance = self.clearance
        meaning = meaning_today(clearance, self.shown, self.plan, not self.playable)
        yield f"{self.shown.rank.name}. {meaning}"
        warning = press_warning(self.timeline, self.plan.routine, ())
        if warning is not None and self.playable:
            yield warning.words
        yield from finding_lines(clearance, self.shown)
        for reason in clearance.whole_session:
            yield f"Nothing plays: {reason}."
        if clearance.plays:
            yield from change_lines(self.plan)
            for _, note in self.plan.notes:
                yield f"Note: {note}"
        left = clock(self.timeline.total_ms)
        whole = clock(compile(Plan.whole(self.plan.routine)).total_ms)
        if self.plan.too_little:
            yield f"{left} of {whole} is left: not a good day for this routine."
        else:
            yield f"{left} of {whole} would play."


def dry_run(routine: Routine, answers: Path, catalogue: Catalogue, now: float) -> DryRun | str:
    """Screen a routine with the answers in a file. If the file can't be used, return the reason."""
    matrix = load_matrix()
    try:
        clearance = judge(read_answers(answers, matrix, now), matrix, now)
    except AnswersError as error:
        return str(error)
    plan = adapt(routine, clearance, catalogue)
    return DryRun(clearance, plan, compile(plan), shown_today(routine, clearance, catalogue))


def _left_out_row(change: LeftOut) -> dict[str, object]:
    return {
        "step": change.step.exercise.label,
        "number": change.step.number,
        "side": change.side.value if change.side else None,
        "reason": change.reason,
        "keys": list(change.keys),
    }
