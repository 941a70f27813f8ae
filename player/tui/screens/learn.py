"""The screens that explain why it hurts: a list of pages, and one page to read."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from player.learn.pages import LearnPage, Pages, opening
from player.learn.words import PageSection, groups, parts, top_line
from player.tui.screens.page import Page
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.shown import lines, shown
from player.tui.widgets.title_line import TitleLine


class LearnScreen(Page[None]):
    """Lists the pages. The first one says when to get help. `number` is the emergency number."""

    CSS_PATH = "learn.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,Q,f1", "close", id="learn.close"),
    ]

    def __init__(self, pages: Pages, number: str) -> None:
        super().__init__()
        self._pages = {page.id: page for page in pages}
        self._number = number
        self._first = opening(pages)
        self._groups = groups(pages)

    def compose(self) -> ComposeResult:
        yield TitleLine(self._first.title)
        yield Static(shown(top_line(self._first, self._number)), classes="heading grave")
        yield OptionList(*self._options(), markup=False)
        yield KeyLine([("Enter", "read"), ("↑↓", "choose"), ("Esc", "back")])

    def _options(self) -> Iterator[Option]:
        yield Option(_prompt(self._first.brief, ""), id=self._first.id)
        for group in self._groups:
            yield Option(shown(group.heading), disabled=True)
            for page in group.pages:
                yield Option(_prompt(page.title, page.brief), id=page.id)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None and self.app.screen is self:
            self.app.push_screen(ReadScreen(self._pages[event.option_id], self._number))

    def action_close(self) -> None:
        self.close_with(None)


def _prompt(title: str, brief: str) -> Content:
    return lines(shown(title, "bold"), shown(f"  {brief}" if brief else "", "$text-muted"))


class ReadScreen(Page[None]):
    """Shows one page, which can be scrolled to its end."""

    CSS_PATH = "learn.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,Q", "close", id="read.close"),
        Binding("space,tab", "read_on", id="read.on"),
    ]

    def __init__(self, page: LearnPage, number: str) -> None:
        super().__init__()
        self._page = page
        self._number = number

    def compose(self) -> ComposeResult:
        yield TitleLine(self._page.title)
        with VerticalScroll() as body:
            for part in parts(self._page, self._number):
                yield from _part(part)
        body.focus()
        yield KeyLine([("Space", "read on"), ("↑↓", "up and down"), ("Esc", "back")])

    def action_read_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_close(self) -> None:
        self.close_with(None)


def _part(part: PageSection) -> ComposeResult:
    if part.heading:
        yield Static(shown(part.heading), classes=f"heading {part.tone}")
    for paragraph in part.paragraphs:
        words = lines(*map(shown, paragraph))
        if part.listed:
            with Horizontal(classes="row"):
                yield Static("-", classes="dot")
                yield Static(lines(words), classes="say")
        else:
            yield Static(lines(words), classes="line")
