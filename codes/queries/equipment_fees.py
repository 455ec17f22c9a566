"""What the DMEPOS fee schedule says of codes: for a line to be priced, and as a whole for the page of a code.

It goes by the state in which the patient lives, in most states with another amount in rural ZIP codes. A list holds
in its year only: CMS updates all fees each January.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from codes import pricing
from codes.formatting import dollars
from codes.knowledge.equipment_words import CATEGORIES, JURISDICTIONS, Category
from codes.models import EquipmentFee, Release, RuralZip
from codes.models.release import Source
from codes.pricing.rounding import to_cents
from codes.pricing.schedules.kinds import EQUIPMENT, SUPPLY
from codes.pricing.schedules.listed import ListedAmount
from codes.queries.releases import Calendar

LISTS = (Source.DMEPOS, Source.PEN)
AT_HOME_ONLY = frozenset({"CR", "FS", "IN", "OX", "TE"})
# The months of a capped rental with their share of the fee; power wheelchairs have shares of their own.
RENTAL_MONTHS = (
    ("KH", Decimal(1), "month 1 of rental"),
    ("KI", Decimal(1), "a month of rental, months 2 and 3"),
    ("KJ", Decimal("0.75"), "a month of rental from month 4 on, 75% of the fee"),
)
FIRST_LETTERS = frozenset("ABEKLQV")
POWER_WHEELCHAIRS = ("K0800", "K0899")
UNITS: Mapping[str, str] = {"RR": "a month of rental", "NU": "a new item", "UE": "a used item"}
Amounts = tuple[Decimal | None, Decimal | None]
# Equipment (E, K), orthotics and prosthetics (L): a supplier bills them whether or not the list is loaded.
BY_SUPPLIERS = frozenset("EKL")


@dataclass(frozen=True, slots=True)
class Home:
    """Where the patient lives: the state ("" where it is not known), and whether the ZIP code is rural, None where no
    ZIP code was given or no list of rural ones is loaded."""

    state: str = ""
    is_rural: bool | None = None

    def allowed(self, amounts: Amounts) -> Decimal | None:
        """The amount that holds there; outside rural areas where that is not known."""
        urban, rural = amounts
        return rural if self.is_rural and rural is not None else urban


@dataclass(frozen=True, slots=True)
class Fee:
    """One row of the list: a code with its modifiers and what is allowed in each state."""

    code: str
    modifiers: tuple[str, ...]
    jurisdiction: str
    category: str
    ceiling: Decimal | None
    floor: Decimal | None
    amounts: Mapping[str, Amounts]

    @property
    def range(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest amount of all states and areas; None where no state has one."""
        found = [amount for pair in self.amounts.values() for amount in pair if amount is not None]
        return (min(found), max(found)) if found else None

    def at(self, home: Home) -> Amounts:
        """What is allowed outside rural areas and in them where the patient lives; where that is not known, what is the
        same everywhere."""
        if not home.state and self.range and self.range[0] == self.range[1]:
            return self.range[0], None
        return self.amounts.get(home.state, (None, None))

    @property
    def unit(self) -> str:
        """What an amount is for."""
        kinds = (UNITS[modifier] for modifier in self.modifiers if modifier in UNITS)
        return next(kinds, "a month" if self.category == "OX" else "a unit")

    @property
    def category_words(self) -> Category:
        return CATEGORIES[self.category]

    @property
    def jurisdiction_words(self) -> str:
        return JURISDICTIONS[self.jurisdiction]


@dataclass(frozen=True, slots=True)
class EquipmentFees:
    """The fees of one code for its page: `release` is the list, in force on the day or the last one before."""

    release: Release
    fees: tuple[Fee, ...]
    home: Home
    is_former: bool

    @property
    def categories(self) -> list[Category]:
        """The payment categories of the rows, each once."""
        return list(dict.fromkeys(fee.category_words for fee in self.fees))

    @property
    def jurisdictions(self) -> list[str]:
        return list(dict.fromkeys(fee.jurisdiction_words for fee in self.fees))

    @property
    def rows(self) -> list[tuple[Fee, Amounts]]:
        """Each fee with what is allowed in the state outside rural areas and in them."""
        return [(fee, fee.at(self.home)) for fee in self.fees]


def equipment_amounts(
    calendar: Calendar, codes: Collection[str], at: date, locality: pricing.Locality
) -> dict[str, tuple[ListedAmount, ...]]:
    """The rows of the list for these codes where the patient lives: at most three queries, none without a list."""
    found: dict[str, tuple[ListedAmount, ...]] = {}
    home = home_of(calendar, locality, at)
    for release, fees in _fees(calendar, codes, at):
        for code, rows in fees.items():
            listed = tuple(each for fee in rows for each in _listed(fee, release, home, at))
            found[code] = (*found.get(code, ()), *listed)
    return found


def equipment_fees(
    calendar: Calendar, code: str, at: date, locality: pricing.Locality
) -> EquipmentFees | None:
    """The fees of one code; None where no list names it."""
    found = [(release, fees[code]) for release, fees in _fees(calendar, [code], at)]
    if not found:
        return None
    release = found[0][0]
    rows = tuple(fee for _, fees in found for fee in fees)
    return EquipmentFees(
        release, rows, home_of(calendar, locality, at), release.effective_from.year != at.year
    )


