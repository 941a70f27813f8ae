"""The texts of the screening are easy to read, and L31 and the ground rules hold for them."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from player.check.lint.words import FORBIDDEN
from player.document.nodes import Map, Node, Scalar
from player.document.read import read_file
from player.routine.terms import SHIPPED
from player.safety.clearance import ADVICE
from player.safety.filling import whys
from player.safety.findings import Finding
from player.safety.following import NOTES, STOPPED
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import RedFlag
from player.safety.questions import Question
from player.safety.stop_list import load_stop_list
from player.safety.wording import WITHOUT_EFFECT
from tests.cases import cases
from tests.grade import grade
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    MATRIX,
    NOW,
    QUESTIONS,
    RED,
    answered_with,
    mark,
    new_interview,
)

ROOT = Path(__file__).parents[2]
HARDEST = 7.0
"""The highest reading grade of a block (clinical content, section 2a)."""


class Block(NamedTuple):
    """A text that is read in one go."""

    name: str
    text: str


# Reading grade


TOO_SHORT_ALONE = {Rank.EMERGENCY}
"""Advice of only five words, one of them `emergency`. The formula is made for paragraphs, so
this advice is graded together with the text below it on the screen."""

LONG_IN_THE_LIST = {"limb"}
"""A line that is copied from the clinical content (2f) and is hard to read alone. It is graded
together with its list."""


def lists() -> Iterator[Question]:
    yield from (*QUESTIONS.today, *QUESTIONS.profile, *QUESTIONS.followups)
    yield from (QUESTIONS.anything_new, QUESTIONS.above)


def question_blocks() -> Iterator[Block]:
    """Yield each question, its reason and its short list as separate blocks."""
    for question in (*lists(), QUESTIONS.cramp):
        yield Block(f"{question.id} ask", question.ask)
        if question.rest:
            yield Block(f"{question.id} rest", question.rest)
        if question.why:
            yield Block(f"{question.id} why", question.why)
        if question.options:
            says = [option.say for option in question.options]
            yield Block(f"{question.id} list", "\n".join((question.choose, *says)))
    for row in (*QUESTIONS.injury, *QUESTIONS.older.values()):
        yield Block(f"{row.id} ask", row.ask)
        yield Block(f"{row.id} why", row.why)
    for name, words in QUESTIONS.words.items():
        if words not in QUESTIONS.early_care and not name.startswith("hurt."):
            yield Block(name, words)
    yield Block("places", "\n".join(place.say for place in QUESTIONS.places))
    hurt = [words for name, words in QUESTIONS.words.items() if name.startswith("hurt.")]
    yield Block("hurt places", "\n".join(hurt))
    yield Block("early care", "\n".join(QUESTIONS.early_care))


def prompt_blocks() -> Iterator[Block]:
    """Yield the texts that the interview itself contains."""
    for key in sorted(RED):
        again = new_interview(last_red=RedFlag(key, "", NOW - DAY / 2))
        yield from _prompt_blocks(again, f"R0 {key}")
        yield from _prompt_blocks(again.answer("w"), f"R0 {key} again")
    yield from _prompt_blocks(new_interview(may_have_lost_red=True), "R0 after a loss")
    yield from _prompt_blocks(new_interview(), "today")
    confirmed = answered_with(new_interview(profile=FULL_PROFILE, now=NOW + 40 * DAY), mark("0"))
    yield from _prompt_blocks(confirmed, "confirm")
    yield from _prompt_blocks(answered_with(new_interview(), mark("5")), "injury")
    yield from _prompt_blocks(answered_with(new_interview(), mark("y"), 3, "c", "l"), "which ache")


def ending_blocks() -> Iterator[Block]:
    """Yield what is asked about days and ends, and how the confirmation shows them."""
    for row in QUESTIONS.profile:
        for key in sorted(row.all_keys):
            condition = MATRIX.conditions[key]
            if condition.lasts is None:
                continue
            told = Finding(key, question=row.id, at=NOW - DAY)
            begun = _start_with(told, NOW)
            yield from _prompt_blocks(begun, f"{row.id} {key} day")
            dated = told._replace(since=NOW - DAY)
            confirmed = _start_with(dated, NOW + 40 * DAY)
            yield from _prompt_blocks(confirmed, f"{row.id} {key} confirm")
            if condition.over:
                over = _start_with(dated, NOW + 400 * DAY)
                yield from _prompt_blocks(over, f"{row.id} {key} over")
            for name, advice in condition.over.items():
                yield Block(f"{key} {name}", advice)
    cast = Finding("recent_surgery", question="P4.cast", at=NOW)
    yield from _prompt_blocks(_start_with(cast, NOW + 40 * DAY), "cast")


def _start_with(finding: Finding, now: float) -> Interview:
    profile = replace(FULL_PROFILE, findings=(finding,))
    return answered_with(new_interview(profile=profile, now=now), mark("0"))


def _prompt_blocks(interview: Interview, name: str) -> Iterator[Block]:
    prompt = interview.prompt
    assert prompt is not None, name
    says = [choice.say for choice in prompt.choices]
    yield Block(f"{name} prompt", "\n".join((*prompt.lines, prompt.ask, *says)))
    for number, why in enumerate(whys(prompt), 1):
        yield Block(f"{name} why {number}", why)


def advice_blocks() -> Iterator[Block]:
    """Yield each advice alone, and below each finding that leads to it, as on the screen.

    A finding is graded in its sentence, `You told of …`, and without the colon that the
    screen shows there: the formula would read it as a full stop and rate the rest too easy.
    """
    for rank, advice in ADVICE.items():
        if rank not in TOO_SHORT_ALONE:
            yield Block(f"advice {rank.name}", advice)
    for key, condition in MATRIX.conditions.items():
        reported = f"You told of {condition.says}."
        yield Block(f"{key} told", reported)
        for rule, says in condition.says_by_rule.items():
            yield Block(f"{key} told by {rule}", f"You told of {says}.")
        yield Block(f"{key} advice", f"{ADVICE[condition.rank]}\n{reported}")
        if condition.note:
            yield Block(f"{key} note", condition.note)
        if condition.see:
            yield Block(f"{key} see", f"{condition.see}: have it looked at.")
            see = f"{condition.see}: nothing here touches it. Have it looked at."
            yield Block(f"{key} see too", see)
        if condition.rank < Rank.URGENT and not condition.session:
            yield Block(f"{key} without effect", f"{reported} {WITHOUT_EFFECT} it.")
    yield Block("age without effect", f"{WITHOUT_EFFECT} your age.")


def after_blocks() -> Iterator[Block]:
    """Yield the texts about earlier sessions."""
    for key, note in NOTES.items():
        yield Block(f"{key} after", note)
    yield Block("stopped after", f"Nothing is played today: {STOPPED}.")


def stop_blocks() -> Iterator[Block]:
    for feeling in load_stop_list():
        if feeling.id not in LONG_IN_THE_LIST:
            yield Block(f"feeling {feeling.id}", feeling.words)
        yield Block(f"says {feeling.id}", feeling.says)
        if feeling.check and feeling.otherwise:
            yield Block(f"check {feeling.id}", feeling.check.prompt.ask)
            yield Block(f"otherwise {feeling.id}", feeling.otherwise.says)
    yield Block("stop list", "\n".join(feeling.words for feeling in load_stop_list()))


def blocks() -> list[Block]:
    return [
        *question_blocks(),
        *prompt_blocks(),
        *ending_blocks(),
        *advice_blocks(),
        *after_blocks(),
        *stop_blocks(),
    ]


def too_hard(found: list[Block]) -> list[str]:
    return [f"{name} ({grade(text):.1f})" for name, text in found if grade(text) > HARDEST]


def test_every_block_of_questions_and_advice_is_at_reading_grade_7_or_below() -> None:
    found = blocks()
    assert len(found) > 400 and all(block.text.strip() for block in found)
    assert not too_hard(found)


def test_every_text_of_the_screening_is_graded() -> None:
    graded = "\n".join(text for _, text in blocks())
    conditions = [row.says for row in MATRIX.conditions.values()]
    for file in ("today", "profile", "followups", "injury", "stop", "last_time"):
        for key, words in named_words(SHIPPED / "screening" / f"{file}.yaml"):
            if key in {"ask", "why", "say", "choose", "feeling", "says"}:
                assert words in graded, words
    assert all(words in graded for words in (*conditions, *ADVICE.values()))


def test_only_texts_that_are_hard_alone_are_graded_together_with_others() -> None:
    feelings = {feeling.id: feeling.words for feeling in load_stop_list()}
    assert all(grade(feelings[id_]) > HARDEST for id_ in LONG_IN_THE_LIST)
    assert all(grade(ADVICE[rank]) > HARDEST for rank in TOO_SHORT_ALONE)


@pytest.mark.parametrize(
    "text",
    [
        "Do you have intermittent claudication, peripheral neuropathy or venous insufficiency?",
        "Discontinue immediately and obtain a medical evaluation before resuming any activity.",
        "Do you have a leg that has been getting so much more sore over the last few days that you "
        "now feel it when you sit or when you lie in bed or when you go up the stairs at home?",
    ],
)
def test_a_hard_text_is_found(text: str) -> None:
    assert too_hard([Block("hard", text)]) and too_hard([*blocks(), Block("hard", text)])


# Forbidden words


class Rule(NamedTuple):
    """A rule of wording. `breaks` returns the forbidden words of a text."""

    name: str
    breaks: Callable[[str], list[str]]


_VERDICT = re.compile(
    r"(?<!\bif )\byou (?:do not |don['’]t )?have (?:an?|no)\b[^.?!]*(?:[.!]|$)", re.IGNORECASE
)
_DOSE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|milligrams?)\b|\b(?:mg|milligrams?)\b"
    r"|\b(?:ibuprofen|paracetamol|acetaminophen|aspirin|naproxen|diclofenac)\b",
    re.IGNORECASE,
)
_RED = re.compile(
    r"\b(?:red(?:ness|dish|dens?|dened)?)\b(?!, darker or a different colour)", re.IGNORECASE
)


def _hits(pattern: re.Pattern[str]) -> Callable[[str], list[str]]:
    return lambda text: [found[0] for found in pattern.finditer(" ".join(text.split()))]


RULES = {
    rule.name: rule
    for rule in (
        Rule("L31", _hits(FORBIDDEN)),
        Rule("verdict", _hits(_VERDICT)),
        Rule("dose", _hits(_DOSE)),
        Rule("colour", _hits(_RED)),
    )
}


class Text(NamedTuple):
    where: str
    words: str


def named_words(file: Path) -> Iterator[tuple[str, str]]:
    """Yield every text of a YAML file, keys included, with the key above it."""
    document = read_file(file)
    assert document.root is not None and not document.problems.has_errors, file
    yield from _named(document.root, "")


def _named(node: Node, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Scalar):
        yield key, node.text
    elif isinstance(node, Map):
        for name, value in node:
            yield key, name.text
            yield from _named(value, name.text)
    else:
        for item in node.items:
            yield from _named(item, key)


def routine_texts() -> Iterator[Text]:
    """Yield all texts of `routines` except the pages that quote a myth to correct it."""
    for file in sorted(SHIPPED.rglob("*.y*ml")):
        if "learn" not in file.relative_to(SHIPPED).parts:
            where = str(file.relative_to(ROOT))
            yield from (Text(where, words) for _, words in named_words(file))


def literals(source: str) -> Iterator[str]:
    """Yield every string of a Python file except docstrings. Fields of f-strings become spaces."""
    nodes = list(ast.walk(ast.parse(source)))
    alone = [node.value for node in nodes if isinstance(node, ast.Expr)]
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in alone:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (v.value if isinstance(v, ast.Constant) else " " for v in node.values)
            yield "".join(str(part) for part in parts)


def program_texts() -> Iterator[Text]:
    for room in ("player", "audio"):
        for file in sorted((ROOT / room).rglob("*.py")):
            where = str(file.relative_to(ROOT))
            yield from (Text(where, words) for words in literals(file.read_text("utf-8")))


def page_texts() -> Iterator[Text]:
    for file in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        yield Text(file.name, file.read_text("utf-8"))


def broken(rule: Rule, texts: Iterator[Text]) -> list[str]:
    return [f"{where}: {hit}" for where, words in texts for hit in rule.breaks(words)]


@pytest.mark.parametrize(
    ("texts", "at_least"), [(routine_texts, 1_000), (program_texts, 1_000), (page_texts, 2)]
)
def test_no_text_breaks_a_rule_of_wording(
    texts: Callable[[], Iterator[Text]], at_least: int
) -> None:
    found = list(texts())
    assert len(found) >= at_least
    assert {name: hits for name, rule in RULES.items() if (hits := broken(rule, iter(found)))} == {}


@cases(
    ("name", "text"),
    [
        ("L31", "Push through the last ten seconds."),
        ("L31", "Remember: No pain, no gain!"),
        ("L31", "no pain – no gain"),
        ("L31", "No-pain-no-gain"),
        ("L31", "Hold until\n  numb."),
        ("L31", "Rolling breaks up knots; break up the knots."),
        ("L31", "This can release toxins."),
        ("L31", "It will cure your back."),
        ("L31", "CURES tight calves"),
        ("L31", "We diagnose the knee."),
        ("L31", "A diagnosis in two minutes"),
        ("verdict", "You have a blood clot."),
        ("verdict", "Good news: you do not have a torn muscle."),
        ("verdict", "you don't have an injury"),
        ("verdict", "You don’t have a hernia, so go on."),
        ("verdict", "You have no injury."),
        ("dose", "Take 400 mg before you start."),
        ("dose", "Two tablets of 200mg each"),
        ("dose", "Ibuprofen helps."),
        ("colour", "Stop if the skin turns red."),
        ("colour", "Redness or warmth: get seen."),
        ("colour", "The skin reddens."),
    ],
)
def test_a_forbidden_text_is_found(name: str, text: str) -> None:
    assert broken(RULES[name], iter([Text("x", text)]))


@cases(
    ("name", "text"),
    [
        ("L31", "Stand secure, with a curved back. Obscure, accurate, procure."),
        ("L31", "This is not a diagnosis."),
        ("L31", "Take a break. Up you come."),
        ("L31", "No pain is wanted; push the floor away, through the heel."),
        ("verdict", "Do you have a hernia, or an artery that is too wide?"),
        ("verdict", "Put it down if you have a chair."),
        ("verdict", "Yes, I have been checked; you have been told so."),
        ("dose", "Hold 30 s, 5 ml is no dose of time. Do you take a blood thinner?"),
        ("colour", "One leg is red, darker or a different colour."),
        ("colour", "A new colour. Bored, tired, reduced, hundred."),
    ],
)
def test_an_honest_text_is_accepted(name: str, text: str) -> None:
    assert not broken(RULES[name], iter([Text("x", text)]))


def test_the_texts_of_the_program_are_found_in_every_kind_of_string() -> None:
    source = (
        'def f(x, y="cure"):\n'
        '    "A red flag."\n'
        '    return f"You {x} have a" + ("push " "through")\n'
    )
    assert {"cure", "You   have a", "push through"} <= set(literals(source))
    assert "A red flag." not in literals(source)
