from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.search import Document, Highlight, Hit, Index
from codes.search.tables import Tables
from codes.search.thesaurus import thesaurus_of

DOCUMENTS = [
    Document(code="71250", name="CT scan of the chest without contrast", band=2, kind="cpt", category="Imaging"),
    Document(code="71260", name="CT scan of the chest with contrast", band=2, kind="cpt", category="Imaging"),
    Document(code="71270", name="CT scan of the chest before and after contrast", band=3, kind="cpt"),
    Document(code="20610", name="Big joint injection, no ultrasound", words="knee injection; shoulder", band=1),
    Document(code="20611", name="Big joint injection with ultrasound", words="knee injection; us guided", band=2),
    Document(code="45378", name="Colonoscopy, look only", band=2, kind="cpt", subcategory="Digestive"),
    Document(code="45380", name="Colonoscopy with forceps biopsy", band=1, kind="cpt", subcategory="Digestive"),
    Document(code="00811", name="Anesthesia for colonoscopy", band=1, kind="cpt"),
    Document(code="99213", name="Office visit, low complexity", words="est pt; level 3", band=1),
    Document(code="99214", name="Office visit, moderate complexity", words="est pt; level 4", band=1),
    Document(code="99215", name="Office visit, high complexity", words="est pt; level 5", band=2),
    Document(code="J3301", name="Triamcinolone steroid injection", hcpcs_text="Injection, triamcinolone acetonide",
             band=1, kind="hcpcs"),
    Document(code="93000", name="Electrocardiogram, 12 leads", words="ecg", band=1),
]  # fmt: skip
MEANINGS = [
    ("bx", "biopsy"),
    ("ekg", "electrocardiogram"),
    ("heart tracing", "electrocardiogram"),
    ("us", "ultrasound"),
    ("pt", "physical therapy; patient"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(DOCUMENTS, Tables(thesaurus_of(MEANINGS)))


@pytest.fixture(scope="module")
def find(index: Index) -> Callable[..., list[str]]:
    return lambda query, **narrowed: [hit.code for hit in index.search(query, **narrowed)]


Find = Callable[..., list[str]]


def test_a_whole_code_stands_alone_at_the_top(index: Index) -> None:
    assert index.search(" 99213 ")[0] == Hit("99213", 1000.0, (), "code")


def test_the_beginning_of_a_code_finds_the_most_billed_first(find: Find) -> None:
    assert find("9921") == ["99213", "99214", "99215"]


def test_codes_in_lower_case_and_full_width_are_codes(find: Find) -> None:
    assert find("j3301")[0] == find("Ｊ３３０１")[0] == "J3301"


def test_a_modifier_beside_a_code_does_not_hide_it(find: Find) -> None:
    assert find("99213-25")[0] == "99213"


def test_a_word_with_to_in_its_middle_is_no_range_of_codes() -> None:
    index = Index(
        [Document(code="C1052", name="Powder"), Document(code="J0565", name="Bezlotoxumab")], Tables()
    )
    assert [hit.code for hit in index.search("bezlotoxumab")] == ["J0565"]


def test_a_range_lists_its_codes(find: Find) -> None:
    assert find("99213-99215") == ["99213", "99214", "99215"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("ct chest without contrast", "71250"),
        ("ct chest w/o contrast", "71250"),
        ("ct chest wo", "71250"),
        ("noncontrast chest ct", "71250"),
        ("ct chest no dye", "71250"),
        ("ct chest with contrast", "71260"),
        ("ct chest w/ contrast", "71260"),
        ("ct chest c+", "71260"),
        ("chest ct contrast", "71260"),
        ("ct chest w/wo", "71270"),
        ("ct chest w/o & w/ contrast", "71270"),
        ("chest ct with and without contrast", "71270"),
        ("joint injection without us", "20610"),
        ("joint injection w us", "20611"),
    ],
)
def test_with_is_not_without(find: Find, query: str, code: str) -> None:
    assert find(query)[0] == code


def test_an_abbreviation_finds_the_word_and_the_word_the_abbreviation(find: Find) -> None:
    assert find("colonoscopy bx")[0] == "45380"
    assert find("ekg") == find("ecg") == find("heart tracing") == ["93000"]
    assert "99213" in find("patient visit")


def test_the_beginning_of_a_last_word_finds_it(find: Find) -> None:
    assert find("colonos")[:2] == ["45380", "45378"]


def test_a_misspelled_word_finds_what_is_spelled_nearly_so(find: Find) -> None:
    assert find("colonscopy biospy")[0] == "45380"


def test_words_run_together_are_parted(find: Find) -> None:
    assert set(find("kneeinjection")[:2]) == {"20610", "20611"}


def test_two_words_written_as_one_are_joined_unless_both_are_words() -> None:
    index = Index([Document(code="85379", name="D-dimer test"), Document(code="43652", name="Vagus"),
                   Document(code="76817", name="Vaginal us")], Tables(thesaurus_of([("vag", "vaginal")])))  # fmt: skip
    assert [hit.code for hit in index.search("d dimer")] == ["85379"]
    assert index.search("vag us")[0].code == "76817"


def test_the_more_often_billed_of_two_equals_comes_first(find: Find) -> None:
    assert find("knee injection")[:2] == ["20610", "20611"]


def test_anesthesia_stands_behind_the_procedure_unless_it_is_asked_for(find: Find) -> None:
    assert find("colonoscopy")[-1] == "00811"
    assert find("anesthesia colonoscopy")[0] == "00811"


def first_of(query: str, *documents: Document) -> str:
    return Index(documents, Tables(thesaurus_of(MEANINGS))).search(query)[0].code


def test_of_two_opposites_the_one_asked_for_comes_first() -> None:
    both = Document(code="93970", name="Venous duplex, bilateral", band=1)
    one = Document(code="93971", name="Venous duplex, unilateral", band=3)
    assert first_of("venous duplex unilateral", both, one) == "93971"
    assert first_of("venous duplex bilateral", both, one) == "93970"
    assert first_of("venous duplex", both, one) == "93970"


def test_the_plain_sibling_comes_before_the_special_one() -> None:
    exchange = Document(code="50435", name="Nephrostomy tube exchange", band=3)
    plain = Document(code="50436", name="Nephrostomy tube placement", band=3)
    assert first_of("nephrostomy tube", exchange, plain) == "50436"
    assert first_of("nephrostomy tube exchange", exchange, plain) == "50435"


def test_what_a_name_lacks_is_not_what_is_asked_for() -> None:
    lacking = Document(code="59409", name="Vaginal delivery, without postpartum care", band=3)
    including = Document(code="59410", name="Vaginal delivery with postpartum care", band=4)
    assert first_of("vaginal delivery postpartum care", lacking, including) == "59410"


def test_a_code_for_children_is_not_meant_where_no_age_is_asked_for() -> None:
    child = Document(code="36560", name="Central line with port, under age 5", band=3)
    grown_up = Document(code="36561", name="Central line with port, age 5 and older", band=3)
    assert first_of("central line with port", child, grown_up) == "36561"
    assert first_of("central line with port age 3", child, grown_up) == "36560"


def test_a_deleted_code_stands_behind_one_in_use() -> None:
    deleted = Document(code="J2505", name="Pegfilgrastim, 6 mg", is_deleted=True, band=2)
    in_use = Document(code="J2506", name="Pegfilgrastim (Neulasta), 0.5 mg", band=3)
    assert first_of("pegfilgrastim", deleted, in_use) == "J2506"


def test_a_laboratory_with_its_own_code_stands_behind_the_test() -> None:
    own = Document(code="0039U", name="DNA antibody", band=4)
    assert (
        first_of("dna antibody", own, Document(code="86225", name="DNA antibody, native", band=4)) == "86225"
    )


def test_a_list_is_narrowed_to_a_kind_or_a_category(find: Find) -> None:
    assert find("injection", kind="hcpcs") == ["J3301"]
    assert set(find("chest", category="Imaging")) == {"71250", "71260"}
    assert find("99213", kind="hcpcs") == []


def test_a_list_is_as_long_as_asked(find: Find) -> None:
    assert len(find("contrast", limit=2)) == 2


def test_highlights_are_the_words_that_answer(index: Index) -> None:
    hit = index.search("knee injections")[0]
    assert hit.highlights == (
        Highlight("name", 10, 19), Highlight("words", 0, 4), Highlight("words", 5, 14),
    )  # fmt: skip
    assert hit.field == "words"


def test_a_word_may_mean_a_code_that_has_no_name_of_ours() -> None:
    index = Index([Document(code="72146", name="MRI of the back"), Document(code="78472")],
                  Tables(thesaurus_of([("muga scan", "78472")])))  # fmt: skip
    assert [hit.code for hit in index.search("muga scan")] == ["78472"]


def test_only_the_first_meaning_that_stands_there_is_marked() -> None:
    joint = Document(code="20610", name="Big joint injection: hip or shoulder injection")
    rows = [("knee injection", "big joint injection"), ("hip injection", "big joint injection")]
    hit = Index([joint], Tables(thesaurus_of(rows))).search("knee injection")[0]
    assert [joint.name[mark.start : mark.end] for mark in hit.highlights] == [
        "Big",
        "joint",
        "injection",
        "injection",
    ]


@pytest.mark.parametrize("query", ["", "   ", "the", "xyzzy", "$$$", "w/o"])
def test_nothing_is_found_for_nothing(find: Find, query: str) -> None:
    assert find(query) == []


def test_an_empty_result_names_words_spelled_alike(index: Index) -> None:
    assert index.nearest_words("electrocadiogrm") == ["electrocardiogram"]
    unknown = " ".join(f"qzx{letter}w" for letter in "abcdefgh")
    assert index.nearest_words(f"electrocadiogrm {unknown}") == ["electrocardiogram"]
    assert index.nearest_words(f"{unknown} electrocadiogrm") == []  # the ninth word


def test_an_empty_result_names_categories_that_hold_the_words(index: Index) -> None:
    assert index.nearest_categories("colonoscopy xyzzy") == ["Digestive"]


def test_an_index_without_documents_finds_nothing() -> None:
    empty = Index([], Tables(thesaurus_of([])))
    assert (empty.search("knee"), empty.nearest_words("knee"), empty.nearest_categories("knee")) == (
        [],
        [],
        [],
    )


@given(st.text(max_size=60) | st.text("ctwo/&-+ 0129x", max_size=40))
def test_no_query_raises(query: str) -> None:
    hits = INDEX.search(query)
    assert len({hit.code for hit in hits}) == len(hits) <= 20
    INDEX.nearest_words(query)
    INDEX.nearest_categories(query)


INDEX = Index(DOCUMENTS, Tables(thesaurus_of(MEANINGS)))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("lumpectomy", "19301"),
        ("lumpectomy with axillary dissection", "19302"),
        ("ureteroscopy with lithotripsy no stent", "52353"),
        ("pfizer covid vaccine", "91320"),
        ("pfizer covid vaccine child", "91319"),
        ("anethesia for colonoscopy", "00811"),
    ],
)
def test_a_name_says_no_more_than_is_asked(query: str, code: str) -> None:
    documents = [
        Document(code="00811", name="Anesthesia for colonoscopy"),
        Document(code="45378", name="Colonoscopy", band=1),
        Document(code="19301", name="Lumpectomy"),
        Document(code="19302", name="Lumpectomy with axillary node dissection"),
        Document(code="52353", name="Ureteroscopy with lithotripsy, no stent", band=4),
        Document(code="52356", name="Ureteroscopy with lithotripsy and stent", band=2),
        Document(code="91319", name="COVID vaccine, Pfizer, ages 5 to 11", band=4),
        Document(code="91320", name="COVID vaccine, Pfizer, ages 12 and older", band=2),
    ]
    index = Index(documents, Tables(thesaurus_of(MEANINGS)))
    assert index.search(query)[0].code == code
