"""Describes a clearance and a plan in words, for every interface and for the dry run."""

from collections.abc import Iterator
from itertools import groupby

from player.routine.model import Plan, Swapped
from player.safety.clearance import Clearance
from player.safety.matrix import Rank, load_matrix


def meaning_today(clearance: Clearance, plan: Plan, refused: bool) -> str:
    """What the class of a clearance means for one routine today."""
    if clearance.rank >= Rank.URGENT:
        return clearance.advice
    if refused:
        return "This routine is not for today."
    if clearance.rank >= Rank.ADAPT and not (plan.left_out or plan.swapped or plan.eased):
        return "Nothing has to change in this routine today."
    if clearance.rank is Rank.STOP:
        return "A part is not played until a clinician has said that it is fine."
    return clearance.advice


def finding_lines(clearance: Clearance) -> list[str]:
    """Each finding that counts today, with its advice."""
    rows = load_matrix().conditions
    found = [f"You told of: {clearance.says[key]}." for key in clearance.keys]
    advice = [rows[key].advice if key in rows else "" for key in clearance.keys]
    return [" ".join(filter(None, pair)) for pair in zip(found, advice, strict=True)]


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
