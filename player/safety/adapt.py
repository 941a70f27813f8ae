"""A routine and a clearance become a plan: what is blocked is left out, with the reason.

A step that is out is not replaced by another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from player.routine.model import (
    Block,
    Cycles,
    Exercise,
    Item,
    LeftOut,
    Plan,
    Routine,
    Say,
    Step,
    steps_of,
)
from player.routine.vocabulary import MASSAGE, MASSAGE_TOOLS, Kind, Region, Side, Sides, Variant
from player.safety.clearance import EVERYWHERE, Ban, Clearance, Reach
from player.safety.easy import NOT_IN_EASY_MODE, UNTOUCHED, eased

LIGHT = 3
"""The hardest pressure that a person with a blood thinner still gets (section 1d)."""

_IN_TURN = frozenset({Sides.EACH, Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT, Sides.ALTERNATING})


class VettedExercises(Protocol):
    """A catalogue, as far as the screening needs it."""

    @property
    def vetted(self) -> Sequence[Exercise]:
        """The entries that ship with the program."""


class AdaptedPlan(Plan):
    """What `adapt` left of a routine under one clearance; no other plan is ever admitted.

    A copy of it with other steps has no clearance, so nothing gets in by `_replace`.
    """

    _clearance: Clearance | None = None

    def is_for(self, clearance: Clearance) -> bool:
        """Whether this plan was made for that very clearance."""
        return self._clearance is clearance


def _adapted(plan: Plan, clearance: Clearance) -> AdaptedPlan:
    made = AdaptedPlan(*plan)
    made._clearance = clearance
    return made


def adapt(routine: Routine, clearance: Clearance, catalogue: VettedExercises) -> AdaptedPlan:
    """Leave out, side by side and step by step, what this person should not do today."""
    if not clearance.plays:
        why = "; ".join(clearance.whole_session)
        gone = tuple(LeftOut(step, None, why, clearance.keys) for step in routine.steps)
        return _adapted(Plan(routine, (), gone), clearance)
    work = _Adapting(routine, clearance, catalogue)
    items = work.items(routine.items)
    plan = Plan(routine, items, tuple(work.left_out), (), work.notes(items))
    return _adapted(plan, clearance)


def is_blocked(plan: Plan, clearance: Clearance) -> bool:
    """Whether a plan still holds a step, or a side of one, that the clearance takes out.

    The second look before a session. It needs no catalogue, so it does not know what the kin of
    a stranger's exercise avoid.
    """
    work = _Adapting(plan.routine, clearance, _Nothing())
    return any(
        work.touches(step, reason.side)
        for step in steps_of(plan.items)
        for reason in work.reasons(step)
    )


class _Nothing:
    vetted: Sequence[Exercise] = ()


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a step is out; `side` where only one side of it is."""

    key: str
    words: str
    side: Side | None = None


