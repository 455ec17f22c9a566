"""The list of bundling edits of one code: grouped, filtered, sorted by dollars or code, a page at a time.

Sorting and paging happen in the database by a keyset (cents at stake, other code, key), so that the list of 96523,
over ten thousand edits, costs no more a page than a short one. The dollars that are *shown* come from the payment
engine, to the cent; those that are sorted by are the same formula in SQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Round

from codes import pricing
from codes.models import CodeText, FeeScheduleRow, HcpcsText, PtpEdit, RbcsAssignment, Release
from codes.pricing import formula
from codes.queries.code import as_pricing_row

PAGE = 50
GROUPS = {"0": "No modifier passes", "1": "A modifier may pass", "ended": "Ended"}
SORTS = {"dollars": "Dollars first", "code": "By code"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What part of the list is asked for. `after` is the keyset of the last row of the page before."""

    code: str
    at: date
    group: str = "0"
    text: str = ""
    category: str = ""
    sort: str = "dollars"
    after: tuple[int, str, int] | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """The fee schedule that the dollars at stake are worked out from."""

    release: Release
    gpci: pricing.Gpci
    setting: pricing.Setting


@dataclass(frozen=True, slots=True)
class BundlingRow:
    """One edit as a line of the list. `at_stake` is the allowed amount of the code that is denied, in dollars."""

    edit: PtpEdit
    pays: str
    denied: str
    other: str
    other_name: str
    at_stake: Decimal | None
    keyset: str


def counts(release: Release, code: str, at: date) -> dict[str, int]:
    """How many edits of a code stand in each group (one query)."""
    groups = {f"n{number}": Count("pk", filter=_group(group, at)) for number, group in enumerate(GROUPS)}
    found = _of_code(release, code).aggregate(**groups)
    return {group: found[f"n{number}"] for number, group in enumerate(GROUPS)}


def page(release: Release, money: Money | None, wanted: Wanted, size: int = PAGE) -> tuple[list[BundlingRow], bool]:
    """One page of the list, and whether there is more: three queries."""
    rows = _sorted(_filtered(release, wanted), money, wanted)
    found = list(rows.select_related("rationale")[: size + 1])
    return list(_shown(found[:size], money, wanted)), len(found) > size


def everything(release: Release, money: Money | None, wanted: Wanted) -> Iterator[BundlingRow]:
    """The whole list of a group, page after page, for the CSV."""
    more = True
    while more:
        rows, more = page(release, money, wanted, size=1000)
        yield from rows
        if rows:
            wanted = Wanted(
                code=wanted.code,
                at=wanted.at,
                group=wanted.group,
                text=wanted.text,
                category=wanted.category,
                sort=wanted.sort,
                after=read_keyset(rows[-1].keyset),
            )


def read_keyset(text: str) -> tuple[int, str, int] | None:
    """(cents, code, key) from "2538~76377~123"; None where it is not one."""
    parts = text.split("~")
    if len(parts) != 3 or not parts[0].lstrip("-").isdecimal() or not parts[2].isdecimal() or len(text) > 60:
        return None
    return int(parts[0]), parts[1], int(parts[2])


def _of_code(release: Release, code: str) -> QuerySet[PtpEdit]:
    return PtpEdit.objects.filter(Q(column_one=code) | Q(column_two=code), release=release)


def _group(group: str, at: date) -> Q:
    active = Q(indicator__in=["0", "1"]) & (Q(effective__isnull=True) | Q(effective__lte=at))
    active &= Q(deletion__isnull=True) | Q(deletion__gte=at)
    return ~active if group == "ended" else active & Q(indicator=group)


