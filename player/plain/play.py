"""Plays a session line by line, for screen readers, logs and simple terminals.

Every text, count and cue is one printed line. The session and the cue sheet are the same as in
every other host.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audio.cue import Cue, CueKind
from player.base.clock import Clock
from player.plain.ask import Keys, PersonLeft, ask_prompt
from player.plain.console import Console
from player.plain.filter import KeyFilter
from player.plain.stop import ask_what_hurts, show_advice
from player.play.awake import Awake
from player.play.pain import Advice, AfterPain
from player.play.running import END_ASKS, HINT, LONGEST_SLEEP_MS, Live, ToldElsewhere
from player.routine.model import Plan
from player.routine.times import clock as clock_words
from player.routine.times import duration
from player.safety.prompts import Prompt
from player.safety.stop_list import HURTS, Then
from player.session.cues import side_words, title_of
from player.session.instructions import step_lines
from player.session.labels import label_of
from player.session.state import (
    STANDING,
    Do,
    EndAsked,
    Notice,
    Phase,
    State,
    Transport,
)

KEYS = """Keys:
  x          something hurts: everything stops at once
  space      pause, and go on
  n          next (Page Down, arrows)
  b          back (Page Up, arrows)
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
    "right": Do.NEXT, "down": Do.NEXT, "left": Do.BACK, "up": Do.BACK, "N": Do.NEXT, "B": Do.BACK,
    "+": Do.LONGER, "=": Do.LONGER, "d": Do.DONE, "u": Do.UNDO,
}  # fmt: skip

_HURTS = frozenset({HURTS, "X"})

_SILENT = frozenset({"f5", ",", ".", "paste"})
"""Keys of a presenter's remote, and a paste. They do nothing."""

HINT_EVERY_MS = 4_000

_RUNG = frozenset({
    CueKind.NEXT, CueKind.SWITCH, CueKind.START, CueKind.HALF, CueKind.WAIT, CueKind.END,
})  # fmt: skip
_BEFORE_A_STEP = frozenset({CueKind.NEXT, CueKind.SWITCH, CueKind.START, CueKind.WAIT})


