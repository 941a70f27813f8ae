"""A file of answers (section 2e): keys without places, and a plain sentence for any mistake."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.safety.answers_file import MAX_BYTES, AnswersError, parse_answers, read_answers
from player.safety.clearance import judge
from player.safety.findings import AgeBand, Answers
from player.safety.matrix import Rank
from tests.cases import cases
from tests.safety.making import KEYS, MATRIX, NOW, QUICK, RED, alone, clearance_for, left, shipped


def parsed(**rows: object) -> Answers:
    return parse_answers(json.dumps(rows).encode(), MATRIX, NOW)


def test_a_key_that_the_file_does_not_name_counts_as_no() -> None:
    answers = parsed()
    assert answers == Answers(NOW)
    assert judge(answers, MATRIX, NOW).rank is Rank.PLAY


@pytest.mark.parametrize("row", ["yes", "unsure"])
def test_yes_and_unsure_set_the_key_everywhere_without_a_clearance(row: str) -> None:
    for key in KEYS:
        (finding,) = parsed(**{row: [key]}).findings
        assert finding.key == key and finding.at == NOW
        assert finding[1:3] == (None, None) and finding.since is None
        assert finding.cleared_at is None


@cases("key", KEYS)
def test_an_unanswered_urgent_key_stops_everything_and_any_other_counts_as_yes(key: str) -> None:
    clearance = clearance_for(unanswered=[key])
    if key in RED or key == "fever":
        assert clearance.rank is Rank.STOP and clearance.keys == ()
        assert "not answered" in "; ".join(clearance.whole_session)
        assert not any(left(routine, clearance) for routine in shipped())
    else:
        assert (
            clearance.keys == clearance_for(key).keys and clearance.rank is clearance_for(key).rank
        )


def test_an_urgent_yes_stays_urgent_beside_an_unanswered_key() -> None:
    assert clearance_for("pe_heart", unanswered=["dvt_signs"]).rank is Rank.EMERGENCY


@cases("level", range(11))
def test_soreness_of_a_file_has_no_place(level: int) -> None:
    clearance = clearance_for(soreness=level)
    expected = Rank.PLAY if level < 4 else Rank.ADAPT if level < 7 else Rank.STOP
    assert clearance.rank is expected and clearance.plays == (level < 7)
    assert clearance.keys == (("rest_pain",) if level >= 4 else ())
    for id_ in ("calf-pnf-strap", "glute-ball-wall", "hipflexor-pnf-half-kneel"):
        assert bool(left(alone(id_), clearance)) == (level < 4)


def test_without_a_side_the_rules_of_s3_and_s4_do_not_apply() -> None:
    for key in ("fever", "dvt_risk", "dvt_history"):
        keys = clearance_for(key, soreness=9).keys
        assert not {"severe_new_pain", "fever_sore", "new_leg_ache", "dvt_signs"} & set(keys)


@pytest.mark.parametrize(
    ("age", "band", "keys"),
    [
        (0, AgeBand.CHILD, ("child",)),
        (15, AgeBand.CHILD, ("child",)),
        (16, AgeBand.ADULT, ()),
        (64, AgeBand.ADULT, ()),
        (65, AgeBand.OLDER, ("aaa",)),
        (130, AgeBand.OLDER, ("aaa",)),
    ],
)
def test_an_age_becomes_its_age_group_and_its_keys(
    age: int, band: AgeBand, keys: tuple[str, ...]
) -> None:
    assert parsed(age=age).age is band and clearance_for(age=age).keys == keys


def test_the_rules_r1_to_r7_apply_to_the_keys_of_a_file() -> None:
    assert "dvt_signs" in clearance_for("new_leg_ache", "pregnant").keys
    assert "dvt_signs" in clearance_for("both_swollen_new", "recent_surgery_other").keys
    assert "fracture_signs" in clearance_for("acute_strain", "osteoporosis").keys
    assert "injury_bad" in clearance_for("acute_strain", soreness=7).keys
    assert not clearance_for("cramp_now", "acute_strain").plays


HOSTILE = {
    "empty": b"",
    "not UTF-8": b'{"yes": ["\xff\xfe"]}',
    "UTF-16": '{"yes": []}'.encode("utf-16"),
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "a word": b"yes",
    "two documents": b"{} {}",
    "a comma too many": b'{"yes": [],}',
    "deep": b"[" * 60_000,
    "deep map": b'{"yes":' * 9_000,
    "deep and closed": b"[" * 20_000 + b"]" * 20_000,
    "NaN": b'{"soreness": NaN}',
    "Infinity": b'{"age": -Infinity}',
    "the same key twice": b'{"yes": ["fever"], "yes": []}',
    "a huge number": b'{"age": ' + b"9" * 5_000 + b"}",
    "a huge exponent": b'{"age": 1e999}',
    "age as text": b'{"age": "40"}',
    "age with a dot": b'{"age": 40.0}',
    "age below 0": b'{"age": -1}',
    "age of a tortoise": b'{"age": 131}',
    "age null": b'{"age": null}',
    "age true": b'{"age": true}',
    "soreness true": b'{"soreness": true}',
    "soreness 11": b'{"soreness": 11}',
    "soreness null": b'{"soreness": null}',
    "soreness in a list": b'{"soreness": [3]}',
    "yes true": b'{"yes": true}',
    "yes a word": b'{"yes": "fever"}',
    "yes a map": b'{"yes": {"fever": true}}',
    "yes null": b'{"yes": null}',
    "a number among keys": b'{"yes": ["fever", 1]}',
    "a list among keys": b'{"unsure": [["fever"]]}',
    "an unknown condition": b'{"yes": ["feverr"]}',
    "an unknown unanswered one": b'{"unanswered": ["nothing"]}',
    "another case": b'{"yes": ["Fever"]}',
    "an unknown key": b'{"no": ["fever"]}',
    "cleared": b'{"yes": ["acl"], "cleared": ["acl"]}',
    "a lone surrogate": b'{"\\ud800": 1}',
    "a lone surrogate as a condition": b'{"yes": ["\\udfff"]}',
    "control characters": b'{"yes": ["\\u001b[2J\\u0007"]}',
    "a zero byte": b'{"yes": ["\x00"]}',
    "too large": b'{"yes": []}' + b" " * MAX_BYTES,
}


def is_plain(words: str) -> None:
    """Check that a terminal can show the words safely."""
    assert words and not {unicodedata.category(char) for char in words} & {"Cc", "Cs", "Zl", "Zp"}
    assert "Traceback" not in words and "Error" not in words


@cases("name", HOSTILE)
def test_a_bad_file_is_refused_in_a_plain_sentence(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(HOSTILE[name])
    with pytest.raises(AnswersError) as refused:
        read_answers(file, MATRIX, NOW)
    words = str(refused.value)
    is_plain(words)
    assert words.endswith((".", "}", "?")) and len(words) < 600


def test_a_file_that_is_too_large_is_not_read_completely(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b'{"yes": ["' + b"a" * 1_000_000 + b'"]}')
    with pytest.raises(AnswersError, match="larger than 64 KiB"):
        read_answers(file, MATRIX, NOW)


def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json", Path("a\0b"), tmp_path / ("x" * 300)):
        with pytest.raises(AnswersError, match=r"^Can't read"):
            read_answers(path, MATRIX, NOW)


def test_a_byte_order_mark_is_accepted() -> None:
    assert parse_answers(b'\xef\xbb\xbf{"yes": ["oa"]}', MATRIX, NOW).findings[0].key == "oa"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(KEYS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)  # fmt: skip
rows = st.dictionaries(
    st.sampled_from(["yes", "unsure", "unanswered", "soreness", "age", "x"]), anything
)


@pytest.mark.soak
@QUICK
@given(rows | anything)
def test_any_json_leads_to_answers_or_to_an_error_sentence(value: object) -> None:
    data = json.dumps(value).encode()
    try:
        answers = parse_answers(data, MATRIX, NOW)
    except AnswersError as error:
        is_plain(str(error))
    else:
        assert isinstance(value, dict) and judge(answers, MATRIX, NOW).rank in Rank


@pytest.mark.soak
@QUICK
@given(st.binary(max_size=200))
def test_any_bytes_lead_to_answers_or_to_an_error_sentence(data: bytes) -> None:
    try:
        parse_answers(data, MATRIX, NOW)
    except AnswersError as error:
        is_plain(str(error))
