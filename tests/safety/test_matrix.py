"""Compares the matrix with a table copied by hand from the clinical content (1f, 2e)."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from player.routine.terms import SHIPPED, ScreeningMissing
from player.routine.vocabulary import Region
from player.safety import matrix, questions, stop_list, swaps
from player.safety.matrix import Condition, Rank, Where, load_matrix, read_condition
from player.safety.questions import load_questionnaire
from player.safety.stop_list import load_stop_list
from player.safety.swaps import load_swaps
from tests.cases import cases
from tests.safety.making import KEYS, MATRIX, QUESTIONS, clearance_for, one_of_each, plan_of

EMERGENCY = """pe_heart cauda_equina limb_ischaemia compartment deformity aaa_acute hernia_stuck
    stroke sepsis"""
URGENT = """dvt_signs phlebitis cramp_long lump_pulse ham_bad locked_knee pop_swelling
    giving_way_new pcl_new fracture_signs cant_bear_weight injury_bad severe_new_pain hot_joint
    skin_infection achilles_pop extensor_tear rhabdo nerve_urgent fever_sore pad_severe"""
STOP_SESSION = "fever told_to_rest heart_unstable aaa_known child_alone"
STOP = """systemic lump_new injury_unseen bruise_deep meniscus_unseen giving_way acl
    recent_surgery dvt_history dvt_recent both_swollen_new lymph_or_both_swollen cancer pad"""
ADAPT = """new_leg_ache cramp_now bakers_cyst kneecap_pain acute_strain ham_strain strain_healing
    meniscus pcl varicose anticoagulant osteoporosis neuropathy leg_nerve skin
    recent_surgery_other metal_leg hip_replaced knee_replaced pregnant postpartum hernia aaa
    belly_pulse abdo_surgery abdo_disease iud organ_stuff dp_not_shown heart dizzy hypermobile
    tendon_drug achilles_pain steroid_jab hip_pinch back_ext_pain kneel_sore cold_trouble child
    masking rest_pain"""
CAUTION = "dvt_risk oa"
CLASSES = {
    key: rank
    for rank, keys in (
        (Rank.EMERGENCY, EMERGENCY),
        (Rank.URGENT, URGENT),
        (Rank.STOP, STOP_SESSION),
        (Rank.STOP, STOP),
        (Rank.ADAPT, ADAPT),
        (Rank.CAUTION, CAUTION),
    )
    for key in keys.split()
}
AT_A_PLACE = """systemic lump_new injury_unseen bruise_deep cancer acute_strain ham_strain
    strain_healing steroid_jab rest_pain"""
AT_A_SPOT = "varicose skin metal_leg"
CLEARS = """told_to_rest heart_unstable aaa_known systemic lump_new injury_unseen bruise_deep
    meniscus_unseen giving_way acl recent_surgery dvt_history dvt_recent both_swollen_new"""
WITH_A_NOTE = """acl dvt_history lymph_or_both_swollen pad new_leg_ache bakers_cyst kneecap_pain
    meniscus anticoagulant osteoporosis neuropathy leg_nerve hip_replaced hernia heart dizzy
    hypermobile tendon_drug achilles_pain hip_pinch back_ext_pain child dvt_risk oa"""
PLACES = {
    "calf": "calf",
    "shin": "shin",
    "foot": "foot calf shin",
    "knee": "knee quad ham calf",
    "quad": "quad",
    "ham": "ham",
    "adductor": "adductor",
    "glute": "glute",
    "tfl": "tfl",
    "hipflexor": "hipflexor quad adductor",
    "belly": "belly hipflexor",
    "lowback": "lowback glute ham hipflexor",
}

ANSWERS = {  # section 2e: which answer sets which key
    "G1": "pe_heart",
    "G2": "cauda_equina",
    "G3": "dvt_signs",
    "G4": "limb_ischaemia",
    "G5": "",
    "G6": "locked_knee giving_way_new nerve_urgent cant_bear_weight",
    "G7": "sepsis hot_joint rhabdo both_swollen_new fever",
    "G8": "steroid_jab told_to_rest",
    "G9": "lump_new bruise_deep pad_severe systemic dvt_risk",
    "S6": "pe_heart stroke",
    "P1": "pregnant postpartum recent_surgery abdo_surgery",
    "P2": "anticoagulant",
    "P3": "dvt_recent dvt_history cancer osteoporosis",
    "P4": "recent_surgery abdo_surgery recent_surgery_other dvt_risk",
    "P5": "hip_replaced abdo_surgery knee_replaced metal_leg",
    "P6": "osteoporosis tendon_drug",
    "P7": "pad pad_severe lymph_or_both_swollen varicose neuropathy",
    "P8": "heart heart_unstable lymph_or_both_swollen dizzy",
    "P9a": "hernia hernia_stuck aaa_known aaa abdo_surgery",
    "P9b": "iud abdo_disease abdo_surgery aaa",
    "P10": """oa bakers_cyst lump_new lump_pulse kneecap_pain acl pcl meniscus meniscus_unseen
        giving_way hip_pinch achilles_pain""",
    "P11": "leg_nerve back_ext_pain",
    "P12": "hypermobile",
    "P13": "systemic",
    "F1": "skin skin_infection bruise_deep lump_new lump_pulse phlebitis",
    "F2": "neuropathy",
    "F3": "new_leg_ache",
    "F4": "organ_stuff",
    "F5": "abdo_disease",
    "F6": "belly_pulse",
    "F7": "dp_not_shown",
    "F8": "heart",
    "F9": "pcl",
    "F10": "achilles_pain",
    "F11": "kneel_sore",
    "F12": "child_alone",
    "F13": "masking",
    "F14": "cold_trouble",
    "F15": "cramp_long",
}
PLACES_OF_OPTIONS = {  # which options ask for a place, or have one
    ("P5", "metal_leg"), ("P7", "varicose"), ("P10", "lump_new"), ("G8", "steroid_jab"),
    ("G9", "bruise_deep"), ("G9", "systemic"),
    ("F1", "skin"), ("F1", "bruise_deep"), ("F1", "lump_new"),
}  # fmt: skip
INJURY = {  # I2 to I5, I7 and O1 to O4: place (all if empty), the unsafe answer, key
    ("shape", "", "yes", "deformity"),
    ("it pop", "knee", "yes", "pop_swelling"),
    ("it pop", "calf", "yes", "achilles_pop"),
    ("A pop, or what felt like a kick", "foot", "yes", "achilles_pop"),
    ("it pop", "ham glute", "yes", "ham_bad"),
    ("it pop", "shin quad adductor tfl hipflexor belly", "yes", "injury_bad"),
    ("hard fall", "lowback", "yes", "fracture_signs"),
    ("4 steps", "", "no", "fracture_signs"),
    ("right angle", "knee", "no", "fracture_signs"),
    ("straight leg", "knee quad", "no", "extensor_tear"),
    ("on your toes", "calf foot", "no", "achilles_pop"),
    ("above the heel", "foot", "yes", ""),
    (
        "bone itself",
        "calf shin knee quad ham adductor glute tfl hipflexor belly lowback",
        "yes",
        "fracture_signs",
    ),
    ("bone sore to touch", "foot", "yes", "fracture_signs"),
    ("kept on growing", "", "yes", "injury_bad"),
    ("clinician looked", "", "no", ""),
    ("swollen, warm", "calf shin foot quad ham adductor hipflexor", "yes", "dvt_signs"),
    ("better than", "", "no", "injury_unseen"),
    ("hard lump", "", "yes", "bruise_deep"),
    ("55 or over", "knee", "yes", "fracture_signs"),
    ("bent knee", "knee", "yes", "pcl_new"),
    ("sitting bone", "ham glute", "yes", "ham_bad"),
}
NOT_ASKED = {"aaa_acute", "compartment"}
DERIVED = {"severe_new_pain", "fever_sore", "strain_healing", "child"}
OTHERWISE = {"new_leg_ache", "dvt_risk", "cramp_now", "rest_pain", "acute_strain", "ham_strain"}
OTHERWISE |= {"injury_unseen"}
"""Set by S1 to S5, `c` and I6."""


def test_every_key_has_its_class() -> None:
    assert {key: row.rank for key, row in MATRIX.conditions.items()} == CLASSES


def test_with_an_urgent_key_or_a_session_stop_nothing_plays() -> None:
    for key, row in MATRIX.conditions.items():
        assert row.session == (key in STOP_SESSION.split()), key
        if row.rank >= Rank.URGENT or row.session:
            assert (
                not clearance_for(key).plays
                and not plan_of(one_of_each(), clearance_for(key)).items
            ), key


def test_every_condition_of_class_stop_blocks_something() -> None:
    for key in STOP.split():
        assert MATRIX.conditions[key].out, key


@cases(
    ("names", "has"),
    [
        (AT_A_PLACE, lambda row: row.place is Where.HERE),
        (AT_A_SPOT, lambda row: row.place is Where.SPOT),
        (CLEARS, lambda row: row.clears),
        (WITH_A_NOTE, lambda row: bool(row.note)),
        ("acute_strain ham_strain steroid_jab", lambda row: row.lasts == (72, "h")),
        ("strain_healing", lambda row: row.lasts == (21, "d")),
        ("bruise_deep", lambda row: row.lasts == (42, "d")),
        ("ham_strain", lambda row: row.default_place == "ham"),
        ("cramp_now", lambda row: row.only == {"cramp-ease-calf"}),
        ("anticoagulant", lambda row: row.but == {"calf-hand-knead", "shin-hand-stroke"}),
        ("skin", lambda row: row.gear == {"strap", "wrap"}),
        (
            "both_swollen_new lymph_or_both_swollen neuropathy",
            lambda row: row.gear == {"wrap"},
        ),
        ("injury_unseen strain_healing rest_pain", lambda row: row.easy is Where.HERE),
        ("masking", lambda row: row.easy_everywhere),
        ("told_to_rest systemic", lambda row: row.clears and not row.then),
    ],
)
def test_these_keys_have_these_properties(names: str, has: object) -> None:
    assert callable(has)
    assert {key for key, row in MATRIX.conditions.items() if has(row)} == set(names.split())


def test_only_a_condition_with_a_place_uses_the_place() -> None:
    for row in MATRIX.conditions.values():
        lines = (*row.out, *row.then)
        if any(isinstance(out.regions, Where) for out in lines):
            assert row.place is not None, row.key
        assert all(out.regions == row.place for out in lines if isinstance(out.regions, Where))
        assert not row.then or row.clears, row.key


def test_a_place_includes_the_regions_that_move_with_it() -> None:
    assert MATRIX.places == {
        place: frozenset(map(Region, regions.split())) for place, regions in PLACES.items()
    }
    assert set(PLACES) == set(Region)


def test_these_keys_make_a_clot_more_likely() -> None:
    assert MATRIX.clot_risk == {
        "dvt_risk", "dvt_history", "dvt_recent", "cancer", "pregnant", "postpartum",
        "recent_surgery", "recent_surgery_other",
    }  # fmt: skip


@cases("key", KEYS)
def test_every_key_is_described_in_plain_words(key: str) -> None:
    says = MATRIX.conditions[key].says
    assert 3 <= len(says) <= 110
    assert says[0].islower() or says.startswith("ACL")
    assert not says.endswith(".") and says != key.replace("_", " ")
    assert not re.search(r"\byou (have|had|are|suffer)|diagnos", says)


@cases(
    "row",
    [
        "{class: stop}",
        "{class: nonsense, says: a}",
        "{class: stop, says: a, session: yes}",
        "{class: stop, says: a, clears: maybe}",
        "{class: stop, says: a, out: [SS @ nowhere]}",
        "{class: stop, says: a, out: [SS]}",
        "{class: stop, says: a, out: [XX @ any]}",
        "{class: stop, says: a, out: SS @ any}",
        "{class: stop, says: a, out: [[SS @ any]]}",
        "{class: stop, says: a, outt: [SS @ any]}",
        "{class: stop, says: a, for: 72}",
        "{class: stop, says: a, easy: somewhere}",
        "{class: stop, says: a, place: somewhere}",
    ],
)
def test_a_misspelt_row_is_refused_and_never_ignored(row: str) -> None:
    from player.document.read import read_bytes
    from player.document.rows import DataRow, RowError

    root = read_bytes(f"key: {row}\n".encode(), "t.yaml").root
    with pytest.raises(RowError):
        read_condition("key", DataRow(root, "t.yaml", "the matrix").row("key", "a condition"))


def test_the_matrix_is_read_once_and_can_not_be_changed() -> None:
    assert load_matrix() is MATRIX
    row: Condition = MATRIX.conditions["fever"]
    with pytest.raises(AttributeError):
        row.rank = Rank.PLAY  # type: ignore[misc]


@pytest.mark.parametrize(
    ("module", "load"),
    [
        (matrix, load_matrix),
        (questions, load_questionnaire),
        (stop_list, load_stop_list),
        (swaps, load_swaps),
    ],
    ids=lambda value: getattr(value, "__name__", "").rpartition(".")[2],
)
@pytest.mark.parametrize("found", [None, "", "[", "x: [y]\n"], ids=repr)
def test_without_its_data_nothing_is_asked_and_nothing_played(
    module: ModuleType,
    load: Callable[[], object],
    found: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "screening").mkdir()
    for file in (SHIPPED / "screening").iterdir():
        if found is not None:
            (tmp_path / "screening" / file.name).write_text(found, "utf-8")
    monkeypatch.setattr(module, "SHIPPED", tmp_path)
    with pytest.raises(ScreeningMissing):
        load.__wrapped__()  # type: ignore[attr-defined]


# Section 2e: every answer and its keys


def test_every_question_sets_its_keys_and_no_others() -> None:
    asked = (*QUESTIONS.today, *QUESTIONS.profile, *QUESTIONS.followups, QUESTIONS.above)
    found = {q.id: q.all_keys for q in asked}
    assert found == {id_: frozenset(keys.split()) for id_, keys in ANSWERS.items()}
    assert QUESTIONS.cramp.keys == ("cramp_now",)


def test_every_option_sets_its_keys() -> None:
    def keys(question: str) -> list[str]:
        found = QUESTIONS.find(question)
        assert found
        return [" ".join(option.keys) for option in found.options]

    assert keys("P1") == ["pregnant", "postpartum", "postpartum recent_surgery abdo_surgery"]
    assert keys("P3") == ["dvt_recent", "dvt_history", "cancer", "cancer", "cancer osteoporosis"]
    assert keys("P4") == [
        "recent_surgery", "recent_surgery", "recent_surgery abdo_surgery", "recent_surgery_other",
        "dvt_risk", "dvt_risk", "dvt_risk",
    ]  # fmt: skip
    assert keys("P5") == ["hip_replaced abdo_surgery", "knee_replaced", "metal_leg"]
    assert keys("P6") == [
        "osteoporosis", "osteoporosis tendon_drug", "tendon_drug", "tendon_drug",
    ]  # fmt: skip
    assert keys("P7") == [
        "pad", "pad_severe", "pad_severe", "lymph_or_both_swollen", "varicose", "neuropathy",
    ]  # fmt: skip
    assert keys("P8") == [
        "heart", "heart_unstable", "heart_unstable", "heart lymph_or_both_swollen", "dizzy",
    ]  # fmt: skip
    assert keys("P9a") == ["hernia", "hernia_stuck", "aaa_known aaa", "aaa abdo_surgery"]
    assert keys("P9b") == ["iud", "abdo_disease", "abdo_surgery", "aaa"]
    # "Older and cleared: no key" (1b) has a line of its own, so that everybody finds a choice.
    assert list(dict.fromkeys(filter(None, keys("P10")))) == ANSWERS["P10"].split()


def test_these_answers_open_the_profile_again() -> None:
    news = QUESTIONS.find("G8")
    assert news and news.otherwise_opens_all
    assert [option.opens for option in news.options] == [
        ("P1",), ("P4", "P5"), (), ("P2", "P6"), ("P3", "P7", "P8", "P9a", "P9b", "P13"), (),
    ]  # fmt: skip


def test_these_options_ask_for_a_place() -> None:
    asked = {
        (question.id, key)
        for question in (*QUESTIONS.today, *QUESTIONS.profile, *QUESTIONS.followups)
        for option in question.options
        for key in option.keys
        if option.asks_place or option.at_place
    }
    assert asked == PLACES_OF_OPTIONS


def test_the_injury_questions_and_their_unsafe_answers() -> None:
    found = set()
    for question in (*QUESTIONS.injury, *QUESTIONS.older.values()):
        words = next(w for w, *_ in INJURY if w in question.ask)
        by_key: dict[str, list[str]] = {}
        for place in [p.id for p in QUESTIONS.places]:
            if question.at is None or place in question.at:
                (key,) = question.keys_for(place) or ("",)
                by_key.setdefault(key, []).append(place)
        for key, places in by_key.items():
            everywhere = len(places) == len(QUESTIONS.places)
            found.add(
                (words, frozenset() if everywhere else frozenset(places), question.unsafe, key)
            )
    assert found == {(w, frozenset(places.split()), u, k) for w, places, u, k in INJURY}


def test_every_key_can_be_reached() -> None:
    asked = {key for keys in ANSWERS.values() for key in keys.split()}
    asked |= {key for *_, key in INJURY if key} | OTHERWISE
    assert asked | NOT_ASKED | DERIVED == set(KEYS)
    assert not asked & NOT_ASKED


def test_every_question_has_a_text_and_a_reason() -> None:
    for question in (*QUESTIONS.today, *QUESTIONS.profile, *QUESTIONS.followups):
        assert question.ask and question.why
        is_statement = question in QUESTIONS.profile
        assert is_statement != question.ask.endswith(("?", ".")), question.ask
        assert len(question.options) <= 17, "more than there are keys for"
    assert len(QUESTIONS.today) == 9
    assert [q.id for q in QUESTIONS.today if q.at_once] == ["G1", "G2", "G3", "G4"]
    assert len({place.key for place in QUESTIONS.places}) == 12
    assert not {place.key for place in QUESTIONS.places} & set("nq?-")


def test_the_stop_list_agrees_with_the_clinical_content() -> None:
    from player.safety.stop_list import Then, load_stop_list, stop_list_for

    feelings = stop_list_for(())
    assert [f.id for f in load_stop_list() if f not in feelings] == ["deep"]
    red = [feeling for feeling in feelings if feeling.rank in {"emergency", "urgent"}]
    assert feelings[: len(red)] == tuple(red), "what is worst comes first"
    assert all(f.then is Then.END and f.key in KEYS for f in red)
    assert [f.key for f in red if f.rank == "urgent"] == ["injury_bad", "dvt_signs"]
    for feeling in red:
        assert feeling.key and MATRIX.conditions[feeling.key].rank.word == feeling.rank
