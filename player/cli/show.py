"""Commands that only print: `list`, `show`, `learn` and `doctor`."""

import argparse
import os

from player.base.text import safe
from player.cli.common import (
    PICKS,
    Command,
    Stop,
    WrongUse,
    languages,
    open_named,
    picture,
    print_json,
    print_lines,
    say,
)


def _add_list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--exercises", action="store_true", help="the catalogue instead")
    what.add_argument(
        "--conditions", action="store_true", help="what `avoid_if` and `screening` take instead"
    )


def _list(args: argparse.Namespace) -> int:
    from player.library.folders import open_library
    from player.library.row import read_rows
    from player.show.listing import exercise_json, exercise_lines, routine_lines

    if args.conditions:
        from player.show.cards import condition_lines, conditions_json

        if args.json:
            print_json(conditions_json())
        else:
            print_lines(condition_lines())
        return 0
    library = open_library()
    if args.exercises:
        if args.json:
            entries = library.catalogue.entries
            print_json([exercise_json(entry, languages()) for entry in entries])
        else:
            print_lines(exercise_lines(library.catalogue, languages()))
    else:
        found, broken = read_rows(library)
        if args.json:
            print_json([row.as_json(languages()) for row in found])
        else:
            print_lines(routine_lines(found, languages()))
        for opened in broken:
            say(opened.problems[0].headline())
    for _, problem in library.problems:
        say(problem.headline())
    return 0


def _add_show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "routine", metavar="ROUTINE", help="a name of the list, a file, or the id of an exercise"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--pick", choices=PICKS, help="which end of ranges; low if not given")


def _show(args: argparse.Namespace) -> int:
    from player.library.folders import open_library
    from player.routine.model import Pick, Plan
    from player.session.timeline import Choices, compile
    from player.show.segments import timeline_json, timeline_lines

    library = open_library()
    entry = None if library.find(args.routine) else library.catalogue.find(args.routine)
    if entry is not None:
        from player.show.cards import exercise_card
        from player.show.listing import exercise_json

        if args.pick:
            raise WrongUse(f"--pick is for a routine, and `{entry.exercise.id}` is an exercise")
        if args.json:
            print_json(exercise_json(entry, languages()))
        else:
            print_lines(exercise_card(entry, languages()))
        return 0
    opened = open_named(library, args.routine)
    assert opened.routine is not None  # open_named refuses anything else
    choices = Choices(Pick(args.pick or Pick.LOW), languages=languages())
    timeline = compile(Plan.whole(opened.routine), choices)
    if args.json:
        print_json(timeline_json(timeline))
    else:
        print_lines(picture(opened.routine, timeline))
        print_lines(
            ["", "Second by second", *timeline_lines(opened.routine, timeline, languages())]
        )
    return 0


def _add_learn_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "topic", metavar="TOPIC", nargs="*", help="a name of the list, or dvt, sciatica …"
    )


def _learn(args: argparse.Namespace) -> int:
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
    topic = " ".join(args.topic)
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
    print_lines(part for line in lines for part in wrapped(safe(line), columns) or [""])
    return 0


def _add_no_arguments(parser: argparse.ArgumentParser) -> None:
    """Add no arguments."""


def _doctor(args: argparse.Namespace) -> int:
    from player.cli.doctor import doctor_lines

    print_lines(doctor_lines())
    return 0


COMMANDS = {
    "list": Command(_list, "List the routines.", _add_list_arguments),
    "show": Command(
        _show,
        "Picture a routine and print its exact timeline; it plays nothing.",
        _add_show_arguments,
    ),
    "learn": Command(
        _learn, "Why it can hurt behind the knee, and when to get seen.", _add_learn_arguments
    ),
    "doctor": Command(
        _doctor,
        "What works here, how to get the rest, and where things are kept.",
        _add_no_arguments,
    ),
}
