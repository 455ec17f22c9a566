"""Articles and LCDs of a practice's contractor, from downloads made up in CMS's layout."""

import html
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from codes.api.openapi import envelope
from codes.api.resources import ENDPOINTS
from codes.api.schemas import SCHEMAS
from tests.api.schema_check import differences
from tests.cms import coverage_files
from tests.cms.coverage_files import packed
from tests.pages.conftest import Get

ILLINOIS = {"dos": "2026-08-01", "locality": "06102-16"}
CALIFORNIA = {"dos": "2026-08-01", "locality": "01182-18"}
ALABAMA = {"dos": "2026-08-01", "locality": "10112-00"}


@pytest.fixture
def coverage(sample: None, tmp_path: Path) -> None:
    """Both downloads are loaded."""
    articles = packed(tmp_path, "current_article", coverage_files.articles())
    call_command("load_cms", str(articles), str(packed(tmp_path, "current_lcd", coverage_files.lcds())))


def text_of(get: Get, address: str, **parameters: str) -> str:
    return html.unescape(get(address, **parameters).content.decode())


def test_without_a_download_the_page_names_the_contractor_and_cms_search(get: Get) -> None:
    page = text_of(get, "/cpt/20610/coverage/", **ILLINOIS)
    assert "CMS's coverage downloads aren't loaded here." in page
    assert "National Government Services" in page
    assert "Articles and diagnoses" not in text_of(get, "/cpt/20610/", **ILLINOIS)
    assert get("/cpt/20610/coverage.json").json()["not_checked"] == "no coverage download is loaded"


@pytest.mark.usefixtures("coverage")
def test_the_code_page_loads_the_articles_late(get: Get) -> None:
    page = text_of(get, "/cpt/20610/", **ILLINOIS)
    assert '<h2 id="coverage">Articles and diagnoses</h2>' in page
    assert 'hx-get="/cpt/20610/coverage/?dos=2026-08-01&locality=06102-16"' in page


@pytest.mark.usefixtures("coverage")
def test_an_article_and_an_lcd_are_shown_with_days_links_codes_and_diagnoses(get: Get) -> None:
    page = text_of(get, "/cpt/20610/coverage/", **ILLINOIS)
    view = "https://www.cms.gov/medicare-coverage-database/view/"
    assert f'<a href="{view}article.aspx?articleid=50001">A50001</a> Joint injections' in page
    assert f'<a href="{view}lcd.aspx?lcdid=30001">L30001</a>' in page
    assert "in force from Jan 1, 2024, revised May 1, 2026" in page
    assert "Group 1: 4 diagnoses that support the service" in page
    assert '<span class="code">M19.011</span>*' in page
    assert "* With an image." in page
    assert "osteoarthritis, right knee" in page  # the name of M17.11, from ICD-10-CM
    assert "99214" not in page.partition("<main")[2]  # a code of the version before


@pytest.mark.usefixtures("coverage")
def test_only_articles_of_the_contractor_are_shown(get: Get) -> None:
    page = text_of(get, "/cpt/20610/coverage/", **CALIFORNIA)
    assert "A50001" not in page
    assert "No articles shown, because no article of Noridian (01182) lists 20610." in page
    assert "A50002" in text_of(get, "/cpt/93306/coverage/", **CALIFORNIA)


@pytest.mark.usefixtures("coverage")
def test_a_contractor_without_any_article_is_not_called_silent(get: Get) -> None:
    page = text_of(get, "/cpt/20610/coverage/", **ALABAMA)
    assert "because the download of Articles 2026-06-25 has nothing of Palmetto (10112)" in page


@pytest.mark.usefixtures("coverage")
def test_without_a_place_no_contractor_is_assumed(get: Get) -> None:
    page = text_of(get, "/cpt/20610/coverage/", dos="2026-08-01")
    assert "because no locality is set" in page


@pytest.mark.usefixtures("coverage")
def test_equipment_is_decided_by_the_contractor_of_the_state(get: Get) -> None:
    assert "DME MAC" in text_of(get, "/hcpcs/E0601/coverage/", **ILLINOIS)
    assert "A50006" not in text_of(get, "/hcpcs/E0601/coverage/", **CALIFORNIA)


@pytest.mark.usefixtures("coverage")
def test_markup_of_cms_never_reaches_a_page(get: Get) -> None:
    page = get("/cpt/93306/coverage/", **CALIFORNIA).content.decode()
    assert "Never covered:" in page
    assert "alert(1)" not in page


@pytest.mark.usefixtures("coverage")
def test_a_diagnosis_is_looked_up(get: Get) -> None:
    address = "/cpt/20610/coverage/"
    assert "<strong>Supports.</strong> A50001 lists M17.11" in text_of(get, address, **ILLINOIS, dx="m1711")
    assert "I10 is not among the diagnoses that A50001 lists for 20610." in text_of(
        get, address, **ILLINOIS, dx="I10"
    )
    assert 'value="M17.11"' in text_of(get, address, **ILLINOIS, dx="M17.11")
    get(address, status=400, **ILLINOIS, dx="99214")


