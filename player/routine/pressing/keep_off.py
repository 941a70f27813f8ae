"""Finds words before a place that say to keep off it: `never press`, `stay away from`."""

from player.routine.pressing.clauses import Clauses, Mention
from player.routine.pressing.sentences import Gap

_DENIED_WITHIN = 7
"""The most words between `never press` and its place."""

_AVOIDED_WITHIN = 4
"""The most words between `avoid` and its place, without articles."""

_LONGEST = 16
"""More words than any phrase of a list."""
_SHORT = 8
"""The most words of a clause that only says to keep off."""

_BETWEEN = ("fillers", "tools", "hands", "objects", "or_words")


def is_denied(clauses: Clauses, begin: int, spot: Mention) -> bool:
    """Whether a negative applies to the place: `never press the groin`, `not on the groin`."""
    for at in clauses.near(spot, begin, ("wrong_to", "negatives"), ("after_negative",)):
        if length := clauses.phrase("wrong_to", at):
            first = clauses.skip(at + length, spot.start)
            if not clauses.has(begin, at, "negatives") and clauses.is_pressing(first):
                return _leads_to(clauses, first + 1, spot)
        denies = clauses.is_any(at, "negatives") and not _is_cancelled(clauses, begin, at)
        if denies and _reaches(clauses, at, spot):
            return True
    return (
        clauses.is_any(begin, "carries_negative")
        and _reaches(clauses, begin, spot)
        and _goes_on_denying(clauses, begin)
    )


def _is_cancelled(clauses: Clauses, begin: int, at: int) -> bool:
    """Whether something before a negative word turns it round, as in `why not`."""
    if clauses.has(begin, at, "questions"):
        return True
    if clauses.has(begin, at, "avoid") or _turns_round(clauses, begin):
        return True
    goes_on = at > begin and clauses.is_any(at - 1, "conjunctions", "or_words")
    if goes_on or clauses.is_any(at, "repeats_negative"):
        return False
    return clauses.has(begin, at, "negatives")


def _turns_round(clauses: Clauses, begin: int) -> bool:
    """Whether a clause begins with `but` and follows advice to keep off."""
    if begin == 0 or not clauses.is_any(begin, "but"):
        return False
    return clauses.has(clauses.begin_of(begin - 1), begin, "negatives", "avoid", "keep_off")


def _reaches(clauses: Clauses, negative: int, spot: Mention) -> bool:
    """Whether one word of contact, or none, leads from a negative word to the place."""
    at = clauses.skip(negative + 1, spot.start, "after_negative")
    if clauses.is_any(at, "tools") and clauses.is_pressing(at + 1):
        at += 1  # `never should the ball sit on …`
    if length := clauses.phrase("let", at):
        at += length
        if at >= spot.start or clauses.is_any(at, "let_go"):
            return False
        move = clauses.next_press(at)
        if move < spot.start:
            return _leads_to(clauses, at, spot._replace(start=move)) and _leads_to(
                clauses, move + 1, spot
            )
    elif at < spot.start and clauses.is_any(at, "contact") and _may_press(clauses, at):
        noun = clauses.is_any(negative, "bare_no") and clauses.is_any(at, "not_contact_after_no")
        return not noun and _leads_to(clauses, at + 1, spot)
    elif at < spot.start and not clauses.is_any(at, "prepositions", *_BETWEEN):
        return False
    return _leads_to(clauses, at, spot)


def _may_press(clauses: Clauses, at: int) -> bool:
    """Whether a word is one of contact, be it a verb or a noun: `never a stroke over …`."""
    return clauses.is_pressing(at) or clauses.is_any(at, "noun_after_article")


def _leads_to(clauses: Clauses, at: int, spot: Mention) -> bool:
    """Whether only small words stand between an index and the place."""
    return (
        spot.start - at <= _DENIED_WITHIN
        and clauses.only(at, spot.start, *_BETWEEN)
        and not clauses.names_place(at, spot.start)
    )


