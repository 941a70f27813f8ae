"""Adapts a routine to a clearance: blocked steps are left out or swapped, each with its reason."""

from collections.abc import Sequence

from player.routine.catalogue import Catalogue
from player.routine.model import (
    Block,
    Eased,
    Item,
    LeftOut,
    Plan,
    Rest,
    Routine,
    Say,
    Step,
    Swapped,
    Text,
    Wait,
    steps_of,
)
from player.routine.named_side import in_turn, names_a_side, texts_of
from player.routine.pieces import run_ms, with_rounds, work_ms
from player.routine.vocabulary import MASSAGE, Kind, Side, Sides, Variant
from player.safety.blocks import Blocks, Reason, touches
from player.safety.clearance import Clearance
from player.safety.easy import eased
from player.safety.swaps import WARM_UP_MS, in_place_of, load_swaps, warming_up

LEAST_AFTERWARDS_MS = 30_000
"""A step that fills the remaining time must last at least this long to be worth a new position."""

SIDE_IN_ITS_WORDS = "its words name a side, so it is not done on one side alone"
"""Why a step is left out if one of its sides is blocked and a text names the left or the right."""

_WANTS_WARM_UP = frozenset({Kind.STATIC, Kind.CONTRACT_RELAX})
_WARMS_UP = frozenset({Kind.DYNAMIC, Kind.ROLL})


class AdaptedPlan(Plan):
    """The plan that `adapt` made of a routine for one clearance. `admit` accepts no other plan.

    A copy with other steps has no clearance, so `_replace` can't add a step unnoticed.
    """

    _clearance: Clearance | None = None

    def is_for(self, clearance: Clearance) -> bool:
        """Whether this plan was made for exactly this clearance object."""
        return self._clearance is clearance


def _adapted(plan: Plan, clearance: Clearance) -> AdaptedPlan:
    made = AdaptedPlan(*plan)
    made._clearance = clearance
    return made


def adapt(routine: Routine, clearance: Clearance, catalogue: Catalogue) -> AdaptedPlan:
    """Return the plan for today: each step and side is played, made easier, swapped or left out."""
    if not clearance.plays:
        why = "; ".join(clearance.whole_session)
        gone = tuple(LeftOut(step, None, why, clearance.keys) for step in routine.steps)
        return _adapted(Plan(routine, (), gone), clearance)
    work = _Adapting(routine, clearance, catalogue)
    items = work.warmed_up(work.items(routine.items))
    plan = Plan(
        routine,
        items,
        tuple(work.left_out),
        tuple(work.swapped),
        work.notes(items),
        tuple(work.eased),
        too_little=2 * work.lost_ms > work_ms(routine.items),
    )
    return _adapted(plan, clearance)


def is_blocked(plan: Plan, clearance: Clearance) -> bool:
    """Whether a plan still contains a step, or a side of one, that the clearance blocks.

    `admit` uses it as a second check. It has no catalogue, so for an exercise from a file it can't
    add the conditions that block related exercises of the catalogue.
    """
    blocks = Blocks(plan.routine, clearance)
    return any(
        touches(step, reason.side)
        for step in steps_of(plan.items)
        for reason in blocks.reasons(step)
    )


