"""Every rule: a file that breaks it, with its place, and the nearest file that does not."""

import pytest

from player.check.rules import ANSWERED_BY_REASON, RULES, SAFETY
from player.document.problem import ERROR, INFO, WARNING
from tests.cases import cases
from tests.check.linting import WARM, codes, found, in_steps, text_of
from tests.routine.reading import marked

E, W, I = ERROR, WARNING, INFO  # noqa: E741  # as the rules' table writes them


BROKEN = [
    ("L01", E, "", ["{name: A, hold: ▶4.999s, CALF}"]),
    ("L01", E, "", ["{name: A, hold: ▶4-30s, CALF}"]),
    ("L01", E, "", ["calf-wall-straight: ▶3 x 4s each side"]),
    ("L01", E, "", ["{name: A, phases: [{▶hold: 4s}], CALF}"]),
    ("L02", W, "", ["{name: A, hold: ▶5s, CALF}"]),
    ("L02", W, "", ["{name: A, hold: ▶9.999s, CALF}"]),
    ("L03", W, "", ["{name: A, hold: ▶61s, CALF}"]),
    ("L03", W, "", ["{name: A, hold: ▶30-61s, CALF}"]),
    ("L03", W, "", ["{name: A, hold: ▶180s, CALF}"]),
    ("L03", E, "", ["{name: A, hold: ▶181s, CALF}"]),
    ("L03", W, "tags: [long_hold]\n", ["{name: A, hold: ▶181s, CALF}"]),
    ("L03", W, "tags: [65+]\n", ["{name: A, hold: ▶91s, CALF}"]),
    ("L04", I, "", ["{name: A, hold: ▶29s, CALF}"]),
    ("L04", I, "", ["{name: A, hold: ▶29s, side: left, CALF}"]),
    ("L05", I, "", ["{name: A, hold: ▶60s, sets: 5, CALF}"]),
    ("L05", I, "", ["calf-wall-straight: 2 x 60s each side", "calf-wall-bent: ▶3 x 50s each side"]),
    ("L06", I, "tags: [65+]\n", ["{name: A, sets: 2, hold: ▶29s, CALF}"]),
    ("L10", W, "goals: [pre-sport]\n", ["{name: A, sets: 2, hold: ▶31s, CALF}", "ankle-pumps"]),
    ("L10", W, "tags: [Pre sport]\n", ["{name: A, sets: 2, hold: ▶31s, CALF}", "ankle-pumps"]),
    ("L10", W, "goals: [pre-sport]\n", ["ankle-pumps", "{▶name: A, hold: 30s, CALF}"]),
    ("L12", W, "", ["{name: A, reps: ▶4, tempo: 2s, MOVE}"]),
    ("L12", W, "", ["{name: A, reps: ▶21, tempo: 2s, MOVE}"]),
    ("L12", W, "", ["{name: A, reps: ▶15-21, tempo: 2s, MOVE}"]),
    ("L12", W, "", ["{name: A, reps: 10, tempo: ▶0.799s, MOVE}"]),
    ("L12", W, "", ["{name: A, reps: 10, tempo: ▶76/min, MOVE}"]),
    ("L13", E, "", ["{name: A, hold: 30s, cues: {▶5s: Bounce a little}, CALF}"]),
    ("L13", E, "", ["say: ▶Now bounce", "{name: A, hold: 30s, CALF}"]),
    ("L14", W, "", ["{name: A, phases: [{▶contract: 2.999s, effort: 25%}, {stretch: 20s}], PNF}"]),
    ("L14", W, "", ["{name: A, phases: [{▶contract: 11s, effort: 25%}, {stretch: 20s}], PNF}"]),
    ("L14", E, "", ["{name: A, phases: [{▶contract: 6-16s, effort: 25%}, {stretch: 20s}], PNF}"]),
    ("L15", W, "", ["{name: A, phases: [{▶contract: 6s, effort: 51%}, {stretch: 20s}], PNF}"]),
    ("L15", E, "", ["{name: A, phases: [{▶contract: 6s, effort: 20-76%}, {stretch: 20s}], PNF}"]),
    ("L16", W, "", ["{name: A, phases: [{contract: 6s, effort: 25%}, {▶stretch: 9s}], PNF}"]),
    ("L16", W, "", ["{name: A, phases: [{contract: 6s, effort: 25%}, {▶stretch: 31s}], PNF}"]),
    ("L17", W, "", ["{name: A, sets: ▶5, CYCLE, PNF}"]),
    ("L17", W, "", ["{name: A, CYCLE, cycles: ▶5, PNF}"]),
    ("L18", W, "", ["{name: A, roll: ▶19s, ROLL}"]),
    ("L18", W, "", ["{name: A, roll: ▶121s, ROLL}"]),
    ("L18", E, "", ["{name: A, roll: 100s, sets: 3, ROLL}", "{name: B, roll: ▶20s, ROLL}"]),
    ("L19", W, "", ["{name: A, roll: 60s, tempo: ▶0.999s, ROLL}"]),
    ("L20", W, "", ["{name: A, roll: 30s, sets: ▶4, ROLL}"]),
    ("L21", E, "", ["{name: A, roll: 60s, pressure: ▶6, ROLL}"]),
    ("L21", E, "", ["{name: A, roll: 60s, pressure: ▶2-6, ROLL}"]),
    ("L21", E, "", ["{name: A, hold: 30s, pressure: ▶5, DEEP}"]),
    ("L21", E, "", ["{name: A, hold: 30s, pressure: ▶6}"]),
    ("L21", E, "", ["calf-roll: ▶60s each side pressure 4-7"]),
    ("L22", I, "", ["{name: A, hold: ▶19s, PRESS}"]),
    ("L22", W, "", ["{name: A, hold: ▶61s, PRESS}"]),
    ("L22", W, "", ["{name: A, hold: ▶90s, PRESS}"]),
    ("L22", E, "", ["{name: A, hold: ▶91s, PRESS}"]),
    ("L22", W, "", ["{name: A, hold: 30s, reps: ▶6, PRESS}"]),
    ("L23", W, "", ["{name: A, hold: ▶61s, DEEP}"]),
    ("L23", W, "", ["{name: A, hold: 60s, DEEP}", "{name: B, hold: ▶10s, DEEP}"]),
    ("L23", E, "", ["{name: A, hold: ▶121s, DEEP}"]),
    ("L23", E, "", ["{name: A, hold: 30s, often: ▶2/day, DEEP}"]),
    ("L23", W, "", ["{name: A, hold: 30s, often: ▶4/week, DEEP}"]),
    ("L23", W, "often: ▶1/day\n", ["{name: A, hold: 30s, DEEP}"]),
    ("L26", W, "", ["calf-wall-straight: ▶30s left"]),
    ("L26", W, "", ["{use: calf-wall-straight, hold: 30s, side: ▶right}"]),
    ("L27", I, "", ["calf-wall-straight: 30s left", "calf-wall-straight: ▶23s right"]),
    ("L28", W, "", ["calf-wall-straight", "quad-side-lying: ▶30s each side ready 9s"]),
    ("L28", W, "defaults: {ready: 4s}\n", ["calf-wall-straight: ▶30s each side"]),
    ("L29", W, "", ["{name: A, roll: 120s, sets: 10, ROLL}", "{name: B, roll: ▶20s, ROLL}"]),
    ("L30", W, "", ["{name: A, hold: 1:00, breathe: ▶1.999-4, BREATH}"]),
    ("L30", W, "", ["{name: A, hold: 1:00, breathe: ▶4-8.001, BREATH}"]),
    ("L30", W, "", ["{name: A, hold: 1:00, breathe: ▶4-7-8, BREATH}"]),
    ("L31", E, "about: ▶It will cure you.\n", ["ankle-pumps"]),
    ("L31", E, "", ["say: ▶Push through it"]),
    ("L31", E, "", ["{use: calf-roll, note: ▶Hold until numb}"]),
    ("L34", E, "", ["{name: A, hold: ▶20m1s, CLOTH, HEAT}"]),
    ("L34", E, "", ["{▶name: A, hold: 10m, HEAT}"]),
    ("L34", E, "", ["{name: A, hold: 10m, note: ▶No cloth is needed, HEAT}"]),
    ("L35", W, "", ["say: ▶EIGHTEEN x"]),
    ("L35", W, "", ["wait: ▶EIGHTEEN x"]),
    ("L36", I, "", ["{name: A, hold: ▶4:59, cues: {1:00: Look at the skin}, CLOTH, COLD}"]),
    ("L36", W, "", ["{name: A, hold: ▶10-16m, CLOTH, COLD}"]),
    ("L36", E, "", ["{name: A, hold: ▶20m1s, CLOTH, COLD}"]),
    ("L37", E, "", ["{name: A, hold: 10m, note: ▶Look at the skin at 5 minutes, COLD}"]),
    ("L37", E, "", ["{▶name: A, hold: 10m, note: In a damp cloth, COLD}"]),
    ("L37", E, "", ["{name: A, hold: 10m, note: In a cloth, ▶cues: {6m: Look at the skin}, COLD}"]),
    ("L37", E, "", ["{name: A, breaths: 99, note: In a cloth, ▶cues: {6m: The skin}, COLD}"]),
    ("L37", E, "", ["{name: A, hold: 10m, note: In a cloth, ▶cues: {-4m: The skin}, COLD}"]),
    ("L37", E, "", ["{name: A, hold: 10m, note: ▶Take off your clothing. No towel, COLD}"]),
    ("L38", E, "", [
        "{name: A, hold: 10m, note: ▶In a cloth. Look at the skin at 5 minutes., CALFCOLD}",
    ]),
    ("L39", E, "", ["{name: A, hold: 10m, CLOTH, COLD}", "▶ham-chair-sit"]),
    ("L39", E, "", ["{name: A, hold: 10m, CLOTH, COLD}", "▶My own: 30s"]),
    ("L40", W, "", ["{name: A, hold: 10m, often: ▶every 1 hours, CLOTH, COLD}"]),
    ("L40", W, "often: ▶13/day\n", ["{name: A, hold: 10m, CLOTH, COLD}"]),
    ("L40", W, "", ["{name: A, hold: 10m, CLOTH, COLD}", "{name: B, hold: ▶5m, CLOTH, COLD}"]),
    ("L40", W, "", ["{name: A, hold: 5m, sets: ▶2, rest: 5m, CLOTH, COLD}"]),
    ("L41", W, "", ["{name: A, hold: ▶30m1s, EARLY}"]),
    ("L41", E, "", ["{▶name: Snug wrap, hold: 2m, EARLY}"]),
    ("L42", E, "goals: [early-care]\n", ["▶calf-wall-straight"]),
    ("L42", E, "tags: [Early care]\n", ["▶My own: 30s"]),
    ("L43", W, "", ["{use: quad-side-lying, note: ▶Lie on your right side first.}"]),
    ("L43", W, "", ["{use: quad-side-lying, ▶note: {en: Down, es: Sobre el lado derecho}}"]),
    ("L43", W, "", ["{name: ▶Right leg up, hold: 30s, side: each, CALF}"]),
    ("L43", W, "", ["{name: A, side: each, phases: [{▶in: 5s, note: Left leg up}], CALF}"]),
    ("L43", W, "", ["{name: A, hold: 30s, side: each, cues: {▶5s: Your left leg is heavy}, CALF}"]),
    ("L43", W, "", ["say: ▶Take your left foot", "{name: A, hold: 30s, side: each, CALF}"]),
    ("L43", W, "", ["say: ▶Your left foot", "rest: 5s", "calf-wall-straight: 30s left then right"]),
]  # fmt: skip


