"""Every amount that CMS publishes against ours, to the cent: what `price_line` allows, as every page asks it.

CMS's payment files (PFALL, PFREV) print both settings of each code in each locality, also where the NA indicator
says that a facility is paid and not the physician: there the page has no amount, and the number alone is compared.
Where the outpatient schedule caps an image, either the fee or the capped fee may be printed. Since 2026 there is
a file for each track; both have one name, and the zip around it says which it is.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
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
from codes.pricing import Circumstances, CodeRows, Line, LinePrice, conversion_factors, price_line
from codes.queries.circumstances import circumstances_for
from codes.queries.code import as_pricing_row
from codes.queries.geography import localities
from codes.queries.imaging_caps import caps_of_locality
from codes.queries.price_query import PriceQuery
from codes.queries.releases import Calendar, quarter_index

MOST_KEPT = 50
# An office, and a facility that is paid for its own costs without taking the technical component over.
PLACES = (("non-facility", "11"), ("facility", "24"))


@dataclass(slots=True)
class FileComparison:
    """The outcome for one payment file. `different` counts amounts, of which the first are kept in `differences`;
    rows that could not be compared are counted by reason. `qualifying_apm` is None in years of one track.
    """

    member: Member
    release: Release
    at: date
    qualifying_apm: bool | None = None
    rows: int = 0
    matches: int = 0
    different: int = 0
    differences: list[dict[str, str]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The file's name, with its track where there are two."""
        if self.qualifying_apm is None:
            return self.member.name
        return f"{self.member.name}, {'qualifying' if self.qualifying_apm else 'not qualifying'} APM participants"

    def save(self) -> Reconciliation:
        """Keep this run for the page, and let kept copies of the page go."""
        with transaction.atomic():
            Version.bump("reconciliations")
            return Reconciliation.objects.create(
                file_name=self.name,
                sha256=self.member.sha256(),
                date_of_service=self.at,
                release_name=self.release.name,
                rows=self.rows,
                matches=self.matches,
                differences=self.differences,
                reasons=dict(self.reasons),
            )


def payment_files(path: Path) -> list[Member]:
    """The payment files under `path`. Raises LoadRefused where there is none."""
    found = [member for member in open_members(path) if detect(member) is Format.PAYMENT_AMOUNTS]
    if not found:
        raise LoadRefused(f"{path} holds no payment file of CMS (PFALL or PFREV)")
    return found


def compare(member: Member, dates: Calendar) -> FileComparison:
    """Compare one payment file with the release of its quarter, or the nearest one of its year, in its track.

    A file of which nothing says its track is of the common one, unless not one of its rows is.
    """
    with member.open() as stream:
        year = next(iter(payment_amounts.parse(stream, member.name))).year
    release = _release_for(member, year, dates)
    if year < conversion_factors.TWO_TRACKS:
        return _compared(FileComparison(member, release, release.effective_from), dates)
    track = _track(member)
    made = FileComparison(member, release, release.effective_from, track or False)
    _refuse_unknown_factor(made, dates)
    made = _compared(made, dates)
    if track is None and not made.matches:
        other = _compared(FileComparison(member, release, release.effective_from, True), dates)
        return other if other.matches else made
    return made


def _release_for(member: Member, year: int, dates: Calendar) -> Release:
    """The relative values in force on the first day of the file's quarter; on its last where CMS revised it."""
    quarter = quarter_of_payment_file(member.name, member.archive, year)
    of_year = [release for release in dates.of(Source.PPRRVU) if release.effective_from.year == year]
    if not of_year:
        raise LoadRefused(f"{member.name} is of {year}, and no relative value file of {year} is loaded")
    of_quarter = [each for each in of_year if quarter_index(each.effective_from) == quarter_index(quarter)]
    if of_quarter:
        return of_quarter[0 if _is_revised(member) else -1]
    return min(of_year, key=lambda release: abs((release.effective_from - quarter).days))


def _is_revised(member: Member) -> bool:
    """Whether its name or that of a zip around it is called revised: PFALL24R, PFREV26AR_nonQP."""
    return bool(
        re.search(r"PF(?:ALL|REV)\d\d[A-D]?R(?![A-Z])", f"{member.name} {member.archive}", re.IGNORECASE)
    )


def _track(member: Member) -> bool | None:
    """Whether the file is the qualifying track's, as its name or the nearest zip around it says, None without it."""
    for name in (member.name, *reversed(member.archive.split("/"))):
        if found := re.search(r"(non)?[-_ ]?(?<![A-MO-Z])QPP?(?![A-Z])", name, re.IGNORECASE):
            return found[1] is None
    return None


