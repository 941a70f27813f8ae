"""A file is written whole or not at all, whatever happens on the way."""

import os
import stat
from pathlib import Path

import pytest

from player.base.files import write_whole

needs_rights = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")


def rights(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_the_new_text_takes_the_place_of_the_old_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    for text in (b"first", b"second"):
        write_whole(file, text)
        assert file.read_bytes() == text
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_that_fails_leaves_the_old_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    write_whole(file, b"first")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="No space"):
        broken.setattr(os, "fsync", fails)
        write_whole(file, b"second")
    with pytest.raises(KeyboardInterrupt):
        write_whole(file, b"second", before_the_move=interrupted)
    assert file.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [file]


def interrupted() -> None:
    raise KeyboardInterrupt


@needs_rights
def test_a_file_keeps_its_rights_and_a_private_one_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    before = os.umask(0o022)
    try:
        write_whole(file, b"first")
        assert rights(file) == 0o644
        file.chmod(0o640)
        write_whole(file, b"second")
        assert rights(file) == 0o640
        write_whole(file, b"third", private=True)
        assert rights(file) == 0o600
    finally:
        os.umask(before)


@needs_rights
def test_a_link_is_replaced_and_what_it_leads_to_is_left(tmp_path: Path) -> None:
    file, link = tmp_path / "a.txt", tmp_path / "link.txt"
    file.write_bytes(b"first")
    link.symlink_to(file)
    write_whole(link, b"second")
    assert file.read_bytes() == b"first"
    assert link.read_bytes() == b"second" and not link.is_symlink()
