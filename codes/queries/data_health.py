"""What pages need and how often CMS publishes it: which sources are missing or stale, as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db import models

from codes.models import (
    AddOnEdit,
    AnesthesiaBase,
    AnesthesiaFactor,
    ApcRate,
    AscRate,
    County,
    CoverageDocument,
    Diagnosis,
    DrugLimit,
    DrugPackage,
    EquipmentFee,
    FeeScheduleRow,
    Gpci,
    HcpcsText,
    LabRate,
    ManualParagraph,
    MueLimit,
    OppsCap,
    OppsRate,
    PtpEdit,
    RbcsAssignment,
    Release,
    RuralZip,
    ServiceVolume,
    SingleDoseDrug,
    UnclassifiedDrug,
    ZipLocality,
)
from codes.models.release import Source
from codes.pricing.years import missing_of
from codes.queries.releases import Calendar, quarters_carried


class WarningKind(Enum):
    """What is wrong. The value is the word that the command prints."""

    MISSING = "missing"
    STALE = "stale"
    CONTRADICTORY = "contradictory"
    UNTYPED = "not typed yet"


class Cadence(Enum):
    """How often CMS publishes a file anew. The value is said to the operator."""

    QUARTERLY = "each quarter"
    HALF_YEARLY = "each April and October"
    YEARLY = "each January"
    SELDOM = "when something changes"


@dataclass(frozen=True, slots=True)
class DataWarning:
    """One thing that an operator should look at."""

    kind: WarningKind
    source: Source
    sentence: str


EVERY_ROW = models.Q()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of a source: its table, its cadence, why pages need it ("" where they can do without), for which
    time its amounts hold, where it is a list of prices by code, and which of its rows have one."""

    table: type[models.Model]
    cadence: Cadence
    needed_for: str = ""
    prices_hold: Cadence | None = None
    priced: models.Q = EVERY_ROW


EXPECTED = {
    Source.PPRRVU: Expectation(
        FeeScheduleRow,
        Cadence.QUARTERLY,
        "no code has an amount without it",
        Cadence.YEARLY,
        models.Q(status__in=["A", "R", "T"]),
    ),
    Source.PPRRVU_QPP: Expectation(FeeScheduleRow, Cadence.QUARTERLY),
    Source.GPCI: Expectation(Gpci, Cadence.YEARLY, "no amount is a locality's without it"),
    Source.LOCALITIES: Expectation(County, Cadence.YEARLY),
    Source.ANESTHESIA: Expectation(AnesthesiaFactor, Cadence.YEARLY),
    Source.ANESTHESIA_BASE: Expectation(AnesthesiaBase, Cadence.SELDOM),
    Source.OPPS_CAP: Expectation(OppsCap, Cadence.QUARTERLY),
    Source.ZIP_LOCALITY: Expectation(
        ZipLocality, Cadence.QUARTERLY, "no ZIP code finds its locality without it"
    ),
    Source.HCPCS: Expectation(HcpcsText, Cadence.QUARTERLY),
    Source.RBCS: Expectation(RbcsAssignment, Cadence.SELDOM),
    Source.CLFS: Expectation(LabRate, Cadence.QUARTERLY, prices_hold=Cadence.YEARLY),
    Source.ASP: Expectation(
        DrugLimit, Cadence.QUARTERLY, prices_hold=Cadence.QUARTERLY, priced=models.Q(limit__isnull=False)
    ),
    Source.ASP_NOC: Expectation(UnclassifiedDrug, Cadence.QUARTERLY),
    Source.ASP_NDC: Expectation(DrugPackage, Cadence.QUARTERLY),
    Source.COVERAGE_ARTICLES: Expectation(CoverageDocument, Cadence.QUARTERLY),
    Source.COVERAGE_LCDS: Expectation(CoverageDocument, Cadence.QUARTERLY),
    Source.PSPS: Expectation(ServiceVolume, Cadence.SELDOM),
    Source.SINGLE_DOSE: Expectation(SingleDoseDrug, Cadence.SELDOM),
    Source.ASC: Expectation(
        AscRate, Cadence.QUARTERLY, prices_hold=Cadence.YEARLY, priced=models.Q(rate__isnull=False)
    ),
    Source.OPPS: Expectation(
        OppsRate, Cadence.QUARTERLY, prices_hold=Cadence.YEARLY, priced=models.Q(rate__isnull=False)
    ),
    Source.OPPS_APC: Expectation(ApcRate, Cadence.QUARTERLY),
    Source.PTP_PRACTITIONER: Expectation(PtpEdit, Cadence.QUARTERLY, "no bundling edit is known without it"),
    Source.PTP_HOSPITAL: Expectation(PtpEdit, Cadence.QUARTERLY),
    Source.MUE_PRACTITIONER: Expectation(MueLimit, Cadence.QUARTERLY, "no unit limit is known without it"),
    Source.MUE_OUTPATIENT: Expectation(MueLimit, Cadence.QUARTERLY),
    Source.MUE_DME: Expectation(MueLimit, Cadence.QUARTERLY),
    Source.ADD_ON: Expectation(AddOnEdit, Cadence.QUARTERLY),
    Source.DMEPOS: Expectation(
        EquipmentFee, Cadence.QUARTERLY, prices_hold=Cadence.YEARLY, priced=~models.Q(amounts={})
    ),
    Source.PEN: Expectation(
        EquipmentFee, Cadence.QUARTERLY, prices_hold=Cadence.YEARLY, priced=~models.Q(amounts={})
    ),
    Source.DMEPOS_RURAL: Expectation(RuralZip, Cadence.QUARTERLY),
    Source.ICD10: Expectation(Diagnosis, Cadence.HALF_YEARLY),
    Source.POLICY_MANUAL: Expectation(ManualParagraph, Cadence.YEARLY),
}


