"""After a red flag, repeats the advice and asks about a check-up since then (invariant 8)."""

from player.safety.asking import Asker, Talk
from player.safety.clearance import ADVICE
from player.safety.derive import breaks_easily
from player.safety.findings import Finding
from player.safety.hurt import HURT
from player.safety.matrix import Rank
from player.safety.profile import RedFlag
from player.safety.prompts import Choice, Form, Prompt
from player.safety.record import EndInterview, Record

RED_S = 24 * 3_600.0
"""How long after a red flag, in seconds, the advice is shown before any other question."""

_WITHIN_A_DAY = "For a day after such an answer, the advice comes first."
_CHECKED = "Have you been checked since?"
_DAMAGED = "Part of what supple has saved is damaged or gone."
_UNTIL_CHECKED = "This can't wait, so supple asks until you have been checked."


def after_red(ask: Asker) -> Talk:
    """Show the advice again. The interview ends here if the person has not been checked since.

    A red flag from the future still counts: the clock was changed.
    """
    red, may_be_lost = ask.context.last_red, ask.context.may_have_lost_red
    if red is None:
        if may_be_lost:
            yield from _after_a_loss(ask)
        return
    condition = ask.context.matrix.conditions[red.key]
    if ask.now - red.at >= RED_S and not condition.until_checked and not may_be_lost:
        return
    reply = yield Prompt(
        "R0",
        Form.ONE,
        _CHECKED,
        _UNTIL_CHECKED if condition.until_checked else _WITHIN_A_DAY,
        (
            Choice("c", "Yes, I have been checked"),
            Choice("w", "I pressed the wrong key"),
            Choice("l", "No; leave"),
        ),
        (
            f"Last time, you told of {condition.says}.",
            ADVICE[condition.rank],
            *([_DAMAGED] if may_be_lost else []),
        ),
        lowers=frozenset("cw"),
    )
    if reply == "c":
        if red.question == "R2":
            count_as_seen(ask.record)
        ask.record.checked = True
        return
    if reply == "w":
        yield from _once_more(ask, red)
        return
    ask.record.left = True
    raise EndInterview


def _after_a_loss(ask: Asker) -> Talk:
    """Ask about a check-up, because a red flag may be lost. Nobody knows whether there was one."""
    reply = yield Prompt(
        "R0",
        Form.ONE,
        _CHECKED,
        "supple no longer knows if there was such a sign, so it asks.",
        (
            Choice("c", "Yes, I have been checked"),
            Choice("s", "I have had no such sign"),
            Choice("l", "No; leave"),
        ),
        (_DAMAGED, "If you told of a sign that needs help, it may be lost.", ADVICE[Rank.URGENT]),
        lowers=frozenset("cs"),
    )
    if reply == "l":
        ask.record.left = True
        raise EndInterview
    ask.record.checked = True


def count_as_seen(record: Record) -> None:
    """Count each injury that led to the flag as seen: the person was checked for it (R2)."""
    easily = breaks_easily(record.keys)
    record.standing = [
        f._replace(seen_at=record.now) if f.key in HURT and easily(f) else f
        for f in record.standing
    ]


def _once_more(ask: Asker, red: RedFlag) -> Talk:
    """Ask again, in full, only the question that led to the red flag."""
    matrix, words = ask.context.matrix, ask.questions.words
    says, why = f"Is it so: {matrix.conditions[red.key].says}?", ""
    lines: tuple[str, ...] = ()
    fine = "no"
    injury = ask.questions.find_injury(red.question)
    question = ask.questions.find(red.question)
    if red.question in words:
        says, why = words[red.question], words.get(f"why_{red.question}", "")
    elif injury:
        says, why = injury.ask, injury.why
        fine = "no" if injury.unsafe == "yes" else "yes"
    elif question:
        options = [option for option in question.options if red.key in option.keys]
        why = question.why
        if not question.options or question.only_red(matrix):
            says = question.ask
        else:
            lines = (question.ask,)
            says = f"Is this one so: {options[0].say}?" if len(options) == 1 else says
    prompt = Prompt(
        f"R0-{red.question}", Form.YES_NO, says, why, lines=lines, lowers=frozenset(fine[0])
    )
    reply = yield prompt
    if reply != fine:
        ask.record.add(Finding(red.key, question=red.question, at=ask.now))
    ask.record.checked = True
