"""A programme of nine seconds, with chimes, chapters and names that need quoting."""

from audio.cue import CueKind
from audio.export.programme import Chapter, Programme, ProgrammePart
from audio.frames import RATE, frame_of
from audio.mixer import Mixer
from tests.audio.fakes import sheet

MIXER = Mixer(sheet(*((at, CueKind.START) for at in range(1_000, 28_000, 3_000))))
LENGTH = frame_of(9_000) + 77
TITLES = ["Before you start", "Calf; = # \\ 'é' \"x\"", "Rest"]
PROGRAMME = Programme(
    "Calf = stretch; #1",
    [ProgrammePart(Mixer(sheet((0, CueKind.START))), RATE), ProgrammePart(MIXER, LENGTH - RATE)],
    [Chapter(0, TITLES[0]), Chapter(RATE, TITLES[1]), Chapter(5 * RATE, TITLES[2])],
    "Stop if it hurts.",
)
