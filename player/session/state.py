"""A running session as a pure function: `step(state, event) -> (state, effects)`.

Time is asked, never counted: a session is at `(timeline, position, anchor)`, and while it
runs its position now is `position + (now - anchor)`. A stall, a resize or a slow terminal
can not make it wrong. Events carry the time at which they happened; effects are data that a
host executes.

    RUNNING <-> PAUSED      space
    RUNNING  -> ASKING      the machine slept, or somebody stopped the process
    RUNNING  -> HURTING     the person says that something hurts
    PAUSED, ASKING, HURTING -> RUNNING   go on
    any      -> DONE        the end is reached
    any      -> LEFT        the person leaves
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from player.routine.model import Step
from player.routine.pieces import Open, SegmentKind
from player.routine.vocabulary import Kind, Region, Side
from player.safety.clearance import FRESH_S
from player.safety.cleared import Cleared
from player.session.timeline import Choices, Segment, Timeline, compile

LONGER_MS = 10_000
LONGEST_COLD_MS = 900_000
"""Off at 10 minutes, 15 at most (clinical content, 4g)."""

GAP_MS = 2_000
"""Two looks at the clock further apart than this mean that the machine or process slept."""

CREDIT_MS = 1_000
"""What is credited of such a gap at most."""

LEAD_IN_MS = 3_000
"""`back` within this time of a piece goes to the one before; later, to its own beginning."""


class Phase(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    ASKING = "asking"
    HURTING = "hurting"
    DONE = "done"
    LEFT = "left"


ENDED = frozenset({Phase.DONE, Phase.LEFT})
STANDING = frozenset({Phase.PAUSED, Phase.ASKING, Phase.HURTING})


class Do(StrEnum):
    """What can happen to a session."""

    LOOK = "look"
    PAUSE = "pause"
    GO_ON = "go on"
    NEXT = "next"
    BACK = "back"
    RESTART = "restart"
    LONGER = "longer"
    DONE = "done"
    HURTS = "hurts"
    SKIP_STEP = "skip step"
    SKIP_REGION = "skip region"
    SKIP_DEEP = "skip deep pressure"
    UNDO = "undo"
    QUIT = "quit"


class Event(NamedTuple):
    """Something that happened at `at` (session clock, ms) and `wall` (calendar, ms)."""

    do: Do
    at: int
    wall: int


class Transport(NamedTuple):
    """The session runs or stands, at `position`."""

    phase: Phase
    position: int


class Notice(NamedTuple):
    """Something the person should read. `too_old`: the session does not go on, see TOO_OLD."""

    text: str
    too_old: bool = False


TOO_OLD = Notice("The answers are more than two hours old. Leave, and start again.", too_old=True)


class Hurt(NamedTuple):
    """The person said that something hurts, at this segment; to be journalled."""

    segment: Segment
    position: int


class Ended(NamedTuple):
    """The session is over; `complete` when its end was reached."""

    complete: bool


Effect = Transport | Notice | Hurt | Ended


class Moment(NamedTuple):
    """Where a session was before an action; what undo goes back to."""

    timeline: Timeline
    position: int
    released: int


@dataclass(frozen=True, slots=True)
class State:
    """A session. `released` is the index of the last segment whose wait is behind us."""

    timeline: Timeline
    position: int
    anchor: int | None
    phase: Phase
    looked_at: int
    looked_wall: int
    released: int = -1
    hands_free: bool = False
    past: tuple[Moment, ...] = ()
    left_out: frozenset[tuple[int, int]] = frozenset()
    """Step and round of what was left out for pain; nothing goes back into it."""
    stale_at: int | None = None
    """The wall time (ms) from which the answers are too old to go on after a pause."""
    answered_at: int | None = None
    """The wall time (ms) of the answers: before it, somebody has changed the clock."""
    stale_after: int | None = None
    """The same as `stale_at` on the session clock, which nobody can set back."""
    credit: Mapping[int, int] = field(default_factory=dict)
    """Milliseconds that were really done, by segment, up to `position` and `anchor`."""

    def is_stale(self, at: int, wall: int) -> bool:
        """Whether the answers are too old to go on, by either clock, or from the future."""
        return (
            (self.stale_at is not None and wall > self.stale_at)
            or (self.answered_at is not None and wall < self.answered_at)
            or (self.stale_after is not None and at > self.stale_after)
        )

    def position_at(self, now: int) -> int:
        """Where the session is at `now`: it stops at the end and where it waits for the person."""
        if self.anchor is None:
            return self.position
        return min(self.position + max(now - self.anchor, 0), self._stop()[0])

    def waits_at(self, now: int) -> bool:
        """Whether the session stands at the end of an open segment, for a key."""
        end, index = self._stop()
        return index >= 0 and self.position_at(now) >= end

    def index_at(self, now: int) -> int:
        """The segment the session is in at `now`."""
        position = self.position_at(now)
        end, index = self._stop()
        if index >= 0 and position >= end:
            return index
        return self.timeline.at(position)

    def segment_at(self, now: int) -> Segment:
        return self.timeline.segments[self.index_at(now)]

    def credit_at(self, now: int) -> Mapping[int, int]:
        """Milliseconds really done by segment, until `now`."""
        return _credited(self, self.position_at(now))

    @property
    def stops_at(self) -> tuple[int, bool]:
        """The next position that the session can't pass by itself, and whether it waits there."""
        end, index = self._stop()
        return end, index >= 0

    def _stop(self) -> tuple[int, int]:
        """The next position that the session can't pass by itself, and the segment that stays."""
        if not self.hands_free:
            for index in self.timeline.stays:
                if index > self.released:
                    return self.timeline.segments[index].end, index
        return self.timeline.total_ms, -1


