"""Writes FLAC, MP3, Opus and M4B through PyAV with ffmpeg's libraries (extra `export`)."""

from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np

from audio.export.formats import CODINGS, Format
from audio.export.programme import Programme
from audio.export.refused import NotExported
from audio.frames import RATE
from audio.samples import SixteenBits

_SHORTEST_FRAME = 1_024


class AvWriter:
    def __init__(self, path: Path, programme: Programme, form: Format) -> None:
        coding = CODINGS[form]
        self._container = av.open(str(path), "w", format=coding.container)
        try:
            stream = self._container.add_stream(coding.codec, rate=RATE)
        except ValueError:  # these libraries were built without this codec
            self._container.close()
            raise NotExported(f"The package av has no {coding.codec} here.") from None
        assert isinstance(stream, av.AudioStream)
        self._stream = stream
        self._stream.layout = "stereo"
        if coding.bits_a_second:
            self._stream.bit_rate = coding.bits_a_second
        self._container.metadata.update(title=programme.title, comment=programme.comment)
        if form is Format.FLAC:
            self._container.metadata.update(_as_comments(programme))
        else:
            self._container.set_chapters(
                [
                    {
                        "id": number,
                        "start": chapter.first,
                        "end": end,
                        "time_base": Fraction(1, RATE),
                        "metadata": {"title": chapter.title},
                    }
                    for number, (chapter, end) in enumerate(
                        zip(programme.chapters, programme.ends(), strict=True)
                    )
                ]
            )
        self._container.start_encoding()
        encoder = stream.codec_context
        self._resampler = av.AudioResampler(
            encoder.format, encoder.layout, RATE, encoder.frame_size or _SHORTEST_FRAME
        )
        self._given = 0

    def __enter__(self) -> "AvWriter":
        return self

    def write(self, block: SixteenBits) -> None:
        packed = np.ascontiguousarray(block).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
        frame.sample_rate = RATE
        frame.time_base = Fraction(1, RATE)
        frame.pts = self._given
        self._given += len(block)
        self._encode(frame)

    def finish(self) -> None:
        self._encode(None)
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def _encode(self, frame: av.AudioFrame | None) -> None:
        for ready in self._resampler.resample(frame):
            self._container.mux(self._stream.encode(ready))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._container.close()


def _as_comments(programme: Programme) -> dict[str, str]:
    """Return the chapters as comments. FLAC has no chapters of its own, but players read these."""
    found = {}
    for number, (first, title) in enumerate(programme.chapters, 1):
        ms = first * 1_000 // RATE
        hours, rest = divmod(ms, 3_600_000)
        minutes, seconds = divmod(rest, 60_000)
        clock = f"{hours:02}:{minutes:02}:{seconds // 1_000:02}.{seconds % 1_000:03}"
        found[f"CHAPTER{number:03}"] = clock
        found[f"CHAPTER{number:03}NAME"] = title
    return found
