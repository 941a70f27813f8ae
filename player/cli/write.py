"""Commands for writing routines: `new`, `preview`, `check`, `schema` and `screen`."""

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


def _add_new_arguments(parser: argparse.ArgumentParser) -> None:
    from player.routine.vocabulary import EQUIPMENT, Level, Region

    parser.add_argument("name", metavar="NAME", nargs="?", help="what it is called")
    regions, levels = ([str(word) for word in words_of] for words_of in (Region, Level))
    parser.add_argument(
        "--regions", nargs="+", metavar="REGION", choices=regions, help=" ".join(regions)
    )
    parser.add_argument("--minutes", type=int, metavar="N", help="10 if not given")
    parser.add_argument(
        "--equipment",
        nargs="*",
        metavar="THING",
        choices=sorted(EQUIPMENT),
        help=f"what is at hand: {' '.join(sorted(EQUIPMENT))}",
    )
    kinds = ("stretch", "massage", "mixed")
    parser.add_argument("--kind", choices=kinds, help="stretch if not given")
    parser.add_argument("--level", choices=levels, help="beginner if not given")
    parser.add_argument("-o", metavar="FILE", type=Path, help="else the name in small letters")


def _new(args: argparse.Namespace) -> int:
    from player.cli.new import (
        Given,
        NotWritten,
        asked,
        check_place,
        file_for,
        wanted_of,
        write_new,
    )
    from player.library.folders import open_library

    given = Given(
        args.name or "", args.regions or (), args.minutes, args.equipment, args.kind, args.level
    )
    can_ask = sys.stdin is not None and sys.stdin.isatty()
    if not can_ask and not given.enough:
        raise WrongUse("a NAME and --regions are needed where nobody can be asked")
    try:
        check_place(args.o or Path(file_for("")))  # before anything is asked
        wanted = wanted_of(given) if given.enough else asked(given)
        print_lines(write_new(wanted, args.o or file_for(wanted.name), open_library().catalogue))
    except NotWritten as error:
        raise Stop(str(error)) from None
    return 0


def _add_preview_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the routine that is being written")


def _preview(args: argparse.Namespace) -> int:
    from player.cli.start import can_draw
    from player.library.folders import open_library
    from player.plain.console import is_terminal

    library = open_library()
    path = find(library, args.file)
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


def _add_check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path)
    parser.add_argument("--format", choices=("text", "json", "github"), help="text if not given")
    parser.add_argument("--strict", action="store_true", help="warnings fail too")
    parser.add_argument("--fix", action="store_true", help="mend what is safe to mend, in place")
    parser.add_argument("--explain", metavar="CODE", help="say what a code such as E301 means")
    parser.add_argument("--info", action="store_true", help="what is only worth knowing, too")
    parser.add_argument(
        "--raise",
        dest="raised",
        metavar="CODE",
        action="append",
        default=[],
        help="make a rule such as L05 an error; may be repeated. No rule can be made looser",
    )


def _check(args: argparse.Namespace) -> int:
    from player.check.report import Asked, check_paths, format_problems, raised
    from player.library.folders import open_library

    if args.explain is not None:
        if args.paths or args.strict or args.fix or args.info or args.raised or args.format:
            raise WrongUse("--explain must be used alone: `supple check --explain E301`")
        return _explain(args.explain)
    form = args.format or "text"
    if not args.paths:
        raise WrongUse("say which files or folders to check: `supple check PATH`")
    try:
        asked = Asked(args.info, raised(args.raised))
    except ValueError as error:
        raise WrongUse(str(error)) from None
    if args.fix:
        _fix(args.paths, form)
    checked = check_paths(args.paths, open_library(), asked)
    text = format_problems(checked, form)
    if text:
        print(text)
    problems = [problem for report in checked for problem in report.problems]
    if sys.stderr.isatty() and not problems:
        say(f"{len(checked)} file{'s' if len(checked) != 1 else ''} checked, no problems.")
    fails = [problem.is_error or (args.strict and not problem.is_info) for problem in problems]
    return int(any(fails))


def _add_schema_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--exercises", action="store_true", help="for catalogue files instead")
    parser.add_argument("-o", dest="file", metavar="FILE", type=Path, help="write it to this file")


def _schema(args: argparse.Namespace) -> int:
    from player.authoring.schema.writing import how_to_use, schema_text, write
    from player.library.folders import open_library

    file: Path | None = args.file
    if file and file.suffix.lower() != ".json":
        raise Stop(f"A schema is JSON, so its name should end in `.json`, not `{safe(file.name)}`.")
    library = open_library()
    text = schema_text(library, args.exercises, languages())
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


def _add_screen_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE")
    parser.add_argument(
        "--answers",
        metavar="FILE",
        type=Path,
        required=True,
        help='{"yes": [keys], "unsure": [], "unanswered": [], "soreness": 0-10, "age": years}',
    )
    parser.add_argument("--json", action="store_true", help="as JSON")


def _screen(args: argparse.Namespace) -> int:
    from player.base import clock
    from player.check.dry_run import dry_run
    from player.library.folders import open_library

    library = open_library()
    opened = open_named(library, args.routine)
    assert opened.routine is not None  # open_named refuses anything else
    result = dry_run(opened.routine, args.answers, library.catalogue, clock.wall() / 1_000)
    if isinstance(result, str):
        raise Stop(result)
    if args.json:
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
    """Fix the files and print what was done, to stderr if stdout carries data."""
    from player.check.fix import fix_paths
    from player.library.folders import open_library

    done, left = fix_paths(paths, open_library())
    for fixed in done:
        print(fixed.line(), file=sys.stdout if form == "text" else sys.stderr)
    for words in left:
        say(words)


COMMANDS = {
    "new": Command(
        _new, "Write a routine to start from, asked for or by flags.", _add_new_arguments
    ),
    "preview": Command(
        _preview,
        "Show a routine while you write it; it follows every save.",
        _add_preview_arguments,
    ),
    "check": Command(
        _check,
        "Check files or folders: every problem of every file in one pass.",
        _add_check_arguments,
    ),
    "schema": Command(
        _schema,
        "Write the JSON Schema by which an editor completes and explains routine files.",
        _add_schema_arguments,
    ),
    "screen": Command(
        _screen, "Try the screening with a file of answers. It never plays.", _add_screen_arguments
    ),
}