def begin(
    cleared: Cleared,
    choices: Choices,
    at: int,
    wall: int,
    *,
    position: int = 0,
    hands_free: bool = False,
) -> State:
    """Start a session of a plan that was cleared today, at `position` (when it is resumed).

    Raises ValueError where the clearance is no longer of today.
    """
    if not cleared.valid(wall / 1_000):
        raise ValueError("the answers are too old; the questions must be asked again")
    timeline = compile(cleared.plan, choices)
    index = timeline.at(position)
    stale_at = round((cleared.at + FRESH_S) * 1_000)
    return State(
        timeline=timeline,
        position=position,
        anchor=at,
        phase=Phase.RUNNING,
        looked_at=at,
        looked_wall=wall,
        released=index - 1,
        hands_free=hands_free,
        stale_at=stale_at,
        answered_at=int(cleared.at * 1_000),
        stale_after=at + stale_at - wall,
    )


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """What the session is after an event, and what a host has to do about it."""
    if state.phase is Phase.LEFT or (state.phase is Phase.DONE and event.do is not Do.UNDO):
        return state, ()
    at = max(event.at, state.looked_at)
    if state.phase is Phase.RUNNING and _slept(state, at, event.wall):
        return _woken(state, at, event.wall)
    state = replace(state, looked_at=at, looked_wall=event.wall)
    if event.do is Do.GO_ON and state.is_stale(at, event.wall):
        return state, (TOO_OLD,)
    if state.phase is Phase.HURTING and event.do in _NOT_WHILE_IT_HURTS:
        return state, (Notice("Stopped. Space goes on, q leaves."),)
    over = state.position_at(at) >= state.timeline.total_ms and not state.waits_at(at)
    if state.phase is Phase.RUNNING and over:
        return _moved(_settled(state, at), state.timeline.total_ms, len(state.timeline.segments))
    return _ACTIONS[event.do](state, at)


def _slept(state: State, at: int, wall: int) -> bool:
    elapsed = at - state.looked_at
    return elapsed > GAP_MS or abs((wall - state.looked_wall) - elapsed) > GAP_MS


def _woken(state: State, at: int, wall: int) -> tuple[State, tuple[Effect, ...]]:
    credited = state.looked_at + min(at - state.looked_at, CREDIT_MS)
    standing = replace(
        _settled(state, credited), anchor=None, phase=Phase.ASKING, looked_at=at, looked_wall=wall
    )
    return standing, (
        Notice("The computer or the program was asleep. The session waits. Go on?"),
        Transport(Phase.ASKING, standing.position),
    )


def _settled(state: State, at: int) -> State:
    """The same session with its position written down at `at`."""
    position = state.position_at(at)
    return replace(
        state,
        position=position,
        anchor=at if state.anchor is not None else None,
        credit=_credited(state, position),
    )


def _credited(state: State, position: int) -> Mapping[int, int]:
    """The credit with everything from the written position to `position` added."""
    if position <= state.position:
        return state.credit
    credit = dict(state.credit)
    segments = state.timeline.segments
    index = state.timeline.at(state.position)
    while index < len(segments) and segments[index].start < position:
        segment = segments[index]
        done = min(position, segment.end) - max(state.position, segment.start)
        if done > 0:
            credit[index] = credit.get(index, 0) + done
        index += 1
    return credit


