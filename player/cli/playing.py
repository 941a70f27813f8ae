"""Commands that make a session, live or as a file."""

import argparse
from pathlib import Path

from player.base.text import safe
from player.cli.common import (
    PICKS,
    Command,
    Stop,
    WrongUse,
    find,
    languages,
    open_named,
    say,
)

EXPORTS = ("wav", "flac", "mp3", "opus", "m4b")


def _play_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("routine", metavar="ROUTINE")
    words.add_argument("--plain", action="store_true", help="line by line, for screen readers")
    words.add_argument("--mute", action="store_true", help="no sound")
    words.add_argument("--no-voice", action="store_true", help="no spoken cues")
    words.add_argument("--bell", action="store_true", help="ring the terminal's bell with the cues")
    words.add_argument("--background", metavar="FILE", type=Path, help="a sound to play softly")
    words.add_argument("--person", metavar="NAME", help="who it is for")
    words.add_argument("--hands-free", action="store_true", help="nothing waits for a key")
    words.add_argument("--pick", choices=PICKS, default="low", help="which end of ranges")


def _play(given: argparse.Namespace) -> int:
    from player.cli.start import can_draw
    from player.library.folders import open_library
    from player.plain.console import is_terminal
    from player.plain.start import play_plainly
    from player.play.options import PlayOptions
    from player.routine.model import Pick

    if given.background is not None and not given.background.is_file():
        raise Stop(f"There is no sound file `{safe(given.background)}`.")
    library = open_library()
    path = find(library, given.routine)
    options = PlayOptions(
        person=given.person,
        pick=Pick(given.pick),
        mute=given.mute,
        voice=not given.no_voice,
        background=given.background,
        bell=given.bell and not given.mute,
        hands_free=given.hands_free,
        languages=languages(),
    )
    if given.plain or not is_terminal() or not can_draw():
        if given.background is not None:
            say("Line by line there is no sound, and so no background.")
        return play_plainly(library, path, options)
    from player.library.row import Row
    from player.tui.app import run as run_screens

    opened = open_named(library, str(path), to_play=True)
    assert opened.routine and opened.timeline  # open_named refuses anything else
    return run_screens(options, Row(opened.routine, opened.timeline), library)


def _export_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("routine", metavar="ROUTINE", help="a name of the list, or a file")
    words.add_argument(
        "-o", dest="file", metavar="FILE", type=Path, help="else the routine's name, here"
    )
    words.add_argument(
        "--format",
        choices=EXPORTS,
        help="else by the ending of FILE; else wav",
    )
    words.add_argument("--background", metavar="FILE", type=Path, help="a sound to play softly")
    words.add_argument("--no-voice", action="store_true", help="chimes only")
    words.add_argument("--pick", choices=PICKS, default="low", help="which end of ranges")
    words.add_argument("--overwrite", action="store_true", help="replace a file that is there")


def _export(given: argparse.Namespace) -> int:
    from player.cli.export import CannotExport, ExportOptions, end_in_order, export_routine
    from player.library.folders import open_library
    from player.routine.model import Pick
    from player.safety.recorded import why_not_recorded

    ending = given.file.suffix[1:].lower() if given.file else ""
    if given.format and ending in EXPORTS and ending != given.format:
        raise WrongUse(f"`{safe(given.file.name)}` ends in .{ending}, not in .{given.format}")
    if given.file and not given.format and ending not in EXPORTS:
        raise WrongUse(f"FILE ends in one of .{', .'.join(EXPORTS)}, or --format says which it is")
    form = given.format or ending or "wav"
    opened = open_named(open_library(), given.routine, to_play=True, does="not exported")
    assert opened.routine is not None  # open_named refuses anything else
    if refusal := why_not_recorded(opened.routine):
        raise Stop(refusal)
    file = given.file or Path(f"{opened.routine.id}.{form}")
    options = ExportOptions(
        file, form, Pick(given.pick), not given.no_voice, given.background, given.overwrite
    )
    end_in_order()
    try:
        export_routine(opened.routine, options, languages())
    except CannotExport as error:
        raise Stop(str(error)) from None
    return 0


COMMANDS = {
    "play": Command(_play, "Ask the safety questions, then play a routine.", _play_takes),
    "export": Command(
        _export,
        "Write a session as a sound file with chapters; its safety warnings come first.",
        _export_takes,
    ),
}
