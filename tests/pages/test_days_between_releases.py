"""Every page and its twin say the same of a day: priced, or not priced because no release covers it; and nothing is
denied for want of a release. The sample holds RVU25D (October 2025) and RVU26C (July 2026)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from codes.models import Release
from codes.queries import releases
from contributions.toolkit.edition import toolkit_on
from contributions.toolkit.parts import ColumnKind
from tests.conftest import clear_caches
from tests.pages.conftest import Get

FIRSTS = [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]
FIRSTS += [date(2027, month, 1) for month in (1, 2, 3)]
COVERED = ((date(2025, 10, 1), date(2025, 12, 31)), (date(2026, 7, 1), date(2026, 12, 31)))
FAR = (date(2023, 1, 1), date(2027, 1, 2), date(2030, 1, 1))


def _edges() -> list[date]:
    """The day before, of and after the beginning of every release, and days far from all."""
    starts = set(Release.objects.values_list("effective_from", flat=True))
    days = {start + timedelta(days=step) for start in starts for step in (-1, 0, 1)}
    return sorted({*days, date(2025, 12, 31), date(2026, 1, 1), *FAR})


def _is_covered(day: date) -> bool:
    return any(first <= day <= last for first, last in COVERED)


@pytest.mark.parametrize("without", [(), ("RVU25D",), ("RVU26C",), ("RVU25D", "RVU26C")])
def test_no_visit_is_denied_on_any_first_of_a_month(
    sample: None, client: Client, without: tuple[str, ...]
) -> None:
    Release.objects.filter(source="pprrvu", name__in=without).delete()
    releases._calendar.cache_clear()
    for first in FIRSTS:
        clear_caches()
        (line,) = client.get("/claim.json", {"lines": "99213", "dos": str(first)}).json()["lines"]
        assert line["denied"] is False, (first, line["verdict"])
    releases._calendar.cache_clear()


@pytest.mark.parametrize("code", ["99213", "80053", "45385", "76376-26"])
def test_every_page_prices_a_code_on_the_same_days(get: Get, code: str) -> None:
    whole, _, modifier = code.partition("-")
    for day in _edges():
        at = {"dos": str(day)}
        answer = get(f"/cpt/{whole}.json", **at, **({"mod": modifier} if modifier else {})).json()
        (line,) = get("/claim.json", lines=code, **at).json()["lines"]
        priced = answer["price"] is not None and answer["price"]["allowed"] is not None
        assert (line["allowed"] is not None) is priced, (code, day)
        assert not line["denied"], (code, day, line["verdict"])
        if whole != "80053":  # the sample has the laboratory rates of all 2026
            assert priced is _is_covered(day), (code, day)
        if not (priced or _is_covered(day)):
            assert line["status"] == "not_checked"
            assert line["verdict"].startswith(
                f"Not checked: no {day.year} fee schedule is loaded for this date."
            )
            assert answer["release"] is None
            assert "Not priced" in get(f"/cpt/{whole}/", **at).content.decode()


def test_the_pages_of_several_codes_agree_on_the_days(get: Get) -> None:
    for day in _edges():
        at = {"dos": str(day)}
        compared = get("/compare/", codes="99213,99214", **at).content.decode()
        country = get("/cpt/99213/country/", **at).content.decode()
        claim = get("/claim/", lines="99213", **at).content.decode()
        for page in (compared, country, claim):
            assert "CARC 181" not in page
        price = "95.19" if day.year == 2026 else "88.95"
        assert (f"${price}" in compared) is _is_covered(day), day
        assert (f"${price}" in claim) is _is_covered(day), day


def test_an_audit_on_a_day_between_releases_prices_nothing_and_says_why(sample: None, client: Client) -> None:
    page = client.post("/audit/", {"text": "99213, 85.00", "dos": "2026-03-01"}).content.decode()
    assert "No relative value file of 2026" in page
    assert "CARC" not in page


def test_a_unit_limit_is_shown_on_the_days_that_the_claim_desk_checks_it(get: Get) -> None:
    for day in _edges():
        page = get("/cpt/76376/", dos=str(day)).content.decode()
        (line,) = get("/claim.json", lines="76376x3", dos=str(day)).json()["lines"]
        assert ("At most 2 units" in page) is line["denied"], day


@pytest.mark.parametrize(("lines", "is_denied"), [("45385 45380", True), ("99213 71046", False)])
def test_the_pair_checker_judges_a_pair_on_every_day_as_the_claim_desk_does(
    get: Get, lines: str, is_denied: bool
) -> None:
    """An edits file holds the days of edits that are over, so that it answers for days before itself too."""
    for day in _edges():
        page = get("/ncci/", codes=lines, dos=str(day)).content.decode()
        first, second = get("/claim.json", lines=lines.replace(" ", ","), dos=str(day)).json()["lines"]
        assert (first["denied"], second["denied"]) == (False, is_denied), day
        assert ("45380 is denied with 45385" in page) is is_denied, day
        assert "CARC 181" not in page
        assert "$" not in page


def test_the_denial_page_never_calls_a_code_invalid_for_want_of_a_release(get: Get) -> None:
    for day in (day for day in _edges() if day <= date(2026, 7, 2)):
        invalid = get("/denials/", code="99213", reason="CO-181", dos=str(day)).content.decode()
        assert "No edit, limit or indicator of 99213 explains this reason" in invalid, day
        bundled = get(
            "/denials/", code="45380", other="45385", reason="CO-236", dos=str(day)
        ).content.decode()
        assert "NCCI pays 45385, not 45380, on the same day." in bundled, day


@pytest.mark.slow
def test_the_toolkit_of_a_day_that_no_release_covers_holds_no_dollars(sample: None) -> None:
    for day in _edges():
        sections = toolkit_on(day).sections
        cells = [
            cell
            for section in sections
            for table in section.tables
            for row in table.rows
            for cell, column in zip(row, table.columns, strict=True)
            if column.kind is ColumnKind.MONEY and cell is not None
        ]
        assert bool(cells) is _is_covered(day), day
        first_words = next(section.paragraphs for section in sections if section.paragraphs)
        assert ("$" in " ".join(first_words)) is _is_covered(day), day
