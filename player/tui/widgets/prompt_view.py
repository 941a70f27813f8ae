"""Shows a prompt of the interview. Keys and clicks answer it."""

import sys
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from player.safety.filling import BACK, LEAVE, NONE, WHY, Answer, Filling
from player.safety.pace import NO_PASTE, Pace
from player.safety.prompts import AT_ONCE, Form, Prompt, Reply
from player.tui.widgets.choice_row import ChoiceRow
from player.tui.widgets.mark_list import MarkList
from player.tui.widgets.shown import shown
from player.tui.widgets.stamp import at_ms, now_ms


class PromptView(VerticalScroll):
    """Shows one prompt. A list to mark can be answered only after all of it was on the screen."""

    DEFAULT_CSS = """
    PromptView {
        padding: 1 1 0 1;
        &.-list { padding: 0 1; overflow: hidden; }
        & .about { padding: 0 1; color: $text-muted; }
        & .group { padding: 0 1; text-style: bold underline; }
        & .read { padding: 0 1 1 1; }
        & .ask { padding: 0 1 1 1; text-style: bold; }
        & .digits { padding: 0 1; color: $text-warning; text-style: bold; }
    }
    """

    class Answered(Message):
        """A complete answer."""

        def __init__(self, prompt: Prompt, reply: Reply) -> None:
            super().__init__()
            self.prompt = prompt
            self.reply = reply

    class CommandPressed(Message):
        """The person pressed the key for back, why or leave."""

        def __init__(self, prompt: Prompt, key: str) -> None:
            super().__init__()
            self.prompt = prompt
            self.key = key

    class Feedback(Message):
        """A reply to the last key. It may be empty."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, prompt: Prompt) -> None:
        super().__init__()
        self.prompt = prompt
        self._filling: Filling | None = None
        self._answered = False
        self._list = MarkList(prompt) if prompt.form is Form.MARKS else None
        self.set_class(self._list is not None, "-list")

    def compose(self) -> ComposeResult:
        prompt = self.prompt
        if self._list is not None:
            yield self._list
            return
        filling = Filling(prompt, Pace(0))
        if prompt.about:
            yield Static(shown(prompt.about), classes="about")
        for line in prompt.lines:
            yield Static(shown(line), classes="read")
        yield Static(shown(prompt.ask), classes="ask")
        group = ""
        for choice in filling.choices:
            if choice.group not in {"", group}:
                yield Static(shown(choice.group), classes="group")
            group = choice.group
            yield ChoiceRow(choice)
        if prompt.form is Form.NUMBER:
            yield Static(shown(filling.hint), classes="read")
            yield Static("_", classes="digits")

    def on_mount(self) -> None:
        self.focus()
        self.show_again()

    def show_again(self) -> None:
        """Restart the waiting time when the prompt appears or reappears."""
        self.call_after_refresh(self._begin)

    def cover(self) -> None:
        """Take no answer while another screen covers the prompt, until `show_again`."""
        if self._filling is not None:
            self._filling = replace(self._filling, pace=Pace(sys.maxsize))

    def _begin(self) -> None:
        pace = Pace(now_ms())
        before = self._filling
        self._filling = replace(before, pace=pace) if before else Filling(self.prompt, pace)
        if self._list is not None:
            self._list.look_again()

    # A list to mark has pages. The keys and the wheel that scroll anything else turn them.

    def _turn(self, by: int, at: int) -> bool:
        """Turn the pages if this prompt has any. Returns whether it is a list to mark."""
        if self._list is not None:
            self._list.turn(by, at)
        return self._list is not None

    def action_scroll_down(self) -> None:
        if not self._turn(1, now_ms()):
            super().action_scroll_down()

    def action_scroll_up(self) -> None:
        if not self._turn(-1, now_ms()):
            super().action_scroll_up()

    def action_scroll_right(self) -> None:
        if not self._turn(1, now_ms()):
            super().action_scroll_right()

    def action_scroll_left(self) -> None:
        if not self._turn(-1, now_ms()):
            super().action_scroll_left()

    def action_page_down(self) -> None:
        if not self._turn(1, now_ms()):
            super().action_page_down()

    def action_page_up(self) -> None:
        if not self._turn(-1, now_ms()):
            super().action_page_up()

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        if self._turn(1, at_ms(event)):
            event.stop()
        else:
            super()._on_mouse_scroll_down(event)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        if self._turn(-1, at_ms(event)):
            event.stop()
        else:
            super()._on_mouse_scroll_up(event)

    def on_key(self, event: events.Key) -> None:
        key = event.key if event.key in {"enter", "backspace"} else event.character or ""
        if event.key == "escape":
            key = BACK
        if key:
            event.stop()
            event.prevent_default()
            self.press(key, at_ms(event))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self._filling is not None:
            self._filling = self._filling.passed(at_ms(event))
        self.post_message(self.Feedback(NO_PASTE))

    def on_choice_row_chosen(self, event: ChoiceRow.Chosen) -> None:
        event.stop()
        self.press(event.key, at_ms(event))

    def on_mark_list_chosen(self, event: MarkList.Chosen) -> None:
        event.stop()
        self.press(event.key, at_ms(event))

    def press(self, key: str, at: int) -> None:
        """Apply a key to this prompt. `at` is when it was pressed, in milliseconds."""
        if self._answered:
            return
        if self._filling is None:  # the prompt is not on the screen yet
            if key.lower() != AT_ONCE:
                return
            self._filling = Filling(self.prompt, Pace(at))
        filling = self._filling
        if key == LEAVE.upper():
            key = LEAVE
        if key == WHY or (filling.closes(key) and filling.pace.allows(at)):
            self._filling = filling.passed(at)
            self.post_message(self.CommandPressed(self.prompt, key))
            return
        if self._list is not None and self._reads_on(self._list, filling, key, at):
            return
        pressed = filling.too_fast(at) if filling.closes(key) else filling.press(key, at)
        if isinstance(pressed, Answer):
            self._answered = True
            self.post_message(self.Answered(self.prompt, pressed.reply))
            return
        self._filling = pressed
        self.post_message(self.Feedback(pressed.message))
        if self._list is not None:
            self._list.put(pressed, key.lower())
        for row in self.query(ChoiceRow):
            row.mark(pressed.is_marked(row.choice.key))
        for digits in self.query(".digits").results(Static):
            digits.update(shown(pressed.meaning or "_"))

    def _reads_on(self, rows: MarkList, filling: Filling, key: str, at: int) -> bool:
        """Show the next page for a key that would answer before all rows were on the screen.

        Returns whether the key was such a key.
        """
        ends = "Enter" if filling.rows_marked else NONE
        if rows.is_all_seen or key.lower() not in {"enter", ends}:
            return False
        if at < filling.pace.shown_at:
            return True
        is_turned = rows.may_turn(at)
        self._filling = filling.passed(at) if is_turned else filling.too_fast(at)
        words = f"There is more. Read on, then {ends}."
        self.post_message(self.Feedback(words if is_turned else self._filling.message))
        if is_turned:
            rows.read_on()
        return True
