"""Whatever is wrong in a file, every reader answers in its own words: never a fault of ours.

`$SUPPLE_DEBUG` is set, so that a fault is raised and not reported as E502.
"""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from unittest import mock

import pytest

from player.authoring.following import Followed
from player.base.text import UNSAFE
from player.check.data import check_data
from player.check.fix import fix_bytes
from player.check.playable import open_to_play
from player.check.replacing import NotReplaced
from player.check.report import FileReport, check_paths, format_problems
from player.document.problem import Problem
from player.document.read import read_bytes
from player.document.rows import RowError, read_rows
from player.learn.pages import PagesMissing, find, load_pages
from player.learn.words import opening_lines, page_lines
from player.library.folders import Library, open_library
from player.library.opening import open_routine
from player.library.row import Row, find_by_title
from player.library.row import read_rows as read_all
from player.routine.catalogue import Catalogue
from player.routine.model import Pick, Plan
from player.routine.terms import SHIPPED, ScreeningMissing, Terms
from player.safety import questions
from player.safety.matrix import read_matrix
from player.safety.stop_list import read_line
from player.safety.swaps import read_swaps
from player.session.pressing import press_warning
from player.session.timeline import Choices, compile
from player.show.cards import exercise_card
from player.show.listing import exercise_json, exercise_lines, preview_lines, routine_lines
from player.show.picture import glyphs_for, picture_lines
from player.show.segments import timeline_json, timeline_lines
from tests.check.mutating import mutated
from tests.habits import seed, tries
from tests.routine.reading import shipped

SPOKEN = ("es", "en")
SCREENING = SHIPPED / "screening"
_ENTRY = re.compile(r"^[a-z0-9-]+:\n(?:[ #].*\n|\n)+", re.MULTILINE)
_NAME = re.compile(r"^  name: .*$", re.MULTILINE)

OWN = """\
name: {en: My evening, es: Mi tarde}
language: en
regions: [calf]
duration: 5m
exercises:
  my-roll:
    name: {en: My roll, es: Mi rodillo}
    kind: roll
    regions: [calf]
    position: floor
    sides: one
    dose: {dose: 2 x 60s each side, cues: {10s: {en: Slowly, es: Despacio}}}
    how:
      en: [Roll the calf slowly., Stop a hand below the knee crease.]
      es: [Rueda despacio sobre la pantorrilla., Para una mano por debajo de la corva.]
    keep_off: {en: [the back of the knee], es: [la corva]}
    avoid_if: [dvt_risk]
steps:
  - march-in-place: 3:00
  - my-roll
  - block: Calves
    rounds: 2
    between: 10s
    steps:
      - use: calf-wall-straight
        hold: 30s
        side: left then right
        note: {en: Never roll behind the knee., es: Nunca sobre la corva.}
      - rest: 20s
  - wait: {en: Ready?, es: ¿Lista?}
  - name: My breathing
    phases: [in: 4s, out: 6s]
    cycles: 5
"""


@pytest.fixture(autouse=True)
def faults_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPLE_DEBUG", "1")


def each_mutation(sources: dict[str, str], count: int, look: Callable[[str, bytes], None]) -> None:
    """Look at `count` mutations of some texts. A failure shows the mutated file."""
    random = Random(f"{seed()} {sorted(sources)[0]}")
    names = sorted(sources)
    for number in range(tries(count)):
        name = names[number % len(names)]
        data = mutated(sources[name], random)
        try:
            look(name, data)
        except BaseException as error:
            error.add_note(f"in mutation {number} of {name}:\n{data[:6_000]!r}")
            raise


def cards() -> dict[str, str]:
    """Return every shipped exercise as a card of a person, under an id and names of its own."""
    found = {}
    for file in sorted((SHIPPED / "exercises").glob("*.yaml")):
        for number, match in enumerate(_ENTRY.finditer(file.read_text("utf-8"))):
            card = _NAME.sub(f"  name: {{en: Mine {number}, es: Mia {number}}}", match.group())
            found[f"{file.stem} {number}"] = f"my-{card}"
    return found


def in_words(problems: list[Problem], lines: list[str]) -> None:
    for form in ("text", "json", "github"):
        assert not UNSAFE.search(format_problems([FileReport("x", tuple(problems), lines)], form))
    assert all(problem.code != "E502" for problem in problems)


def look_at_routine(file: Path, catalogue: Catalogue) -> None:
    """Read, play, follow and show one routine file as the commands do."""
    opened = open_routine(file, catalogue)
    in_words(opened.problems, opened.document.lines)
    open_to_play(file, catalogue)
    followed = Followed(file, catalogue)
    followed.look()
    if opened.routine is None or opened.timeline is None:
        assert any(problem.is_error for problem in opened.problems)
        return
    row = Row(opened.routine, opened.timeline)
    json.dumps([row.as_json(SPOKEN), timeline_json(opened.timeline)])
    list(preview_lines(row, SPOKEN))
    list(picture_lines(row, opened.timeline, SPOKEN, 80, glyphs_for("utf-8")))
    for pick in Pick:
        laid_out = compile(Plan.whole(opened.routine), Choices(pick, languages=SPOKEN))
        list(timeline_lines(opened.routine, laid_out, SPOKEN))
        press_warning(laid_out, opened.routine, SPOKEN)


