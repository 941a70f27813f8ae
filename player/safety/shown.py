"""Decides which class is shown. It counts only what changes something in this routine (2e).

The class of a clearance stays the full one, for the history and for every gate.
"""

from typing import NamedTuple

from player.routine.catalogue import Catalogue
from player.routine.model import Routine
from player.safety.clearance import Clearance
from player.safety.matrix import Rank
from player.safety.touching import conditions_that_change


class Shown(NamedTuple):
    """The class to show, and the conditions that change nothing in this routine."""

    rank: Rank
    without_effect: frozenset[str] = frozenset()


def shown_today(routine: Routine, clearance: Clearance, catalogue: Catalogue) -> Shown:
    """Return the worst class of the conditions that change something in this routine.

    A condition changes something if it alone, on the routine as it is written and all that may
    stand in, takes out, swaps, eases or notes a step. A note that belongs to no step raises the
    class to caution only. An emergency, something urgent and a stop of the whole session are
    always shown.
    """
    if clearance.rank >= Rank.URGENT or not clearance.plays:
        return Shown(clearance.rank)
    effective = conditions_that_change(routine, clearance, catalogue)
    ranks = [clearance.ranks[key] for key in effective if key in clearance.ranks]
    ranks += [Rank.CAUTION] if clearance.notes else []
    without_effect = clearance.ranks.keys() - effective - clearance.notes.keys()
    return Shown(max(ranks, default=Rank.PLAY), frozenset(without_effect))
