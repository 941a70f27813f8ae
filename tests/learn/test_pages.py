"""The content of the pages: all causes, when to get seen, and what the program really does."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from player.learn.pages import (
    LEARN,
    About,
    LearnPage,
    PagesMissing,
    find,
    load_pages,
    names,
    opening,
)
from player.learn.words import page_lines, parts, top_line
from player.library.folders import open_library
from player.routine.model import Exercise, steps_of
from player.routine.terms import SHIPPED
from player.routine.vocabulary import LEG, MASSAGE, Kind, Region
from player.safety.matrix import Rank
from tests.cases import cases
from tests.grade import grade
from tests.safety.making import (
    CATALOGUE,
    MATRIX,
    QUESTIONS,
    RED,
    alone,
    clearance_for,
    plan_of,
    shipped,
)

PAGES = load_pages()
NUMBER = "999"
NINE = (
    "leg cramps", "Baker's cyst", "osteoarthritis", "runner's knee", "hamstring strain",
    "meniscus tear", "ACL tear", "PCL injury", "deep vein thrombosis",
)  # fmt: skip
OTHERS = (
    "popliteus", "gastrocnemius", "calf strain", "tendinopathy", "sciatica", "entrapment",
    "aneurysm", "poor circulation", "infection", "tumour", "hip pain", "back pain",
)  # fmt: skip
CARE = ("early care", "self-massage", "stretching")

every_page = cases("page", PAGES)


def named(id_: str) -> LearnPage:
    page = find(PAGES, id_)
    assert page is not None, id_
    return page


def body(page: LearnPage) -> str:
    """Return the whole text of a page except its sources."""
    kept = [part for part in parts(page, NUMBER) if part.heading != "Sources"]
    lines = [line for part in kept for paragraph in part.paragraphs for line in paragraph]
    return "\n".join([page.title, page.brief, page.top, *(part.heading for part in kept), *lines])


def without_quotes(page: LearnPage) -> str:
    text = body(page)
    for row in page.claims:
        text = text.replace(row.text, "")
    return text.casefold()


@cases("words", [*NINE, *OTHERS])
def test_every_cause_is_found_by_its_name_in_any_spelling(words: str) -> None:
    for typed in (words, words.upper(), words.replace(" ", "-")):
        assert named(typed).about is About.CAUSE


@pytest.mark.parametrize("words", CARE)
def test_each_treatment_has_a_page(words: str) -> None:
    assert named(words).about is About.CARE


def test_no_two_pages_are_found_by_the_same_words() -> None:
    for page in PAGES:
        for name in names(page):
            assert named(name) is page, name
    assert find(PAGES, "") is None and find(PAGES, "knee-deep") is None


def test_the_opening_page_says_when_to_call_then_when_to_get_seen_then_no_diagnosis() -> None:
    first = parts(opening(PAGES), NUMBER)
    assert first[0].heading == "Call your emergency number now: 999"
    assert first[1].heading.startswith("Get seen today")
    assert first[2].heading == "Get seen before you start"
    assert "not a diagnosis" in first[3].paragraphs[0][0]


def test_the_line_above_the_list_names_the_emergency_number() -> None:
    assert top_line(opening(PAGES), "112 {or} 999") == (
        "Chest pain or trouble breathing: call 112 {or} 999 now. One leg newly swollen, warm, "
        "sore or a new colour: get seen today."
    )


def test_the_opening_page_covers_every_urgent_sign() -> None:
    assert set(opening(PAGES).keys) >= RED


@every_page
def test_every_page_says_when_to_get_seen_and_what_the_program_does(page: LearnPage) -> None:
    assert page.now or page.today
    assert page.here and page.first and page.keys
    assert page.feels or page.about is not About.CAUSE


@every_page
def test_a_page_is_as_urgent_as_the_screening(page: LearnPage) -> None:
    assert set(page.keys) <= MATRIX.conditions.keys()
    ranks = {MATRIX.conditions[key].rank for key in page.keys}
    assert Rank.EMERGENCY not in ranks or page.now
    assert Rank.URGENT not in ranks or page.today
    if ranks & {Rank.EMERGENCY, Rank.URGENT}:
        assert any("nothing plays" in line for line in page.here)
        for key in set(page.keys) & RED:
            for routine in shipped():
                assert not steps_of(plan_of(routine, clearance_for(key)).items)
    if page.now:
        assert Rank.EMERGENCY in ranks
    if page.today:
        assert Rank.URGENT in ranks


@every_page
def test_every_page_is_easy_to_read_and_promises_nothing(page: LearnPage) -> None:
    assert grade(body(page)) <= 7
    text = without_quotes(page)
    banned = "push through|no pain no gain|until numb|break up|release toxins|cures?|diagnoses?"
    assert not re.search(rf"\b({banned})\b", text)
    assert "diagnosis" not in text.replace("not a diagnosis", "")
    assert not re.search(r"\byou (probably |likely |may )?have an? ", text)
    assert not re.search(r"\b(will|always) (heal|help|go away|get better)\b", text)


@every_page
def test_no_page_names_a_brand_or_a_medicine(page: LearnPage) -> None:
    text = "\n".join(page_lines(page, NUMBER)).casefold()
    for brand in ("pso-rite", "psorite", "hip hook", "theragun", "therabody", "hyperice"):
        assert brand not in text
    assert not re.search(r"\b(ibuprofen|paracetamol|aspirin|naproxen|diclofenac|\d+ ?mg)\b", text)


def test_wrong_claims_are_quoted_as_claims() -> None:
    claims = [row.text for page in PAGES for row in page.claims]
    assert any("break up" in line for line in claims)
    assert any("push through" in line for line in claims)


def test_early_care_uses_the_sentences_that_are_shown_after_an_injury() -> None:
    text = body(named("early care"))
    for paragraph in QUESTIONS.early_care:
        for sentence in re.split(r"(?<=\.) ", paragraph):
            assert sentence in text, sentence


# A page and the screening agree on every condition.

Leaves = Callable[[Exercise], bool]


def of(kinds: frozenset[Kind] | set[Kind], *regions: Region) -> Leaves:
    return lambda one: one.kind in kinds and bool(one.regions & (frozenset(regions) or LEG))


def ids(*names: str) -> Leaves:
    return lambda one: one.id in names


STRETCH = {Kind.STATIC, Kind.DYNAMIC, Kind.CONTRACT_RELAX}
NO_CARE = frozenset(STRETCH | MASSAGE | {Kind.HEAT, Kind.STRENGTHEN})
ALL = NO_CARE | {Kind.COOL, Kind.EARLY_CARE}
PNF = {Kind.CONTRACT_RELAX}
R = Region
HEEL_TO_SEAT = ("quad-stand", "quad-side-lying", "quad-prone-strap", "quad-wall-kneel")

OUT: list[tuple[str, str, Leaves]] = [
    ("blood-clot", "new_leg_ache", of(MASSAGE | {Kind.HEAT} | PNF)),
    ("blood-clot", "dvt_recent", of(ALL)),
    ("blood-clot", "dvt_history", of(MASSAGE | {Kind.HEAT})),
    ("leg-cramps", "cramp_now", lambda one: one.id != "cramp-ease-calf"),
    ("bakers-cyst", "lump_new", of(MASSAGE | {Kind.HEAT})),
    ("bakers-cyst", "lump_new", of(STRETCH, R.KNEE, R.QUAD, R.HAM, R.CALF)),
    ("bakers-cyst", "bakers_cyst", of(MASSAGE, R.CALF, R.HAM, R.KNEE)),
    ("bakers-cyst", "bakers_cyst", of(PNF, R.CALF, R.HAM, R.QUAD)),
    ("bakers-cyst", "bakers_cyst", ids("calf-step-drop-hold", "adductor-rock-back")),
    ("osteoarthritis", "oa", ids("quad-wall-kneel", "adductor-rock-back")),
    ("osteoarthritis", "oa", ids("hipflexor-pnf-half-kneel")),
    ("runners-knee", "kneecap_pain", ids("lunge-reach", "hipflexor-half-kneel")),
    ("runners-knee", "kneecap_pain", ids("quad-wall-kneel", "quad-pnf-side", "quad-stand")),
    ("hamstring-strain", "ham_strain", of(NO_CARE, R.HAM)),
    ("hamstring-strain", "acute_strain", of(NO_CARE)),
    ("hamstring-strain", "strain_healing", of(PNF | {Kind.PRESS, Kind.STRENGTHEN})),
    ("meniscus-tear", "meniscus_unseen", of(NO_CARE, R.KNEE, R.QUAD, R.HAM, R.CALF)),
    ("meniscus-tear", "meniscus", ids(*HEEL_TO_SEAT)),
    ("meniscus-tear", "meniscus", ids("adductor-butterfly", "glute-figure-four", "lunge-reach")),
    ("acl-tear", "acl", of(ALL)),
    ("pcl-injury", "pcl", of(PNF | {Kind.STRENGTHEN}, R.HAM)),
    ("pcl-injury", "pcl", ids(*HEEL_TO_SEAT)),
    ("pcl-injury", "pcl", ids("hipflexor-half-kneel", "adductor-rock-back")),
    ("sciatica", "leg_nerve", of({Kind.STATIC, *PNF, Kind.ROLL, Kind.PRESS}, R.HAM)),
    ("sciatica", "leg_nerve", ids("glute-figure-four", "glute-knee-hug", "leg-swing-front-back")),
    ("sciatica", "leg_nerve", ids("glute-ball-wall", "early-cold-pack", "early-wrap")),
    ("artery-trouble", "pad", of(MASSAGE | {Kind.HEAT, Kind.COOL, Kind.EARLY_CARE})),
    ("artery-trouble", "pad", ids("calf-step-drop-hold", "calf-pnf-strap")),
    ("artery-trouble", "aaa_known", lambda _: True),
    ("infection", "fever", lambda _: True),
    ("infection", "skin", of(MASSAGE | {Kind.HEAT, Kind.COOL})),
    ("tumour", "systemic", of(NO_CARE)),
    ("tumour", "cancer", of(MASSAGE | {Kind.COOL})),
    ("referred-pain", "hip_pinch", ids("glute-figure-four", "glute-knee-hug")),
    ("referred-pain", "hip_pinch", ids("adductor-butterfly", "leg-swing-front-back")),
    ("referred-pain", "back_ext_pain", ids("quad-prone-strap", "hipflexor-bed-edge")),
    ("referred-pain", "back_ext_pain", ids("hipflexor-half-kneel", "quad-stand")),
    ("early-care", "cold_trouble", ids("early-cold-pack")),
    ("early-care", "neuropathy", ids("early-cold-pack")),
    ("early-care", "pad", ids("early-cold-pack")),
    ("self-massage", "anticoagulant", ids("calf-roll", "calf-ball-press", "quad-stick-sit")),
    ("self-massage", "osteoporosis", ids("calf-ball-press", "quad-roll")),
]
STAYS: list[tuple[str, str, tuple[str, ...]]] = [
    ("leg-cramps", "cramp_now", ("cramp-ease-calf",)),
    ("bakers-cyst", "bakers_cyst", ("calf-wall-straight", "ham-chair-sit")),
    ("osteoarthritis", "oa", ("calf-wall-straight", "quad-stand")),
    ("runners-knee", "kneecap_pain", ("quad-side-lying", "glute-knee-hug", "ham-chair-sit")),
    ("hamstring-strain", "ham_strain", ("early-raise-lying", "early-cold-pack")),
    ("calf-strain", "acute_strain", ("early-raise-lying", "early-wrap", "early-cold-pack")),
    ("pcl-injury", "pcl", ("calf-wall-straight", "ham-chair-sit")),
    ("artery-trouble", "pad", ("calf-wall-straight", "ham-chair-sit")),
    ("self-massage", "anticoagulant", ("calf-hand-knead", "shin-hand-stroke")),
]


def plays(key: str, id_: str) -> bool:
    return id_ in {
        step.exercise.id for step in steps_of(plan_of(alone(id_), clearance_for(key)).items)
    }


@cases(("page", "key", "leaves"), OUT)
def test_the_plan_leaves_out_what_a_page_says_is_left_out(
    page: str, key: str, leaves: Leaves
) -> None:
    assert key in named(page).keys
    found = [entry.exercise for entry in CATALOGUE.entries if leaves(entry.exercise)]
    assert found
    assert not [one.id for one in found if plays(key, one.id)]


@cases(("page", "key", "ids"), STAYS)
def test_the_plan_keeps_what_a_page_says_stays(page: str, key: str, ids: tuple[str, ...]) -> None:
    assert key in named(page).keys
    assert all(plays(key, id_) for id_ in ids)


def test_with_a_risk_of_clots_a_new_ache_in_the_leg_is_urgent() -> None:
    risks = set(named("blood-clot").keys) & MATRIX.clot_risk
    assert risks == MATRIX.clot_risk
    for risk in risks:
        for sign in ("new_leg_ache", "both_swollen_new"):
            assert clearance_for(sign, risk).rank >= Rank.URGENT


# The files

GOOD = (
    'order: 0\nabout: opening\ntitle: T\nbrief: B\ntop: "Call {number}."\nget_seen:\n  now: [N]\n'
)


def test_the_library_does_not_list_the_pages_as_routines() -> None:
    library = open_library([SHIPPED])
    assert not [file for file in library.files if LEARN in file.parents]
    assert {page.id for page in PAGES} == {file.stem for file in LEARN.glob("*.yaml")}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "can't be read|has a mistake"),
        (GOOD + "first: [a\x1b[31mb]\n", "can't be read"),
        (GOOD.replace("  now: [N]\n", "  soon: [N]\n"), "no key `soon`"),
        (GOOD.replace("get_seen:\n  now: [N]\n", ""), "does not say when to get seen"),
        (GOOD.replace("order: 0", "order: soon"), "has a mistake"),
        (GOOD + "here: []\n", "`here` should be a list"),
        (GOOD + "straight: [x]\n", "`straight` should hold maps"),
        (GOOD.replace("opening", "cause"), "can't be found"),
        (GOOD.replace("Call {number}.", ""), "`top` is empty"),
        (GOOD.replace("{number}", "us"), "`top` says whom to call, so it needs `{number}`"),
        (GOOD.replace('top: "Call {number}."\n', ""), "a page needs `top`"),
        (GOOD.replace("{number}", "{nmber}"), "`top` takes no braces but those of `{number}`"),
        (GOOD.replace("{number}", "{number} {}"), "`top` takes no braces but"),
        (GOOD.replace("{number}", "{number!r}"), "`top` takes no braces but"),
        (GOOD.replace("{number}", "{{number}}"), "`top` takes no braces but"),
        (GOOD.replace("[N]", '["Call {number}"]'), "`get_seen` takes no braces"),
        (GOOD + 'here: ["a } b"]\n', "`here` takes no braces"),
        (GOOD + 'straight: [{said: "{", known: K}]\n', "`straight` takes no braces"),
    ],
)
def test_a_broken_page_gives_a_plain_message(tmp_path: Path, source: str, words: str) -> None:
    (tmp_path / "a.yaml").write_text(source, "utf-8")
    with pytest.raises(PagesMissing, match=words):
        load_pages(tmp_path)


def test_a_missing_folder_of_pages_gives_a_plain_message(tmp_path: Path) -> None:
    with pytest.raises(PagesMissing, match="install supple again"):
        load_pages(tmp_path / "none")
