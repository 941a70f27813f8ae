"""The emergency number that is shown: that of the place, or the person's own."""

from pathlib import Path

from player.safety.emergency import (
    EVERYWHERE_ELSE,
    emergency_number,
    read_number,
    refused_setting,
)
from player.safety.matrix import Rank
from player.safety.shown import Shown
from player.safety.wording import finding_lines
from player.safety.zones import TERRITORY_OF_ZONE
from tests.cases import cases
from tests.grade import grade
from tests.safety.making import clearance_for

NOWHERE = Path("/no/such/link")


def number(zone: str, locale: str = "", own: str = "", **more: str) -> str:
    environment = {"TZ": zone, "LANG": locale, **more}
    return emergency_number({k: v for k, v in environment.items() if v}, own, NOWHERE)


@cases(
    ("zone", "locale", "shown"),
    [
        ("Europe/Berlin", "de_DE.UTF-8", "112"),
        ("Europe/London", "en_GB.UTF-8", "999"),
        ("America/New_York", "en_US.UTF-8", "911"),
        ("US/Pacific", "en_US.UTF-8", "911"),
        ("America/Toronto", "en_US.UTF-8", "911"),
        ("America/Mexico_City", "es_MX.UTF-8", "911"),
        ("Australia/Sydney", "en_AU.UTF-8", "000"),
        ("Europe/Berlin", "es_ES.UTF-8", "112"),
        (":Europe/Zurich", "de_CH@euro", "144"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "ja_JP.UTF-8", "119"),
        ("Europe/Paris", "", "112"),
        ("America/Chicago", "C.UTF-8", "911"),
    ],
)
def test_the_number_is_that_of_the_territory(zone: str, locale: str, shown: str) -> None:
    assert number(zone, locale) == shown


@cases(
    ("zone", "locale", "home"),
    [
        ("Europe/Berlin", "en_US.UTF-8", "911"),
        ("UTC", "en_US.UTF-8", "911"),
        ("Etc/UTC", "en_GB.UTF-8", "999"),
        ("", "fr_CA.UTF-8", "911"),
        ("CET-1CEST", "en_US.UTF-8", "911"),
        ("Pacific/Guam", "en_US.UTF-8", "911"),
        ("America/New_York", "en_GB.UTF-8", "999"),
        ("America/Mexico_City", "es_ES.UTF-8", ""),
        ("UTC", "de_DE.UTF-8", ""),
        ("UTC", "", ""),
        ("", "C.UTF-8", ""),
        ("Asia/Dhaka", "bn_BD.UTF-8", ""),
        ("America/Guayaquil", "", ""),
    ],
)
def test_an_unknown_territory_is_mentioned_with_the_number(
    zone: str, locale: str, home: str
) -> None:
    shown = number(zone, locale)
    assert shown.startswith("112, or the local emergency number")
    assert shown == EVERYWHERE_ELSE + (f" (at home {home})" if home else "")


def test_a_bare_911_is_shown_in_north_america_only() -> None:
    locales = ("", "en_US.UTF-8", "es_MX.UTF-8", "fr_CA.UTF-8")
    bare = {zone for zone in TERRITORY_OF_ZONE if "911" in {number(zone, at) for at in locales}}
    outside = {"US", "CA", "MX", "PR", "PA", "CR", "DO"}
    assert {TERRITORY_OF_ZONE[zone] for zone in bare} == outside
    assert all(zone.split("/")[0] not in {"Europe", "Asia", "Africa", "Australia"} for zone in bare)


def test_the_link_of_the_system_names_the_zone(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Madrid")
    assert emergency_number({"LANG": "es_ES.UTF-8"}, localtime=link) == "112"
    link.unlink()
    link.write_bytes(b"TZif2")  # a copy, which has no name
    assert emergency_number({"LANG": "en_US.UTF-8"}, localtime=link).startswith("112, or")


def test_the_persons_own_number_comes_before_any_other() -> None:
    assert number("America/New_York", "en_US.UTF-8", SUPPLE_EMERGENCY=" 144 ") == "144"
    assert number("America/New_York", "en_US.UTF-8", SUPPLE_EMERGENCY="  ") == "911"
    assert number("Europe/Berlin", own="+49 112", SUPPLE_EMERGENCY="144") == "+49 112"


@cases("words", ["call mum", "9\x1b[2J11", "112;", "1\n2", "١١٢", "+", "1", "1" * 21, "112\u200b"])
def test_any_other_text_is_refused_in_words_and_not_used(words: str) -> None:
    assert read_number(words) is None
    assert number("Europe/Berlin", SUPPLE_EMERGENCY=words) == "112"
    refused = refused_setting({"SUPPLE_EMERGENCY": words})
    assert "digits, spaces and + only" in refused and words not in refused.rpartition(";")[0]
    assert grade(refused) <= 7


def test_a_number_is_read_as_it_was_written() -> None:
    assert [read_number(words) for words in ("112", " 911 ")] == ["112", "911"]
    assert read_number("+34 112") == "+34 112"
    assert not refused_setting({"SUPPLE_EMERGENCY": "112"}) and not refused_setting({})


def test_the_advice_is_not_to_rub_or_stretch_a_leg_that_may_have_a_clot() -> None:
    """2f: stop, do not rub or stretch it, get seen today. It is also shown before any session."""
    (line,) = finding_lines(clearance_for("dvt_signs"), Shown(Rank.URGENT))
    assert line.startswith("You told of: one leg newly swollen")
    assert line.endswith(". Do not rub or stretch it.")
    assert not any(
        "rub" in line for line in finding_lines(clearance_for("locked_knee"), Shown(Rank.URGENT))
    )
