"""A code that any loaded list names is a code, and a list that is older than a code says nothing of it. Sample: edits
of 2024 Q3, add-on codes of 2024, RVU25D and RVU26C, the laboratory schedule of 2026."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from codes.models import FeeScheduleRow, LabRate, MueLimit, Release
from codes.queries import browse, known_codes, listed_amounts, releases
from tests.pages.conftest import Get, table_of

AUG_1_2026 = "2026-08-01"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """These tests change releases that are ready, which nothing else does."""
    held = (releases._calendar, browse._catalogue, listed_amounts._rates)
    for each in held:
        each.cache_clear()
    yield
    for each in held:
        each.cache_clear()


@pytest.fixture
def laboratory_code(sample: None) -> str:
    """A test that the laboratory schedule alone lists."""
    LabRate.objects.create(release=Release.objects.get(source="clfs"), code="0111U", rate=Decimal("682.29"))
    return "0111U"


@pytest.fixture
def new_code(sample: None) -> str:
    """A code that whole relative value files have from July 2026 on, and edits of 2024 cannot know."""
    Release.objects.filter(source="pprrvu").update(is_sample=False)
    row = FeeScheduleRow.objects.get(release__name="RVU26C", release__source="pprrvu", code="99214")
    row.pk, row.code = None, "37254"
    row.save()
    return "37254"


def test_a_laboratory_code_has_a_page_a_price_and_a_line(get: Get, laboratory_code: str) -> None:
    page = get("/cpt/0111U/", dos=AUG_1_2026).content.decode()
    assert "$682.29" in page
    assert "Work</th>" not in page, "no relative values are shown for it"
    answer = get("/cpt/0111U.json", dos=AUG_1_2026).json()
    assert (answer["release"], answer["conversion_factor"], answer["components"]) == (
        "Lab fee schedule 2026-01",
        None,
        [],
    )
    (line,) = get("/claim.json", lines="0111U", dos=AUG_1_2026).json()["lines"]
    assert (line["allowed"], line["denied"]) == ("682.29", False)
    assert "$682.29" in get("/compare/", codes="0111U", dos=AUG_1_2026).content.decode()


def test_a_laboratory_code_without_a_schedule_of_its_year_is_not_checked(
    get: Get, laboratory_code: str
) -> None:
    (line,) = get("/claim.json", lines="0111U", dos="2025-11-01").json()["lines"]
    assert line["status"] == "not_checked"
    assert "Not priced" in get("/cpt/0111U/", dos="2025-11-01").content.decode()


def test_a_code_that_only_the_unit_limits_name_has_a_page(get: Get) -> None:
    MueLimit.objects.create(
        release=Release.objects.get(source="mue_practitioner"), code="0079U", value=1, mai="2"
    )
    assert "Not priced" in get("/cpt/0079U/").content.decode()
    get("/cpt/0078U/", 404)


@pytest.mark.parametrize("code", ["80053", "36415"])
def test_a_laboratory_price_is_never_credited_to_relative_values(get: Get, code: str) -> None:
    page = get(f"/cpt/{code}/", dos=AUG_1_2026).content.decode()
    assert "Lab fee schedule 2026-01" in page
    assert "Conversion factor: 33.4009" not in page
    answer = get(f"/cpt/{code}.json", dos=AUG_1_2026).json()
    assert (answer["release"], answer["conversion_factor"]) == ("Lab fee schedule 2026-01", None)
    assert "RVU26C" not in str(answer["price"]["confidence"])


def test_anesthesia_names_its_own_factor(get: Get) -> None:
    asked = {"dos": AUG_1_2026, "mod": "AA", "minutes": "45"}
    assert get("/cpt/00811.json", **asked).json()["conversion_factor"] == "20.4976"
    assert "Conversion factor: 20.4976" in get("/cpt/00811/", **asked).content.decode()
    without_amount = get("/cpt/00811/", dos=AUG_1_2026).content.decode()
    assert "at $20.4976 a unit" in without_amount
    assert "Conversion factor:" not in without_amount


def test_anesthesia_in_a_place_without_a_local_factor_shows_the_national_amount(get: Get) -> None:
    asked = {"dos": AUG_1_2026, "mod": "AA", "minutes": "45"}
    national = get("/cpt/00811.json", **asked).json()["price"]["allowed"]
    local = get("/cpt/00811.json", **asked, locality="01182-18").json()["price"]
    assert local["allowed"] == national
    assert "we don't have the local factors of 2026" in str(local["notes"])


@pytest.mark.parametrize(
    ("address", "says"),
    [("/cpt/80053/", "no deductible, no coinsurance"), ("/cpt/99213/", "20%")],
)
def test_the_patients_share_says_what_it_consists_of(get: Get, address: str, says: str) -> None:
    page = get(address, dos=AUG_1_2026).content.decode()
    assert re.search(rf">Patient owes</button>.*</span> \({says}\)</dt>", page)


def test_a_code_younger_than_the_edits_is_not_checked_anywhere(get: Get, new_code: str) -> None:
    older = "the edits loaded (2024 Q3) are older than 37254"
    at = {"dos": AUG_1_2026}
    assert older in get("/cpt/37254/edits/", **at).content.decode()
    assert "not checked" in get("/cpt/37254/add-ons/", **at).content.decode()
    assert older in get("/ncci/", codes="37254 36247", **at).content.decode()
    assert older in get("/denials/", reason="97", code="37254").content.decode()
    (row,) = table_of(get("/cpt/37254/edits.csv", **at))
    assert (row["state"], row["pays"], row["denied"]) == ("not checked", "", "")
    assert older in row["rationale"]
    page = get("/cpt/37254/", **at).content.decode()
    assert "no published limit for 37254" not in page
    assert "The units of 37254 were not checked" in page
    for line in get("/claim.json", lines="37254,99213", **at).json()["lines"]:
        assert line["status"] == "not_checked"
        assert older in line["verdict"]
        assert "No edit found" not in str(line["findings"])


def test_it_is_certain_where_a_whole_file_of_the_time_between_lacks_the_code(
    sample: None, new_code: str
) -> None:
    calendar = releases.Calendar(tuple(Release.objects.ready().order_by("-effective_from", "-pk")))
    edits = Release.objects.get(source="ptp_practitioner")
    assert known_codes.younger(calendar, ["37254", "99213"], edits) == {"37254": True}
