"""A tip that contradicts CMS's data is told so; one that agrees, or that cannot be checked, is not.

Rows of RVU26C; the edits, limits and add-ons are those that CMS prints for these codes.
"""

from dataclasses import replace
from datetime import date

import pytest

from codes.ncci import AddOn, AddOnTable, Mue, MueTable, Provenance, PtpEdit, PtpTable
from codes.tips.contradictions import contradictions
from codes.tips.words import CmsData, TipWords
from tests.knowledge.rows import rows

NCCI = Provenance("2024 Q3", "practitioner", date(2024, 7, 1))
CODES = ("27447", "45385", "64721", "71260", "76376", "93000", "99213", "99292")
DATA = CmsData(
    at=date(2026, 8, 1),
    release="RVU26C",
    rows={code: rows(code) for code in CODES},
    ptp=PtpTable.of(
        NCCI,
        [
            PtpEdit("76377", "76376", "0", date(2006, 1, 1)),
            PtpEdit("97530", "97140", "1", date(2010, 1, 1), date(2019, 12, 31)),
        ],
    ),
    units=MueTable(NCCI, {"76376": Mue("76376", 2, "3")}),
    add_ons=AddOnTable.of(NCCI, [AddOn("99292", "99291", "1")]),
)
EDITS = "NCCI procedure-to-procedure edits, practitioner, 2024 Q3"
LIMITS = "NCCI medically unlikely edits, practitioner, 2026 Q2"
ADD_ONS = "NCCI add-on code edits, 2024"
SCHEDULE = "CMS physician fee schedule, relative value file"


def told(
    code: str, text: str = "A tip.", section: str = "", title: str = SCHEDULE, impact: str = ""
) -> list[str]:
    words = TipWords(
        codes=(code,), text=text, impact=impact, source_title=title if section else "", source_section=section
    )
    return contradictions(words, DATA)


@pytest.mark.parametrize(
    ("code", "section"),
    [
        ("64721", "Global days 090; Bilateral indicator 1"),
        ("76376", "Global days XXX; PC/TC indicator 1; Facility NA indicator"),
        ("27447", "Assistant at surgery indicator 2; Co-surgeon indicator 1; Team surgery indicator 0"),
        ("27447", "Non-facility NA indicator; Status A"),
        ("45385", "Multiple procedure indicator 3; Endoscopic base code 45378"),
        ("71260", "Multiple procedure indicator 4; Diagnostic imaging family 88"),
        ("93000", "Physician supervision indicator 01"),
    ],
)
def test_true_indicators_are_no_contradiction(code: str, section: str) -> None:
    assert told(code, section=section) == []


@pytest.mark.parametrize(
    ("code", "section", "words"),
    [
        ("64721", "Global days 010", "says global days 010; 64721 has 090 in RVU26C"),
        ("76376", "PC/TC indicator 4", "says PC/TC indicator 4; 76376 has 1"),
        ("76376", "Status B", "says status B; 76376 has A"),
        ("64721", "Bilateral indicator 2", "says bilateral indicator 2; 64721 has 1"),
        ("99213", "Facility NA indicator", "says facility NA; no row of 99213 has it"),
        ("76376", "Non-facility NA indicator", "says non-facility NA; no row of 76376 has it"),
        ("99213", "Endoscopic base code 45378", "says endoscopic base code 45378; 99213 has none"),
        ("93000", "Physician supervision indicator 02", "says supervision indicator 02; 93000 has 01"),
    ],
)
def test_a_wrong_indicator_is_told_with_the_right_one(code: str, section: str, words: str) -> None:
    assert words in told(code, section=section)[0]


def test_an_indicator_in_the_text_is_checked_too() -> None:
    assert (
        "says global days ZZZ; 76376 has XXX"
        in told("76376", "It is reported beside another (global ZZZ).")[0]
    )


def test_what_is_said_of_another_code_is_not_held_against_this_one() -> None:
    assert told("99213", "It replaces 97014, which has status I.") == []


def test_the_days_of_a_package_are_checked() -> None:
    assert told("64721", "The package runs 90 days.") == []
    assert "64721 has global days 090" in told("64721", "The package runs 10 days.")[0]


def test_an_edit_is_cited_in_cms_s_direction_with_its_indicator() -> None:
    right = "column 1 76377, column 2 76376, modifier indicator 0"
    assert told("76376", section=right, title=EDITS) == []
    flipped = told("76376", section=right.replace("indicator 0", "indicator 1"), title=EDITS)
    assert flipped == ["says modifier indicator 1 for 76377 / 76376; it is 0"]
    turned = told("76376", section="column 1 76376, column 2 76377, modifier indicator 0", title=EDITS)
    assert "no such edit is in force (2024 Q3)" in turned[0]


