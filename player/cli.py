"""The commands. Thin: each reads its arguments, imports what it needs and prints words."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Never

from player.text import escape_json, safe

if TYPE_CHECKING:
    from player.check.loading import Opened
    from player.routine.library import Library
    from player.routine.model import Routine
    from player.timeline import Timeline

PICKS = ("low", "middle", "high")
EXPORTS = ("wav", "flac", "mp3", "opus", "m4b")


class Stop(Exception):
    """One or two plain sentences for stderr; the exit code is 1."""


class WrongUse(Exception):
    """The words of the command line do not fit; the exit code is 2."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        raise WrongUse(message)


def parser(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Everything that the command line takes; only what the command in `words` takes, if given."""
    top = _Parser(
        "supple",
        description="Guided stretching and self-massage in the terminal.",
        epilog="Safety questions are asked before every session. This is not medical advice.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help="print the version")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, (_, help, takes) in _COMMANDS.items():
        command = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
        if words is None or name in words:
            takes(command)
    return top


def _list_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("--json", action="store_true", help="as JSON")
    words.add_argument("--exercises", action="store_true", help="the catalogue instead")
    words.add_argument(
        "--conditions", action="store_true", help="what `avoid_if` and `screening` take instead"
    )


def _show_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "routine", metavar="ROUTINE", help="a name of the list, a file, or the id of an exercise"
    )
    words.add_argument("--json", action="store_true", help="as JSON")
    words.add_argument("--pick", choices=PICKS, default="low", help="which end of ranges")


def _check_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("paths", metavar="PATH", nargs="*", type=Path)
    words.add_argument("--format", choices=("text", "json", "github"), default="text")
    words.add_argument("--strict", action="store_true", help="warnings fail too")
    words.add_argument("--fix", action="store_true", help="mend what is safe to mend, in place")
    words.add_argument("--explain", metavar="CODE", help="say what a code such as E301 means")
    words.add_argument("--info", action="store_true", help="what is only worth knowing, too")
    words.add_argument(
        "--raise",
        dest="raised",
        metavar="CODE",
        action="append",
        default=[],
        help="make a rule such as L05 an error; may be repeated. No rule can be made looser",
    )


def _schema_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("--exercises", action="store_true", help="for catalogue files instead")
    words.add_argument("-o", dest="file", metavar="FILE", type=Path, help="write it to this file")


def _new_takes(words: argparse.ArgumentParser) -> None:
    from player.routine.vocabulary import EQUIPMENT, Level, Region

    words.add_argument("name", metavar="NAME", nargs="?", help="what it is called")
    regions, levels = ([str(word) for word in words_of] for words_of in (Region, Level))
    words.add_argument(
        "--regions", nargs="+", metavar="REGION", choices=regions, help=" ".join(regions)
    )
    words.add_argument("--minutes", type=int, metavar="N", default=10, help="10 if not given")
    words.add_argument(
        "--equipment",
        nargs="*",
        metavar="THING",
        choices=sorted(EQUIPMENT),
        default=[],
        help=f"what is at hand: {' '.join(sorted(EQUIPMENT))}",
    )
    words.add_argument("--kind", choices=("stretch", "massage", "mixed"), default="stretch")
    words.add_argument("--level", choices=levels, default="beginner")
    words.add_argument("-o", metavar="FILE", type=Path, help="else the name in small letters")


def _preview_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("file", metavar="FILE", help="the routine that is being written")


def _screen_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("routine", metavar="ROUTINE")
    words.add_argument(
        "--answers",
        metavar="FILE",
        type=Path,
        required=True,
        help='{"yes": [keys], "unsure": [], "unanswered": [], "soreness": 0-10, "age": years}',
    )
    words.add_argument("--json", action="store_true", help="as JSON")


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


def _no_words(words: argparse.ArgumentParser) -> None:
    """A command that takes nothing."""


def _history_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("--person", metavar="NAME", help="only this person")
    words.add_argument("--json", action="store_true", help="as JSON")


def _forget_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("--person", metavar="NAME", help="only this person; else everybody")
    words.add_argument("--yes", action="store_true", help="do not ask")


def _learn_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "topic", metavar="TOPIC", nargs="*", help="a name of the list, or dvt, sciatica …"
    )


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code. Raises Stop and WrongUse in words."""
    given = parser(words).parse_args(words)
    if given.version:
        from importlib.metadata import version

        _print([f"supple {version('supple')}"])
        return 0
    if given.command is None:
        from player.front import open_front

        return open_front()
    return _COMMANDS[given.command].run(given)


def _list(given: argparse.Namespace) -> int:
    from player.check.listing import exercise_lines, listed, routine_lines
    from player.routine.library import open_library

    if given.conditions:
        from player.check.cards import condition_lines

        _print(condition_lines())
        return 0
    library = open_library()
    if given.exercises:
        _print(exercise_lines(library.catalogue, languages()))
        return 0
    found, broken = listed(library)
    if given.json:
        _print_json([row.as_json(languages()) for row in found])
    else:
        _print(routine_lines(found, languages()))
    for opened in broken:
        _say(opened.problems[0].headline())
    for _, problem in library.problems:
        _say(problem.headline())
    return 0


def _show(given: argparse.Namespace) -> int:
    from player.check.showing import timeline_json, timeline_lines
    from player.routine.library import open_library
    from player.routine.model import Pick, Plan
    from player.timeline import Choices, compile

    library = open_library()
    entry = None if library.find(given.routine) else library.catalogue.find(given.routine)
    if entry is not None and not given.json:
        from player.check.cards import exercise_card

        _print(exercise_card(entry, languages()))
        return 0
    opened = open_named(library, given.routine)
    assert opened.routine is not None  # open_named refuses anything else
    choices = Choices(Pick(given.pick), languages=languages())
    timeline = compile(Plan.whole(opened.routine), choices)
    if given.json:
        _print_json(timeline_json(timeline))
    else:
        _print(_picture(opened.routine, timeline))
        _print(["", "Second by second", *timeline_lines(opened.routine, timeline, languages())])
    return 0


def _check(given: argparse.Namespace) -> int:
    from player.check.report import Asked, check_paths, format_problems, raised
    from player.routine.library import open_library

    if given.explain is not None:
        return _explain(given.explain)
    if not given.paths:
        raise WrongUse("say which files or folders to check: `supple check PATH`")
    try:
        asked = Asked(given.info, raised(given.raised))
    except ValueError as error:
        raise WrongUse(str(error)) from None
    if given.fix:
        _fix(given.paths, given.format)
    checked = check_paths(given.paths, open_library(), asked)
    text = format_problems(checked, given.format)
    if text:
        print(text)
    problems = [problem for report in checked for problem in report.problems]
    if sys.stderr.isatty() and not problems:
        _say(f"{len(checked)} file{'s' if len(checked) != 1 else ''} checked, no problems.")
    fails = [problem.is_error or (given.strict and not problem.is_info) for problem in problems]
    return int(any(fails))


def _schema(given: argparse.Namespace) -> int:
    from player.check.schema.writing import how_to_use, schema_text, write
    from player.routine.library import open_library

    file: Path | None = given.file
    if file and file.suffix.lower() != ".json":
        raise Stop(f"A schema is JSON, so its name should end in `.json`, not `{safe(file.name)}`.")
    library = open_library()
    text = schema_text(library, given.exercises, languages())
    for _, problem in library.problems:
        _say(problem.headline())
    if file is None:
        print(text, end="")
    else:
        try:
            write(text, file)
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise Stop(f"Can't write `{safe(file)}`: {reason}.") from None
        _print([f"Wrote {file}."])
    _say(how_to_use(file or Path("supple.schema.json")))
    return 0


def _new(given: argparse.Namespace) -> int:
    from player.check.composing import Sort, Wanted
    from player.plain.new import NotWritten, asked, file_for, write_new
    from player.routine.library import open_library
    from player.routine.vocabulary import Level, Region

    can_ask = sys.stdin is not None and sys.stdin.isatty()
    if not can_ask and not (given.name and given.regions):
        raise WrongUse("a NAME and --regions are needed where nobody can be asked")
    try:
        if given.name and given.regions:
            wanted = Wanted(
                given.name,
                tuple(map(Region, given.regions)),
                given.minutes,
                frozenset(given.equipment),
                Sort(given.kind),
                Level(given.level),
            )
        else:
            wanted = asked(given.name or "", given.regions or ())
        _print(write_new(wanted, given.o or file_for(wanted.name), open_library().catalogue))
    except NotWritten as error:
        raise Stop(str(error)) from None
    return 0


def _preview(given: argparse.Namespace) -> int:
    from player.front import can_draw
    from player.plain.console import is_terminal
    from player.routine.library import open_library

    library = open_library()
    path = find(library, given.file)
    if is_terminal() and can_draw():
        from player.preview import run as run_preview

        return run_preview(path, library.catalogue, languages())
    from player.check.lint import lint
    from player.check.loading import open_routine

    opened = open_routine(path, library.catalogue)
    opened.document.problems.take(lint(opened, info=False))
    if opened.routine and opened.timeline:
        _print(_picture(opened.routine, opened.timeline))
    if opened.problems:
        _say(opened.report())
    return int(opened.routine is None)


def _explain(code: str) -> int:
    from shutil import get_terminal_size

    from player.check.explain import explain, nearest
    from player.plain.output import wrapped

    lines = explain(code)
    if lines is None:
        raise WrongUse(f"there is no code `{safe(code)[:40]}`; {nearest(code)}")
    columns = get_terminal_size().columns
    _print(part for line in lines for part in wrapped(line, columns) or [""])
    return 0


def _fix(paths: Sequence[Path], form: str) -> None:
    """Mend the files and say what was done; beside stdout where that is data."""
    from player.check.fix import fix_paths
    from player.routine.library import open_library

    done, left = fix_paths(paths, open_library())
    for fixed in done:
        print(fixed.line(), file=sys.stdout if form == "text" else sys.stderr)
    for words in left:
        _say(words)


def _screen(given: argparse.Namespace) -> int:
    from player import clock
    from player.check.screening import dry_run
    from player.routine.library import open_library

    library = open_library()
    opened = open_named(library, given.routine)
    assert opened.routine is not None  # open_named refuses anything else
    result = dry_run(opened.routine, given.answers, library.catalogue, clock.wall() / 1_000)
    if isinstance(result, str):
        raise Stop(result)
    if given.json:
        _print_json(result.as_json())
    else:
        _print(result.lines())
    return 0


def _play(given: argparse.Namespace) -> int:
    from player.front import can_draw
    from player.plain.console import is_terminal
    from player.plain.start import play_plainly
    from player.routine.library import open_library
    from player.routine.model import Pick
    from player.wishes import Wishes

    if given.background is not None and not given.background.is_file():
        raise Stop(f"There is no sound file `{safe(given.background)}`.")
    library = open_library()
    path = find(library, given.routine)
    wishes = Wishes(
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
        return play_plainly(library, path, wishes)
    from player.app import run as run_screens
    from player.check.listing import Row

    opened = open_named(library, str(path), to_play=True)
    assert opened.routine and opened.timeline  # open_named refuses anything else
    return run_screens(wishes, Row(opened.routine, opened.timeline), library)


def _export(given: argparse.Namespace) -> int:
    from player.plain.exporting import CannotExport, Wish, end_in_order, export_routine
    from player.routine.library import open_library
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
    wish = Wish(file, form, Pick(given.pick), not given.no_voice, given.background, given.overwrite)
    end_in_order()
    try:
        export_routine(opened.routine, wish, languages())
    except CannotExport as error:
        raise Stop(str(error)) from None
    return 0


def _doctor(given: argparse.Namespace) -> int:
    from player.plain.doctor import doctor_lines

    _print(doctor_lines())
    return 0


def _history(given: argparse.Namespace) -> int:
    from player.history.past import sessions
    from player.history.store import default_path, open_store

    found = []
    if default_path().exists():
        with open_store() as store:
            found = sessions(store, given.person)
    if given.json:
        _print_json([session.as_json() for session in found])
    else:
        _print([session.line() for session in found] or ["Nothing was played yet."])
    return 0


def _forget(given: argparse.Namespace) -> int:
    from player.history.past import forget_everything, forget_person
    from player.history.store import default_path, open_store

    whose = f"of {safe(given.person)}" if given.person else "of everybody"
    if not given.yes:
        if not sys.stdin.isatty():
            raise Stop("Nothing was erased; `--yes` erases without asking.")
        if input(f"Erase everything that is kept {whose}? Type yes: ").strip().lower() != "yes":
            raise Stop("Nothing was erased.")
    if given.person is None:
        erased = forget_everything(default_path())
    elif erased := default_path().exists():
        with open_store() as store:
            erased = forget_person(store, given.person)
    _print([f"Erased everything {whose}." if erased else "Nothing was kept."])
    return 0


def _learn(given: argparse.Namespace) -> int:
    from shutil import get_terminal_size

    from player.learn.pages import About, PagesMissing, find, load_pages, names
    from player.learn.words import opening_lines, page_lines
    from player.plain.output import wrapped
    from player.safety.emergency import emergency_number

    number = emergency_number(os.environ)
    try:
        pages = load_pages()
    except PagesMissing as error:
        raise Stop(str(error)) from None
    topic = " ".join(given.topic)
    page = find(pages, topic)
    if topic and page is None:
        from player.document.problem import did_you_mean

        known = [name for page in pages for name in names(page)]
        hint = did_you_mean(topic, known) or "`supple learn` lists all pages."
        raise Stop(f"There is no page `{safe(topic)[:80]}`; {hint}")
    lines = opening_lines(pages, number)
    if page is not None and page.about is not About.OPENING:
        lines = page_lines(page, number)
    columns = get_terminal_size().columns
    _print(part for line in lines for part in wrapped(safe(line), columns) or [""])
    return 0


class _Command(NamedTuple):
    run: Callable[[argparse.Namespace], int]
    help: str
    takes: Callable[[argparse.ArgumentParser], None]


_COMMANDS = {
    "list": _Command(_list, "List the routines.", _list_takes),
    "show": _Command(
        _show, "Picture a routine and print its exact timeline; it plays nothing.", _show_takes
    ),
    "check": _Command(
        _check, "Check files or folders: every problem of every file in one pass.", _check_takes
    ),
    "schema": _Command(
        _schema,
        "Write the JSON Schema by which an editor completes and explains routine files.",
        _schema_takes,
    ),
    "new": _Command(_new, "Write a routine to start from, asked for or by flags.", _new_takes),
    "preview": _Command(
        _preview, "Show a routine while you write it; it follows every save.", _preview_takes
    ),
    "screen": _Command(
        _screen, "Try the screening with a file of answers. It never plays.", _screen_takes
    ),
    "play": _Command(_play, "Ask the safety questions, then play a routine.", _play_takes),
    "export": _Command(
        _export,
        "Write a session as a sound file with chapters; its safety warnings come first.",
        _export_takes,
    ),
    "doctor": _Command(
        _doctor, "What works here, how to get the rest, and where things are kept.", _no_words
    ),
    "learn": _Command(
        _learn, "Why it can hurt behind the knee, and when to get seen.", _learn_takes
    ),
    "history": _Command(_history, "What was done, newest first.", _history_takes),
    "forget": _Command(
        _forget, "Erase what is kept: answers, profiles and sessions.", _forget_takes
    ),
}


def languages() -> tuple[str, ...]:
    """The languages of whoever runs the command."""
    from player.locale import languages as of

    return of(os.environ)


def find(library: "Library", name: str) -> Path:
    """The file that a name or path on the command line means. Raises Stop in words."""
    looks_like_path = name.lower().endswith((".yaml", ".yml")) or os.sep in name or "/" in name
    if not looks_like_path and (found := library.find(name)):
        return found
    if looks_like_path or Path(name).is_file():
        return Path(name)
    from player.check.listing import titled
    from player.document.problem import did_you_mean

    if found := titled(library, name):
        return found
    hint = did_you_mean(name, library.ids) or "`supple list` shows all routines."
    raise Stop(f"There is no routine `{safe(name)[:80]}`; {hint}")


def open_named(library: "Library", name: str, to_play: bool = False, does: str = "") -> "Opened":
    """Open a routine by name or path; one with errors is refused with all its problems."""
    from player.check.loading import open_routine

    path = find(library, name)
    if to_play:
        from player.check.playing import open_to_play

        opened = open_to_play(path, library.catalogue)
    else:
        opened = open_routine(path, library.catalogue)
    if opened.routine is None:
        _say(opened.report())
        does = does or ("not played" if to_play else "neither shown nor played")
        raise Stop(f"This file has errors, so it is {does}.")
    return opened


def _picture(routine: "Routine", timeline: "Timeline") -> Iterator[str]:
    """The picture of a session, as wide and in such characters as the output takes."""
    from shutil import get_terminal_size

    from player.check.listing import Row
    from player.check.picture import glyphs_for, picture_lines
    from player.plain.output import wrapped

    columns, glyphs = get_terminal_size().columns, glyphs_for(sys.stdout.encoding)
    row = Row(routine, timeline)
    for line in picture_lines(row, timeline, languages(), columns, glyphs):
        yield from wrapped(safe(line), columns) or [""]


def _print(lines: Iterable[str]) -> None:
    print("\n".join(safe(line) if line.strip() else line for line in lines))


def _print_json(value: object) -> None:
    import json

    print(escape_json(json.dumps(value, ensure_ascii=False, indent=1)))


def _say(text: str) -> None:
    print(text, file=sys.stderr)
