"""The rehearsal of a January: CMS's files of 2027 come, and the site is walked over New Year.

Nothing of 2027 is typed in the code: factors, indices, edits and limits come from the files alone.
"""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from codes.models import Gpci, Release
from tests.loaders import january_2027

NEW_YEARS_EVE, NEW_YEARS_DAY = "2026-12-31", "2027-01-01"
Get = Callable[..., Any]


@pytest.fixture(scope="module")
def january(
    sample_of_module: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The sample with the files of January on top, and what loading them said."""
    folder = tmp_path_factory.mktemp("january")
    files = [
        january_2027.archive(folder),
        *january_2027.edits(folder),
        january_2027.limits(folder),
        *january_2027.price_lists(folder),
    ]
    said = io.StringIO()
    with django_db_blocker.unblock():
        call_command("load_cms", *files, stdout=said)
    return said.getvalue()


@pytest.fixture
def get(january: str, db: None, client: Client) -> Get:
    def ask(address: str, **parameters: str) -> Any:
        response = client.get(address, parameters)
        assert response.status_code == 200, response.content[:500]
        return response.json() if ".json" in address else response.content.decode()

    return ask


def test_every_file_is_in_force_from_january_1(january: str) -> None:
    loaded = [line for line in january.splitlines() if line.startswith("loaded")]
    assert len(loaded) == 15
    assert all("in force from 2027-01-01" in line for line in loaded)
    assert {line.split(",")[0] for line in loaded} == {
        *("loaded RVU27A", "loaded 2027 Q1", "loaded ASP 2027 Q1", "loaded Lab fee schedule 2027-01"),
        *("loaded ASC addenda 2027-01", "loaded OPPS Addendum B 2027-01"),
        *("loaded DMEPOS 2027-01", "loaded DMEPOS rural ZIP codes 2027-01", "loaded PEN 2027-01"),
    }


@pytest.mark.parametrize(
    ("day", "qualifying", "locality", "allowed"),
    [
        (NEW_YEARS_EVE, "no", "", "135.61"),  # 4.06 × 33.4009
        (NEW_YEARS_DAY, "no", "", "138.45"),  # 4.06 × 34.1000
        (NEW_YEARS_EVE, "yes", "", "136.28"),  # 4.06 × 33.5675
        (NEW_YEARS_DAY, "yes", "", "139.26"),  # 4.06 × 34.3000
        (NEW_YEARS_EVE, "no", "10112-00", "125.23"),  # (1.92 + 2.00 × 0.875 + 0.14 × 0.566) × 33.4009
        (NEW_YEARS_DAY, "no", "10112-00", "127.85"),  # the same × 34.1000
    ],
)
def test_99214_is_priced_by_the_year_of_its_date_in_both_tracks(
    get: Get, day: str, qualifying: str, locality: str, allowed: str
) -> None:
    found = get("/cpt/99214.json", dos=day, qp=qualifying, locality=locality)
    assert found["price"]["allowed"] == allowed
    assert found["release"] == ("RVU26C" if day == NEW_YEARS_EVE else "RVU27A")


def test_anesthesia_has_the_factor_of_the_file_of_2027(get: Get) -> None:
    found = get("/cpt/00811.json", dos=NEW_YEARS_DAY, minutes="60", locality="10112-00", mod="AA")
    assert found["price"]["allowed"] == "168.00"  # (4 base units + 4 of 15 minutes) × 21.00


def test_an_imaging_cap_of_the_archive_holds_from_january_1(get: Get) -> None:
    found = get("/cpt/70496.json", dos=NEW_YEARS_DAY, locality="10112-00")
    assert found["price"]["allowed"] == "1.00"


def test_a_drug_has_the_limit_and_coinsurance_of_2027_and_not_those_of_a_quarter_that_has_ended(
    get: Get,
) -> None:
    before, after = (get("/hcpcs/J0897.json", dos=day) for day in (NEW_YEARS_EVE, NEW_YEARS_DAY))
    assert before["price"]["allowed"] is None
    assert "ASP 2026 Q1, ended on Mar 31, 2026" in before["not_priced"]["text"]
    assert (after["release"], after["price"]["allowed"]) == ("ASP 2027 Q1", "30.00")
    assert after["price"]["shares"]["coinsurance"] == "5.10"  # 30.000 × 17 %


def test_a_laboratory_test_is_priced_by_the_list_of_its_date(get: Get) -> None:
    before, after = (get("/cpt/80053.json", dos=day) for day in (NEW_YEARS_EVE, NEW_YEARS_DAY))
    assert (before["price"]["allowed"], after["price"]["allowed"]) == ("10.56", "11.00")


def test_the_facilities_have_the_rates_of_their_date_and_no_hospital_rate_of_another_year(get: Get) -> None:
    before, after = (
        get("/cpt/45378/site-of-service.json", dos=day) for day in (NEW_YEARS_EVE, NEW_YEARS_DAY)
    )
    assert _facilities(before) == {"11": None, "24": "510.49", "22": None}
    assert _facilities(after) == {"11": None, "24": "520.00", "22": "930.00"}


def test_equipment_has_the_fee_of_2027_and_none_of_a_year_without_a_list(get: Get) -> None:
    before, after = (
        get("/hcpcs/E0601.json", dos=day, state="AL", mod="RR") for day in (NEW_YEARS_EVE, NEW_YEARS_DAY)
    )
    assert (before["price"]["allowed"], after["price"]["allowed"]) == (None, "51.00")


def test_an_edit_that_begins_on_january_1_denies_from_then_on(get: Get) -> None:
    before, after = (get("/cpt/99214/edits/", q="76376", dos=day) for day in (NEW_YEARS_EVE, NEW_YEARS_DAY))
    link = '<a class="code" href="/cpt/76376/'
    assert (link in before, link in after) == (False, True)


def test_the_unit_limit_is_that_of_the_table_of_its_day(get: Get) -> None:
    before, after = (get("/cpt/99214/", dos=day) for day in (NEW_YEARS_EVE, NEW_YEARS_DAY))
    assert ("2026 Q2" in before, "2027 Q1" in before) == (True, False)
    assert ("2026 Q2" in after, "2027 Q1" in after) == (False, True)


def test_a_new_code_is_new_and_the_page_tells_both_years_in_its_history(get: Get) -> None:
    assert get("/cpt/99214/over-time/").count("RVU27A") >= 1


@pytest.mark.parametrize("address", ["/", "/cpt/99214/", "/cpt/76376/", "/claim/", "/sources/", "/changes/"])
@pytest.mark.parametrize("day", [NEW_YEARS_EVE, NEW_YEARS_DAY])
def test_every_page_answers_on_both_days(get: Get, address: str, day: str) -> None:
    assert "<h1" in get(address, dos=day)


def test_check_data_finds_no_contradiction_in_january(january: str, db: None) -> None:
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_data", "--at", "2027-01-02", stdout=said)
    found = [line for line in said.getvalue().splitlines() if "it is the sample's" not in line]
    assert [line for line in found if line.startswith(("contradictory", "missing"))] == []


def test_indices_with_and_without_the_floor_are_both_kept(db: None, tmp_path: Path) -> None:
    call_command("load_cms", january_2027.archive(tmp_path, floor=True), stdout=io.StringIO())
    alabama = Gpci.objects.filter(mac="10112", locality="00").latest("pk")
    assert (alabama.work_gpci, alabama.work_gpci_without_floor) == (Decimal("1.000"), Decimal("0.900"))


def test_a_new_column_is_named_with_what_to_do_and_nothing_is_kept(db: None, tmp_path: Path) -> None:
    before = list(Release.objects.values())
    with pytest.raises(CommandError, match='has 33 columns, not 32; new: "TELEHEALTH IND"') as refused:
        call_command("load_cms", january_2027.archive(tmp_path, extra_column="TELEHEALTH IND"))
    assert "docs/runbook.md, “CMS has changed a file”" in str(refused.value)
    assert list(Release.objects.values()) == before


def _facilities(found: Any) -> dict[str, str | None]:
    """What the facility itself is allowed, by place of service."""
    return {
        place["place_of_service"]: place["facility"] and place["facility"]["allowed"]
        for place in found["places"]
    }
