"""What the pages say of a code's beginning and end, on the sample: RVU25D and RVU26C. The days and successors are those
of fixtures/texts/code_life.csv."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from codes.caching.versions import clear_versioned_caches
from codes.models import FeeScheduleRow, HcpcsText, Release
from codes.queries import releases
from tests.pages.conftest import Get

AUG_1_2026, JAN_15_2027 = "2026-08-01", "2027-01-15"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """One test changes releases that are ready, which nothing else does."""
    releases._calendar.cache_clear()
    yield
    releases._calendar.cache_clear()


def words(response: Any) -> str:
    """The text of a page without its tags."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_code_deleted_years_ago_has_a_page_with_its_last_day_and_successors(get: Get) -> None:
    page = words(get("/cpt/77057/"))
    assert "77057 Screening mammography, both breasts" in page
    assert "Deleted. Last valid Dec 31, 2016." in page
    assert "Bill instead: 77067" in page
    assert "Did you mean" not in page


def test_a_deleted_code_names_its_last_price_from_the_last_release_that_has_it(get: Get) -> None:
    price = get("/cpt/59430.json", dos="2026-12-31").json()["price"]["allowed"]
    page = words(get("/cpt/59430/", dos=JAN_15_2027))
    assert "Deleted. Last valid Dec 31, 2026." in page
    assert f"Last national price, RVU26C: ${price} in an office" in page


def test_a_known_end_is_told_before_it_comes(get: Get) -> None:
    page = words(get("/cpt/59400/", dos=AUG_1_2026))
    assert "Valid until Dec 31, 2026." in page
    assert "Deleted" not in page


def test_a_new_code_says_since_when(get: Get) -> None:
    row = FeeScheduleRow.objects.get(release__name="RVU26C", code="99214", modifier="")
    row.pk, row.code = None, "37254"
    row.save()
    assert "New in 2026: first listed in RVU26C, not in RVU25D." in words(get("/cpt/37254/", dos=AUG_1_2026))
    assert "New in" not in words(get("/cpt/99214/", dos=AUG_1_2026))


def test_a_code_that_a_whole_file_no_longer_lists_is_deleted_without_a_row_in_our_table(get: Get) -> None:
    Release.objects.filter(source="pprrvu").update(is_sample=False)
    FeeScheduleRow.objects.filter(release__name="RVU26C", code="99214").delete()
    page = words(get("/cpt/99214/", dos=AUG_1_2026))
    assert "Deleted. Last listed in RVU25D." in page


def test_a_hcpcs_code_that_no_whole_file_lists_has_most_likely_ended(get: Get) -> None:
    Release.objects.filter(source="pprrvu").update(is_sample=False)
    FeeScheduleRow.objects.filter(code__in=["G0439", "E0601"]).delete()
    assert "The file lists every valid G code, so this one has most likely ended." in words(
        get("/hcpcs/G0439/", dos=AUG_1_2026)
    )
    assert "most likely ended" not in words(get("/hcpcs/E0601/", dos=AUG_1_2026))


def test_the_days_of_the_hcpcs_file_are_told(get: Get) -> None:
    texts = HcpcsText.objects.filter(code="A0428")
    assert texts.update(added=date(1987, 1, 1)) == 1
    clear_versioned_caches()
    assert "Valid since Jan 1, 1987." in words(get("/hcpcs/A0428/", dos=AUG_1_2026))
    texts.update(terminated=date(2026, 3, 31))
    clear_versioned_caches()
    assert "Deleted. Last valid Mar 31, 2026." in words(get("/hcpcs/A0428/", dos="2026-08-02"))


def test_json_says_the_same(get: Get) -> None:
    answer = get("/cpt/99201.json", dos=AUG_1_2026).json()
    assert answer["life"] == {
        "deleted": True,
        "new_in": None,
        "last_day": "2020-12-31",
        "successors": ["99202"],
        "note": answer["life"]["note"],
    }
    assert answer["not_priced"]["kind"] == "deleted"


def test_a_claim_line_with_a_deleted_code_is_returned_and_its_successor_is_one_click_away(get: Get) -> None:
    lines = get("/claim.json", lines="77057,37225", dos=AUG_1_2026).json()["lines"]
    assert [line["status"] for line in lines] == ["returned", "returned"]
    assert lines[0]["verdict"] == "Returned as billed. Deleted: 77057 was last valid Dec 31, 2016."
    assert lines[0]["fix"] == {"sentence": "Bill 77067 instead.", "lines": "77067,37225"}
    assert lines[1]["fix"]["sentence"].startswith("Bill 37271 or 37273 instead.")
    assert lines[1]["fix"]["lines"] is None, "a choice is the biller's"
    assert [line["rules"] for line in lines] == [["deleted-code"], ["deleted-code"]]


def test_a_code_is_billed_to_the_end_of_its_last_day(get: Get) -> None:
    (line,) = get("/claim.json", lines="59430", dos="2026-12-31").json()["lines"]
    assert (line["status"], line["rules"]) == ("paid", [])


def test_the_pair_checker_says_that_a_code_is_deleted(get: Get) -> None:
    page = words(get("/ncci/", codes="77057 99213", dos=AUG_1_2026))
    assert "77057 is deleted. Last valid Dec 31, 2016." in page
    assert "is deleted" not in words(get("/ncci/", codes="76942 99213", dos=AUG_1_2026))


def test_search_goes_to_the_deleted_code_and_guesses_no_other(get: Get) -> None:
    assert get("/search/", q="99241", status=302)["Location"] == "/cpt/99241/"
    hits = words(get("/search/", q="screening mammography"))
    assert hits.index("77067") < hits.index("77057"), "codes in use come first"
