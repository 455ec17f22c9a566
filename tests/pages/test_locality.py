"""One locality and its fee schedule. Figures: PRICING_RULES 1.10; the schedule agrees with the code page."""

import io
import re
from datetime import date

import pytest
import python_calamine

from tests.pages.conftest import Get, table_of

NOV_3_2025 = "2025-11-03"
AUG_1_2026 = "2026-08-01"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_los_angeles_shows_its_indices_counties_and_contractor(get: Get) -> None:
    page = text_of(get("/localities/01182-18/", dos=AUG_1_2026))
    assert re.findall(r'data-label="(?:Work|PE|Malpractice)">([\d.]+)', page)[:3] == [
        "1.041",
        "1.183",
        "0.664",
    ]
    assert "Los Angeles" in page
    assert "01182" in page
    assert "Noridian Healthcare Solutions, jurisdiction E" in page


def test_the_table_has_the_known_amounts(get: Get) -> None:
    page = text_of(get("/localities/01182-18/", dos=AUG_1_2026))
    assert "$104.89" in page, "99213"
    assert "$148.89" in page, "99214"


def test_texas_has_114_05_for_a_new_patient(get: Get) -> None:
    assert "$114.05" in text_of(get("/localities/04412-99/", dos=AUG_1_2026))


@pytest.mark.parametrize("address", ["/localities/99999-99/", "/localities/01182/", "/localities/1182-18/"])
def test_an_unknown_locality_is_a_404(get: Get, address: str) -> None:
    get(address, status=404)
    get(f"{address}fees.csv", status=404)
    get(f"{address}fees.xlsx", status=404)


def test_a_year_that_is_not_loaded_has_no_amounts(get: Get) -> None:
    page = text_of(get("/localities/01182-18/", dos="2024-03-14"))
    assert "Nothing is priced here on Mar 14, 2024" in page
    get("/localities/01182-18/fees.csv", status=404, dos="2024-03-14")


def test_the_fee_schedule_has_every_row_and_the_known_amounts(get: Get) -> None:
    from codes.models import FeeScheduleRow

    rows = table_of(get("/localities/01182-18/fees.csv", dos=AUG_1_2026))
    assert len(rows) == FeeScheduleRow.objects.filter(release__name="RVU26C").count()
    by_code = {(row["code"], row["modifier"]): row for row in rows}
    assert (by_code["99214", ""]["office"], by_code["99214", ""]["facility"]) == ("148.89", "88.44")
    assert (by_code["92015", ""]["office"], by_code["92015", ""]["status"]) == ("", "N"), "never 0.00"


def test_the_fee_schedule_holds_the_imaging_cap(get: Get) -> None:
    rows = {
        (row["code"], row["modifier"]): row
        for row in table_of(get("/localities/01112-05/fees.csv", dos=NOV_3_2025))
    }
    assert rows["70496", ""]["office"] == "343.62"
    assert rows["70496", ""]["imaging_cap_binds"] == "yes"


@pytest.mark.parametrize(("key", "day"), [("01182-18", date(2025, 11, 3)), ("10112-00", date(2026, 8, 1))])
def test_each_amount_is_that_of_the_payment_engine(sample: None, key: str, day: date) -> None:
    from codes import pricing
    from codes.models import FeeScheduleRow
    from codes.models.release import Source
    from codes.queries import geography, releases
    from codes.queries.circumstances import circumstances_for
    from codes.queries.code import code_rows
    from codes.queries.fee_tables import FeeRows, fee_table
    from codes.queries.price_query import PriceQuery

    calendar = releases.calendar()
    release = calendar.in_force(Source.PPRRVU, day)
    assert release is not None
    locality = next(each for each in geography.localities(calendar, day) if geography.key_of(each) == key)
    codes = set(
        FeeScheduleRow.objects.filter(release=release, status__in="ART").values_list("code", flat=True)
    )
    rows = code_rows(release, codes)
    given = circumstances_for(calendar, release, rows, PriceQuery(date_of_service=day, locality=locality))
    table = fee_table(calendar, day, qualifying_apm=False)
    assert table is not None
    filed = FeeRows(table)
    wrong = []
    for ((code, modifier, *_), _), (office, facility, _) in zip(
        filed.static, filed.amounts(locality), strict=True
    ):
        if code in rows and rows[code].rows[modifier].status in "ART":
            modifiers = (modifier,) if modifier else ()
            row = rows[code].rows[modifier]
            there = pricing.price_line(
                rows[code], pricing.Line(code, modifiers, place_of_service="22"), given
            )
            here = pricing.price_line(rows[code], pricing.Line(code, modifiers), given).allowed
            if (office, facility) != (None if row.nonfacility_na else here, there.allowed):
                wrong.append((code, modifier, office, here, facility, there.allowed))
    assert wrong == []


def test_the_locality_page_asks_at_most_six_times(get: Get, django_assert_max_num_queries: Get) -> None:
    get("/localities/10112-00/", dos=NOV_3_2025)
    with django_assert_max_num_queries(6):  # indices, counties, rows, names, caps
        get("/localities/01182-18/", dos=NOV_3_2025)


def test_the_workbook_holds_the_rows_of_the_csv_with_numbers_as_numbers(get: Get) -> None:
    response = get("/localities/01182-18/fees.xlsx", dos=AUG_1_2026)
    content = b"".join(response.streaming_content)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    heading, *rows = book.get_sheet_by_name("Fee schedule").to_python()
    plain = table_of(get("/localities/01182-18/fees.csv", dos=AUG_1_2026))
    assert [str(cell).replace(" ", "_") for cell in heading] == list(plain[0])
    assert [row[0] for row in rows] == [row["code"] for row in plain]
    visit = next(row for row in rows if row[:2] == ["99214", ""])
    assert visit[4:6] == [148.89, 88.44]
    anesthesia = next(row for row in rows if row[0] == "00100")
    assert anesthesia[4:6] == ["", ""], "never 0.00"
    about = [str(row[0]) for row in book.get_sheet_by_name("About").to_python()]
    assert "(01182-18): RVU26C, from Jul 1, 2026" in about[0]
    assert "American Medical Association" in about[-1]