@cases(("code", "level", "above", "steps"), BROKEN)
def test_a_broken_rule_is_reported_at_its_place(
    code: str, level: str, above: str, steps: list[str]
) -> None:
    text, line, col = marked(text_of(WARM, *steps, above=above))
    problems = [p for p in found(text) if p.code == code]
    assert (level, line, col) in [(p.severity, p.line, p.col) for p in problems], problems


KEPT = [
    ("L01", "", ["{name: A, hold: 5s, CALF}"]),
    ("L02", "", ["{name: A, hold: 10s, CALF}"]),
    ("L02", "", ["{name: A, hold: 5s, MOVE}"]),
    ("L03", "", ["{name: A, hold: 60s, CALF}"]),
    ("L03", "tags: [65+]\n", ["{name: A, hold: 90s, CALF}"]),
    ("L04", "", ["{name: A, hold: 30s, CALF}"]),
    ("L04", "", ["{name: A, sets: 3, hold: 10s, CALF}"]),
    ("L05", "", ["{name: A, sets: 4, hold: 60s, CALF}"]),
    ("L05", "", ["calf-wall-straight: 4 x 60s each side", "ham-chair-sit: 2 x 30s"]),
    ("L06", "tags: [65+]\n", ["{name: A, hold: 30s, CALF}"]),
    ("L06", "", ["{name: A, sets: 2, hold: 29s, CALF}"]),
    ("L10", "goals: [pre-sport]\n", ["{name: A, sets: 2, hold: 30s, CALF}", "ankle-pumps"]),
    ("L12", "", ["{name: A, reps: 5, tempo: 0.8s, MOVE}"]),
    ("L12", "", ["{name: A, reps: 20, tempo: 75/min, MOVE}"]),
    ("L12", "", ["{name: A, hold: 3:00, MOVE}"]),
    ("L13", "", ["say: Do not bounce", "{name: A, hold: 30s, CALF}"]),
    ("L13", "", ["say: Bounce the ball away", "calf-roll"]),
    ("L14", "", ["{name: A, phases: [{contract: 3-10s, effort: 25%}, {stretch: 20s}], PNF}"]),
    ("L15", "", ["{name: A, phases: [{contract: 6s, effort: 20-50%}, {stretch: 20s}], PNF}"]),
    ("L16", "", ["{name: A, phases: [{contract: 6s, effort: 25%}, {stretch: 10-30s}], PNF}"]),
    ("L17", "", ["{name: A, sets: 2, CYCLE, cycles: 2, PNF}"]),
    ("L18", "", ["{name: A, roll: 20s, ROLL}"]),
    ("L18", "", ["{name: A, roll: 100s, sets: 3, ROLL}"]),
    ("L18", "", ["{name: A, roll: 120s, sets: 2, ROLL}"]),
    ("L19", "", ["{name: A, roll: 60s, tempo: 1s, ROLL}"]),
    ("L20", "", ["{name: A, roll: 30s, sets: 3, ROLL}"]),
    ("L21", "", ["{name: A, roll: 60s, pressure: 5, ROLL}"]),
    ("L21", "", ["{name: A, hold: 30s, pressure: 4, DEEP}"]),
    ("L22", "", ["{name: A, hold: 20-60s, PRESS}"]),
    ("L22", "", ["{name: A, hold: 30s, reps: 5, sets: 2, PRESS}"]),
    ("L23", "often: 1/day, 3/week\n", ["{name: A, hold: 60s, DEEP}"]),
    ("L23", "", ["{name: A, hold: 60s, side: each, often: every 3 days, DEEP}"]),
    ("L26", "", ["calf-wall-straight: 30s one side"]),
    ("L26", "", ["calf-wall-straight: 30s left", "calf-wall-straight: 30s right"]),
    ("L26", "", ["{use: calf-wall-straight, hold: 30s, side: left, reason: It was the sore one}"]),
    ("L27", "", ["calf-wall-straight: 30s left", "calf-wall-straight: 24s right"]),
    ("L27", "", [
        "calf-wall-straight: 30s left",
        "{use: calf-wall-straight, hold: 9s, side: right, reason: Sore}",
    ]),
    ("L28", "", ["calf-wall-straight", "quad-side-lying: 30s each side ready 10s"]),
    ("L28", "", ["calf-wall-straight", "rest: 10s", "quad-side-lying: 30s each side ready 1s"]),
    ("L28", "", [
        "calf-wall-straight",
        "wait: Lie down",
        "quad-side-lying: 30s each side ready 1s",
    ]),
    ("L28", "", ["calf-wall-straight", "calf-wall-bent: 30s each side ready 0s"]),
    ("L28", "defaults: {ready: 5s}\n", ["calf-wall-straight"]),
    ("L28", "", ["calf-wall-straight: 30s left", "quad-side-lying: 30s right ready 0s switch 10s"]),
    ("L29", "", ["{name: A, roll: 120s, sets: 10, ROLL}"]),
    ("L30", "", ["{name: A, hold: 1:00, breathe: 2-8, BREATH}"]),
    ("L30", "", ["{name: A, hold: 1:00, breathe: 4-4-8-4, BREATH}"]),
    ("L30", "", ["{name: A, hold: 1:00, breathe: 4-7-8, avoid_if: [heart, pregnant], BREATH}"]),
    ("L31", "about: Secure, accurate, no pain at all. This is not a diagnosis.\n", ["ankle-pumps"]),
    ("L31", "sources: [The cure that was none]\n", ["ankle-pumps"]),
    ("L31", "x-mine: cure\n", ["ankle-pumps"]),
    ("L34", "", ["{name: A, hold: 20m, CLOTH, HEAT}"]),
    ("L35", "", ["say: EIGHTEEN"]),
    ("L36", "", ["{name: A, hold: 5-15m, CLOTH, COLD}"]),
    ("L37", "", ["{name: A, hold: 10m, CLOTH, COLD}"]),
    ("L37", "", ["{name: A, hold: 10m, note: In a towel, cues: {5m: Look at the skin}, COLD}"]),
    ("L37", "", ["{name: A, hold: 10m, note: En un paño, cues: {50%: Mira la piel}, COLD}"]),
    ("L38", "", ["{name: A, hold: 10m, CLOTH, CALFCOLD}"]),
    ("L38", "", ["{name: A, hold: 10m, note: In a cloth, COLD}"]),
    ("L39", "", ["ham-chair-sit", "{name: A, hold: 10m, CLOTH, COLD}", "breathing-seated"]),
    ("L39", "", ["{name: A, hold: 10m, CLOTH, COLD}", "calf-wall-straight"]),
    ("L40", "often: every 2 hours\n", ["{name: A, hold: 10m, CLOTH, COLD}"]),
    ("L40", "", [
        "{name: A, hold: 10m, side: left, CLOTH, COLD}",
        "{name: A, hold: 10m, side: right, CLOTH, COLD}",
    ]),
    ("L41", "", ["{name: A, hold: 30m, EARLY}"]),
    ("L43", "", ["{use: quad-side-lying, note: The leg to be stretched is on top.}"]),
    ("L43", "", ["{use: quad-side-lying, note: "
        "\"Bend the leg right away, all right? Set the hip at the right height.\"}"]),
    ("L43", "", ["{use: quad-side-lying, note: Espalda derecha y pierna recta}"]),
    ("L43", "", ["{name: A, hold: 30s, side: both, note: Lie on your left side, CALF}"]),
    ("L43", "", ["{name: A, hold: 30s, side: left, REASON, note: Your left leg, CALF}"]),
    ("L43", "", ["say: Take your left foot", "{name: A, hold: 30s, CALF}", "calf-wall-straight"]),
    ("L41", "", ["{name: Snug wrap, hold: 2m, note: Press a toe and watch its colour, EARLY}"]),
]  # fmt: skip


