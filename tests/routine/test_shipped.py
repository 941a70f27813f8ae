"""The shipped catalogue: entries read one by one equal those of the whole file."""

from pathlib import Path

import pytest

from player.document.nodes import Map
from player.document.problem import Problems
from player.document.read import read_file
from player.library.folders import read_catalogue_file
from player.routine.catalogue import Catalogue, Entry, lookup_key
from player.routine.entries import EntryReader
from player.routine.shipped import shipped_entries
from player.routine.terms import SHIPPED, load_terms
from tests.routine.reading import opened

FILES = sorted((SHIPPED / "exercises").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_file_passes_the_checks_for_a_strangers_file(file: Path) -> None:
    document, entries = read_catalogue_file(file, Catalogue(load_terms()))
    assert document.problems.found == []
    assert entries


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_entry_read_alone_equals_the_entry_of_the_whole_file(file: Path) -> None:
    terms = load_terms()
    unread = shipped_entries(file, terms)
    root = read_file(file).root
    assert isinstance(root, Map)
    whole: list[Entry] = []
    for key, node in root:
        entry = EntryReader(Problems("x"), terms, vetted=True, language="en").read(key, node)
        assert entry
        whole.append(entry)
    assert [one.id for one in unread] == [entry.exercise.id for entry in whole]
    for one, entry in zip(unread, whole, strict=True):
        opened = one.entry()
        assert one.names == tuple(entry.exercise.name.words.values())
        assert opened.exercise == entry.exercise
        assert opened.shape.written == entry.shape.written
        assert (opened.until, opened.cues) == (entry.until, entry.cues)


def test_ids_and_names_are_unique() -> None:
    keys = [
        key
        for file in FILES
        for one in shipped_entries(file, load_terms())
        for key in {lookup_key(word) for word in (one.id, *one.names)}
    ]
    assert len(keys) == len(set(keys))


def test_every_condition_that_an_entry_names_exists() -> None:
    terms = load_terms()
    for file in FILES:
        for one in shipped_entries(file, terms):
            exercise = one.entry().exercise
            assert exercise.avoid_if | exercise.caution <= terms.conditions, one.id


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_shipped_routine_passes_the_checks_for_a_strangers_file(file: Path) -> None:
    found = opened(file.read_bytes())
    assert found.routine, found.report()
    assert found.routine.path == "test.yaml"
