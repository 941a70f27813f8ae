"""Commands that tell: of routines, of why it hurts, of this machine."""

import argparse
import os

from player.base.text import safe
from player.cli.common import (
    PICKS,
    Command,
    Stop,
    languages,
    open_named,
    picture,
    print_json,
    print_lines,
    say,
)


def _list_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("--json", action="store_true", help="as JSON")
    words.add_argument("--exercises", action="store_true", help="the catalogue instead")
    words.add_argument(
        "--conditions", action="store_true", help="what `avoid_if` and `screening` take instead"
    )


def _list(given: argparse.Namespace) -> int:
    from player.library.folders import open_library
    from player.library.row import listed
    from player.show.listing import exercise_lines, routine_lines

    if given.conditions:
        from player.show.cards import condition_lines

        print_lines(condition_lines())
        return 0
    library = open_library()
    if given.exercises:
        print_lines(exercise_lines(library.catalogue, languages()))
        return 0
    found, broken = listed(library)
    if given.json:
        print_json([row.as_json(languages()) for row in found])
    else:
        print_lines(routine_lines(found, languages()))
    for opened in broken:
        say(opened.problems[0].headline())
    for _, problem in library.problems:
        say(problem.headline())
    return 0


def _show_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "routine", metavar="ROUTINE", help="a name of the list, a file, or the id of an exercise"
    )
    words.add_argument("--json", action="store_true", help="as JSON")
    words.add_argument("--pick", choices=PICKS, default="low", help="which end of ranges")


def _show(given: argparse.Namespace) -> int:
    from player.library.folders import open_library
    from player.routine.model import Pick, Plan
    from player.session.timeline import Choices, compile
    from player.show.segments import timeline_json, timeline_lines

    library = open_library()
    entry = None if library.find(given.routine) else library.catalogue.find(given.routine)
    if entry is not None and not given.json:
        from player.show.cards import exercise_card

        print_lines(exercise_card(entry, languages()))
        return 0
    opened = open_named(library, given.routine)
    assert opened.routine is not None  # open_named refuses anything else
    choices = Choices(Pick(given.pick), languages=languages())
    timeline = compile(Plan.whole(opened.routine), choices)
    if given.json:
        print_json(timeline_json(timeline))
    else:
        print_lines(picture(opened.routine, timeline))
        print_lines(
            ["", "Second by second", *timeline_lines(opened.routine, timeline, languages())]
        )
    return 0


def _learn_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "topic", metavar="TOPIC", nargs="*", help="a name of the list, or dvt, sciatica …"
    )


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
    print_lines(part for line in lines for part in wrapped(safe(line), columns) or [""])
    return 0


def _no_words(words: argparse.ArgumentParser) -> None:
    """A command that takes nothing."""


def _doctor(given: argparse.Namespace) -> int:
    from player.cli.doctor import doctor_lines

    print_lines(doctor_lines())
    return 0


COMMANDS = {
    "list": Command(_list, "List the routines.", _list_takes),
    "show": Command(
        _show, "Picture a routine and print its exact timeline; it plays nothing.", _show_takes
    ),
    "learn": Command(
        _learn, "Why it can hurt behind the knee, and when to get seen.", _learn_takes
    ),
    "doctor": Command(
        _doctor, "What works here, how to get the rest, and where things are kept.", _no_words
    ),
}
