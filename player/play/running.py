"""A running session, with its cue sheet and its journal.

Every host drives a `Live`: it passes on commands, calls `look` regularly, and shows the effects
and the cues that `Live` returns. `Live` writes the journal. It never asks anything and never
writes to a screen.
"""

import sqlite3
from contextlib import nullcontext, suppress
from dataclasses import replace
from typing import NamedTuple

from audio.cue import Cue, CueSheet
from player.base.clock import Clock
from player.history.journal import Journal
from player.play.pain import (
    LEAVE_OUT,
    LEFT_OUT_WORDS,
    AfterPain,
    OpenCheck,
    feeling_of,
    graver,
    told_elsewhere_words,
    worst_first,
)
from player.routine.times import clock as clock_words
from player.routine.times import duration
from player.safety.findings import Soreness
from player.safety.profile import RedFlag
from player.safety.prompts import Prompt, Reply
from player.safety.stop_list import Feeling, StopList, Then, load_stop_list, stop_list_for
from player.session.cues import cue_sheet
from player.session.pressing import PressWarning
from player.session.snapshot import glance
from player.session.state import (
    ENDED,
    LEAST_WORK_MS,
    Do,
    Effect,
    Ended,
    Event,
    Hurt,
    Notice,
    Phase,
    State,
    Transport,
    Undone,
    step,
    work_done,
)

LONGEST_SLEEP_MS = 500
"""The longest time between two looks at the clock. A longer gap means that the machine slept."""

HINT = "x something hurts · space pause · ? keys"
"""The reply of a host to a key that means nothing in a session."""

END_ASKS = "End the session here? What was done is saved."
"""What a host asks before a key for `next` ends the session."""

BEAT_MS = 1_000
"""How often the position, or a sign of a paused session, is saved."""

_JUMPS = frozenset({Do.NEXT, Do.BACK, Do.RESTART, Do.DONE, Do.END})


class ToldElsewhere(NamedTuple):
    """The person told of a red flag in another window. The session has ended."""

    after: AfterPain


LiveEffect = Effect | ToldElsewhere


