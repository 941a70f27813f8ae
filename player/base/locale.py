"""What the locale says of a person: languages, and the territory they are in."""

from collections.abc import Mapping

from player.base.text import safe

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The person's languages, such as `es-ES`; nothing where the locale names none."""
    name = _name(environment)
    return (safe(name.replace("_", "-")),) if name else ()


def territory(environment: Mapping[str, str]) -> str:
    """The two letters of the territory, such as `ES`; empty where the locale names none."""
    return _name(environment).partition("_")[2].upper()


def _name(environment: Mapping[str, str]) -> str:
    for variable in _VARIABLES:
        name = environment.get(variable, "").split(".")[0].split("@")[0]
        if name:
            return "" if name in {"C", "POSIX"} else name
    return ""
