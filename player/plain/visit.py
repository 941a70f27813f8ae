"""Executes the flow of a session line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from player.base.clock import Clock
from player.history.names import NotAName, read_name
from player.plain.ask import Keys, PersonLeft, ask_all, ask_key, ask_prompt, ask_text
from player.plain.console import Console
from player.plain.output import TerminalGone
from player.plain.play import PlainPlayer
from player.plain.stop import ask_what_hurts, show_advice
from player.play.options import PlayOptions
from player.play.requests import (
    Ask,
    AskAll,
    AskFeeling,
    AskPerson,
    FlowPart,
    Head,
    MakeSpeech,
    Picked,
    Play,
    Request,
    SayWarning,
    ShowAdvice,
    ShowNote,
    ShowResult,
    ShowSummary,
)
from player.play.running import Live
from player.safety.filling import LEAVE
from player.safety.pace import RESULT_AFTER_MS
from player.safety.prompts import Prompt, Reply

GOES_BACK_MS = 15_000
"""How long the program waits after the summary for the key that goes back into the session."""


@dataclass(slots=True)
class PlainVisit:
    """Leads one person through one routine at a terminal."""

    console: Console
    options: PlayOptions
    clock: Clock
    live: Live | None = None
    """The session, once it has begun."""
    _head: Head | None = None
    """The head that was printed last."""

    def run(self, flow: FlowPart[bool]) -> bool:
        """Execute the flow to its end. Returns whether a session was played."""
        reply = None
        try:
            while True:
                reply = self.execute(flow.send(reply))
        except StopIteration as end:
            return bool(end.value)
        finally:
            flow.close()

    def execute(self, request: Request[Any]) -> Any:
        """Show or ask one request, and return its reply.

        `Any`, because the type of the reply depends on the request.
        """
        self._print_head(request.head)
        match request:
            case AskPerson():
                return self._ask_person(request)
            case Ask():
                return self._ask_prompt(request.prompt, request.required)
            case AskAll():
                return ask_all(self.console, request.interview, request.on_answer)
            case ShowResult():
                return self._ask_to_start(request)
            case ShowNote():
                self._lines("", request.heading)
            case MakeSpeech():
                return False  # the plain mode has no voice, so nobody waits for it
            case SayWarning():
                pass
            case Play():
                self._play(request)
            case AskFeeling():
                return ask_what_hurts(self.console, request.stop_list)
            case ShowAdvice():
                show_advice(self.console, request.advice)
                return False
            case ShowSummary():
                self._lines("", request.heading)
                self._lines(*(f"  {line}" for part in request.parts for line in part))
                return request.can_go_back and self._goes_back()
            case _:
                raise TypeError(request)
        return None

    def _goes_back(self) -> bool:
        """Return whether the person goes back into the session. Without a key it stays ended."""
        self._lines("", f"u within {GOES_BACK_MS // 1_000} s goes back to the session, Enter ends.")
        try:
            key = Keys(self.console).answer({"u", "U", "enter", LEAVE}, GOES_BACK_MS)
        except TerminalGone:
            return False  # the session is saved already
        return key in {"u", "U"}

    def _lines(self, *lines: str) -> None:
        for line in lines:
            self.console.line(line)

    def _print_head(self, head: Head) -> None:
        """Print the routine and the person if they have changed."""
        before = self._head
        if before is None or head.title != before.title:
            self._lines("", head.title)
        if before is None or head.subtitle != before.subtitle:
            self._lines(head.subtitle)
        self._head = head

    def _ask_person(self, request: AskPerson) -> str | None:
        self._lines(*request.intended, *request.about, "")
        known = request.known
        try:
            if known:
                self._lines(f"For: {known[0]} · not you?")
                key = ask_key(self.console, "Enter if that is you, n if not, q leaves.", "\nn")
                if key == "\n":
                    return known[0]
            if len(known) > 1:
                self._lines(f"Known here: {', '.join(known[:8])}")
            return self._ask_name(known)
        except PersonLeft:
            return None

    def _ask_name(self, known: Sequence[str]) -> str:
        """Ask until there is a name. What was typed stays, so that it can be corrected."""
        text = ""
        while True:
            text = ask_text(self.console, "For whom is it? A name, then Enter.", text)
            try:
                return read_name(text, known)
            except NotAName as why:
                self._lines(str(why))

    def _ask_prompt(self, prompt: Prompt, required: bool) -> Reply | None:
        try:
            return ask_prompt(self.console, prompt, required)
        except PersonLeft:
            return None

    def _ask_to_start(self, request: ShowResult) -> Picked:
        result = request.result
        offers = request.offers
        self._lines("", result.heading)
        self._lines(*filter(None, [request.number_words, request.warning]))
        self._lines(*request.before_offers, *map(request.offer_words, offers))
        self._lines(*result.changes(request.languages), "")
        if result.refusal:
            if not offers:
                return False
            asks, keys = "Press its number, or q to leave.", list(offers)
        else:
            asks, keys = f"{request.length_words} Enter starts, q leaves.", ["\n", *offers]
        try:
            key = ask_key(self.console, asks, "".join(keys), RESULT_AFTER_MS)
        except PersonLeft:
            return False
        return offers.get(key, True)

    def _play(self, request: Play) -> None:
        self.live = request.live
        PlainPlayer(
            self.console,
            request.live,
            request.number,
            request.plan,
            self.clock,
            self.options.bell,
        ).play()