class _Adapting:
    def __init__(self, routine: Routine, clearance: Clearance, catalogue: VettedExercises) -> None:
        self.routine = routine
        self.clearance = clearance
        self.catalogue = catalogue
        self.left_out: list[LeftOut] = []

    def items(self, items: Sequence[Item]) -> tuple[Item, ...]:
        kept: list[Item] = []
        for item in items:
            if isinstance(item, Step):
                step = self._kept(item)
                if step is None:
                    while kept and isinstance(kept[-1], Say):
                        kept.pop()  # it spoke of the step that is gone
                else:
                    kept.append(step)
            elif isinstance(item, Block):
                inside = self.items(item.items)
                if any(isinstance(child, Step | Block) for child in inside):
                    kept.append(item._replace(items=inside))
            else:
                kept.append(item)
        if not any(isinstance(item, Step | Block) for item in kept):
            return ()
        return tuple(kept)

    def _kept(self, step: Step) -> Step | None:
        """The step as it is played today, or None."""
        reasons = self.reasons(step)
        whole = [reason for reason in reasons if reason.side is None]
        sides = {reason.side for reason in reasons if reason.side}
        if not whole and sides:
            in_turn = step.dose.side in _IN_TURN and not step.exercise.both_at_once
            if sides >= {Side.LEFT, Side.RIGHT} or not in_turn:
                whole = [r for r in reasons if self.touches(step, r.side)]
            else:
                self._note(step, next(iter(sides)), reasons)
                left = Sides.RIGHT if Side.LEFT in sides else Sides.LEFT
                step = step._replace(dose=step.dose._replace(side=left))
        if whole:
            self._note(step, None, whole)
            return None
        return self._eased(step)

    def touches(self, step: Step, side: Side | None) -> bool:
        """Whether a reason for one side takes out a step that does not go through both."""
        if side is None or step.exercise.both_at_once:
            return True  # whatever the file says of its side
        if step.dose.side is Sides.LEFT:
            return side is not Side.RIGHT
        if step.dose.side is Sides.RIGHT:
            return side is not Side.LEFT
        return True

    def _note(self, step: Step, side: Side | None, reasons: Sequence[_Reason]) -> None:
        words = "; ".join(dict.fromkeys(reason.words for reason in reasons))
        keys = tuple(dict.fromkeys(reason.key for reason in reasons if reason.key))
        self.left_out.append(LeftOut(step, side, words, keys))

    def reasons(self, step: Step) -> list[_Reason]:
        """Everything that takes a step out, or one side of it."""
        exercise = _as_it_counts(step)
        clearance = self.clearance
        found: list[_Reason] = []
        if Kind.DEEP_PRESS in exercise.kinds:
            found.append(_Reason("", "deep pressure is not part of this version"))
        if clearance.only is not None and not (exercise.vetted and exercise.id in clearance.only):
            key = next(iter(k for k in clearance.keys if k == "cramp_now"), "")
            found.append(_Reason(key, self._told(key)))
        for ban in clearance.bans:
            spared = exercise.id in ban.but and _is_light_hands(step)
            if not spared and _bans(ban, exercise):
                found.append(_Reason(ban.key, self._told(ban.key), ban.side))
        named = self._named_keys(step, exercise)
        for reach in clearance.reaches:
            meets = not reach.regions.isdisjoint(exercise.regions)
            if meets and (reach.key in named or reach.gear & step.equipment):
                found.append(_Reason(reach.key, self._told(reach.key), reach.side))
        easy = self._easy_reach(exercise)
        if easy and not NOT_IN_EASY_MODE.isdisjoint(exercise.kinds):
            words = f"not in easy mode ({clearance.says.get(easy.key, easy.key)})"
            found.append(_Reason(easy.key, words))
        return found

    def _told(self, key: str) -> str:
        return f"you told of {self.clearance.says.get(key, key)}"

    def _named_keys(self, step: Step, exercise: Exercise) -> frozenset[str]:
        """The keys that take this step out: its own, and for a stranger those of its kin."""
        named = exercise.avoid_if | step.avoid_if | self.routine.avoid_if
        if exercise.vetted:
            return named
        return named.union(
            *(kin.avoid_if for kin in self.catalogue.vetted if _is_kin(exercise, kin))
        )

    def _easy_reach(self, exercise: Exercise) -> Reach | None:
        if exercise.kinds <= UNTOUCHED:
            return None
        for reach in self.clearance.easy:
            if not reach.regions.isdisjoint(exercise.regions):
                return reach
        return None

    def _eased(self, step: Step) -> Step:
        if self._easy_reach(step.exercise) is None:
            return step
        variant = Variant.STANDARD if step.variant is Variant.HARDER else step.variant
        return step._replace(dose=eased(step.dose, step.exercise.kinds), variant=variant)

    def notes(self, items: Sequence[Item]) -> tuple[tuple[int, str], ...]:
        """Each note once: at the first step that asks for it, else before the start (0)."""
        shown: dict[str, int] = {}
        for step in steps_of(items):
            wanted = step.exercise.caution | step.caution | self.routine.caution
            for reach in self.clearance.reaches:
                meets = not reach.regions.isdisjoint(step.exercise.regions)
                if reach.key in wanted and meets and reach.key not in shown:
                    shown[reach.key] = step.number
        found = []
        for key in dict.fromkeys(reach.key for reach in self.clearance.reaches):
            note = self.clearance.notes.get(key)
            if note is None and key in shown:
                note = f"Take care: {self._told(key)}."
            if note is not None:
                found.append((shown.get(key, 0), note))
        return tuple(sorted(found))


def _as_it_counts(step: Step) -> Exercise:
    """The exercise, with the kinds that a file can't talk it out of.

    A stranger with a massage tool presses whatever it calls itself, and pressing into the belly,
    or with a tool for the psoas, is deep pressure (clinical content, section 0; invariant 7).
    """
    exercise = step.exercise
    if exercise.vetted:
        return exercise
    kinds = exercise.kinds
    if step.equipment & MASSAGE_TOOLS and kinds.isdisjoint(MASSAGE):
        kinds |= {Kind.PRESS}
    on_belly = Region.BELLY in exercise.regions and exercise.regions != EVERYWHERE
    if kinds & MASSAGE and (on_belly or "psoas-tool" in step.equipment):
        kinds |= {Kind.DEEP_PRESS}
    return exercise._replace(kinds=kinds)


def _is_light_hands(step: Step) -> bool:
    """Whether one of our hand massages is played as it is meant: light, and without a tool."""
    pressures = [step.dose.pressure]
    for amount in step.dose.work:
        if isinstance(amount, Cycles):
            pressures += [phase.pressure for phase in amount.phases]
    return (
        step.exercise.vetted
        and step.equipment.isdisjoint(MASSAGE_TOOLS)
        and all(pressure is None or pressure.high <= LIGHT for pressure in pressures)
    )


def _bans(ban: Ban, exercise: Exercise) -> bool:
    """Whether kind, region and position of an exercise all match; unknown ones match all."""
    return not (
        ban.kinds.isdisjoint(exercise.kinds)
        or ban.regions.isdisjoint(exercise.regions)
        or ban.positions.isdisjoint(exercise.positions)
    )


def _is_kin(stranger: Exercise, entry: Exercise) -> bool:
    """Same modality and a shared region; for massage every massage entry counts."""
    if stranger.kinds.isdisjoint(entry.kinds):
        return bool(stranger.kinds & MASSAGE and entry.kinds & MASSAGE)
    return bool(stranger.kinds & entry.kinds & MASSAGE) or not stranger.regions.isdisjoint(
        entry.regions
    )