@pytest.mark.usefixtures("coverage")
def test_the_json_has_every_diagnosis_and_the_answer(get: Get) -> None:
    answer = get("/cpt/20610/coverage.json", **ILLINOIS, dx="M19.011").json()
    article, lcd = answer["documents"]
    assert (article["number"], lcd["number"]) == ("A50001", "L30001")
    (group,) = article["supporting_diagnoses"]
    assert group["codes"] == ["M17.11", "M17.12", "M17.0-M17.0", "M19.011"]
    assert group["with_asterisk"] == ["M19.011"]
    assert answer["support"]["support"] == "supports, with a note"
    assert answer["release"] == "Articles 2026-06-25"
    assert get("/cpt/20610/coverage.json", status=400, color="red").json()["errors"]["color"]


@pytest.mark.usefixtures("coverage")
def test_the_lists_of_an_earlier_day_are_not_those_of_today(get: Get) -> None:
    answer = get("/cpt/20610/coverage.json", locality="06102-16", dos="2025-11-03", dx="M17.11").json()
    assert answer["support"]["support"] == "not checked"
    assert "was revised on May 1, 2026" in answer["support"]["words"]


def answers_of(get: Get, lines: str, dx: str, **where: str) -> dict[str, Any]:
    """The lines of a claim by their codes."""
    answer = get("/claim.json", lines=lines, dx=dx, **(where or ILLINOIS)).json()
    return {line["code"]: line for line in answer["lines"]}


@pytest.mark.usefixtures("coverage")
@pytest.mark.parametrize("dx", ["M17.11", "Z00.00"])
def test_no_article_lists_99214_so_that_no_diagnosis_is_checked_for_it(get: Get, dx: str) -> None:
    line = answers_of(get, "99214", dx)["99214"]
    assert line["coverage"]["support"] == "not checked"
    assert line["coverage"]["words"] == "Not checked, because no article of NGS (06102) lists 99214."
    assert line["status"] == "paid"


@pytest.mark.usefixtures("coverage")
def test_a_listed_diagnosis_supports_the_line_and_another_puts_it_at_risk(get: Get) -> None:
    supported = answers_of(get, "20610-RT", "M17.11")["20610"]
    assert (supported["coverage"]["support"], supported["status"]) == ("supports", "paid")
    doubted = answers_of(get, "20610-RT", "I10")["20610"]
    assert (doubted["coverage"]["support"], doubted["status"]) == ("not listed", "at_risk")
    assert doubted["rules"] == ["diagnosis-not-in-article"]
    assert doubted["reason"] == "I10 is not among the diagnoses that A50001 lists for 20610."


@pytest.mark.usefixtures("coverage")
def test_only_a_settled_exclusion_denies(get: Get) -> None:
    """The article has two groups of codes, and its list of exclusions names neither."""
    line = answers_of(get, "93306", "Z00.00")["93306"]
    assert line["coverage"]["support"] == "not checked"
    assert not line["denied"]


@pytest.mark.usefixtures("coverage")
def test_a_drug_that_patients_give_themselves_is_at_risk(get: Get) -> None:
    line = answers_of(get, "J3030", "L40.50")["J3030"]
    assert "self-administered-drug" in line["rules"]


@pytest.mark.usefixtures("coverage")
def test_the_desk_says_it_in_words_with_a_link_to_the_lists(get: Get) -> None:
    page = text_of(get, "/claim/", lines="20610,99214", dx="M17.11", **ILLINOIS)
    assert "<strong>Supports.</strong> A50001 lists M17.11 among the diagnoses that support 20610." in page
    assert "no article of NGS (06102) lists 99214" in page
    assert 'href="/cpt/20610/coverage/?dos=2026-08-01&dx=M17.11' in page
    assert "wasn't checked" not in page


@pytest.mark.usefixtures("coverage")
def test_a_claim_without_diagnoses_or_without_a_place_claims_nothing(get: Get) -> None:
    line = get("/claim.json", lines="20610", **ILLINOIS).json()["lines"][0]
    assert (line["coverage"], line["status"]) == (None, "paid")
    nowhere = answers_of(get, "20610", "I10", dos="2026-08-01")["20610"]
    assert "no locality is set" in nowhere["coverage"]["words"]


