"""A prompt of the interview, to be read in full and answered by keys or clicks."""

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from player.safety.filling import BACK, LEAVE, WHY, Answer, Filling
from player.safety.prompts import Form, Prompt, Reply
from player.widgets.choice_row import ChoiceRow
from player.widgets.shown import shown

BOUNCE_S = 0.4
"""A key that is held down, or pressed twice by a slip, answers one question and not the next."""

_TYPED = {Form.NUMBER, Form.MARKS}
"""Here a key alone is no answer yet."""


class PromptView(VerticalScroll):
    """One prompt. A list of which none may be so is only complete once all of it was on screen."""

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

    class Asked(Message):
        """Back, why, or leave: a key that is not an answer."""

        def __init__(self, prompt: Prompt, key: str) -> None:
            super().__init__()
            self.prompt = prompt
            self.key = key

    class Said(Message):
        """What the last key is answered with; may be empty."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, prompt: Prompt, pressed: tuple[str, float] = ("", 0.0)) -> None:
        """`pressed`: the key that answered the prompt before, and when."""
        super().__init__()
        self.pressed = pressed
        self._filling = Filling(prompt)
        self._answered = False
        self._seen_to = 0

    def compose(self) -> ComposeResult:
        prompt = self._filling.prompt
        for line in prompt.lines:
            yield Static(shown(line), classes="read")
        yield Static(shown(prompt.ask), classes="ask")
        for choice in self._filling.choices:
            yield ChoiceRow(choice, markable=prompt.form is Form.MARKS)
        if prompt.form in {Form.NUMBER, Form.SCALE}:
            yield Static(shown(self._filling.hint), classes="read")
        if prompt.form is Form.NUMBER:
            yield Static("_", classes="digits")

    def on_mount(self) -> None:
        self.focus()

    @property
    def all_seen(self) -> bool:
        """Whether every line of it was on the screen at some time."""
        return self._seen_to >= self.max_scroll_y

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        page = self.scrollable_content_region.height
        if new_value <= self._seen_to + page:  # a jump to the end has skipped what lies between
            self._seen_to = max(self._seen_to, round(new_value))

    def on_key(self, event: events.Key) -> None:
        key = event.key if event.key in {"enter", "backspace"} else event.character or ""
        if event.key == "escape":
            key = BACK
        if key:
            event.stop()
            event.prevent_default()
            before, at = self.pressed
            self.pressed = key, event.time
            if key != before or event.time - at > BOUNCE_S or self._filling.prompt.form in _TYPED:
                self.press(key)

    def on_choice_row_chosen(self, event: ChoiceRow.Chosen) -> None:
        event.stop()
        self.press(event.key)

    def press(self, key: str) -> None:
        """What a key does to this prompt."""
        if self._answered:
            return
        if key == LEAVE.upper():
            key = LEAVE
        if key in {LEAVE, WHY} or (key == BACK and not self._filling.digits):
            self.post_message(self.Asked(self._filling.prompt, key))
            return
        if key == "enter" and self._filling.prompt.form is Form.MARKS and not self.all_seen:
            self.scroll_page_down(animate=False)
            self.post_message(self.Said("There is more of it. Read on, then Enter."))
            return
        pressed = self._filling.press(key)
        if isinstance(pressed, Answer):
            self._answered = True
            self.post_message(self.Answered(self._filling.prompt, pressed.reply))
            return
        self._filling = pressed
        self.post_message(self.Said(pressed.said))
        for row in self.query(ChoiceRow):
            row.mark(pressed.is_marked(row.choice.key))
        for digits in self.query(".digits").results(Static):
            digits.update(shown(f"{pressed.digits}_"))
