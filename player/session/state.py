"""Runs a session as a pure function: `step(state, event) -> (state, effects)`.

The position is computed from the clock and never counted up: while a session runs, its position
is `position + (now - anchor)`. So a stall, a resize or a slow terminal can't make it wrong. Each
event carries the time at which it happened. Effects are data that a host executes.

    RUNNING <-> PAUSED      the person presses space
    RUNNING  -> ASKING      the machine slept, or somebody stopped the process (only `x` and `q`
                            act at once: other keys may have been pressed in the sleep)
    RUNNING  -> HURTING     the person reports pain
    PAUSED, ASKING, HURTING -> RUNNING   the person goes on
    any      -> DONE        the session reaches its end
    any      -> LEFT        the person leaves
    DONE, LEFT -> PAUSED    the person takes back that they ended it or left
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from player.routine.model import Step
from player.routine.pieces import Open, SegmentKind
from player.routine.vocabulary import Kind, Region, Side
from player.safety.cleared import Cleared
from player.safety.pace import ANSWER_AFTER_MS, TOO_FAST
from player.safety.two_clocks import STEP_MS, BothClocks, calendar_ms, set_back_ms, why_stale
from player.session.places import limit_of, passed_limit
from player.session.timeline import Choices, Segment, Timeline, compile

LONGER_MS = 10_000
GAP_MS = 2_000
"""If the clock moved more than this between two events, the machine or the process slept."""

CREDIT_MS = 1_000
"""At most this much of such a gap counts as done."""

MOVES_EVERY_MS = 400
"""A key that is held down moves the session no more often than this."""

BURST_MS = 700
"""The same key again within this time belongs to one burst, which undo takes back as a whole.

