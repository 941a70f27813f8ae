"""The local emergency number. The program shows it and never dials it."""

from collections.abc import Mapping

from player.base.locale import territory

# Public national numbers; 112 works in all of the European Union and on many mobile networks.
_BY_TERRITORY: Mapping[str, str] = {
    "AU": "000", "BR": "192", "CA": "911", "CN": "120", "GB": "999", "IN": "112", "JP": "119",
    "KR": "119", "MX": "911", "NZ": "111", "US": "911", "ZA": "112",
}  # fmt: skip
EVERYWHERE_ELSE = "112 (or the number of where you are)"


def emergency_number(environment: Mapping[str, str]) -> str:
    """The number for the territory of the locale. `$SUPPLE_EMERGENCY` overrides it."""
    own = environment.get("SUPPLE_EMERGENCY", "").strip()
    if own:
        return own[:40]
    return _BY_TERRITORY.get(territory(environment), EVERYWHERE_ELSE)
