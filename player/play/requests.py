"""The requests that the flow of a session sends to its host.

The flow yields one request after another. The host shows or asks it, and sends the reply back.
The requests contain all words for the person. Therefore every host shows the same words.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from player.history.people import Person
from player.play.pain import Advice
from player.play.result import Offer, Result
from player.play.running import Live
from player.routine.model import Plan
from player.safety.interview import Interview
from player.safety.prompts import Prompt, Reply
from player.safety.stop_list import Feeling, StopList
from player.session.pressing import PressWarning
from player.session.timeline import Timeline

_Reply = TypeVar("_Reply")
_Result = TypeVar("_Result")

FlowPart = Generator["Request[Any]", Any, _Result]
"""A part of the flow.

The type of a reply depends on its request. `Generator` can't express that, hence `Any`; `ask`
restores the type.
"""


class Head(NamedTuple):
    """The heading above every request."""

    title: str
    """The name of the routine."""
    subtitle: str
    """The person. Before the person is known, the length of the routine."""


@dataclass(frozen=True)
class Request(Generic[_Reply]):
    """Something that a host shows or asks. It gets exactly one reply."""

    head: Head


def ask(request: Request[_Reply]) -> FlowPart[_Reply]:
    """Yield one request and return its reply."""
    reply: _Reply = yield request
    return reply


@dataclass(frozen=True)
class AskPerson(Request[str | None]):
    """Ask who will play. The reply is a name, or None if the person leaves."""

    about: tuple[str, ...]
    """The equipment and the purpose of the routine."""
    known: tuple[str, ...]
    """The people who have played on this machine. The one who played last comes first."""
    intended: tuple[str, ...] = ()
    """What supple is for; only at the first start."""


@dataclass(frozen=True)
class Ask(Request[Reply | None]):
    """Ask one question. The reply is None if the person leaves instead of answering."""

    prompt: Prompt
    required: bool = False
    """Whether the person must answer before they can go on."""


@dataclass(frozen=True)
class AskAll(Request[Interview]):
    """Ask the safety questions. If the person leaves, the reply still has an open question."""

    interview: Interview
    on_answer: Callable[[Interview], None]
    """The host calls this after each answer, so that a red flag survives if the host is killed."""


Picked = Offer | bool
"""The person's choice: another routine to play instead, or whether to start this one."""


@dataclass(frozen=True)
class ShowResult(Request[Picked]):
    """Show what the answers mean today, and ask whether to start."""

    result: Result
    languages: tuple[str, ...]
    length_words: str
    """How long the session takes; empty if nothing can be played."""
    warning: str = ""
    """The warning before a massage that nobody has vetted; empty if the session has none."""

    @property
    def offers(self) -> dict[str, Offer]:
        """The routines that can be played instead, by the key that picks them."""
        return dict(zip("123456789", self.result.offers, strict=False))

    @property
    def before_offers(self) -> list[str]:
        """The lines above the offers: the refusal, if any, and the findings that count today."""
        return [words for words in (self.result.refusal, *self.result.reported) if words]

    def offer_words(self, key: str) -> str:
        """Return a line such as `Press 1 for Early care, for a fresh strain.`"""
        offer = self.offers[key]
        return f"Press {key} for {offer.name(self.languages)}, {offer.why}."

    @property
    def number_words(self) -> str:
        """A line with the emergency number if the person should call it; otherwise empty."""
        number = self.result.number
        return f"Your emergency number: {number}" if number else ""


@dataclass(frozen=True)
class ShowNote(Request[None]):
    """Show a few words and wait until the person closes them."""

    heading: str
    tone: str = "mild"
    """`good`, `mild`, `grave`, or empty."""
    enter_label: str = "leave"
    """A word for what Enter does."""


@dataclass(frozen=True)
class MakeSpeech(Request[bool]):
    """Make the speech before the session begins. The reply is whether the person leaves instead."""

    timeline: Timeline
    languages: tuple[str, ...]
    folder: Path
    """The folder of the coach's own sounds."""
    warning: PressWarning | None = None
    """What is said before the session begins, if anything."""


@dataclass(frozen=True)
class SayWarning(Request[None]):
    """Say a warning before the session begins, so that its time does not run yet.

    It takes no key. The host shows the words meanwhile. A host without a voice does nothing: the
    result and the gap before the massage show the words too.
    """

    warning: PressWarning
    person: Person


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
    """Ask what hurts. The person can't leave without naming a feeling."""

    stop_list: StopList


@dataclass(frozen=True)
class ShowAdvice(Request[bool]):
    """Show what to do about a feeling. The reply is True if something else hurts now."""

    advice: Advice


@dataclass(frozen=True)
class ShowSummary(Request[bool]):
    """Show what was done. The reply is True if the person takes back that the session ended."""

    heading: str
    tone: str
    parts: tuple[tuple[str, ...], ...]
    """The advice that still applies, the work by region, the work by exercise, the soreness."""
    can_go_back: bool = False
    """Whether the person can go back into the session."""
