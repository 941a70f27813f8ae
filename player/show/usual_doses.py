"""The doses that the sources advise for each kind of exercise, to compare a routine with."""

from typing import NamedTuple

from player.routine.vocabulary import Kind


class Usual(NamedTuple):
    """A usual dose in words, and its source."""

    dose: str
    source: str


ENOUGH_STRETCH_MS = 60_000
"""Enough work for one static stretch on one side, all sets together."""

USUAL = {
    Kind.STATIC: Usual(
        "at least 60 s per exercise and side in all; past about 4 min per muscle no more range "
        "is gained",
        "ACSM (Garber 2011); Ingram 2025",
    ),
    Kind.DYNAMIC: Usual(
        "1 or 2 sets of 8 to 15 per side, 30 to 90 s per muscle; 5 to 10 min as a warm-up",
        "Behm & Chaouachi 2011; AAOS",
    ),
    Kind.CONTRACT_RELAX: Usual(
        "contract 3 to 6 s, stretch 10 to 30 s, 2 to 4 cycles", "ACSM (Garber 2011)"
    ),
    Kind.ROLL: Usual("1 to 3 sets of 30 to 120 s", "Behm 2020"),
    Kind.PRESS: Usual("30 to 60 s a spot, never more than 90 s", "Hou 2002"),
    Kind.DEEP_PRESS: Usual("nobody has tried how much; a maker says 2 min a day", "Hip Hook"),
    Kind.BREATHE: Usual(
        "5 to 7 slow breaths a minute, longer out than in", "Laborde 2022; Russo 2017"
    ),
    Kind.HEAT: Usual("at most 15 to 20 min, with a cloth between", "no trial named"),
    Kind.COOL: Usual("10 to 15 min, look at 5 min, never more than 20 min", "NHS leaflets"),
    Kind.EARLY_CARE: Usual("10 to 20 min at a time; nobody has tried how much", "no trial"),
}
