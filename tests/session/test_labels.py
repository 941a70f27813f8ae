"""The label of every piece: in JSON, in lines, in cues, in speech and on the screen."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from player.library.folders import open_library
from player.library.opening import open_routine
from player.routine.model import Pick, Plan
from player.routine.terms import SHIPPED
from player.session.cues import cue_sheet
from player.session.snapshot import glance_at
from player.session.speech import texts_to_speak
from player.session.timeline import Choices, Timeline, compile
from player.show.segments import timeline_json, timeline_lines
from tests.routine.reading import opened, with_steps
from tests.session.test_written_played import ROWS

GOLDEN = Path(__file__).with_name("labels.txt")
WRITTEN = (
    *(cells[0] for cells in ROWS),
    "`Calf: up to 20-30s each side`",
    "`Calf: 45s-1:15 left`",
    "`Calf: 1:00-1:30`",
    "`Calf: 4.5s`",
    "`Calf: 1h`",
    "`Calf: 1:02:03`",
    "`Calf: 30s, 45s, up to 1m right`",
    "`Lunge: 1 rep one side`",
    "`Lunge: 8-12 reps alternating`",
    "`Lunge: 2 x 3-5 x 5-8s alternating relax 3s`",
    "`Belly: 1 breath breathe 4-6`",
    "`Belly: 5-8 breaths breathe 4-2-6-2`",
    "`Strokes: 1 pass`",
    "`Strokes: 5-10 passes each side`",
    "`Strokes: 101-115 passes tempo 1s`",
    "`{name: Ham, phases: [up: 2s, hold: 5s, down: 3s], side: alternating, cycles: 2}`",
    "`{name: Ham, phases: [Contract: 6s, RELAX: 2-4s, Deepen: 20s], side: each}`",
    "`{name: Ham, phases: [squeeze the ball: 1:05, let go: 4.5s], cycles: 2}`",
)
"""Doses of every shape that the page on the format does not show."""

LANGUAGES = ((), ("es",))


def test_every_label_and_text_matches_the_golden_file() -> None:
    """Set UPDATE_GOLDENS=1 to write the golden file again, and read each change before you commit
    it.
    """
    text = "\n".join([*_shipped(), *_written()]) + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text("utf-8")


def _shipped() -> Iterator[str]:
    """Yield the labels of every segment of every shipped routine."""
    library = open_library([SHIPPED])
    for file in library.files:
        found = open_routine(file, library.catalogue)
        assert found.timeline, found.report()
        yield f"{file.stem}: {_labels(found.timeline)}"


def _written() -> Iterator[str]:
    """Yield the labels and all texts of the doses in WRITTEN."""
    for written in WRITTEN:
        steps = [step.strip().strip("`") for step in written.split("⏎")]
        found = opened(with_steps(*steps))
        assert found.routine, found.report()
        yield from ("", written)
        for pick in (Pick.LOW, Pick.HIGH):
            yield f"{pick}: {_labels(compile(Plan.whole(found.routine), Choices(pick)))}"
        timeline = compile(Plan.whole(found.routine))
        yield from timeline_lines(found.routine, timeline, ())
        for languages in LANGUAGES:
            yield from dict.fromkeys(_texts(timeline, languages))


def _labels(timeline: Timeline) -> str:
    segments = timeline_json(timeline)["segments"]
    assert isinstance(segments, list)
    return " | ".join(str(segment["label"]) for segment in segments)


def _texts(timeline: Timeline, languages: Sequence[str]) -> Iterator[str]:
    """Yield the texts that are shown, cued and spoken."""
    sheet = cue_sheet(timeline, languages)
    for index, segment in enumerate(timeline.segments):
        seen = glance_at(timeline, index, segment.start, sheet, languages)
        yield f"seen: {seen.doing} | {seen.side_words} | {seen.amount} | {seen.next}"
    for cue in sheet.cues:
        if not cue.text.isdigit():
            yield f"cue: {cue.text}"
    for text, language in texts_to_speak(sheet, timeline, languages):
        if " " in text:  # numbers and single words are tested elsewhere
            yield f"said {language}: {text}"
