"""Composing a first routine: every input gives a good routine or one plain sentence."""

import io
import itertools
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from player.authoring.composing import (
    LONGEST_MIN,
    SHORTEST_MIN,
    Composed,
    Sort,
    Wanted,
    compose,
)
from player.check.lint.every_rule import lint
from player.cli.new import Given, NotWritten, asked, file_for, write_new
from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import Opened, open_document
from player.routine.model import Range
from player.routine.pieces import SegmentKind
from player.routine.terms import SHIPPED
from player.routine.vocabulary import EQUIPMENT, MASSAGE, Kind, Level, Position, Region
from player.show.shares import by_step, region_totals
from tests.cases import cases
from tests.habits import tries

CATALOGUE = open_library([SHIPPED]).catalogue
AT_HAND: tuple[frozenset[str], ...] = (
    frozenset(), frozenset({"wall"}), frozenset({"chair"}), frozenset({"chair", "wall", "strap"}),
    frozenset({"roller", "ball", "chair"}), EQUIPMENT,
)  # fmt: skip


def opened(text: str) -> Opened:
    return open_document(read_bytes(text.encode(), "t.yaml"), CATALOGUE)


def gives_routine(wanted: Wanted) -> bool:
    """Compose a routine and check all its properties. Return whether there is a routine."""
    found = compose(wanted, CATALOGUE)
    assert compose(wanted, CATALOGUE) == found, "the same input gives the same text"
    if isinstance(found, str):
        assert found.endswith(".") and found.count(". ") == 0 and len(found) < 200, found
        return False
    file = opened(found.text)
    assert file.routine and file.timeline and not file.problems, file.report()
    assert lint(file, info=False) == (), "`supple check --strict` passes"
    routine, timeline = file.routine, file.timeline
    total = timeline.total_ms
    assert total == found.total_ms and timeline.exact
    assert routine.duration == Range(total, total)
    assert abs(total - wanted.minutes * 60_000) <= wanted.minutes * 6_000
    assert total <= LONGEST_MIN * 60_000
    assert routine.name.pick() == wanted.name.strip()
    first, *rest = routine.steps
    assert first.exercise.kind is Kind.DYNAMIC
    assert by_step(timeline)[1].total >= (180_000 if total > 300_000 else 60_000)
    assert rest and {step.exercise.id for step in rest} <= set(CATALOGUE.ids)
    assert len({step.exercise.id for step in routine.steps}) == len(routine.steps)
    kinds = {step.exercise.kind for step in rest} - {Kind.BREATHE}
    stretches, massages = Kind.STATIC in kinds, bool(kinds & MASSAGE)
    assert kinds <= {Kind.STATIC, Kind.ROLL, Kind.PRESS}
    assert stretches is (wanted.sort is not Sort.MASSAGE)
    assert massages is (wanted.sort is not Sort.STRETCH)
    for step in routine.steps:
        assert step.equipment <= wanted.equipment
        if step.dose.pressure:
            assert step.dose.pressure.high <= (3 if wanted.level is Level.GENTLE else 4)
        if wanted.level is Level.GENTLE:
            assert step.exercise.positions.isdisjoint({Position.PRONE, Position.ONE_LEG})
        work = by_step(timeline)[step.number]
        assert work.left == work.right and not work.one, "both sides get the same"
        if step.exercise.kind is Kind.STATIC:
            assert 60_000 <= work.least_side <= 120_000
    for region in wanted.regions:
        assert any(region in step.exercise.regions for step in rest), region
    massage_ms = 0
    for total_of in region_totals(timeline):
        if total_of.kind is Kind.STATIC:
            assert total_of.work.least_side <= 240_000
    for segment in timeline.segments:
        kind = timeline.steps[segment.step].exercise.kind
        if segment.kind is SegmentKind.WORK and kind in MASSAGE:
            massage_ms += segment.length
            assert 20_000 <= segment.length <= 120_000
        if segment.kind is SegmentKind.WORK and kind is Kind.STATIC:
            assert segment.length == 30_000
    assert massage_ms <= 1_200_000
    lines = found.text.splitlines()
    assert lines[0] == "# yaml-language-server: $schema=supple.schema.json"
    assert max(map(len, lines)) <= 200
    return True


def test_each_region_alone_gives_a_good_routine_or_a_sentence_for_every_equipment() -> None:
    good = 0
    for region, sort, equipment in itertools.product(Region, Sort, AT_HAND):
        for minutes in (5, 20):
            good += gives_routine(Wanted("T", (region,), minutes, equipment, sort))
    assert good > 100


@pytest.mark.soak
@settings(max_examples=tries(50), deadline=None)
@given(
    some.lists(some.sampled_from(Region), min_size=1, max_size=12),
    some.integers(SHORTEST_MIN, LONGEST_MIN),
    some.frozensets(some.sampled_from(sorted(EQUIPMENT))),
    some.sampled_from(Sort),
    some.sampled_from(Level),
)
def test_any_input_gives_a_good_routine_or_a_sentence(
    regions: list[Region], minutes: int, equipment: frozenset[str], sort: Sort, level: Level
) -> None:
    gives_routine(Wanted("T", tuple(regions), minutes, equipment, sort, level))


@cases("minutes", range(6, 21))
def test_common_regions_give_a_routine_of_any_length_from_10_minutes(minutes: int) -> None:
    for regions in ((Region.CALF,), (Region.HAM, Region.CALF), (Region.HIPFLEXOR,)):
        wanted = Wanted("T", regions, minutes, frozenset({"chair", "wall"}))
        assert gives_routine(wanted) or minutes < 10


