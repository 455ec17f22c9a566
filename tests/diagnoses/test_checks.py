"""What is wrong with the diagnoses of a claim. Sources: Claims Processing Manual, ch. 23, §10; ICD-10-CM Official
Guidelines, section I.A.12.a."""

from dataclasses import replace
from datetime import date

from codes.diagnoses import Book, DiagnosisFinding, Entry, Excludes1, FindingKind, check_diagnoses

DAY = date(2026, 7, 3)
PRESSURE = Entry("I10", "Pressure", True, (Excludes1("I10-I1A", "of newborns (P29.2)", ("P29.2",)),))
NEWBORN = Entry("P29.2", "Pressure of newborns", True)
KNEE = Entry("M17", "Knee", False)
RIGHT = Entry("M17.11", "Right knee", True)
BOOK = Book(
    release="ICD-10-CM 2026-04",
    effective_from=date(2026, 4, 1),
    entries={entry.code: entry for entry in (PRESSURE, NEWBORN, KNEE, RIGHT)},
    longer={"M17": (RIGHT,), "M17.19": (RIGHT,)},
    more=frozenset({"M17"}),
)


def check(*codes: str, book: Book = BOOK) -> tuple[DiagnosisFinding, ...]:
    return check_diagnoses(codes, book, DAY)


def only(*codes: str, book: Book = BOOK) -> DiagnosisFinding:
    (found,) = check(*codes, book=book)
    return found


def test_valid_and_billable_diagnoses_have_no_finding() -> None:
    assert check("M17.11", "I10") == ()


def test_a_category_is_not_billable_and_the_longer_codes_are_named() -> None:
    found = only("M17")
    assert (found.kind, found.is_returned) == (FindingKind.NOT_BILLABLE, True)
    assert found.words == "M17 (Knee) isn't billable: there are longer codes under it."
    assert found.fix == "Use a longer code: M17.11 (Right knee), and more."
    assert (
        found.source == "Claims Processing Manual, ch. 23, §10; ICD-10-CM 2026-04, in force from Apr 1, 2026"
    )


def test_an_unknown_code_is_returned_with_the_codes_that_begin_alike() -> None:
    found = only("M17.19")
    assert (found.kind, found.is_returned) == (FindingKind.UNKNOWN, True)
    assert found.words == "M17.19 isn't an ICD-10-CM code."
    assert found.fix == "Use a longer code: M17.11 (Right knee)."
    assert only("Z99.99").fix == "Check the code for a typing error."


def test_a_procedure_among_the_diagnoses_is_named_as_what_it_is() -> None:
    found = only("J18.85", book=replace(BOOK, procedures=frozenset({"J18.85"})))
    assert found.fix == "J1885 is a HCPCS code: put it on a claim line."


def test_a_code_of_another_release_is_not_valid_on_the_day() -> None:
    later = only("M17.19", book=replace(BOOK, other_releases={"M17.19": (date(2026, 10, 1),)}))
    assert later.kind is FindingKind.NOT_ON_THAT_DAY
    assert "it is new in the release of Oct 1, 2026" in later.words
    former = only("M17.19", book=replace(BOOK, other_releases={"M17.19": (date(2025, 10, 1),)}))
    assert "the release of Oct 1, 2025 still had it" in former.words


def test_a_list_that_is_older_than_the_day_says_so() -> None:
    found = only("M17.19", book=replace(BOOK, next_due=date(2026, 10, 1)))
    assert "in the release of Apr 1, 2026; the one of Oct 1, 2026 isn't loaded" in found.words


def test_the_silence_of_a_sample_proves_nothing() -> None:
    found = only("M17.19", book=replace(BOOK, is_sample=True))
    assert (found.kind, found.is_returned) == (FindingKind.NOT_CHECKED, False)


def test_an_excludes1_note_is_found_whichever_code_comes_first() -> None:
    for codes in (("I10", "P29.2"), ("P29.2", "I10")):
        found = only(*codes)
        assert (found.kind, found.codes, found.is_returned) == (FindingKind.EXCLUDES1, codes, False)
        assert "Excludes1 note under I10-I1A" in found.words
        assert "unless" not in found.words
        assert "Both only where the two conditions are unrelated." in found.fix


def test_codes_of_two_encounters_exclude_no_other() -> None:
    apart = ({"I10", "M17.11"}, {"P29.2"})
    assert check_diagnoses(["I10", "M17.11", "P29.2"], BOOK, DAY, apart) == ()
    both = (*apart, {"P29.2", "I10"})
    assert len(check_diagnoses(["I10", "M17.11", "P29.2"], BOOK, DAY, both)) == 1


def test_a_note_that_names_the_code_it_stands_with_forbids_no_pair() -> None:
    note = Excludes1("D72", "kinds of it (D72.8)", ("D72.8",))
    both = {code: Entry(code, code, True, (note,)) for code in ("D72.81", "D72.82")}
    assert check("D72.81", "D72.82", book=replace(BOOK, entries=both)) == ()