def _refuse_unknown_factor(made: FileComparison, dates: Calendar) -> None:
    known = dates.of_same_year(Source.PPRRVU_QPP, made.at) or conversion_factors.in_force(made.at, True)
    if made.qualifying_apm and not known:
        raise LoadRefused(
            f"{made.name}: the conversion factor of that track is not known for {made.at.year}. Load the QPP file of "
            f"{made.release.name} first."
        )


class _Ours:
    """What we allow in one release and track, asked as the pages ask it."""

    def __init__(self, dates: Calendar, made: FileComparison) -> None:
        self._dates, self._release, self._track = dates, made.release, bool(made.qualifying_apm)
        self._localities = {
            (locality.mac, locality.number): locality for locality in localities(dates, made.at)
        }
        self._rows: dict[str, CodeRows] = _rows_of(made.release)
        self._by_locality: dict[tuple[str, str], Circumstances] = {}

    def why_not(self, published: PaymentRow) -> str:
        """Why a row cannot be compared, or ""."""
        rows = self._rows.get(published.code)
        if rows is None or published.modifier not in rows.rows:
            return "code not in the release"
        return (
            ""
            if (published.mac, published.locality) in self._localities
            else "locality not in the index file"
        )

    def price(self, published: PaymentRow, place_of_service: str) -> LinePrice:
        """One unit in a place of service; where a facility is paid instead, the number that CMS prints all the same."""
        rows, circumstances = (
            self._rows[published.code],
            self._circumstances(published.mac, published.locality),
        )
        modifiers = (published.modifier,) if published.modifier else ()
        line = Line(published.code, modifiers, place_of_service=place_of_service)
        priced = price_line(rows, line, circumstances)
        if priced.refusal and priced.refusal.kind == "facility_paid":
            unmarked = {key: replace(row, facility_na=False) for key, row in rows.rows.items()}
            return price_line(CodeRows(rows.code, unmarked), line, circumstances)
        return priced

    def _circumstances(self, mac: str, number: str) -> Circumstances:
        if (mac, number) not in self._by_locality:
            locality, at = self._localities[mac, number], self._release.effective_from
            caps = caps_of_locality(self._dates, self._release, locality)
            query = PriceQuery(date_of_service=at, locality=locality, qualifying_apm=self._track)
            self._by_locality[mac, number] = replace(
                circumstances_for(self._dates, self._release, {}, query),
                opps_caps=None if caps is None else {key[:2]: cap for key, cap in caps.items()},
            )
        return self._by_locality[mac, number]


def _rows_of(release: Release) -> dict[str, CodeRows]:
    found: dict[str, CodeRows] = {}
    for row in FeeScheduleRow.objects.filter(release=release).iterator():
        rows = found.setdefault(row.code, CodeRows(row.code, {})).rows
        found[row.code] = CodeRows(row.code, {**rows, row.modifier: as_pricing_row(row)})
    return found


def _compared(made: FileComparison, dates: Calendar) -> FileComparison:
    """`made`, with every row of its file compared; the file is read line by line."""
    ours = _Ours(dates, made)
    with made.member.open() as stream:
        for published in payment_amounts.parse(stream, made.member.name):
            made.rows += 1
            if why := ours.why_not(published):
                made.reasons[why] += 1
            else:
                _compare_row(made, published, ours)
    return made


def _compare_row(made: FileComparison, published: PaymentRow, ours: _Ours) -> None:
    before = made.different
    for (setting, pos), theirs in zip(
        PLACES, (published.nonfacility_fee, published.facility_fee), strict=True
    ):
        priced = ours.price(published, pos)
        capped_or_not = {priced.allowed, priced.fee if published.opps_indicator == "1" else priced.allowed}
        if theirs in capped_or_not:
            continue
        made.different += 1
        if len(made.differences) < MOST_KEPT:
            made.differences.append(_difference(published, setting, str(theirs), priced))
    made.matches += made.different == before


def _difference(published: PaymentRow, setting: str, theirs: str, priced: LinePrice) -> dict[str, str]:
    return {
        "code": f"{published.code} {published.modifier}".strip(),
        "locality": f"{published.mac}-{published.locality}",
        "setting": setting,
        "published": theirs,
        "ours": priced.refusal.text if priced.refusal else str(priced.allowed),
    }
