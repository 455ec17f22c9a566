"""`check_data`: what is missing, contradictory or stale."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from codes.loaders.sources import LOADERS
from codes.models import Gpci, LabRate, MueLimit, OppsRate, Release, Version, ZipLocality
from codes.models.release import ReleaseState, Source
from codes.queries import releases
from codes.queries.data_health import EXPECTED

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 5)
AUGUST = date(2026, 8, 3)

Table = type[Gpci] | type[ZipLocality] | type[MueLimit]


def release(source: Source, start: date, *, rows: int = 1, sha256: str = "", **fields: object) -> Release:
    """A ready release that says it has so many rows."""
    made = Release.objects.create(
        source=source,
        name=f"{source.value} {start:%Y-%m}",
        effective_from=start,
        sha256=sha256 or f"{source.value}{start}",
        row_count=rows,
        state=ReleaseState.READY,
        **fields,
    )
    Version.bump("data")
    return made


def index(of: Release, mac: str = "10112", locality: str = "00") -> None:
    one = Decimal(1)
    Gpci.objects.create(
        release=of, mac=mac, locality=locality, state="AL", name="", work_gpci=one, pe_gpci=one, mp_gpci=one
    )


def zip_code(of: Release, mac: str = "10112", locality: str = "00") -> None:
    ZipLocality.objects.create(
        release=of, zip_code="35004", state="AL", mac=mac, locality=locality, rural="", plus_four=False
    )


def told(at: date) -> list[str]:
    """What the command prints, whether it fails or not."""
    out = io.StringIO()
    try:
        call_command("check_data", "--at", str(at), stdout=out)
    except CommandError as error:
        out.write(f"failed: {error}\n")
    return out.getvalue().splitlines()


def found(at: date, kind: str) -> list[str]:
    return [line for line in told(at) if line.startswith(kind)]


@pytest.fixture(autouse=True)
def no_calendar_of_another_test() -> None:
    """Without a version of the data the calendar is held for good."""
    releases._calendar.cache_clear()


def test_an_empty_database_misses_what_pages_need() -> None:
    assert found(AUGUST, "missing") == [
        "missing: Physician fee schedule relative values: nothing is in force, and no code has an amount without it.",
        "missing: Geographic practice cost indices: nothing is in force, and no amount is a locality's without it.",
        "missing: ZIP code to carrier locality: nothing is in force, and no ZIP code finds its locality without it.",
        "missing: NCCI bundling edits, practitioner: nothing is in force, and no bundling edit is known without it.",
        "missing: NCCI unit limits, practitioner: nothing is in force, and no unit limit is known without it.",
    ]
    assert told(AUGUST)[-1] == "failed: 5 findings in 0 releases on 2026-08-03."


def test_a_release_that_is_not_yet_in_force_is_missing() -> None:
    index(release(Source.GPCI, date(2026, 10, 1)))
    assert any("practice cost indices" in line for line in found(AUGUST, "missing"))
    assert not any("practice cost indices" in line for line in found(OCTOBER, "missing"))


def test_a_quarterly_file_is_stale_from_the_first_day_of_the_next_quarter() -> None:
    zip_code(release(Source.ZIP_LOCALITY, date(2026, 7, 1)))
    assert found(date(2026, 9, 30), "stale") == []
    assert found(date(2026, 10, 1), "stale") == [
        "stale: ZIP code to carrier locality: zip_locality 2026-07 is in force since 2026-07-01, 92 days, and CMS "
        "publishes this file each quarter."
    ]


def test_every_source_is_expected_with_the_table_that_its_loader_fills() -> None:
    loaded = {loader.source: loader.model for loader in LOADERS}
    assert set(EXPECTED) == set(Source)
    assert {source: EXPECTED[source].table for source in loaded} == loaded


def test_a_list_whose_prices_have_run_out_says_how_many_pages_it_leaves_without_one() -> None:
    laboratory = release(Source.CLFS, date(2026, 7, 1))
    LabRate.objects.create(release=laboratory, code="80053", modifier="", rate=Decimal("10.56"))
    (told_in_december,), (told_in_january,) = (
        found(day, "stale") for day in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert told_in_december.endswith("183 days, and CMS publishes this file each quarter.")
    assert told_in_january.endswith(
        " Until a newer one is loaded, one code that it prices has no amount for today from it."
    )


def test_only_codes_with_an_amount_are_counted_among_those_that_a_list_leaves_without_one() -> None:
    hospital = release(Source.OPPS, date(2026, 1, 1))
    for code, rate in (("99291", Decimal("823.56")), ("45378", Decimal("912.06")), ("36415", None)):
        OppsRate.objects.create(release=hospital, code=code, status="S", rate=rate)
    (told,) = found(date(2027, 1, 1), "stale")
    assert told.endswith("the 2 codes that it prices have no amount for today from it.")


def test_a_yearly_file_is_stale_from_january() -> None:
    index(release(Source.GPCI, date(2026, 1, 1)))
    assert found(date(2026, 12, 31), "stale") == []
    assert len(found(date(2027, 1, 1), "stale")) == 1


def test_a_file_that_changes_seldom_is_never_stale() -> None:
    release(Source.RBCS, date(2020, 1, 1))
    assert found(AUGUST, "stale") == []


def test_rows_that_went_missing_are_counted() -> None:
    limits = release(Source.MUE_PRACTITIONER, date(2026, 7, 1), rows=2)
    MueLimit.objects.create(release=limits, code="99213", value=1, mai="3", rationale="")
    assert found(AUGUST, "contradictory") == [
        f"contradictory: NCCI unit limits, practitioner, mue_practitioner 2026-07 (key {limits.pk}): 2 rows were "
        "loaded and 1 are there. Retire it and load the file again."
    ]


def test_a_load_that_never_ended_is_told() -> None:
    Release.objects.create(source=Source.CLFS, name="half", effective_from=AUGUST, state=ReleaseState.LOADING)
    assert any(
        "half" in line and "its loading never ended" in line for line in found(AUGUST, "contradictory")
    )


def test_one_file_on_two_days_is_a_mistake() -> None:
    for start in (date(2026, 4, 1), date(2026, 7, 1)):
        zip_code(release(Source.ZIP_LOCALITY, start, sha256="the same"))
    lines = found(AUGUST, "contradictory")
    assert [line for line in lines if "the very same file" in line] == lines[:1]
    assert "in force from 2026-04-01 and again, as zip_locality 2026-07, from 2026-07-01" in lines[0]


def test_indices_without_relative_values_of_their_year_are_told() -> None:
    index(release(Source.GPCI, date(2025, 1, 1)))
    assert any(
        "there is no file of 2025 for “Physician fee schedule relative values” with it" in line
        for line in found(AUGUST, "contradictory")
    )


def test_two_years_in_force_together_are_told() -> None:
    release(Source.PPRRVU, date(2026, 7, 1), rows=1, conversion_factor=Decimal("33.4009"))
    index(release(Source.GPCI, date(2025, 10, 1)))
    assert any(
        "it is of 2025, and the relative values in force (pprrvu 2026-07) are of 2026. It isn't used with them. Load"
        in line
        for line in found(AUGUST, "contradictory")
    )


def test_a_conversion_factor_that_is_not_the_laws_is_told() -> None:
    release(Source.PPRRVU, date(2026, 7, 1), rows=1, conversion_factor=Decimal("32.3465"))
    assert any(
        "its conversion factor is 32.3465, and from 2026-01-01 the law has 33.4009" in line
        for line in found(AUGUST, "contradictory")
    )


def test_a_year_without_a_known_factor_of_qualifying_participants_asks_for_their_file() -> None:
    january = date(2027, 1, 5)
    release(Source.PPRRVU, date(2027, 1, 1), conversion_factor=Decimal("34.1000"))
    assert any("Load the QPP file with it." in line for line in found(january, "contradictory"))
    release(Source.PPRRVU_QPP, date(2027, 1, 1), conversion_factor=Decimal("34.5000"))
    assert not any("Load the QPP file with it." in line for line in found(january, "contradictory"))


def test_a_sample_file_beside_full_relative_values_is_told() -> None:
    release(Source.PPRRVU, date(2026, 7, 1), conversion_factor=Decimal("33.4009"))
    index(release(Source.GPCI, date(2026, 7, 1), is_sample=True))
    assert any(
        "it is the sample's, with full relative values" in line for line in found(AUGUST, "contradictory")
    )


def test_a_zip_code_of_a_locality_without_index_is_told() -> None:
    index(release(Source.GPCI, date(2026, 7, 1)))
    zip_code(release(Source.ZIP_LOCALITY, date(2026, 7, 1)), mac="99999")
    assert any("1 of its localities have no index in gpci 2026-07: 99999-00" in line for line in told(AUGUST))


def test_releases_without_a_version_are_told() -> None:
    index(release(Source.GPCI, date(2026, 7, 1)))
    Version.objects.all().delete()
    assert any("the version of the data is missing" in line for line in found(AUGUST, "contradictory"))


def test_nothing_is_printed_for_cron_where_only_stale_data_is_found() -> None:
    """cron mails whatever a command prints."""
    call_command("load_sample", stdout=io.StringIO())
    Release.objects.filter(effective_from__year=2025).exclude(source__in=["zip_locality"]).update(
        state=ReleaseState.RETIRED
    )
    Version.bump("data")
    out = io.StringIO()
    call_command("check_data", "--at", str(AUGUST), "--allow-stale", stdout=out)
    assert out.getvalue() == ""
    with pytest.raises(CommandError, match="findings in"):
        call_command("check_data", "--at", str(AUGUST), stdout=io.StringIO())


def test_what_is_grave_is_printed_for_cron_too() -> None:
    out = io.StringIO()
    with pytest.raises(CommandError, match="5 findings in 0 releases"):
        call_command("check_data", "--at", str(AUGUST), "--allow-stale", stdout=out)
    assert out.getvalue().count("missing: ") == 5


def test_the_sample_is_whole() -> None:
    """Of two years, and old: but every row that was loaded is there, and nothing is missing."""
    call_command("load_sample", stdout=io.StringIO())
    lines = told(AUGUST)
    assert [line for line in lines if "rows were loaded" in line or line.startswith("missing")] == []


@pytest.mark.parametrize(("command", "option"), [("check_data", "--at"), ("check_tips", "--dos")])
def test_a_day_that_is_none_is_refused_in_words(command: str, option: str) -> None:
    with pytest.raises(CommandError, match='"2026-13-01" is not a day written as YYYY-MM-DD'):
        call_command(command, option, "2026-13-01")


def test_from_november_on_the_constants_of_the_next_year_are_asked_for() -> None:
    from codes.pricing import conversion_factors
    from codes.queries.data_health import untyped

    known = conversion_factors.FEE_SCHEDULE[-1].effective.year
    assert list(untyped(date(known, 10, 31))) == []
    for day in (date(known, 11, 1), date(known + 1, 1, 2)):
        (finding,) = untyped(day)
        assert f"not known for {known + 1}: conversion factor, " in finding.sentence
        assert (
            "Part B deductible, inpatient deductible, therapy threshold, number of localities"
            in finding.sentence
        )
