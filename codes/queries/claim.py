"""A whole claim: checked against NCCI, then priced line by line, each as one query for all its codes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from codes import editing, pricing
from codes.models import LabRate, Release
from codes.models.release import Source
from codes.parsing import ParsedLine
from codes.pricing.anesthesia import ADD_ON_WITHOUT_TIME
from codes.queries import ncci
from codes.queries.code import code_rows, names_of
from codes.queries.lookup import Asked
from codes.queries.pricing_context import base_units, circumstances, no_release, with_companions
from codes.queries.releases import Calendar, remembered


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One line of the desk: what it is, what the checks say, what Medicare allows."""

    checked: editing.CheckedLine
    price: pricing.LinePrice | None
    name: str

    @property
    def line(self) -> pricing.Line:
        return self.checked.line


@dataclass(frozen=True, slots=True)
class Desk:
    """The claim, checked and priced. `order` are line numbers in the order to bill."""

    lines: tuple[DeskLine, ...]
    check: editing.ClaimCheck
    claim: pricing.ClaimPrice | None
    order: tuple[int, ...]
    refusal: pricing.Refusal | None
    releases: str

    @property
    def is_suggested_order_other(self) -> bool:
        """Whether the suggested order is not the one that was given."""
        return self.order != tuple(range(1, len(self.lines) + 1))


@dataclass(frozen=True, slots=True)
class Known:
    """What the files say of a claim's codes on a day, wherever and however they are billed.

    `further` are the rows of the codes that these are ranked with, `base_units` those of anesthesia codes.
    """

    rows: Mapping[str, pricing.CodeRows]
    further: Mapping[str, pricing.CodeRows]
    base_units: Mapping[str, int]
    reference: editing.Reference
    names: Mapping[str, str]


def work_through(calendar: Calendar, parsed: Sequence[ParsedLine], asked: Asked, whole_day: bool) -> Desk:
    """Check and price a claim on one day in one place: at most twelve queries whatever its length."""
    at = asked.date_of_service
    refusal = no_release(calendar, at)
    release = calendar.in_force(Source.PPRRVU, at)
    known = _known(calendar, frozenset(line.code for line in parsed), at)
    lines = [_line(each, asked, known.base_units) for each in parsed]
    check = editing.check_claim(lines, known.reference, at)
    claim = None
    if release and not refusal:
        given = _given(calendar, release, known.rows, asked, whole_day)
        claim = pricing.price_claim({**known.further, **known.rows}, editing.lines_to_price(check), given)
    return _desk(calendar, check, claim, refusal, asked, known.names)


@remembered(128)
def _known(calendar: Calendar, codes: frozenset[str], at: date) -> Known:
    """All that is read for a claim besides the place's caps and factors: who corrects a modifier, a charge or the
    place asks for the same."""
    release = calendar.in_force(Source.PPRRVU, at)
    rows = code_rows(release, codes) if release and not no_release(calendar, at) else {}
    return Known(
        rows=rows,
        further=code_rows(release, pricing.related_codes(rows)) if release else {},
        base_units=base_units(calendar, _anesthesia(rows), at) if _anesthesia(rows) else {},
        reference=_reference(calendar, rows, codes, at, release),
        names=names_of(codes),
    )


def _anesthesia(rows: Mapping[str, pricing.CodeRows]) -> set[str]:
    return {code for code, each in rows.items() if "" in each.rows and each.rows[""].status == "J"}


def _line(parsed: ParsedLine, asked: Asked, base: Mapping[str, int]) -> pricing.Line:
    timed = parsed.code in base and parsed.code not in ADD_ON_WITHOUT_TIME
    return pricing.Line(
        code=parsed.code,
        modifiers=parsed.modifiers,
        units=1 if timed else parsed.units,
        charge=parsed.charge,
        place_of_service=asked.place_of_service,
        base_units=base.get(parsed.code),
        minutes=parsed.units if timed and parsed.units > 1 else None,
    )


def _reference(
    calendar: Calendar,
    rows: Mapping[str, pricing.CodeRows],
    codes: Collection[str],
    at: date,
    release: Release | None,
) -> editing.Reference:
    return editing.Reference(
        rows=rows,
        fee_schedule="" if release is None or release.is_sample else release.name,
        other_codes=_paid_elsewhere(calendar, codes, at),
        ptp=ncci.edits_among(calendar, codes, at),
        units=ncci.unit_limits(calendar, codes, at),
        add_ons=ncci.add_on_table(calendar, codes, at),
    )


def _paid_elsewhere(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, str]:
    """Codes of the laboratory schedule: valid although the fee schedule may not list them."""
    release = calendar.of_same_year(Source.CLFS, at)
    found = _laboratory_codes(release.pk, release.loaded_at).intersection(codes) if release else ()
    return dict.fromkeys(found, "Clinical laboratory fee schedule")


@lru_cache(maxsize=4)
def _laboratory_codes(release: int, loaded_at: datetime) -> frozenset[str]:
    """The two thousand codes of a release, which never change once it is ready."""
    return frozenset(LabRate.objects.filter(release=release).values_list("code", flat=True))


def _given(
    calendar: Calendar,
    release: Release,
    rows: Mapping[str, pricing.CodeRows],
    asked: Asked,
    whole_day: bool,
) -> pricing.Circumstances:
    plain = circumstances(
        calendar, release, asked.date_of_service, asked.locality, qualifying_apm=asked.qualifying_apm
    )
    every_row = [row for each in rows.values() for row in each.rows.values()]
    return replace(
        with_companions(calendar, release, every_row, plain),
        practitioner=asked.practitioner,
        participating=asked.participating,
        deductible_remaining=asked.deductible_remaining,
        assigned=asked.assigned,
        all_lines_known=whole_day,
    )


def _with_refusal(checked: editing.CheckedLine, price: pricing.LinePrice | None) -> editing.CheckedLine:
    """A line that passes the checks and yet has no amount says why beside its verdict."""
    if checked.denied or price is None or price.refusal is None:
        return checked
    return replace(checked, verdict=f"{checked.verdict} No amount: {price.refusal.text}")


def _desk(
    calendar: Calendar,
    check: editing.ClaimCheck,
    claim: pricing.ClaimPrice | None,
    refusal: pricing.Refusal | None,
    asked: Asked,
    names: Mapping[str, str],
) -> Desk:
    prices = claim.lines if claim else (None,) * len(check.lines)
    lines = tuple(
        DeskLine(_with_refusal(checked, price), price, names.get(checked.line.code, ""))
        for checked, price in zip(check.lines, prices, strict=True)
    )
    fees = {each.checked.number: each.price.fee if each.price and each.price.fee else 0 for each in lines}
    sources = (Source.PPRRVU, Source.PTP_PRACTITIONER, Source.MUE_PRACTITIONER, Source.ADD_ON)
    return Desk(
        lines,
        check,
        claim,
        editing.suggested_order(check, fees.__getitem__),
        refusal,
        ncci.names_in_force(calendar, sources, asked.date_of_service),
    )
