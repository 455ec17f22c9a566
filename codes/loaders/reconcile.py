"""Every amount that CMS publishes against ours, to the cent.

CMS's payment files (PFALL, PFREV) print both settings of each code in each locality, also where the NA indicator
says that the number is no ordinary price: there too the number must agree, so the comparison takes the cell
as CMS prints it. Where the outpatient schedule caps an image, either the fee or the capped fee may be printed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from codes.cms import payment_amounts
from codes.cms.archive import Member, open_members
from codes.cms.detect import Format, detect
from codes.cms.payment_amounts import PaymentRow
from codes.loaders.dating import quarter_of_payment_file
from codes.loaders.errors import LoadRefused
from codes.models import FeeScheduleRow, Reconciliation, Release, Version
from codes.models.release import Source
from codes.pricing import Gpci
from codes.pricing.formula import amount, opps_amount
from codes.queries.code import as_pricing_row
from codes.queries.places import localities
from codes.queries.releases import Calendar, calendar

MOST_KEPT = 50


@dataclass(slots=True)
class Comparison:
    """The outcome for one payment file. Rows that could not be compared are counted by reason."""

    member: Member
    release: Release
    at: date
    rows: int = 0
    matches: int = 0
    differences: list[dict[str, str]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def save(self) -> Reconciliation:
        """Keep this run for the page, and let kept copies of the page go."""
        with transaction.atomic():
            Version.bump("reconciliations")
            return Reconciliation.objects.create(
                file_name=self.member.name,
                sha256=self.member.sha256(),
                date_of_service=self.at,
                release_name=self.release.name,
                rows=self.rows,
                matches=self.matches,
                differences=self.differences[:MOST_KEPT],
                reasons=dict(self.reasons),
            )


def reconcile(path: Path) -> Iterator[Comparison]:
    """Compare each payment file under `path`. Raises LoadRefused where there is none or no release for it."""
    found = [member for member in open_members(path) if detect(member) is Format.PAYMENT_AMOUNTS]
    if not found:
        raise LoadRefused(f"{path} holds no payment file of CMS (PFALL or PFREV)")
    dates = calendar()
    for member in found:
        yield compare(member, dates)


def compare(member: Member, dates: Calendar) -> Comparison:
    """Compare one payment file with the release of its quarter, or the nearest one of its year."""
    release = _release_for(member, dates)
    made = Comparison(member, release, release.effective_from)
    places = {(place.mac, place.number): place.gpci for place in localities(dates, made.at)}
    rows = FeeScheduleRow.objects.filter(release=release)
    ours = {(row.code, row.modifier): row for row in rows}
    with member.open() as stream:
        for published in payment_amounts.parse(stream, member.name):
            made.rows += 1
            row = ours.get((published.code, published.modifier))
            gpci = places.get((published.mac, published.locality))
            if row is None or gpci is None:
                made.reasons[
                    "code not in the release" if row is None else "locality not in the index file"
                ] += 1
            else:
                _compare_row(made, published, row, gpci)
    return made


def _release_for(member: Member, dates: Calendar) -> Release:
    with member.open() as stream:
        year = next(iter(payment_amounts.parse(stream, member.name))).year
    quarter = quarter_of_payment_file(member.name, member.archive, year)
    of_year = [release for release in dates.of(Source.PPRRVU) if release.effective_from.year == year]
    if not of_year:
        raise LoadRefused(f"{member.name} is of {year}, and no relative value file of {year} is loaded")
    return min(of_year, key=lambda release: abs((release.effective_from - quarter).days))


def _compare_row(made: Comparison, published: PaymentRow, row: FeeScheduleRow, gpci: Gpci) -> None:
    assert made.release.conversion_factor is not None, "a release of relative values holds its factor"
    factor = made.release.conversion_factor
    pairs = (
        ("non-facility", published.nonfacility_fee, row.nonfacility_pe_rvu),
        ("facility", published.facility_fee, row.facility_pe_rvu),
    )
    wrong = [
        (setting, theirs, fee)
        for setting, theirs, pe in pairs
        if (fee := amount(row.work_rvu, pe, row.malpractice_rvu, gpci, factor)) != theirs
        and not _is_cap(published, row, gpci, factor, theirs, fee)
    ]
    made.matches += not wrong
    made.differences += [
        {
            "code": f"{published.code} {published.modifier}".strip(),
            "locality": f"{published.mac}-{published.locality}",
            "setting": setting,
            "published": str(theirs),
            "ours": str(fee),
        }
        for setting, theirs, fee in wrong
    ]


def _is_cap(
    published: PaymentRow, row: FeeScheduleRow, gpci: Gpci, factor: Decimal, theirs: Decimal, fee: Decimal
) -> bool:
    """Whether CMS printed the outpatient cap of an image instead of the higher fee."""
    if published.opps_indicator != "1":
        return False
    cap = opps_amount(as_pricing_row(row), "nonfacility", gpci, factor)
    return theirs == min(cap, fee)
