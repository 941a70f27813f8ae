"""A list counts as answered only after all of it was on the screen, by key, mouse and resize."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from player.play.options import PlayOptions
from player.safety.filling import Filling
from player.safety.pace import TOO_FAST, Pace
from player.safety.prompts import Form, Prompt
from tests.habits import seed, some_here_all_in_proof, tries
from tests.safety.making import HARMLESS_ONE, every_prompt, harmless
from tests.tui.lists import PROFILE, SIZES, TODAY, pages, row_of_line, shown
from tests.tui.stage import UNHURRIED_MS, LoopClock, Stage, play_scene, row_of, staged

ROW = row_of("  - Calf: 20s one side\n")
MORE = "There is more. Read on, then n."
NONE = "None of these. Enter to confirm."


def on_stage(
    folder: Path, size: tuple[int, int], scene: Callable[[Stage], Awaitable[None]]
) -> None:
    async def run(clock: LoopClock) -> None:
        async with staged(clock, folder, ROW, size=size, options=PlayOptions(mute=True)) as stage:
            await scene(stage)

    play_scene(run)


async def resize(stage: Stage, size: tuple[int, int]) -> None:
    await stage.pilot.resize_terminal(*size)
    await stage.wait(UNHURRIED_MS)


async def wheel(stage: Stage, by: int) -> None:
    """Turn the wheel by one notch over the first row of the list."""
    kind = MouseScrollDown if by > 0 else MouseScrollUp
    stage.app.post_message(kind(None, 5, 4, 0, by, 0, False, False, False, 5, 4))
    await stage.settle()


@pytest.mark.parametrize("prompt", [TODAY, PROFILE], ids=lambda prompt: prompt.id)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_each_page_shows_whole_rows_with_their_marks_and_the_message(
    size: tuple[int, int], prompt: Prompt, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        replies = await shown(stage, prompt)
        count = pages(stage)
        seen: dict[str, str] = {}
        for number in range(1, count + 1):
            text = stage.text()
            assert ("page 1 of" in text) == (count > 1 and number == 1)
            assert count == 1 or f"page {number} of {count}" in text
            words = " ".join(text.split())
            for choice in prompt.choices:
                box = "( )" if choice.key in prompt.one_of else "[ ]"
                if f"{choice.key} {box}" in words:
                    assert choice.say in words, "a row is cut"
                    assert choice.key not in seen, "a row is on two pages"
                    seen[choice.key] = choice.group
            await stage.press("n")
            assert (MORE if number < count else NONE) in stage.text()
            assert not replies
        assert list(seen) == [choice.key for choice in prompt.choices]
        age = prompt.one_of & HARMLESS_ONE
        await stage.press(*age, "enter")
        assert replies == [age]

    on_stage(tmp_path, size, scene)


def test_a_list_of_usual_length_takes_as_few_pages_as_the_screen_allows(tmp_path: Path) -> None:
    found: list[int] = []

    async def scene(stage: Stage) -> None:
        for prompt in (TODAY, PROFILE):
            await shown(stage, prompt)
            found.append(pages(stage))

    for size in SIZES:
        on_stage(tmp_path, size, scene)
    assert found == [1, 1, 2, 2, 8, 9]


def test_the_heading_of_a_group_stands_above_its_rows(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await shown(stage, TODAY)
        heading = row_of_line(stage, "Can't wait")
        assert row_of_line(stage, "1 [ ] Do you have chest pain") == heading + 1
        assert "Hurt or ill" not in stage.text(), "a group that fits is not torn apart"
        await stage.press("pagedown")
        assert row_of_line(stage, "5 [ ] In the last 3 weeks") == row_of_line(stage, "Hurt or") + 1
        await shown(stage, PROFILE)
        for words, first in (
            ("Asked now, later only confirmed", "1 [ ] Pregnant"),
            ("Today, for this routine", "d [ ] Any cut"),
            ("Your age", "u ( ) I am under 16"),
        ):
            if words not in stage.text():
                await stage.press("pagedown")
            assert row_of_line(stage, first) == row_of_line(stage, words) + 1

    on_stage(tmp_path, (80, 24), scene)


@pytest.mark.parametrize("key", ["n", "enter"])
def test_a_key_that_is_held_down_can_not_leaf_through_a_list(key: str, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        replies = await shown(stage, TODAY)
        await stage.wait(UNHURRIED_MS)
        await stage.at_once(*[key] * 5)
        assert TOO_FAST in stage.text() and "page 2 of 8" in stage.text()
        await stage.wait(UNHURRIED_MS)
        await stage.at_once(*["pagedown"] * 5)
        assert "page 3 of 8" in stage.text()
        await stage.wait(UNHURRIED_MS)
        for _ in range(5):
            await wheel(stage, 1)
        assert not replies and "page 4 of 8" in stage.text()

    on_stage(tmp_path, (40, 12), scene)


def test_a_resize_counts_no_row_as_seen_and_forgets_none(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        replies = await shown(stage, TODAY)
        await resize(stage, (40, 12))
        await resize(stage, (80, 24))
        await stage.press("n")
        assert MORE in stage.text(), "rows 5 to 9 were never on the screen"
        assert "page 2 of 2" in stage.text()
        await resize(stage, (40, 12))
        await stage.press("n", "0", "enter")
        assert replies == [frozenset("0")], "every row was on the screen"

    on_stage(tmp_path, (80, 24), scene)


def test_a_list_grown_to_one_page_is_seen_at_once(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        replies = await shown(stage, TODAY)
        await resize(stage, (120, 40))
        await stage.press("n", "0", "enter")
        assert replies == [frozenset("0")]

    on_stage(tmp_path, (40, 12), scene)


def test_a_mark_is_shown_and_enter_still_leads_through_the_whole_list(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        replies = await shown(stage, TODAY)
        await stage.press("8")
        assert "8 [x] Is anything new" in stage.text()
        await stage.press("enter")
        assert "There is more. Read on, then Enter." in stage.text()
        await stage.press("n")
        assert "8 is marked. Press 8 again" in stage.text()
        for _ in range(9):
            assert not replies
            await stage.press("enter")
            if replies:
                break
        assert replies == [frozenset("8")]

    on_stage(tmp_path, (40, 12), scene)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_wheel_turns_pages_and_never_marks(size: tuple[int, int], tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        replies = await shown(stage, TODAY)
        for by in (1, 1, 1, -1, -1, 1, 1, 1, 1, 1, 1, 1):
            await stage.wait(UNHURRIED_MS)
            await wheel(stage, by)
            assert not re.search(r"[\[(]x[\])]", stage.text()) and not replies
        assert "n [ ] None of these" in stage.text()

    on_stage(tmp_path, size, scene)


def test_arrows_and_page_keys_move_and_a_click_on_the_top_line_turns(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await shown(stage, TODAY)
        for key, page in zip(
            ("down", "right", "pagedown", "up", "left", "pageup", "pageup"),
            (2, 3, 4, 3, 2, 1, 1),
            strict=True,
        ):
            await stage.press(key)
            assert f"page {page} of 8" in stage.text()
        await stage.wait(UNHURRIED_MS)
        await stage.pilot.click(offset=(5, row_of_line(stage, "page 1 of 8")))
        await stage.settle()
        assert "page 2 of 8" in stage.text()

    on_stage(tmp_path, (40, 12), scene)


@pytest.mark.soak
def test_nothing_counts_as_seen_that_was_not_on_the_screen(tmp_path: Path) -> None:
    """Sizes, pages and keys in any order, some before the screen has been painted."""
    chance = Random(seed())

    async def scene(stage: Stage) -> None:
        for _ in range(tries(6)):
            await resize(stage, (40, 12))
            replies = await shown(stage, TODAY)
            seen: set[str] = set()
            for _ in range(40):
                move = chance.choice(["size", "size", "wheel", "n", "n", "enter", "down", "up"])
                if move == "size":
                    size = chance.choice([(40, 12), (80, 24), (30, 9), (20, 5), (90, 3), (60, 16)])
                    await stage.pilot.resize_terminal(*size)
                elif move == "wheel":
                    await wheel(stage, chance.choice([1, -1]))
                else:
                    await stage.at_once(move)
                await stage.wait(chance.choice([0, 0, 50, 450]))
                words = "".join(stage.text().split())
                seen |= {c.key for c in TODAY.choices if "".join(c.say.split())[-18:] in words}
                if "None of these." in stage.text() or replies:
                    assert len(seen) == len(TODAY.choices), seen
                    break

    on_stage(tmp_path, (40, 12), scene)


# The same answer by key, by mouse and after a resize

_KEY = {"yes": "y", "no": "n", "unsure": "u"}


async def by_keys(stage: Stage, prompt: Prompt) -> None:
    wanted = harmless(prompt)
    if prompt.form is Form.MARKS:
        await stage.press(*prompt.one_of & HARMLESS_ONE, *"n" * pages(stage))
    elif prompt.form is Form.NUMBER:
        await stage.press(*str(wanted))
    else:
        await stage.press(_KEY.get(str(wanted), str(wanted)))


async def by_mouse(stage: Stage, prompt: Prompt) -> None:
    """Click the row of the answer. The wheel brings it onto the screen."""
    if prompt.form is Form.NUMBER:
        await by_keys(stage, prompt)
        return
    if prompt.form is not Form.MARKS:
        wanted = str(harmless(prompt))
        await click(stage, prompt, _KEY.get(wanted, wanted))
        return
    await click(stage, prompt, "n", "[ ] ")
    for key in prompt.one_of & HARMLESS_ONE:
        await click(stage, prompt, key, "( ) ")


async def click(stage: Stage, prompt: Prompt, key: str, box: str = "") -> None:
    say = next(c.say for c in Filling(prompt, Pace(0)).choices if c.key == key)
    looks = f"{key} {box}{say}"
    for _ in range(40):
        await stage.wait(UNHURRIED_MS)
        if any(line.strip().startswith(looks[:30]) for line in stage.text().split("\n")[:-2]):
            break
        await wheel(stage, 1)
    await stage.pilot.click(offset=(4, row_of_line(stage, looks[:30])))
    await stage.settle()


async def after_a_resize(stage: Stage, prompt: Prompt) -> None:
    """Read at one size, then at another, and answer there."""
    await stage.wait(UNHURRIED_MS)
    await stage.press("pagedown")
    await resize(stage, (50, 15))
    await stage.press("pagedown")
    await resize(stage, (100, 30))
    await by_keys(stage, prompt)


@pytest.mark.parametrize(
    "prompt",
    some_here_all_in_proof([TODAY, *every_prompt(), PROFILE], 5),
    ids=lambda prompt: prompt.id,
)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_answer_is_the_same_by_key_by_mouse_and_after_a_resize(
    size: tuple[int, int], prompt: Prompt, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        for answering in (by_keys, by_mouse, after_a_resize):
            await resize(stage, size)
            replies = await shown(stage, prompt)
            await answering(stage, prompt)
            if not replies:
                await stage.press("enter")
            assert replies == [harmless(prompt)], answering

    on_stage(tmp_path, size, scene)
