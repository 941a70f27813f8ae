"""Loads the coach's recorded cues once before a session, and makes them as loud as speech."""

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from audio.child import GoOn, always
from audio.cue import Cue
from audio.decode import ClipError, read_inside
from audio.loudness import gain_to
from audio.mixer import SPEECH_LUFS, Clips
from audio.pcm import trimmed

_MOST_GAIN = 4.0
"""The most amplification (12 dB). A quieter recording is mostly room noise."""


class LoadedClips(NamedTuple):
    clips: Clips
    refused: tuple[str, ...]
    """One sentence for each clip that does not play. Its cue is spoken or shown instead."""


def load_clips(cues: Iterable[Cue], folder: Path, go_on: GoOn = always) -> LoadedClips:
    """Read the clips of all cues from their routine's folder. A bad clip raises no error.

    When `go_on` returns False, the clips that are not read yet are left out.
    """
    clips, refused = {}, []
    for name in dict.fromkeys(cue.clip for cue in cues if cue.clip):
        try:
            frames = read_inside(folder, name, go_on=go_on)
        except ClipError as error:
            if not go_on():
                break
            refused.append(str(error))
            continue
        mono = frames.mean(axis=1, dtype=np.float32) / np.float32(1 << 15)
        mono = trimmed(mono)
        made = mono * np.float32(min(gain_to(mono, SPEECH_LUFS), _MOST_GAIN))
        made.flags.writeable = False
        clips[name] = made
    return LoadedClips(MappingProxyType(clips), tuple(refused))
