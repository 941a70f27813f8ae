"""Writes a schema as text and to a file."""

import json
from pathlib import Path
from urllib.parse import quote

from player.authoring.schema.pieces import Schema
from player.authoring.schema.routine import exercises_schema, routine_schema
from player.base.files import write_whole
from player.base.text import escape_json
from player.library.folders import Library
from player.safety.matrix import load_matrix
from player.safety.questions import load_questionnaire


def schema_text(library: Library, exercises: bool, languages: tuple[str, ...]) -> str:
    """Return the schema of routine or catalogue files. The same library gives the same text."""
    matrix = load_matrix()
    conditions = {key: matrix.conditions[key].says for key in sorted(matrix.conditions)}
    if exercises:
        return as_text(exercises_schema(conditions))
    asked = load_questionnaire().followups
    questions = {q.needs: q.ask for q in sorted(asked, key=lambda q: q.needs) if q.needs}
    return as_text(routine_schema(library.catalogue, conditions, questions, languages))


def as_text(schema: Schema) -> str:
    return escape_json(json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)) + "\n"


def write(text: str, file: Path) -> None:
    """Write the file whole or not at all, since an editor may be reading it. Raises OSError."""
    write_whole(file, text.encode("utf-8"))


def how_to_use(file: Path) -> str:
    """Return one sentence on how to use the file. A modeline ends at a space, so quote the name."""
    return (
        "Write this as the first line of a file in the same folder, and an editor with "
        "yaml-language-server completes and explains: "
        f"# yaml-language-server: $schema={quote(file.name)}"
    )
