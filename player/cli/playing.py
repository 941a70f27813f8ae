"""The commands `play` and `export`, which play a session or write it to a file."""

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
    person_to_play,
    say,
)

EXPORTS = ("wav", "flac", "mp3", "opus", "m4b")


def _add_play_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE")
    parser.add_argument("--plain", action="store_true", help="line by line, for screen readers")
    sound = parser.add_mutually_exclusive_group()
    sound.add_argument("--mute", action="store_true", help="no sound")
    parser.add_argument("--no-voice", action="store_true", help="no spoken cues")
    sound.add_argument(
        "--bell", action="store_true", help="ring the terminal's bell with the cues, line by line"
    )
    parser.add_argument("--background", metavar="FILE", type=Path, help="a sound to play softly")
    parser.add_argument("--person", metavar="NAME", help="who it is for")
    parser.add_argument("--hands-free", action="store_true", help="nothing waits for a key")
    parser.add_argument("--pick", choices=PICKS, default="low", help="which end of ranges")
    parser.add_argument("--emergency", metavar="NUMBER", help="your emergency number, from now on")


def notes_on_flags(args: argparse.Namespace, by_line: bool) -> list[str]:
    """Return a note for each flag that changes nothing in this session. Raises WrongUse.

    `by_line` is true if the session plays line by line. On the screens nobody could read a note.
    """
    if not by_line:
        if args.bell:
            raise WrongUse("--bell rings line by line only; add --plain")
        return []
    told = []
    if args.background is not None:
        told.append("The plain mode has no sound, so the background does not play.")
    for flag, given in (("--mute", args.mute), ("--no-voice", args.no_voice)):
        if given:
            told.append(f"The plain mode has no sound, so `{flag}` changes nothing.")
    return told


def _play(args: argparse.Namespace) -> int:
    from player.cli.start import can_draw
    from player.library.folders import open_library
    from player.plain.console import is_terminal
    from player.plain.start import play_plainly
    from player.play.options import PlayOptions
    from player.routine.model import Pick
    from player.safety.emergency import HOW_TO_WRITE, read_number

    number = args.emergency if args.emergency is None else read_number(args.emergency)
    if number is None and args.emergency is not None:
        raise WrongUse(f"--emergency: {HOW_TO_WRITE}")
    if args.background is not None and not args.background.is_file():
        raise Stop(f"There is no sound file `{safe(args.background)}`.")
    person = args.person if args.person is None else person_to_play(args.person)
    library = open_library()
    path = find(library, args.routine)
    options = PlayOptions(
        person=person,
        pick=Pick(args.pick),
        mute=args.mute,
        voice=not args.no_voice,
        background=args.background,
        bell=args.bell,
        hands_free=args.hands_free,
        languages=languages(),
        emergency=number,
    )
    by_line = args.plain or not is_terminal() or not can_draw()
    for note in notes_on_flags(args, by_line):
        say(note)
    if by_line:
        return play_plainly(library, path, options)
    from player.library.row import Row
    from player.tui.app import run as run_screens

    opened = open_named(library, str(path), to_play=True)
    assert opened.routine and opened.timeline  # open_named refuses anything else
    return run_screens(options, Row(opened.routine, opened.timeline), library)


def _add_export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="a name of the list, or a file")
    parser.add_argument(
        "-o", dest="file", metavar="FILE", type=Path, help="else the routine's name, here"
    )
    parser.add_argument(
        "--format",
        choices=EXPORTS,
        help="else by the ending of FILE; else wav",
    )
    parser.add_argument("--background", metavar="FILE", type=Path, help="a sound to play softly")
    parser.add_argument("--no-voice", action="store_true", help="chimes only")
    parser.add_argument("--pick", choices=PICKS, default="low", help="which end of ranges")
    parser.add_argument("--overwrite", action="store_true", help="replace a file that is there")


def _export(args: argparse.Namespace) -> int:
    from player.cli.export import CannotExport, ExportOptions, end_in_order, export_routine
    from player.library.folders import open_library
    from player.routine.model import Pick

    ending = args.file.suffix[1:].lower() if args.file else ""
    if args.format and ending in EXPORTS and ending != args.format:
        raise WrongUse(f"`{safe(args.file.name)}` ends in .{ending}, not in .{args.format}")
    if args.file and not args.format and ending not in EXPORTS:
        raise WrongUse(f"FILE ends in one of .{', .'.join(EXPORTS)}, or --format says which it is")
    form = args.format or ending or "wav"
    opened = open_named(open_library(), args.routine, to_play=True, does="not exported")
    assert opened.routine is not None  # open_named refuses anything else
    file = args.file or Path(f"{opened.routine.id}.{form}")
    options = ExportOptions(
        file, form, Pick(args.pick), not args.no_voice, args.background, args.overwrite
    )
    end_in_order()
    try:
        export_routine(opened.routine, options, languages())
    except CannotExport as error:
        raise Stop(str(error)) from None
    return 0


COMMANDS = {
    "play": Command(_play, "Ask the safety questions, then play a routine.", _add_play_arguments),
    "export": Command(
        _export,
        "Write a session as a sound file with chapters; its safety warnings come first.",
        _add_export_arguments,
    ),
}
