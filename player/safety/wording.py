"""Describes a clearance and a plan in words, for every interface and for the dry run."""

from collections.abc import Iterator
from itertools import groupby

from player.routine.model import Plan, Swapped
from player.safety.clearance import ADVICE, Clearance
from player.safety.matrix import Rank, load_matrix
from player.safety.shown import Shown

_UNCHANGED = "Nothing has to change in this routine today."
_NO_CLEARANCE = "That is no medical clearance."
WITHOUT_EFFECT = "Nothing in this routine is affected by"
"""The start of the line about a condition that changes nothing in this routine."""


def meaning_today(clearance: Clearance, shown: Shown, plan: Plan, refused: bool) -> str:
    """What the class that is shown means for one routine today."""
    if shown.rank >= Rank.URGENT:
        return clearance.advice
    if refused:
        return "This routine is not for today."
    if shown.rank >= Rank.ADAPT and not (plan.left_out or plan.swapped or plan.eased):
        return _UNCHANGED
    if shown.rank is Rank.STOP:
        return "A part is not played until a clinician has said that it is fine."
    if shown.rank is Rank.PLAY and clearance.says:
        return f"{_UNCHANGED} {_NO_CLEARANCE}"
    return ADVICE[shown.rank]


def finding_lines(clearance: Clearance, shown: Shown) -> list[str]:
    """Each finding that counts today, with its advice, and those that change nothing here."""
    told = [_told(key, clearance) for key in clearance.keys if key not in shown.without_effect]
    seen = _to_be_seen(clearance)
    told += [_seen_line(key, key in shown.without_effect) for key in seen]
    others = shown.without_effect - {*seen}
    return [*told, *(_without_effect(key, clearance) for key in clearance.says if key in others)]


def _told(key: str, clearance: Clearance) -> str:
    condition = load_matrix().conditions.get(key)
    advice = condition.advice if condition else ""
    return " ".join(filter(None, [f"You told of: {clearance.says[key]}.", advice]))


def _to_be_seen(clearance: Clearance) -> list[str]:
    """The conditions that somebody should look at, and that no clinician has cleared."""
    if clearance.rank >= Rank.URGENT:
        return []
    rows = load_matrix().conditions
    return [
        key
        for key in clearance.keys
        if key in rows and rows[key].see and clearance.ranks[key] >= Rank.STOP
    ]


def _seen_line(key: str, has_no_effect: bool) -> str:
    what = load_matrix().conditions[key].see
    if has_no_effect:
        return f"{what}: nothing here touches it. Have it looked at."
    return f"{what}: have it looked at."


def _without_effect(key: str, clearance: Clearance) -> str:
    if any(f.key == key and f.question == "R6" for f in clearance.findings):
        return f"{WITHOUT_EFFECT} your age."
    return f"You told of: {clearance.says[key]}. {WITHOUT_EFFECT} it."


def change_lines(plan: Plan, languages: tuple[str, ...] = ()) -> Iterator[str]:
    """What is left out, swapped and made easier today, and why."""
    gone: dict[str, list[str]] = {}
    for change in plan.left_out:
        side = f", {change.side} side" if change.side else ""
        gone.setdefault(change.reason, []).append(f"{change.step.title.pick(languages)}{side}")
    for reason, titles in gone.items():
        yield f"Left out: {'; '.join(dict.fromkeys(titles))} ({reason})."
    for step, swaps in groupby(plan.swapped, lambda swap: swap.step):
        rows = list(swaps)
        by = " and ".join(_with_equipment(swap, plan, languages) for swap in rows)
        yield f"Instead of {step.title.pick(languages)}: {by} ({rows[0].reason})."
    by_reason: dict[str, list[str]] = {}
    for eased in plan.eased:
        by_reason.setdefault(eased.reason, []).append(eased.step.title.pick(languages))
    for reason, titles in by_reason.items():
        yield f"Half as much and gentler: {', '.join(dict.fromkeys(titles))} ({reason})."


def _with_equipment(swap: Swapped, plan: Plan, languages: tuple[str, ...]) -> str:
    """The substitute of a step, with the equipment that the routine did not need before."""
    at_hand = frozenset[str]().union(*(step.equipment for step in plan.routine.steps))
    needs = sorted(swap.by.equipment - at_hand)
    return swap.by.name.pick(languages) + (f", which needs: {', '.join(needs)}" if needs else "")
