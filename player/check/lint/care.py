"""Heat, cold, raising and wrapping: L34, L36 to L42.

The rules look for required words in `how`. A step that is not in the catalogue has no `how`, so
there they look in its `note`.
"""

import re
from collections.abc import Iterator, Sequence

from player.check.lint.facts import (
    DOSE,
    MINUTE,
    SETS,
    Course,
    Found,
    is_timed,
    listed,
    often_in,
    outside,
)
from player.document.problem import ERROR, INFO, WARNING
from player.routine.limits import COLD_MS, EARLY_CARE_MS, HEAT_MS
from player.routine.model import (
    Block,
    Cycles,
    Dose,
    HeldReps,
    Item,
    Pick,
    Step,
    StepCue,
    Text,
    When,
)
from player.routine.often import often_of
from player.routine.pieces import set_lengths
from player.routine.terms import load_terms
from player.routine.times import duration
from player.routine.vocabulary import MASSAGE, Kind, Region, Side, Sides

EARLY_CARE = "early-care"
_TEXTS = ("how", "note")
_NOT_AFTER_COLD = MASSAGE | {
    Kind.STATIC, Kind.DYNAMIC, Kind.CONTRACT_RELAX, Kind.STRENGTHEN, Kind.HEAT,
}  # fmt: skip
_EARLY = frozenset({Kind.EARLY_CARE, Kind.COOL, Kind.BREATHE})
_BY_THE_NERVE = frozenset({Region.KNEE, Region.CALF, Region.SHIN})

# English, Spanish, French, German, Italian, Portuguese
_CLOTH = re.compile(
    r"\b(?:cloth|towel|pillowcase|flannel|paño|toalla|tela|trapo|linge|serviette|torchon|tissu"
    r"|tuch|handtuch|lappen|panno|asciugamano|pano|tecido)(?:s|es)?\b"
)
_NO_CLOTH = re.compile(
    r"\b(?:no|not|never|without|sin|sans|ohne|kein|senza|sem)\b[^,;:.!?]*$",
)
_SKIN = re.compile(r"\b(?:skin|piel|peau|haut|pelle|pele)\b")
_MINUTES = re.compile(r"\b(\d+|one|two|three|four|five)[\s-]*(?:min\b|minut)")
_FEW = frozenset({"1", "2", "3", "4", "5", "one", "two", "three", "four", "five"})
_TOES = re.compile(
    r"\b(?:press|pinch|check|look|feel|watch|see|colour|color|warm|cold|numb|pink|pale|mira"
    r"|comprueba|aprieta|presiona|color)\b"
)
_TOE = re.compile(r"\b(?:toe|toes|toenails?|dedos? (?:de|del) pie|dedos?)\b")
_WRAP = re.compile(r"\b(?:wrap|bandage|venda|vendaje)")


def _instructions(step: Step) -> list[str]:
    """Every sentence about how to do a step, in every language, in lower case."""
    exercise = step.exercise
    texts: Sequence[Text] = exercise.how if exercise.known else (step.note,) if step.note else ()
    return [
        part.casefold() for text in texts for words in text.words.values() for part in _split(words)
    ]


_END = re.compile(r"[.!?]+(?:\s|$)|\n")


def _split(words: str) -> list[str]:
    return [part for part in _END.split(words) if part]


def _names_a_cloth(step: Step) -> bool:
    return any(
        not _NO_CLOTH.search(sentence[: found.start()])
        for sentence in _instructions(step)
        for found in _CLOTH.finditer(sentence)
    )


def heat(course: Course) -> Iterator[tuple[Step, Found]]:
    """L34: heat that is too long, or without a cloth."""
    for done in course.of(Kind.HEAT):
        step = done.step
        if done.side.high > HEAT_MS:
            message = f"{duration(done.side.high)} of heat is too long"
            yield step, Found("L34", ERROR, message, "20 minutes are the most")
        if not _names_a_cloth(step):
            message = "this names no cloth between the heat and the skin"
            yield step, Found("L34", ERROR, message, "say so in `how` (here: in `note`)", _TEXTS)
        if EARLY_CARE in course.words:
            message = "no heat in the first 72 hours after an injury"
            yield step, Found("L34", ERROR, message, "leave it out", ())


def cold_time(course: Course) -> Iterator[tuple[Step, Found]]:
    """L36: cold that is too long or too short."""
    help = "10 to 15 minutes"
    for done in course.of(Kind.COOL):
        high = done.side.high
        if message := outside(" of cold", done.side, 5 * MINUTE, COLD_MS, high="too long"):
            level = WARNING if high > COLD_MS else INFO
            level = ERROR if high > 20 * MINUTE else level
            yield done.step, Found("L36", level, message, help)


def cold_cloth(course: Course) -> Iterator[tuple[Step, Found]]:
    """L37: cold without a cloth or an early look at the skin."""
    for done in course.of(Kind.COOL):
        step = done.step
        if not _names_a_cloth(step):
            message = "this names no cloth between the cold and the skin"
            help = "`how: [Wrap the pack in a damp cloth]`; a step of your own says it in `note`"
            yield step, Found("L37", ERROR, message, help, _TEXTS)
        if not (any(map(_looks_early, _instructions(step))) or _cue_looks_early(step)):
            message = "this does not say to look at the skin after 5 minutes"
            help = '`cues: {"5:00": Look at the skin}`'
            yield step, Found("L37", ERROR, message, help, ("cues",))


def _looks_early(sentence: str) -> bool:
    if not _SKIN.search(sentence):
        return False
    return any(found[1] in _FEW for found in _MINUTES.finditer(sentence))


