"""A practice's list of codes: amounts before and now, edits among them, unit limits, what is new and what is gone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes import ncci, pricing
from codes.models import Release
from codes.models.change import ReleaseChangeKind
from codes.pricing.contract import Contract
from codes.queries import browse, ncci_tables
from codes.queries.claim_reference import deleted_among
from codes.queries.known_codes import younger
from codes.queries.list_changes import ListChanges, latest_changes
from codes.queries.list_prices import ListPrices, contract_amounts, day_before, list_prices, query_on
from codes.queries.names import names_of
from codes.queries.price_query import PriceQuery
from codes.queries.releases import Calendar

COSTLIEST = 10
IN_DOLLARS = frozenset(  # what the amounts before and now tell already
    {
        ReleaseChangeKind.WORK_RVU,
        ReleaseChangeKind.NONFACILITY_PE_RVU,
        ReleaseChangeKind.FACILITY_PE_RVU,
        ReleaseChangeKind.MALPRACTICE_RVU,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCode:
    """One code of a list: one unit of it by itself. `row` is its row as a whole code, None where the fee schedule has
    none; `before` what Medicare allowed on the last day of the former fee schedule; `limit` the unit limit;
    `contract` what the practice's contract pays."""

    code: str
    name: str
    row: pricing.FeeScheduleRow | None
    price: pricing.LinePrice | None
    before: Decimal | None
    limit: ncci.Mue | None
    is_limit_checked: bool
    is_new: bool = False
    deleted: ncci.DeletedCode | None = None
    contract: Decimal | None = None

    @property
    def allowed(self) -> Decimal | None:
        return self.price.allowed if self.price else None

    @property
    def difference(self) -> Decimal | None:
        """What changed from before to now, in dollars; None where either has no amount."""
        return self.allowed - self.before if self.allowed is not None and self.before is not None else None

    @property
    def why_not(self) -> str:
        """Why there is no amount; '' where there is one."""
        if self.deleted:
            return f"{self.deleted.sentence} {self.deleted.instead}".strip()
        if self.price is None:
            return "No list that is loaded for this date prices it."
        return self.price.refusal.text if self.price.refusal else ""

    @property
    def units(self) -> str:
        """The most units a day or line; an absent limit is never "unlimited"."""
        if self.limit:
            return str(self.limit.value)
        return "none published" if self.is_limit_checked else "not checked"


@dataclass(frozen=True, slots=True)
class ListedEdit:
    """An edit in force between two codes of the list, and what Medicare allows for the code that it denies."""

    edit: ncci.PtpEdit
    paid_name: str
    denied_name: str
    at_stake: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """A list worked through. `edits` is None where no edits are loaded, and `unedited` the codes that they are too old
    for; `edits_release` and `limits_release` name what was looked up."""

    codes: tuple[ListedCode, ...]
    unknown: tuple[str, ...]
    refusal: pricing.Refusal | None
    release: Release | None
    former: ListPrices | None
    edits: tuple[ListedEdit, ...] | None
    edits_release: str
    unedited: tuple[str, ...]
    limits_release: str
    changes: tuple[ListChanges, ...]
    contract: Contract | None = None
    contracted: ListPrices | None = None

    @property
    def contract_total(self) -> Decimal:
        """What the contract pays for one unit of each code that it and Medicare have an amount for."""
        return sum((each.contract or Decimal(0) for each in self._both), Decimal(0))

    @property
    def contract_difference(self) -> Decimal:
        """The same less what Medicare allows for these codes."""
        return self.contract_total - sum((each.allowed or Decimal(0) for each in self._both), Decimal(0))

    @property
    def _both(self) -> list[ListedCode]:
        return [each for each in self.codes if each.contract is not None and each.allowed is not None]

    @property
    def changed(self) -> list[ListedCode]:
        """The codes whose amount changed, the largest change in dollars first."""
        found = [each for each in self.codes if each.difference]
        return sorted(found, key=lambda each: (-abs(each.difference or Decimal(0)), each.code))

    @property
    def costliest(self) -> tuple[ListedEdit, ...]:
        """The edits with the most dollars at stake."""
        return (self.edits or ())[:COSTLIEST]

    @property
    def never_bypassed(self) -> int:
        """How many of the edits no modifier bypasses."""
        return sum(each.edit.indicator == "0" for each in self.edits or ())

    @property
    def work_rvus(self) -> Decimal:
        """The work RVUs of one unit of each code."""
        return sum((each.row.work_rvu for each in self.codes if each.row), Decimal(0))

    @property
    def allowed(self) -> Decimal:
        """What Medicare allows for one unit of each code that has an amount."""
        return sum((each.allowed or Decimal(0) for each in self.codes), Decimal(0))

    @property
    def priced(self) -> int:
        return sum(each.allowed is not None for each in self.codes)

    @property
    def difference(self) -> Decimal:
        """The change of one unit of each code that has an amount before and now."""
        return sum((each.difference or Decimal(0) for each in self.codes), Decimal(0))

    @property
    def sources(self) -> tuple[str, ...]:
        """The lists that the amounts are from."""
        return tuple(
            dict.fromkeys(each.price.source for each in self.codes if each.price and each.price.source)
        )

    @property
    def other_changes(self) -> list[ListChanges]:
        """What changed besides relative values, whose change the amounts tell."""
        kept = (
            ListChanges(
                each.comparison,
                tuple(one for one in each.changes if one.change.kind not in IN_DOLLARS),
                each.more,
            )
            for each in self.changes
        )
        return [each for each in kept if each.changes]