def _filtered(release: Release, wanted: Wanted) -> QuerySet[PtpEdit]:
    other = Case(When(column_one=wanted.code, then=F("column_two")), default=F("column_one"), output_field=CharField())
    rows = _of_code(release, wanted.code).filter(_group(wanted.group, wanted.at)).annotate(other=other)
    if wanted.text:
        named = CodeText.objects.filter(Q(plain_name__icontains=wanted.text) | Q(words__icontains=wanted.text))
        public = HcpcsText.objects.filter(long_description__icontains=wanted.text)
        rows = rows.filter(
            Q(other__startswith=wanted.text.upper())
            | Q(other__in=named.values("code"))
            | Q(other__in=public.values("code"))
        )
    if wanted.category:
        rows = rows.filter(other__in=RbcsAssignment.objects.filter(category=wanted.category).values("code"))
    return rows


def _sorted(rows: QuerySet[PtpEdit], money: Money | None, wanted: Wanted) -> QuerySet[PtpEdit]:
    by_dollars = wanted.sort == "dollars" and money is not None
    cents = _cents(money, wanted.code) if by_dollars and money else Value(0, output_field=IntegerField())
    rows = rows.annotate(cents=cents)
    if wanted.after:
        stake, other, key = wanted.after
        rows = rows.filter(
            Q(cents__lt=stake) | Q(cents=stake, other__gt=other) | Q(cents=stake, other=other, pk__gt=key)
        )
    return rows.order_by("-cents", "other", "pk")


def _cents(money: Money, code: str) -> Case:
    """Cents at stake in SQL: this code's own amount where it is the denied one, else that of column two."""
    own = FeeScheduleRow.objects.filter(release=money.release, code=code, modifier="").first()
    own_fee = _fee(own, money) if own else None
    own_cents = -1 if own_fee is None else int(own_fee * 100)
    looked_up = Subquery(_priced(money).filter(code=OuterRef("column_two")).values("in_cents")[:1])
    return Case(
        When(column_two=code, then=Value(own_cents)),
        default=Coalesce(looked_up, Value(-1)),
        output_field=IntegerField(),
    )


def _priced(money: Money) -> QuerySet[FeeScheduleRow, Any]:
    facility = money.setting == "facility"
    pe = F("facility_pe_rvu") if facility else F("nonfacility_pe_rvu")
    rows = FeeScheduleRow.objects.filter(release=money.release, modifier="", status__in=["A", "R", "T"])
    if facility:
        rows = rows.filter(facility_na=False)
    gpci, factor = money.gpci, money.release.conversion_factor
    total = F("work_rvu") * gpci.work + pe * gpci.practice_expense + F("malpractice_rvu") * gpci.malpractice
    return rows.annotate(in_cents=Cast(Round(total * factor * 100), IntegerField()))


def _fee(row: FeeScheduleRow, money: Money) -> Decimal | None:
    """The allowed amount of one unit in dollars, or None where the fee schedule has no price in that setting."""
    if row.status not in formula.PRICED_STATUSES or (money.setting == "facility" and row.facility_na):
        return None
    factor = money.release.conversion_factor
    fee = formula.fee(as_pricing_row(row), money.setting, money.gpci, factor) if factor else Decimal(0)
    return fee or None


def _shown(found: list[PtpEdit], money: Money | None, wanted: Wanted) -> Iterator[BundlingRow]:
    others = {row.other for row in found}  # type: ignore[attr-defined]
    names = dict(CodeText.objects.filter(pk__in=others).values_list("code", "plain_name"))
    fees = _fees({row.column_two for row in found}, money)
    for row in found:
        other: str = row.other  # type: ignore[attr-defined]
        yield BundlingRow(
            row,
            row.column_one,
            row.column_two,
            other,
            names.get(other, ""),
            fees.get(row.column_two),
            f"{row.cents}~{other}~{row.pk}",  # type: ignore[attr-defined]
        )


def _fees(codes: set[str], money: Money | None) -> dict[str, Decimal | None]:
    if money is None:
        return {}
    rows = FeeScheduleRow.objects.filter(release=money.release, code__in=codes, modifier="")
    return {row.code: _fee(row, money) for row in rows}