@pytest.mark.usefixtures("coverage")
@pytest.mark.parametrize(
    ("dx", "says"),
    [
        ("I10", "I10 is not among the diagnoses that A50001 lists for 20610. Was a listed diagnosis"),
        ("M17.11", "A50001 lists M17.11 among the diagnoses that support 20610. See which diagnosis"),
    ],
)
@pytest.mark.parametrize("reason", ["CO-50", "CO-167", "CO-11"])
def test_a_denial_for_the_diagnosis_is_answered_by_the_article(
    get: Get, reason: str, dx: str, says: str
) -> None:
    asked = {"reason": reason, "code": "20610", "dx": dx, **ILLINOIS}
    page = text_of(get, "/denials/", **asked)
    assert says in page
    assert "wasn't checked" not in page
    rules = get("/denials.json", **asked).json()["rules"]
    assert rules[0]["words"].startswith(says)
    assert rules[0]["citation"] == "Articles 2026-06-25, CMS's coverage database"


@pytest.mark.usefixtures("coverage")
def test_another_denial_or_one_without_a_place_is_not_answered_by_an_article(get: Get) -> None:
    asked = {"code": "20610", "dx": "I10"}
    assert "A50001" not in text_of(get, "/denials/", reason="CO-97", **asked, **ILLINOIS)
    nowhere = text_of(get, "/denials/", reason="CO-50", **asked, dos="2026-08-01")
    assert "Not checked, because no locality is set" in nowhere


@pytest.mark.usefixtures("coverage")
def test_what_a_later_download_changed_is_on_the_pages_of_changes(get: Get, tmp_path: Path) -> None:
    tables = coverage_files.articles()
    tables["article"] = [{**row, "last_updated": "2026-07-02"} for row in tables["article"]]
    tables["article_x_hcpc_code"] += coverage_files.of("50001", coverage_files.procedures("1", "20604"))
    call_command("load_cms", str(packed(tmp_path, "current_article", tables)))
    assert "Article A50001 lists it now" in text_of(get, "/cpt/20604/changes/")
    assert "1 code added to an article" in text_of(get, "/changes/")
    assert "Article A50001 lists it now" in text_of(get, "/changes/", source="coverage_articles")


@pytest.mark.usefixtures("coverage")
def test_the_interface_tells_the_coverage_of_a_line_as_the_page_does(get: Get) -> None:
    asked = {"lines": "20610-RT,99214", "dx": "M17.11,I10", **ILLINOIS}
    body = get("/api/v1/claims", **asked).json()
    page, old = text_of(get, "/claim/", **asked), get("/claim.json", **asked).json()
    coverage = [line["coverage"] for line in body["data"]["lines"]]
    assert coverage == [line["coverage"] for line in old["lines"]]
    assert coverage[0]["articles"][0]["number"] == "A50001"
    assert all(each["words"] in page for each in coverage)
    assert "coverage_articles" in {source["source"] for source in body["sources"]}
    claims = next(each for each in ENDPOINTS if each.name == "claims")
    assert list(differences(body, envelope(claims), dict(SCHEMAS))) == []


@pytest.mark.usefixtures("coverage")
def test_the_interface_tells_no_coverage_where_no_diagnosis_is_given(get: Get) -> None:
    body = get("/api/v1/claims", lines="20610-RT", **ILLINOIS).json()
    assert body["data"]["lines"][0]["coverage"] is None
    assert "coverage_articles" not in {source["source"] for source in body["sources"]}


@pytest.mark.usefixtures("coverage")
def test_a_line_is_held_against_the_diagnoses_that_it_points_to(get: Get) -> None:
    answer = get("/claim.json", lines="20610-RT~A,20610-LT~B", dx="M17.11,I10", **ILLINOIS).json()
    right, left = answer["lines"]
    assert (right["diagnosis_pointers"], right["coverage"]["support"]) == (["A"], "supports")
    assert (left["diagnosis_pointers"], left["coverage"]["support"]) == (["B"], "not listed")
    assert [("diagnosis-not-in-article" in line["rules"]) for line in (right, left)] == [False, True]
    page = text_of(get, "/claim/", lines="20610-RT~A,20610-LT~B", dx="M17.11,I10", **ILLINOIS)
    assert '20610</a> <span class="quiet">dx B</span>' in page
    assert "20610-LT dx=B</textarea>" in page


def test_a_line_points_to_no_diagnosis_that_the_claim_does_not_name(get: Get, client: Client) -> None:
    words = "Line 1: it points to diagnosis C; the claim names 2 diagnoses, A and B."
    for address, status in (("/claim/", 400), ("/claim.json", 400), ("/api/v1/claims", 409)):
        answer = get(address, status, lines="99214~AC", dx="M17.11,I10")
        assert words in answer.content.decode()
    pasted = client.post("/claim/", {"text": "99214 dx=AC", "dx": "M17.11,I10"})
    assert (pasted.status_code, words in pasted.content.decode()) == (400, True)


def test_a_fix_leaves_the_pointers_of_the_lines_as_they_are(get: Get) -> None:
    answer = get("/claim.json", lines="99214~B,20610-RT~A", dx="M17.11,I10", dos="2026-08-01").json()
    assert answer["lines"][0]["fix"]["lines"] == "99214-25~B,20610-RT~A"