class _Adapting:
    def __init__(self, routine: Routine, clearance: Clearance, catalogue: Catalogue) -> None:
        self.routine = routine
        self.catalogue = catalogue
        self.clearance = clearance
        self.blocks = Blocks(routine, clearance, lambda: catalogue.vetted)
        self.left_out: list[LeftOut] = []
        self.swapped: list[Swapped] = []
        self.eased: list[Eased] = []
        self.lost_ms = 0
        """Milliseconds of work that were left out. Swapped and eased steps do not count as lost."""
        self.rounds = {step.number: rounds for step, rounds in with_rounds(routine.items)}
        self.used = {step.exercise.id for step in routine.steps}
        self.extra = len(routine.steps)

    def items(
        self, items: Sequence[Item], around: tuple[Text | None, ...] = ()
    ) -> tuple[Item, ...]:
        """Return what remains of `items` today. `around`: the texts of the blocks around them."""
        remaining: list[Item] = []
        before: list[Text | None] = []
        for item in items:
            if isinstance(item, Step):
                steps = self._today(item, (*around, *before))
                if not steps or steps[0].exercise is not item.exercise:
                    _drop_words(remaining)
                remaining += steps
            elif isinstance(item, Block):
                inside = self.items(item.items, (*around, *before, item.name, item.note))
                if any(isinstance(child, Step | Block) for child in inside):
                    remaining.append(item._replace(items=inside))
                else:
                    _drop_words(remaining)
            else:
                remaining.append(item)
            before = [*before, *_said(item)] if isinstance(item, Say | Rest | Wait) else []
        if not any(isinstance(item, Step | Block) for item in remaining):
            return ()
        return tuple(remaining)

    def _today(self, step: Step, before: Sequence[Text | None]) -> list[Step]:
        """Return the step as it is played today, its substitutes, or an empty list.

        `before`: the texts that lead to the step, such as a `say` above it.
        """
        reasons = self.blocks.reasons(step)
        whole = [reason for reason in reasons if reason.side is None]
        sides = {reason.side for reason in reasons if reason.side}
        if not whole and sides:
            if sides >= {Side.LEFT, Side.RIGHT} or not in_turn(step):
                whole = [r for r in reasons if touches(step, r.side)]
            elif names_a_side((*before, *texts_of(step))):
                self._leave_out(step, None, reasons, SIDE_IN_ITS_WORDS)
                self._lose(step, work_ms((step,)))
                return []
            else:
                self._leave_out(step, next(iter(sides)), reasons)
                left = Sides.RIGHT if Side.LEFT in sides else Sides.LEFT
                one = step._replace(dose=step.dose._replace(side=left))
                self._lose(step, work_ms((step,)) - work_ms((one,)))
                step = one
        if not whole:
            return [self._eased(step)]
        if instead := self._instead(step, whole):
            return instead
        self._leave_out(step, None, whole)
        self._lose(step, work_ms((step,)))
        return []

    def _lose(self, step: Step, ms: int) -> None:
        self.lost_ms += ms * self.rounds[step.number]

    def _leave_out(
        self, step: Step, side: Side | None, reasons: Sequence[Reason], more: str = ""
    ) -> None:
        keys = tuple(dict.fromkeys(reason.key for reason in reasons if reason.key))
        why = "; ".join(filter(None, (_words(reasons), more)))
        self.left_out.append(LeftOut(step, side, why, keys))

    # Substitutes

    def _instead(self, step: Step, reasons: Sequence[Reason]) -> list[Step]:
        """Return the first playable substitute of the fixed list, with its filler; else nothing."""
        if not step.exercise.vetted:
            return []
        swaps = load_swaps()
        time = run_ms(step.dose)
        for id_ in swaps.instead.get(step.exercise.id, ()):
            by = self._substitute(step, id_, time)
            if by is None:
                continue
            found = [by]
            afterwards = swaps.afterwards.get(step.exercise.id)
            left = time - run_ms(by.dose)
            if (
                afterwards
                and left >= LEAST_AFTERWARDS_MS
                and (more := self._substitute(step, afterwards, left))
            ):
                self.extra += 1
                found.append(more._replace(number=self.extra))
            for one in found:
                self.used.add(one.exercise.id)
                self.swapped.append(Swapped(step, one.exercise, _words(reasons)))
            return [self._eased(one) for one in found]
        return []

    def _substitute(self, step: Step, id_: str, within_ms: int) -> Step | None:
        """Return a catalogue step cut to the time of another; None if it can't be played."""
        by = self._playable(id_, step)
        return by and in_place_of(step, by, within_ms)

    def _playable(self, id_: str, place: Step) -> Step | None:
        """Return a catalogue step, numbered like the step `place`; None if it may not be played."""
        entry = self.catalogue.find(id_)
        if entry is None or id_ in self.used or not entry.exercise.vetted:
            return None
        step = entry.step(place.number, place.line)
        if entry.exercise.kinds & MASSAGE or self.blocks.reasons(step):
            return None
        return step

    def warmed_up(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Put a substitute in front if every warm-up before the first stretch was left out."""
        before = []
        for step in self.routine.steps:
            if step.exercise.kinds & _WANTS_WARM_UP:
                break
            if step.exercise.kinds & _WARMS_UP:
                before.append(step)
        left = {change.step.number: change for change in self.left_out if change.side is None}
        stretches = any(step.exercise.kinds & _WANTS_WARM_UP for step in steps_of(items))
        if not before or not stretches or any(step.number not in left for step in before):
            return items
        lost = sum(work_ms((step,)) * self.rounds[step.number] for step in before)
        for id_ in load_swaps().warm_up:
            if by := self._playable(id_, before[0]):
                change = left[before[0].number]
                self.left_out.remove(change)
                self.swapped.append(Swapped(before[0], by.exercise, change.reason))
                self.lost_ms -= min(lost, WARM_UP_MS)
                return (self._eased(warming_up(by, lost)), *items)
        return items

    # Easy mode and notes

    def _eased(self, step: Step) -> Step:
        reach = self.blocks.easy_reach(step.exercise)
        if reach is None:
            return step
        self.eased.append(Eased(step, self.blocks.reported(reach.key)))
        variant = Variant.STANDARD if step.variant is Variant.HARDER else step.variant
        return step._replace(dose=eased(step.dose, step.exercise.kinds), variant=variant)

    def notes(self, items: Sequence[Item]) -> tuple[tuple[int, str], ...]:
        """Each note once, with the number of the first step that needs it, or 0 for the start."""
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
                note = f"Take care: {self.blocks.reported(key)}."
            if note is not None:
                found.append((shown.get(key, 0), note))
        return tuple(sorted(found))


def _said(item: Say | Rest | Wait) -> tuple[Text | None, ...]:
    return (item.text, item.say) if isinstance(item, Wait) else (item.say,)


def _drop_words(items: list[Item]) -> None:
    """Remove what is said at the end of `items`, because the step after it is left out.

    A wait goes too. A rest stays, but is silent.
    """
    silent: list[Item] = []
    while items and isinstance(items[-1], Say | Wait | Rest):
        last = items.pop()
        if isinstance(last, Rest):
            silent.append(last._replace(say=None))
    items += reversed(silent)


def _words(reasons: Sequence[Reason]) -> str:
    """Join the reasons. "Too much for easy mode" is mentioned only if there is no other reason."""
    others = [reason for reason in reasons if not reason.only_easy]
    return "; ".join(dict.fromkeys(reason.words for reason in others or reasons))
