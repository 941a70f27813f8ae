"""The end of a session: open checks, how sore the person is now, and the summary."""

from player.play.pain import Advice, advice_heading, advice_lines, is_red
from player.play.requests import (
    Ask,
    AskFeeling,
    FlowPart,
    Head,
    ShowAdvice,
    ShowNote,
    ShowSummary,
    ask,
)
from player.play.result import Result
from player.play.running import Live
from player.routine.times import clock as clock_words
from player.safety.derive import BAD
from player.safety.stop_list import HURTS, Then
from player.session.state import Do, Notice, Phase
from player.session.summary import after_prompts, region_lines, summary_lines

SKIPPED = "Everything was skipped."


def ask_checks(live: Live, head: Head, number: str) -> FlowPart[None]:
    """Ask each check that was still open when the session ended."""
    while (prompt := live.check) is not None:
        reply = yield from ask(Ask(head, prompt, required=True))
        hurts = reply == HURTS
        if reply is not None and not hurts:
            after = live.answer_check(reply)
            if after.words or after.feeling.then is Then.END:
                hurts = yield from ask(ShowAdvice(head, Advice(after, number)))
        while hurts:
            feeling = yield from ask(AskFeeling(head, live.feelings))
            after = live.report_pain(feeling)
            hurts = yield from ask(ShowAdvice(head, Advice(after, number)))


def finish(live: Live, result: Result, head: Head, number: str, now: int) -> FlowPart[bool]:
    """Ask how sore the person is now, then show what was done.

    Returns whether the person takes back that the session ended. It is then paused.
    """
    regions, done = region_lines(live.state, now), summary_lines(live.state, now, live.languages)
    feeling = live.ended_by
    red = feeling is not None and is_red(feeling)
    advice: list[str] = []
    if feeling is not None:
        advice = [*([] if red else [feeling.says]), *advice_lines(feeling, number)]
    sore: tuple[str, ...] = ()
    is_bad = False
    if done and not red:
        sore, is_bad = yield from _ask_soreness(live, result, head)
    heading, tone = _heading(live, bool(done))
    parts = tuple(tuple(part) for part in (advice, regions, done, sore) if part)
    if not parts and heading != SKIPPED:
        parts = (("Nothing was done.",),)
    can_go_back = live.can_be_brought_back and not is_bad
    goes_back = yield from ask(ShowSummary(head, heading, tone, parts, can_go_back))
    if not (goes_back and can_go_back):
        return False
    effects = live.do(Do.UNDO)
    if live.is_over:
        words = " ".join(effect.text for effect in effects if isinstance(effect, Notice))
        yield from ask(ShowNote(head, words))
    return not live.is_over


def _heading(live: Live, did_something: bool) -> tuple[str, str]:
    """The heading of the summary and its tone."""
    state, feeling = live.state, live.ended_by
    if feeling is not None and is_red(feeling):
        return advice_heading(feeling), "grave"
    if state.phase is not Phase.DONE:
        at, total = clock_words(state.position), clock_words(live.planned_ms)
        return f"Left at {at} of {total}.", ""
    return ("Well done.", "good") if did_something else (SKIPPED, "")


def _ask_soreness(live: Live, result: Result, head: Head) -> FlowPart[tuple[tuple[str, ...], bool]]:
    """Ask how sore each place is now, and save it. If the person leaves, ask no more.

    Returns the lines for the summary, and whether a place is too sore to go on today.
    """
    lines, is_bad = [], False
    for before, prompt in after_prompts(result.sorenesses):
        reply = yield from ask(Ask(head, prompt))
        if not isinstance(reply, int):
            break
        live.save_soreness(before, reply)
        is_bad = is_bad or reply >= BAD
        lines.append(f"Soreness: {before.level} before, {reply} now.")
    return tuple(lines), is_bad
