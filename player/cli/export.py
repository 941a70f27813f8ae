"""Exports a session as a sound file, and prints the warnings, the progress and the result."""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audio.cue import Spoken
from player.base.shortage import is_shortage
from player.base.text import safe
from player.plain.output import Output
from player.play.recording import MakeRecordedSpeech, Recording, make_programme
from player.routine.model import Pick, Plan, Routine
from player.routine.times import clock
from player.safety.recorded import NotRecorded
from player.session.timeline import Choices, compile

if TYPE_CHECKING:
    from audio.bed import Bed
    from audio.mixer import Speech

CANT_ASK = "A recording can't ask the safety questions: answer them in supple first, each day."
NO_VOICE = (
    "Nobody speaks in this file, so it opens with a chime. Tell whoever gets it what it can't say:"
)
NOT_SAID = "Not all of the warnings fit in. Tell whoever gets it what is missing:"

_BAR = 40


class CannotExport(Exception):
    """No file was written. The message gives the reason in one or two plain sentences."""


class ExportOptions(NamedTuple):
    """The options of `export` on the command line."""

    file: Path
    form: str
    pick: Pick = Pick.LOW
    voice: bool = True
    background: Path | None = None
    overwrite: bool = False


def export_routine(
    routine: Routine,
    options: ExportOptions,
    languages: tuple[str, ...],
    make_speech: MakeRecordedSpeech | None = None,
) -> None:
    """Write the file and report its contents. Raises CannotExport.

    The caller has checked that the routine has no errors.
    """
    try:
        from audio.decode import ClipError
        from audio.export.formats import Format
        from audio.export.refused import NotExported
        from audio.export.writing import export, ready_for
    except ImportError as error:
        if is_shortage(error):
            raise
        missing = (error.name or "numpy").partition(".")[0]
        raise CannotExport(f"The package {missing} is needed to export and missing here.") from None
    if options.file.exists() and not options.overwrite:
        raise CannotExport(
            f"`{safe(options.file)}` is there already; "
            "`--overwrite` replaces it, `-o` names another."
        )
    form, out = Format(options.form), Output()
    timeline = compile(Plan.whole(routine), Choices(options.pick, languages=languages))
    try:
        ready_for(form)
        made = make_programme(
            routine,
            timeline,
            languages,
            (make_speech or _spoken) if options.voice else _silent,
            _background(options.background),
        )
        for line in _notes_before(made):
            out.line(line)
        export(made.programme, options.file, form, _bar if sys.stderr.isatty() else _nothing)
    except (NotExported, NotRecorded, ClipError) as error:
        raise CannotExport(str(error)) from None
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        raise CannotExport(f"Can't write `{safe(options.file)}`: {reason}.") from None
    chapters = len(made.programme.chapters)
    lasts = clock(made.programme.frames // 48)
    out.line(f"Wrote {safe(options.file)}: {lasts}, {chapters} chapters.")
    if not timeline.exact:
        out.line("Steps that would wait for you take their estimated time.")


def end_in_order() -> None:
    """Let SIGTERM and SIGHUP end the program as Ctrl+C does, so that no partial file remains."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _notes_before(made: Recording) -> list[str]:
    """Return the notes to print before the export: missing warnings and refused sounds."""
    lines = [CANT_ASK]
    if made.unspoken_warnings:
        lines.append(NOT_SAID if made.spoken_warnings else NO_VOICE)
        lines += [f"- {words}" for words in made.unspoken_warnings]
    return [*lines, *made.refused_clips]


def _background(file: Path | None) -> "Bed | None":
    from audio.bed import load_bed

    return load_bed(file) if file else None


def _silent(wanted: Sequence[Spoken]) -> "Speech":
    return {}


def _spoken(wanted: Sequence[Spoken]) -> "Speech":
    """Make speech with the voices of this machine. Texts without a voice are left out."""
    from player.play.voice import make_speech

    on_progress = _bar if sys.stderr.isatty() else _nothing
    return make_speech([(s.language, s.text) for s in wanted], on_progress, lambda: True)


def _nothing(share: float) -> None:
    pass


def _bar(share: float) -> None:
    """Draw a progress bar on one line of stderr, and erase it at the end."""
    if share < 1:
        done = int(share * _BAR)
        sys.stderr.write(f"\r[{'#' * done}{'.' * (_BAR - done)}] {int(share * 100):3} %")
    else:
        sys.stderr.write("\r" + " " * (_BAR + 8) + "\r")
    sys.stderr.flush()