It is longer than the time until a held key begins to repeat.
"""

LEAD_IN_MS = 3_000
"""Within this time after a piece starts, `back` goes to the piece before; later, to the start."""


class Phase(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    ASKING = "asking"
    HURTING = "hurting"
    DONE = "done"
    LEFT = "left"


ENDED = frozenset({Phase.DONE, Phase.LEFT})
STANDING = frozenset({Phase.PAUSED, Phase.ASKING, Phase.HURTING})
"""The phases in which the session has stopped but can continue."""


class Do(StrEnum):
    """The actions that an event can carry."""

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
    END = "end"


class Event(NamedTuple):
    """An action at `at` (session clock, ms) and `wall` (calendar clock, ms)."""

    do: Do
    at: int
    wall: int


class Transport(NamedTuple):
    """The session has moved to `position`, or has started or stopped there."""

    phase: Phase
    position: int


class Notice(NamedTuple):
    """A message for the person."""

    text: str


NO_WAY_BACK = Notice("You can't go back to this.")
HELD_BACK = Notice(TOO_FAST)
"""The answer to a key that may have been pressed while the machine slept."""


class Hurt(NamedTuple):
    """The person reports pain in this segment. The host saves it in the journal."""

    segment: Segment
    position: int


class Ended(NamedTuple):
    """The session is over. `complete` is true if the end was reached."""

    complete: bool


class Undone(NamedTuple):
    """A move was undone, so the session is at `position` again."""

    position: int


class EndAsked(NamedTuple):
    """`next` would end the session here. The host asks the person before it sends `Do.END`."""


Effect = Transport | Notice | Hurt | Ended | Undone | EndAsked


class Moment(NamedTuple):
    """What undo takes back: a move from a place in a segment, or ten seconds added to it."""

    number: int
    """The index of the segment."""
    into: int
    released: int
    longer: bool = False


class Burst(NamedTuple):
    """One of the keys that move the session, while the person presses it again and again."""

    do: Do
    pressed_at: int
    moved_at: int
    """When the key was last carried out."""
    remembered: bool = False
    """Whether undo already has the moment before the burst."""


@dataclass(frozen=True, slots=True)
class State:
    """A session. `released` is the index of the last segment that no longer waits for a key."""

    timeline: Timeline
    position: int
    anchor: int | None
    phase: Phase
    looked_at: int
    looked_wall: int
    released: int = -1
    hands_free: bool = False
    past: tuple[Moment, ...] = ()
    burst: Burst | None = None
    ended_by: Do | None = None
    """`END` or `QUIT` if the person ended the session. It can then be taken back."""
    left_out: frozenset[tuple[int, int]] = frozenset()
    """Step and round of each piece removed for pain. The session never returns to it."""
    answered: BothClocks | None = None
    """Both clocks at the time of the answers. Once these are too old, no pause can end."""
    woke_at: int | None = None
    """When a gap was noticed last. Keys that follow at once were pressed in the gap."""
    earlier: Mapping[int, int] = field(default_factory=dict)
    """Milliseconds in each segment that a resumed session may have done before it was cut off."""
    credit: Mapping[int, int] = field(default_factory=dict)
    """Milliseconds done in each segment, by its index, up to `position` and `anchor`."""

    def why_stale(self, at: int, wall: int) -> str:
        """Return why the session can't go on with these answers, in words; empty if it can."""
        why = why_stale(self.answered, BothClocks(at, wall)) if self.answered is not None else ""
        return why and f"{why} Leave, and start again."

    def position_at(self, now: int) -> int:
        """Return the position at `now`; it stops at the end and wherever a key is awaited."""
        if self.anchor is None:
            return self.position
        return min(self.position + max(now - self.anchor, 0), self._stop()[0])

    def waits_at(self, now: int) -> bool:
        """Return whether the session waits for a key at the end of an open segment."""
        end, index = self._stop()
        return index >= 0 and self.position_at(now) >= end

    def index_at(self, now: int) -> int:
        """Return the index of the segment at `now`."""
        position = self.position_at(now)
        end, index = self._stop()
        if index >= 0 and position >= end:
            return index
        return self.timeline.at(position)

    def segment_at(self, now: int) -> Segment:
        return self.timeline.segments[self.index_at(now)]

    def credit_at(self, now: int) -> Mapping[int, int]:
        """Return the milliseconds done in each segment until `now`."""
        return _credited(self, self.position_at(now))

    def begun_at(self, now: int) -> Set[int]:
        """Return the indices of the segments done in part, also before a session was resumed."""
        return self.credit_at(now).keys() | self.earlier.keys()

    @property
    def stops_at(self) -> tuple[int, bool]:
        """Return the position that the session can't pass by itself, and whether it waits there."""
        end, index = self._stop()
        return end, index >= 0

    def _stop(self) -> tuple[int, int]:
        """Return the position that the session can't pass by itself, and the index of the segment
        that waits there, or -1 for the end.
        """
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
    answered_at: int | None = None,
) -> State:
    """Start a session of a plan that was cleared today. A resumed session starts at `position`.

    `answered_at` is the time of the answers on the session clock. Without it, their age is taken
    from the calendar alone. Raises ValueError if the answers are too old.
    """
    now, answered_wall = BothClocks(at, wall), round(cleared.at * 1_000)
    if answered_at is None:
        answered_at = at - (wall - answered_wall)
    answered = BothClocks(answered_at, answered_wall)
    if why_stale(answered, now) or not cleared.valid(calendar_ms(answered, now) / 1_000):
        raise ValueError("the answers are too old; the questions must be asked again")
    timeline = compile(cleared.plan, choices)
    index = timeline.at(position)
    return State(
        timeline=timeline,
        position=position,
        anchor=at,
        phase=Phase.RUNNING,
        looked_at=at,
        looked_wall=wall,
        released=index - 1,
        hands_free=hands_free,
        answered=answered,
        earlier={
            number: min(segment.end, position) - segment.start
            for number, segment in enumerate(timeline.segments)
            if segment.start < position
        },
    )


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Return the state after an event, and the effects that a host has to execute."""
    at = max(event.at, state.looked_at)
    if state.phase in ENDED:
        return _brought_back(state, event, at) if event.do is Do.UNDO else (state, ())
    if _slept(state, at, event.wall):
        if state.phase is Phase.RUNNING:
            return _woken(state, event, at)
        if event.do is Do.LOOK:  # the hosts look before each key, also while the session stands
            state = replace(state, woke_at=at)
    state = replace(state, looked_at=at, looked_wall=event.wall)
    if _is_of_the_gap(state, event.do, at):
        return state, (HELD_BACK,)
    if event.do is Do.GO_ON and (why := state.why_stale(at, event.wall)):
        return state, (Notice(why),)
    if state.phase is Phase.HURTING and event.do in _NOT_WHILE_IT_HURTS:
        return state, (Notice("Stopped. Space goes on, q leaves."),)
    if state.phase is Phase.RUNNING and _is_over(state, at) and event.do not in _PAIN:
        return _moved(_settled(state, at), state.timeline.total_ms, len(state.timeline.segments))
    return _paced(state, event.do, at)


def _paced(state: State, do: Do, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Carry out an action, but a key that is held down only once in MOVES_EVERY_MS.

    A burst of one key leaves one moment for undo.
    """
    if do not in _MOVES:
        burst = state.burst if do is Do.LOOK else None
        return _ACTIONS[do](replace(state, burst=burst), at)
    before = state.burst if state.burst is not None and state.burst.do is do else None
    if before is not None and at - before.moved_at < MOVES_EVERY_MS:
        return replace(state, burst=before._replace(pressed_at=at)), ()
    follows = before is not None and at - before.pressed_at <= BURST_MS and before.remembered
    after, effects = _ACTIONS[do](state, at)
    remembers = after.past != state.past
    past = state.past if follows and remembers else after.past
    return replace(after, past=past, burst=Burst(do, at, at, follows or remembers)), effects


