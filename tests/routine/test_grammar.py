"""The dose language, rule by rule: letter case, spaces, symbols, and keys instead of words."""

from player.routine.dose import parse_dose
from player.routine.model import FREE, SELF_PACED, Hold, Range, Reps, Tempo
from player.routine.vocabulary import Sides, Unit
from tests.cases import cases
from tests.routine.reading import errors, first_step, opened, timeline, with_steps

SAME_TIMELINE = [
    ("90s", "1m30s", "1:30", "1 min 30 sec", "1M30S", "0:01:30", "1m 30 s"),
    ("1h", "60m", "1:00:00", "3600s", "1 H"),
    ("3 x 30s", "3x30s", "3×30s", "3 X 30S", "{sets: 3, hold: 30s}", "{dose: 30s, sets: 3}"),
    ("20-30s", "20s-30s", "20–30s", "20 - 30 s", "20S – 30S", "{hold: 20-30s}"),
    ("2-3m", "2m-3m", "2:00-3:00", "{hold: 2-3m}"),
    ("2 x 4 x 30s", "2x4x30s", "2×4×30s", "{sets: 2, reps: 4, hold: 30s}"),
    ("3 x 12 reps", "3x12reps", "3 × 12 REPS", "{sets: 3, reps: 12}"),
    ("1 rep", "1 reps", "{reps: 1}"),
    ("1 breath", "1 breaths", "{breaths: 1}"),
    ("1 pass", "1 passes", "{passes: 1}"),
    ("10s, 20s", "10s,20s", "{hold: [10s, 20s]}", "{hold: '10s, 20s'}", "{dose: [10s, 20s]}"),
    ("12, 10, 8 reps", "12,10,8 reps", "{reps: [12, 10, 8]}", "{reps: '12, 10, 8'}"),
    ("up to 40s", "UP TO 40S", "upto 40s", "{hold: up to 40s}"),
    ("2-3 x 5 breaths", "2–3×5 breaths", "{sets: 2-3, breaths: 5}"),
    ("30s each side", "30s per side", "30s each leg", "30s PER LEG", "30s eachside"),
    ("30s each side", "30s, each side", "{hold: 30s, side: each side}", "{hold: 30s, side: each}"),
    ("30s left then right", "30s LEFT THEN RIGHT", "30s leftthenright"),
    ("30s right then left", "{hold: 30s, side: right then left}"),
    ("2 x 3 x 9s alternating", "{dose: 2 x 3 x 9s, side: alternating}"),
    ("30s both", "30s", "{hold: 30s, side: both}"),
    ("30s left", "{hold: 30s, side: left}"),
    ("30s right", "{hold: 30s, side: right}"),
    ("30s one side", "{hold: 30s, side: one side}", "{hold: 30s, side: one}"),
    ("2 x 9s rest 20s", "2x9s rest20s", "2 x 9s, REST 20s", "{dose: 2 x 9s, rest: 20s}"),
    ("2 x 9s relax 3-5s", "{sets: 2, hold: 9s, relax: 3-5s}", "{dose: 2 x 9s, relax: 3s-5s}"),
    ("9s each side switch 8s", "{dose: 9s each side, switch: 8s}", "{dose: 9s switch 8s each leg}"),
    ("9s ready 3s", "9s ready3s", "{hold: 9s, ready: 3s}"),
    ("5 reps tempo 3-1-3", "5 reps TEMPO 3–1–3", "{reps: 5, tempo: 3-1-3}", "5 reps tempo3-1-3"),
    ("5 reps tempo 2s", "5 reps tempo 2 sec", "{reps: 5, tempo: 2s}"),
    ("5 reps tempo 1.5-0.25", "{reps: 5, tempo: 1.5-0.25}"),
    ("5 reps tempo 40/min", "{reps: 5, tempo: 40 / min}", "5 reps tempo 40/MIN"),
    ("5 reps self-paced", "5 reps tempo self-paced", "{reps: 5, tempo: self-paced}"),
    ("30s pressure 4-5", "30s PRESSURE 4–5", "{hold: 30s, pressure: 4-5}"),
    (
        "30s effort 20-30%",
        "30s effort 20 - 30",
        "30s effort 20-30 %",
        "{hold: 30s, effort: 20-30%}",
    ),
    ("5 breaths breathe 4-6", "{breaths: 5, breathe: 4-6}", "5 breaths BREATHE 4 – 6"),
    ("5 breaths breathe 4-2-6", "{breaths: 5, breathe: 4-2-6}"),
    ("5 breaths breathe 4-4-4-4", "{breaths: 5, breathe: 4-4-4-4}"),
    ("5 breaths breathe free", "5 breaths", "{breaths: 5, breathe: free}"),
    ("0.5s", "0.500s", "{hold: 0.5s}"),
]


