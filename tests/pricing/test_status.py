"""Statuses in words, and status T beside other services."""

from tests.pricing.figures import claim, line, made_up, price, price_made_up


def test_bundled_status_pays_nothing_and_the_patient_is_not_billed() -> None:
    refusal = price_made_up(made_up(status="B")).refusal
    assert refusal is not None
    assert (str(refusal.medicare_pays), refusal.liability) == ("0.00", "provider")


def test_status_x_names_the_schedules_that_pay() -> None:
    refusal = price("36415").refusal
    assert refusal is not None
    assert refusal.pays_elsewhere == "Clinical laboratory, ambulance or DMEPOS fee schedule"
    assert refusal.medicare_pays is None


def test_status_that_cms_has_not_explained_is_refused() -> None:
    refusal = price_made_up(made_up(status="Z")).refusal
    assert refusal is not None
    assert refusal.kind == "unknown_status"


def test_restricted_service_with_values_is_priced_at_medium_confidence() -> None:
    priced = price_made_up(made_up(status="R"), charge=made_up().work_rvu)
    assert (str(priced.allowed), priced.confidence.level) == ("100.00", "Medium")


def test_status_t_alone_is_paid() -> None:
    assert str(price("36591").allowed) == "30.39"


def test_status_t_beside_a_payable_service_is_bundled() -> None:
    priced = claim(line("36591"), line("99213"))
    refusal = priced.lines[0].refusal
    assert refusal is not None
    assert refusal.text == "Status T: bundled, because 99213 of the same day is payable."
    assert str(priced.total_allowed) == "95.19"


def test_status_t_beside_a_refused_service_is_paid() -> None:
    assert str(claim(line("36591"), line("36415")).lines[0].allowed) == "30.39"
