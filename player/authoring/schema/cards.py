"""Offers the exercises of the catalogue, with their cards, as keys of a step and as values."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from player.authoring.schema.doses import own_dose, usual_doses
from player.authoring.schema.pieces import Schema, ref
from player.routine.catalogue import Catalogue, Entry
from player.routine.model import Text
from player.show.listing import dose_words

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def exercise_keys(
    catalogue: Catalogue, says: Mapping[str, str], languages: Sequence[str]
) -> Schema:
    """Return every id as a key of a step, with its card and its usual doses."""
    found: Schema = {}
    for entry in _in_order(catalogue):
        schema = {**_card(entry, says, languages), "allOf": [ref("dose")]}
        if doses := list(usual_doses(entry)):
            schema["defaultSnippets"] = [
                {"label": dose, "body": dose, "description": words} for dose, words in doses
            ]
        found[entry.exercise.id] = schema
    return found


def exercise_ids(catalogue: Catalogue, says: Mapping[str, str], languages: Sequence[str]) -> Schema:
    """Return every id as a value, alone in a step or after `use`. Other values are allowed too."""
    return {
        "anyOf": [
            *(
                # Without `allOf` the server also offers it as the beginning of a key.
                {"const": entry.exercise.id, "allOf": [{}], **_card(entry, says, languages)}
                for entry in _in_order(catalogue)
            ),
            {"title": "an exercise"},
        ]
    }


def _in_order(catalogue: Catalogue) -> list[Entry]:
    return sorted(catalogue.entries, key=lambda entry: entry.exercise.id)


def _card(entry: Entry, says: Mapping[str, str], languages: Sequence[str]) -> Schema:
    exercise = entry.exercise
    regions = ", ".join(sorted(exercise.regions))
    dose = own_dose(entry) or dose_words(entry.step(1, 1).dose)
    return {
        "title": exercise.id,
        "description": f"{exercise.kind}, {regions}: {dose}",
        "markdownDescription": "\n\n".join(_paragraphs(entry, regions, dose, says, languages)),
    }


def _paragraphs(
    entry: Entry, regions: str, dose: str, says: Mapping[str, str], languages: Sequence[str]
) -> Iterator[str]:
    exercise = entry.exercise

    def plain(text: Text) -> str:
        return literal(text.pick(languages))

    where = "both sides at once" if exercise.both_at_once else "one side at a time"
    position = ", ".join(sorted(exercise.positions))
    yield f"**{literal(exercise.name.pick(languages))}**"
    yield f"{exercise.kind} · {regions} · {position} · {where}"
    yield f"Its own dose: **{literal(dose)}**" + (
        f", {literal(exercise.often)}" if exercise.often else ""
    )
    if exercise.how:
        yield "\n".join(f"{number}. {plain(line)}" for number, line in enumerate(exercise.how, 1))
    for label, text in (("Feel", exercise.feel), ("Note", exercise.note)):
        if text:
            yield f"*{label}:* {plain(text)}"
    for label, parts in (
        ("Avoid", [plain(text) for text in exercise.mistakes]),
        ("Keep off", [plain(text) for text in exercise.keep_off]),
        ("Needs", sorted(exercise.equipment)),
        ("Left out or swapped for people with", _conditions(exercise.avoid_if, says)),
        ("Played with a note for people with", _conditions(exercise.caution, says)),
    ):
        if parts:
            yield f"*{label}:* {'; '.join(parts)}"


def _conditions(ids: Iterable[str], says: Mapping[str, str]) -> list[str]:
    return [literal(says.get(id_, id_)) for id_ in sorted(ids)]


def literal(text: str) -> str:
    """Escape a text so that an editor shows its characters and not markup."""
    return _MARKUP.sub(r"\\\1", text)