def step(written: str) -> str:
    return written.replace("{", "{name: A, ", 1) if written.startswith("{") else f"A: {written}"


@cases("ways", SAME_TIMELINE)
def test_several_spellings_mean_the_same_dose(ways: tuple[str, ...]) -> None:
    first = timeline(step(ways[0]))
    for other in ways[1:]:
        assert timeline(step(other)).segments == first.segments, other
        mine, theirs = first_step(step(ways[0])).dose, first_step(step(other)).dose
        assert (mine.pressure, mine.effort, mine.tempo) == (
            theirs.pressure,
            theirs.effort,
            theirs.tempo,
        )


def test_every_part_of_a_long_dose_is_read() -> None:
    written, issues = parse_dose(
        "2-3 x 20–30s each side, rest 10-20s, relax 5s switch 4s ready 3s tempo 3-1-3 "
        "pressure 4 effort 25% breathe free"
    )
    assert not issues
    assert written.work == (Hold(Range(20_000, 30_000)),)
    assert written.sets == (2, 3)
    assert written.side is Sides.EACH
    assert written.rest == (10_000, 20_000)
    assert (written.relax, written.switch, written.ready) == ((5000,) * 2, (4000,) * 2, (3000,) * 2)
    assert written.tempo == Tempo((3000, 1000, 3000))
    assert (written.pressure, written.effort, written.breathe) == ((4, 4), (25, 25), FREE)


def test_units_and_paces_are_distinguished() -> None:
    assert parse_dose("6 passes self-paced")[0].work == (Reps(Range(6, 6), Unit.PASSES),)
    assert parse_dose("6 passes self-paced")[0].tempo == SELF_PACED
    assert parse_dose("6 reps tempo 70/min")[0].tempo == Tempo(per_minute=70)


TWICE = [
    ("{dose: 30s, hold: 20s}", "E105"),
    ("{hold: 30s, reps: 5, breaths: 3}", "E105"),
    ("{dose: 2 x 30s, sets: 3}", "E108"),
    ("{dose: 30s each side, side: left}", "E108"),
    ("{dose: 2 x 30s rest 5s, rest: 5s}", "E108"),
    ("{dose: 2 x 30s relax 5s, relax: 5s}", "E108"),
    ("{dose: 30s each side switch 5s, switch: 5s}", "E108"),
    ("{dose: 30s ready 5s, ready: 5s}", "E108"),
    ("{dose: 5 reps tempo 2s, tempo: 2s}", "E108"),
    ("{dose: 5 breaths breathe free, breathe: free}", "E108"),
    ("{dose: 30s pressure 3, pressure: 3}", "E108"),
    ("{dose: 30s effort 30, effort: 30%}", "E108"),
    ("{dose: 30s rest 5s rest 6s}", "E108"),
    ("{dose: 30s left right}", "E108"),
]


@cases(("written", "code"), TWICE)
def test_the_same_thing_twice_is_an_error(written: str, code: str) -> None:
    assert [problem.code for problem in errors(opened(with_steps(step(written))))] == [code]


NO_DOSE = [
    "３ x ３0s", "٣٠s", "30 seconds", "5 breathes", "30s,", "30s,, left", "30s left,", "x 30s",
    "3 x", "30seachside", "30s lefty", "1:5", "1:2:3", "1:00:00:00", "1.2345s", "1e3s", "+30s",
    "30s-", "30s rest", "30s rest soon", "5 reps tempo", "5 reps tempo 3", "5 reps tempo 3-",
    "5 reps tempo 1-2-3-4-5", "5 breaths breathe", "5 breaths breathe 4", "30s pressure",
    "30s effort lots", "2 x 3 x 4 x 5s", "2 x 3 x 4 reps", "½ m", "30s\u00a0rests 3s", "up to",
    "9" * 3000, "9" * 3000 + " reps", "1 x " * 900, "-30s", "3 x -5s", "30s 20s", "10s, 5 reps",
]  # fmt: skip


@cases("written", NO_DOSE)
def test_a_text_that_is_no_dose_is_reported_once(written: str) -> None:
    found = errors(opened(with_steps(f"A: {written}")))
    assert len(found) == 1, [problem.headline() for problem in found]
