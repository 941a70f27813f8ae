"""Every error and warning of the format, with its code and its place.

`▶` marks the expected place of the problem.
"""

from player.document.problem import ERROR, WARNING
from tests.cases import cases
from tests.routine.reading import errors, marked, opened, places, warnings, with_steps

PRIVATE = (
    "exercises:\n"
    "  my-roll: {name: My roll, regions: [calf], kind: roll, position: chair, sides: one,"
    " dose: 30s}\n"
)

WRONG_STEPS = [
    # names and ids
    ("E301", "▶hodl: 30s"),
    ("E301", "▶squats: 20s"),
    ("E301", "▶calf-wal: 30s"),
    ("E301", "{use: ▶calf-wal}"),
    ("E301", "{use: ▶Nothing known}"),
    ("E301", "▶30s"),
    ("E402", "{name: A, kind: heat, ▶roll: 30s}"),
    ("E402", "{name: A, kind: heat, ▶passes: 3}"),
    ("E402", "{name: A, kind: heat, hold: 3s, ▶pressure: 3}"),
    ("E402", "{name: A, kind: heat, ▶dose: 3s pressure 3}"),
    ("E402", "calf-wall-straight: ▶5 passes"),
    ("E305", "{use: calf-roll, ▶kind: roll}"),
    ("E305", "{use: calf-roll, ▶regions: [calf]}"),
    ("E305", "{use: calf-roll, ▶position: chair}"),
    # keys
    ("E101", "{name: A, hold: 3s, ▶hodl: 3s}"),
    ("E101", "{name: A, hold: 3s, ▶rounds: 2}"),
    ("E101", "{rest: 3s, ▶note: x}"),
    ("E101", "{wait: Go, ▶hold: 3s}"),
    ("E101", "{say: Go, ▶hold: 3s}"),
    ("E101", "{rounds: 2, ▶name: Legs, steps: [A: 3s]}"),
    ("E101", "{name: A, hold: 3s, ▶cycles: 2}"),
    ("E101", "{name: A, phases: [{up: 3s, ▶hold: 3s}]}"),
    ("E101", "{name: A, hold: 3s, cues: {1s: {say: x, ▶clap: y}}}"),
    ("E102", "{▶rounds: 2, rest: 3s}"),
    ("E102", "{▶hold: 30s}"),
    ("E102", "{name: A, hold: 3s, cues: {▶1s: {when: every-set}}}"),
    ("E008", "{name: A, hold: 3s, ▶hold: 4s}"),
    ("E103", "▶[A: 3s]"),
    ("E103", "{▶A: {hold: 3s}}"),
    ("E103", "{name: A, ▶phases: 6s}"),
    ("E103", "{name: A, phases: [▶6s]}"),
    ("E103", "{name: A, hold: 3s, ▶cues: 3s}"),
    ("E103", "{block: A, ▶steps: A}"),
    ("E103", "{name: A, hold: 3s, ▶note: [x]}"),
    ("E104", "{name: A, hold: 3s, ▶note: }"),
    ("E104", "{name: A, ▶hold: }"),
    ("E104", "▶rest:"),
    ("E104", "{name: A, hold: 3s, optional: ▶maybe}"),
    ("E104", "{name: A, hold: 3s, kind: ▶stretch}"),
    ("E104", "{name: A, hold: 3s, regions: [calf, ▶arm]}"),
    ("E104", "{name: A, hold: 3s, position: ▶standing}"),
    ("E104", "{name: A, hold: 3s, variant: ▶softer}"),
    ("E104", "{name: A, hold: 3s, often: ▶sometimes}"),
    ("E104", "{name: A, hold: 3s, cues: {1s: {say: x, when: ▶never}}}"),
    ("E104", "{name: A, dose: 3s each side, first: ▶both}"),
    ("E104", "{name: A, hold: 3s, sets: ▶'2, 3'}"),
    ("E109", "{name: A, hold: 3s, note: {▶Breathe: slowly}}"),
    ("E302", "{name: A, hold: 3s, avoid_if: [heart, ▶hart]}"),
    ("E302", "{name: A, hold: 3s, caution: ▶hart}"),
    ("E302", "{name: A, hold: 3s, screening: [▶everything]}"),
    # amounts
    ("E106", "▶A"),
    ("E106", "▶A:"),
    ("E106", "▶A: rest 3s"),
    ("E106", "▶A: rest 3"),
    ("E106", "{▶name: A, sets: 3}"),
    ("E106", "{▶name: A, note: x}"),
    ("E105", "{name: A, hold: 3s, reps: 3, ▶breaths: 2}"),
    ("E105", "{name: A, hold: 3s, ▶roll: 3s}"),
    ("E105", "A: 30s ▶20s"),
    ("E105", "{A: 30s, ▶dose: 30s}"),
    ("E107", "A: ▶3 x 10s, 20s"),
    ("E107", "A: ▶3 x 12, 10 reps"),
    ("E107", "{name: A, hold: [10s, 20s], ▶sets: 2}"),
    ("E107", "{name: A, hold: [10s, 20s], ▶reps: [1, 2]}"),
    ("E107", "{name: A, hold: 3s, reps: 2, ▶tempo: 2s}"),
    ("E107", "A: ▶1 x 2 x 3s tempo 2s"),
    ("E108", "{A: 2 x 30s, ▶sets: 3}"),
    ("E202", "A: ▶30"),
    ("E202", "A: 3 x ▶15"),
    ("E202", "A: ▶9999"),
    ("E202", "A: ▶12, 10 rest 3s"),
    ("E203", "A: ▶0s"),
    ("E203", "A: ▶0:00"),
    ("E203", "A: ▶-30s"),
    ("E203", "A: ▶0 reps"),
    ("E203", "A: ▶0 x 30s"),
    ("E203", "A: ▶0-30s"),
    ("E203", "{name: A, sets: ▶0, hold: 3s}"),
    ("E203", "{rounds: ▶0, steps: [A: 3s]}"),
    ("E203", "{name: A, phases: [up: 3s], cycles: ▶0}"),
    ("E203", "{name: A, phases: [up: ▶0s]}"),
    ("E203", "A: 3 reps tempo ▶0-0"),
    ("E203", "A: 3 reps tempo ▶0s"),
    ("E204", "A: ▶30-20s"),
    ("E204", "A: ▶1:30 - 1:20"),
    ("E204", "A: ▶8-6 reps"),
    ("E204", "{name: A, hold: 3s, pressure: ▶6-4}"),
    ("E206", "A: ▶1:75"),
    ("E206", "A: ▶1:60:00"),
    ("E207", "A: 30s ▶both sides"),
    ("E207", "{name: A, hold: 3s, side: ▶both sides}"),
    ("E208", "A: 3 reps tempo ▶3"),
    ("E209", "A: 30s breathe ▶4"),
    ("E210", "A: 30s pressure ▶hard"),
    ("E211", "{name: A, hold: 3s, cues: {▶soon: x}}"),
    ("E201", "A: ▶thirty seconds"),
    ("E201", "A: 30s ▶eech side"),
    ("E201", "{name: A, dose: ▶30 seconds}"),
    ("E201", "{name: A, hold: ▶abc}"),
    ("E201", "{name: A, hold: 3s, lasts: ▶long}"),
    ("E201", "rest: ▶-5s"),
    ("E201", "rest: ▶25%"),
    # never-press places, and clips
    ("E401", "{▶name: Press the groin, kind: press, hold: 3s}"),
    ("E401", "{use: calf-roll, roll: 3s, ▶cues: {1s: Now behind the knee}}"),
    ("E401", "{▶name: Roller on the kneecap, hold: 3s}"),
    ("E403", "{name: A, hold: 3s, cues: {1s: {clip: ▶/a.wav}}}"),
    # YAML
    ("E009", "{name: A, hold: ▶!!int 3s}"),
    ("E009", "{name: A, hold: ▶&x 3s}"),
    ("E009", "{name: A, hold: 3s, ▶<<: {}}"),
    ("E009", "{name: A, hold: 3s, note: ▶*calm}"),
    ("E013", "{name: A, hold: 3s, ▶[a]: b}"),
    ("E004", '{name: A, hold: 3s, note: ▶"\\e[31m"}'),
    ("E005", "{name: A, hold: 3s, note: ▶@home}"),
    ("E006", "A: 3s\n▶\tnote: x"),
    ("E005", "A: 3s\nnote: Breathe▶: slowly"),
    ("E005", "A: 3s\nnote: ▶'don't'"),
    ("E005", 'A: 3s\nnote: "a▶\\q"'),
]