def _is_over(state: State, at: int) -> bool:
    return state.position_at(at) >= state.timeline.total_ms and not state.waits_at(at)


def _slept(state: State, at: int, wall: int) -> bool:
    """Return whether there was a gap. A small step back of the calendar is none."""
    back = _set_back_ms(state, at, wall)
    return at - state.looked_at > GAP_MS or back < -GAP_MS or back > STEP_MS


def _set_back_ms(state: State, at: int, wall: int) -> int:
    return set_back_ms(BothClocks(state.looked_at, state.looked_wall), BothClocks(at, wall))


def _gap_words(state: State, at: int, wall: int) -> str:
    """Return what a gap may have been."""
    back = _set_back_ms(state, at, wall)
    if back > STEP_MS:
        return "The clock of this computer was set back. The session waits."
    if at - state.looked_at <= GAP_MS:
        return "The computer was asleep, or its clock was changed. The session waits. Go on?"
    return "The computer or the program was asleep. The session waits. Go on?"


def _is_of_the_gap(state: State, do: Do, at: int) -> bool:
    """Return whether a key came so soon after a gap that it was pressed before the gap ended."""
    soon = state.woke_at is not None and at - state.woke_at < ANSWER_AFTER_MS
    return soon and do in _HELD_BACK_AFTER_A_GAP


