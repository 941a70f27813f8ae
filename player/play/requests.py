"""What the way through a session asks of its host.

The flow yields one request after another. A host shows it or asks it, and sends the reply back.
All words for the person are in the requests, so every host shows the same words.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from player.history.people import Person
from player.play.pain import AfterPain, advice_heading, advice_lines
from player.play.result import Offer, Result
from player.play.running import Live
from player.routine.model import Plan
from player.safety.interview import Interview
from player.safety.prompts import Prompt, Reply
from player.safety.stop_list import Feeling, StopList
from player.session.timeline import Timeline

_Reply = TypeVar("_Reply")
_Result = TypeVar("_Result")

Steps = Generator["Request[Any]", Any, _Result]
"""A part of the flow. `Any`: the type of a reply follows from its request, which `Generator` can't
express; `ask` restores it."""


@dataclass(frozen=True)
class Request(Generic[_Reply]):
    """Something that a host shows or asks, answered by one reply."""

    title: str
    """The name of the routine."""
    aside: str
    """For whom the session is; before that is known, how long the routine takes."""


def ask(request: Request[_Reply]) -> Steps[_Reply]:
    """Yield one request and return its reply."""
    reply: _Reply = yield request
    return reply


@dataclass(frozen=True)
class AskPerson(Request[str | None]):
    """Ask for whom the session is. The reply is a name, or None if the person leaves."""

    about: tuple[str, ...]
    """What the routine needs, and what it is for."""
    known: tuple[str, ...]
    """The people whom this machine knows; the one who played last comes first."""


@dataclass(frozen=True)
class Ask(Request[Reply | None]):
    """Ask one question. The reply is None if the person leaves it."""

    prompt: Prompt
    must: bool = False
    """Whether the person can't leave the question without an answer."""


@dataclass(frozen=True)
class AskAll(Request[Interview]):
    """Ask the safety questions. If the person leaves, the reply still has an open question."""

    interview: Interview
    on_answer: Callable[[Interview], None]
    """The host calls this after each answer, so that a kill loses no sign for help."""


Picked = Offer | bool
"""Another routine to play instead, or whether to start this one."""


@dataclass(frozen=True)
class ShowResult(Request[Picked]):
    """Show what the answers mean for today, and ask whether to start."""

    result: Result
    languages: tuple[str, ...]
    begins: str
    """How long the session takes; empty if nothing can be played."""

    @property
    def offers(self) -> dict[str, Offer]:
        """The routines that can be played instead, by the key that picks each."""
        return dict(zip("123456789", self.result.offers, strict=False))

    @property
    def before_offers(self) -> list[str]:
        """Why nothing is played, if so, and what the person reported that counts today."""
        return [words for words in (self.result.refusal, *self.result.reported) if words]

    def offer_words(self, key: str) -> str:
        """`Press 1 for Early care, for a fresh strain.`"""
        offer = self.offers[key]
        return f"Press {key} for {offer.name(self.languages)}, {offer.why}."

    @property
    def number_words(self) -> str:
        """The emergency number, if the person should call it; else nothing."""
        number = self.result.number
        return f"Your emergency number: {number}" if number else ""


@dataclass(frozen=True)
class ShowNote(Request[None]):
    """Show a few words and wait until the person has read them."""

    heading: str
    tone: str = "mild"
    """`good`, `mild`, `grave`, or nothing."""
    does: str = "leave"
    """What happens after it."""


@dataclass(frozen=True)
class MakeSpeech(Request[None]):
    """Make what a voice will say, before the session begins."""

    timeline: Timeline
    languages: tuple[str, ...]
    folder: Path
    """Where the coach's own sounds are."""


@dataclass(frozen=True)
class Play(Request[None]):
    """Play the session to its end."""

    live: Live
    plan: Plan
    person: Person
    number: str
    """The emergency number."""


@dataclass(frozen=True)
class AskFeeling(Request[Feeling]):
    """Ask what hurts. There is no way out but a feeling."""

    stop_list: StopList


@dataclass(frozen=True)
class ShowAdvice(Request[bool]):
    """Show what to do about a feeling. The reply says whether something else hurts now."""

    after: AfterPain
    number: str
    """The emergency number."""

    @property
    def heading(self) -> str:
        return advice_heading(self.after.feeling)

    @property
    def lines(self) -> list[str]:
        """The rest of the advice, and what happens to the session."""
        lines = (*advice_lines(self.after.feeling, self.number), self.after.words)
        return [words for words in lines if words]


@dataclass(frozen=True)
class ShowSummary(Request[None]):
    """Show what was done."""

    heading: str
    tone: str
    parts: tuple[tuple[str, ...], ...]
    """Advice that still holds, the work by region, by exercise, and the soreness."""
