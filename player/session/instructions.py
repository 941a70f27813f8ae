"""What there is to read before a step: how it is done, what to feel, what to avoid."""

from collections.abc import Sequence
from textwrap import wrap

from player.routine.model import Cycles, Plan, Step
from player.routine.times import duration
from player.routine.vocabulary import Variant

YOU_NEED = "You need: "
EASIER = "Easier: "


def step_lines(step: Step, plan: Plan, languages: Sequence[str] = ()) -> list[str]:
    """What a person reads before a step: how, what to feel, what to avoid, notes."""
    exercise = step.exercise
    lines = [text.pick(languages) for text in exercise.how]
    easier, harder = exercise.easier, exercise.harder
    if step.variant is Variant.EASIER and easier:
        lines.append(f"Today's variant: {easier.pick(languages)}")
    elif step.variant is Variant.HARDER and harder:
        lines.append(f"Today's variant: {harder.pick(languages)}")
    elif easier:
        lines.append(f"{EASIER}{easier.pick(languages)}")
    if exercise.feel:
        lines.append(f"Feel: {exercise.feel.pick(languages)}")
    if exercise.mistakes:
        lines.append(
            "Avoid: " + "; ".join(text.pick(languages) for text in exercise.mistakes) + "."
        )
    if exercise.keep_off:
        lines.append("Keep off: " + "; ".join(t.pick(languages) for t in exercise.keep_off) + ".")
    lines += dose_lines(step)
    if step.equipment:
        lines.append(f"{YOU_NEED}{', '.join(sorted(step.equipment))}.")
    if step.load:
        lines.append(f"Load: {step.load}")
    if step.until:
        lines.append(f"Until: {step.until.pick(languages)}. Press d to end it early.")
    for amount in step.dose.work:
        if isinstance(amount, Cycles):
            lines += _phase_lines(amount, languages)
    for note in (exercise.note, step.note):
        if note:
            lines.append(note.pick(languages))
    lines += [f"Note: {words}" for number, words in plan.notes if number == step.number]
    return lines


def flowed(lines: list[str], how: int, width: int, rows: int) -> list[str]:
    """The lines as they fit into `rows` of `width`: one a row, else run together.

    First the first `how` lines, which are one description, then all; at last without what is
    needed, which was told before the start, and what could be easier.
    """
    first, rest = " ".join(lines[:how]), lines[how:]
    spare = [line for line in rest if not line.startswith(YOU_NEED)]
    least = [line for line in spare if not line.startswith(EASIER)]
    ways = (
        lines,
        [first, *rest],
        [first, " ".join(rest)],
        [first, " ".join(spare)],
        [" ".join((first, *least))],
    )
    for way in ways:
        if sum(len(wrap(line, max(width, 1))) for line in way) <= rows:
            return way
    return ways[-2]


def _phase_lines(cycles: Cycles, languages: Sequence[str]) -> list[str]:
    lines = []
    for phase in cycles.phases:
        extra = [f"{phase.effort.low}% effort" if phase.effort else ""]
        extra += [text.pick(languages) for text in (phase.say, phase.note) if text]
        words = ", ".join(word for word in extra if word)
        lines.append(f"{phase.word}, {duration(phase.time.low)}{': ' + words if words else ''}")
    return lines


def dose_lines(step: Step) -> list[str]:
    """Pressure, effort and breath in words."""
    dose = step.dose
    lines = []
    if dose.pressure:
        low, high = dose.pressure
        amount = f"at most {high}" if low == 0 else f"{low}" if low == high else f"{low} to {high}"
        lines.append(f"Pressure: {amount} out of 10.")
    if dose.effort:
        low, high = dose.effort
        lines.append(f"Effort: {low}%." if low == high else f"Effort: {low} to {high}%.")
    if dose.paced:
        names = ("in", "out") if len(dose.breathe) == 2 else ("in", "hold", "out", "hold")
        parts = [f"{name} {duration(ms)}" for name, ms in zip(names, dose.breathe, strict=False)]
        lines.append(f"Breathe: {', '.join(parts)}.")
    return lines
