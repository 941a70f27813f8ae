"""Exports a programme to a file: a complete file, or none at all."""

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
"""Called with the share that is done, from 0 to 1."""

NO_ENCODER = (
    "Nothing here can write {form}. WAV always works; for the others install supple with "
    "its extra `export`, or the program ffmpeg."
)


class Writer(Protocol):
    """Takes blocks of frames. The file is not valid until `finish` is called."""

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
    """Write `programme` to `path`. An existing file is only replaced at the very end.

    Until then the frames go to a file of another name in the same folder. So a crash or a person
    who stops the export leaves no incomplete file under the final name. Raises NotExported and
    OSError.
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
    """Check, before making sound, that this machine can write `form`. Raises NotExported."""
    if not encoder_of(form):
        raise NotExported(NO_ENCODER.format(form=form.upper()))


def encoder_of(form: Format) -> str:
    """Return the encoder of a format: `supple`, `av` or the path of ffmpeg; else ""."""
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