@cases(("code", "above", "steps"), KEPT)
def test_the_nearest_file_that_follows_a_rule_has_no_finding(
    code: str, above: str, steps: list[str]
) -> None:
    problems = in_steps(*steps, above=above)
    assert code not in codes(problems), problems


def test_every_rule_about_a_file_has_an_example_or_another_code() -> None:
    by_own_tests = {"L11"}
    under_another_code = {rule.code for rule in RULES.values() if rule.reported_as}
    of_no_file = {rule.code for rule in RULES.values() if not rule.of_file}
    broken = {code for code, *_ in BROKEN}
    assert broken | by_own_tests | under_another_code | of_no_file == set(RULES)
    assert [f"L{number:02}" for number in range(1, 44)] == list(RULES)
    assert of_no_file == {"L07", "L08", "L09", "L25", "L33"}


def test_every_severity_of_a_rule_is_in_its_text() -> None:
    words = {ERROR: "error", WARNING: "warning", INFO: "info"}
    for code, level, *_ in BROKEN:
        rule = RULES[code]
        assert level == rule.level or words[level] in rule.says, (code, level)


def test_early_care_may_only_contain_cold_breath_rest_and_words() -> None:
    steps = ["early-raise-lying", "early-cold-pack", "breathing-seated", "rest: 5s", "say: Good"]
    assert "L42" not in codes(in_steps(*steps, above="goals: [early-care]\n", warm=False))


