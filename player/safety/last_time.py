"""Asks how the person was since the last session (clinical content, section 2g)."""

from player.routine.vocabulary import Side
from player.safety.aftermath import After, AfterEvent, Last
from player.safety.asking import Asker, Talk
from player.safety.prompts import Choice, Form, Prompt

_HOW = (Choice("b", "better"), Choice("s", "the same"), Choice("w", "worse"))
_ANSWERS = {"b": After.BETTER, "s": After.SAME, "w": After.WORSE}


def ask_last_time(ask: Asker) -> Talk:
    """Ask whether it was better, the same or worse, and what is new. Save each report.

    If nothing can play today, only a new sign is asked about, because it may be urgent. The rest
    is asked at the next start.
    """
    past, words = ask.context.past, ask.questions.words
    can_play = ask.record.can_play
    for bruise in past.bruises if can_play else ():
        line = words["after.bruise_line"].format(place=_place(ask, bruise))
        prompt = Prompt(
            "A3",
            Form.YES_NO,
            words["after.healed"],
            words["after.why_healed"],
            lines=(line,),
            lowers=frozenset("y"),
        )
        if (yield prompt) == "yes":
            ask.record.after.append(bruise._replace(report=After.HEALED, at=ask.now))
    sessions = past.asks_about(ask.context.routine.id, ask.now)
    if not sessions:
        return
    for session in sessions if can_play else ():
        yield from _how_it_was(ask, session)
    last = sessions[0]
    new = ask.questions.anything_new
    if (yield Prompt("A2", Form.YES_NO, new.ask, new.why)) == "no":
        return
    picked = yield from ask.ask_options(new)
    for option in picked or new.options:
        if option.bruise:
            place, side = (yield from ask.ask_place("A2.where")) if picked else (None, None)
            _save(ask, last, After.BRUISE, place, side)
        elif picked or not ask.is_red(option):
            yield from ask.take_option(option, new.id, in_profile=False)


def _how_it_was(ask: Asker, last: Last) -> Talk:
    words = ask.questions.words
    lines = (_about(ask, last),)
    how = yield Prompt("A1", Form.ONE, words["after.how"], words["after.why_how"], _HOW, lines)
    after = _ANSWERS[str(how)]
    if after is not After.WORSE:
        _save(ask, last, after)
        return
    place, side = yield from ask.ask_place("A1.where")
    _save(ask, last, after, place, side)
    wakes = yield Prompt("A1.night", Form.YES_NO, words["after.night"], words["after.why_night"])
    if wakes != "no":
        _save(ask, last, After.NIGHT, place, side)


def _save(
    ask: Asker, last: Last, after: After, place: str | None = None, side: Side | None = None
) -> None:
    event = AfterEvent(after, last.session, last.routine, place, side, ask.now)
    ask.record.after.append(event)


def _about(ask: Asker, last: Last) -> str:
    """Which session it is about, and what is known of the soreness before and after it."""
    if last != ask.context.past.last:
        return ask.questions.words["after.line_stopped"].format(name=last.name)
    known = (last.before is not None, last.after is not None)
    line = {(True, True): "line_sore", (True, False): "line_before", (False, True): "line_after"}
    words = ask.questions.words[f"after.{line.get(known, 'line')}"]
    return words.format(name=last.name, before=last.before, after=last.after)


def _place(ask: Asker, bruise: AfterEvent) -> str:
    says = {place.id: place.say for place in ask.questions.places}
    place = says.get(bruise.place or "", "somewhere")
    return f"{place}, {bruise.side}" if bruise.side else place
