"""Finds words after a place that ask to press it after all: `…, then roll over it`."""

from functools import cached_property

from player.routine.pressing.clauses import Clauses, Mention
from player.routine.pressing.matches import first_where

_PRONOUN_WITHIN = 5
_NOT_ON = ("muscles", "negatives", "avoid", "leaves_off")
"""Words that show that a clause presses nothing, or something else."""
_TAKES_BACK = ("negatives", "avoid", "reasons")


class Afterwards:
    """What a sentence says after its places. It is read once, however many places there are."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses

    def comes_back(self, spot: Mention) -> bool:
        """Whether the sentence presses the place after all: `…, then roll over it`."""
        clauses, start = self.clauses, spot.end
        end = clauses.end_of(start)
        # After the name of a tool, `it` is the tool.
        tool = clauses.first_end("tools", start)
        denied = min(clauses.first_end(name, start) for name in _TAKES_BACK)
        place_here, tool_here = self._pronouns
        place_later, tool_later = self._later_pronouns
        last = min(end, denied)
        return (
            _next(place_here, start) < min(last, tool)
            or _next(tool_here, max(start, tool)) < last
            or _next(place_later, end) < min(clauses.size, tool)
            or _next(tool_later, max(end, tool)) < clauses.size
        )

    def moves_onto(self, spot: Mention) -> bool:
        """Whether a stroke beside a bone moves onto it: `… and then over it`."""
        clauses = self.clauses
        at = _next(self._over_it, spot.end)
        return at < clauses.size and not clauses.has(clauses.begin_of(at), at, "negatives", "avoid")

    def goes_on(self, spot: Mention) -> bool:
        """Whether a sore place is pressed on: `if it tingles behind the knee, press harder`."""
        clauses = self.clauses
        return _next(self._pressing_clauses, clauses.end_of(spot.end)) < clauses.size

    @cached_property
    def _pronouns(self) -> tuple[list[int], list[int]]:
        """Where the next verb presses `it`: if `it` can be the place, and if it may be a tool."""
        verbs = range(self.clauses.size)
        place, tool = (
            [self._presses_pronoun(verb, about_tool=about_tool) for verb in verbs]
            for about_tool in (False, True)
        )
        return first_where(place), first_where(tool)

    @cached_property
    def _later_pronouns(self) -> tuple[list[int], list[int]]:
        """The same, but without verbs that are negated in their own clause."""
        clauses = self.clauses
        verbs = range(clauses.size)
        kept = [not clauses.has(clauses.begin_of(verb), verb, *_TAKES_BACK) for verb in verbs]
        place, tool = (
            first_where([kept[verb] and found[verb] == verb for verb in verbs])
            for found in self._pronouns
        )
        return place, tool

    @cached_property
    def _over_it(self) -> list[int]:
        clauses = self.clauses

        def is_over_it(at: int) -> bool:
            after = clauses.skip(at + 1, clauses.size)
            return after < clauses.size and clauses.is_any(after, "pronouns", "bone")

        over = clauses.are_any("over_pronoun")
        return first_where([word and is_over_it(at) for at, word in enumerate(over)])

    @cached_property
    def _pressing_clauses(self) -> list[int]:
        clauses = self.clauses

        def presses(begin: int) -> bool:
            stop = clauses.end_of(begin + 1)
            at = clauses.skip(begin, stop, "so_that", "subject", "before_verb")
            return clauses.is_pressing(at) and not clauses.has(begin, stop, *_NOT_ON)

        return first_where([clauses.is_cut(at) and presses(at) for at in range(clauses.size)])

    def _presses_pronoun(self, verb: int, *, about_tool: bool) -> bool:
        """Whether a word of contact presses `it`. `about_tool`: `it` may be a tool."""
        clauses = self.clauses
        if not clauses.is_pressing(verb):
            return False
        clitics = tuple(clauses.lists["clitics"].words)
        if clauses.texts[verb].endswith(clitics) and not about_tool:
            return True
        for at in range(verb + 1, min(verb + _PRONOUN_WITHIN, clauses.size)):
            if clauses.gap(at):
                return False
            if clauses.is_any(at, "pronouns", "bone"):
                after = at + 1
                if about_tool and not clauses.is_any(at, "here", "bone"):
                    return False
                return clauses.is_cut(after) or clauses.is_any(after, "ahead", "cut_before_verb")
            if not clauses.is_any(at, "over_pronoun", "ahead", "articles", "tools", "hands"):
                return False
        return False


def _next(places: list[int], at: int) -> int:
    return places[min(at, len(places) - 1)]
