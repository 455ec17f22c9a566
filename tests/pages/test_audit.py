"""The fee-schedule audit on the sample: RVU26C, 99213 allows $95.19 in an office and $57.45 in a facility."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from codes.models import FeeScheduleRow
from codes.models.release import Source
from codes.parsing import Charge
from codes.pricing import NATIONAL, PLACES, Line, price_line
from codes.queries import releases
from codes.queries.bulk_lines import amounts_in_bulk
from codes.queries.circumstances import circumstances_for
from codes.queries.geography import localities
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import rows_to_price
from tests.pages.conftest import Get, table_of

Post = Callable[..., str]

AUG_1_2026 = "2026-08-01"
CHARGES = "99213, 85.00\n99214, 400.00\n71046-26, 5.00\n36415, 30.00\n00811, 900.00"


@pytest.fixture
def send(sample: None, client: Client) -> Get:
    """Post a list of charges; the answer may be kept nowhere."""

    def post(text: str, status: int = 200, **fields: Any) -> Any:
        response = client.post("/audit/", {"text": text, "dos": AUG_1_2026, **fields})
        assert response.status_code == status, response.content[:2000]
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies
        return response

    return post


@pytest.fixture
def post(send: Get) -> Post:
    """The same, as text."""
    return lambda *given, **fields: send(*given, **fields).content.decode()


def rows(page: str) -> list[list[str]]:
    found = re.findall(r'<tr>\s*<th scope="row">(.*?)</tr>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", row).split() for row in found]


def test_a_charge_below_the_allowed_amount_stands_first_with_what_it_loses(post: Post) -> None:
    page = post(CHARGES)
    assert "2 of 4 charges are below Medicare" in page
    first, second, *_ = rows(page)
    assert first[0] == "99213"
    assert first[-5:] == ["$85.00", "$95.19", "$10.19", "89", "%"]
    assert second[0] == "71046-26"
    assert second[-5:] == ["$5.00", "$10.02", "$5.02", "50", "%"]


def test_the_setting_and_the_locality_decide_what_is_compared(post: Post) -> None:
    facility = post("99213 85", pos="22")
    assert "None of 1 charge is below Medicare" in facility
    assert "$57.45" in facility
    assert "$104.89" in post("99213 85", locality="01182-18")


def test_a_code_without_an_amount_says_why_and_is_not_counted(post: Post) -> None:
    page = post(CHARGES)
    assert "Anesthesia is paid by base units and time" in page
    assert "99999: Not in RVU26C" in re.sub(r"\s+", " ", post("99213 85\n99999 12")).replace("</a>", "")


def test_lines_that_cannot_be_read_are_named_and_the_others_compared(post: Post) -> None:
    page = post("99213 85\n99214")
    assert "Line 2: 99214 has no charge" in page
    assert "1 of 1 charge is below Medicare" in page
    assert "99213 85\n99214" in page, "what was pasted stays in the box"


def test_no_file_is_made_of_a_list_that_was_read_in_part_and_the_page_says_so(post: Post) -> None:
    assert "No CSV was made" in post("99213 85\n99214", **{"as": "csv"})
    assert "No CSV was made" not in post("99213 85\n99214")


def test_an_empty_box_and_a_wrong_zip_are_told(post: Post) -> None:
    assert "There is no code with a charge in the box." in post("", status=400)
    assert "00000 is not in the ZIP file" in post("99213 85", status=400, zip="00000")


def test_the_comparison_can_be_taken_along_as_csv(send: Get) -> None:
    table = table_of(send(CHARGES, **{"as": "csv"}))
    assert [row["code"] for row in table] == ["99213", "71046", "99214", "36415", "00811"]
    assert table[0]["lost_per_service"] == "10.19"
    assert table[-1]["allowed"] == ""
    assert table[-1]["why_not_priced"]


def test_a_day_that_nothing_prices_says_so(post: Post) -> None:
    assert "Nothing to compare with on Mar 14, 2019" in post("99213 85", dos="2019-03-14")


def test_five_hundred_charges_take_a_fixed_number_of_queries(
    sample: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = "\n".join(f"{code} 100.00" for code in ("99213", "70450", "80053", "J1100", "27447") * 100)
    with django_assert_max_num_queries(15):  # with nothing remembered of a request before
        assert client.post("/audit/", {"text": text, "dos": AUG_1_2026}).status_code == 200


@pytest.mark.parametrize("address", ["/audit/", "/claim/"])
def test_a_new_form_stands_on_the_usual_place_of_each_code(
    sample: None, client: Client, address: str
) -> None:
    page = client.get(address).content.decode()
    assert '<option value="" selected>Usual place of each code' in page


def test_a_charge_without_a_place_is_held_against_the_usual_place_of_its_code(post: Post) -> None:
    usual, chosen = (rows(post("27447 5000", **place))[0] for place in ({}, {"pos": "22"}))
    assert usual[-4] == chosen[-4] == "$1,159.35"


def test_a_code_that_is_not_plainly_paid_says_so_beside_its_charge(post: Post) -> None:
    page = post("97110 50")
    assert '<strong class="status returned">Returned</strong>' in page
    assert "Add GP, GO or GN" in page


def test_a_file_is_compared_as_a_pasted_list_is(post: Post) -> None:
    file = SimpleUploadedFile("fees.csv", b"CPT,Mod,Fee\n99213,,85.00\n71046,26,5.00\n")
    page = post("", file=file)
    assert "2 of 2 charges are below Medicare" in page
    assert "99213\t85.00\n71046-26\t5.00" in page, "the list stands in the box for the CSV"


def test_a_file_of_another_kind_is_refused_in_words(post: Post) -> None:
    page = post("", status=400, file=SimpleUploadedFile("fees.pdf", b"%PDF"))
    assert "&quot;fees.pdf&quot; is not a .csv or .xlsx file." in page


def test_the_page_shows_the_largest_losses_and_the_csv_every_row(send: Get) -> None:
    codes = FeeScheduleRow.objects.filter(status="A", modifier="").values_list("code", flat=True).distinct()
    text = "\n".join(f"{code} 0.01" for code in codes[:150])
    page = send(text).content.decode()
    losses = [row[-3] for row in rows(page)]
    assert len(losses) == 100
    assert losses == sorted(losses, key=lambda loss: -float(loss.strip("$").replace(",", "")))
    assert "Shown: 100 of 1" in page
    assert len(table_of(send(text, **{"as": "csv"}))) == 150


@pytest.mark.slow
@pytest.mark.parametrize("par", ["yes", "no"])
@pytest.mark.parametrize("where", ["", "01182-18"])
def test_every_amount_in_bulk_is_what_the_engine_allows(sample: None, where: str, par: str) -> None:
    calendar, at = releases.calendar(), date(2026, 8, 1)
    release = calendar.of_same_year(Source.PPRRVU, at)
    assert release
    locality = localities(calendar, at).by_key[where] if where else NATIONAL
    stored = FeeScheduleRow.objects.filter(release=release).values_list("code", "modifier")
    charges = [Charge(1, code, modifier, Decimal(1)) for code, modifier in stored]
    held = rows_to_price(calendar, release, {charge.code for charge in charges}, at)
    for place in ("", *PLACES):
        query = PriceQuery(
            date_of_service=at, locality=locality, place_of_service=place, participating=par == "yes"
        )
        circumstances = circumstances_for(calendar, release, held, query)
        amounts = amounts_in_bulk(calendar, release, charges, query)
        assert len(amounts) > 100
        for (code, modifier), amount in amounts.items():
            pos = query.place_for(code, held[code].rows.get(""))
            line = Line(code, (modifier,) if modifier else (), place_of_service=pos)
            assert price_line(held[code], line, circumstances).allowed == amount, (code, modifier, pos)