@cases(("code", "written"), WRONG_STEPS)
def test_a_wrong_step_is_reported_at_its_place(code: str, written: str) -> None:
    text, line, col = marked(with_steps(written, "B: 3s"))
    if "\t" in text:
        text = text.replace("    \t", "\t")
        col = 1
    found = opened(text)
    assert found.routine is None
    assert found.timeline is None
    assert places(errors(found)) == [(code, line, col)], found.report()


WRONG_FILES = [
    ("E012", ""),
    ("E012", "# only words\n"),
    ("E103", "▶- A: 30s\n"),
    ("E103", "▶calf\n"),
    ("E102", "▶name: A\n"),
    ("E102", "▶steps: [A: 3s]\n"),
    ("E103", "name: A\n▶steps: B\n"),
    ("E103", "name: A\n▶steps:\n"),
    ("E104", "name: A\nsteps:\n  -▶\n  - B: 3s\n"),
    ("E110", "name: A\n▶steps: []\n"),
    ("E110", "name: A\n▶steps: [say: Hello]\n"),
    ("E110", "name: A\n▶steps: [rest: 3s]\n"),
    ("E110", "name: A\nsteps: [A: 3s, {block: B, ▶steps: []}]\n"),
    ("E101", "name: A\n▶level2: x\nsteps: [A: 3s]\n"),
    ("E101", "name: A\ndefaults: {▶sets: 3}\nsteps: [A: 3s]\n"),
    ("E103", "name: A\n▶defaults: 3\nsteps: [A: 3s]\n"),
    ("E008", "name: A\n▶name: B\nsteps: [A: 3s]\n"),
    ("E014", "format: ▶2\nname: A\nsteps: [A: 3]\n"),
    ("E104", "▶format: x\nname: A\nsteps: [A: 3s]\n"),
    ("E104", "name: A\nlevel: ▶hard\nsteps: [A: 3s]\n"),
    ("E104", "name: A\ngoals: [relax, ▶sleep]\nsteps: [A: 3s]\n"),
    ("E104", "name: A\nregions: calf, ▶arm\nsteps: [A: 3s]\n"),
    ("E104", "name: A\noften: ▶sometimes\nsteps: [A: 3s]\n"),
    ("E109", "name: A\nlanguage: ▶english\nsteps: [A: 3s]\n"),
    ("E201", "name: A\nduration: ▶long\nsteps: [A: 3s]\n"),
    ("E302", "name: A\navoid_if: ▶nothing\nsteps: [A: 3s]\n"),
    ("E302", "name: A\nscreening: ▶nothing\nsteps: [A: 3s]\n"),
    ("E010", "name: A\nsteps: [A: 3s]\n▶---\nname: B\n"),
    ("E303", "name: A\nexercises: {▶My Roll: {}}\nsteps: [A: 3s]\n"),
    ("E304", PRIVATE.replace("my-roll", "▶calf_roll") + "name: A\nsteps: [A: 3s]\n"),
    ("E304", PRIVATE.replace("my-roll", "▶mine").replace("My roll", "calf-ROLL")
     + "name: A\nsteps: [A: 3s]\n"),
    ("E106", PRIVATE.replace("dose: 30s", "▶dose: rest 3s") + "name: A\nsteps: [A: 3s]\n"),
    ("E201", PRIVATE.replace("dose: 30s", "dose: ▶soon") + "name: A\nsteps: [A: 3s]\n"),
    ("E401", PRIVATE.replace("dose:", "▶how: [Roll the shin bone], dose:")
     + "name: A\nsteps: [A: 3s]\n"),
    ("E102", PRIVATE.replace("my-roll", "▶my-roll").replace("kind: roll,", "")
     + "name: A\nsteps: [A: 3s]\n"),
    ("E401", "name: A\nsteps:\n  - ▶say: Now press behind the knee\n  - calf-roll: 30s\n"),
    ("E401", "name: A\nsteps:\n  - ▶say: Now press behind the knee\n"
     "  - {rounds: 2, steps: [calf-roll: 30s]}\n"),
    ("E107", PRIVATE.replace("dose: 30s", 'dose: "10s, 20s"')
     + "name: A\nsteps: [{use: my-roll, ▶sets: 3}]\n"),
]  # fmt: skip


