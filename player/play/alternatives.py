"""Other routines that the answers just given allow today, besides a routine or in its place."""

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
"""A finding that is fresh, and the routine that cares for it."""

_LEG = frozenset({"calf", "shin", "foot", "knee", "quad", "ham", None})
"""Where early care helps a strain; a strain without a place (None) may be there."""

_INSTEAD = "quiet-breathing"


def offers(
    interview: Interview, clearance: Clearance, plan: Plan, catalogue: Catalogue
) -> tuple[Offer, ...]:
    """Care for a fresh injury or cramp, and a calm routine where little is left of the chosen one.

    The same answers judge each of them. Whoever picks one answers only what it asks besides.
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
    """Whether this care helps one of the findings: early care does not help a strained back."""
    places = {finding.place for finding in clearance.findings if finding.key == key}
    return bool(places & _LEG)
