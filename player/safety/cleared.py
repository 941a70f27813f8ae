"""The only way into a session: a plan that was cleared for this person today."""

from dataclasses import InitVar, dataclass

from player.routine.model import Plan, steps_of
from player.safety.adapt import AdaptedPlan, is_blocked
from player.safety.clearance import FRESH_S, Clearance, why_not_fresh
from player.safety.matrix import Rank

TOO_LITTLE = "it is not a good day for this routine; less than half of it is left"
_ADMITTED = object()


@dataclass(frozen=True, slots=True)
class Cleared:
    """A plan that may be played now. Only `admit` creates one."""

    plan: Plan
    clearance: Clearance
    person: str
    token: InitVar[object]

    def __post_init__(self, token: object) -> None:
        if token is not _ADMITTED:
            raise TypeError("a Cleared plan is made by player.safety.cleared.admit alone")

    @property
    def at(self) -> float:
        """When the person answered today's questions, in seconds since 1970."""
        return self.clearance.at

    def valid(self, now: float) -> bool:
        """Whether the answers are at most two hours old at `now` (seconds since 1970)."""
        return 0 <= now - self.at <= FRESH_S


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why nothing may be played."""

    rank: Rank
    words: str


def admit(plan: Plan, clearance: Clearance, person: str, now: float) -> Cleared | Refusal:
    """Admit a plan that `adapt` made for today's clearance; return a Refusal for any other."""
    if not clearance.plays:
        return Refusal(clearance.rank, "; ".join(clearance.whole_session))
    screened = isinstance(plan, AdaptedPlan) and plan.is_for(clearance)
    if not screened or is_blocked(plan, clearance):
        return Refusal(Rank.STOP, "nobody screened this plan")
    if not clearance.fresh(now):
        return Refusal(Rank.STOP, why_not_fresh(clearance, now))
    if not person.strip():
        return Refusal(Rank.STOP, "nobody said who it is for")
    if not steps_of(plan.items):
        return Refusal(clearance.rank, "nothing of this routine is left for today")
    if plan.too_little:
        return Refusal(clearance.rank, TOO_LITTLE)
    return Cleared(plan, clearance, person, _ADMITTED)