@cases(("code", "written"), WRONG_FILES)
def test_a_wrong_file_is_reported_at_its_place(code: str, written: str) -> None:
    text, line, col = marked(written)
    found = opened(text)
    assert found.routine is None
    expected = (code, line, col) if text != written else (code, 0, 0)
    assert places(errors(found)) == [expected], found.report()


DOUBTFUL = [
    ("W202", ["rest: ▶10", "A: 3s"]),
    ("W202", ["{name: A, hold: ▶30}"]),
    ("W202", ["A: 2 x 3s rest ▶10"]),
    ("W101", ["{A: 30s, ▶rest: 3s}"]),
    ("W101", ["A: ▶30s rest 3s"]),
    ("W101", ["{A: 30s, ▶relax: 3s}"]),
    ("W101", ["{A: 1 x 2 x 3s alternating, ▶relax: 3s}"]),
    ("W101", ["{A: 2 x 3s each side, ▶relax: 3s}"]),
    ("W101", ["{A: 30s left, ▶switch: 3s}"]),
    ("W101", ["{A: 3 reps alternating, ▶switch: 3s}"]),
    ("W101", ["A: 30s one side", "{B: 30s one side, ▶switch: 3s}"]),
    ("W101", ["{A: 3s, ▶first: right}"]),
    ("W101", ["{A: 3s right then left, ▶first: right}"]),
    ("W101", ["{rounds: 1, ▶rest: 3s, steps: [A: 3s]}"]),
    ("W101", ["{▶between: 3s, steps: [A: 3s]}"]),
    ("W102", ["{calf-step-drop-hold: 20s, ▶side: left}"]),
    ("W102", ["calf-step-drop-hold: ▶20s each side"]),
    ("W102", ["{calf-roll: 20s, ▶side: both}"]),
    ("W104", ["{name: A, phases: [▶strech: 3s]}"]),
    ("W104", ["{name: A, phases: [▶contact: 3s]}"]),
    ("W105", ["{A: 3s, equipment: [wall, ▶walll]}"]),
    ("W106", ["A: 3s", "rest: 3s", "▶rest: 4s"]),
    ("W401", ["{▶name: Ball on the piriformis, kind: press, hold: 3s}"]),
    ("W109", ["{A: 3s, cues: {1s: x, ▶4s: y}}"]),
    ("W108", ["{A: 3s, note: x, ▶lasts: 9s}"]),
    ("W108", ["{block: B, steps: [A: 3s], ▶lasts: 9s}"]),
]