@dataclass(slots=True)
class PlainPlayer:
    """Plays one session on a console."""

    console: Console
    live: Live
    emergency_number: str
    plan: Plan
    clock: Clock
    bell: bool = False
    awake: Awake = field(default_factory=Awake)
    _steps_printed: set[int] = field(default_factory=set)
    _waiting_printed_at: int = -1
    _asked: Prompt | None = None
    _hinted_at: int | None = None

    def play(self) -> State:
        """Run the session to its end."""
        line, live = self.console.line, self.live
        timeline = live.state.timeline
        line(
            f"{self.plan.routine.name.pick(self.live.languages)}, {duration(timeline.total_ms)}."
            f"{'' if timeline.exact else ' Some steps wait for you.'}"
        )
        line("Keys: x something hurts, space pause, n next, b back, q leave, ? all keys.")
        line()
        if live.state.phase in STANDING:  # its end was taken back
            self._line_at("Paused at {}. Space goes on.")
        keys = KeyFilter(self.console, HURTS)
        try:
            self._print_middle()
            self._print_due_lines()
            while not live.is_over:
                if live.state.phase is Phase.RUNNING:
                    self.awake.hold()
                else:
                    self.awake.release()
                key = keys.key(live.until_next())
                self._look()
                if key is not None and not live.is_over:
                    self._print_due_lines()  # what came before the key
                    self._key(key)
                self._print_due_lines()
        finally:
            self.awake.release()
        return live.state

    # Events in, effects out

    def _look(self) -> None:
        for effect in self.live.look():
            if isinstance(effect, Notice):
                self.console.line(effect.text)
            elif isinstance(effect, ToldElsewhere):
                show_advice(self.console, Advice(effect.after, self.emergency_number))
                self._ring()
            elif isinstance(effect, Transport) and effect.phase is Phase.ASKING:
                self._line_at("Paused at {}. Space goes on, q leaves.")
                self._waiting_printed_at = -1

    def _do(self, do: Do) -> None:
        moved = False
        for effect in self.live.do(do):
            if isinstance(effect, Notice):
                self.console.line(effect.text)
            elif isinstance(effect, EndAsked):
                self._ask_to_end()
            elif isinstance(effect, Transport):
                self._waiting_printed_at, moved = -1, True
                if do is Do.PAUSE:
                    self._line_at("Paused at {}. Space goes on.")
                elif do is Do.GO_ON:
                    self._line_at("Going on at {}.")
        if do is Do.UNDO and moved:
            self._print_middle()

    def _line_at(self, words: str) -> None:
        self.console.line(words.format(clock_words(self.live.state.position)))

    def _key(self, key: str) -> None:
        if key == " " and self.live.state.phase in STANDING and self.live.check is not None:
            self._ask_check(self.live.check)
        elif key == " ":
            self._do(Do.GO_ON if self.live.state.phase in STANDING else Do.PAUSE)
        elif key in _HURTS:
            self._hurts()
        elif key in _DOING:
            self._do(_DOING[key])
        elif key in {"q", "Q"}:
            self._leave()
        elif key == "?":
            for text in KEYS.splitlines():
                self.console.line(text)
        elif key == "m":
            self.bell = not self.bell
            self.console.line(f"Bell {'on' if self.bell else 'off'}.")
        elif key == "enter":
            self._print_position()
        elif key == "escape":
            self._do(Do.PAUSE)
        elif key not in _SILENT:
            self._hint()

    def _hint(self) -> None:
        """Print the keys after one that means nothing, but not again for each of a burst."""
        now = self.clock.now()
        if self._hinted_at is None or now - self._hinted_at >= HINT_EVERY_MS:
            self._hinted_at = now
            self.console.line(HINT)

    def _leave(self) -> None:
        self._ask_over_session(
            "Leave the session? What was done is saved. y leaves, n stays, x something hurts.",
            {"y": Do.QUIT, "n": None},
        )

    def _ask_to_end(self) -> None:
        """Ask before `next` ends the session. A key for `next` that is held down is no answer."""
        self._ask_over_session(
            f"{END_ASKS} y ends it, b stays, x something hurts.", {"y": Do.END, "b": None}
        )

    def _ask_over_session(self, asks: str, answers: Mapping[str, Do | None]) -> None:
        """Pause the session and ask. Afterwards resume it if it ran before and does not end."""
        ran = self.live.state.phase is Phase.RUNNING
        self._do(Do.PAUSE)
        self.console.line(asks)
        keys = Keys(self.console, spares=HURTS)
        while True:
            pressed = keys.next(LONGEST_SLEEP_MS)
            self._look()
            if self.live.is_over:
                return
            key, at = pressed or ("", 0)
            if key in _HURTS:
                self._hurts()
                return
            if key.lower() not in answers:
                keys.pace = keys.pace.passed(at)
                continue
            if not keys.pace.allows(at):
                keys.refuse(at)
                continue
            if do := answers[key.lower()]:
                self._do(do)
            elif ran:
                self._do(Do.GO_ON)
            return

    def _hurts(self) -> None:
        """Stop the session, ask what hurts, and show the advice."""
        self._do(Do.HURTS)
        self.console.line("Stopped. Come out slowly.")
        self._show_advice(self.live.report_pain(ask_what_hurts(self.console, self.live.feelings)))

    def _show_advice(self, after: AfterPain) -> None:
        show_advice(self.console, Advice(after, self.emergency_number))
        if not after.over:
            self.console.line("Space goes on, q leaves.")

    def _ask_check(self, prompt: Prompt) -> None:
        """Ask the question that must be answered before the session goes on."""
        try:
            reply = ask_prompt(self.console, prompt)
        except PersonLeft:
            return
        if reply == HURTS:
            self._hurts()
        elif reply is not None:
            after = self.live.answer_check(reply)
            if after.feeling.then is Then.END:
                self._show_advice(after)
            elif after.words:
                self.console.line(after.words)

    # Lines

    def _print_due_lines(self) -> None:
        """Print every cue up to now. If the session waits for a key, print that once."""
        state, now = self.live.state, self.clock.now()
        self._print_cues(self.live.due_cues())
        prompt = self.live.check
        if prompt is not None and prompt is not self._asked and self.live.check_due_in_ms == 0:
            self._asked = prompt
            self.console.line(f"{prompt.ask} Space answers.")
            self._ring()
        if self.live.waits and self._waiting_printed_at != state.index_at(now):
            self._waiting_printed_at = state.index_at(now)
            self.console.line(f"{clock_words(state.position_at(now))}  Press d when you are done.")
            self._ring()

    def _print_cues(self, cues: Sequence[Cue]) -> None:
        for cue in cues:
            if cue.kind in _BEFORE_A_STEP:
                self._print_step(cue.at)
            self.console.line(f"{clock_words(cue.at)}  {cue.text or '*'}")
            if cue.kind in _RUNG:
                self._ring()

    def _ring(self) -> None:
        if self.bell:
            self.console.bell()

    def _print_middle(self) -> None:
        """Describe the piece if the session enters it in the middle, where no cue announces it."""
        state, now = self.live.state, self.clock.now()
        position = state.position_at(now)
        if not self.live.is_over and position > state.segment_at(now).start:
            self._print_step(position)
            self._print_position()

    def _print_step(self, position: int) -> None:
        """Print the whole description of the step at a position, once in a session."""
        timeline = self.live.state.timeline
        index = timeline.at(position)
        segment = timeline.segments[index]
        if segment.step == 0 or segment.step in self._steps_printed:
            return
        self._steps_printed.add(segment.step)
        place = sorted(timeline.steps).index(segment.step) + 1
        title = title_of(timeline, segment, self.live.languages)
        self.console.line()
        self.console.line(f"Step {place} of {len(timeline.steps)}: {title}")
        if warning := self.live.warning_in(index):
            self.console.line(f"  {warning}")
        for text in step_lines(timeline.steps[segment.step], self.plan, self.live.languages):
            self.console.line(f"  {text}")

    def _print_position(self) -> None:
        state, now = self.live.state, self.clock.now()
        segment = state.segment_at(now)
        position = state.position_at(now)
        languages = self.live.languages
        title = title_of(state.timeline, segment, languages)
        step = state.timeline.steps.get(segment.step)
        side = side_words(segment.side, step.title.language(languages) if step else "en")
        words = [segment.kind.value, title, side, label_of(segment.amount)]
        if segment.set:
            words.append(f"set {segment.set}")
        left = duration((segment.end - position + 999) // 1_000 * 1_000)
        standing = "" if state.phase is Phase.RUNNING else f" {state.phase.value.capitalize()}."
        self.console.line(
            f"{clock_words(position)} of {clock_words(state.timeline.total_ms)}: "
            f"{', '.join(word for word in words if word)}, {left} left.{standing}"
        )
