"""Whole sessions of the shipped routines, listened to by code."""

from dataclasses import replace

import numpy as np
import pytest

from audio.cue import CueKind, CueSheet, Spoken
from audio.frames import RATE, frame_of
from audio.mixer import LOUDEST, Mixer
from player.check.loading import open_routine
from player.cues import cue_sheet
from player.routine.library import open_library
from player.routine.model import Plan
from player.timeline import DEFAULT_CHOICES, compile

LIBRARY = open_library()
IMPULSE = np.array([0.5], np.float32)

every_routine = pytest.mark.parametrize("name", sorted(LIBRARY.ids))


def sheet_of(name: str) -> CueSheet:
    path = LIBRARY.find(name)
    assert path is not None
    opened = open_routine(path, LIBRARY.catalogue)
    assert opened.routine is not None
    return cue_sheet(compile(Plan.whole(opened.routine), DEFAULT_CHOICES))


@every_routine
def test_every_cue_begins_on_its_frame(name: str) -> None:
    """With an impulse in place of each thing that is said, block by block as a device asks."""
    sheet = sheet_of(name)
    said = replace(
        sheet,
        cues=tuple(cue._replace(spoken=Spoken(str(cue.at), "en", 1)) for cue in sheet.cues),
    )
    mixer = Mixer(said, {("en", str(cue.at)): IMPULSE for cue in sheet.cues})
    heard: list[int] = []
    for first in range(0, mixer.length, 4_800):
        block = mixer.read(first, 4_800)
        heard += [first + int(index) for index in np.flatnonzero(block[:, 0])]
    assert heard == sorted({frame_of(cue.at) for cue in sheet.cues})


@every_routine
def test_with_its_chimes_nothing_is_too_loud_and_each_is_there(name: str) -> None:
    sheet = sheet_of(name)
    mixer = Mixer(sheet)
    loudest = [
        float(np.abs(mixer.read(first, 30 * RATE)).max())
        for first in range(0, mixer.length, 30 * RATE)
    ]
    assert max(loudest) <= LOUDEST
    starts = [frame_of(cue.at) for cue in sheet.cues if cue.kind is CueKind.START]
    assert starts and all(mixer.next_onset(start) == start for start in starts)
