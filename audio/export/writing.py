"""A programme becomes a file: whole, under its name, or not at all."""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from audio.export.formats import Format
from audio.export.programme import Programme
from audio.export.refused import NotExported
from audio.export.wav import LARGEST, WavWriter
from audio.frames import BYTES_A_FRAME
from audio.samples import SixteenBits

Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1."""

NO_ENCODER = (
    "Nothing here can write {form}. WAV always works; for the others install supple with "
    "its extra `export`, or the program ffmpeg."
)


class Writer(Protocol):
    """Takes blocks of frames; what was not finished is no file."""

    def __enter__(self) -> Self: ...

    def write(self, block: SixteenBits) -> None: ...

    def finish(self) -> None: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def export(
    programme: Programme,
    path: Path,
    form: Format,
    progress: Progress = lambda share: None,
) -> None:
    """Write `programme` to `path`; whatever has that name is replaced at the very end.

    Until then it has another name in the same folder, so that somebody who stops it, or a crash,
    leaves no half file behind that looks whole. Raises NotExported and OSError.
    """
    if form is Format.WAV and programme.frames * BYTES_A_FRAME > LARGEST:
        raise NotExported("A WAV can't be longer than six hours; take another format.")
    opens = _opener(form)
    part = path.with_name(f"{path.name}.{secrets.token_hex(3)}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        done = 0
        with opens(part, programme) as writer:
            for block in programme.blocks():
                writer.write(block)
                done += len(block)
                progress(done / programme.frames)
            writer.finish()
        _to_the_disk(part)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def ready_for(form: Format) -> None:
    """Find out before anything is made. Raises NotExported where nothing here writes `form`."""
    if not encoder_of(form):
        raise NotExported(NO_ENCODER.format(form=form.upper()))


def encoder_of(form: Format) -> str:
    """What would write this format here: `supple` itself, `av`, or the path of an ffmpeg; or ""."""
    if form is Format.WAV:
        return "supple"
    try:
        import av  # noqa: F401
    except (ImportError, OSError):
        return shutil.which("ffmpeg") or ""
    return "av"


def _opener(form: Format) -> Callable[[Path, Programme], Writer]:
    ready_for(form)
    encoder = encoder_of(form)
    if encoder == "supple":
        return WavWriter
    if encoder == "av":
        from audio.export.with_av import AvWriter

        return lambda path, programme: AvWriter(path, programme, form)
    from audio.export.with_ffmpeg import FfmpegWriter

    return lambda path, programme: FfmpegWriter(path, programme, form, encoder)


def _to_the_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
