"""Asks about an injury of 4 to 21 days (clinical content, section 2b)."""

from collections.abc import Iterable

from player.safety.asking import Asker, Talk
from player.safety.findings import Finding
from player.safety.hurt_place import ask_hurt_place, ask_is_unsafe, ask_signs, save_injury
from player.safety.record import Injury


def ask_older_injury(ask: Asker, since: float) -> Talk:
    """Ask where it is, who has looked at it and whether it gets better.

    An urgent answer ends the interview. Everything else is saved once all is answered.
    """
    questions = ask.questions
    place, side = yield from ask_hurt_place(ask)
    seen = not (yield from ask_is_unsafe(questions.older["O1"]))
    signs = [q for q in questions.injury if q.thinner] if seen else questions.injury
    found = yield from ask_signs(ask, signs, place, side, since, old=True)
    later = [questions.older[id_] for id_ in ("O3", "O4")]
    if not seen:
        later.insert(0, questions.older["O2"])
    found += yield from ask_signs(ask, later, place, side, since)
    better = all(finding.question != "O3" for finding in found)
    seen_at = ask.now if seen else None
    for finding in _one_of_each(found):
        told = finding._replace(seen_at=seen_at)
        save_injury(ask, (yield from ask.with_word(told)) if seen else told)
    better_at = ask.now if better else None
    healing = Finding("strain_healing", place, side, "O5", ask.now, since)
    save_injury(ask, healing._replace(seen_at=seen_at, better_at=better_at))
    ask.record.injuries.append(Injury(place, side, since, seen))


def _one_of_each(found: Iterable[Finding]) -> Iterable[Finding]:
    """The first finding of each condition."""
    return {finding.key: finding for finding in reversed(list(found))}.values()