def test_heat_in_early_care_is_reported_under_both_rules() -> None:
    step = "{name: A, hold: 10m, CLOTH, HEAT}"
    assert {"L34", "L42"} <= codes(in_steps(step, above="goals: [early-care]\n"))


def test_a_step_of_the_next_round_comes_after_the_cold() -> None:
    cold = "{name: A, hold: 10m, CLOTH, COLD}"
    block = "{rounds: %s, steps: [ham-chair-sit, %s]}"
    assert "L39" in codes(in_steps(block % (2, cold)))
    assert "L39" not in codes(in_steps(block % (1, cold)))


def test_the_change_of_position_between_two_rounds_counts_too() -> None:
    steps = "[{use: calf-wall-straight, hold: 30s, ready: 1s}, quad-side-lying]"
    block = "{rounds: 2, rest: REST, steps: " + steps + "}"
    problems = in_steps(block.replace("REST", "9s"), warm=False)
    assert "L28" in codes(problems)
    problems = in_steps(block.replace("REST", "10s"), warm=False)
    assert "L28" not in codes(problems)


def test_a_short_ready_of_the_defaults_is_reported_once() -> None:
    steps = ("calf-wall-straight", "quad-side-lying", "calf-wall-bent: 30s each side ready 9s")
    text = text_of(WARM, *steps, above="defaults: {ready: 4s}\n")
    problems = [p for p in found(text) if p.code == "L28"]
    assert [(p.line, p.message) for p in problems] == [
        (5, "4s to change position, as `defaults` gives to every step"),
        (7, "9s to change position"),
    ]