def test_an_edit_that_has_ended_is_not_in_force() -> None:
    assert "no such edit is in force" in told("97140", "97140 is denied with 97530.")[0]


def test_an_edit_that_the_sample_may_lack_is_not_held_against_the_tip() -> None:
    words = TipWords(codes=("99213",), text="99213 is denied with 20610.")
    assert contradictions(words, DATA) != []
    assert contradictions(words, replace(DATA, ptp_is_sample=True)) == []


def test_the_adjudication_indicator_and_a_missing_limit_are_told() -> None:
    assert told("76376", section="76376, adjudication indicator 3", title=LIMITS) == []
    assert told("76376", section="76376, adjudication indicator 2", title=LIMITS) == [
        "says adjudication indicator 2 for 76376; it is 3"
    ]
    assert told("99213", impact="Above {mue} all is denied.") == [
        "asks for {mue}; no limit of 99213 is published"
    ]


def test_the_type_of_an_add_on_is_told() -> None:
    assert told("99292", section="99292, type 1", title=ADD_ONS) == []
    assert told("99292", section="99292, type 2", title=ADD_ONS) == ["says add-on type 2 for 99292; it is 1"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("99292", "It is an add-on to 99291."),
        ("99213", "Further time has the add-on 99292."),
        ("76376", "CMS lists it in no add-on list."),
        ("99213", "It is not an add-on."),
    ],
)
def test_add_on_is_said_where_cms_says_it(code: str, text: str) -> None:
    assert told(code, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It is an add-on to the base study.",
        "This add-on goes with a CT.",
        "Add-on service.",
        "The add-on 76376.",
    ],
)
def test_76376_is_never_called_an_add_on(text: str) -> None:
    assert any("add-on" in each for each in told("76376", text))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("76376", "Bill it with modifier 50 for both sides."),
        ("99213", "Bill modifier 26 in a hospital."),
        ("93000", "In a hospital add modifiers 26 or TC."),
        ("99213", "Surgeons add modifier 62."),
    ],
)
def test_a_modifier_that_the_indicator_forbids_is_told(code: str, text: str) -> None:
    assert "names modifier" in told(code, text)[0]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("64721", "Both sides are one line with modifier 50."),
        ("76376", "One unit, without modifier 50."),
        ("76376", "It has no sides, and modifier 50 does not apply."),
        ("99292", "When the visit carries modifier 25, it is paid."),
    ],
)
def test_a_modifier_that_is_allowed_or_denied_by_the_tip_itself_is_no_contradiction(
    code: str, text: str
) -> None:
    assert told(code, text) == []


@pytest.mark.parametrize("impact", ["$25.38 is lost.", "About 25 dollars.", "$ 1,200 at stake."])
def test_a_typed_amount_is_told(impact: str) -> None:
    assert "is typed" in told("76376", impact=impact)[0]


def test_a_citation_of_cms_s_data_that_cannot_be_looked_up_is_told() -> None:
    assert told("76376", section="see the file", title=EDITS) == [
        'the citation "see the file" cannot be looked up in the data'
    ]


def test_what_is_not_loaded_is_not_held_against_a_tip() -> None:
    nothing = CmsData(at=date(2026, 8, 1), release="no release", rows={})
    words = TipWords(
        codes=("76376",),
        text="It is an add-on (global ZZZ). NCCI pays 76376, not 76377. Use modifier 50.",
        source_title=EDITS,
        source_section="column 1 76376, column 2 76377, modifier indicator 1",
    )
    assert contradictions(words, nothing) == []


def test_a_modifier_that_a_claim_rule_refuses_on_the_code_is_told() -> None:
    [found] = told("99213", "Append 80 if a second surgeon helped.")
    assert "names modifier 80; the rule surgical-modifier-on-visit refuses it on 99213" in found


@pytest.mark.parametrize(
    "text",
    [
        "Append 25 if the visit was separate.",
        "Don't append 80: no assistant is paid.",
        "In a hospital clinic bill POS 22.",
        "Add 80 to the surgery, 27447, not here.",
        "For a denial letter add modifier GY.",
    ],
)
def test_a_modifier_that_no_rule_refuses_or_that_is_not_asked_for_here_is_no_contradiction(text: str) -> None:
    assert told("99213", text) == []


def test_the_words_of_an_edit_agree_with_its_indicator() -> None:
    section = "column 1 76377, column 2 76376, modifier indicator 0"
    assert told("76376", "It is denied with 76377 and can't be bypassed.", section, EDITS) == []
    [found] = told("76376", "It is denied with 76377 unless another site was imaged (59).", section, EDITS)
    assert found == "says that a modifier bypasses the edit; its modifier indicator is 0"