def look_at_library(library: Library, folder: Path) -> None:
    """List, show and check a library as the commands do."""
    rows, broken = read_all(library)
    list(routine_lines(rows, SPOKEN))
    for opened in broken:
        assert opened.problems[0].headline()
    list(exercise_lines(library.catalogue, SPOKEN))
    for entry in library.catalogue.entries:
        list(exercise_card(entry, SPOKEN))
        json.dumps(exercise_json(entry, SPOKEN))
    for report in check_paths([folder], library):
        in_words(list(report.problems), report.lines)
    find_by_title(library, "Mine 0")


@pytest.mark.soak
def test_any_card_is_read_or_reported_and_loses_only_itself(tmp_path: Path) -> None:
    folder = tmp_path / "routines"
    (folder / "exercises").mkdir(parents=True)
    sources = cards()
    good = "".join(list(sources.values())[:1]).replace("Mine", "Good").replace("Mia", "Buena")
    (folder / "exercises" / "z.yaml").write_text(good.replace("my-", "good-", 1), "utf-8")
    good_id = good.replace("my-", "good-", 1).partition(":")[0]
    (folder / "good.yaml").write_text(f"name: Good\nsteps:\n  - {good_id}\n", "utf-8")

    def look(name: str, data: bytes) -> None:
        (folder / "exercises" / "a.yaml").write_bytes(data)
        used = sources[name].partition(":")[0]
        (folder / "mine.yaml").write_text(f"name: Mine\nsteps:\n  - {used}\n", "utf-8")
        library = open_library([folder])
        assert library.catalogue.find(good_id) or b"good" in data.lower() or b"buena" in data
        look_at_library(library, folder)
        look_at_routine(folder / "mine.yaml", library.catalogue)

    each_mutation(sources, 100, look)


@pytest.mark.soak
def test_any_routine_is_read_or_reported(tmp_path: Path) -> None:
    sources = {file.name: file.read_text("utf-8") for file in sorted(SHIPPED.glob("*.yaml"))}
    sources |= {f"own {number}": OWN for number in range(20)}
    file = tmp_path / "mine.yaml"

    def look(name: str, data: bytes) -> None:
        file.write_bytes(data)
        look_at_routine(file, shipped())
        try:
            now, _ = fix_bytes(data, file, shipped())
        except NotReplaced:
            return
        in_words(read_bytes(now, "x").problems.found, [])

    each_mutation(sources, 60, look)


def load(folder: Path, name: str) -> None:
    """Read everything that the program reads from one file of the screening data."""
    file = folder / "screening" / name
    terms = Terms(folder / "screening")
    match name:
        case "conditions.yaml":
            assert terms.conditions
            read_matrix(read_rows(file, "the matrix"))
        case "places.yaml" | "pressing.yaml":
            search = terms.search
            for text in ("Roll slowly behind the knee, never hard.", "Rueda sobre la corva."):
                search.pressed(text)
                search.doubtful(text)
                search.is_massage(text)
                search.is_deep(text)
                if "en" in search.lexicons:
                    search.reads_as(text, "en")
        case "swaps.yaml":
            read_swaps(read_rows(file, "the list"))
        case "stop.yaml":
            for row in read_rows(file, "the list").rows("stop", "a line"):
                read_line(row)
        case _:
            assert all(terms.questions)
            with mock.patch.object(questions, "SHIPPED", folder):
                questions.read_questionnaire()


@pytest.mark.soak
def test_any_screening_data_is_read_or_refused(tmp_path: Path) -> None:
    shutil.copytree(SCREENING, tmp_path / "screening")
    sources = {file.name: file.read_text("utf-8") for file in sorted(SCREENING.glob("*.yaml"))}

    def look(name: str, data: bytes) -> None:
        file = tmp_path / "screening" / name
        document = read_bytes(data, str(file))
        check_data(document, shipped(), file)
        in_words(document.problems.in_order(), document.lines)
        file.write_bytes(data)
        try:
            load(tmp_path, name)
        except (RowError, ScreeningMissing) as error:
            assert str(error)
        finally:
            file.write_text(sources[name], "utf-8")

    each_mutation(sources, 44, look)


@pytest.mark.soak
def test_any_page_to_read_is_read_or_refused(tmp_path: Path) -> None:
    folder = tmp_path / "learn"
    shutil.copytree(SHIPPED / "learn", folder)
    sources = {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.yaml"))}

    def look(name: str, data: bytes) -> None:
        file = folder / name
        document = read_bytes(data, str(file))
        check_data(document, shipped(), file)
        in_words(document.problems.in_order(), document.lines)
        file.write_bytes(data)
        try:
            pages = load_pages.__wrapped__(folder)
            opening_lines(pages, "112")
            for page in pages:
                page_lines(page, "112")
                assert find(pages, page.id)
        except PagesMissing as error:
            assert str(error)
        finally:
            file.write_text(sources[name], "utf-8")

    each_mutation(sources, 36, look)
