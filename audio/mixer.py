"""Mixes the sound of a session. Any frames can be read by their position."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from audio.bed import FADES_OUT, Bed, beneath
from audio.cue import Cue, CueKind, CueSheet
from audio.ducking import Ducking, Window
from audio.frames import frame_of
from audio.samples import Samples
from audio.tones import chimes
from audio.volumes import AS_MADE, Volumes

SPEECH_LUFS = -18.0

LOUDEST = 0.891
"""The largest sample: -1 dBFS."""

NEVER = 1 << 62
"""A frame that no session reaches."""

LATEST = frame_of(300)
"""The most that a chime, or words that name a moment, may be late. Later, they would mislead."""

_LATEST_WORDS = frame_of(1_500)
"""The most that other words, or the chime at the end, may be late. They are still true then."""

_BENDS_FROM = 0.6
"""Smaller samples do not change; larger ones are compressed softly towards `LOUDEST`."""

_PRIORITY = (
    CueKind.END,
    CueKind.WAIT,
    CueKind.SWITCH,
    CueKind.START,
    CueKind.HALF,
    CueKind.COUNT,
    CueKind.NEXT,
)
"""Of cues at the same moment only the first in this order sounds, since two chimes blur."""

_MOMENTS = frozenset({CueKind.COUNT, CueKind.HALF, CueKind.LEFT_OVER})
"""The words of these cues name a moment."""

Speech = Mapping[tuple[str, str], Samples]
"""Spoken texts by language and text: one channel each, as loud as `SPEECH_LUFS`."""

Clips = Mapping[str, Samples]
"""The coach's recorded cues by their paths, as loud as speech."""


class Material(NamedTuple):
    """The sounds of a session besides its chimes: `Mixer(sheet, *material)`."""

    speech: Speech = MappingProxyType({})
    bed: Bed | None = None
    volumes: Volumes = AS_MADE
    clips: Clips = MappingProxyType({})


class PlacedSound(NamedTuple):
    """Samples of one channel that begin at frame `first` of the session."""

    first: int
    samples: Samples
    gain: np.float32
    is_chime: bool = True
    is_whole: bool = True
    """Whether it makes sense only from its first sample: a chime, or a number of the countdown."""
    latest: int = LATEST
    """How many frames late it may begin."""

    @property
    def end(self) -> int:
        return self.first + len(self.samples)


class Mixer:
    """All sounds of a session. It is immutable, so any thread may read it."""

    def __init__(
        self,
        sheet: CueSheet,
        speech: Speech = MappingProxyType({}),
        bed: Bed | None = None,
        volumes: Volumes = AS_MADE,
        clips: Clips = MappingProxyType({}),
    ) -> None:
        if volumes.voice <= 0:  # without a voice, chimes replace the words
            speech, clips = {}, {}
        spoken = _spoken_pieces(sheet.cues, speech, clips, volumes.voice)
        chimed = _chime_pieces(sheet.cues, speech, clips, volumes.chimes)
        self._pieces = sorted((*spoken, *chimed), key=_first)
        self._firsts = [piece.first for piece in self._pieces]
        self._longest = max((len(piece.samples) for piece in self._pieces), default=0)
        self.volumes = volumes
        self._bed = bed if volumes.bed > 0 else None
        self._bed_gain = np.float32(volumes.bed)
        self._ducking = Ducking(Window(piece.first, piece.end) for piece in spoken)
        ends = [frame_of(cue.at) for cue in sheet.cues if cue.kind is CueKind.END]
        self._bed_end = max(ends, default=NEVER)

    @property
    def has_bed(self) -> bool:
        """Whether there is a background, which plays even where nothing else does."""
        return self._bed is not None

    @property
    def length(self) -> int:
        """The number of frames until every sound has died away."""
        cues = max((piece.end for piece in self._pieces), default=0)
        return max(cues, self._bed_end + FADES_OUT) if self._fades_out else cues

    @property
    def _fades_out(self) -> bool:
        return self._bed is not None and self._bed_end < NEVER

    def read(self, first: int, count: int) -> Samples:
        """Return the frames from `first` to `first + count` of the session, as [count, 2]."""
        mono = np.zeros(count, np.float32)
        for piece in self.beginning(first - self._longest + 1, first + count):
            start, begin, end = piece.first, max(piece.first, first), min(piece.end, first + count)
            if begin < end:
                samples = piece.samples[begin - start : end - start]
                mono[begin - first : end - first] += samples * piece.gain
        return mixed(mono, self.background(first, count))

    def background(self, first: int, count: int) -> Samples | None:
        """Return the background of these frames, as [count, 2], or None if there is none."""
        if self._bed is None:
            return None
        mix = beneath(self._bed, self._ducking, self._bed_end, first, count)
        mix *= self._bed_gain
        return mix

    def beginning(self, first: int, end: int) -> Sequence[PlacedSound]:
        """Return the pieces that begin at frame `first` or later, and before frame `end`."""
        return self._pieces[bisect_left(self._firsts, first) : bisect_left(self._firsts, end)]

    def lasting(self, frame: int, end: int) -> Sequence[PlacedSound]:
        """Return the pieces that begin before frame `end` and may still be heard from `frame` on,
        even if they begin late.
        """
        return self.beginning(frame - max(self._longest, _LATEST_WORDS), end)

    def has(self, piece: PlacedSound) -> bool:
        """Return whether the same samples begin at the same frame."""
        same = self.beginning(piece.first, piece.first + 1)
        return any(other.samples is piece.samples for other in same)


