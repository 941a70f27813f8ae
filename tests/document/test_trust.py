"""Files from strangers lead to words, and never to an exception, a hang or a control character."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from player.base.text import UNSAFE
from player.document.read import read_file
from player.library.opening import Opened, open_routine
from tests.cases import cases
from tests.cost import thread_seconds, yardstick
from tests.routine.reading import errors, opened, shipped, with_steps

GOOD = with_steps("A: 30s")


@cache
def stick() -> float:
    return yardstick()


def _read(text: str | bytes) -> tuple[Opened, str]:
    found = opened(text)
    return found, words_of(found)


def words_of(found: Opened) -> str:
    shown = [problem.headline() for problem in found.problems]
    shown += [found.document.render(problem) for problem in found.problems]
    return "\n".join(shown)


def read_in_time(text: str | bytes) -> Opened:
    """Read within 120 yardsticks (about a second). The slowest file takes a third of it."""
    seconds, (found, words) = thread_seconds(lambda: _read(text))
    assert seconds < 120 * stick()
    assert not UNSAFE.search(words), ascii(UNSAFE.search(words))
    assert found.routine or errors(found)
    return found


REFUSED: dict[str, str | bytes] = {
    "an escape code": with_steps("A: 30s\nnote: \x1b]0;owned\x07"),
    "an escape code in quotes": with_steps('A: 30s\nnote: "\\e]52;c;\\a"'),
    "a C1 control": with_steps("A: 30s\nnote: \x9b2J"),
    "a C1 control in quotes": with_steps('A: 30s\nnote: "\\x9b2J"'),
    "bidi": with_steps("A: 30s\nnote: \u202egnorts"),
    "bidi in quotes": with_steps('A: 30s\nnote: "\\u202e"'),
    "zero width": with_steps("A: 30s\nnote: kn\u200bee"),
    "zero width in a key": with_steps("A: 30s\n\u200bnote: x"),
    "a nul": GOOD + "\0",
    "a nul in quotes": with_steps('A: 30s\nnote: "\\0"'),
    "many nuls": b"\0" * 5000,
    "half a surrogate": with_steps("A: 30s\nnote: \ud800"),
    "half a surrogate in quotes": with_steps('A: 30s\nnote: "\\ud800"'),
    "a character that does not exist": with_steps('A: 30s\nnote: "\\UFFFFFFFF"'),
    "a hidden line break": with_steps("A: 30s\nnote: x\u2028hold: 3s"),
    "a next line character": with_steps("A: 30s\nnote: x\u0085hold: 3s"),
    "no-break indentation": "name: A\nsteps:\n\u00a0 - A: 30s\n",
    "brackets": "[" * 50_000,
    "brackets in a text": "name: " + "[" * 50_000,
    "braces": "{" * 50_000,
    "dashes": "-" * 50_000,
    "dashes and spaces": "- " * 50_000,
    "dashes behind a broken line": "a: b: c\n" + "-" * 200_000 + ": :",
    "question marks": "?" * 50_000,
    "question marks and spaces": "? " * 50_000,
    "colons": ": " * 50_000,
    "aliases": "a: &a [x]\nb: [" + "*a," * 9_000 + "]",
    "an alias bomb": "a: &a [x, x]\n"
    + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "an alias to itself": "a: &a [*a]\n",
    "a merge bomb": "a: &a {x: y}\n"
    + "".join(f"{b}: &{b}\n  <<: [*{a}, *{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)),
    "ten megabytes": b"a: b\n" * 2_000_000,
    "a long text": "name: " + "x" * 200_000,
    "an open quote": 'name: "' + "x" * 200_000,
    "many broken lines": "a: b: c\n" * 20_000,
    "many unknown keys": "".join(f"k{i}: x\n" for i in range(9_900)),
    "many unknown exercises": "name: A\nsteps: [" + "".join(f"k{i}, " for i in range(9_000)) + "]",
    "many tags": "%TAG ! x\n" * 20_000,
    "many different tags": "".join(f"%TAG !a{i}! x\n" for i in range(12_000)) + "--- {}\n",
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "UTF-32": GOOD.encode("utf-32"),
    "latin-1": GOOD.replace("A:", "Dehnübung:").encode("latin-1"),
    "tags of Python": with_steps("A: 30s\nnote: !!python/object/apply:os.system [ls]"),
    "tags of others": with_steps("A: 30s\nnote: !include /etc/passwd"),
    "a binary tag": with_steps("A: 30s\nnote: !!binary aGk="),
    "a second document": GOOD + "---\n" + GOOD,
    "other digits": with_steps("A: ３ x ３0s"),
    "arabic digits": with_steps("A: ٣٠s"),
    "superscripts": with_steps("A: 3² x 3s"),
    "other digits as keys": with_steps("{name: A, sets: ٣, hold: 3s}"),
    "other digits in a cue": with_steps("{name: A, hold: 30s, cues: {٣%: x}}"),
    "a picture": bytes(range(256)) * 40,
}


@cases("kind", REFUSED)
def test_a_hostile_file_is_refused_in_words(kind: str) -> None:
    assert read_in_time(REFUSED[kind]).routine is None


ACCEPTED: dict[str, str | bytes] = {
    "markup": with_steps('A: 30s\nnote: "[bold red]x[/] <b>&amp;</b> {0} %s"'),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "CRLF": GOOD.replace("\n", "\r\n"),
    "CR": GOOD.replace("\n", "\r"),
    "a document start": "---\n" + GOOD + "...\n",
    "Norway": with_steps("A: 30s\nnote: no", above="author: off\ntags: [yes, on, 010, 1:30, ~]\n"),
    "other letters": with_steps("Растяжка: 30s", "ふくらはぎ: 30s", "Étirement: 30s"),
    "a no-break space": with_steps("A: 30s\u00a0each side"),
    "extensions": GOOD + "x-mine: {a: [b, {c: d}]}\n",
}


@cases("kind", ACCEPTED)
def test_a_harmless_file_plays(kind: str) -> None:
    found = read_in_time(ACCEPTED[kind])
    assert found.routine, found.report()


def test_values_stay_texts_as_written() -> None:
    found = opened(ACCEPTED["Norway"]).routine
    assert found
    assert (found.author, found.tags) == ("off", ("yes", "on", "010", "1:30", "~"))
    note = found.steps[0].note
    assert note
    assert note.pick() == "no"
    markup = opened(ACCEPTED["markup"]).routine
    assert markup
    assert markup.steps[0].note
    assert markup.steps[0].note.pick() == "[bold red]x[/] <b>&amp;</b> {0} %s"


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_a_wrong_byte_is_shown_at_its_place(start: bytes, line_end: bytes) -> None:
    found = opened(start + line_end.join([b"name: A", "étape: caf".encode() + b"\xe9"]))
    (problem,) = found.problems
    assert (problem.code, problem.line, problem.col) == ("E003", 2, 11)
    assert "0xE9" in problem.message


def test_a_path_is_shown_without_its_control_characters(tmp_path: Path) -> None:
    document = read_file(tmp_path / "a\x1b[2J\u202e.yaml")
    assert not UNSAFE.search("\n".join(p.headline() for p in document.problems.found))


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def nothing(path: Path) -> None:
    pass


@pytest.mark.skipif(os.name == "nt", reason="no pipes there")
@pytest.mark.parametrize(
    "make", [a_folder, a_pipe, a_dangling_link, a_link_to_itself, nothing], ids=lambda f: f.__name__
)
def test_a_path_that_is_no_file_is_reported_at_once(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "routine.yaml"
    make(path)
    found = open_routine(path, shipped())
    assert [problem.code for problem in found.problems] == ["E001"]


def test_a_file_that_can_not_be_read_or_vanishes_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "routine.yaml"
    path.write_text(GOOD)
    catalogue = shipped()  # read before opening files is made to fail
    messages = {
        PermissionError(13, "Permission denied"): "can't read it: permission denied",
        FileNotFoundError(2, "No such file"): "there is no such file",
    }
    for error, words in messages.items():

        def refuse(*_: object, error: OSError = error, **__: object) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(Path, "open", refuse)
            (problem,) = open_routine(path, catalogue).problems
        assert problem.code == "E001" and problem.message == words


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 300 + ".yaml"])
def test_an_impossible_file_name_is_reported(name: str, tmp_path: Path) -> None:
    (problem,) = open_routine(tmp_path / name, shipped()).problems
    assert problem.code == "E001"
