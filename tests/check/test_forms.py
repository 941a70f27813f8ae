"""A limit on time counts the real time of a dose, in whatever form the coach writes it."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from player.document.problem import ERROR, WARNING
from tests.check.linting import codes, in_steps
from tests.habits import tries

Form = Callable[[int, str], str]
"""Writes a step with this many seconds of work on a side, and with the further keys given."""


def step(amount: str) -> Form:
    """Return a form.

    In `amount`, `T` is the time, and `H`, `N` and `M` are its half, its tenth
    and its twentieth.
    """

    def written(seconds: int, more: str) -> str:
        put = {"T": seconds, "H": seconds // 2, "N": seconds // 10, "M": seconds // 20}
        words = "".join(str(put.get(char, char)) for char in amount)
        return f"{{name: A, {words}, {more}}}"

    return written


def in_rounds(seconds: int, more: str) -> str:
    return f"{{rounds: 1-2, steps: [{{rounds: 1, steps: [{step('hold: Hs')(seconds, more)}]}}]}}"


AT_ONCE = {
    "hold": step("hold: Ts"),
    "range": step("hold: H-Ts"),
    "up to": step("hold: up to Ts"),
    "held rep": step("reps: 1, hold: Ts"),
    "held range": step("reps: 1, hold: H-Ts"),
    "phase": step("phases: [{sink: Ts}]"),
    "phases": step("phases: [{sink: Hs}, {settle: 1-Hs}]"),
    "breaths": step("breaths: M-N"),
    "free breaths": step("breaths: N, breathe: free"),
    "other breaths": step("breaths: N, breathe: 3-3-4"),
    "rep with tempo": step("reps: 1, tempo: Ts"),
    "rep in beats": step("reps: 1, tempo: H-H"),
    "each side": step("hold: Ts, side: each"),
    "the chosen side": step("hold: Ts, side: one"),
}
"""Ways to write one piece of work without a pause."""
IN_A_SET = AT_ONCE | {
    "cycles": step("phases: [{sink: Hs}], cycles: 1-2"),
    "cycles with a gap": step("phases: [{sink: Hs}], cycles: 2, relax: 5s"),
}
IN_ALL = IN_A_SET | {
    "sets": step("sets: 1-2, hold: Hs"),
    "list": step("hold: 'Hs, Hs'"),
    "sets of breaths": step("sets: 2, breaths: N, breathe: 2-3"),
    "rounds": in_rounds,
}
TOLD = "note: With a cloth between. Look at the skin at 5 minutes. Not on the outer knee."
LIMITS = {
    "L03": ("kind: static-stretch, regions: [calf], position: chair", AT_ONCE),
    "L05": ("kind: static-stretch, regions: [calf], position: chair", IN_ALL),
    "L18": ("kind: roll, regions: [calf], position: chair", IN_A_SET),
    "L22": ("kind: press, regions: [calf], position: chair", IN_ALL),
    "L23": ("kind: deep-press, regions: [belly], position: chair", IN_ALL),
    "L34": (f"kind: heat, regions: [calf], position: chair, {TOLD}", IN_ALL),
    "L36": (f"kind: cool, regions: [ham], position: chair, {TOLD}", IN_ALL),
    "L41": ("kind: early-care, regions: [calf], position: chair", IN_ALL),
}
"""Each rule that limits a time, the keys of a step that it checks, and the forms it adds up."""


def worst(code: str, written: str) -> str:
    """Return the severity of a rule in one step. Information counts for L05 only."""
    found = {problem.severity for problem in in_steps(written) if problem.code == code}
    if code == "L05":
        return "".join(found)
    return ERROR if ERROR in found else WARNING if WARNING in found else ""


@settings(deadline=None, max_examples=tries(50))
@given(some.sampled_from(sorted(LIMITS)), some.integers(3, 100))
@example("L22", 10)
@example("L22", 5)
@example("L03", 10)
@example("L05", 13)
@example("L18", 7)
@example("L23", 4)
@example("L36", 61)
def test_a_limit_on_time_sees_every_form_of_a_dose(code: str, twenties: int) -> None:
    more, forms = LIMITS[code]
    found = {form: worst(code, write(20 * twenties, more)) for form, write in forms.items()}
    assert found == dict.fromkeys(forms, found["hold"]), f"{20 * twenties} seconds"


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("L12", "{name: A, phases: [{up: 1s}, {down: 1s}], cycles: 21, MOVE}"),
        ("L12", "{name: A, phases: [{up: 0.3s}, {down: 0.4s}], cycles: 10, MOVE}"),
        ("L12", "{name: A, reps: 10, hold: 0.7s, MOVE}"),
        ("L17", "{name: A, reps: 5, tempo: 26s, PNF}"),
        ("L17", "{name: A, sets: 5, hold: 26s, PNF}"),
        ("L18", "{name: A, passes: 41, ROLL}"),
        ("L22", "{name: A, passes: 31, PRESS}"),
        ("L30", "{name: A, phases: [{in: 4s}, {hold: 10s}, {out: 6s}], cycles: 6, BREATH}"),
        ("L30", "{name: A, phases: [{in: 1s}, {out: 6s}], cycles: 6, BREATH}"),
        ("L40", "{name: A, reps: 2, hold: 5m, relax: 1m, CLOTH, COLD}"),
        ("L40", "{name: A, hold: '5m, 5m', rest: 1m, CLOTH, COLD}"),
        ("L40", "{name: A, phases: [{cold: 5m}, {off: 1m}], cycles: 2, CLOTH, COLD}"),
    ],
)
def test_a_limit_on_a_count_sees_every_form_of_a_dose(code: str, written: str) -> None:
    assert code in codes(in_steps(written))


def test_a_look_at_the_skin_is_early_only_if_it_comes_early_with_the_pauses_counted() -> None:
    cold = "{name: A, reps: 2, hold: 4m, relax: RELAX, cues: {half: Look at the skin}, WRAP, COLD}"
    cold = cold.replace("WRAP", "note: In a cloth")
    assert "L37" not in codes(in_steps(cold.replace("RELAX", "1m")))
    assert "L37" in codes(in_steps(cold.replace("RELAX", "3m")))
