"""Whole sessions of the shipped routines, mixed and measured."""

import numpy as np
import pytest

from audio.cue import CueKind, CueSheet
from audio.frames import RATE, frame_of
from audio.mixer import LOUDEST, Mixer
from audio.volumes import Volumes
from player.library.folders import open_library
from player.library.opening import open_routine
from player.routine.model import Plan
from player.session.cues import cue_sheet
from player.session.speech import with_speech
from player.session.timeline import DEFAULT_CHOICES, Timeline, compile
from tests.habits import some_here_all_in_proof

LIBRARY = open_library()
IMPULSE = np.array([0.5], np.float32)


def timeline_of(name: str) -> Timeline:
    path = LIBRARY.find(name)
    assert path is not None
    opened = open_routine(path, LIBRARY.catalogue)
    assert opened.routine is not None
    return compile(Plan.whole(opened.routine), DEFAULT_CHOICES)


def sheet_of(name: str) -> CueSheet:
    return cue_sheet(timeline_of(name))


@pytest.mark.parametrize("name", some_here_all_in_proof(sorted(LIBRARY.ids), 4))
@pytest.mark.parametrize("language", ["en", "es"])
def test_all_speech_begins_on_its_frame(name: str, language: str) -> None:
    """Each text is replaced by an impulse, and the mixer is read block by block."""
    timeline = timeline_of(name)
    plan = with_speech(
        cue_sheet(timeline, (language,)),
        timeline,
        (language,),
        lambda text, _: 300 + 55 * len(text),
    )
    speech = {(cue.spoken.language, cue.spoken.text): IMPULSE for cue in plan.cues if cue.spoken}
    mixer = Mixer(plan, speech, volumes=Volumes(chimes=0))
    heard: list[int] = []
    for first in range(0, mixer.length, 4_800):
        block = mixer.read(first, 4_800)
        heard += [first + int(index) for index in np.flatnonzero(block[:, 0])]
    starts = {frame_of(cue.at + cue.spoken.after) for cue in plan.cues if cue.spoken}
    assert heard == sorted(starts) and len(heard) >= 5


@pytest.mark.parametrize("name", some_here_all_in_proof(sorted(LIBRARY.ids), 4))
def test_every_chime_is_there_and_none_is_too_loud(name: str) -> None:
    sheet = sheet_of(name)
    mixer = Mixer(sheet)
    loudest = [
        float(np.abs(mixer.read(first, 30 * RATE)).max())
        for first in range(0, mixer.length, 30 * RATE)
    ]
    assert max(loudest) <= LOUDEST
    starts = [frame_of(cue.at) for cue in sheet.cues if cue.kind is CueKind.START]
    assert starts and all(mixer.beginning(start, start + 1) for start in starts)
