"""What the database itself never lets happen, and which release is in force on a day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from codes.models import FeeScheduleRow, Release
from codes.models.release import ReleaseState, Source

pytestmark = pytest.mark.django_db

UNITS = dict.fromkeys(
    (
        "work_rvu",
        "nonfacility_pe_rvu",
        "facility_pe_rvu",
        "malpractice_rvu",
        "preoperative_share",
        "intraoperative_share",
        "postoperative_share",
        "opps_nonfacility_pe",
        "opps_facility_pe",
        "opps_malpractice",
    ),
    0,
)


def release(
    day: date = date(2026, 7, 1), state: str = ReleaseState.READY, rows: int = 1, source: str = Source.GPCI
) -> Release:
    return Release.objects.create(
        source=source, name=f"of {day}", effective_from=day, state=state, row_count=rows
    )


def test_one_ready_release_a_source_and_day() -> None:
    release()
    with pytest.raises(IntegrityError), transaction.atomic():
        release()


def test_a_retired_release_of_the_same_day_does_not_stand_in_the_way() -> None:
    release(state=ReleaseState.RETIRED)
    release()
    assert Release.objects.count() == 2


def test_another_source_of_the_same_day_does_not_stand_in_the_way() -> None:
    release()
    release(source=Source.ANESTHESIA)
    assert Release.objects.count() == 2


def test_a_ready_release_has_rows() -> None:
    with pytest.raises(IntegrityError, match="ready_release_has_rows"):
        release(rows=0)


def test_a_state_is_one_of_three() -> None:
    with pytest.raises(IntegrityError, match="release_state_is_known"):
        release(state="half")


@pytest.mark.parametrize("modifier", ["", "26", "TC", "53"])
def test_a_component_is_one_of_four(modifier: str) -> None:
    FeeScheduleRow.objects.create(release=release(), code="76376", modifier=modifier, **UNITS)
    assert FeeScheduleRow.objects.get().modifier == modifier


def test_another_component_is_refused() -> None:
    with pytest.raises(IntegrityError, match="component_is_known"):
        FeeScheduleRow.objects.create(release=release(), code="76376", modifier="50", **UNITS)


def test_a_code_and_component_stand_once_in_a_release() -> None:
    of = release()
    FeeScheduleRow.objects.create(release=of, code="76376", modifier="26", **UNITS)
    with pytest.raises(IntegrityError):
        FeeScheduleRow.objects.create(release=of, code="76376", modifier="26", **UNITS)


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), "of 2026-01-01"),
        (date(2026, 6, 30), "of 2026-01-01"),
        (date(2026, 7, 1), "of 2026-07-01"),
        (date(2031, 1, 1), "of 2026-07-01"),
    ],
)
def test_a_release_is_in_force_from_its_day_until_the_next_begins(at: date, name: str | None) -> None:
    release(date(2026, 7, 1))
    release(date(2026, 1, 1))
    found = Release.objects.all().in_force(Source.GPCI, at)
    assert (found.name if found else None) == name


@pytest.mark.parametrize("state", [ReleaseState.LOADING, ReleaseState.RETIRED])
def test_only_a_ready_release_is_in_force(state: str) -> None:
    release(date(2026, 1, 1))
    release(date(2026, 7, 1), state=state)
    found = Release.objects.all().in_force(Source.GPCI, date(2026, 8, 1))
    assert found is not None
    assert found.effective_from == date(2026, 1, 1)


def test_a_release_of_another_source_is_not_in_force() -> None:
    release(source=Source.ANESTHESIA)
    assert Release.objects.all().in_force(Source.GPCI, date(2026, 8, 1)) is None
