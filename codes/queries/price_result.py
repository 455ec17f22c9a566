"""The price of one code on a date, in a locality, as billed; in both settings, with its components."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from codes import ncci, pricing
from codes.formatting import day
from codes.knowledge.code_life import is_off_every_schedule
from codes.knowledge.fact import Amounts
from codes.models import Release
from codes.pricing.conversion_factors import TWO_TRACKS
from codes.pricing.payers import Payer, payer_of
from codes.pricing.schedules.listed import ListedAmount
from codes.queries.circumstances import circumstances_for, conversion_factor, with_anesthesia_factor
from codes.queries.claim_reference import reference_of_line
from codes.queries.code import CodeRecord, code_rows, system_of
from codes.queries.code_life import life_of
from codes.queries.line_price import LinePrices
from codes.queries.listed_amounts import stand_in_rows
from codes.queries.price_query import HOSPITAL, OFFICE, PriceQuery
from codes.queries.priced_rows import base_units, no_release
from codes.queries.releases import Calendar

LISTS_VALID_CODES = "42 CFR 414.40"
REFUSED_AS_TYPED = frozenset({"anesthesia", "denied", "modifier", "needs_modifier", "unknown_modifier"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One row of the breakdown table: a component with its price in both settings."""

    modifier: str
    row: pricing.FeeScheduleRow
    office: pricing.LinePrice
    facility: pricing.LinePrice

    @property
    def title(self) -> str:
        return {"": "Global", "26": "Professional", "TC": "Technical", "53": "Discontinued"}[self.modifier]

    @property
    def office_total(self) -> Decimal:
        return self.row.work_rvu + self.row.nonfacility_pe_rvu + self.row.malpractice_rvu

    @property
    def facility_total(self) -> Decimal:
        return self.row.work_rvu + self.row.facility_pe_rvu + self.row.malpractice_rvu


@dataclass(frozen=True, slots=True)
class _Priced:
    """What a price was made from, for those beside it."""

    calendar: Calendar
    release: Release | None
    line: pricing.Line
    prices: LinePrices


@dataclass(frozen=True, kw_only=True)
class PriceResult:
    """The price as asked; what stands beside it on the page of a code is priced where it is read."""

    query: PriceQuery
    rows: pricing.CodeRows | None = None
    circumstances: pricing.Circumstances | None = None
    price: pricing.LinePrice | None = None
    reference: ncci.Reference | None = None
    check: ncci.LineCheck | None = None
    refusal: pricing.Refusal | None
    priced: _Priced | None = None

    @cached_property
    def other(self) -> pricing.LinePrice | None:
        """The price in the other setting."""
        return _elsewhere(self.priced, self.price) if self.priced and self.price else None

    @cached_property
    def other_track(self) -> pricing.LinePrice | None:
        """The same line on the other conversion factor track; None where the year has one, or its factor is unknown."""
        return _other_track(self.priced) if self.priced else None

    @cached_property
    def limiting_charge(self) -> Decimal | None:
        """What a physician who does not participate may charge at most on an unassigned claim; None where there is no
        such limit (Social Security Act §1848(g))."""
        return _limiting_charge(self.priced) if self.priced else None

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The rows of the code with their amounts in both settings: those of the fee schedule, whoever bills."""
        return _components(self.priced) if self.priced else ()

    @property
    def prices(self) -> LinePrices | None:
        """The prices of further lines of the code; None where it has none."""
        return self.priced.prices if self.priced else None

    @property
    def is_refused_as_typed(self) -> bool:
        """Whether the modifiers or the units as typed, and not the code, are what Medicare refuses."""
        return self.refusal is not None and self.refusal.kind in REFUSED_AS_TYPED

    @property
    def listed(self) -> ListedAmount | None:
        """What another list than the physician fee schedule says of the code, for the line where a row fits it; None
        where no list names it."""
        if self.price is None or self.price.listed or not (self.circumstances and self.rows):
            return self.price.listed if self.price else None
        return next(iter(self.circumstances.listed.get(self.rows.code, ())), None)

    @property
    def has_no_office_price(self) -> bool:
        """Whether CMS values the whole code in a facility only (non-facility NA indicator)."""
        row = self.rows.rows.get("") if self.rows else None
        return row is not None and row.nonfacility_na

    @property
    def has_relative_values(self) -> bool:
        """Whether CMS gives the code or one of its components any relative values."""
        return any(each.office_total or each.facility_total for each in self.components)

    @property
    def total_rvus(self) -> Decimal | None:
        """The relative value units of the global row in the setting priced; None where another list prices the code."""
        if not self.components or self.listed or self.price is None:
            return None
        row = self.components[0]
        return row.facility_total if self.price.setting == "facility" else row.office_total

    @property
    def known_amounts(self) -> Amounts:
        """What the sentences about a code may speak of: the fee schedule's amounts in this locality."""
        of = self.amounts.get
        return Amounts(
            nonfacility=of(("", "nonfacility")),
            facility=of(("", "facility")),
            professional=of(("26", "facility")),
            technical=of(("TC", "nonfacility")),
        )

    @property
    def amounts(self) -> Mapping[tuple[str, str], Decimal | None]:
        """Allowed amounts by (component, setting), for sentences about the code."""
        pairs = ((c, price) for c in self.components for price in (c.office, c.facility))
        return {(component.modifier, price.setting): price.allowed for component, price in pairs}


