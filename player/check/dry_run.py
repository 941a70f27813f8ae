"""The dry run of the screening: what a file of answers would leave of a routine."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from player.routine.catalogue import Catalogue
from player.routine.model import LeftOut, Plan, Routine, Swapped
from player.routine.times import clock
from player.safety.adapt import adapt
from player.safety.answers_file import AnswersError, read_answers
from player.safety.clearance import Clearance, judge
from player.safety.matrix import Rank, load_matrix
from player.session.timeline import Timeline, compile


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would be played, and why not the rest. Nothing can be played from it."""

    clearance: Clearance
    plan: Plan
    timeline: Timeline

    @property
    def playable(self) -> bool:
        """Whether these answers would let it start."""
        return bool(self.plan.items) and not self.plan.too_little

    def as_json(self) -> dict[str, object]:
        """The stable keys of `screen --json`."""
        return {
            "class": self.clearance.rank.word,
            "keys": list(self.clearance.keys),
            "removed": [_removed(change) for change in self.plan.left_out],
            "swapped": [
                {"step": s.step.exercise.label, "by": s.by.label, "reason": s.reason}
                for s in self.plan.swapped
            ],
            "total_ms": self.timeline.total_ms,
            "playable": self.playable,
        }

    def lines(self) -> Iterator[str]:
        """The same in words."""
        clearance = self.clearance
        yield f"{clearance.rank.name}. {meaning(clearance, self.plan, not self.playable)}"
        yield from told_lines(clearance)
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
    """Judge a file of answers for a routine; words where the file can't be used."""
    matrix = load_matrix()
    try:
        clearance = judge(read_answers(answers, matrix, now), matrix, now)
    except AnswersError as error:
        return str(error)
    plan = adapt(routine, clearance, catalogue)
    return DryRun(clearance, plan, compile(plan))


def meaning(clearance: Clearance, plan: Plan, refused: bool) -> str:
    """What the class means for one routine today."""
    if clearance.rank >= Rank.URGENT:
        return clearance.advice
    if refused:
        return "This routine is not for today."
    if clearance.rank >= Rank.ADAPT and not (plan.left_out or plan.swapped or plan.eased):
        return "Nothing has to change in this routine today."
    if clearance.rank is Rank.STOP:
        return "A part is not played until a clinician has said that it is fine."
    return clearance.advice


def told_lines(clearance: Clearance) -> list[str]:
    """What was told that counts today, each with what not to do about it."""
    rows = load_matrix().conditions
    told = [f"You told of: {clearance.says[key]}." for key in clearance.keys]
    advice = [rows[key].advice if key in rows else "" for key in clearance.keys]
    return [" ".join(filter(None, pair)) for pair in zip(told, advice, strict=True)]


def change_lines(plan: Plan, languages: tuple[str, ...] = ()) -> Iterator[str]:
    """What is left out, swapped and made easier today, and why."""
    gone: dict[str, list[str]] = {}
    for change in plan.left_out:
        side = f", {change.side} side" if change.side else ""
        gone.setdefault(change.reason, []).append(f"{change.step.title.pick(languages)}{side}")
    for reason, titles in gone.items():
        yield f"Left out: {'; '.join(dict.fromkeys(titles))} ({reason})."
    for step, swaps in groupby(plan.swapped, lambda swap: swap.step):
        rows = list(swaps)
        by = " and ".join(_with_its_gear(swap, plan, languages) for swap in rows)
        yield f"Instead of {step.title.pick(languages)}: {by} ({rows[0].reason})."
    by_reason: dict[str, list[str]] = {}
    for eased in plan.eased:
        by_reason.setdefault(eased.reason, []).append(eased.step.title.pick(languages))
    for reason, titles in by_reason.items():
        yield f"Half as much and gentler: {', '.join(dict.fromkeys(titles))} ({reason})."


def _with_its_gear(swap: Swapped, plan: Plan, languages: tuple[str, ...]) -> str:
    """What stands in, and what it needs that the routine does not."""
    at_hand = frozenset[str]().union(*(step.equipment for step in plan.routine.steps))
    needs = sorted(swap.by.equipment - at_hand)
    return swap.by.name.pick(languages) + (f", which needs: {', '.join(needs)}" if needs else "")


def _removed(change: LeftOut) -> dict[str, object]:
    return {
        "step": change.step.exercise.label,
        "number": change.step.number,
        "side": change.side.value if change.side else None,
        "reason": change.reason,
        "keys": list(change.keys),
    }