@cases(("code", "steps"), DOUBTFUL)
def test_a_doubtful_step_plays_with_a_warning(code: str, steps: list[str]) -> None:
    text, line, col = marked(with_steps(*steps))
    found = opened(text)
    assert found.routine, found.report()
    assert places(warnings(found)) == [(code, line, col)], found.report()


NOT_DOUBTFUL = [
    ["A: 30s left", "B: 30s right switch 3s"],
    ["A: 30s left", "B: 30s one side switch 3s", "C: 30s right switch 3s"],
    ["{rounds: 2, steps: [A: 30s left switch 3s, B: 30s right]}"],
    ["{rounds: 2, steps: [A: 30s one side switch 3s, B: 30s right]}"],
    ["A: 2 x 30s relax 3s"],
    ["A: 2 x 30s left then right relax 3s"],
    ["{name: A, phases: [float: 3s, hum: 2s]}"],
    ["{name: A, phases: [contract: 3s, Stretch: 2s]}"],
    ["rest: 3s", "A: 3s", "rest: 3s"],
    ["{use: calf-roll, note: stay off the back of the knee}"],
    ["{use: calf-roll, roll: 3s, cues: {1s: Not behind the knee}}"],
    ["say: Feel it behind the knee", "calf-wall-straight: 30s"],
    ["{name: Warm the groin, kind: heat, hold: 3s}"],
]


