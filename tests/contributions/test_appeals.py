"""What is open with Medicare after a denial, and until when (42 CFR part 405, subpart I)."""

from datetime import date

import pytest

from codes.denials import appeals, reasons
from codes.denials.appeals import Route, deadlines, route_of


@pytest.mark.parametrize(
    ("reason", "remarks", "route"),
    [
        ("45", (), Route.NOT_A_DENIAL),
        ("16", ("MA130",), Route.NEW_CLAIM),
        ("4", (), Route.CORRECT),
        ("236", (), Route.APPEAL),
        ("18", (), Route.FIRST_CLAIM),
        ("29", (), Route.TOO_LATE),
        ("22", (), Route.OTHER_PAYER),
        ("50", ("MA130",), Route.NEW_CLAIM),
    ],
)
def test_each_reason_leads_to_its_route(reason: str, remarks: tuple[str, ...], route: Route) -> None:
    assert route_of(reason, remarks) is route


def test_every_common_reason_has_a_route_of_its_own() -> None:
    common = {entry.number for entry in reasons.reasons().values() if entry.common}
    assert common - set(appeals._ROUTES) == set()


def test_no_route_is_for_a_reason_that_we_do_not_know() -> None:
    assert set(appeals._ROUTES) - set(reasons.reasons()) == set()


def test_a_redetermination_is_open_for_120_days_from_five_days_after_the_notice() -> None:
    found = {each.level.name: each.last_day for each in deadlines(date(2026, 3, 2))}
    assert found["Redetermination"] == date(2026, 7, 5)
    assert found["Reconsideration"] == date(2026, 9, 3)
    assert found["Court"] == date(2026, 5, 6)
