"""What there is to read: before a step how it is done, after a session what was done."""

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from player.routine.model import Cycles, Plan, Step
from player.routine.pieces import SegmentKind
from player.routine.times import duration
from player.routine.vocabulary import REGION_WORDS, Region, Side, Variant
from player.safety.findings import Soreness
from player.safety.prompts import Form, Prompt
from player.safety.questions import load_questionnaire
from player.session.cues import side_words
from player.session.state import State, work_done

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


class RegionWork(NamedTuple):
    """Milliseconds of work that reached a region, by side."""

    region: Region
    left: int = 0
    right: int = 0
    both: int = 0


def work_by_region(state: State, now: int) -> list[RegionWork]:
    """What was really done, by region and side; alternating work counts for both."""
    found: dict[Region, RegionWork] = {}
    for index, ms in state.credit_at(now).items():
        segment = state.timeline.segments[index]
        if segment.kind is not SegmentKind.WORK:
            continue
        side = segment.side.value if segment.side in {Side.LEFT, Side.RIGHT} else "both"
        for region in state.timeline.steps[segment.step].exercise.told_regions:
            work = found.get(region, RegionWork(region))
            found[region] = work._replace(**{side: getattr(work, side) + ms})
    return [found[region] for region in Region if region in found]


def region_lines(state: State, now: int) -> list[str]:
    """`Calf: left 1:30, right 1:30`, a line for each region that was worked on."""
    lines = []
    for work in work_by_region(state, now):
        sides = (("left", work.left), ("right", work.right), ("both sides", work.both))
        parts = [f"{word} {duration(ms // 1_000 * 1_000)}" for word, ms in sides if ms >= 1_000]
        if parts:
            lines.append(f"{REGION_WORDS[work.region]}: {', '.join(parts)}")
    return lines


def summary_lines(state: State, now: int, languages: Sequence[str] = ()) -> list[str]:
    """What was done, by exercise and side."""
    lines = []
    names = {s.exercise.label: s.title.pick(languages) for s in state.timeline.steps.values()}
    for (exercise, side), ms in work_done(state, now).items():
        if ms < 1_000:
            continue  # skipped
        side_text = f", {side_words(side)}" if side.value != "both" else ""
        lines.append(f"{names.get(exercise, exercise)}{side_text}: {duration(ms // 1_000 * 1_000)}")
    return lines


def after_prompts(sorenesses: Sequence[Soreness]) -> list[tuple[Soreness, Prompt]]:
    """How sore each place is now that was sore before, or the sorest one where none was."""
    questions = load_questionnaire()
    words, why = questions.words, questions.words["why_S1_after"]
    if not sorenesses:
        prompt = Prompt("S1_after", Form.NUMBER, words["S1"], why, scale=questions.scale)
        return [(Soreness(0), prompt)]
    places = {place.id: place.say for place in questions.places}
    found = []
    for sore in sorenesses:
        where = places.get(sore.place or "", "The sore place")
        side = f", {side_words(sore.side)}" if sore.side else ""
        line = f"{where}{side}: it was {sore.level} before."
        prompt = Prompt(
            "S1_after",
            Form.NUMBER,
            words["S1_after"],
            why,
            lines=(line,),
            scale=questions.scale,
        )
        found.append((sore, prompt))
    return found
