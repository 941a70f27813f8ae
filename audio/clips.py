"""Loads the coach's recorded cues once before a session, and makes them as loud as speech."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from audio.child import GoOn, always, within
from audio.cue import Cue
from audio.decode import CLIP, ClipError, read_inside, shown_name
from audio.frames import RATE
from audio.loudness import gain_to
from audio.mixer import SPEECH_LUFS, Clips
from audio.pcm import trimmed
from audio.samples import Samples

MOST_SECONDS = 600
"""How long all clips of a session may last in total."""

MOST_CLIPS = 200

LOST_AT_MOST_S = 5.0
"""How long it may take in total to read clips that are then refused."""

_MOST_GAIN = 4.0
"""The most amplification (12 dB). A quieter recording is mostly room noise."""


class LoadedClips(NamedTuple):
    clips: Clips
    refused: tuple[str, ...]
    """One sentence for each clip that does not play. Its cue is spoken or shown instead."""


def load_clips(
    cues: Iterable[Cue],
    folder: Path,
    go_on: GoOn = always,
    now: Callable[[], float] = time.monotonic,
) -> LoadedClips:
    """Read the clips of all cues from their routine's folder. A bad clip raises no error.

    Their number, their length and the time for bad ones are limited; what is over a limit is
    refused. When `go_on` returns False, the clips that are not read yet are left out. `now` returns
    the time in seconds.
    """
    clips: dict[str, Samples] = {}
    refused: list[str] = []
    lost, length = 0.0, 0
    for name in dict.fromkeys(cue.clip for cue in cues if cue.clip):
        began, left = now(), LOST_AT_MOST_S - lost
        if not go_on():
            break
        if why := _over_a_limit(len(clips), length, left):
            refused.append(f"The sound {shown_name(name)} is left out: {why}.")
            continue
        in_time = within(left, now)
        try:
            frames = read_inside(folder, name, go_on=lambda: go_on() and in_time())  # noqa: B023
        except ClipError as error:
            if not go_on():
                break
            lost += now() - began
            refused.append(str(error))
            continue
        length += len(frames)
        mono = frames.mean(axis=1, dtype=np.float32) / np.float32(1 << 15)
        mono = trimmed(mono)
        made = mono * np.float32(min(gain_to(mono, SPEECH_LUFS), _MOST_GAIN))
        made.flags.writeable = False
        clips[name] = made
    return LoadedClips(MappingProxyType(clips), tuple(refused))


def _over_a_limit(count: int, frames: int, left_s: float) -> str:
    """Return why no further clip is read; empty if there is no reason."""
    if count >= MOST_CLIPS:
        return f"a session plays at most {MOST_CLIPS} sounds"
    if frames > (MOST_SECONDS - CLIP.seconds) * RATE:
        return f"the sounds of a session may last {MOST_SECONDS // 60} minutes in all"
    if left_s <= 0:
        return "sounds before it took too long to read"
    return ""
