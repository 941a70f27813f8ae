"""Explains the errors that end the program."""

import errno
import os
import sys
from pathlib import Path
from types import ModuleType


def failure_words(error: Exception) -> str:
    """Return one or two sentences about an error that no command has handled."""
    if words := _foreign_words(error) or _own_words(error):
        return words
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return (
            f"The name `{_short(error.filename)}` is too long for this system. Use a shorter one."
        )
    return (
        f"Something went wrong inside supple ({type(error).__name__}: {error}). "
        "Run it again with SUPPLE_DEBUG=1 and send its makers what it prints."
    )


def foreign_package() -> str:
    """Return a message if another package `audio` hides ours. It does not import that package."""
    from importlib.util import find_spec

    import player

    home = Path(player.__file__).resolve().parent.parent
    found = find_spec("audio")
    places = [found.origin, *(found.submodule_search_locations or ())] if found else []
    place = next((Path(place) for place in places if place), None)
    if place is not None and _is_in(home / "audio", place):
        return ""
    if place is None:
        return f"The package `audio` of supple is missing in {home}. Install supple again."
    return (
        f"The package `audio` in {place} is not supple's. Take its folder off PYTHONPATH, or "
        "install supple in an environment of its own."
    )


def _own_words(error: Exception) -> str:
    """Return the message of an error that our own modules raise; empty for others.

    A module that was never imported has raised nothing, so it need not be imported here.
    """
    store = sys.modules.get("player.history.store")
    terms = sys.modules.get("player.routine.terms")
    folders = sys.modules.get("player.library.folders")
    sqlite = sys.modules.get("sqlite3")
    if terms is not None and isinstance(error, terms.ScreeningMissing):
        return f"Nothing can be played: {error}."
    if folders is not None and isinstance(error, folders.NoSuchHome):
        return str(error)
    if store is not None and isinstance(error, store.HistoryError):
        return str(error)
    if store is not None and sqlite is not None and isinstance(error, sqlite.Error):
        from player.history.refused import failure_words as words_of_history

        return words_of_history(store.default_path(), error)  # the screens use it in many places
    return ""


def _foreign_words(error: Exception) -> str:
    """Return a message if a module on PYTHONPATH hides one that supple needs."""
    for name, file in _modules_in(error):
        folder = _on_python_path(name, file)
        if folder is not None:
            return (
                f"The module `{name}` in {file} is not the one that supple needs. "
                f"Take {folder} off PYTHONPATH, or rename the file."
            )
    return ""


def _modules_in(error: BaseException) -> list[tuple[str, Path]]:
    """Return the modules that may have caused an error, by name and file."""
    found: list[tuple[str, object]] = []
    if isinstance(error, ImportError) and error.name:
        name = error.name.partition(".")[0]
        found.append((name, error.path or getattr(sys.modules.get(name), "__file__", None)))
    if isinstance(error, AttributeError) and isinstance(error.obj, ModuleType):
        name = error.obj.__name__.partition(".")[0]
        found.append((name, getattr(error.obj, "__file__", None)))
    if isinstance(error, SyntaxError):
        found.append(("", error.filename))
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is not None:
        found.append(("", frame.tb_frame.f_code.co_filename))
    files = [(name, Path(file)) for name, file in found if isinstance(file, str)]
    return [(name or _module_name(file), file) for name, file in files]


def _module_name(file: Path) -> str:
    return file.parent.name if file.stem == "__init__" else file.stem


def _on_python_path(name: str, file: Path) -> Path | None:
    """Return the folder of PYTHONPATH that holds this module at its top, or None.

    Our own modules may be there too; they are not foreign.
    """
    if name in {"player", "audio"} or file.is_relative_to(Path(__file__).parents[2] / "player"):
        return None
    for entry in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        folder = Path(entry).absolute()
        if file.absolute() in {folder / f"{name}.py", folder / name / "__init__.py"}:
            return folder
    return None


def _is_in(folder: Path, place: Path) -> bool:
    return place.resolve().is_relative_to(folder.resolve())


def _short(name: object) -> str:
    text = Path(os.fsdecode(name)).name if isinstance(name, str | bytes) else str(name)
    return text if len(text) <= 40 else f"{text[:40]}…"
