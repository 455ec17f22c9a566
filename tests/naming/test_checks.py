"""What the checks find in a name, beside what CMS would say of the code. The descriptions here are invented."""

import pytest

from codes.naming import CHECKS, Described, Name, findings


def found(name: str, description: str = "", days: str = "XXX", code: str = "12345") -> set[str]:
    return {each.check for each in findings([Name(code, name)], {code: Described(description, days)})}


@pytest.mark.parametrize(
    ("check", "description", "days", "wrong", "right"),
    [
        ("contrast", "Ct elf ear w/o dye", "XXX", "CT of elf ear, with contrast", "CT of elf ear, without contrast"),
        ("contrast", "Ct elf ear w/dye", "XXX", "CT of elf ear", "CT of elf ear, with contrast"),
        ("contrast", "Ct elf ear w/o & w/dye", "XXX", "CT of elf ear, with contrast",
         "CT of elf ear, without and with contrast"),
        ("without", "Mend wing w/o graft", "XXX", "Wing repair with graft", "Wing repair without graft"),
        ("approach", "Perq wing mending", "XXX", "Wing repair", "Percutaneous wing repair"),
        ("approach", "Laps wing mending", "XXX", "Wing repair", "Laparoscopic wing repair"),
        ("sides", "Mend wing bilat", "XXX", "Wing repair", "Wing repair, bilateral"),
        ("sides", "Mend wing unilat", "XXX", "Wing repair, bilateral side", "Wing repair, unilateral"),
        ("measures", "Mend wing 2.6-7.5 cm", "XXX", "Wing repair, 2.6 cm", "Wing repair, 2.6-7.5 cm"),
        ("measures", "Wing talk 30 min", "XXX", "Talk about wings, 15 minutes", "Talk about wings, 30 minutes"),
        ("views", "X-ray of wing 3 views", "XXX", "Wing radiographs", "Wing radiographs, 3 views"),
        ("age", "Mend wing 5 yrs/>", "XXX", "Wing repair", "Wing repair, age 5 and older"),
        ("patient", "Wing visit new pt", "XXX", "Visit for wings", "Visit for wings, new patient"),
        ("imaging", "Tap wing w/imaging", "XXX", "Wing puncture", "Wing puncture with ultrasound"),
        ("component", "Wing scan i&r only", "XXX", "Scan of wing", "Scan of wing, interpretation"),
        ("add-on", "Mend wing", "ZZZ", "Wing repair", "Wing repair, each additional feather"),
        ("add-on", "Mend wing", "090", "Wing repair, add-on", "Wing repair"),
        ("own words", "Mending of wing", "XXX", "Wing, mending of", "Wing repair"),
        ("own words", "Mending of wing", "XXX", "Mendings of wing", "Wing repair"),
        ("section", "", "XXX", "Anesthesia for wing repair", "Wing repair"),
        ("length", "", "XXX", "x" * 71, "x" * 70),
    ],
)  # fmt: skip
def test_a_name_that_does_not_say_what_is_billed_is_found(
    check: str, description: str, days: str, wrong: str, right: str
) -> None:
    assert check in CHECKS
    assert check in found(wrong, description, days)
    assert found(right, description, days) == set()


def test_names_of_anesthesia_and_of_measures_begin_with_their_section() -> None:
    assert found("Wing repair under sleep", code="00100") == {"section"}
    assert found("Wings counted", code="0001F") == {"section"}
    assert found("Quality measure: wings counted", code="0001F") == set()


def test_two_codes_with_one_name_are_both_found_whatever_the_commas() -> None:
    names = [Name("12345", "Wing repair, open"), Name("12346", "Wing repair (open)"), Name("12347", "Wing")]
    assert [(each.code, each.check) for each in findings(names, {})] == [
        ("12345", "unique"),
        ("12346", "unique"),
    ]


def test_what_is_explained_is_no_longer_found() -> None:
    names, cms = [Name("12345", "Wing repair")], {"12345": Described("Perq wing mending", "090")}
    assert findings(names, cms, {("12345", "approach"): "The text is wrong."}) == []


def test_a_finding_holds_nothing_of_the_description() -> None:
    (each,) = findings([Name("12345", "Wing repair")], {"12345": Described("Perq zorgle mending", "090")})
    assert "zorgle" not in each.why
