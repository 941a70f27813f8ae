"""Finds the languages, territory and time zone of a person, and chooses a language."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from player.base.text import safe

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The person's languages, such as `es-ES`; empty if the locale names none."""
    name = _name(environment)
    return (safe(name.replace("_", "-")),) if name else ()


def territory(environment: Mapping[str, str]) -> str:
    """The two letters of the territory, such as `ES`; empty if the locale names none."""
    return _name(environment).partition("_")[2].upper()


def time_zone(environment: Mapping[str, str], localtime: Path) -> str:
    """The name of the time zone, such as `Europe/Berlin`; empty if only its rules are known.

    `localtime` is the system's link to its zone file.
    """
    name = environment.get("TZ", "").removeprefix(":")
    if not name:
        try:
            name = str(localtime.readlink())
        except OSError:  # no link, or a system without one
            return ""
    return name.rpartition("zoneinfo/")[2]


def pick_language(known: Collection[str], wanted: Sequence[str]) -> str:
    """Return the first wanted language that is known, else English, else the first known one.

    `pt-BR` also matches `pt`, and `pt` matches `pt-BR`.
    """
    for language in (*wanted, "en"):
        if language in known:
            return language
        stem = _stem(language)
        for other in known:
            if _stem(other) == stem:
                return other
    return next(iter(known))


def _stem(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()


def _name(environment: Mapping[str, str]) -> str:
    for variable in _VARIABLES:
        name = environment.get(variable, "").split(".")[0].split("@")[0]
        if name:
            return "" if name in {"C", "POSIX"} else name
    return ""
