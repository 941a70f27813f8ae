"""Lists of questions as long as real ones, and how a person marks and answers them."""

from player.safety.prompts import Choice, Form, Prompt, Reply
from player.tui.screens.choice import ChoiceScreen
from player.tui.widgets.mark_list import MarkList
from tests.tui.stage import Stage

_TODAY = {
    "Can't wait": (
        "Do you have chest pain, trouble breathing or sudden bad belly pain? Since yesterday, did "
        "you faint or cough up blood? Did your face drop, an arm go weak or your speech go odd?",
        "Are you newly numb between your legs or newly weak in both legs? Any new trouble holding "
        "or starting to pee or poo?",
        "Is one leg newly swollen, warm or a new colour, and not just round a fresh knock or "
        "sprain? Or is one calf or thigh newly sore, with no clear cause?",
        "Is a leg or foot suddenly cold, pale or numb and staying so, or hard and tight with pain "
        "that grows?",
    ),
    "Hurt or ill": (
        "In the last 3 weeks, did you hurt your leg, knee, hip or back, or feel a painful pop?",
        "Is your knee newly stuck or giving way, is a leg or foot newly weak, or can you not take "
        "4 steps?",
        "Do you have a fever, a hot swollen joint, dark brown pee or two newly swollen legs, or do "
        "you feel ill?",
    ),
    "New": (
        "Is anything new with your health: pregnant, an operation or jab, a new medicine or "
        "illness, or were you told to rest?",
        "Is one of these new: a lump in a leg or the groin, a deep bruise, a sore on a leg or "
        "foot, pain at night or at rest that is no cramp, or a trip of 4 hours or more?",
    ),
    "": ("A muscle is cramping right now",),
}
_ROWS = (
    "Pregnant, or a birth in the last 12 weeks",
    "A blood thinner, such as warfarin or apixaban. Or you bruise or bleed easily",
    "A blood clot ever, or cancer now",
    "In the last 12 weeks: an operation, a cast, or 3 days in bed. Or in the last 4 weeks: a "
    "trip of 4 hours or more",
    "A new hip or knee, or metal in a leg",
    "Thin bones, or steroid pills. Lately a germ drug ending in -floxacin, or a jab near a tendon",
    "Poor leg blood flow, calves that hurt when you walk, swollen legs, bulging veins, or numb "
    "feet",
    "A heart problem, very high blood pressure, dizzy spells, or a fall in the last year",
    "A hernia, or an artery that is too wide (aneurysm)",
    "Knee, hip or heel: arthritis, a lump behind the knee, kneecap pain, a torn ligament or "
    "meniscus, a knee that gives way, a hip that pinches, or a sore heel cord",
    "Pain or tingling down a leg, or a back that hurts when you arch it",
    "Very bendy joints, or a condition such as EDS",
    "Pain that wakes you and does not ease, weight loss you cannot explain, or night sweats",
)

TODAY = Prompt(
    "today",
    Form.MARKS,
    "Is one of these so today?",
    choices=tuple(
        Choice(key, say, group=group)
        for key, (group, say) in zip(
            "123456789c",
            ((group, say) for group, rows in _TODAY.items() for say in rows),
            strict=True,
        )
    ),
)
_TODAYS = ("Any cut, rash, bruise or lump where you will press?", "Is your heel cord sore?")
_AGES = {"u": "I am under 16", "s": "I am 16 to 64", "o": "I am 65 or over"}
PROFILE = Prompt(
    "profile",
    Form.MARKS,
    "Mark each that is so, or that you are not sure of.",
    choices=(
        *(
            Choice(key, say, group="Asked now, later only confirmed")
            for key, say in zip("123456789abcd", _ROWS, strict=True)
        ),
        *(
            Choice(key, say, group="Today, for this routine")
            for key, say in zip("ef", _TODAYS, strict=True)
        ),
        *(Choice(key, say, group="Your age") for key, say in _AGES.items()),
    ),
    one_of=frozenset(_AGES),
)
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