def _look(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    return state, ()


def _pause(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    if state.phase is not Phase.RUNNING:
        return state, ()
    state = replace(_settled(state, at), anchor=None, phase=Phase.PAUSED)
    return state, (Transport(Phase.PAUSED, state.position),)


def _go_on(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    if state.phase not in STANDING:
        return state, ()
    state = replace(state, anchor=at, phase=Phase.RUNNING)
    return state, (Transport(Phase.RUNNING, state.position),)


def _next(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """The next segment: out of a gap into its work, out of work into the gap that follows."""
    state = _remembered(state, at)
    index = state.index_at(at)
    return _moved(state, state.timeline.segments[index].end, index + 1)


def _back(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """The beginning of this piece with its gap; soon after it began, that of the one before."""
    state = _remembered(state, at)
    segments = state.timeline.segments
    here = lead = _lead_in(state.timeline, state.index_at(at))
    if state.position - segments[lead].start <= LEAD_IN_MS and lead > 0:
        lead = _lead_in(state.timeline, lead - 1)
    if any(_is_shut(state, index) for index in range(lead, here)):
        lead = here  # from before what was left out the session would run into it
    if _is_shut(state, lead):
        return state, (Notice("There is no way back into this."),)
    return _moved(state, segments[lead].start, lead)


def _restart(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """The beginning of the step with its gap."""
    state = _remembered(state, at)
    first = _first_of_step(state.timeline, state.index_at(at))
    if _is_shut(state, first):
        return state, (Notice("Deep pressure is not done twice."),)
    return _moved(state, state.timeline.segments[first].start, first)


def _skip_step(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Leave out what hurt, wherever it comes again."""
    steps = state.timeline.steps
    hurt = {steps[number].exercise.label for number in _felt(state, at)}
    return _without(state, at, {n for n, step in steps.items() if step.exercise.label in hurt})


def _skip_region(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Leave out everything that is still to come on the part of the body that is worked on."""
    steps = state.timeline.steps
    regions = frozenset[Region]().union(
        *(steps[number].exercise.regions for number in _felt(state, at))
    )
    return _without(state, at, {n for n, step in steps.items() if step.exercise.regions & regions})


def _felt(state: State, at: int) -> set[int]:
    """The steps that a feeling can come from: in a gap the one before, and the one that comes."""
    segments, index = state.timeline.segments, state.index_at(at)
    found = {segments[index].step} & state.timeline.steps.keys()
    if segments[index].kind is not SegmentKind.WORK:
        worked = [i for i in state.credit_at(at) if i < index and segments[i].step]
        found |= {segments[max(worked)].step} if worked else set()
    return found


def _skip_deep(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Leave out all deep pressure that is still to come."""
    steps = state.timeline.steps
    return _without(state, at, {number for number, step in steps.items() if _is_deep(step)})


def _without(state: State, at: int, steps: Set[int]) -> tuple[State, tuple[Effect, ...]]:
    """Take steps out for pain: there is no way back into them, and no undo of it."""
    state = _settled(state, at)
    index = state.index_at(at)
    is_in_it = state.timeline.segments[index].step in steps
    timeline = state.timeline.without(index, state.position, steps)
    gone = {(s.step, s.round) for s in timeline.segments if s.step in steps}
    state = replace(state, timeline=timeline, past=(), left_out=state.left_out | gone)
    if not timeline.holds_work(index + is_in_it):
        return _quit(state, at)
    if is_in_it:
        return _moved(state, state.position, index + 1)
    return state, (Transport(state.phase, state.position),)


def _is_deep(step: Step) -> bool:
    return Kind.DEEP_PRESS in step.exercise.kinds


def _is_shut(state: State, index: int) -> bool:
    """Whether nothing leads back into a segment: left out for pain, or deep pressure begun."""
    segment = state.timeline.segments[index]
    if (segment.step, segment.round) in state.left_out:
        return True
    step = state.timeline.steps.get(segment.step)
    if step is None or not _is_deep(step):
        return False
    segments = state.timeline.segments
    return any(
        segments[done].step == segment.step and segments[done].kind is SegmentKind.WORK
        for done in state.credit
    )


def _longer(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    segment = state.segment_at(at)
    step = state.timeline.steps.get(segment.step)
    if step is not None and _is_deep(step):
        return state, (Notice("Deep pressure is not made longer."),)
    is_cold = step is not None and Kind.COOL in step.exercise.kinds
    if is_cold and segment.length + LONGER_MS > LONGEST_COLD_MS:
        return state, (Notice("Cold stays on for 15 minutes at most."),)
    state = _remembered(state, at)
    timeline = state.timeline.longer(state.index_at(at), LONGER_MS)
    state = replace(state, timeline=timeline)
    return state, (Transport(state.phase, state.position), Notice("Ten seconds more."))


def _done(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """End an open segment; a fixed time is not ended by accident."""
    index = state.index_at(at)
    if state.timeline.segments[index].open is Open.CLOSED:
        return state, (Notice("This step has a fixed time. Press n to go to the next."),)
    state = _remembered(state, at)
    return _moved(state, state.timeline.segments[index].end, index + 1)


def _hurts(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    state = replace(_settled(state, at), anchor=None, phase=Phase.HURTING)
    segment = state.segment_at(at)
    return state, (Transport(Phase.HURTING, state.position), Hurt(segment, state.position))


def _undo(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    if not state.past:
        return state, (Notice("There is nothing to undo."),)
    state = _settled(state, at)
    before = state.past[-1]
    back_to, here = before.timeline.at(before.position), state.index_at(at)
    if any(_is_shut(state, index) for index in range(back_to, here + 1)):
        return state, (Notice("There is no way back into this."),)
    phase = Phase.RUNNING if state.phase is Phase.DONE else state.phase
    state = replace(
        state,
        timeline=before.timeline,
        position=before.position,
        released=before.released,
        anchor=at if phase is Phase.RUNNING else None,
        phase=phase,
        past=state.past[:-1],
    )
    return state, (Transport(state.phase, state.position), Notice("Undone."))


def _quit(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    state = replace(_settled(state, at), anchor=None, phase=Phase.LEFT)
    return state, (Transport(Phase.LEFT, state.position), Ended(complete=False))


_ACTIONS = {
    Do.LOOK: _look,
    Do.PAUSE: _pause,
    Do.GO_ON: _go_on,
    Do.NEXT: _next,
    Do.BACK: _back,
    Do.RESTART: _restart,
    Do.LONGER: _longer,
    Do.DONE: _done,
    Do.HURTS: _hurts,
    Do.SKIP_STEP: _skip_step,
    Do.SKIP_REGION: _skip_region,
    Do.SKIP_DEEP: _skip_deep,
    Do.UNDO: _undo,
    Do.QUIT: _quit,
}


_NOT_WHILE_IT_HURTS = frozenset({Do.NEXT, Do.BACK, Do.RESTART, Do.LONGER, Do.DONE, Do.UNDO})


def _remembered(state: State, at: int) -> State:
    """The session settled at `at`, with that moment kept for undo."""
    state = _settled(state, at)
    moment = Moment(state.timeline, state.position, state.released)
    return replace(state, past=(*state.past, moment))


def _moved(state: State, position: int, index: int) -> tuple[State, tuple[Effect, ...]]:
    """The session at the beginning of segment `index`, or at its end."""
    state = replace(state, position=position, released=index - 1)
    if index < len(state.timeline.segments):
        return state, (Transport(state.phase, position),)
    state = replace(state, anchor=None, phase=Phase.DONE)
    return state, (Transport(Phase.DONE, position), Ended(complete=True))


def _lead_in(timeline: Timeline, index: int) -> int:
    """The gap before a piece of work, or the work itself where there is none."""
    segments = timeline.segments
    if segments[index].kind is SegmentKind.WORK and index > 0:
        before = segments[index - 1]
        if before.kind not in {SegmentKind.WORK, SegmentKind.WAIT}:
            return index - 1
    return index


def _first_of_step(timeline: Timeline, index: int) -> int:
    segments = timeline.segments
    here = (segments[index].step, segments[index].round)
    while index > 0 and (segments[index - 1].step, segments[index - 1].round) == here:
        index -= 1
    return index


def work_done(state: State, now: int) -> dict[tuple[str, Side], int]:
    """Milliseconds of work really done, by exercise and side."""
    found: dict[tuple[str, Side], int] = {}
    for index, ms in state.credit_at(now).items():
        segment = state.timeline.segments[index]
        if segment.kind is SegmentKind.WORK and segment.exercise and segment.side:
            key = (segment.exercise, segment.side)
            found[key] = found.get(key, 0) + ms
    return found
