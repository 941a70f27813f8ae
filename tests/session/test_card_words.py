"""A label is in the language of the text beside it: no English label beside Spanish text."""

from pathlib import Path

import pytest

from player.document.read import read_bytes
from player.history.journal import Journal
from player.history.store import open_store
from player.library.opening import open_document
from player.plain.play import PlainPlayer
from player.play.options import PlayOptions
from player.play.running import Live
from player.routine.catalogue import Entry
from player.routine.model import Plan, Routine
from player.session.cues import cue_sheet
from player.session.instructions import step_lines
from player.session.state import Phase, State
from player.session.summary import summary_lines
from player.session.timeline import Choices, compile
from player.show.listing import preview_lines
from tests.commands import run
from tests.program import home_of
from tests.routine.reading import first_step, opened, shipped
from tests.tui.stage import LoopClock, in_session, play_scene, row_of, shipped_row
from tests.virtual import MemoryConsole, Time

ENGLISH = (
    "Avoid", "Keep off", "Easier", "Feel", "Pressure", "Effort", "at most", "out of", "You need",
    "Today's variant", "Until", "Load", "Breathe", "Press d", "left side", "right side",
    "both sides", "in turn", *("wall", "chair", "ball", "roller", "strap", "cushion", "step"),
)  # fmt: skip
"""Words of the program. No Spanish card has one of them."""

SPANISH = ("es",)
PRESSED = "  - ham-ball-chair: 10s each side\n    pressure: 3\n    note: 'Sin prisa.'\n"


def assert_spanish(text: str) -> None:
    found = [word for word in ENGLISH if word in text]
    assert not found, f"{found} in {text}"


@pytest.mark.parametrize("entry", shipped().entries, ids=lambda entry: entry.exercise.id)
def test_no_shipped_spanish_card_has_an_english_label(entry: Entry) -> None:
    step = entry.step(1, 1)
    plan = Plan.whole(Routine("t", "", entry.exercise.name, (step,)))
    card = step_lines(step, plan, SPANISH)
    assert_spanish("\n".join(card))
    exercise = entry.exercise
    for part, label in (
        (exercise.mistakes, "Evita: "),
        (exercise.keep_off, "No aprietes en: "),
        (exercise.easier, "Más fácil: "),
        (exercise.feel, "Notarás: "),
        (step.equipment, "Necesitas: "),
        (step.dose.pressure, "Presión: "),
    ):
        assert any(line.startswith(label) for line in card) == bool(part), label
    assert len(card) == len(step_lines(step, plan)), "the card is the same in both languages"


def test_every_label_in_spanish_and_in_english() -> None:
    step = first_step(
        "use: ham-ball-chair\ndose: 30s each side\npressure: 0-3\nvariant: easier",
    )
    plan = Plan.whole(Routine("t", "", step.title, (step,)))
    assert "Presión: como mucho 3 sobre 10." in step_lines(step, plan, SPANISH)
    assert "Pressure: at most 3 out of 10." in step_lines(step, plan, ("en",))
    assert any(line.startswith("Variante de hoy: ") for line in step_lines(step, plan, SPANISH))
    breathing = first_step("use: belly-breathing-rest\ndose: 5 breaths breathe 4-6")
    plan = Plan.whole(Routine("t", "", breathing.title, (breathing,)))
    assert "Respira: toma aire 4s, suelta el aire 6s." in step_lines(breathing, plan, SPANISH)


OWN = """name: T
language: {language}
exercises:
  own-roll:
    name: {name}
    kind: static-stretch
    regions: [calf]
    position: support
    sides: one
    dose: 30s each side
    how: [{name}]
    mistakes: [{name}]
    equipment: [chair]
steps:
  - own-roll
"""


@pytest.mark.parametrize(
    ("written", "person", "label", "side"),
    [
        ("es", "en", "Evita: X. · Necesitas: silla.", "lado izquierdo"),
        ("es", "es-MX", "Evita: X. · Necesitas: silla.", "lado izquierdo"),
        ("en", "es", "Avoid: X. · You need: chair.", "left side"),
        ("de", "es", "Avoid: X. · You need: chair.", "left side"),
    ],
)
def test_the_language_of_the_text_decides_and_not_that_of_the_person(
    written: str, person: str, label: str, side: str
) -> None:
    found = opened(OWN.format(language=written, name="X"))
    assert found.routine, found.report()
    (step,) = found.routine.steps
    languages = found.routine.languages_for((person,))
    card = step_lines(step, Plan.whole(found.routine), languages)
    assert " · ".join(card).endswith(label)
    sheet = cue_sheet(compile(Plan.whole(found.routine), Choices(languages=languages)), languages)
    assert any(f"X, {side}, 30s" in cue.text for cue in sheet.cues)


def test_the_session_screen_shows_a_spanish_card_with_spanish_labels(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(person="Ana", mute=True, languages=SPANISH)
        row = row_of(PRESSED)
        async with in_session(clock, tmp_path, row, size=(120, 40), options=options) as stage:
            text = " ".join(stage.text().split())
            assert "lado izquierdo" in text and "Evita: " in text and "Notarás: " in text
            assert_spanish(text.replace("step", "").replace("Step", ""))

    play_scene(scene)


def test_plain_mode_prints_a_spanish_card_with_spanish_labels(tmp_path: Path) -> None:
    found = open_document(read_bytes(f"name: T\nsteps:\n{PRESSED}".encode(), "t.yaml"), shipped())
    assert found.routine is not None
    plan, time = Plan.whole(found.routine), Time()
    choices = Choices(languages=SPANISH)
    timeline = compile(plan, choices)
    with open_store(tmp_path / "history.db") as store:
        store.execute("INSERT INTO person (id, name, folded, last_used) VALUES (1, 'A', 'a', 0)")
        journal = Journal.start(store, 1, found.routine, choices, timeline.total_ms, time.wall())
        at, wall = time.now(), time.wall()
        live = Live(State(timeline, 0, at, Phase.RUNNING, at, wall), journal, SPANISH, time)
        console = MemoryConsole(time, [8_000, "enter"])
        PlainPlayer(console, live, "112", plan, time).play()
    (card,) = (
        part for part in console.text.split("\n\n") if part.lstrip().startswith("Step 1 of 1")
    )
    assert "  Evita: " in card and "lado izquierdo" in card
    assert_spanish(card.replace("Step 1", ""))
    assert "lado izquierdo: 10s" in " ".join(summary_lines(live.state, time.now(), SPANISH))


def test_what_a_routine_needs_is_in_the_language_of_the_words_about_it() -> None:
    row = shipped_row("hamstring-massage")
    assert "Necesitas: pelota, silla, rodillo" in list(preview_lines(row, SPANISH))
    assert "You need: ball, chair, roller" in list(preview_lines(row, ("de",)))


def test_show_prints_a_spanish_card_with_spanish_labels(tmp_path: Path) -> None:
    env = {**home_of(tmp_path), "LANG": "es_ES.UTF-8"}
    card = run("show", "ham-ball-chair", env=env).stdout.decode()
    assert "Evita: " in card and "Notarás: " in card and "Necesitas: " in card
    for label in ("Avoid: ", "Feel: ", "You need: ", "Easier: ", "Pressure: "):
        assert label not in card
