"""The screen of a running session, readable from a mat three metres away."""

import asyncio
from pathlib import PurePath
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static

from player.base.clock import Clock
from player.figures.motion import share_at
from player.play.pain import Advice, AfterPain
from player.play.running import END_ASKS, HINT, Live, LiveEffect, ToldElsewhere
from player.play.sound import SessionSound
from player.routine.model import Plan
from player.routine.times import clock as clock_words
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.stop_list import HURTS, Feeling
from player.session.snapshot import Glance, glance
from player.session.state import (
    HELD_BACK,
    STANDING,
    Do,
    EndAsked,
    Notice,
    Phase,
    Transport,
)
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.page import Page
from player.tui.screens.pain import PainScreen, advice_screen
from player.tui.widgets.bar import Bar
from player.tui.widgets.clock_face import ClockFace
from player.tui.widgets.figure_view import FigureView, Scene, has_room
from player.tui.widgets.glance_words import big, counts, doing, fits, how, left
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.shown import lines, shown
from player.tui.widgets.title_line import TitleLine

LOOKS_EVERY_MS = 1_000
"""The longest time between two looks at the session.

The screen shows whole seconds, and a gap twice as long already counts as sleep.
"""

NOTICE_MS = 4_000
"""How long a notice stays on the status line."""

FLASH_S = 0.35
FIGURE, WIDE_FIGURE = 31, 47
"""The columns of the figure with its margin, as in the styles. A tall screen has the wide one."""

_STOPS_SOUND = frozenset({Do.HURTS, Do.PAUSE, Do.QUIT})
"""The commands that always stop a running session."""

_SILENT = frozenset({"f5", "comma", "full_stop"})
"""Keys of a presenter's remote that do nothing."""

_END = Prompt(
    "end",
    Form.ONE,
    END_ASKS,
    choices=(Choice("y", "end it"), Choice("b", "stay"), Choice("x", "something hurts")),
)
"""The question before `next` ends the session. A key for `next` that is held is no answer."""

_LEAVE = Prompt(
    "leave",
    Form.ONE,
    "Leave the session? What was done is saved.",
    choices=(Choice("y", "leave"), Choice("n", "stay"), Choice("x", "something hurts")),
)


def _key(keys: str, action: str, does: str, help: str, shown_as: str) -> Binding:
    return Binding(keys, action, does, key_display=shown_as, tooltip=help, id=f"session.{action}")


