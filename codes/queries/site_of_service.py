"""Where a procedure is done: office, surgery center and outpatient hospital side by side, for one code and day.

In each place the practitioner's amount, the facility's from its own list of that date, the whole, and what the patient
owes once the Part B deductible is met. One unit, without modifiers but those that lower the coinsurance (PT, 33); in a
facility the professional component (26) where a test has one, because the technical one is the facility's.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codes import pricing
from codes.formatting import dollars
from codes.models import Release
from codes.models.release import Source
from codes.pricing.facility import STATUS_WORDS, FacilityPayment, FacilityStatus
from codes.pricing.schedules.kinds import LABORATORY
from codes.pricing.schedules.listed import COINSURANCE
from codes.queries.facility_lists import FacilityQuery, facility_payment
from codes.queries.price_query import HOSPITAL, OFFICE, SURGERY_CENTER
from codes.queries.price_result import PriceResult
from codes.queries.releases import Calendar

OUTPATIENT_PLACES = frozenset({"19", "22", "23"})
FACILITY_PLACES = {
    SURGERY_CENTER: (Source.ASC, "Surgery center (ASC)"),
    HOSPITAL: (Source.OPPS, "Outpatient hospital"),
}
FACILITIES = {SURGERY_CENTER: "surgery center", HOSPITAL: "hospital"}
NO_OFFICE_PRICE = "Medicare has no office price for this code."
SURGICAL_GLOBALS = frozenset({"000", "010", "090"})
PRACTITIONERS = "ACRT"  # statuses of what practitioners are paid for by the fee schedule
KEPT_MODIFIERS = frozenset({"PT", "33"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One place of service. `professional` is None where no practitioner's amount belongs to the code; `facility` is
    None in an office, and where no list of that year is loaded: `missing` then says so."""

    place_of_service: str
    name: str
    professional: pricing.LinePrice | None
    facility: FacilityPayment | None = None
    release: Release | None = None
    missing: str = ""

    @property
    def professional_allowed(self) -> Decimal | None:
        return self.professional.allowed if self.professional else None

    @property
    def total(self) -> Decimal | None:
        """What Medicare allows in all; None where a part of it is not known or the procedure is not paid there."""
        return self._sum(self.professional_allowed, self.facility.allowed if self.facility else None)

    @property
    def patient(self) -> Decimal | None:
        """What the patient owes in all."""
        shares = self.professional.shares if self.professional else None
        return self._sum(shares.patient if shares else None, self.facility.patient if self.facility else None)

    @property
    def is_excluded(self) -> bool:
        """Whether the procedure is not paid in such a facility."""
        return self.facility is not None and self.facility.status is FacilityStatus.EXCLUDED

    @property
    def professional_word(self) -> str:
        """What stands in place of the practitioner's amount."""
        if self.missing == NO_OFFICE_PRICE:
            return "no office price"
        return "not priced" if self.professional else "none"

    @property
    def facility_word(self) -> str:
        """What stands in place of the facility's amount."""
        if self.place_of_service == OFFICE:
            return "none" if self.professional_allowed is None else "included"
        if self.facility is None:
            return "list not loaded"
        if self.place_of_service == HOSPITAL and self.is_excluded:
            return "inpatient only"
        return STATUS_WORDS[self.facility.status]

    @property
    def facility_amount(self) -> str:
        """What the facility is paid, in dollars or in a sentence; '' without a list."""
        if self.facility is None or self.facility.allowed is None:
            return self.facility.sentence if self.facility else ""
        return f"{dollars(self.facility.allowed)}."

    @property
    def total_word(self) -> str:
        """What stands in place of the whole."""
        if self.place_of_service == OFFICE:
            return "none"
        return "not paid" if self.is_excluded else "not known"

    def _sum(self, professional: Decimal | None, facility: Decimal | None) -> Decimal | None:
        if self.place_of_service == OFFICE:
            return professional
        if self.facility is None:
            return None
        if self.facility.adds_nothing:
            return professional
        if facility is None or (self.professional and professional is None):
            return None
        return facility + (professional or Decimal(0))