def code_list(
    calendar: Calendar, codes: Sequence[str], query: PriceQuery, contract: Contract | None = None
) -> CodeList:
    """Work a list through: at most forty queries, ten more with a contract, however many codes there are."""
    at = query.date_of_service
    now = list_prices(calendar, codes, query)
    deleted = deleted_among(codes, now.rows, at)
    known = browse.catalogue(calendar, at)
    listed = [code for code in codes if code in known or code in deleted]
    names = names_of(calendar, listed, at)
    former = _former(calendar, listed, query)
    contracted, paid = contract_amounts(calendar, listed, query, contract) if contract else (None, {})
    changes = tuple(latest_changes(calendar, listed))
    new = {each.change.code for part in changes for each in part.changes if each.change.kind == "code_new"}
    limits = ncci_tables.unit_limits(calendar, listed, at)
    release = ncci_tables.ptp_release(calendar, "practitioner", at)

    def entry(code: str) -> ListedCode:
        rows = now.rows.get(code)
        return ListedCode(
            code=code,
            name=names.get(code, ""),
            row=rows.rows.get("") if rows else None,
            price=now.prices.get(code),
            before=former.allowed(code) if former else None,
            limit=limits.limits.get(code) if limits else None,
            is_limit_checked=limits is not None and code not in limits.younger,
            is_new=code in new,
            deleted=deleted.get(code),
            contract=paid.get(code),
        )

    return CodeList(
        codes=tuple(map(entry, listed)),
        unknown=tuple(code for code in codes if code not in listed),
        refusal=now.refusal,
        release=now.release,
        former=former,
        edits=_edits(calendar, listed, at, now, names) if release else None,
        edits_release=release.name if release else "",
        unedited=tuple(younger(calendar, listed, release)) if release else (),
        limits_release=limits.provenance.release if limits else "",
        changes=changes,
        contract=contract,
        contracted=contracted,
    )


def _former(calendar: Calendar, codes: Collection[str], query: PriceQuery) -> ListPrices | None:
    day = day_before(calendar, query.date_of_service)
    return list_prices(calendar, codes, query_on(calendar, query, day)) if day else None


def _edits(
    calendar: Calendar, codes: Collection[str], at: date, prices: ListPrices, names: Mapping[str, str]
) -> tuple[ListedEdit, ...]:
    """The edits in force between two of these codes, the most dollars at stake first."""
    found = [
        ListedEdit(
            edit,
            names.get(edit.column_one, ""),
            names.get(edit.column_two, ""),
            prices.allowed(edit.column_two),
        )
        for edit in ncci_tables.edits_in_force(calendar, codes, at)
    ]
    return tuple(sorted(found, key=_costliest_first))


def _costliest_first(each: ListedEdit) -> tuple[Decimal, str, str]:
    return -(each.at_stake or Decimal(0)), each.edit.column_two, each.edit.column_one