@cases(
    "name",
    ["a: b", "# no", "'x", '"y"', "{a}", "yes", "12", "[l]", "\\n", "café – 膝", "-", "x" * 80],
)
def test_names_with_special_characters_are_written_correctly(name: str) -> None:
    assert gives_routine(Wanted(name, (Region.CALF,), 10, frozenset({"wall"})))


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "\x1b[2J", "a\u202eb", "x" * 81])
def test_an_empty_unsafe_or_long_name_is_refused(name: str) -> None:
    assert compose(Wanted(name, (Region.CALF,)), CATALOGUE) == (
        "A name has 1 to 80 plain characters."
    )


def test_if_no_routine_is_possible_a_sentence_says_what_is_missing() -> None:
    def why(
        *regions: Region, minutes: int = 10, things: str = "", sort: Sort = Sort.STRETCH
    ) -> str:
        found = compose(Wanted("T", regions, minutes, frozenset(things.split()), sort), CATALOGUE)
        assert isinstance(found, str), found
        return found

    assert why(Region.CALF) == (
        "For a stretch of the calf something is missing that you have not named: "
        "step or strap or wall."
    )
    assert "no stretch for the knee" in why(Region.KNEE)
    assert "no massage for the belly" in why(Region.BELLY, sort=Sort.MASSAGE)
    assert why(Region.CALF, minutes=45, things="wall").startswith("Within the usual doses")
    few = why(Region.CALF, Region.HAM, Region.QUAD, minutes=5, things="chair wall strap")
    words = few.split()
    assert few.startswith("5 minutes are too few") and few.endswith("would do.")
    more = int(words[words.index("would") - 1])
    assert gives_routine(
        Wanted(
            "T", (Region.CALF, Region.HAM, Region.QUAD), more, frozenset({"chair", "wall", "strap"})
        )
    )
    assert why(minutes=10) == "It needs at least one region."
    assert why(Region.CALF, minutes=3) == "A session takes 4 to 45 minutes."


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    wanted = Wanted("T", (Region.CALF,), 10, frozenset({"wall"}))
    path = tmp_path / "t.yaml"
    printed = "\n".join(write_new(wanted, path, CATALOGUE))
    assert f"Wrote {path}: 10:00." in printed
    found = compose(wanted, CATALOGUE)
    assert isinstance(found, Composed) and path.read_text("utf-8") == found.text
    path.write_text("mine", "utf-8")
    for place in (path, tmp_path):
        with pytest.raises(NotWritten, match="is there already and was left as it is"):
            list(write_new(wanted, place, CATALOGUE))
    assert path.read_text("utf-8") == "mine"
    with pytest.raises(NotWritten, match="can't be written: no such file"):
        list(write_new(wanted, tmp_path / "no" / "t.yaml", CATALOGUE))
    with pytest.raises(NotWritten, match="bad name"):
        list(write_new(wanted, tmp_path / "a\0b", CATALOGUE))


def test_the_file_name_follows_the_name_of_the_routine() -> None:
    named = [file_for(name).name for name in ("Evening calves", "Café Überknie!", "膝", "../../x")]
    assert named == ["evening-calves.yaml", "cafe-uberknie.yaml", "routine.yaml", "x.yaml"]


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_wrong_answer_is_explained_and_the_question_is_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(
        monkeypatch, "", "x" * 81, "Evening", "", "clf", "calf, ham", "99", "ten", "12", "wal",
        "wall CHAIR", "both", "mixed", "gentle beginner", "gentle",
    )  # fmt: skip
    wanted = Wanted(
        "Evening", (Region.CALF, Region.HAM), 12, frozenset({"wall", "chair"}), Sort.MIXED,
        Level.GENTLE,
    )  # fmt: skip
    assert asked(Given()) == wanted
    printed = capsys.readouterr().out
    for words in (
        "A name has 1 to 80 plain characters.", "It needs at least one region.",
        "did you mean `calf`?", "Write a number from 4 to 45.", "did you mean `wall`?",
        "Write one of them.",
    ):  # fmt: skip
        assert words in printed, words
    answers(monkeypatch, "", "", "", "")
    assert asked(Given("T", ["calf"])) == Wanted("T", (Region.CALF,))


@settings(deadline=None, max_examples=tries(50))
@given(some.data())
def test_whatever_the_command_line_says_is_not_asked_and_counts(data: some.DataObject) -> None:
    """Describe one routine in the answers, and any part of another one on the command line."""
    told: dict[str, tuple[str, object]] = {
        "name": ("Answered", "Given"),
        "regions": ("calf", ("ham",)),
        "minutes": ("12", 20),
        "equipment": ("wall", ("chair",)),
        "sort": ("massage", "mixed"),
        "level": ("gentle", "advanced"),
    }
    given = {part: told[part][1] for part in told if data.draw(some.booleans())}
    lines = [answer for part, (answer, _) in told.items() if part not in given]
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    with mock.patch("sys.stdin", typed), redirect_stdout(io.StringIO()):
        wanted = asked(Given(**given))  # type: ignore[arg-type]  # by name
    assert typed.read() == "", "all other questions were asked, and nothing else"
    of_answers = (
        "Answered", (Region.CALF,), 12, frozenset({"wall"}), Sort.MASSAGE, Level.GENTLE
    )  # fmt: skip
    of_flags = (
        "Given", (Region.HAM,), 20, frozenset({"chair"}), Sort.MIXED, Level.ADVANCED
    )  # fmt: skip
    expected = [
        flag if part in given else answer
        for part, flag, answer in zip(told, of_flags, of_answers, strict=True)
    ]
    assert list(wanted) == expected


def test_if_the_input_ends_no_file_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "Evening")
    with pytest.raises(NotWritten, match="Nothing was written"):
        asked(Given())