def mixed(mono: Samples, background: Samples | None) -> Samples:
    """Return one channel mixed with its background, as [count, 2]."""
    if background is None:
        return np.repeat(bounded(mono)[:, np.newaxis], 2, axis=1)
    background += mono[:, np.newaxis]
    return bounded(background)


def bounded(samples: Samples) -> Samples:
    """Compress samples so that none is larger than `LOUDEST`.

    Each sample is computed alone and with exactly rounded arithmetic, so the result does not depend
    on the block in which it is read.
    """
    if len(samples) == 0 or np.abs(samples).max() <= _BENDS_FROM:
        return samples
    room = LOUDEST - _BENDS_FROM
    over = np.maximum(np.abs(samples) - _BENDS_FROM, 0)
    bent = np.copysign(_BENDS_FROM + room * over / (room + over), samples)
    return np.where(over > 0, bent, samples).astype(np.float32)


def _spoken_pieces(
    cues: Sequence[Cue], speech: Speech, clips: Clips, gain: float
) -> list[PlacedSound]:
    """Return what a voice says: the coach's recording if there is one, else speech."""
    found = []
    for cue in cues:
        samples = _voice(cue, speech, clips)
        if samples is not None and len(samples):
            after = cue.spoken.after if cue.spoken and cue.clip not in clips else 0
            is_moment = cue.kind in _MOMENTS and cue.clip not in clips
            found.append(
                PlacedSound(
                    frame_of(cue.at + after),
                    samples,
                    np.float32(gain),
                    is_chime=False,
                    is_whole=is_moment,
                    latest=LATEST if is_moment else _LATEST_WORDS,
                )
            )
    return found


def _chime_pieces(
    cues: Sequence[Cue], speech: Speech, clips: Clips, gain: float
) -> list[PlacedSound]:
    """Return a chime for each cue without speech. The end has one even if it is spoken."""
    kinds: dict[int, CueKind] = {}
    for cue in cues:
        silent = _voice(cue, speech, clips) is None or cue.kind is CueKind.END
        if cue.kind in _PRIORITY and silent and gain > 0:
            other = kinds.get(cue.at, cue.kind)
            kinds[cue.at] = min(cue.kind, other, key=_PRIORITY.index)
    return [
        PlacedSound(
            frame_of(at),
            chimes()[kind],
            np.float32(gain),
            latest=_LATEST_WORDS if kind is CueKind.END else LATEST,
        )
        for at, kind in kinds.items()
    ]


def _voice(cue: Cue, speech: Speech, clips: Clips) -> Samples | None:
    if cue.clip is not None and cue.clip in clips:
        return clips[cue.clip]
    return speech.get((cue.spoken.language, cue.spoken.text)) if cue.spoken else None


def _first(piece: PlacedSound) -> int:
    return piece.first
