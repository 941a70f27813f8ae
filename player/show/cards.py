"""Prints what a coach looks up while writing: exercises, conditions and sets of questions."""

from collections.abc import Iterator, Sequence

from player.figures.alt import alt_text, words_for
from player.routine.catalogue import Entry
from player.routine.model import Plan, Routine
from player.safety.matrix import load_matrix
from player.safety.questions import load_questionnaire
from player.session.instructions import step_lines
from player.show.listing import dose_words


def exercise_card(entry: Entry, languages: Sequence[str]) -> Iterator[str]:
    """Yield the card of an exercise: how to do it, its dose, and the conditions that change it."""
    exercise, step = entry.exercise, entry.step(1, 1)
    alone = Routine(exercise.id, "", exercise.name, (step,))
    says = {key: row.says for key, row in load_matrix().conditions.items()}
    yield f"{exercise.id}: {exercise.name.pick(languages)}"
    yield f"{exercise.kind}, {', '.join(sorted(exercise.regions))}: {dose_words(step.dose)}"
    yield from step_lines(step, Plan.whole(alone), languages)
    if exercise.figure is not None:
        text = alt_text(exercise.figure, exercise.stated_regions, languages, exercise.kind)
        yield f"{words_for(languages).figure}: {text}"
    for words, keys in (
        ("Left out or swapped for", exercise.avoid_if),
        ("Note for", exercise.caution),
    ):
        for key in sorted(keys):
            yield f"{words} `{key}`: {says[key]}."


def conditions_json() -> dict[str, object]:
    """Return the JSON of `list --conditions`. Its keys are stable."""
    conditions = load_matrix().conditions.items()
    followups = load_questionnaire().followups
    return {
        "conditions": [
            {"id": key, "class": row.rank.word, "says": row.says} for key, row in conditions
        ],
        "screening": [{"id": row.needs, "asks": row.ask} for row in followups if row.needs],
    }


def condition_lines() -> Iterator[str]:
    """Yield the ids for `avoid_if` and `caution`, and the sets of questions for `screening`."""
    conditions = load_matrix().conditions
    width = max(map(len, conditions))
    yield "For `avoid_if`, `caution` and a file of answers:"
    for key, row in conditions.items():
        yield f"  {key:{width}}  {row.rank.word}: {row.says}"
    yield ""
    yield "For `screening`:"
    for question in load_questionnaire().followups:
        if question.needs:
            yield f"  {question.needs:{width}}  {question.ask}"
