"""The commands. Thin: each reads its arguments, imports what it needs and prints words."""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from player.text import escape_json, safe

if TYPE_CHECKING:
    from player.check.loading import Opened
    from player.routine.library import Library


class Stop(click.ClickException):
    """One or two plain sentences on stderr, and exit code 1."""

    def show(self, file: object = None) -> None:
        click.echo(f"supple: {safe(self.message)}", err=True)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, help="Print the version.")
@click.pass_context
def cli(context: click.Context, version: bool) -> None:
    """Guided stretching and self-massage in the terminal.

    Safety questions are asked before every session. This is not medical advice.
    """
    if version:
        from importlib.metadata import version as installed

        click.echo(f"supple {installed('supple')}")
    elif context.invoked_subcommand is None:
        from player.plain.start import open_plainly

        raise SystemExit(open_plainly())


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--exercises", is_flag=True, help="The exercises of the catalogue instead.")
def list_(as_json: bool, exercises: bool) -> None:
    """List the routines."""
    from player.check.listing import exercise_lines, listed, routine_lines
    from player.routine.library import open_library

    library = open_library()
    if exercises:
        _print(exercise_lines(library.catalogue, languages()))
        return
    found, broken = listed(library)
    if as_json:
        _print_json([row.as_json(languages()) for row in found])
    else:
        _print(routine_lines(found, languages()))
    for opened in broken:
        _say(opened.problems[0].headline())
    for _, problem in library.problems:
        _say(problem.headline())


@cli.command()
@click.argument("routine")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--pick", type=click.Choice(["low", "middle", "high"]), default="low", help="End of ranges."
)
def show(routine: str, as_json: bool, pick: str) -> None:
    """Print the exact timeline of a routine, as it is for somebody without any trouble."""
    from player.check.showing import timeline_json, timeline_lines
    from player.routine.library import open_library
    from player.routine.model import Pick, Plan
    from player.timeline import Choices, compile

    opened = open_named(open_library(), routine)
    assert opened.routine is not None  # open_named refuses anything else
    choices = Choices(Pick(pick), languages=languages())
    timeline = compile(Plan.whole(opened.routine), choices)
    if as_json:
        _print_json(timeline_json(timeline))
    else:
        _print(timeline_lines(opened.routine, timeline, languages()))


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def check(paths: tuple[Path, ...], form: str, strict: bool) -> None:
    """Check routine files, or folders of them: every problem of every file in one pass."""
    from player.check.report import check_paths, format_problems
    from player.routine.library import open_library

    checked = check_paths(paths, open_library())
    text = format_problems(checked, form)
    if text:
        click.echo(text)
    problems = [problem for report in checked for problem in report.problems]
    failed = any(problem.is_error or strict for problem in problems)
    if sys.stderr.isatty() and not problems:
        _say(f"{len(checked)} file{'s' if len(checked) != 1 else ''} checked, no problems.")
    raise SystemExit(1 if failed else 0)


@cli.command()
@click.argument("routine")
@click.option("--answers", required=True, type=click.Path(path_type=Path), help="A JSON file.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def screen(routine: str, answers: Path, as_json: bool) -> None:
    """Try the screening with a file of answers. Nothing is ever played by this.

    The file: {"yes": [condition keys], "unsure": [], "unanswered": [], "soreness": 0-10,
    "age": years}; what it does not name counts as no.
    """
    from player import clock
    from player.check.screening import dry_run
    from player.routine.library import open_library

    library = open_library()
    opened = open_named(library, routine)
    assert opened.routine is not None  # open_named refuses anything else
    result = dry_run(opened.routine, answers, library.catalogue, clock.wall() / 1_000)
    if isinstance(result, str):
        raise Stop(result)
    if as_json:
        _print_json(result.as_json())
    else:
        _print(result.lines())


@cli.command()
@click.argument("routine")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and logs.")
@click.option("--mute", is_flag=True, help="No sound.")
@click.option("--no-voice", is_flag=True, help="No spoken cues.")
@click.option("--bell", is_flag=True, help="Ring the terminal's bell with the cues (plain mode).")
@click.option("--person", help="Who it is for.")
@click.option("--hands-free", is_flag=True, help="Steps that wait for a key go on by themselves.")
@click.option(
    "--pick", type=click.Choice(["low", "middle", "high"]), default="low", help="End of ranges."
)
def play(
    routine: str,
    plain: bool,
    mute: bool,
    no_voice: bool,
    bell: bool,
    person: str | None,
    hands_free: bool,
    pick: str,
) -> None:
    """Ask the safety questions, then play a routine."""
    from player.plain.start import Wishes, play_plainly
    from player.routine.library import open_library
    from player.routine.model import Pick

    library = open_library()
    path = find(library, routine)
    wishes = Wishes(person, Pick(pick), bell and not mute, hands_free, languages())
    raise SystemExit(play_plainly(library, path, wishes))


@cli.command()
@click.option("--person", help="Only this person.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def history(person: str | None, as_json: bool) -> None:
    """What was done, newest first."""
    from player.history.past import sessions
    from player.history.store import default_path, open_store

    found = []
    if default_path().exists():
        with open_store() as store:
            found = sessions(store, person)
    if as_json:
        _print_json([s.as_json() for s in found])
    else:
        _print([session.line() for session in found] or ["Nothing was played yet."])


@cli.command()
@click.option("--person", help="Only this person; without it everybody.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(person: str | None, yes: bool) -> None:
    """Erase what is kept: answers, profiles and sessions."""
    from player.history.past import forget_everything, forget_person
    from player.history.store import default_path, open_store

    whose = f"of {safe(person)}" if person else "of everybody"
    if not yes:
        if not sys.stdin.isatty():
            raise Stop("Nothing was erased; `--yes` erases without asking.")
        click.confirm(f"Erase everything that is kept {whose}?", abort=True)
    if person is None:
        erased = forget_everything(default_path())
    elif erased := default_path().exists():
        with open_store() as store:
            erased = forget_person(store, person)
    click.echo(f"Erased everything {whose}." if erased else "Nothing was kept.")


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
    from player.document.problem import did_you_mean

    hint = did_you_mean(name, library.ids) or "`supple list` shows all routines."
    raise Stop(f"There is no routine `{safe(name)[:80]}`; {hint}")


def open_named(library: "Library", name: str) -> "Opened":
    """Open a routine by name or path; one with errors is refused with all its problems."""
    from player.check.loading import open_routine

    opened = open_routine(find(library, name), library.catalogue)
    if opened.routine is None:
        _say(opened.report())
        raise Stop("This file has errors, so it is neither shown nor played.")
    return opened


def _print(lines: Iterable[str]) -> None:
    click.echo("\n".join(safe(line) if line.strip() else line for line in lines))


def _print_json(value: object) -> None:
    click.echo(escape_json(json.dumps(value, ensure_ascii=False, indent=1)))


def _say(text: str) -> None:
    click.echo(text, err=True)
