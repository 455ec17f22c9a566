"""The list of bundling edits of one code: grouped, filtered, sorted by dollars or code, a page at a time.

Sorting and paging happen in the database by a keyset (cents at stake, other code, key), so that the list of 96523,
over ten thousand edits, costs no more a page than a short one. The dollars that are *shown* come from the payment
engine, to the cent; those that are sorted by are the same formula in SQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Round

from codes import pricing
from codes.models import CodeText, FeeScheduleRow, HcpcsText, PtpEdit, RbcsAssignment, Release
from codes.queries.allowed import PAID_TO_THE_HOSPITAL, allowed
from codes.queries.code import as_pricing_row, names_of

PAGE = 25
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


class Place(NamedTuple):
    """Where an edit stands in the sorted list: its key, the other code, the cents at stake (-1 for not priced)."""

    key: int
    other: str
    cents: int

    @property
    def keyset(self) -> str:
        return f"{self.cents}~{self.other}~{self.key}"


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


def page(
    release: Release, money: Money | None, wanted: Wanted, size: int = PAGE
) -> tuple[list[BundlingRow], bool]:
    """One page of the list, and whether there is more: three queries."""
    rows = _sorted(_filtered(release, wanted), money, wanted)
    places = [Place(*found) for found in rows.values_list("pk", "other", "cents")[: size + 1]]
    return list(_shown(places[:size], money)), len(places) > size


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
    # The release stands in both halves, so that each half is one look-up in an index.
    return PtpEdit.objects.filter(Q(release=release, column_one=code) | Q(release=release, column_two=code))


def _group(group: str, at: date) -> Q:
    active = Q(indicator__in=["0", "1"]) & (Q(effective__isnull=True) | Q(effective__lte=at))
    active &= Q(deletion__isnull=True) | Q(deletion__gte=at)
    return ~active if group == "ended" else active & Q(indicator=group)


def _filtered(release: Release, wanted: Wanted) -> QuerySet[Any]:
    other = Case(
        When(column_one=wanted.code, then=F("column_two")), default=F("column_one"), output_field=CharField()
    )
    rows: QuerySet[Any] = _of_code(release, wanted.code).filter(_group(wanted.group, wanted.at))
    rows = rows.annotate(other=other)
    if wanted.text:
        named = CodeText.objects.filter(
            Q(plain_name__icontains=wanted.text) | Q(words__icontains=wanted.text)
        )
        public = HcpcsText.objects.filter(long_description__icontains=wanted.text)
        rows = rows.filter(
            Q(other__startswith=wanted.text.upper())
            | Q(other__in=named.values("code"))
            | Q(other__in=public.values("code"))
        )
    if wanted.category:
        rows = rows.filter(other__in=RbcsAssignment.objects.filter(category=wanted.category).values("code"))
    return rows


def _sorted(rows: QuerySet[Any], money: Money | None, wanted: Wanted) -> QuerySet[Any]:
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


def _priced(money: Money) -> QuerySet[Any]:
    facility = money.setting == "facility"
    pe = F("facility_pe_rvu") if facility else F("nonfacility_pe_rvu")
    rows: QuerySet[Any] = FeeScheduleRow.objects.filter(release=money.release, modifier="", status__in="ART")
    if facility:
        rows = rows.filter(facility_na=False).exclude(pctc__in=PAID_TO_THE_HOSPITAL)
    gpci, factor = money.gpci, money.release.conversion_factor
    total: Any = (
        F("work_rvu") * gpci.work + pe * gpci.practice_expense + F("malpractice_rvu") * gpci.malpractice
    )
    priced: QuerySet[Any] = rows.annotate(in_cents=Cast(Round(total * factor * 100), IntegerField()))
    return priced


def _fee(row: FeeScheduleRow, money: Money) -> Decimal | None:
    """The allowed amount of one unit in dollars, or None where the fee schedule has no price in that setting."""
    place = pricing.Locality("", "", "", "", money.gpci)
    factor = money.release.conversion_factor or Decimal(0)
    found = next(allowed([as_pricing_row(row)], [place], factor, None), None)
    return found.amount(money.setting) if found else None


def _shown(places: list[Place], money: Money | None) -> Iterator[BundlingRow]:
    edits = PtpEdit.objects.select_related("rationale").in_bulk([place.key for place in places])
    names = names_of({place.other for place in places})
    fees = _fees({edit.column_two for edit in edits.values()}, money)
    for place in places:
        edit = edits[place.key]
        yield BundlingRow(
            edit,
            edit.column_one,
            edit.column_two,
            place.other,
            names.get(place.other, ""),
            fees.get(edit.column_two),
            place.keyset,
        )


def _fees(codes: set[str], money: Money | None) -> dict[str, Decimal | None]:
    if money is None:
        return {}
    rows = FeeScheduleRow.objects.filter(release=money.release, code__in=codes, modifier="")
    return {row.code: _fee(row, money) for row in rows}
