"""The order of a code's bundling edits in the database: by dollars at stake or by code, a page at a time.

A code's list has two halves, each a stretch of an index. Where the code is the denied one (up to 14,000 edits), every
edit puts the same dollars at stake, so that the half is sorted as it lies. Where it is paid (up to 1,300 edits), the
dollars are those of the other code, worked out in SQL. A page is merged from the beginnings of both.
"""

import heapq
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Round

from codes import pricing
from codes.models import CodeText, FeeScheduleRow, HcpcsText, PtpEdit, RbcsAssignment, Release
from codes.models.release import State
from codes.pricing.components import PAID_TO_THE_HOSPITAL
from codes.queries.allowed import allowed
from codes.queries.code import as_pricing_row

NOT_PRICED = -1
_READY = Q(release__state=State.READY)


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


class Place(NamedTuple):
    """Where an edit stands in the sorted list: its key, the other code, the cents at stake (-1 for not priced)."""

    key: int
    other: str
    cents: int

    @property
    def keyset(self) -> str:
        return f"{self.cents}~{self.other}~{self.key}"


def places(release: Release, money: Money | None, wanted: Wanted, size: int) -> list[Place]:
    """The first places of the list after `wanted.after`: three queries, two without dollars."""
    by_dollars = money if wanted.sort == "dollars" else None
    halves = (_denied(release, by_dollars, wanted), _paid(release, by_dollars, wanted))
    found = [[Place(*row) for row in half.values_list("pk", "other", "cents")[:size]] for half in halves]
    return list(islice(heapq.merge(*found, key=lambda place: (-place.cents, place.other, place.key)), size))


def read_keyset(text: str) -> tuple[int, str, int] | None:
    """(cents, code, key) from "2538~76377~123"; None where it is not one."""
    parts = text.split("~")
    if len(parts) != 3 or not parts[0].lstrip("-").isdecimal() or not parts[2].isdecimal() or len(text) > 60:
        return None
    return int(parts[0]), parts[1], int(parts[2])


def in_group(group: str, at: date) -> Q:
    """The edits of a group on a day; "ended" has those that never applied and those that have not begun, too."""
    active = Q(indicator__in=["0", "1"]) & (Q(effective__isnull=True) | Q(effective__lte=at))
    active &= Q(deletion__isnull=True) | Q(deletion__gte=at)
    return ~active if group == "ended" else active & Q(indicator=group)


def fitting(release: Release, wanted: Wanted) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The two halves of a code's list, of every group, as far as they fit the filter."""
    edits = PtpEdit.objects.filter(release=release)
    paid, denied = edits.filter(column_one=wanted.code), edits.filter(column_two=wanted.code)
    return _filtered(paid, "column_two", wanted), _filtered(denied, "column_one", wanted)


def _denied(release: Release, money: Money | None, wanted: Wanted) -> QuerySet[Any]:
    """The half in which the code is denied: its own cents are at stake, whatever the other code is."""
    cents = _own_cents(money, wanted.code) if money else 0
    half = PtpEdit.objects.filter(release=release, column_two=wanted.code)
    half = half.filter(in_group(wanted.group, wanted.at))
    rows: QuerySet[Any] = _filtered(half, "column_one", wanted)
    rows = rows.annotate(cents=Value(cents, output_field=IntegerField())).order_by("column_one", "pk")
    if wanted.after:
        stake, other, key = wanted.after
        if cents > stake:
            return rows.none()
        if cents == stake:
            rows = rows.filter(Q(column_one__gt=other) | Q(pk__gt=key), column_one__gte=other)
    return rows


def _paid(release: Release, money: Money | None, wanted: Wanted) -> QuerySet[Any]:
    """The half in which the code is paid: the cents of column two are at stake."""
    cents = _cents_of_column_two(money) if money else Value(0, output_field=IntegerField())
    half = PtpEdit.objects.filter(release=release, column_one=wanted.code)
    half = half.filter(in_group(wanted.group, wanted.at))
    rows: QuerySet[Any] = _filtered(half, "column_two", wanted)
    rows = rows.annotate(cents=cents).order_by("-cents", "column_two", "pk")
    if wanted.after:
        stake, other, key = wanted.after
        rows = rows.filter(
            Q(cents__lt=stake)
            | Q(cents=stake, column_two__gt=other)
            | Q(cents=stake, column_two=other, pk__gt=key)
        )
    return rows


def _filtered(rows: "QuerySet[PtpEdit]", other: str, wanted: Wanted) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(other=F(other))
    if wanted.text:
        named = CodeText.objects.filter(
            Q(plain_name__icontains=wanted.text) | Q(words__icontains=wanted.text)
        )
        public = HcpcsText.objects.filter(_READY, long_description__icontains=wanted.text)
        found = found.filter(
            Q(other__startswith=wanted.text.upper())
            | Q(other__in=named.values("code"))
            | Q(other__in=public.values("code"))
        )
    if wanted.category:
        filed = RbcsAssignment.objects.filter(_READY, category=wanted.category)
        found = found.filter(other__in=filed.values("code"))
    return found


def _own_cents(money: Money, code: str) -> int:
    row = FeeScheduleRow.objects.filter(release=money.release, code=code, modifier="").first()
    amount = fee(row, money) if row else None
    return NOT_PRICED if amount is None else int(amount * 100)


def _cents_of_column_two(money: Money) -> Coalesce:
    looked_up = Subquery(_priced(money).filter(code=OuterRef("column_two")).values("in_cents")[:1])
    return Coalesce(looked_up, Value(NOT_PRICED), output_field=IntegerField())


def _priced(money: Money) -> QuerySet[Any]:
    facility = money.setting == "facility"
    pe = F("facility_pe_rvu") if facility else F("nonfacility_pe_rvu")
    rows: QuerySet[Any] = FeeScheduleRow.objects.filter(release=money.release, modifier="", status__in="ART")
    if facility:
        rows = rows.filter(facility_na=False).exclude(pctc__in=PAID_TO_THE_HOSPITAL)
    else:
        rows = rows.filter(nonfacility_na=False)
    gpci, factor = money.gpci, money.release.conversion_factor
    total: Any = (
        F("work_rvu") * gpci.work + pe * gpci.practice_expense + F("malpractice_rvu") * gpci.malpractice
    )
    priced: QuerySet[Any] = rows.annotate(in_cents=Cast(Round(total * factor * 100), IntegerField()))
    return priced


def fee(row: FeeScheduleRow, money: Money) -> Decimal | None:
    """The allowed amount of one unit in dollars, or None where the fee schedule has no price in that setting."""
    place = pricing.Locality("", "", "", "", money.gpci)
    factor = money.release.conversion_factor or Decimal(0)
    found = next(allowed([as_pricing_row(row)], [place], factor, None), None)
    return found.amount(money.setting) if found else None