def billed_by_suppliers(calendar: Calendar, codes: Collection[str], at: date) -> frozenset[str]:
    """Of codes that practitioners may not bill (unit limit 0), those that a supplier bills to the DME MAC: by the
    jurisdiction in the list nearest to the date, and all equipment, orthotics and prosthetics (one query)."""
    lists = [release for source in LISTS if (release := calendar.nearest(source, at))]
    fees = EquipmentFee.objects.filter(release__in=lists, code__in=codes, jurisdiction__in="DJ")
    listed = fees.values_list("code", flat=True) if lists else ()
    return frozenset(listed) | {code for code in codes if code[0] in BY_SUPPLIERS}


def home_of(calendar: Calendar, locality: pricing.Locality, at: date) -> Home:
    """The home that a locality stands for: that of its ZIP code, else its state."""
    if not locality.zip_code:
        return Home(locality.zip_state or locality.state)
    release = calendar.nearest(Source.DMEPOS_RURAL, at)
    rural = _rural_zips(release.pk, release.loaded_at) if release else None
    return Home(locality.zip_state, None if rural is None else locality.zip_code in rural)


@lru_cache(maxsize=4)
def _rural_zips(release: int, loaded_at: datetime) -> frozenset[str]:
    """The sixteen thousand rural ZIP codes of a release, which never change once it is ready."""
    return frozenset(RuralZip.objects.filter(release=release).values_list("zip_code", flat=True))


def _fees(
    calendar: Calendar, codes: Collection[str], at: date
) -> Iterator[tuple[Release, dict[str, tuple[Fee, ...]]]]:
    """Each list that names any of these codes, with their rows; no query for what can't be in one."""
    codes = [code for code in codes if code[0] in FIRST_LETTERS]
    for source in LISTS if codes else ():
        release = calendar.in_force(source, at)
        rows = EquipmentFee.objects.filter(release=release, code__in=codes) if release else ()
        fees: dict[str, tuple[Fee, ...]] = {}
        for row in rows:
            fees[row.code] = (*fees.get(row.code, ()), _fee(row))
        if release and fees:
            yield release, fees


def _fee(row: EquipmentFee) -> Fee:
    amounts = {state: (_read(pair[0]), _read(pair[1])) for state, pair in row.amounts.items()}
    modifiers = tuple(row.modifiers.split())
    return Fee(row.code, modifiers, row.jurisdiction, row.category, row.ceiling, row.floor, amounts)


def _read(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def _listed(fee: Fee, release: Release, home: Home, at: date) -> Iterable[ListedAmount]:
    """The row as the engine takes it; of a capped rental also for its months (KH, KI, KJ)."""
    amounts = fee.at(home)
    row = ListedAmount(
        schedule=EQUIPMENT if fee.category in AT_HOME_ONLY else SUPPLY,
        release=release.name,
        amount=home.allowed(amounts),
        unit=fee.unit,
        modifiers=frozenset(fee.modifiers),
        caution=_caution(amounts, home),
    )
    if release.effective_from.year != at.year:
        had = f"The last one we have, {release.name}, had {_had(fee, home)}."
        why = f"The {at.year} DMEPOS fee schedule isn't loaded. {had}"
        yield replace(row, amount=None, why=why, is_former=True)
        return
    if row.amount is None:
        why, refusal = _why_none(fee, home)
        yield replace(row, why=why, refusal=refusal)
        return
    yield row
    for modifier, share, unit in RENTAL_MONTHS if _is_capped_rental(fee) else ():
        amount = to_cents(row.amount * share)
        yield replace(row, amount=amount, unit=unit, modifiers=row.modifiers | {modifier})


def _is_capped_rental(fee: Fee) -> bool:
    first, last = POWER_WHEELCHAIRS
    return fee.category == "CR" and "RR" in fee.modifiers and not first <= fee.code <= last


def _caution(amounts: Amounts, home: Home) -> str:
    urban, rural = amounts
    if home.is_rural is None and urban is not None and rural not in (None, urban):
        return f"in a rural ZIP code it is {dollars(rural)}: give the ZIP code of the patient's home"
    return ""


def _why_none(fee: Fee, home: Home) -> tuple[str, str]:
    """Why a state has no amount, and the kind of refusal that it is."""
    if fee.range is None:
        return "The DMEPOS fee schedule lists this item without an amount: the MAC sets one.", ""
    if not home.state:
        why = f"DMEPOS fees go by state: {_span(fee)} for {fee.unit}. Choose a ZIP code."
        return why, "needs_locality"
    if home.state in fee.amounts:
        return "The DMEPOS fee schedule has an amount for this in rural ZIP codes only.", "not_here"
    return f"The DMEPOS fee schedule has no amounts for {home.state}: the MAC sets them.", ""


def _span(fee: Fee) -> str:
    low, high = fee.range or (Decimal(0), Decimal(0))
    return dollars(low) if low == high else f"{dollars(low)} to {dollars(high)}"


def _had(fee: Fee, home: Home) -> str:
    if fee.range is None:
        return "left it to the MAC"
    amount = home.allowed(fee.at(home))
    if amount is None or not home.state:
        return f"{_span(fee)} for {fee.unit}"
    return f"{dollars(amount)} for {fee.unit} in {home.state}{' (rural)' if home.is_rural else ''}"