@cases("steps", NOT_DOUBTFUL)
def test_a_correct_step_has_no_warning(steps: list[str]) -> None:
    found = opened(with_steps(*steps))
    assert found.routine, found.report()
    assert not warnings(found), found.report()


def test_duration_and_equipment_of_the_routine_are_checked_too() -> None:
    for above in ("▶duration: 9m\n", "equipment: [▶rolller, wall]\n"):
        text, line, col = marked(with_steps("A: 3s", above=above))
        assert [row[1:] for row in places(warnings(opened(text)))] == [(line, col)]
    flow, line, col = marked("{name: A, ▶duration: 9m, steps: [A: 3s]}")
    assert places(warnings(opened(flow))) == [("W107", line, col)]


def test_an_unknown_name_is_a_warning_at_the_name() -> None:
    text, line, col = marked(with_steps("▶Calf rol: 3s", "{▶name: Q, hold: 3s}".replace("▶", "")))
    first, second = opened(text).problems
    assert (first.code, first.line, first.col, first.severity) == ("W301", line, col, WARNING)
    assert second.code == "W301"
    assert "`kind:`, `regions:` and `position:`" in second.help


MANY = """\
name: Many mistakes
▶levle: beginner
goals: [▶sleep]
defaults: {▶rst: 5s}
steps:
  - ▶hodl: 30s
  - A: ▶30
  - use: calf-roll
    hold: ▶0s
  - use: ▶calf-rol
  - C: 30s
    note: Breathe▶: slowly
  - D: 30s ▶both sides
  - E: ▶1:75
  - rest: ▶soon
  - F: 30s
    ▶hlod: 30s
  - name: G
    hold: 10s
    ▶hold: 12s
  - H: 3 reps tempo ▶x
  - {name: I, hold: 3s, avoid_if: [▶hart]}
  - rounds: ▶0
    steps:
      - J: ▶20-10s
      - K: ▶2 x 10s, 20s
  - L: 30s
    pressure: ▶11
"""


def test_all_mistakes_of_a_file_are_reported_in_one_pass_once_each() -> None:
    text, expected = MANY, []
    while "▶" in text:
        text, line, col = marked(text)
        expected.append((line, col))
    assert len(expected) >= 19
    found = errors(opened(text))
    assert [(problem.line, problem.col) for problem in found] == expected


def test_a_problem_is_shown_with_its_line_a_caret_and_help() -> None:
    found = opened("name: A\nsteps:\n  - 日本: 30\n  - name: A\n    hold: 3s\n    hold: 4s\n")
    shown = [found.document.render(problem) for problem in errors(found)]
    assert shown[0].splitlines() == [
        "test.yaml:3:9: error[E202]: `30` has no unit: seconds or reps?",
        "3 |   - 日本: 30",
        "  |           ^^",
        "  = help: write `30s` or `30 reps`",
    ]
    assert shown[1].splitlines()[3:5] == ["5 |     hold: 3s", "  |     ---- first one is here"]
    assert {problem.severity for problem in errors(found)} == {ERROR}


SUGGESTED = [
    ("hodl: 3s", "hold"),
    ("calf-wal-straight: 3s", "calf-wall-straight"),
    ("calf_rol: 3s", "calf-roll"),
    ("{name: A, hlod: 3s}", "hold"),
    ("{name: A, hold: 3s, presure: 3}", "pressure"),
    ("{name: A, hold: 3s, kind: static-strech}", "static-stretch"),
    ("{name: A, hold: 3s, position: half kneel}", "half-kneel"),
    ("{name: A, hold: 3s, avoid_if: pregnnt}", "pregnant"),
    ("{rounds: 2, betwen: 3s, steps: [A: 3s]}", "between"),
    ("{name: A, phases: [{up: 3s, efort: 3}]}", "effort"),
    ("A: 30s eech side", "each side"),
    ("A: 5 reps tmpo 2s", "tempo"),
    ("wiat: Now", "wait"),
]


@cases(("written", "meant"), SUGGESTED)
def test_a_misspelt_word_is_suggested(written: str, meant: str) -> None:
    assert f"did you mean `{meant}" in errors(opened(with_steps(written)))[0].help
