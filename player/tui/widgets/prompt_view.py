"""Shows a prompt of the interview. Keys and clicks answer it."""

import sys
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from player.safety.filling import BACK, LEAVE, WHY, Answer, Filling
from player.safety.pace import NO_PASTE, Pace
from player.safety.prompts import AT_ONCE, Form, Prompt, Reply
from player.tui.widgets.choice_row import ChoiceRow
from player.tui.widgets.shown import shown
from player.tui.widgets.stamp import at_ms, now_ms


class PromptView(VerticalScroll):
    """Shows one prompt. A list can be answered only after all of it was on the screen."""

    DEFAULT_CSS = """
    PromptView {
        padding: 1 1 0 1;
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
        self._visible_to = 0

    def compose(self) -> ComposeResult:
        prompt = self.prompt
        filling = Filling(prompt, Pace(0))
        for line in prompt.lines:
            yield Static(shown(line), classes="read")
        yield Static(shown(prompt.ask), classes="ask")
        for choice in filling.choices:
            yield ChoiceRow(choice, markable=prompt.form is Form.MARKS)
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

    @property
    def was_all_visible(self) -> bool:
        """Whether every line of the prompt has been on the screen."""
        return self._visible_to >= self.max_scroll_y

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        page = self.scrollable_content_region.height
        if new_value <= self._visible_to + page:  # a jump would skip lines
            self._visible_to = max(self._visible_to, round(new_value))

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
        if key == "enter" and self.prompt.form is Form.MARKS and not self.was_all_visible:
            self.scroll_page_down(animate=False)
            self.post_message(self.Feedback("There is more of it. Read on, then Enter."))
            return
        pressed = filling.too_fast(at) if filling.closes(key) else filling.press(key, at)
        if isinstance(pressed, Answer):
            self._answered = True
            self.post_message(self.Answered(self.prompt, pressed.reply))
            return
        self._filling = pressed
        self.post_message(self.Feedback(pressed.message))
        for row in self.query(ChoiceRow):
            row.mark(pressed.is_marked(row.choice.key))
        for digits in self.query(".digits").results(Static):
            digits.update(shown(pressed.meaning or "_"))
