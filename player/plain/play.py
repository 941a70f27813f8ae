"""Plays a session line by line, for screen readers, logs and simple terminals.

Every text, count and cue is one printed line. The session and the cue sheet are the same as in
every other host.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from audio.cue import Cue, CueKind
from player.base.clock import Clock
from player.plain.ask import Keys, PersonLeft, ask_prompt
from player.plain.console import Console
from player.plain.stop import ask_what_hurts, show_advice
from player.play.awake import Awake
from player.play.pain import Advice, AfterPain
from player.play.running import LONGEST_SLEEP_MS, Live, ToldElsewhere
from player.routine.model import Plan
from player.routine.times import clock as clock_words
from player.routine.times import duration
from player.safety.prompts import Prompt
from player.safety.stop_list import HURTS, Then
from player.session.cues import side_words, title_of
from player.session.instructions import step_lines
from player.session.labels import label_of
from player.session.state import STANDING, Do, Notice, Phase, State, Transport

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
    "+": Do.LONGER, "=": Do.LONGER, "d": Do.DONE, "u": Do.UNDO,
}  # fmt: skip

_HURTS = frozenset({HURTS, "X"})

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
        try:
            self._print_middle()
            self._print_due_lines()
            while not live.is_over:
                if live.state.phase is Phase.RUNNING:
                    self.awake.hold()
                else:
                    self.awake.release()
                key = self.console.key(live.until_next())
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

    def _leave(self) -> None:
        ran = self.live.state.phase is Phase.RUNNING
        self._do(Do.PAUSE)
        self.console.line(
            "Leave the session? What was done is kept. y leaves, n stays, x something hurts."
        )
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
            if key.lower() not in {"y", "n"}:
                continue
            if not keys.pace.allows(at):
                keys.refuse(at)
                continue
            if key.lower() == "y":
                self._do(Do.QUIT)
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
        segment = timeline.segments[timeline.at(position)]
        if segment.step == 0 or segment.step in self._steps_printed:
            return
        self._steps_printed.add(segment.step)
        place = sorted(timeline.steps).index(segment.step) + 1
        title = title_of(timeline, segment, self.live.languages)
        self.console.line()
        self.console.line(f"Step {place} of {len(timeline.steps)}: {title}")
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