class HelpScreen(NoteScreen):
    """Lists the keys. The most important one, `x`, works here too."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x,X", "hurts", id="help.hurts")]

    def action_hurts(self) -> None:
        self.close_with("x")


class SessionScreen(Page[None]):
    """Shows a running session, passes keys to it and drives its sound."""

    # Includes the styles of the stop list, because reading them later would delay `x`.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["session.tcss", "pain.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("x,X,delete", "hurts", "something hurts",
             "something hurts: everything stops at once", "x"),
        _key("space", "pause", "pause", "pause, and go on", "space"),
        _key("n,N,pagedown,right", "next", "next", "next (Page Down, arrows)", "n"),
        _key("b,B,pageup,left", "back", "back", "back (Page Up, arrows)", "b"),
        _key("d,D", "done", "done", "done: end a step that waits for you", "d"),
        _key("plus,equals_sign", "longer", "10 s more", "ten seconds more", "+"),
        _key("r,R", "restart", "again", "the step again from its beginning", "r"),
        _key("u,U", "undo", "undo", "undo", "u"),
        _key("m,M", "mute", "mute", "sound off and on", "m"),
        _key("q,Q", "leave", "leave", "leave (asks first)", "q"),
        _key("v,V", "turn(0)", "volume", "volume of the voice, the chimes, the background", "v"),
        _key("less_than_sign", "turn(-1)", "softer", "softer", "<"),
        _key("greater_than_sign", "turn(1)", "louder", "louder", ">"),
        _key("question_mark", "help", "keys", "these keys", "?"),
        Binding("escape", "pause_only", id="session.pause-only"),
        Binding("up", "up", id="session.up"),
        Binding("down", "down", id="session.down"),
    ]  # fmt: skip

    class Began(Message):
        """The session is on the screen and runs."""

        def __init__(self, live: Live) -> None:
            super().__init__()
            self.live = live

    def __init__(
        self,
        subtitle: str,
        live: Live,
        plan: Plan,
        emergency_number: str,
        clock: Clock,
        sound: SessionSound,
    ) -> None:
        super().__init__()
        self.live = live
        self._title = plan.routine.name.pick(live.languages)
        self._subtitle = subtitle
        self._plan = plan
        self._emergency_number = emergency_number
        self._clock = clock
        self._sound = sound
        self._next_look: asyncio.TimerHandle | None = None
        self._is_shown = False
        self._asked: Prompt | None = None
        """The check that was asked last."""
        self._mood = (False, "")
        # References to the widgets, because each of them is updated every second.
        self._exercise, self._doing = Line(id="exercise"), Line(id="doing")
        self._exercise.grows = True
        self._how_words = Static(id="how-words")
        self._how = VerticalScroll(self._how_words, id="how", can_focus=False)
        self._figure = FigureView("figure", live.languages)
        self._below = Horizontal(id="below")
        self._time, self._phase = ClockFace(id="clock"), ClockFace(id="phase")
        self._step_bar, self._session_bar = Bar("step", "step-bar"), Bar("session", "session-bar")
        self._next, self._status = Line(id="next"), Line(id="status")
        self._warning = Static(id="warning")
        self._warned = ""
        self._keys = KeyLine([])
        self._notice, self._notice_until = Notice(""), 0
        self._read: tuple[int, str] | None = None

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, self._subtitle)
        yield self._exercise
        yield self._doing
        yield self._time
        yield self._phase
        yield self._step_bar
        yield self._session_bar
        yield self._next
        yield self._warning
        with self._below:
            yield self._how
            yield self._figure
        yield self._status
        yield self._keys

    # Time

    def on_mount(self) -> None:
        self._is_shown = True
        self.post_message(self.Began(self.live))
        self.look()
        self._sound.follow(self.live)

    def on_screen_resume(self) -> None:
        if self.live.is_over:  # it may have ended below another screen
            self.close_with(None)

    def on_unmount(self) -> None:
        if self._next_look is not None:
            self._next_look.cancel()
        self.live.save_position()

    def look(self) -> None:
        """Advance the session, show its present state, and schedule the next look."""
        effects = self.live.look()
        if not effects and (words := self._sound.problem()):
            effects = (Notice(words),)
        self._show(effects)

    def _do(self, do: Do) -> None:
        if self._is_shown and not self.live.is_over:
            if do in _STOPS_SOUND:
                # Silence comes first, because saving and painting would take too long.
                self._sound.silence()
            self._show(self.live.do(do))

    def _show(self, effects: tuple[LiveEffect, ...]) -> None:
        told = next((effect for effect in effects if isinstance(effect, ToldElsewhere)), None)
        if told is not None:
            self._sound.silence()
        if any(isinstance(effect, Transport) for effect in effects):
            self._sound.follow(self.live)
        for effect in effects:
            if isinstance(effect, Notice):
                self._note(effect)
        for cue in self.live.due_cues():
            if self._sound.flashes(cue):
                self.flash()
        self._ask_in_time()
        self._paint()
        if self._next_look is not None:
            self._next_look.cancel()
        if told is not None:
            self._show_advice(told.after)
        elif self.live.is_over:
            self.call_later(self.close_with, None)
        else:
            # A Textual timer may fire up to a millisecond early, and would then have to fire twice.
            loop = asyncio.get_running_loop()
            wait = self._until_next() / 1_000
            self._next_look = loop.call_later(wait, self.call_later, self.look)
        if any(isinstance(effect, EndAsked) for effect in effects):
            self._ask_to_end()

    def _until_next(self) -> int:
        """Return the milliseconds until the displayed second changes or a cue is due."""
        wait = self.live.until_next(LOOKS_EVERY_MS)
        if self.live.state.phase is Phase.RUNNING and not self.live.waits:
            now = self._clock.now()
            left = self.live.state.segment_at(now).end - self.live.state.position_at(now)
            wait = min(wait, (left - 1) % 1_000 + 1)
        return wait

    # Keys

    def _look_before_a_key(self) -> None:
        """Notice a gap first, because after one a key means something else."""
        if self._is_shown and not self.live.is_over:
            self.look()

    def action_pause(self) -> None:
        self._look_before_a_key()
        if self._is_shown and self.live.state.phase in STANDING and self.live.check is not None:
            self._ask_check(self.live.check)
            return
        self._do(Do.GO_ON if self.live.state.phase in STANDING else Do.PAUSE)

    def action_pause_only(self) -> None:
        """Pause, and never go on: a remote sends Escape to end its slides."""
        self._do(Do.PAUSE)

    def action_next(self) -> None:
        self._do(Do.NEXT)

    def action_back(self) -> None:
        self._do(Do.BACK)

    def action_restart(self) -> None:
        self._do(Do.RESTART)

    def action_longer(self) -> None:
        self._do(Do.LONGER)

    def action_done(self) -> None:
        self._do(Do.DONE)

    def action_undo(self) -> None:
        self._do(Do.UNDO)

    def action_mute(self) -> None:
        self.run_worker(self._toggle_mute())  # opening a device must not block the keys

    async def _toggle_mute(self) -> None:
        self.notice(await self._sound.toggle_mute())

    def action_turn(self, steps: int) -> None:
        self.notice(self._sound.turn(steps))

    def action_down(self) -> None:
        """Go to the next piece; while the session is stopped, scroll the instructions."""
        if self._is_scrolled():
            self._how.scroll_relative(y=1, animate=False)
        else:
            self.action_next()

    def action_up(self) -> None:
        if self._is_scrolled():
            self._how.scroll_relative(y=-1, animate=False)
        else:
            self.action_back()

    def _is_scrolled(self) -> bool:
        """Return whether up and down scroll now."""
        return self.live.state.phase in STANDING and self._how.max_scroll_y > 0

    def on_key(self, event: events.Key) -> None:
        """Say which keys there are, after a key that means nothing."""
        is_free = self.live.state.phase in {Phase.RUNNING, Phase.PAUSED}
        if is_free and self._is_shown and event.key not in _KNOWN | _SILENT:
            self.notice(HINT)

    def action_help(self) -> None:
        keys = [
            f"{binding.key_display:7}{binding.tooltip}"
            for binding in self.BINDINGS
            if isinstance(binding, Binding) and binding.key_display
        ]
        self._show_over_session(HelpScreen("Keys", "", [keys]))

    def action_leave(self) -> None:
        self._show_over_session(
            ChoiceScreen(self._title, _LEAVE, self._subtitle, required=True, stay_reply="n"),
            Do.QUIT,
        )

    def _ask_to_end(self) -> None:
        self._show_over_session(
            ChoiceScreen(self._title, _END, self._subtitle, required=True, stay_reply="b"), Do.END
        )

    def _show_over_session(
        self, screen: HelpScreen | ChoiceScreen, if_yes: Do | None = None
    ) -> None:
        """Pause the session and show a screen. Afterwards resume the session if it ran before.

        After the reply `y` do `if_yes`.
        """
        if self.live.is_over or not self._is_shown:
            return
        self._look_before_a_key()
        ran = self.live.state.phase is Phase.RUNNING
        self._do(Do.PAUSE)
        if self.live.is_over:
            return

        def on_close(reply: object) -> None:
            if reply == "y" and if_yes is not None:
                self._do(if_yes)
            elif reply == "x":
                self.action_hurts()
            elif ran:
                self._look_before_a_key()
                self._do(Do.GO_ON)

        self.app.push_screen(screen, on_close)

    def action_hurts(self) -> None:
        """Stop the session, and ask what hurts. The answer decides how it can go on."""
        self._do(Do.HURTS)
        if self._is_shown and not self.live.is_over:
            screen = PainScreen(self._title, self._subtitle, self.live.feelings)
            self.app.push_screen(screen, self._report_pain)

    def _report_pain(self, feeling: Feeling | None) -> None:
        assert feeling is not None  # the list can't be left without naming a feeling
        self._show_advice(self.live.report_pain(feeling))

    def _show_advice(self, after: AfterPain) -> None:
        self._notice_until = 0  # an older notice would hide that the session is stopped
        self._sound.follow(self.live)
        advice = Advice(after, self._emergency_number)
        screen = advice_screen(self._title, self._subtitle, advice)
        self.app.push_screen(screen, self._after_advice)

    def _after_advice(self, reply: str | None) -> None:
        if reply == HURTS and not self.live.is_over:
            self.action_hurts()
        else:
            self._show(())

    def _ask_check(self, prompt: Prompt) -> None:
        """Ask the question that must be answered before the session goes on."""

        def on_reply(reply: Reply | None) -> None:
            if reply == HURTS:
                self.action_hurts()
            elif reply is not None and self.live.check is prompt:
                after = self.live.answer_check(reply)
                if after.over:
                    self._show_advice(after)
                else:
                    self.notice(after.words)

        self._asked = prompt
        self.app.push_screen(ChoiceScreen(self._title, prompt, self._subtitle), on_reply)

    def _ask_in_time(self) -> None:
        """Ask the open check when its time is up. It opens by itself only once."""
        prompt = self.live.check
        is_due = prompt is not None and self.live.check_due_in_ms == 0 and prompt is not self._asked
        if prompt is not None and is_due and self._is_shown and self.app.screen is self:
            self._ask_check(prompt)

    # Painting

    def notice(self, words: str) -> None:
        """Show words on the status line for some seconds."""
        self._note(Notice(words))
        self._paint()

    def _note(self, notice: Notice) -> None:
        self._notice, self._notice_until = notice, self._clock.now() + NOTICE_MS

    def flash(self) -> None:
        """Flash the clock instead of playing a sound."""
        self._time.add_class("-flash")
        self.set_timer(FLASH_S, lambda: self._time.remove_class("-flash"))

    def on_resize(self, event: events.Resize) -> None:
        self._read = None
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        now = self._clock.now()
        view = glance(self.live.state, now, self.live.sheet, self.live.languages)
        self._put_mood(view)
        self._put_warning(now)
        self._put_figure(now, view)
        self._exercise.put(lines(shown(counts(view) or " "), shown(view.title, "bold")))
        self._doing.put(shown(doing(view)))
        self._time.put(big(view), view.side)
        self._phase.put(view.doing.upper())
        self._step_bar.put(view.step_share)
        self._session_bar.put(view.position / max(view.total, 1), left(view))
        self._next.put(Content.assemble(("Next: ", "$text-muted"), shown(view.next)))
        self._status.put(shown(self._status_words(view, now)))
        self._keys.put(_keys(view))
        if self._read != (view.step_number, view.coach_words):
            self._read = (view.step_number, view.coach_words)
            self._put_how(view)

    def _put_mood(self, view: Glance) -> None:
        """Set the colours for work, pause and waiting. Words on the screen say the same."""
        standing = view.phase in STANDING
        mood = "-standing" if standing else "-waits" if view.waits else ""
        if (view.is_work, mood) != self._mood:
            self._mood = view.is_work, mood
            self.set_class(view.is_work, "-work")
            self.set_class(mood == "-standing", "-standing")
            self.set_class(mood == "-waits", "-waits")

    def _put_warning(self, now: int) -> None:
        """Show the warning before a massage that nobody has vetted. It takes room from the rest."""
        words = self.live.warning_in(self.live.state.index_at(now))
        if words != self._warned:
            self._warned, self._read = words, None
            self._warning.update(shown(words))
            self.set_class(bool(words), "-warned")
            self.call_after_refresh(self._paint)

    def _put_figure(self, now: int, view: Glance) -> None:
        """Show the figure of the present or next exercise, on its side and at its tempo."""
        state = self.live.state
        step = state.timeline.steps.get(view.step_number)
        if step is None:
            self._figure.put(Scene())
            return

        def share() -> float:
            now = self._clock.now()
            return share_at(step, state.segment_at(now), state.position_at(now))

        runs = view.is_work and view.phase is Phase.RUNNING
        self._figure.put(Scene(step.exercise, view.side), share, runs=runs)

    def _put_how(self, view: Glance) -> None:
        """Show the instructions. If they don't fit beside the figure, the figure is hidden."""
        step = self.live.state.timeline.steps.get(view.step_number)
        room = self._below.content_size - Size(2, 0)
        beside = room - Size(self._figure_width, 0)
        instructions = how(view, step, self._plan, self.live.languages, beside)
        pictured = bool(self._figure_width) and fits(instructions, beside)
        self.set_class(pictured, "-pictured")
        place = beside if pictured else room
        self._how_words.update(how(view, step, self._plan, self.live.languages, place))
        self._how.scroll_home(animate=False)

    @property
    def _figure_width(self) -> int:
        """The columns that the figure needs; 0 if the screen has no room for one."""
        if not has_room(self.size):
            return 0
        return WIDE_FIGURE if self.has_class("-tall") else FIGURE

    def _status_words(self, view: Glance, now: int) -> str:
        is_new = now < self._notice_until
        if view.phase is Phase.ASKING and not (is_new and self._notice == HELD_BACK):
            stale = self.live.state.why_stale(now, self._clock.wall())
            return stale or "PAUSED: it was asleep. Space goes on."
        if is_new:
            return self._notice.text
        if view.phase is Phase.PAUSED:
            return "PAUSED. Space goes on."
        if view.phase is Phase.HURTING and self.live.check_due_in_ms:
            left = clock_words((self.live.check_due_in_ms + 999) // 1_000 * 1_000)
            return f"STOPPED. {self.live.check.ask if self.live.check else ''} {left}"
        if view.phase is Phase.HURTING:
            return "STOPPED. Space goes on, q leaves."
        return "d or Page Down when you are done." if view.own_pace or view.waits else ""


def _keys(view: Glance) -> list[tuple[str, str]]:
    """Return the keys for the key line, taken from the bindings so that both agree."""
    found = []
    for binding in SessionScreen.BINDINGS:
        if isinstance(binding, Binding) and binding.key_display:
            resumes = view.phase in STANDING and binding.action == "pause"
            found.append((binding.key_display, "go on" if resumes else binding.description))
    return found


_KNOWN = frozenset(
    key
    for binding in SessionScreen.BINDINGS
    if isinstance(binding, Binding)
    for key in binding.key.split(",")
)
"""The keys that mean something in a session."""
