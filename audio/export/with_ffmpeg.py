"""Writes FLAC, MP3, Opus and M4B through an installed ffmpeg.

ffmpeg gets only sound that was made here, through a pipe, and a list of chapters.
"""

import subprocess
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType

from audio.export.formats import CODINGS, Format
from audio.export.programme import Programme
from audio.export.refused import NotExported
from audio.frames import RATE
from audio.samples import SixteenBits


class FfmpegWriter:
    def __init__(self, path: Path, programme: Programme, form: Format, program: str) -> None:
        coding = CODINGS[form]
        self._after = ExitStack()
        folder = self._after.enter_context(tempfile.TemporaryDirectory(prefix="supple-"))
        self._log = self._after.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (is closed)
        chapters = Path(folder) / "chapters.txt"
        chapters.write_text(_metadata(programme), "utf-8")
        bits = ("-b:a", str(coding.bits_a_second)) if coding.bits_a_second else ()
        raw = ("-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
        metadata = ("-f", "ffmetadata", "-i", str(chapters), "-map", "0:a", "-map_metadata", "1")
        made = ("-c:a", coding.codec, *bits, "-f", coding.container, "-y", f"file:{path}")
        self._process = subprocess.Popen(
            (program, "-nostdin", "-hide_banner", "-loglevel", "error", *raw, *metadata, *made),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
        )

    def __enter__(self) -> "FfmpegWriter":
        return self

    def write(self, block: SixteenBits) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(block.tobytes())
        except OSError:
            raise self._failed() from None

    def finish(self) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        if self._process.wait() != 0:
            raise self._failed()

    def _failed(self) -> NotExported:
        self._process.kill()
        self._process.wait()
        self._log.seek(0)
        words = self._log.read().decode(errors="replace").strip().splitlines()
        why = f": {words[-1][:200]}" if words else ""
        return NotExported(f"The program ffmpeg could not write it{why}.")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._after.close()


def _metadata(programme: Programme) -> str:
    """Return title and chapters in the format of ffmpeg."""
    lines = [";FFMETADATA1", f"title={_escaped(programme.title)}"]
    lines.append(f"comment={_escaped(programme.comment)}")
    for (first, title), end in zip(programme.chapters, programme.ends(), strict=True):
        lines += ["[CHAPTER]", f"TIMEBASE=1/{RATE}", f"START={first}", f"END={end}"]
        lines.append(f"title={_escaped(title)}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    one_line = " ".join(text.split())
    return "".join(f"\\{char}" if char in "=;#\\" else char for char in one_line)
