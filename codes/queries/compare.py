"""Up to five codes side by side: names, amounts, values, units and indicators, and where they differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from codes import ncci, pricing
from codes.knowledge import indicators
from codes.models import Release
from codes.models.release import Source
from codes.queries import browse
from codes.queries.alone import Alone, judged_alone
from codes.queries.circumstances import circumstances_for
from codes.queries.claim_reference import reference_of_codes
from codes.queries.names import names_of
from codes.queries.price_query import HOSPITAL, OFFICE, PriceQuery
from codes.queries.priced_rows import base_units, no_release, rows_to_price
from codes.queries.releases import Calendar

MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedCode:
    """One code. `row` is None where the release does not hold it as a whole code; `limit` is its unit limit, `outlook`
    what becomes of it as typed in its usual place."""

    code: str
    name: str
    row: pricing.FeeScheduleRow | None
    nonfacility: pricing.LinePrice | None
    facility: pricing.LinePrice | None
    limit: ncci.Mue | None
    is_limit_checked: bool = True
    outlook: Alone | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of the table: what is compared, a cell for each code, and whether they differ."""

    title: str
    cells: tuple[str, ...]
    is_figure: bool = False

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeComparison:
    """The columns that are known, the codes that are not, and why nothing is priced, if so.

    `limits` names the table of unit limits; empty where none is loaded.
    """

    columns: tuple[ComparedCode, ...]
    unknown: tuple[str, ...]
    release: Release | None
    refusal: pricing.Refusal | None
    limits: str

    @property
    def values(self) -> list[Feature]:
        """The relative values, as CMS prints them."""
        return [
            self._feature("Work RVU", lambda row: _number(row.work_rvu), True),
            self._feature("Practice expense RVU, office", _office_expense, True),
            self._feature("Practice expense RVU, facility", _facility_expense, True),
            self._feature("Malpractice RVU", lambda row: _number(row.malpractice_rvu), True),
        ]

    @property
    def indicators(self) -> list[Feature]:
        """Every indicator in words, with its value."""
        return [
            self._feature(field.title, lambda row, key=key: _in_words(row, key))  # type: ignore[misc]
            for key, field in indicators.FIELDS.items()
        ]

    @property
    def same(self) -> list[Feature]:
        """The indicators that all the codes have alike."""
        return [feature for feature in self.indicators if not feature.differs]

    @property
    def units(self) -> Feature:
        """The unit limits; an absent one is never "unlimited"."""
        cells = tuple(
            str(column.limit.value)
            if column.limit
            else ("none published" if column.is_limit_checked else "not checked")
            for column in self.columns
        )
        return Feature("Most units (MUE)", cells, is_figure=True)

    def _feature(
        self, title: str, cell: Callable[[pricing.FeeScheduleRow], str], is_figure: bool = False
    ) -> Feature:
        cells = tuple(cell(column.row) if column.row else "not listed" for column in self.columns)
        return Feature(title, cells, is_figure)


def compare(calendar: Calendar, codes: Sequence[str], query: PriceQuery) -> CodeComparison:
    """Look the codes up on one day in one locality: at most ten queries, however many they are."""
    at = query.date_of_service
    known = browse.catalogue(calendar, at)
    found = [code for code in codes if code in known]
    release = calendar.of_same_year(Source.PPRRVU, at)
    rows = rows_to_price(calendar, release, found, at)
    circumstances = circumstances_for(calendar, release, rows, query) if rows else None
    refusal = None if found and rows.keys() >= set(found) else no_release(calendar, at)
    units = base_units(calendar, rows, at)
    names = names_of(calendar, found, at)
    reference = reference_of_codes(calendar, rows, frozenset(found), at, release)
    reference = replace(reference, practitioner=query.practitioner)
    limits = reference.units

    def column(code: str) -> ComparedCode:
        each = rows.get(code)
        row = each.rows.get("") if each else None
        pos = query.place_for(code, row)
        line = pricing.Line(code, query.modifiers, place_of_service=pos, base_units=units.get(code))
        price = _price(each, line, pos, circumstances)
        return ComparedCode(
            code=code,
            name=names.get(code, ""),
            row=row,
            nonfacility=_price(each, line, OFFICE, circumstances),
            facility=_price(each, line, HOSPITAL, circumstances),
            limit=limits.limit_of(code) if limits else None,
            is_limit_checked=limits is not None and code not in limits.younger,
            outlook=judged_alone(ncci.check_line(line, reference, at), price) if price else None,
        )

    unknown = tuple(code for code in codes if code not in known)
    columns = tuple(column(code) for code in found)
    named = limits.provenance.release if limits else ""
    return CodeComparison(columns=columns, unknown=unknown, release=release, refusal=refusal, limits=named)


def _price(
    rows: pricing.CodeRows | None, line: pricing.Line, pos: str, circumstances: pricing.Circumstances | None
) -> pricing.LinePrice | None:
    if rows is None or circumstances is None:
        return None
    return pricing.price_line(rows, replace(line, place_of_service=pos), circumstances)


def _number(value: Decimal) -> str:
    return f"{value:.2f}"


def _office_expense(row: pricing.FeeScheduleRow) -> str:
    return "not valued" if row.nonfacility_na else _number(row.nonfacility_pe_rvu)


def _facility_expense(row: pricing.FeeScheduleRow) -> str:
    return "not valued" if row.facility_na else _number(row.facility_pe_rvu)


def _in_words(row: pricing.FeeScheduleRow, field: str) -> str:
    value = indicators.value_of(row, field)
    words = indicators.meaning(field, value).words
    return f"{words} ({value})" if value else words