@dataclass(frozen=True, slots=True)
class SiteOfService:
    """The three places for a code on a day."""

    code: str
    at: date
    sites: tuple[Site, ...]
    biller: str = "practitioner"

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to set side by side: a facility's list prices the code, or it has an amount in a
        facility."""
        return bool(self._listed) or any(site.professional_allowed is not None for site in self.sites[1:])

    @property
    def facility_words(self) -> str:
        """What facilities are paid for a code that only they bill; '' where their lists say nothing of it."""
        said = [f"{site.name}: {site.facility_amount}" for site in self._listed]
        return " ".join(["A facility bills this code, not a practitioner.", *said]) if said else ""

    @property
    def _listed(self) -> list[Site]:
        """The facilities whose list has a rate for the code, and a surgery center that lists it without one."""
        return [
            site
            for site in self.sites[1:]
            if site.facility
            and (
                site.facility.allowed is not None
                or (site.place_of_service == SURGERY_CENTER and site.facility.indicator)
            )
        ]

    def of(self, place_of_service: str) -> Site | None:
        return next((site for site in self.sites if site.place_of_service == place_of_service), None)

    @property
    def wage_words(self) -> str:
        """How much of the facilities' rates the wage index of their area adjusts; '' where nothing of it."""
        shares = [
            f"{site.facility.wage_share:.0%} of the {FACILITIES[site.place_of_service]}'s".replace("%", " %")
            for site in self.sites
            if site.facility and site.facility.wage_share
        ]
        return (
            f"Facility rates are national; the area's wage index adjusts {' and '.join(shares)}."
            if shares
            else ""
        )

    def whose_money(self, place_of_service: str) -> str:
        """To whom the practitioner's amount goes in a facility, and what the facility is paid; '' elsewhere."""
        site = self.of(HOSPITAL if place_of_service in OUTPATIENT_PLACES else place_of_service)
        if site is None or site.place_of_service not in FACILITIES:
            return ""
        separately = f"For the {self.biller}; the {FACILITIES[site.place_of_service]} is paid separately"
        if site.facility is None:
            return f"{separately}. {site.missing}"
        if site.facility.allowed is not None:
            return f"{separately}: {dollars(site.facility.allowed)}."
        return f"For the {self.biller}. {site.facility.sentence}"


def site_of_service(calendar: Calendar, code: str, at: date, result: PriceResult | None) -> SiteOfService:
    """The places for a code: one query for each list that is loaded."""
    row = result.rows.rows.get("") if result and result.rows else None
    center, hospital = _professional(result, SURGERY_CENTER), _professional(result, HOSPITAL)
    shares, schedule = hospital.shares if hospital else None, calendar.in_force(Source.PPRRVU, at)
    query = FacilityQuery(
        calendar=calendar,
        code=code,
        at=at,
        coinsurance=min(COINSURANCE, shares.coinsurance_rate) if shares else COINSURANCE,
        in_sample=bool(row and schedule and schedule.is_sample),
    )
    sites = (
        _office(row, result),
        _facility_site(query, SURGERY_CENTER, center),
        _facility_site(query, HOSPITAL, hospital),
    )
    is_surgery = row is not None and row.global_days in SURGICAL_GLOBALS
    return SiteOfService(code, at, sites, "surgeon" if is_surgery else "practitioner")


def _office(row: pricing.FeeScheduleRow | None, result: PriceResult | None) -> Site:
    if row is not None and row.nonfacility_na:
        return Site(place_of_service=OFFICE, name="Office", professional=None, missing=NO_OFFICE_PRICE)
    return Site(place_of_service=OFFICE, name="Office", professional=_professional(result, OFFICE))


def _professional(result: PriceResult | None, pos: str) -> pricing.LinePrice | None:
    """The practitioner's amount in a place, in an office that of a drug too; None where no list prices the code for
    practitioners. A laboratory test has one amount wherever it is done, and is no practitioner's."""
    if result is None or result.rows is None or result.prices is None:
        return None
    if result.listed and result.listed.schedule is LABORATORY:
        return None
    row = result.rows.rows.get("")
    if row is None or (pos != OFFICE and row.status not in PRACTITIONERS):
        return None
    modifiers = tuple(each for each in result.query.modifiers if each in KEPT_MODIFIERS)
    if pos != OFFICE and "26" in result.rows.rows:
        modifiers = ("26", *modifiers)
    line = pricing.Line(result.rows.code, modifiers, place_of_service=pos)
    after_deductible = replace(result.prices.circumstances, deductible_remaining=Decimal(0))
    price = result.prices.under(after_deductible).of(line)
    return price if price.allowed is not None or row.status in PRACTITIONERS else None


def _facility_site(query: FacilityQuery, pos: str, professional: pricing.LinePrice | None) -> Site:
    source, name = FACILITY_PLACES[pos]
    listed = facility_payment(query, source)
    return Site(
        place_of_service=pos,
        name=name,
        professional=professional,
        facility=listed.payment,
        release=listed.release,
        missing=listed.missing,
    )
