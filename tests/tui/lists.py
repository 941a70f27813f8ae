"""The longest lists of questions, and how a person marks and answers them."""

from player.safety.profile import Profile
from player.safety.prompts import Prompt, Reply
from player.tui.screens.choice import ChoiceScreen
from player.tui.widgets.mark_list import MarkList
from tests.safety.making import new_interview, reply_to, shipped
from tests.tui.stage import Stage


def _asked(id_: str) -> Prompt:
    """Return a prompt that a newcomer to the hamstring stretch is asked."""
    routine = next(routine for routine in shipped() if routine.id == "hamstring-stretch")
    interview = new_interview(routine, Profile())
    while (prompt := interview.prompt) is not None and prompt.id != id_:
        interview = interview.answer(reply_to(prompt, {}))
    assert prompt is not None, id_
    return prompt


TODAY, PROFILE = _asked("today"), _asked("profile")
SIZES = ((120, 40), (80, 24), (40, 12))


async def shown(stage: Stage, prompt: Prompt) -> list[Reply | None]:
    """Show a prompt on the screen. The reply appears in the list that is returned."""
    replies: list[Reply | None] = []
    await stage.app.push_screen(ChoiceScreen("T", prompt, required=True), replies.append)
    await stage.settle()
    return replies


def row_of_line(stage: Stage, words: str) -> int:
    """Return where on the screen a line with these words is."""
    return next(y for y, line in enumerate(stage.text().split("\n")) if words in line)


def pages(stage: Stage) -> int:
    """Return how many pages the present list has."""
    reading = stage.screen.query_one(MarkList)._reading
    assert reading is not None
    return len(reading.pages)
