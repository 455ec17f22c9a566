"""Every page that prices answers the same question with the same amount, and refuses it in the same words."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from codes import pricing
from codes.parsing import Charge, ParsedLine
from codes.queries import geography, releases
from codes.queries.audit import audit
from codes.queries.browse import catalogue
from codes.queries.claim import work_through
from codes.queries.code import CodeRecord, load_code
from codes.queries.compare import compare
from codes.queries.country import across
from codes.queries.many_codes import GIVEN_BY, MINUTES, prices_of_codes
from codes.queries.over_time import over_time
from codes.queries.price_query import PriceQuery
from codes.queries.price_result import price_code
from tests import builders

RVU26C = date(2026, 7, 1)
ROWS = [builders.rvu("99213"), builders.rvu("99214")]
UNKNOWN = "have the 2027 conversion factor for qualifying APM participants"


def _answers(code: str, query: PriceQuery) -> Iterator[tuple[str, Decimal | None]]:
    """The page and the amount of one unit in an office."""
    calendar, at = releases.calendar(), query.date_of_service
    record = load_code(calendar, code, at)
    price = price_code(calendar, record, query).price
    yield "code", price.allowed if price else None
    (line,) = work_through(calendar, [ParsedLine(1, code, code)], query, whole_day=False).lines
    yield "claim", line.price.allowed if line.price else None
    (column,) = compare(calendar, [code], query).columns
    yield "compare", column.nonfacility.allowed if column.nonfacility else None
    (charge,) = audit(calendar, [Charge(1, code, "", Decimal(1))], query).rows
    yield "audit", charge.allowed
    point = next(point for point in over_time(calendar, record, query) if point.release.effective_from == at)
    yield "over time", point.nonfacility.allowed


@pytest.mark.parametrize("code", ["99213", "76376"])
@pytest.mark.parametrize("practitioner", ["physician", "np", "csw"])
def test_five_pages_give_one_amount_for_one_question(sample: None, code: str, practitioner: str) -> None:
    there = next(
        locality for locality in geography.localities(releases.calendar(), RVU26C) if locality.state == "CA"
    )
    for participating, assigned, qualifying, locality in product(
        (True, False), (True, False), (True, False), (pricing.NATIONAL, there)
    ):
        query = PriceQuery(
            date_of_service=RVU26C,
            locality=locality,
            practitioner=practitioner,
            participating=participating,
            assigned=assigned,
            qualifying_apm=qualifying,
            deductible_remaining=Decimal(100),
        )
        answers = dict(_answers(code, query))
        assert len(set(answers.values())) == 1, (query, answers)


def test_the_deductible_is_the_patients_in_a_comparison_too(sample: None) -> None:
    query = PriceQuery(date_of_service=RVU26C, deductible_remaining=Decimal(50))
    calendar = releases.calendar()
    priced = price_code(calendar, load_code(calendar, "99213", RVU26C), query).price
    (column,) = compare(calendar, ["99213"], query).columns
    assert priced is not None
    assert column.nonfacility is not None
    assert column.nonfacility.shares == priced.shares


@pytest.fixture
def january(db: None, tmp_path: Path) -> date:
    """RVU27A with its indices, of which no table knows the qualifying factor."""
    files = {
        builders.pprrvu_name(2027, "A"): builders.pprrvu_csv(ROWS, 2027, "A", "34.1000"),
        "GPCI2027.csv": builders.gpci_csv(year=2027),
    }
    call_command("load_cms", str(builders.zipped(tmp_path / "rvu27a.zip", files)), stdout=io.StringIO())
    return date(2027, 1, 1)


def test_a_qualifying_participant_is_never_priced_at_the_common_factor(january: date) -> None:
    query = PriceQuery(date_of_service=january, qualifying_apm=True)
    assert dict(_answers("99213", query)) == dict.fromkeys(("code", "claim", "compare", "audit", "over time"))
    calendar = releases.calendar()
    record = load_code(calendar, "99213", january)
    found = price_code(calendar, record, query)
    assert found.refusal is not None
    assert UNKNOWN in found.refusal.text
    assert found.other_track is not None
    assert found.other_track.allowed is not None
    assert across(calendar, record, found) is None


def test_the_common_track_is_priced_all_the_same(january: date) -> None:
    prices_of_codes = dict(_answers("99213", PriceQuery(date_of_service=january)))
    assert len(set(prices_of_codes.values())) == 1
    assert None not in prices_of_codes.values()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cpt/99213/", 200),
        ("/cpt/99213/country/", 200),
        ("/cpt/99213/country.csv", 404),
        ("/cpt/99213/over-time/", 200),
        ("/compare/?codes=99213,99214", 200),
        ("/claim/?lines=99213", 200),
        ("/localities/10000-00/", 200),
        ("/localities/10000-00/fees.csv", 404),
        ("/localities/10000-00/fees.xlsx", 404),
    ],
)
def test_each_page_says_that_the_factor_is_not_known(
    january: date, client: Client, address: str, status: int
) -> None:
    joint = "&" if "?" in address else "?"
    response = client.get(f"{address}{joint}dos={january}&qp=1")
    assert response.status_code == status
    assert UNKNOWN in response.content.decode()


def test_a_factor_of_a_year_is_not_carried_into_the_next() -> None:
    from codes.pricing import conversion_factors

    for qualifying in (False, True):
        assert conversion_factors.in_force(date(2026, 12, 31), qualifying) is not None
        assert conversion_factors.in_force(date(2027, 1, 1), qualifying) is None
        assert conversion_factors.anesthesia_in_force(date(2027, 1, 1), qualifying) is None


@pytest.mark.parametrize("at", [date(2026, 8, 1), date(2027, 1, 5)])
def test_each_of_many_codes_is_refused_in_the_words_of_its_page(sample: None, at: date) -> None:
    calendar = releases.calendar()
    codes = catalogue(calendar, at).codes[::9]
    for code, priced in prices_of_codes(calendar, codes, at).items():
        record = load_code(calendar, code, at)
        assert priced.refusal == price_code(calendar, record, _first_asked(code, record, at)).refusal, code


def _first_asked(code: str, record: CodeRecord, at: date) -> PriceQuery:
    """The usual place of a code; of anesthesia also its time, and who gives it."""
    query = PriceQuery(date_of_service=at, place_of_service="")
    query = replace(query, place_of_service=query.place_for(code, record.main_row))
    is_anesthesia = record.main_row is not None and record.main_row.status == "J"
    return replace(query, modifiers=GIVEN_BY, minutes=MINUTES) if is_anesthesia else query
