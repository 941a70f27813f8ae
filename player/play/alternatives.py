"""Finds other routines that the person may play today, in addition to the chosen one or instead."""

from player.library.opening import open_routine
from player.play.result import Offer
from player.routine.catalogue import Catalogue
from player.routine.model import Plan
from player.routine.terms import SHIPPED
from player.safety.adapt import adapt
from player.safety.clearance import Clearance, judge
from player.safety.interview import Interview
from player.safety.matrix import Rank, load_matrix

_CARE = {"acute_strain": "early-care", "cramp_now": "cramp-ease"}
"""The routine that cares for a fresh injury or cramp, by the key of the finding."""

_LEG = frozenset({"calf", "shin", "foot", "knee", "quad", "ham", None})
"""The places where early care helps. A strain without a place (None) may be in the leg."""

_INSTEAD = "quiet-breathing"


def offers(
    interview: Interview, clearance: Clearance, plan: Plan, catalogue: Catalogue
) -> tuple[Offer, ...]:
    """Return the routines to offer.

    The person is offered care for a fresh injury or cramp, and a calm routine if little of the
    chosen one can be done today. The same answers clear each of them. If the person picks one,
    only its additional questions are asked.
    """
    if clearance.rank >= Rank.URGENT:
        return ()
    found = [(id_, key) for key, id_ in _CARE.items() if _is_for(key, clearance)]
    if not plan.items or plan.too_little:
        found.append((_INSTEAD, ""))
    offered = []
    for id_, key in found:
        routine = open_routine(SHIPPED / f"{id_}.yaml", catalogue).routine
        if routine is None or routine.id == plan.routine.id:
            continue
        answers = interview.for_routine(routine, deep_pressure_today=False).so_far
        other = adapt(routine, judge(answers, load_matrix(), clearance.at), catalogue)
        if other.items and not other.too_little:
            why = f"for {clearance.says[key]}" if key else "which can be done today"
            offered.append(Offer(routine, why))
    return tuple(offered)


def _is_for(key: str, clearance: Clearance) -> bool:
    """Return whether this care helps a finding. Early care does not help a strained back."""
    places = {finding.place for finding in clearance.findings if finding.key == key}
    return bool(places & _LEG)