def price_code(calendar: Calendar, record: CodeRecord, query: PriceQuery) -> PriceResult:
    """Price a code as asked, and check it as a claim of one line: at most two queries for the companions that its
    status needs, four for the check, and for several units one for the further codes that they are ranked with."""
    at = query.date_of_service
    release = None if no_release(calendar, at) else record.release
    rows = (record.rows if release else None) or stand_in_rows(calendar, [record.code], at, former=True).get(
        record.code
    )
    refusal = refuse_code(calendar, record, rows, at)
    if refusal or rows is None:
        return PriceResult(query=query, refusal=refusal)
    circumstances = circumstances_for(calendar, release, {rows.code: rows}, query)
    line = line_of(calendar, rows, query)
    related = _related(release, rows, query)
    reference = reference_of_line(calendar, rows, at, release, query.practitioner)
    prices = LinePrices(rows, circumstances, reference, related)
    price, check = prices.checked(line)
    return PriceResult(
        query=query,
        rows=rows,
        circumstances=circumstances,
        price=price,
        reference=reference,
        check=check,
        refusal=price.refusal,
        priced=_Priced(calendar, release, line, prices),
    )


def _elsewhere(of: _Priced, price: pricing.LinePrice) -> pricing.LinePrice:
    elsewhere = OFFICE if price.setting == "facility" else HOSPITAL
    return of.prices.allowed(replace(of.line, place_of_service=elsewhere))


def _limiting_charge(of: _Priced) -> Decimal | None:
    unassigned = replace(of.prices.circumstances, participating=False, assigned=False)
    shares = of.prices.under(unassigned).of(replace(of.line, charge=None)).shares
    return shares.limiting_charge if shares else None


def _related(
    release: Release | None, rows: pricing.CodeRows, query: PriceQuery
) -> Mapping[str, pricing.CodeRows]:
    """The endoscopic base and the technical codes that several units of a code are ranked by; none for one unit."""
    return code_rows(release, pricing.related_codes({rows.code: rows})) if release and query.units > 1 else {}


def line_of(calendar: Calendar, rows: pricing.CodeRows, query: PriceQuery) -> pricing.Line:
    """The line that was asked for, as the engine takes it."""
    return pricing.Line(
        code=rows.code,
        modifiers=query.modifiers,
        units=query.units,
        charge=query.charge,
        place_of_service=query.place_of_service,
        minutes=query.minutes,
        present_at_induction=query.present_at_induction,
        care_days=query.care_days,
        base_units=base_units(calendar, {rows.code: rows}, query.date_of_service).get(rows.code),
    )


def refuse_code(
    calendar: Calendar, record: CodeRecord, rows: pricing.CodeRows | None, at: date
) -> pricing.Refusal | None:
    """Why a code has no amount whatever the line says: deleted, no schedule of the day, or on no list."""
    deleted = _deleted(calendar, record, at)
    return deleted or (None if rows else no_release(calendar, at) or _not_in_release(record, at))


def _deleted(calendar: Calendar, record: CodeRecord, at: date) -> pricing.Refusal | None:
    life = life_of(calendar, record, at)
    if not life.is_deleted:
        return None
    source = life.end.source if life.end else f"CMS {record.release.name}" if record.release else ""
    return pricing.Refusal("deleted", life.sentence, source)


def _not_in_release(record: CodeRecord, at: date) -> pricing.Refusal | None:
    if record.release is None:
        return None
    file = f"{record.release.name}, the relative value file in force on {day(at)}"
    words, payer, citation = _why_left_out(record, record.release)
    where = f"the sample of {file}. CMS's own file may list it." if record.release.is_sample else f"{file}."
    text = f"{record.code} is not in {where} {words}"
    return pricing.Refusal("not_in_release", text, f"CMS {record.release.name}; {citation}", payer)


def _why_left_out(record: CodeRecord, release: Release) -> Payer:
    """That a code has ended, where the file lists every valid code of its kind; else who prices it."""
    if _ended_before(record, release):
        words = f"The file lists every valid {record.code[0]} code, so this one has most likely ended."
        return Payer(words, "", LISTS_VALID_CODES)
    is_cpt = system_of(record.code) == "cpt" and not record.code.endswith(("M", "U"))
    if is_cpt and not release.is_sample:
        words = "Medicare doesn't accept it on that day: it has ended, or not begun yet."
        return Payer(words, "", LISTS_VALID_CODES)
    return payer_of(record.code)


def _ended_before(record: CodeRecord, schedule: Release) -> bool:
    """Whether CMS's HCPCS text describes a code that no fee schedule lists though it lists those of its letter."""
    text = record.hcpcs
    return bool(
        text
        and not record.listed_in
        and not schedule.is_sample
        and text.release.effective_from <= schedule.effective_from
        and is_off_every_schedule(record.code, ())
    )


def _components(of: _Priced) -> tuple[Component, ...]:
    plain = replace(of.prices.circumstances, participating=True, assigned=True, practitioner="physician")
    prices = of.prices.under(plain)

    def price(modifier: str, pos: str) -> pricing.LinePrice:
        modifiers = (modifier,) if modifier else ()
        return prices.of(pricing.Line(prices.rows.code, modifiers, place_of_service=pos))

    return tuple(
        Component(
            modifier=modifier, row=row, office=price(modifier, OFFICE), facility=price(modifier, HOSPITAL)
        )
        for modifier, row in prices.rows.rows.items()
    )


def _other_track(of: _Priced) -> pricing.LinePrice | None:
    circumstances = of.prices.circumstances
    if of.release is None or circumstances.date_of_service.year < TWO_TRACKS:
        return None
    factor = conversion_factor(of.calendar, of.release, not circumstances.qualifying_apm)
    if factor in (None, circumstances.conversion_factor) or (
        of.line.base_units and circumstances.locality.mac
    ):
        return None  # CMS publishes no anesthesia factors of localities for the other track
    other = replace(circumstances, conversion_factor=factor, qualifying_apm=not circumstances.qualifying_apm)
    if of.line.base_units:
        other = with_anesthesia_factor(of.calendar, other)
    return of.prices.under(other).of(of.line)
