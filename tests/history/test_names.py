"""Names: no two people share a profile, and no two names that look the same are two people."""

import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from player.base.text import UNSAFE
from player.history.names import LONGEST_NAME, NotAName, known_name, read_name
from player.history.past import forget_person
from player.history.people import Person, people, person_named
from player.history.store import open_store

LONG = "Maria Magdalena of the house at the lake "
ANY = some.text(max_size=60) | some.text("Aa \u0410\u0430\u200d\ufe0f\ufffdé\u0301", max_size=6)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "h.db") as opened:
        yield opened


def kept(store: sqlite3.Connection, name: str, number: int) -> None:
    """Save a person as an older version did."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    store.execute(
        "INSERT INTO person (id, name, folded, last_used) VALUES (?, ?, ?, 0)",
        (number, name, folded),
    )


def names(store: sqlite3.Connection) -> set[str]:
    return {person.name for person in people(store)}


@settings(deadline=None)
@given(ANY)
def test_a_name_is_kept_whole_or_refused_in_a_sentence(text: str) -> None:
    try:
        name = read_name(text)
    except NotAName as refused:
        words = str(refused)
        assert words.endswith(".") and not UNSAFE.search(words) and len(words) < 200
        return
    assert 0 < len(name) <= LONGEST_NAME and not UNSAFE.search(name)
    whole = unicodedata.normalize("NFC", text)
    assert name.split() == whole.split(), "nothing of it is lost"
    assert read_name(name) == name


@settings(deadline=None)
@given(some.lists(ANY, max_size=5), ANY)
def test_a_name_means_the_same_person_however_it_is_typed(known: list[str], text: str) -> None:
    people_here: list[str] = []
    for typed in [*known, text]:
        try:
            name = read_name(typed, people_here)
        except NotAName:
            continue
        people_here = [*{*people_here, name}]
    for name in people_here:
        spellings = (name, f"  {name}\t", unicodedata.normalize("NFD", name), f"{name}\ufe0f")
        for spelling in (*spellings, name.replace(" ", "  ")):
            assert known_name(spelling, people_here) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "A name needs a letter or a sign."),
        (" \t\n ", "A name needs a letter or a sign."),
        ("\ufe0f", "A name needs a letter or a sign."),
        ("x" * 41, "A name has at most 40 characters; this one has 41."),
        ("x" * 500, "A name has at most 40 characters; this one has 500."),
        ("An\u200bna", "`An\ufffdna` holds an invisible character (U+200B); leave it out."),
        ("Ana\u202e", "`Ana\ufffd` holds a bidirectional mark (U+202E); leave it out."),
        ("A\u2800b", "`A\ufffdb` holds an invisible character (U+2800); leave it out."),
        ("A\x1b[2J", "`A\ufffd[2J` holds an escape character (U+001B); leave it out."),
        ("A\ud800", "`A\ufffd` holds half of a character (U+D800); leave it out."),
        ("A\ufffd", "`A\ufffd` holds a mark for a lost character (U+FFFD); leave it out."),
        ("\U0001f469\u200d\U0001f680", "holds an invisible character (U+200D); leave it out."),
    ],
)
def test_what_is_no_name_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(NotAName) as refused:
        read_name(text)
    assert str(refused.value).endswith(words)


@pytest.mark.parametrize("name", ["Ana", "é" * 40, "\U0001f469\U0001f3fd", "❤️", "李", "Ann-Lee 2."])
def test_an_ordinary_name_is_kept_as_it_is(name: str) -> None:
    assert read_name(name) == name
    assert read_name(f"  {unicodedata.normalize('NFD', name)} ") == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Lee", "ana  LEE"),
        ("Ana Lee", "\u00a0Ana\u3000Lee"),
        ("José", "Jose\u0301"),
        ("Ana", "\uff21na"),
        ("Strauß", "STRAUSS"),
        ("Ana", "\u0410n\u0430"),  # the A's are Cyrillic
        ("TOMA", "\u0422\u041e\u041c\u0410"),
        ("PETRA", "\u03a1\u0395\u03a4R\u0391"),  # Greek
        ("❤️", "❤"),
    ],
)
def test_names_that_look_the_same_are_one_person(
    store: sqlite3.Connection, one: str, other: str
) -> None:
    first = person_named(store, one, 1)
    assert person_named(store, other, 2) == first
    assert forget_person(store, other) and people(store) == []


@pytest.mark.parametrize(("one", "other"), [("Jose", "José"), ("\u0422\u043e\u043c\u0430", "Toma")])
def test_names_that_look_different_are_two_people(
    store: sqlite3.Connection, one: str, other: str
) -> None:
    assert person_named(store, one, 1) != person_named(store, other, 2)
    assert forget_person(store, one) and names(store) == {other}


@pytest.mark.parametrize("ends", [("and her", "and him"), ("1", "2")])
def test_two_long_names_never_share_a_profile(
    store: sqlite3.Connection, ends: tuple[str, str]
) -> None:
    for end in ends:
        with pytest.raises(NotAName, match="at most 40 characters"):
            person_named(store, LONG + end, 1)
    assert people(store) == []


def test_a_name_that_was_once_cut_can_be_chosen_and_forgotten_but_only_as_it_is_kept(
    store: sqlite3.Connection,
) -> None:
    cut = LONG[:40].strip()
    kept(store, cut, 1)
    for whole in (LONG + "and her", LONG + "and him"):
        with pytest.raises(NotAName, match=f"; `{cut}` is known here"):
            person_named(store, whole, 2)
        assert not forget_person(store, whole), "that might be somebody else"
    assert person_named(store, cut.upper(), 3) == Person(1, cut)
    assert forget_person(store, cut)


def test_a_name_that_was_once_kept_with_a_mark_is_found_as_it_was_typed_and_as_it_is_shown(
    store: sqlite3.Connection,
) -> None:
    kept(store, "\U0001f469\ufffd\U0001f680", 1)
    for typed in ("\U0001f469\u200d\U0001f680", "\U0001f469\ufffd\U0001f680"):
        assert person_named(store, typed, 2).id == 1
    assert forget_person(store, "\U0001f469\u200d\U0001f680")


def test_of_two_old_names_that_look_the_same_each_is_found_by_its_own_spelling_alone(
    store: sqlite3.Connection,
) -> None:
    latin, cyrillic = "TOMA", "\u0422\u041e\u041c\u0410"
    kept(store, latin, 1)
    kept(store, cyrillic, 2)
    assert person_named(store, latin, 3).id == 1
    assert person_named(store, cyrillic, 3).id == 2
    mixed = "T\u041eMA"
    for ask in (lambda: person_named(store, mixed, 3), lambda: forget_person(store, mixed)):
        with pytest.raises(NotAName, match="Two people here have a name that looks like `T"):
            ask()
    assert forget_person(store, cyrillic) and names(store) == {latin}
