"""Reads the words of a request, and the words on a screen."""

from collections.abc import Iterator
from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from player.play.requests import (
    Ask,
    AskPerson,
    Request,
    ShowAdvice,
    ShowNote,
    ShowResult,
    ShowSummary,
)
from player.tui.widgets.mark_list import MarkList


def words_of(request: Request[Any]) -> list[str]:
    """Return the words that a host must show for a request, in order."""
    match request:
        case AskPerson():
            return [*request.intended, *request.about]
        case Ask():
            return [*request.prompt.lines, request.prompt.ask]
        case ShowResult():
            result = request.result
            words = [result.heading, request.number_words, request.warning]
            words += request.before_offers
            words += [request.offer_words(key) for key in request.offers]
            return [w for w in (*words, *result.changes(request.languages)) if w]
        case ShowNote():
            return [request.heading]
        case ShowAdvice():
            return [request.advice.heading, *request.advice.lines]
        case ShowSummary():
            return [request.heading, *(line for part in request.parts for line in part)]
    return []


def words_on(screen: Screen[Any]) -> list[str]:
    """Return the lines of a screen from top to bottom, including those outside the visible part."""
    return list(_lines(screen))


def _lines(screen: Screen[Any]) -> Iterator[str]:
    for widget in screen.walk_children():
        if isinstance(widget, MarkList):  # on whichever page they are
            yield from (" ".join(entry.text.split()) for entry in widget._entries)
        elif isinstance(widget, Static):
            content = widget.content
            text = content.plain if isinstance(content, Content) else str(content)
            yield from (" ".join(line.split()) for line in text.split("\n"))
