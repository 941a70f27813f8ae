"""Edits short clips. Only this module uses pydub.

pydub copies a whole clip at every step, so sessions are not mixed with it: the mixer uses numpy.
"""

import warnings
from typing import TYPE_CHECKING

import numpy as np

from audio.frames import RATE, frame_of
from audio.samples import Samples

if TYPE_CHECKING:
    from pydub import AudioSegment

    from audio.mixer import Mixer

_WIDTH = 4
"""32 bits, so that editing loses nothing that 24 bits can hold."""

_QUIET_DB = -50.0
_EDGE_MS = 5


def trimmed(samples: Samples, quieter_than_db: float = _QUIET_DB) -> Samples:
    """Remove the silence before and after, to the millisecond. Silence alone becomes empty.

    The rest fades in and out within 5 ms.
    """
    whole = to_segment(samples, _WIDTH)
    first = _silence_before(whole, quieter_than_db)
    after = _silence_before(whole.reverse(), quieter_than_db)
    if first + after >= len(whole):
        return samples[:0]
    rest = whole[first : len(whole) - after]
    edge = min(_EDGE_MS, len(rest) // 2)
    return from_segment(rest.fade_in(edge).fade_out(edge))


def faded(samples: Samples, in_ms: int = 0, out_ms: int = 0) -> Samples:
    """Fade in over the first ms and fade out over the last."""
    whole = to_segment(samples, _WIDTH)
    return from_segment(whole.fade_in(min(in_ms, len(whole))).fade_out(min(out_ms, len(whole))))


def louder(samples: Samples, db: float) -> Samples:
    """Amplify by `db` decibels. Samples beyond full scale are cut off."""
    return from_segment(to_segment(samples, _WIDTH).apply_gain(db))


def at_rate(samples: Samples, rate: int) -> Samples:
    """Convert one channel from `rate` Hz to 48 kHz.

    This uses the spectrum and not pydub. pydub draws straight lines between the samples, which adds
    a hiss to a voice that was made at 16 kHz.
    """
    if rate == RATE or not len(samples):
        return samples
    step = rate // np.gcd(rate, RATE)
    count = -(-len(samples) * RATE // rate)
    padded = -(-(len(samples) + _padding(rate)) // step) * step
    spectrum = np.fft.rfft(samples.astype(np.float64), padded)
    longer = padded * RATE // rate
    again = np.fft.irfft(spectrum[: longer // 2 + 1], longer) * (longer / padded)
    made: Samples = again[:count].astype(np.float32)
    return made


def render(mixer: "Mixer", first_ms: int = 0, until_ms: int | None = None) -> "AudioSegment":
    """Return a session from `first_ms` to `until_ms`, or to its end.

    The result is in memory, 11 MB a minute. An export of a whole session works block by block.
    """
    first = frame_of(first_ms)
    end = mixer.length if until_ms is None else frame_of(until_ms)
    return to_segment(mixer.read(first, max(end - first, 0)))


def to_segment(samples: Samples, width: int = 2) -> "AudioSegment":
    """Convert samples of one channel [n] or two [n, 2] to pydub's type, `width` bytes a sample."""
    scale = float(1 << (8 * width - 1))
    whole = np.clip(np.rint(samples.astype(np.float64) * scale), -scale, scale - 1)
    return _segment()(
        whole.astype(f"<i{width}").tobytes(),
        sample_width=width,
        frame_rate=RATE,
        channels=1 if samples.ndim == 1 else samples.shape[1],
    )


def from_segment(segment: "AudioSegment") -> Samples:
    """Convert a segment of any format to one channel at 48 kHz."""
    width, channels = segment.sample_width, segment.channels
    whole = np.frombuffer(segment.raw_data, f"<i{width}").astype(np.float64)
    mono = whole.reshape(-1, channels).mean(axis=1) / float(1 << (8 * width - 1))
    return at_rate(mono.astype(np.float32), segment.frame_rate)


def _padding(rate: int) -> int:
    """Return how much silence prevents the end of a clip from ringing into its beginning."""
    return rate // 50


def _silence_before(segment: "AudioSegment", quieter_than_db: float) -> int:
    """Return the ms of silence. `segment` was made here, so pydub has been imported."""
    from pydub.silence import detect_leading_silence

    return int(detect_leading_silence(segment, quieter_than_db, 1))


def _segment() -> "type[AudioSegment]":
    """Import pydub without its warnings about itself and about ffmpeg, which is not used here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pydub.silence
    found: type[AudioSegment] = pydub.AudioSegment
    return found