def _woken(state: State, event: Event, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Stop a running session because of a gap. Only keys that report pain or leave still act.

    The rest of the gap does not count as done. If the session ends in the part that counts, it is
    over.
    """
    counted = _settled(state, state.looked_at + min(at - state.looked_at, CREDIT_MS))
    if _is_over(counted, counted.anchor or 0) and event.do not in _PAIN:
        counted = replace(counted, looked_at=at, looked_wall=event.wall)
        return _moved(counted, state.timeline.total_ms, len(state.timeline.segments))
    standing = replace(
        counted,
        anchor=None,
        phase=Phase.ASKING,
        looked_at=at,
        looked_wall=event.wall,
        woke_at=at,
    )
    if event.do in _PAIN or event.do is Do.QUIT:
        return _ACTIONS[event.do](standing, at)
    effects = (
        Notice(_gap_words(state, at, event.wall)),
        Transport(Phase.ASKING, standing.position),
    )
    if _is_of_the_gap(standing, event.do, at):
        return standing, (*effects, HELD_BACK)
    return standing, effects


def _settled(state: State, at: int) -> State:
    """Return the same session with its position saved as of `at`."""
    position = state.position_at(at)
    return replace(
        state,
        position=position,
        anchor=at if state.anchor is not None else None,
        credit=_credited(state, position),
    )


def _credited(state: State, position: int) -> Mapping[int, int]:
    """Return the credit plus the time from the saved position to `position`."""
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
    """Go to the next segment: from a gap to its work, from work to the gap after it."""
    index = state.index_at(at)
    if not any(segment.length for segment in state.timeline.segments[index + 1 :]):
        return state, (EndAsked(),)
    state = _remembered(state, at)
    return _moved(state, state.timeline.segments[index].end, index + 1)


def _end(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """End the session, because the person answered that it ends here."""
    state = replace(_remembered(state, at), ended_by=Do.END)
    return _moved(state, state.timeline.total_ms, len(state.timeline.segments))


def _back(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Go to the start of this piece with its gap; within LEAD_IN_MS, to the piece before it."""
    state = _settled(state, at)
    segments = state.timeline.segments
    here = lead = _lead_in(state.timeline, state.index_at(at))
    if state.position - segments[lead].start <= LEAD_IN_MS and lead > 0:
        lead = _lead_in(state.timeline, lead - 1)
    if any(_is_shut(state, index) for index in range(lead, here)):
        lead = here  # else the session would run from there into the part that was removed
    if _is_shut(state, lead):
        return state, (NO_WAY_BACK,)
    if limit := _passed(state, at, state.timeline, segments[lead].start):
        return state, (Notice(limit),)
    return _moved(_remembered(state, at), segments[lead].start, lead)


def _restart(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Go to the start of the step with its gap."""
    state = _settled(state, at)
    first = _first_of_step(state.timeline, state.index_at(at))
    if _is_shut(state, first):
        return state, (Notice("Deep pressure is not done twice."),)
    start = state.timeline.segments[first].start
    if limit := _passed(state, at, state.timeline, start):
        return state, (Notice(limit),)
    return _moved(_remembered(state, at), start, first)


def _skip_step(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Remove the exercise that hurt, also from later steps and rounds."""
    steps = state.timeline.steps
    hurt = {steps[number].exercise.label for number in _felt(state, at)}
    return _without(state, at, {n for n, step in steps.items() if step.exercise.label in hurt})


def _skip_region(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Remove everything still to come on the parts of the body that are worked on now."""
    steps = state.timeline.steps
    regions = frozenset[Region]().union(
        *(steps[number].exercise.regions for number in _felt(state, at))
    )
    return _without(state, at, {n for n, step in steps.items() if step.exercise.regions & regions})


def _felt(state: State, at: int) -> set[int]:
    """Return the steps that can have caused a feeling; in a gap the step before and the next."""
    segments, index = state.timeline.segments, state.index_at(at)
    found = {segments[index].step} & state.timeline.steps.keys()
    if segments[index].kind is not SegmentKind.WORK:
        worked = [i for i in state.begun_at(at) if i < index and segments[i].step]
        found |= {segments[max(worked)].step} if worked else set()
    return found


def _skip_deep(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Remove all deep pressure that is still to come."""
    steps = state.timeline.steps
    return _without(state, at, {number for number, step in steps.items() if _is_deep(step)})


def _without(state: State, at: int, steps: Set[int]) -> tuple[State, tuple[Effect, ...]]:
    """Remove steps for pain. The session can't go back to them, and undo does not restore them."""
    state = _settled(state, at)
    index = state.index_at(at)
    timeline = state.timeline.without(index, state.position, steps)
    here = timeline.segments[index]
    is_in_it = here.step in steps or (here.kind is SegmentKind.WAIT and here.open is Open.CLOSED)
    gone = {(s.step, s.round) for s in timeline.segments if s.step in steps}
    state = replace(state, timeline=timeline, past=(), left_out=state.left_out | gone)
    if not timeline.holds_work(index + is_in_it):
        return _left(state, at)
    if is_in_it:
        return _moved(state, state.position, index + 1)
    return state, (Transport(state.phase, state.position),)


def _is_deep(step: Step) -> bool:
    return Kind.DEEP_PRESS in step.exercise.kinds


def _is_shut(state: State, index: int) -> bool:
    """Return whether the session must not go back to a segment: it was removed for pain, or its
    deep pressure has already begun.
    """
    segment = state.timeline.segments[index]
    if (segment.step, segment.round) in state.left_out:
        return True
    step = state.timeline.steps.get(segment.step)
    if step is None or not _is_deep(step):
        return False
    segments = state.timeline.segments
    return any(
        segments[done].step == segment.step and segments[done].kind is SegmentKind.WORK
        for done in state.credit.keys() | state.earlier.keys()
    )


def _passed(state: State, at: int, timeline: Timeline, position: int) -> str:
    """Return the limit in words that playing a timeline from `position` would pass, if any."""
    credit = state.credit_at(at)
    done = {
        index: state.earlier.get(index, 0) + credit.get(index, 0) for index in state.begun_at(at)
    }
    return passed_limit(timeline, position, done, state.timeline, state.position_at(at))


def _longer(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    segment = state.segment_at(at)
    step = state.timeline.steps.get(segment.step)
    if step is not None and _is_deep(step):
        return state, (Notice("Deep pressure is not made longer."),)
    at_once = limit_of(state.timeline, segment)
    if at_once is not None and segment.length + LONGER_MS > at_once.ms:
        return state, (Notice(at_once.words),)
    timeline = state.timeline.longer(state.index_at(at), LONGER_MS)
    if limit := _passed(state, at, timeline, state.position_at(at)):
        return state, (Notice(limit),)
    state = replace(_remembered(state, at, longer=True), timeline=timeline)
    return state, (Transport(state.phase, state.position), Notice("Ten seconds more."))


def _done(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    """End an open segment. A segment of fixed length goes on: the key may be an accident."""
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
    if before.longer:
        return _shorter(state, before.number)
    segment = state.timeline.segments[before.number]
    position = segment.start + min(before.into, segment.length)
    if any(_is_shut(state, index) for index in range(before.number, state.index_at(at) + 1)):
        return state, (NO_WAY_BACK,)
    if limit := _passed(state, at, state.timeline, position):
        return state, (Notice(limit),)
    state = replace(
        state,
        position=position,
        released=before.released,
        anchor=at if state.phase is Phase.RUNNING else None,
        past=state.past[:-1],
    )
    return state, (Transport(state.phase, position), Undone(position))


def _brought_back(state: State, event: Event, at: int) -> tuple[State, tuple[Effect, ...]]:
    """Take back that the person ended the session or left. It is paused where it was."""
    if state.ended_by is None:
        return state, (Notice("There is nothing to undo."),)
    if why := state.why_stale(at, event.wall):
        return state, (Notice(why),)
    paused = replace(
        state,
        phase=Phase.PAUSED,
        anchor=None,
        ended_by=None,
        burst=None,
        looked_at=at,
        looked_wall=event.wall,
    )
    if state.ended_by is Do.END:
        after, effects = _undo(paused, at)
        return (after, effects) if after.past != paused.past else (state, effects)
    if _is_shut(state, state.index_at(at)):
        return state, (NO_WAY_BACK,)
    return paused, (Transport(Phase.PAUSED, paused.position), Undone(paused.position))


def _shorter(state: State, index: int) -> tuple[State, tuple[Effect, ...]]:
    """Take off what is left of ten added seconds. The session stays where it is."""
    state = replace(state, past=state.past[:-1])
    off = min(LONGER_MS, state.timeline.segments[index].end - state.position)
    if off <= 0:
        return state, (Notice("The ten seconds are done already."),)
    state = replace(state, timeline=state.timeline.longer(index, -off))
    what = (
        "the ten seconds are off again"
        if off == LONGER_MS
        else "the rest of the ten seconds is off"
    )
    return state, (Transport(state.phase, state.position), Notice(f"Undone: {what}."))


def _quit(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
    ended_by = None if state.phase is Phase.HURTING else Do.QUIT  # pain is not taken back
    return _left(replace(state, ended_by=ended_by), at)


def _left(state: State, at: int) -> tuple[State, tuple[Effect, ...]]:
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
    Do.END: _end,
}


_MOVES = frozenset({Do.NEXT, Do.BACK, Do.DONE})
"""What a held key would do again and again."""
_HELD_BACK_AFTER_A_GAP = frozenset({
    Do.NEXT, Do.BACK, Do.RESTART, Do.LONGER, Do.DONE, Do.UNDO, Do.GO_ON,
})  # fmt: skip
_NOT_WHILE_IT_HURTS = (_HELD_BACK_AFTER_A_GAP | {Do.END}) - {Do.GO_ON}
_PAIN = frozenset({Do.HURTS, Do.SKIP_STEP, Do.SKIP_REGION, Do.SKIP_DEEP})
"""What a person does because of pain. It takes precedence over a gap and over the end."""


def _remembered(state: State, at: int, longer: bool = False) -> State:
    """Save the position at `at`, and save this moment for undo."""
    state = _settled(state, at)
    index = state.index_at(at)
    into = state.position - state.timeline.segments[index].start
    moment = Moment(index, into, state.released, longer)
    return replace(state, past=(*state.past, moment))


def _moved(state: State, position: int, index: int) -> tuple[State, tuple[Effect, ...]]:
    """Move the session to the start of segment `index`, or end it after the last segment.

    Segments that were removed are passed over.
    """
    segments = state.timeline.segments
    while index < len(segments) and not segments[index].length:
        index += 1
    state = replace(state, position=position, released=index - 1)
    if index < len(segments):
        return state, (Transport(state.phase, position),)
    state = replace(state, anchor=None, phase=Phase.DONE)
    return state, (Transport(Phase.DONE, position), Ended(complete=True))


def _lead_in(timeline: Timeline, index: int) -> int:
    """Return the index of the gap before a piece of work, else of the work itself."""
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


LEAST_WORK_MS = 1_000
"""An exercise with less work than this on a side was skipped."""


def work_done(state: State, now: int) -> dict[tuple[str, Side], int]:
    """Return the milliseconds of work done, by exercise and side."""
    found: dict[tuple[str, Side], int] = {}
    for index, ms in state.credit_at(now).items():
        segment = state.timeline.segments[index]
        if segment.kind is SegmentKind.WORK and segment.exercise and segment.side:
            key = (segment.exercise, segment.side)
            found[key] = found.get(key, 0) + ms
    return found