def _cue_looks_early(step: Step) -> bool:
    once = step.dose.sets.high == 1 and len(step.dose.work) == 1
    length = _longest_set(step.dose)
    return any(
        cue.say
        and any(_SKIN.search(words.casefold()) for words in cue.say.words.values())
        and (once or cue.when is not When.LAST)
        and _is_early(cue, length)
        for cue in step.cues
    )


def _longest_set(dose: Dose) -> int | None:
    """The most time from the start of a set to its end, or None if a key ends it."""
    if not is_timed(dose):
        return None
    return max(ms for _, ms in set_lengths(dose, Pick.HIGH))


def _is_early(cue: StepCue, length: int | None) -> bool:
    """Whether a cue plays in the first 5 minutes. `length` is the length of a set, if known."""
    at = cue.at
    if at.percent is None and not at.from_end:
        return at.ms <= 5 * MINUTE
    if length is None:
        return False
    return (length - at.ms if at.from_end else length * (at.percent or 0) // 100) <= 5 * MINUTE


def cold_by_the_nerve(course: Course) -> Iterator[tuple[Step, Found]]:
    """L38: cold near the nerve at the outer knee."""
    for done in course.of(Kind.COOL):
        step = done.step
        if step.exercise.regions & _BY_THE_NERVE and not _spares_the_outer_knee(step):
            message = "cold here has to keep off the outer knee, where a nerve lies under the skin"
            help = "`keep_off: [outer knee]` in the catalogue; a step of your own says it in `note`"
            yield step, Found("L38", ERROR, message, help, ("keep_off", "note"))


def _spares_the_outer_knee(step: Step) -> bool:
    texts = step.exercise.keep_off if step.exercise.known else (step.note,) if step.note else ()
    return any(
        load_terms().search.names(words, "knee_outer_knob")
        for text in texts
        for words in text.words.values()
    )


def cold_often(course: Course) -> Iterator[tuple[Step | None, Found]]:
    """L40, how often."""
    for step, text in often_in(course, Kind.COOL):
        often = often_of(text)
        if often and often.per_day > 12:
            message = "cold more often than every 2 hours"
            help = "write `every 2 hours` or less"
            yield step, Found("L40", WARNING, message, help, ("often",))


def raised(course: Course) -> Iterator[tuple[Step, Found]]:
    """L41: raising or wrapping that is too long or too tight to check."""
    for done in course.of(Kind.EARLY_CARE):
        step = done.step
        if done.side.high > EARLY_CARE_MS:
            message = f"{duration(done.side.high)} in one go is long"
            yield step, Found("L41", WARNING, message, "30 minutes are the most")
        if _wraps(step) and not any(
            _TOE.search(line) and _TOES.search(line) for line in _instructions(step)
        ):
            message = "a wrap without a look at the toes"
            help = "`how: [Press a toenail. Its own colour must return in 2 seconds.]`"
            yield step, Found("L41", ERROR, message, help, _TEXTS)


def _wraps(step: Step) -> bool:
    names = (*step.title.words.values(), *step.exercise.name.words.values())
    return "wrap" in step.equipment or any(_WRAP.search(name.casefold()) for name in names)


def after_cold(course: Course) -> Iterator[tuple[Step, Found]]:
    """L39. In a repeated block, a step also follows the steps below it."""
    if not course.of(Kind.COOL):
        return
    cold: set[Region] = set()
    reported: set[int] = set()
    for step in _in_order(course.routine.items):
        exercise = step.exercise
        dulled = exercise.regions & cold
        if exercise.kinds & _NOT_AFTER_COLD and dulled and step.number not in reported:
            reported.add(step.number)
            where = listed(dulled) if exercise.stated_regions else "a part"
            message = f"{where} had cold before, which dulls the warning signs"
            yield step, Found("L39", ERROR, message, "put it before the cold, or leave it out", ())
        if exercise.kind is Kind.COOL:
            cold |= exercise.regions


def _in_order(items: Sequence[Item]) -> Iterator[Step]:
    """The steps in the order played. Two rounds of a block are enough: a third adds nothing new."""
    for item in items:
        if isinstance(item, Step):
            yield item
        elif isinstance(item, Block):
            for _ in range(min(item.rounds.high, 2)):
                yield from _in_order(item.items)


def cold_twice(course: Course) -> Iterator[tuple[Step, Found]]:
    """L40, in one routine."""
    had: set[tuple[Region, Side]] = set()
    for done in course.of(Kind.COOL):
        step = done.step
        places = {(region, side) for region in step.exercise.regions for side in _sides(step)}
        again = {region for region, _ in places & had}
        if again or _times_in(step.dose) * done.rounds.high > 1:
            where = listed(again or step.exercise.regions)
            message = f"{where}: cold twice in one routine"
            help = "at least 2 hours lie between"
            yield step, Found("L40", WARNING, message, help, SETS if not again else DOSE)
        had |= places


def _times_in(dose: Dose) -> int:
    """How often the cold comes in one run."""
    reps = [a.count.high for a in dose.work if isinstance(a, HeldReps | Cycles)]
    return dose.sets.high * max(reps, default=1)


def _sides(step: Step) -> tuple[Side, ...]:
    if step.dose.side is Sides.LEFT:
        return (Side.LEFT,)
    return (Side.RIGHT,) if step.dose.side is Sides.RIGHT else (Side.LEFT, Side.RIGHT)


def early_care_alone(course: Course) -> Iterator[tuple[Step, Found]]:
    """L42: steps that early care must not hold."""
    if EARLY_CARE in course.words:
        for done in course.done:
            if not done.step.exercise.kinds <= _EARLY:
                message = "early care only settles, raises, wraps, cools and breathes"
                help = "take this step out, or the goal `early-care`"
                yield done.step, Found("L42", ERROR, message, help, ())