def test_a_routine_that_is_too_long_is_reported_at_its_steps() -> None:
    long = "breathing-seated: 44:50"
    assert "L29" not in codes(in_steps(long, warm=False))  # with ready 45:00 to the second
    text, line, col = marked(text_of("breathing-seated: 44:51").replace("steps:", "▶steps:"))
    assert [(p.code, p.line, p.col) for p in found(text)] == [("L29", line, col)]


# Warm-up


@cases(
    ("steps", "level"),
    [
        (["{name: A, hold: 5:00, CALF}"], W),
        (["{name: A, hold: 2:59, MOVE}", "{▶name: A, sets: 9, hold: 31s, CALF}"], W),
        (["{name: A, hold: 3:00, MOVE}", "{name: A, sets: 9, hold: 31s, CALF}"], ""),
        (["{name: A, roll: 3:00, pressure: 4, ROLL}", "{name: B, sets: 9, hold: 31s, CALF}"], ""),
        (["{name: A, roll: 3:00, pressure: 5, ROLL}", "{name: B, sets: 9, hold: 31s, CALF}"], W),
        (["{name: A, sets: 12, hold: 30s, CALF}"], I),
        (["{name: A, sets: 12, CYCLE, PNF}"], W),
        ([
            "{rounds: 3, steps: [{name: A, hold: 1m, MOVE}]}",
            "{name: A, sets: 9, hold: 31s, CALF}",
        ], ""),
        (["{name: A, sets: 2, hold: 40s, CALF}"], ""),  # short
    ],
)  # fmt: skip
def test_these_steps_need_a_warm_up(steps: list[str], level: str) -> None:
    text, line, col = marked(text_of(*steps))
    problems = [p for p in found(text) if p.code == "L11"]
    assert [p.severity for p in problems] == ([level] if level else [])
    if "▶" in "".join(steps):
        assert (problems[0].line, problems[0].col) == (line, col)


