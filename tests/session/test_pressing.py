"""The program's own warning before a massage of a file: which steps need it, where it is shown."""

import json
from pathlib import Path

import pytest

from player.check.dry_run import DryRun, dry_run
from player.check.lint.words import FORBIDDEN
from player.routine.model import Plan, Routine, Text, steps_of
from player.routine.pieces import SegmentKind
from player.session.phrases import LANGUAGES
from player.session.pressing import PRESS_ON_MUSCLE, PressWarning, press_warning
from player.session.timeline import Timeline, compile
from player.show.segments import timeline_json
from tests.grade import grade
from tests.safety.making import CATALOGUE, NOW, clearance_for, plan_of, routine_of, shipped

ROLL = "Own roll: 30s each side\n    kind: roll\n    regions: [calf]"
STRETCH = "Own stretch: 30s each side\n    kind: static-stretch\n    regions: [calf]"


def routine(*steps: str, head: str = "") -> Routine:
    return routine_of(f"name: T\n{head}steps:\n" + "".join(f"  - {step}\n" for step in steps))


def warning(
    of: Routine, languages: tuple[str, ...] = (), position: int = 0, plan: Plan | None = None
) -> PressWarning | None:
    timeline = compile(plan or Plan.whole(of))
    return press_warning(timeline, of, of.languages_for(languages), position)


@pytest.mark.parametrize(
    "step",
    [
        ROLL,
        "Calf: 30s",  # nobody says what it is, so it may be a massage
        "Own stretch: 30s\n    kind: static-stretch\n    equipment: [ball]",
        "calf-roll: 30s each side\n    note: Go slowly.",
        "use: calf-roll\n    name: The rope\n    dose: 30s each side",
        "calf-roll: 30s each side\n    until: it lets go",
        "calf-roll: 30s each side\n    cues: {5s: Slow down.}",
        "calf-roll: 30s each side\n    cues: {5s: {clip: own.ogg}}",
        "calf-roll: 30s each side\n    load: your whole weight",
        "calf-roll: 30s each side\n    equipment: [roller, stick]",
        "calf-roll: 30s each side\n  - say: Now a bit further up.",
    ],
)
def test_a_massage_that_nobody_has_vetted_is_warned_of(step: str) -> None:
    found = warning(routine("march-in-place: 30s", step))
    assert found is not None and found.words == PRESS_ON_MUSCLE["en"]


@pytest.mark.parametrize(
    "step", [STRETCH, "calf-roll: 30s each side", "calf-wall-straight: 30s\n    note: Breathe."]
)
def test_what_is_vetted_or_no_massage_needs_no_warning(step: str) -> None:
    assert warning(routine("march-in-place: 30s", step)) is None


def test_no_shipped_routine_needs_the_warning() -> None:
    assert [found.id for found in shipped() if warning(found)] == []


def test_a_copy_of_a_shipped_file_is_a_file_of_somebody_else() -> None:
    copies = [found._replace(path=f"/somewhere/{found.id}.yaml") for found in shipped()]
    assert "hamstring-massage" in {copy.id for copy in copies if warning(copy)}


# Where it is shown


def gap_of(timeline: Timeline, number: int) -> range:
    """Return the indices of the segments before the first work of a step."""
    mine = [i for i, segment in enumerate(timeline.segments) if segment.step == number]
    work = next(i for i in mine if timeline.segments[i].kind is SegmentKind.WORK)
    return range(mine[0], work)


def test_it_is_shown_in_the_gap_before_the_first_such_step_only() -> None:
    of = routine("march-in-place: 30s", ROLL, "Thigh: 30s\n    kind: press\n    regions: [quad]")
    found = warning(of)
    assert found is not None and found.pieces == gap_of(compile(Plan.whole(of)), 2)
    assert len(found.pieces) == 1


def test_without_a_gap_the_first_piece_of_work_shows_it() -> None:
    of = routine(f"{ROLL}\n    ready: 0s")
    found = warning(of)
    assert found is not None and found.pieces == range(1)
    assert compile(Plan.whole(of)).segments[0].kind is SegmentKind.WORK


def test_after_a_resume_it_is_about_what_is_still_ahead() -> None:
    of = routine(ROLL, "march-in-place: 30s", "Thigh: 30s\n    kind: press\n    regions: [quad]")
    timeline = compile(Plan.whole(of))
    march = next(s.start for s in timeline.segments if s.step == 2)
    found = warning(of, position=march)
    assert found is not None and found.pieces == gap_of(timeline, 3)
    last = len(timeline.segments) - 1
    inside = warning(of, position=timeline.total_ms - 5_000)
    assert inside is not None and inside.pieces == range(last, last + 1)
    assert warning(routine(ROLL, "march-in-place: 30s"), position=march) is None


def test_a_step_that_is_left_out_today_does_not_count() -> None:
    of = routine("march-in-place: 30s", ROLL, "calf-wall-straight: 30s each side")
    thinner = plan_of(of, clearance_for("anticoagulant"))
    assert 2 not in {step.number for step in steps_of(thinner.items)}
    assert warning(of, plan=thinner) is None
    assert warning(of, plan=plan_of(of, clearance_for())) is not None


# Its words


@pytest.mark.parametrize(
    ("title", "person", "language"),
    [
        ("{en: Calf, es: Gemelo}", "es-ES", "es"),
        ("{en: Calf, es: Gemelo}", "en-GB", "en"),
        ("{en: Calf, es: Gemelo}", "de-DE", "en"),
        ("{es: Gemelo}", "en-GB", "es"),
        ("{en: Calf}", "es-ES", "en"),
        ("{de: Wade}", "es-ES", "en"),
    ],
)
def test_it_is_in_the_language_in_which_the_massage_is_shown(
    title: str, person: str, language: str
) -> None:
    of = routine(ROLL)
    words = dict(pair.split(": ") for pair in title.strip("{}").split(", "))
    (step,) = of.steps
    of = of._replace(items=(step._replace(title=Text(words)),), language="en")
    found = warning(of, (person,))
    assert found is not None
    assert (found.language, found.words) == (language, PRESS_ON_MUSCLE[language])


def test_it_is_there_in_each_language_of_the_program_and_easy_to_read() -> None:
    assert set(PRESS_ON_MUSCLE) == set(LANGUAGES)
    assert grade(PRESS_ON_MUSCLE["en"]) <= 7 and not FORBIDDEN.search(PRESS_ON_MUSCLE["en"])


def test_the_dry_run_shows_it_where_the_step_would_play(tmp_path: Path) -> None:
    of = routine("march-in-place: 30s", ROLL, "calf-wall-straight: 30s each side")
    for keys, expected in (([], True), (["anticoagulant"], False)):
        answers = tmp_path / "answers.json"
        answers.write_text(json.dumps({"yes": keys, "soreness": 0, "age": 40}))
        run = dry_run(of, answers, CATALOGUE, NOW)
        assert isinstance(run, DryRun) and run.playable
        assert (PRESS_ON_MUSCLE["en"] in run.lines()) == expected


def test_it_changes_no_time() -> None:
    plain = compile(Plan.whole(routine("calf-roll: 30s each side")))
    noted = compile(Plan.whole(routine("calf-roll: 30s each side\n    note: Go slowly.")))
    assert timeline_json(plain) == timeline_json(noted)
