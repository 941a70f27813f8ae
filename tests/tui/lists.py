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
_PROFILE = (
    "Are you pregnant, or did you give birth in the last 12 weeks?",
    "Do you take a blood thinner, such as warfarin or apixaban? Do you bruise or bleed easily?",
    "Have you ever had a blood clot, or do you have cancer now?",
    "Have you had an operation, a cast, or 3 days in bed in the last 12 weeks? A trip of 4 hours "
    "or more in the last 4 weeks?",
    "Do you have a new hip or knee, or metal in your leg?",
    "Do you have thin bones? Do you take steroid pills? Lately, a germ drug ending in -floxacin, "
    "or a jab near a tendon?",
    "Do you have poor leg blood flow, calves that hurt when you walk, swollen legs, bulging veins, "
    "or numb feet?",
    "Do you have a heart problem, very high blood pressure, dizzy spells, or a fall in the last "
    "year?",
    "Belly: Do you have a hernia, or an artery that is too wide (aneurysm)?",
    "Knee, hip or heel: arthritis, a lump behind the knee, kneecap pain, a torn ligament or "
    "meniscus, a knee that gives way, a hip that pinches, or a sore heel cord?",
    "Does pain or tingling run down your leg, or does arching your back hurt?",
    "Are your joints very bendy, or do you have a condition such as EDS?",
    "Do you have pain that wakes you and does not ease, weight loss you cannot explain, or night "
    "sweats?",
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
PROFILE = Prompt(
    "profile",
    Form.MARKS,
    "Mark each that is so, or that you are not sure of.",
    choices=tuple(Choice(k, say) for k, say in zip("123456789abcd", _PROFILE, strict=True)),
    about="asked now, later only confirmed",
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