@pytest.mark.parametrize("above", ["goals: [night-cramp]\n", "tags: [night_cramp]\n"])
def test_bedtime_stretches_need_no_warm_up(above: str) -> None:
    steps = ["{name: A, hold: 60s, sets: 9, CALF}"]
    assert "L11" in codes(in_steps(*steps, warm=False))
    assert "L11" not in codes(in_steps(*steps, above=above, warm=False))


# What a reason silences


@cases(
    ("code", "step"),
    [
        ("L01", "{name: A, hold: 3s, CALF, REASON}"),
        ("L03", "{name: A, hold: 200s, CALF, REASON}"),
        ("L12", "{name: A, reps: 30, tempo: 2s, MOVE, REASON}"),
        ("L15", "{name: A, phases: [{contract: 6s, effort: 80%}, {stretch: 20s}], PNF, REASON}"),
        ("L18", "{name: A, roll: 120s, sets: 3, ROLL, REASON}"),
        ("L22", "{name: A, hold: 100s, PRESS, REASON}"),
        ("L26", "{use: calf-wall-straight, hold: 30s, side: left, REASON}"),
        ("L36", "{name: A, hold: 16m, CLOTH, COLD, REASON}"),
        ("L41", "{name: A, hold: 31m, EARLY, REASON}"),
    ],
)
def test_a_reason_silences_a_finding_about_the_dose(code: str, step: str) -> None:
    assert code in codes(in_steps(step.replace(", REASON", "")))
    assert code not in codes(in_steps(step))


