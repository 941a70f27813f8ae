"""Measures how the cost of planning a session grows with its length."""

from bench.pairs import processor_seconds, ratio
from bench.row import Row, at_most
from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import open_document
from player.routine.terms import SHIPPED
from player.session.cues import cue_sheet
from player.session.speech import texts_to_speak, with_speech
from player.session.timeline import Timeline

LONG_H, SHORT_H = 12, 3
PLANNING = f"processor time of planning a session of {LONG_H} h, for each segment"

_LANGUAGES = ("en",)
_STEPS = "  - calf-wall-straight: 2 x 20s each side rest 5s\n  - ham-chair-sit: 10s left ready 5s\n"


def planning() -> list[Row]:
    """Compare a long session with a shorter one. If the cost is proportional to the length, it is
    the same for each segment.
    """
    long, short = timeline_of(LONG_H), timeline_of(SHORT_H)
    figure = ratio(lambda: _seconds_per_segment(long), lambda: _seconds_per_segment(short))
    return [at_most(PLANNING, f"the same for a session of {SHORT_H} h", figure, 3.0)]


def timeline_of(hours: int) -> Timeline:
    """Return a session that lasts at least this many hours, with segments of a few seconds."""
    catalogue = open_library([SHIPPED]).catalogue
    rounds = 1
    while True:
        source = f"name: Long\nsteps:\n{_STEPS * rounds}".encode()
        opened = open_document(read_bytes(source, "long.yaml"), catalogue)
        assert opened.timeline, opened.report()
        if opened.timeline.total_ms >= hours * 3_600_000:
            return opened.timeline
        rounds = rounds * hours * 3_600_000 // opened.timeline.total_ms + 1


def plan(timeline: Timeline) -> None:
    """Plan a session, then plan it again with its first step ten seconds longer."""
    for each in (timeline, timeline.longer(1, 10_000)):
        sheet = cue_sheet(each, _LANGUAGES)
        texts_to_speak(sheet, each, _LANGUAGES)
        with_speech(sheet, each, _LANGUAGES, lambda text, _: 250 + 60 * len(text))


def _seconds_per_segment(timeline: Timeline) -> float:
    return processor_seconds(lambda: plan(timeline)) / len(timeline.segments)
