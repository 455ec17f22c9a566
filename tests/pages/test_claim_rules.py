"""What the Claim Desk says where a claim rule decides: the verdict, the patient's share, and the fix applied."""

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def lines_of(get: Get, lines: str, **asked: str) -> dict[str, dict[str, object]]:
    answer = get("/claim.json", lines=lines, dos=AUG_1_2026, **asked).json()
    return {line["code"]: line for line in answer["lines"]}


@pytest.mark.parametrize(
    ("claim", "code", "status", "asked"),
    [
        ("99214-25,20610-RT,G2211", "G2211", "denied", {}),
        ("G2211", "G2211", "denied", {}),
        ("99214-FS", "99214", "denied", {}),
        ("98941", "98941", "denied", {}),
        ("98941-AT", "98941", "paid", {}),
        ("20610-95", "20610", "denied", {"pos": "10"}),
        ("97110", "97110", "returned", {}),
        ("99204", "99204", "denied", {"established": "1"}),
    ],
)
def test_a_rule_decides_the_status_of_a_line(
    get: Get, claim: str, code: str, status: str, asked: dict[str, str]
) -> None:
    line = lines_of(get, claim, **asked)[code]
    assert line["status"] == status
    if status != "paid":
        assert line["reason"]
        assert line["fix"]
        assert line["rules"]


def test_a_line_that_the_price_denies_says_why_and_not_what_a_rule_says_of_the_amount(get: Get) -> None:
    denied = lines_of(get, "00811-QKx60,00812-QKx40")["00812"]
    assert denied["status"] == "denied"
    assert "only the anesthesia code with the highest base is paid" in str(denied["reason"])
    assert denied["fix"] is None


@pytest.mark.parametrize(
    ("claim", "code", "patient"), [("99497-33,G0439", "99497", "0.00"), ("99213-PT", "99213", "19.04")]
)
def test_a_rule_decides_what_the_patient_owes(get: Get, claim: str, code: str, patient: str) -> None:
    assert lines_of(get, claim)[code]["patient"] == patient


@pytest.mark.parametrize(
    ("claim", "code"), [("99214-25,20610-RT,G2211", "G2211"), ("98941", "98941"), ("97110", "97110")]
)
def test_a_fix_that_is_applied_changes_the_verdict(get: Get, claim: str, code: str) -> None:
    before = lines_of(get, claim)[code]
    fix = before["fix"]
    assert isinstance(fix, dict)
    after = lines_of(get, str(fix["lines"]))
    assert code not in after or after[code]["status"] != before["status"]


def test_the_page_links_to_the_claim_as_mended(get: Get) -> None:
    page = get("/claim/", lines="98941", dos=AUG_1_2026).content.decode()
    assert "Apply and check again" in page
    assert "lines=98941-AT" in page


def test_a_returned_line_in_the_total_is_told(get: Get) -> None:
    said = "only lacks a modifier is shown and totaled"
    assert said in get("/claim/", lines="97110", dos=AUG_1_2026).content.decode()
    assert said not in get("/claim/", lines="97110-GP", dos=AUG_1_2026).content.decode()


@pytest.mark.parametrize(
    ("claim", "code", "place", "after"),
    [
        ("99213,20610-RT", "99213", "11", "99213-25,20610-RT"),
        ("99214,27447", "99214", "21", "99214-57,27447"),
        ("45385,45378", "45378", "22", "45385"),
        ("99214x3", "99214", "11", "99214x2"),
        ("20610-26", "20610", "11", "20610"),
        ("27447-LT,27447-RT", "27447", "21", "27447-50"),
    ],
)
def test_a_denial_by_an_edit_a_limit_or_a_component_has_a_fix(
    get: Get, claim: str, code: str, place: str, after: str
) -> None:
    fix = lines_of(get, claim, pos=place)[code]["fix"]
    assert isinstance(fix, dict)
    assert fix["lines"] == after


def test_the_verdict_leaves_the_release_of_the_edit_to_the_details(get: Get) -> None:
    line = lines_of(get, "45380,45385")["45380"]
    assert "release" not in str(line["verdict"])
    findings = line["findings"]
    assert isinstance(findings, list)
    assert any("Edit read from practitioner release" in (found["source"] or "") for found in findings)


def test_what_any_visit_could_get_is_not_found_on_a_claim(get: Get) -> None:
    line = get("/claim.json", lines="99213", dos="2026-08-03").json()["lines"][0]
    assert line["rules"] == ["g2211-consider"]
    assert [finding["rule"] for finding in line["findings"]] == [None, "g2211-consider"]


def test_suggestions_are_two_a_line_at_most_and_say_their_worth(get: Get) -> None:
    considered = lines_of(get, "G0439")["G0439"]["also_consider"]
    assert isinstance(considered, list)
    worths = [float(each["worth"]) for each in considered]
    assert len(worths) == 2
    assert worths == sorted(worths, reverse=True)


def test_a_line_that_lacks_its_minutes_is_told_so_and_nothing_else(get: Get) -> None:
    line = lines_of(get, "00811-QK", pos="24")["00811"]
    assert line["status"] == "returned"
    assert "Give the minutes of anesthesia" in str(line["reason"])
    assert line["fix"] is None