def needed(dates: Calendar, today: date) -> Iterator[DataWarning]:
    """Sources without which pages cannot answer, and of which nothing is in force. No query."""
    for source, expected in EXPECTED.items():
        if expected.needed_for and dates.in_force(source, today) is None:
            yield DataWarning(
                WarningKind.MISSING,
                source,
                f"{source.label}: nothing is in force, and {expected.needed_for}.",
            )


def stale(dates: Calendar, today: date) -> Iterator[DataWarning]:
    """Releases in force that CMS has replaced by now, going by how often it publishes them: how old each is, and how
    many codes it leaves without a price (one query a list whose prices have run out)."""
    for source, expected in EXPECTED.items():
        release = dates.in_force(source, today)
        if release and is_stale(release, expected.cadence, today):
            yield DataWarning(
                WarningKind.STALE,
                source,
                f"{source.label}: {release.name} is in force since {release.effective_from}, "
                f"{(today - release.effective_from).days} days, and CMS publishes this file {expected.cadence.value}."
                f"{_without_a_price(release, expected, today)}",
            )


def _without_a_price(release: Release, expected: Expectation, today: date) -> str:
    """How many codes a list prices whose prices have run out, as a further sentence; "" while they hold."""
    if expected.prices_hold is None or not is_stale(release, expected.prices_hold, today):
        return ""
    rows = expected.table._default_manager.filter(expected.priced, release=release)
    count = rows.values("code").distinct().count()
    codes = "one code that it prices has" if count == 1 else f"the {count:,} codes that it prices have"
    return f" Until a newer one is loaded, {codes} no amount for today from it."


def untyped(today: date) -> Iterator[DataWarning]:
    """From November on, the constants of the coming year that are not typed yet. No query."""
    year = today.year + (today.month >= 11)
    if names := list(missing_of(year)):
        listed = ", ".join(names)
        why = f"not known for {year}: {listed}. CMS's final rule has them; see “Each January” in docs/runbook.md."
        yield DataWarning(WarningKind.UNTYPED, Source.PPRRVU, why)


def is_stale(release: Release, cadence: Cadence, today: date) -> bool:
    """Whether a newer file should have been published by `today`."""
    if cadence is Cadence.QUARTERLY:
        return quarters_carried(release, today) > 0
    if cadence is Cadence.HALF_YEARLY:
        return half_year(today) > half_year(release.effective_from)
    return cadence is Cadence.YEARLY and release.effective_from.year < today.year


def half_year(day: date) -> int:
    """A number that grows by one each April 1 and October 1, when ICD-10-CM changes."""
    return day.year * 2 + (day.month >= 4) + (day.month >= 10)
