"""Decides why a step, or one side of it, is blocked today, and which steps are made easier."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from player.routine.model import Cycles, Exercise, Pick, Routine, Step
from player.routine.pieces import Open, run_of, with_rounds
from player.routine.vocabulary import MASSAGE, MASSAGE_TOOLS, Kind, Region, Side, Sides
from player.safety.bans import EVERYWHERE, Ban, Reach
from player.safety.clearance import Clearance
from player.safety.easy import NOT_IN_EASY_MODE, UNTOUCHED

LIGHT = 3
"""The hardest pressure allowed for a person who takes a blood thinner (section 1d)."""

DEEPEST = 4
"""The hardest deep pressure allowed for anyone (L23)."""

DEEP_MS = 120_000
"""The longest deep pressure per side and session, in milliseconds (L23)."""

_FRONT_OF_THE_HIP = frozenset({Region.BELLY, Region.HIPFLEXOR})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is blocked. If `side` is set, only that side is blocked.

    `only_easy`: the step could play, but there is no easy form of it.
    """

    key: str
    words: str
    side: Side | None = None
    only_easy: bool = False


class Blocks:
    """Finds what one clearance blocks in one routine.

    `vetted` returns the exercises that ship with the program. An exercise of a file is also blocked
    by the conditions of the shipped exercises that it resembles; the default compares with none.
    """

    def __init__(
        self,
        routine: Routine,
        clearance: Clearance,
        vetted: Callable[[], Sequence[Exercise]] = tuple,
    ) -> None:
        self.routine = routine
        self.clearance = clearance
        self._vetted = vetted

    def reasons(self, step: Step) -> list[Reason]:
        """All reasons that block a step or one side of it."""
        exercise = as_screened(step)
        clearance = self.clearance
        found: list[Reason] = []
        if Kind.DEEP_PRESS in exercise.kinds and (words := self._no_deep_pressure(exercise)):
            found.append(Reason("", words))
        if clearance.only is not None and not (exercise.vetted and exercise.id in clearance.only):
            key = next(iter(k for k in clearance.keys if k == "cramp_now"), "")
            found.append(Reason(key, self.reported(key)))
        for ban in clearance.bans:
            spared = exercise.id in ban.but and _is_light_hands(step)
            if not spared and _bans(ban, exercise):
                found.append(Reason(ban.key, self.reported(ban.key), ban.side))
        named = self._named_keys(step, exercise)
        for reach in clearance.reaches:
            meets = not reach.regions.isdisjoint(exercise.regions)
            if meets and (reach.key in named or reach.gear & step.equipment):
                found.append(Reason(reach.key, self.reported(reach.key), reach.side))
        easy = self.easy_reach(exercise)
        if easy and not NOT_IN_EASY_MODE.isdisjoint(exercise.kinds):
            words = f"not in easy mode ({clearance.says.get(easy.key, easy.key)})"
            found.append(Reason(easy.key, words, only_easy=True))
        return found

    def reported(self, key: str) -> str:
        return f"you told of {self.clearance.says.get(key, key)}"

    def easy_reach(self, exercise: Exercise) -> Reach | None:
        """Return the reach that eases an exercise today; None if there is none."""
        if exercise.kinds <= UNTOUCHED:
            return None
        for reach in self.clearance.easy:
            if not reach.regions.isdisjoint(exercise.regions):
                return reach
        return None

    def _no_deep_pressure(self, exercise: Exercise) -> str:
        """Why deep pressure is not played; empty if this person may have it today."""
        if not exercise.vetted:
            return "deep pressure is only played as the catalogue has it"
        if self.clearance.no_deep_pressure:
            return self.clearance.no_deep_pressure
        if any(reach.regions & _FRONT_OF_THE_HIP for reach in self.clearance.easy):
            return "no deep pressure in easy mode"
        if not _is_modest(self.routine):
            return "this is more deep pressure than is played in a day"
        return ""

    def _named_keys(self, step: Step, exercise: Exercise) -> frozenset[str]:
        """The keys that block this step. An exercise from a file adds the keys of its relatives."""
        named = exercise.avoid_if | step.avoid_if | self.routine.avoid_if
        return named if exercise.vetted else named | keys_of_relatives(exercise, self._vetted())


def touches(step: Step, side: Side | None) -> bool:
    """Whether a reason for one side blocks a step that does not do both sides in turn."""
    if side is None or step.exercise.both_at_once:
        return True  # whatever side the file gives
    if step.dose.side is Sides.LEFT:
        return side is not Side.RIGHT
    if step.dose.side is Sides.RIGHT:
        return side is not Side.LEFT
    return True


def as_screened(step: Step) -> Exercise:
    """Return the exercise with the kinds that it counts as, whatever its file says.

    An exercise from a file that uses a massage tool counts as pressing. Pressing into the belly, or
    with a tool for the psoas, counts as deep pressure (clinical content, section 0; invariant 7).
    If a file adds a massage tool to an exercise of the catalogue, nobody has vetted the result.
    """
    exercise = step.exercise
    if exercise.vetted:
        if MASSAGE_TOOLS.isdisjoint(step.equipment - exercise.equipment):
            return exercise
        exercise = exercise._replace(vetted=False)
    kinds = exercise.kinds
    if step.equipment & MASSAGE_TOOLS and kinds.isdisjoint(MASSAGE):
        kinds |= {Kind.PRESS}
    on_belly = Region.BELLY in exercise.regions and exercise.regions != EVERYWHERE
    if kinds & MASSAGE and (on_belly or "psoas-tool" in step.equipment):
        kinds |= {Kind.DEEP_PRESS}
    return exercise._replace(kinds=kinds)


def keys_of_relatives(exercise: Exercise, vetted: Sequence[Exercise]) -> frozenset[str]:
    """The conditions that block the shipped exercises which an exercise of a file resembles."""
    return frozenset[str]().union(*(e.avoid_if for e in vetted if _is_related(exercise, e)))


def _is_modest(routine: Routine) -> bool:
    """Whether all deep pressure of a routine, at its maximum, stays within the bounds of L23."""
    longest = {Side.LEFT: 0, Side.RIGHT: 0}
    for step, rounds in with_rounds(routine.items, Pick.HIGH):
        if Kind.DEEP_PRESS not in step.exercise.kinds:
            continue
        pressure = step.dose.pressure
        if pressure is None or pressure.high > DEEPEST:
            return False
        for piece in run_of(step.dose, Pick.HIGH):
            if piece.open is Open.STAYS:
                return False  # it would press until the person presses a key
            for side in longest:
                if piece.side in {side, Side.BOTH, Side.ONE, Side.ALTERNATING}:
                    longest[side] += piece.ms * rounds
    return max(longest.values()) <= DEEP_MS


def _is_light_hands(step: Step) -> bool:
    """Whether a hand massage of the catalogue is played as intended: lightly and without a tool."""
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
    """Whether kind, region and position all match. An unknown one matches anything."""
    return not (
        ban.kinds.isdisjoint(exercise.kinds)
        or ban.regions.isdisjoint(exercise.regions)
        or ban.positions.isdisjoint(exercise.positions)
    )


def _is_related(exercise: Exercise, entry: Exercise) -> bool:
    """Whether two exercises share a kind and a region. Any two kinds of massage are related."""
    if exercise.kinds.isdisjoint(entry.kinds):
        return bool(exercise.kinds & MASSAGE and entry.kinds & MASSAGE)
    return bool(exercise.kinds & entry.kinds & MASSAGE) or not exercise.regions.isdisjoint(
        entry.regions
    )
