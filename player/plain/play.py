"""A session line by line: every text, count and cue, appended and never redrawn.

For screen readers, logs and simple terminals. It executes the same session and reads the same
cue sheet as every other host.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from audio.cue import Cue, CueKind, CueSheet
from player.cues import cue_sheet, side_words, title_of
from player.history.journal import Journal
from player.plain.console import Console
from player.plain.stop import StopAnswer, ask_what_hurts
from player.routine.model import Cycles, Plan, Step
from player.routine.vocabulary import Variant
from player.safety.stop_list import StopList, Then
from player.session import (
    ENDED,
    STANDING,
    Do,
    Effect,
    Ended,
    Event,
    Hurt,
    Notice,
    Phase,
    State,
    Transport,
    step,
    work_done,
)
from player.timeline import clock, duration

LONGEST_SLEEP_MS = 500
"""The session looks at the clock at least this often, so that a gap is a gap."""

BEAT_MS = 1_000

KEYS = """Keys:
  x          something hurts: everything stops at once
  space      pause, and go on
  n          next (PageDown)
  b          back (PageUp)
  r          the step again from its beginning
  +          ten seconds more
  d          done: end a step that waits for you
  u          undo
  enter      where am I?
  m          bell on or off
  q          leave
  ?          these keys"""

_DOING = {
    "n": Do.NEXT, "pagedown": Do.NEXT, "b": Do.BACK, "pageup": Do.BACK, "r": Do.RESTART,
    "+": Do.LONGER, "=": Do.LONGER, "d": Do.DONE, "u": Do.UNDO, "x": Do.HURTS,
}  # fmt: skip


@dataclass(slots=True)
class PlainPlayer:
    """Hosts one session. Time comes from `now` and `wall`, in ms."""

    console: Console
    journal: Journal
    stop_list: StopList
    emergency_number: str
    plan: Plan
    now: Callable[[], int]
    wall: Callable[[], int]
    languages: Sequence[str] = ()
    bell: bool = False
    advice_given: StopAnswer | None = None
    """What made the session end for good, where something did."""

    _sheet: CueSheet = field(default_factory=lambda: CueSheet(()))
    _printed_to: int = -1
    _steps_told: set[int] = field(default_factory=set)
    _held_told: int = -1
    _skipped_for_pain: int = 0

    def play(self, state: State) -> State:
        """Run the session to its end and return it. The journal is closed on a normal end."""
        line = self.console.line
        line(
            f"{self.plan.routine.name.pick(self.languages)}, {duration(state.timeline.total_ms)}."
            f"{'' if state.timeline.exact else ' Some steps wait for you.'}"
        )
        line("Keys: x something hurts, space pause, n next, b back, q leave, ? all keys.")
        line()
        self._sheet = cue_sheet(state.timeline, self.languages)
        self._printed_to = state.position - 1
        state = self._tell(state)
        beat_at = self.now()
        self._beat(state)
        try:
            while state.phase not in ENDED:
                now = self.now()
                if now - beat_at >= BEAT_MS and state.phase is Phase.RUNNING:
                    self._beat(state)
                    beat_at = now
                key = self.console.key(self._sleep(state))
                state = self._do(state, Do.LOOK)
                if key is not None and state.phase not in ENDED:
                    state = self._key(state, key)
                state = self._tell(state)
        except BaseException:
            if state.phase not in ENDED:
                self._beat(state)  # whatever ends the program, the place is kept
            raise
        return state

    def _beat(self, state: State) -> None:
        self.journal.beat(state, self.now(), self.wall())

    def _sleep(self, state: State) -> int:
        now = self.now()
        if state.phase is not Phase.RUNNING or state.waits_at(now):
            return LONGEST_SLEEP_MS
        position = state.position_at(now)
        coming = self._sheet.next_after(position)
        ends = [state.timeline.total_ms, coming if coming is not None else state.timeline.total_ms]
        return max(1, min(LONGEST_SLEEP_MS, min(ends) - position))

    # Events in, effects out

    def _do(self, state: State, do: Do) -> State:
        before = state.timeline
        state, effects = step(state, Event(do, self.now(), self.wall()))
        if state.timeline is not before:
            self._sheet = cue_sheet(state.timeline, self.languages)
        for effect in effects:
            self._execute(state, effect, do)
        return state

    def _execute(self, state: State, effect: Effect, do: Do) -> None:
        at = clock(state.position)
        if isinstance(effect, Notice):
            self.console.line(effect.text)
        elif isinstance(effect, Transport):
            if effect.phase is Phase.PAUSED and do is Do.PAUSE:
                self.console.line(f"Paused at {at}. Space goes on.")
            elif effect.phase is Phase.ASKING:
                self.console.line(f"Paused at {at}. Space goes on, q leaves.")
            elif effect.phase is Phase.RUNNING and do is Do.GO_ON:
                self.console.line(f"Going on at {at}.")
                self._printed_to = state.position
            elif effect.phase is not Phase.HURTING:
                self._printed_to = state.position - 1
            self._held_told = -1
            if do is not Do.HURTS and effect.phase not in ENDED:
                self._beat(state)
        elif isinstance(effect, Hurt):
            self._beat(state)
        elif isinstance(effect, Ended):
            if not effect.complete:
                self.console.line(f"Left at {at} of {clock(state.timeline.total_ms)}.")
            else:
                self._cues(self._sheet.between(self._printed_to, state.timeline.total_ms), state)
            self.journal.end(state, self.now(), self.wall(), effect.complete)

    def _key(self, state: State, key: str) -> State:
        if key == " ":
            return self._do(state, Do.GO_ON if state.phase in STANDING else Do.PAUSE)
        if key == "x":
            return self._hurts(self._do(state, Do.HURTS))
        if key in _DOING:
            return self._do(state, _DOING[key])
        if key in {"q", "Q"}:
            return self._leave(state)
        if key == "?":
            for text in KEYS.splitlines():
                self.console.line(text)
        elif key == "m":
            self.bell = not self.bell
            self.console.line(f"Bell {'on' if self.bell else 'off'}.")
        elif key == "enter":
            self._where(state)
        return state

    def _leave(self, state: State) -> State:
        ran = state.phase is Phase.RUNNING
        state = self._do(state, Do.PAUSE)
        self.console.line("Leave the session? What was done is kept. y leaves, n stays.")
        while True:
            key = self.console.key(LONGEST_SLEEP_MS)
            state = self._do(state, Do.LOOK)
            if key in {"y", "Y"}:
                return self._do(state, Do.QUIT)
            if key in {"n", "N"}:
                return self._do(state, Do.GO_ON) if ran else state

    def _hurts(self, state: State) -> State:
        """Time stands still; the first line of the stop list that fits decides what is possible."""
        self.console.line("Stopped. Come out slowly.")
        answer = ask_what_hurts(
            self.console, self.stop_list, self.emergency_number, again=self._skipped_for_pain > 0
        )
        self.journal.hurt(state, self.now(), self.wall(), answer.feeling.id)
        if answer.then is Then.SKIP_STEP:
            self._skipped_for_pain += 1
            state = self._do(state, Do.SKIP_STEP)
            if state.phase in ENDED:
                return state
            self.console.line("This step is left out. Press space when you are ready to go on.")
            return state
        self.advice_given = answer
        return self._do(state, Do.QUIT)

    # Lines

    def _tell(self, state: State) -> State:
        """Print every cue up to now; say so once where the session waits for a key."""
        if state.phase is Phase.RUNNING:
            now = self.now()
            position = state.position_at(now)
            upto = position - 1 if state.waits_at(now) else position
            if upto > self._printed_to:
                self._cues(self._sheet.between(self._printed_to, upto), state)
                self._printed_to = upto
            if state.waits_at(now) and self._held_told != state.index_at(now):
                self._held_told = state.index_at(now)
                self.console.line(f"{clock(position)}  Press d when you are done.")
                self._ring()
        return state

    def _cues(self, cues: Sequence[Cue], state: State) -> None:
        for cue in cues:
            if cue.kind in {CueKind.NEXT, CueKind.START, CueKind.WAIT}:
                self._step(state, cue)
            self.console.line(f"{clock(cue.at)}  {cue.text}" if cue.text else f"{clock(cue.at)}  *")
            if cue.kind in {CueKind.NEXT, CueKind.START, CueKind.HALF, CueKind.WAIT, CueKind.END}:
                self._ring()

    def _ring(self) -> None:
        if self.bell:
            self.console.bell()

    def _step(self, state: State, cue: Cue) -> None:
        """Everything there is to read about a step, before its first piece."""
        segment = state.timeline.segments[state.timeline.at(cue.at)]
        if segment.step == 0 or segment.step in self._steps_told:
            return
        self._steps_told.add(segment.step)
        here = state.timeline.steps[segment.step]
        total = len(state.timeline.steps)
        self.console.line()
        place = sorted(state.timeline.steps).index(segment.step) + 1
        self.console.line(
            f"Step {place} of {total}: {title_of(state.timeline, segment, self.languages)}"
        )
        for text in step_lines(here, self.plan, self.languages):
            self.console.line(f"  {text}")

    def _where(self, state: State) -> None:
        now = self.now()
        segment = state.segment_at(now)
        position = state.position_at(now)
        title = title_of(state.timeline, segment, self.languages)
        words = [segment.kind.value, title, side_words(segment.side), segment.label or ""]
        if segment.set:
            words.append(f"set {segment.set}")
        left = duration((segment.end - position + 999) // 1_000 * 1_000)
        state_word = "" if state.phase is Phase.RUNNING else f" {state.phase.value.capitalize()}."
        self.console.line(
            f"{clock(position)} of {clock(state.timeline.total_ms)}: "
            f"{', '.join(word for word in words if word)}, {left} left.{state_word}"
        )


def step_lines(step: Step, plan: Plan, languages: Sequence[str] = ()) -> list[str]:
    """What a person reads before a step: how, what to feel, what to avoid, notes."""
    exercise = step.exercise
    lines = [text.pick(languages) for text in exercise.how]
    easier, harder = exercise.easier, exercise.harder
    if step.variant is Variant.EASIER and easier:
        lines.append(f"Today's variant: {easier.pick(languages)}")
    elif step.variant is Variant.HARDER and harder:
        lines.append(f"Today's variant: {harder.pick(languages)}")
    elif easier:
        lines.append(f"Easier: {easier.pick(languages)}")
    if exercise.feel:
        lines.append(f"Feel: {exercise.feel.pick(languages)}")
    if exercise.mistakes:
        lines.append(
            "Avoid: " + "; ".join(text.pick(languages) for text in exercise.mistakes) + "."
        )
    if exercise.keep_off:
        lines.append("Keep off: " + "; ".join(t.pick(languages) for t in exercise.keep_off) + ".")
    lines += dose_lines(step)
    if step.equipment:
        lines.append("You need: " + ", ".join(sorted(step.equipment)) + ".")
    if step.load:
        lines.append(f"Load: {step.load}")
    if step.until:
        lines.append(f"Until: {step.until.pick(languages)}. Press d to end it early.")
    for amount in step.dose.work:
        if isinstance(amount, Cycles):
            lines += _phase_lines(amount, languages)
    for note in (exercise.note, step.note):
        if note:
            lines.append(note.pick(languages))
    lines += [f"Note: {words}" for number, words in plan.notes if number == step.number]
    return lines


def _phase_lines(cycles: Cycles, languages: Sequence[str]) -> list[str]:
    lines = []
    for phase in cycles.phases:
        extra = [f"{phase.effort.low}% effort" if phase.effort else ""]
        extra += [text.pick(languages) for text in (phase.say, phase.note) if text]
        words = ", ".join(word for word in extra if word)
        lines.append(f"{phase.word}, {duration(phase.time.low)}{': ' + words if words else ''}")
    return lines


def dose_lines(step: Step) -> list[str]:
    """Pressure, effort and breath in words."""
    dose = step.dose
    lines = []
    if dose.pressure:
        low, high = dose.pressure
        amount = f"at most {high}" if low == 0 else f"{low}" if low == high else f"{low} to {high}"
        lines.append(f"Pressure: {amount} out of 10.")
    if dose.effort:
        low, high = dose.effort
        lines.append(f"Effort: {low}%." if low == high else f"Effort: {low} to {high}%.")
    if dose.paced:
        names = ("in", "out") if len(dose.breathe) == 2 else ("in", "hold", "out", "hold")
        parts = [f"{name} {duration(ms)}" for name, ms in zip(names, dose.breathe, strict=False)]
        lines.append(f"Breathe: {', '.join(parts)}.")
    return lines


def summary_lines(state: State, now: int, languages: Sequence[str] = ()) -> list[str]:
    """What was done, by exercise and side."""
    lines = []
    names = {s.exercise.label: s.title.pick(languages) for s in state.timeline.steps.values()}
    for (exercise, side), ms in work_done(state, now).items():
        side_text = f", {side_words(side)}" if side.value != "both" else ""
        lines.append(f"{names.get(exercise, exercise)}{side_text}: {duration(ms // 1_000 * 1_000)}")
    return lines
