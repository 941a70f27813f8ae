"""Reads a coach's own cues: when to play them, what to say, and which sound clip."""

import re

from player.document.nodes import Map, Node, Scalar
from player.routine import dose as grammar
from player.routine.fields import Fields, short
from player.routine.model import CuePoint, StepCue, Text, When
from player.routine.shape import report

CLIP_TYPES = (".wav", ".flac", ".mp3", ".ogg")
_CLIP = re.compile(r"[^\\:*?\"<>|]{1,200}")
_KEYS = ("say", "clip", "when")


def read_cues(fields: Fields, key: Scalar, node: Node) -> tuple[StepCue, ...]:
    """Read `cues:`, a map of times to texts or to `{say, clip, when}`."""
    if fields.lost(node):
        return ()
    if not isinstance(node, Map):
        fields.problems.error(
            "E103", key, "`cues` should be a map of times", "`cues: {half: Breathe out}`"
        )
        return ()
    found = []
    for point, value in node:
        parsed, issues = grammar.parse_cue_point(point.text)
        report(point, issues, fields.problems)
        cue = _cue(fields, point, value, CuePoint(*parsed) if parsed else CuePoint(0))
        if parsed and cue:
            found.append(cue)
    return tuple(found)


def _cue(fields: Fields, point: Scalar, value: Node, at: CuePoint) -> StepCue | None:
    if not isinstance(value, Map) or not {"say", "clip", "when"} & value.pairs.keys():
        say = fields.text(value, point)
        return StepCue(at, say) if say else None
    spoken: Text | None = None
    clip: str | None = None
    when = When.EVERY
    for name, part in value:
        if name.text == "say":
            spoken = fields.text(part, name)
        elif name.text == "clip":
            clip = _clip(fields, name, part)
        elif name.text == "when":
            when = fields.word(part, name, When) or When.EVERY
        else:
            fields.unknown(name, _KEYS, "a cue")
    if "say" not in value.pairs and "clip" not in value.pairs:
        fields.problems.error("E102", point, "a cue needs `say:` or `clip:`")
        return None
    return StepCue(at, spoken, clip, when)


def _clip(fields: Fields, key: Scalar, node: Node) -> str | None:
    """A path inside the folder of the routine, with a file type that the player can decode."""
    scalar = fields.scalar(node, key, "a path such as sounds/bell.wav")
    if not scalar:
        return None
    path = scalar.text.strip()
    parts = path.split("/")
    if (
        not _CLIP.fullmatch(path)
        or path.startswith(("/", "~", "-", "$", "%"))
        or any(part in {"", ".", ".."} or part != part.strip() for part in parts)
    ):
        fields.problems.error(
            "E403",
            scalar,
            f"`{short(path)}` is not a path inside this file's folder",
            "write a relative path with `/`, such as `sounds/bell.wav`",
        )
        return None
    if not path.lower().endswith(CLIP_TYPES):
        fields.problems.error(
            "E403", scalar, f"`{short(path)}` is no sound file", f"one of: {', '.join(CLIP_TYPES)}"
        )
        return None
    return path