class Live:
    """One session, from its beginning to its end."""

    def __init__(
        self,
        state: State,
        journal: Journal,
        languages: tuple[str, ...],
        clock: Clock,
        warning: PressWarning | None = None,
    ) -> None:
        self.state = state
        self.sheet: CueSheet = cue_sheet(state.timeline, languages)
        self._journal = journal
        self.languages = languages
        self._clock = clock
        self._warning = warning
        self._cues_up_to = state.position - 1
        self._due: tuple[Cue, ...] = ()
        """Cues that came before the session stopped or jumped."""
        self._saved_at = clock.now()
        self._steps_left_out = 0
        self._is_closed = False
        self.planned_ms = state.timeline.total_ms
        self.ended_by: Feeling | None = None
        """The gravest feeling that ended the session, if one did."""
        self._open: list[OpenCheck] = []
        load_stop_list()  # loaded here, so that `x` can't fail later
        self._save()

    @property
    def is_over(self) -> bool:
        return self.state.phase in ENDED

    @property
    def can_be_resumed(self) -> bool:
        """Whether the next start offers to go on with this session if the program ends now."""
        begun = self.state.position_at(self._clock.now()) >= LEAST_WORK_MS
        return begun and not self.is_over and not self._is_closed

    @property
    def can_be_brought_back(self) -> bool:
        """Whether the end can be taken back: a key ended the session, and nothing hurt in it."""
        by_key = self.is_over and self.state.ended_by is not None
        return by_key and self.ended_by is None and not self._is_closed and not self._open

    def look(self) -> tuple[LiveEffect, ...]:
        """Advance the session to the present time, and save the position once a second.

        A paused session saves only a sign of itself. If the person told of a red flag in another
        window, the session ends.
        """
        effects = self.do(Do.LOOK)
        if self.is_over:
            return effects
        if red := self._journal.red_flag_elsewhere():
            return (*effects, *self._end_for(red))
        if self._clock.now() - self._saved_at >= BEAT_MS:
            if self.state.phase is Phase.RUNNING:
                self._save()
            else:
                self._saved_at = self._clock.now()
                self._journal.sign(self._clock.wall())
        return effects

    def _end_for(self, red: RedFlag) -> tuple[LiveEffect, ...]:
        feeling = feeling_of(red.key)
        after = self._ended(feeling, told_elsewhere_words(red.key))
        return (*self.do(Do.QUIT), ToldElsewhere(after))

    def do(self, do: Do) -> tuple[Effect, ...]:
        """Execute a command, write its effects to the journal, and return them."""
        if do is Do.GO_ON and self.check is not None:
            return (Notice(self.check.ask),)
        if self.is_over and not self.can_be_brought_back:
            return ()
        before = self.state
        self.state, effects = step(before, Event(do, self._clock.now(), self._clock.wall()))
        if before.phase in ENDED and not self.is_over:
            self._journal.reopen()
        if any(isinstance(effect, Transport) for effect in effects):
            self._keep_cues(before, do, effects)
        if self.state.timeline is not before.timeline:
            if do in {Do.LONGER, Do.UNDO}:
                self.planned_ms += self.state.timeline.total_ms - before.timeline.total_ms
            self.sheet = cue_sheet(self.state.timeline, self.languages)
        # Even if the journal can't be written, the person is asked what hurts and gets advice.
        with suppress(sqlite3.Error) if do is Do.HURTS else nullcontext():
            if do is not Do.HURTS and (effects or do is not Do.LOOK):
                self._save()
            for effect in effects:
                self._write(effect, do)
        return tuple(self._undone() if isinstance(e, Undone) else e for e in effects)

    def _undone(self) -> Notice:
        """Say where an undone move goes back to. A narrow screen may cut the title off."""
        view = glance(self.state, self.state.looked_at, self.sheet, self.languages)
        words = (clock_words(view.position), view.side_words, view.title)
        return Notice(f"Undone: back to {', '.join(part for part in words if part)}.")

    def _write(self, effect: Effect, do: Do) -> None:
        if isinstance(effect, Hurt):
            self._is_closed = True
            self._journal.close_for_pain(self.state, self._clock.now(), self._clock.wall())
        elif isinstance(effect, Ended):
            now = self._clock.now()
            did_something = any(ms >= LEAST_WORK_MS for ms in work_done(self.state, now).values())
            complete = effect.complete and did_something
            self._journal.end(self.state, now, self._clock.wall(), complete)

    def save_position(self) -> None:
        """Save the position as the window goes, so that the session can be resumed here at once.

        Look for a gap first, because sleep does not count as work.
        """
        self.do(Do.LOOK)
        self._save()
        self._journal.leave()

    def _save(self) -> None:
        """Save what the session counted up to the last event, and nothing after it."""
        if not self.is_over:
            self._saved_at = self._clock.now()
            self._journal.beat(self.state, self.state.looked_at, self.state.looked_wall)

    def _keep_cues(self, before: State, do: Do, effects: tuple[Effect, ...]) -> None:
        """Save the cues that came before an action, and continue from where it has moved to."""
        now = self.state.looked_at
        slept = self.state.woke_at != before.woke_at
        if before.phase is Phase.RUNNING:
            # The cues inside a gap were not played.
            self._come_to(self.state if slept else before, now)
        over = self.state.phase is Phase.DONE and before.position_at(now) == self.state.position
        undoes = any(isinstance(effect, Undone) for effect in effects)
        enters = self.state.index_at(now) != before.index_at(now)
        if (do in _JUMPS or undoes or enters) and not slept and not over:
            self._cues_up_to = self.state.position - 1

    def _come_to(self, state: State, now: int) -> None:
        """Add the cues up to the position of `state` to those that are due."""
        upto = state.position_at(now)
        if state.waits_at(now):
            upto -= 1  # the next piece is announced after the key
        self._due += self.sheet.between(self._cues_up_to, upto)
        self._cues_up_to = max(self._cues_up_to, upto)

    def warning_in(self, index: int) -> str:
        """Return the warning that segment `index` shows, or an empty text."""
        return self._warning.words if self._warning and index in self._warning.pieces else ""

    def due_cues(self) -> tuple[Cue, ...]:
        """Return the cues that came up to the last look, each of them once."""
        if self.state.phase in {Phase.RUNNING, Phase.DONE}:
            self._come_to(self.state, self.state.looked_at)
        due, self._due = self._due, ()
        return due

    @property
    def waits(self) -> bool:
        """Whether the running session waits for a key, at the end of a step without a clock."""
        return self.state.phase is Phase.RUNNING and self.state.waits_at(self._clock.now())

    def until_next(self, longest: int = LONGEST_SLEEP_MS) -> int:
        """Return the milliseconds until the next cue or the end of the session.

        The result is at most `longest`.
        """
        if self.state.phase is not Phase.RUNNING or self.waits:
            return longest
        position = self.state.position_at(self._clock.now())
        end = self.state.timeline.total_ms
        coming = self.sheet.next_after(position)
        return max(1, min(longest, min(end, end if coming is None else coming) - position))

    def save_soreness(self, before: Soreness, after: int) -> None:
        """Save how sore a place is after the session."""
        self._journal.save_soreness(before, after, self._clock.wall())

    # Something hurts

    @property
    def feelings(self) -> StopList:
        """The lines of the stop list that fit the work done so far."""
        now = self._clock.now()
        segments, steps = self.state.timeline.segments, self.state.timeline.steps
        worked = {segments[index].step for index in self.state.begun_at(now)}
        begun = (worked | {self.state.segment_at(now).step}) & steps.keys()
        return stop_list_for(kind for number in begun for kind in steps[number].exercise.kinds)

    @property
    def check(self) -> Prompt | None:
        """The question to answer before the session goes on or, after its end, the summary."""
        check = self._open[0].feeling.check if self._open else None
        return check.prompt if check else None

    @property
    def check_due_in_ms(self) -> int:
        """Milliseconds until the open check must be asked; 0 if it is due or if none is open."""
        if not self._open or (check := self._open[0].feeling.check) is None:
            return 0
        return max(self._open[0].since + check.wait_ms - self._clock.now(), 0)

    def report_pain(self, feeling: Feeling) -> AfterPain:
        """Leave something out, or end the session, because of a feeling.

        Instead of leaving out a second step, end the session. The feeling is saved first, so
        that a red flag survives even if the program is killed.
        """
        now, wall = self._clock.now(), self._clock.wall()
        try:
            self._journal.save_pain(self.state, now, wall, feeling)
            if feeling.otherwise and feeling.otherwise.rank == "emergency":
                self._journal.raise_red_flag(feeling.otherwise, wall, for_now=True)
            if feeling.then is Then.DEEP:
                self._journal.forbid_deep_pressure()
        except sqlite3.Error:
            self.state, _ = step(self.state, Event(Do.QUIT, now, wall))
            words = "It could not be kept, so the next start will not know of it."
            return self._ended(feeling, words)
        if feeling.check is not None:
            self._open = sorted((*self._open, OpenCheck(feeling, now, wall)), key=worst_first)
        if feeling.then is Then.REST:
            return self._end(feeling, "Stay seated for 2 minutes before you get up.")
        if feeling.then is Then.END:
            return self._end(feeling)
        if feeling.then is not Then.DEEP and self._steps_left_out:
            return self._end(feeling, "It is the second time today, so the session ends here.")
        if self.is_over:
            return self._ended(feeling)
        work, piece = self.state.timeline.work_ms(), self.state.index_at(now)
        self.do(LEAVE_OUT[feeling.then])
        if self.is_over:
            return self._ended(feeling, "Nothing is left, so the session ends here.")
        # Work that waits for a key has no time left in the timeline, but ends here all the same.
        ends_piece = self.state.index_at(now) != piece
        is_left_out = ends_piece or self.state.timeline.work_ms() < work
        self._steps_left_out += is_left_out and feeling.then is not Then.DEEP
        words = LEFT_OUT_WORDS[feeling.then] if is_left_out else "Go on when you are ready."
        return AfterPain(False, words, feeling)

    def answer_check(self, reply: Reply) -> AfterPain:
        """Take the reply to the open check. The session can't go on until the feeling is gone."""
        feeling, began, wall = self._open[0]
        check, otherwise = feeling.check, feeling.otherwise
        self._attended()
        assert check is not None and otherwise is not None  # only a feeling with a check is open
        since = self._clock.now() - began
        if reply == check.fine and (self.is_over or not check.at_once or since >= check.wait_ms):
            self._open = self._open[1:]
            if otherwise.rank == "emergency":
                self._journal.remove_red_flag(otherwise, wall)
            words = "" if self.is_over else "Go on when you are ready."
            return AfterPain(self.is_over, words, feeling)
        late = check.at_once or since >= check.wait_ms or (self.is_over and not otherwise.key)
        if reply != check.fine and late:
            self._journal.save_pain(self.state, self._clock.now(), self._clock.wall(), otherwise)
            self._open = []
            return self._end(otherwise)
        left = duration(-(-max(check.wait_ms - since, 0) // 1_000) * 1_000)
        words = "Go on when it has been calm for 10 minutes" if check.at_once else "Wait, and rest"
        return AfterPain(self.is_over, f"{words}: {left} more.", feeling)

    def _attended(self) -> None:
        """Remember that the person answered just now. The time of the question is not a gap."""
        self.state = replace(
            self.state, looked_at=self._clock.now(), looked_wall=self._clock.wall()
        )

    def _end(self, feeling: Feeling, words: str = "") -> AfterPain:
        self.do(Do.QUIT)
        return self._ended(feeling, words)

    def _ended(self, feeling: Feeling, words: str = "") -> AfterPain:
        self.ended_by = graver(self.ended_by, feeling)
        return AfterPain(True, words, feeling)