@cases(
    ("code", "step"),
    [
        ("L13", "{name: A, hold: 30s, cues: {1s: Bounce}, CALF, REASON}"),
        ("L21", "{name: A, roll: 60s, pressure: 6, ROLL, REASON}"),
        ("L23", "{name: A, hold: 61s, DEEP, REASON}"),
        ("L23", "{name: A, hold: 121s, DEEP, REASON}"),
        ("L28", "{use: quad-side-lying, ready: 1s, REASON}"),
        ("L34", "{name: A, hold: 21m, CLOTH, HEAT, REASON}"),
        ("L36", "{name: A, hold: 21m, CLOTH, COLD, REASON}"),
        ("L37", "{name: A, hold: 10m, COLD, REASON}"),
        ("L40", "{name: A, hold: 5m, sets: 2, CLOTH, COLD, REASON}"),
        ("L41", "{name: Wrap, hold: 2m, EARLY, REASON}"),
    ],
)
def test_a_reason_silences_nothing_else(code: str, step: str) -> None:
    assert code in codes(in_steps(step))


def test_no_error_of_a_safety_rule_can_be_silenced() -> None:
    assert {"L36", "L41"} == ANSWERED_BY_REASON & SAFETY  # only findings that are not errors
    assert set(RULES) >= ANSWERED_BY_REASON | SAFETY


@cases(
    ("code", "step", "ends"),
    [
        ("L12", "{name: A, reps: 4-21, tempo: 2s, MOVE}", ("4 repeats are few", "21 are many")),
        ("L14", "{name: A, phases: [{contract: 2-16s}, {stretch: 20s}], PNF}", ("2s", "16s")),
        ("L16", "{name: A, phases: [{contract: 6s}, {stretch: 9-31s}], PNF}", ("9s", "31s")),
        ("L18", "{name: A, roll: 19-121s, ROLL}", ("19s of rolling in one set", "2:01 is long")),
        ("L22", "{name: A, hold: 19-61s, PRESS}", ("19s on one spot is short", "1:01 is long")),
        ("L30", "{name: A, hold: 1:00, breathe: 1-9, BREATH}", ("1s for a breath", "9s is long")),
        ("L36", "{name: A, hold: 4-16m, CLOTH, COLD}", ("4:00 of cold", "16:00 is too long")),
    ],
)
def test_a_range_that_is_wrong_at_both_ends_is_told_in_one_sentence(
    code: str, step: str, ends: tuple[str, str]
) -> None:
    (problem,) = [problem for problem in in_steps(step) if problem.code == code]
    low, high = ends
    assert problem.message.startswith(low) and f", and {high}" in problem.message
    assert problem.severity in {WARNING, ERROR}, "the worse end decides"


def test_a_dose_rule_needs_a_known_kind() -> None:
    assert in_steps("{name: A, hold: 3s, regions: [calf], position: chair}") == []