def _goes_on_denying(clauses: Clauses, begin: int) -> bool:
    """Whether the negative of the clause before still holds, as in `never press or roll …`."""
    while begin > 0:
        start = clauses.begin_of(begin - 1)
        first = clauses.skip(start, begin, "negatives", "after_negative", "do")
        if not clauses.is_pressing(first) or clauses.has(start, begin, "degrees", "restricts"):
            return False
        if clauses.has(start, first, "negatives"):
            return True
        if first != start or begin - start > 1:
            return False
        begin = start
    return False


def is_avoided(clauses: Clauses, begin: int, spot: Mention) -> bool:
    """Whether words such as `avoid`, `away from` or `stay off` come just before the place."""
    for at in clauses.near(spot, begin, ("avoid", "off")):
        length = clauses.phrase("avoid", at) or int(_is_kept_off(clauses, begin, at))
        if not length:
            continue
        doing = clauses.phrase("avoid_doing", at)
        leads = doing and clauses.is_pressing(at + doing)
        if (
            _follows_closely(clauses, at + length, spot)
            or (leads and _leads_to(clauses, at + doing + 1, spot))
        ) and not _is_taken_back(clauses, begin, at):
            return True
    return False


def _follows_closely(clauses: Clauses, at: int, spot: Mention) -> bool:
    """Whether only a few small words, none of which leads into it, stand before the place."""
    at += clauses.phrase("not_only", at)
    if (
        at > spot.start
        or clauses.names_place(at, spot.start)
        or not clauses.only(at, spot.start, "keep_fillers")
    ):
        return False
    content = [i for i in range(at, spot.start) if not clauses.is_any(i, "articles")]
    return len(content) <= _AVOIDED_WITHIN


def _is_kept_off(clauses: Clauses, begin: int, at: int) -> bool:
    """Whether a word is `off` in the sense of away: `stay off`, but not `push off`."""
    if not clauses.is_any(at, "off") or clauses.presses(begin, at, "gentle_verbs"):
        return False
    return at == begin or clauses.has(begin, at, "gentle_verbs")


def _is_taken_back(clauses: Clauses, begin: int, at: int) -> bool:
    """Whether words before `avoid` take it back: `never avoid`, `people who avoid`."""
    start = clauses.first_start("no_ops", begin)
    if start < at:
        begin = start + clauses.phrase("no_ops", start)
    too_near = clauses.phrase_before("fingers", at) or clauses.phrase_before("fists", at)
    return (
        bool(too_near)
        or clauses.has(begin, at, "negatives", "denials")
        or clauses.has(begin, at + 2, "not_avoid")
    )


def is_under_headline(clauses: Clauses, begin: int, spot: Mention) -> bool:
    """Whether the place follows advice that ends in a colon: `Never press: the groin`."""
    if begin == 0 or clauses.gap(begin) is not Gap.BREAK:
        return False
    start = clauses.begin_of(begin - 1)
    return clauses.only(begin, spot.start, "fillers") and says_keep_off(clauses, start, begin)


def says_keep_off(clauses: Clauses, start: int, end: int) -> bool:
    """Whether a clause says to keep off without naming a place: `never press there`, `stay off`."""
    clause = (start, end)
    if clause not in clauses.kept_off:
        clauses.kept_off[clause] = _says_keep_off(clauses, start, end)
    return clauses.kept_off[clause]


def _says_keep_off(clauses: Clauses, start: int, end: int) -> bool:
    while end > start and clauses.is_any(end - 1, "pronouns", "here", "do"):
        end -= 1
    at = clauses.skip(start, end, "so_that", "subject")
    for first in range(max(start, end - _LONGEST), at + 1):
        if clauses.phrase("keep_off", first) == end - first > 0:
            return True
    if end - start > _SHORT or not clauses.has(start, end, "negatives"):
        return False
    first = clauses.skip(start, end, "so_that", "subject", "do", "here")
    if first == end or not clauses.is_any(first, "negatives"):
        return False
    first = clauses.skip(first + 1, end, "after_negative", "do")
    rest = clauses.skip(first, end, "prepositions", "pronouns", "here", "tools", "objects")
    if clauses.is_pressing(first):
        rest = clauses.skip(
            first + 1, end, "prepositions", "pronouns", "here", "tools", "objects", "or_words"
        )
    return rest == end
