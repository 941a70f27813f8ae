"""Builds what a person reads after a session: the work done, and how sore each place is now."""

from collections.abc import Sequence
from typing import NamedTuple

from player.routine.model import text
from player.routine.pieces import SegmentKind
from player.routine.times import duration
from player.routine.vocabulary import REGION_WORDS, Region, Side
from player.safety.findings import Soreness
from player.safety.prompts import Form, Prompt
from player.safety.questions import load_questionnaire
from player.session.cues import side_words
from player.session.state import LEAST_WORK_MS, State, work_done


class RegionWork(NamedTuple):
    """Milliseconds of work on one region, by side."""

    region: Region
    left: int = 0
    right: int = 0
    both: int = 0


def work_by_region(state: State, now: int) -> list[RegionWork]:
    """Return the work done by region and side. Alternating work counts as both sides."""
    found: dict[Region, RegionWork] = {}
    for index, ms in state.credit_at(now).items():
        segment = state.timeline.segments[index]
        if segment.kind is not SegmentKind.WORK:
            continue
        side = segment.side.value if segment.side in {Side.LEFT, Side.RIGHT} else "both"
        for region in state.timeline.steps[segment.step].exercise.stated_regions:
            work = found.get(region, RegionWork(region))
            found[region] = work._replace(**{side: getattr(work, side) + ms})
    return [found[region] for region in Region if region in found]


def region_lines(state: State, now: int) -> list[str]:
    """Return one line for each region that was worked on: `Calf: left 1:30, right 1:30`."""
    lines = []
    for work in work_by_region(state, now):
        sides = (("left", work.left), ("right", work.right), ("both sides", work.both))
        parts = [
            f"{word} {duration(ms // 1_000 * 1_000)}" for word, ms in sides if ms >= LEAST_WORK_MS
        ]
        if parts:
            lines.append(f"{REGION_WORDS[work.region]}: {', '.join(parts)}")
    return lines


def summary_lines(state: State, now: int, languages: Sequence[str] = ()) -> list[str]:
    """Return one line for each exercise and side that was done."""
    lines = []
    titles = {step.exercise.label: step.title for step in state.timeline.steps.values()}
    for (exercise, side), ms in work_done(state, now).items():
        if ms < LEAST_WORK_MS:
            continue  # the person skipped it
        title = titles.get(exercise, text(exercise))
        words = side_words(side, title.language(languages)) if side is not Side.BOTH else ""
        name = ", ".join(part for part in (title.pick(languages), words) if part)
        lines.append(f"{name}: {duration(ms // 1_000 * 1_000)}")
    return lines


def after_prompts(sorenesses: Sequence[Soreness]) -> list[tuple[Soreness, Prompt]]:
    """Return one question for each place that was sore before the session: how sore is it now?

    If no place was sore, return one question about the sorest place.
    """
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
