"""The local emergency number. The program shows it and never dials it."""

import re
from collections.abc import Mapping
from pathlib import Path

from player.base.locale import territory, time_zone
from player.safety.zones import TERRITORY_OF_ZONE

# Public national numbers, of the ambulance where it has its own. A territory that is not here has
# the general words. So has one outside North America that uses 911.
_BY_TERRITORY: Mapping[str, str] = {
    "AD": "112", "AE": "998", "AR": "107", "AT": "112", "AU": "000", "BE": "112", "BG": "112",
    "BH": "999", "BR": "192", "CA": "911", "CH": "144", "CL": "131", "CN": "120", "CO": "123",
    "CR": "911", "CY": "112", "CZ": "112", "DE": "112", "DK": "112", "DO": "911", "EE": "112",
    "EG": "123", "ES": "112", "FI": "112", "FR": "112", "GB": "999", "GE": "112", "GG": "999",
    "GH": "112", "GI": "112", "GR": "112", "HK": "999", "HR": "112", "HU": "112", "ID": "112",
    "IE": "112", "IL": "101", "IM": "999", "IN": "112", "IS": "112", "IT": "112", "JE": "999",
    "JP": "119", "KR": "119", "KW": "112", "LI": "144", "LK": "1990", "LT": "112", "LU": "112",
    "LV": "112", "MC": "112", "MO": "999", "MT": "112", "MX": "911", "MY": "999", "NG": "112",
    "NL": "112", "NO": "113", "NZ": "111", "PA": "911", "PL": "112", "PR": "911", "PT": "112",
    "QA": "999", "RO": "112", "RS": "194", "RU": "112", "SA": "997", "SE": "112", "SG": "995",
    "SI": "112", "SK": "112", "SM": "112", "TH": "1669", "TN": "190", "TR": "112", "TW": "119",
    "US": "911", "VA": "112", "VN": "115", "ZA": "112",
}  # fmt: skip
EVERYWHERE_ELSE = "112, or the local emergency number"
SETTING = "SUPPLE_EMERGENCY"
HOW_TO_WRITE = "write the number with digits, spaces and + only"

_NUMBER = re.compile(r"[0-9+ ]{0,20}", re.ASCII)
_FEWEST_DIGITS = 2


def read_number(words: str) -> str | None:
    """Return a number as a person wrote it, without blanks at the ends; None if it is none."""
    number = words.strip(" ")
    digits = sum(sign.isdigit() for sign in number)
    return number if _NUMBER.fullmatch(number) and digits >= _FEWEST_DIGITS else None


def refused_setting(environment: Mapping[str, str]) -> str:
    """Return why the setting of the environment is not used; empty if it is used, or not set."""
    words = environment.get(SETTING, "")
    if not words.strip() or read_number(words):
        return ""
    return f"`{SETTING}` is not used; {HOW_TO_WRITE}."


def emergency_number(
    environment: Mapping[str, str], own: str = "", localtime: Path = Path("/etc/localtime")
) -> str:
    """Return the number to show. The person's `own` comes first, then `$SUPPLE_EMERGENCY`.

    Otherwise the time zone says where the machine is, and the locale where the person comes from.
    Unless both have the same number, or only the zone is known, nobody knows which number is right.
    """
    if own or (own := read_number(environment.get(SETTING, "")) or ""):
        return own
    here = _BY_TERRITORY.get(TERRITORY_OF_ZONE.get(time_zone(environment, localtime), ""))
    from_ = territory(environment)
    home = _BY_TERRITORY.get(from_)
    if here is not None and (not from_ or here == home):
        return here
    if home is None or home in EVERYWHERE_ELSE:
        return EVERYWHERE_ELSE
    return f"{EVERYWHERE_ELSE} (at home {home})"


def short_number(number: str) -> str:
    """Return a number for a narrow line."""
    return "112 or the local one" if number.startswith(EVERYWHERE_ELSE) else number
