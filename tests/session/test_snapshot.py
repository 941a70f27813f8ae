"""The facts that a session shows at one moment."""

from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import open_document
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Side
from player.session.cues import cue_sheet
from player.session.snapshot import Count, Glance, glance
from player.session.state import Phase, State

LIBRARY = open_library([SHIPPED])


def seen(steps: str, *moments: int, hands_free: bool = False) -> list[Glance]:
    """Return what a session shows after each number of ms, if no key is pressed."""
    source = f"name: T\nsteps:\n{steps}"
    opened = open_document(read_bytes(source.encode(), "t.yaml"), LIBRARY.catalogue)
    assert opened.timeline, opened.report()
    state = State(opened.timeline, 0, 0, Phase.RUNNING, 0, 0, hands_free=hands_free)
    sheet = cue_sheet(opened.timeline)
    return [glance(state, at, sheet) for at in moments]


def test_a_gap_shows_the_work_after_it_and_work_shows_itself() -> None:
    ready, hold, switch, right = seen(
        "  - calf-wall-straight: 2 x 30s each side rest 10s\n", 5_000, 20_000, 42_000, 50_000
    )
    assert (ready.doing, ready.is_work, ready.side) == ("Get ready", False, Side.LEFT)
    assert (hold.doing, hold.amount, hold.left) == ("Hold", "30s", 20_000)
    assert (hold.set, hold.step, hold.rep) == (Count(1, 2), Count(1, 1), Count())
    assert hold.next == "right side, 30s"
    assert (switch.doing, switch.side_words) == ("Switch sides", "right side")
    assert (right.side, right.next) == (Side.RIGHT, "left side, 30s")


def test_the_next_exercise_or_the_end_is_named() -> None:
    first, last = seen("  - Calf: 20s\n  - calf-wall-bent: 30s each side\n", 12_000, 80_000)
    assert first.next == "Wall calf stretch, knee bent, left side, 30s"
    assert last.next == "the end"
    assert (first.step, last.step) == (Count(1, 2), Count(2, 2))


def test_a_rest_before_a_wait_names_the_wait_as_next() -> None:
    steps = "  - Calf: 20s\n  - rest: 10s\n  - wait: Turn over\n  - Thigh: 20s\n  - rest: 5s\n"
    hold, rest, wait, end = seen(steps, 12_000, 31_000, 42_000, 78_000, hands_free=True)
    assert (hold.next, rest.title, rest.next) == ("Turn over", "Rest", "Turn over")
    assert (wait.title, wait.next) == ("Turn over", "Thigh, both sides, 20s")
    assert (end.title, end.next) == ("Thigh", "the end")


def test_the_share_of_a_step_runs_from_0_to_1() -> None:
    steps = "  - Calf: 20s each side\n  - Thigh: 20s\n"
    first, mid, last = seen(steps, 0, 35_000, 10**9)
    assert first.step_share == 0 and 0.5 < mid.step_share < 1 and last.step_share == 1
    assert last.position == last.total


def test_reps_at_the_persons_own_pace_show_their_number_and_then_wait() -> None:
    working, waiting, turn = (
        *seen("  - Raises: 8-12 reps\n", 12_000, 10**6),
        *seen("  - wait: Turn over\n  - Calf: 20s\n", 10**6),
    )
    assert (working.own_pace, working.waits, working.amount) == (True, False, "8-12 reps")
    assert (waiting.waits, waiting.left) == (True, 0)
    assert (turn.doing, turn.title, turn.waits) == ("Your turn", "Turn over", True)
    assert not working.exact
    (free,) = seen("  - Raises: 8-12 reps\n", 12_000, hands_free=True)
    assert free.exact and not free.own_pace


def test_paced_reps_are_numbered_and_phases_are_named() -> None:
    rep, contract = (
        *seen("  - Raises: 10 reps tempo 2s\n", 10_000 + 4_500),
        *seen("  - {name: Ham, phases: [stretch: 10s, contract: 6s], cycles: 2}\n", 22_000),
    )
    assert rep.rep == Count(3, 10)
    assert contract.doing == "Contract" and contract.rep == Count(1, 2)


def test_a_phase_whose_name_contains_a_number_is_not_taken_for_reps() -> None:
    (part,) = seen("  - {name: Ham, phases: [part 2: 8s, 10 reps: 6s]}\n", 12_000)
    assert (part.doing, part.amount) == ("Part 2", "8s")


def test_the_coachs_words_are_shown_until_their_piece_ends() -> None:
    steps = "  - name: Calf\n    dose: 30s\n    cues: {10s: Breathe on}\n  - Thigh: 20s\n"
    before, after, later = seen(steps, 12_000, 21_000, 55_000)
    assert (before.coach_words, after.coach_words, later.coach_words) == ("", "Breathe on", "")
