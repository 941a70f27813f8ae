"""Commands for whoever writes a routine."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from player.base.text import safe
from player.cli.common import (
    Command,
    Stop,
    WrongUse,
    find,
    languages,
    open_named,
    picture,
    print_json,
    print_lines,
    say,
)


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


def _new(given: argparse.Namespace) -> int:
    from player.authoring.composing import Sort, Wanted
    from player.cli.new import NotWritten, asked, file_for, write_new
    from player.library.folders import open_library
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
        print_lines(write_new(wanted, given.o or file_for(wanted.name), open_library().catalogue))
    except NotWritten as error:
        raise Stop(str(error)) from None
    return 0


def _preview_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("file", metavar="FILE", help="the routine that is being written")


def _preview(given: argparse.Namespace) -> int:
    from player.cli.start import can_draw
    from player.library.folders import open_library
    from player.plain.console import is_terminal

    library = open_library()
    path = find(library, given.file)
    if is_terminal() and can_draw():
        from player.tui.preview import run as run_preview

        return run_preview(path, library.catalogue, languages())
    from player.check.lint.every_rule import lint
    from player.library.opening import open_routine

    opened = open_routine(path, library.catalogue)
    opened.document.problems.take(lint(opened, info=False))
    if opened.routine and opened.timeline:
        print_lines(picture(opened.routine, opened.timeline))
    if opened.problems:
        say(opened.report())
    return int(opened.routine is None)


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


def _check(given: argparse.Namespace) -> int:
    from player.check.report import Asked, check_paths, format_problems, raised
    from player.library.folders import open_library

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
        say(f"{len(checked)} file{'s' if len(checked) != 1 else ''} checked, no problems.")
    fails = [problem.is_error or (given.strict and not problem.is_info) for problem in problems]
    return int(any(fails))


def _schema_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("--exercises", action="store_true", help="for catalogue files instead")
    words.add_argument("-o", dest="file", metavar="FILE", type=Path, help="write it to this file")


def _schema(given: argparse.Namespace) -> int:
    from player.authoring.schema.writing import how_to_use, schema_text, write
    from player.library.folders import open_library

    file: Path | None = given.file
    if file and file.suffix.lower() != ".json":
        raise Stop(f"A schema is JSON, so its name should end in `.json`, not `{safe(file.name)}`.")
    library = open_library()
    text = schema_text(library, given.exercises, languages())
    for _, problem in library.problems:
        say(problem.headline())
    if file is None:
        print(text, end="")
    else:
        try:
            write(text, file)
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise Stop(f"Can't write `{safe(file)}`: {reason}.") from None
        print_lines([f"Wrote {file}."])
    say(how_to_use(file or Path("supple.schema.json")))
    return 0


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


def _screen(given: argparse.Namespace) -> int:
    from player.base import clock
    from player.check.dry_run import dry_run
    from player.library.folders import open_library

    library = open_library()
    opened = open_named(library, given.routine)
    assert opened.routine is not None  # open_named refuses anything else
    result = dry_run(opened.routine, given.answers, library.catalogue, clock.wall() / 1_000)
    if isinstance(result, str):
        raise Stop(result)
    if given.json:
        print_json(result.as_json())
    else:
        print_lines(result.lines())
    return 0


def _explain(code: str) -> int:
    from shutil import get_terminal_size

    from player.check.explain import explain, nearest
    from player.plain.output import wrapped

    lines = explain(code)
    if lines is None:
        raise WrongUse(f"there is no code `{safe(code)[:40]}`; {nearest(code)}")
    columns = get_terminal_size().columns
    print_lines(part for line in lines for part in wrapped(line, columns) or [""])
    return 0


def _fix(paths: Sequence[Path], form: str) -> None:
    """Mend the files and say what was done; beside stdout where that is data."""
    from player.check.fix import fix_paths
    from player.library.folders import open_library

    done, left = fix_paths(paths, open_library())
    for fixed in done:
        print(fixed.line(), file=sys.stdout if form == "text" else sys.stderr)
    for words in left:
        say(words)


COMMANDS = {
    "new": Command(_new, "Write a routine to start from, asked for or by flags.", _new_takes),
    "preview": Command(
        _preview, "Show a routine while you write it; it follows every save.", _preview_takes
    ),
    "check": Command(
        _check, "Check files or folders: every problem of every file in one pass.", _check_takes
    ),
    "schema": Command(
        _schema,
        "Write the JSON Schema by which an editor completes and explains routine files.",
        _schema_takes,
    ),
    "screen": Command(
        _screen, "Try the screening with a file of answers. It never plays.", _screen_takes
    ),
}
