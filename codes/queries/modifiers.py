"""What the loaded files say of a modifier: the codes that take it, and an example with its amounts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import CodeText, FeeScheduleRow
from codes.models.release import Source
from codes.ncci.anatomy import BOTH_SIDES_PAID, site_modifiers
from codes.ncci.families import is_laboratory
from codes.pricing.code_sets import code_set
from codes.queries.code import PRICING_FIELDS, load_code
from codes.queries.names import names_of
from codes.queries.price_query import PriceQuery
from codes.queries.price_result import PriceResult, price_code
from codes.queries.priced_rows import waived_tests
from codes.queries.releases import Calendar

Row = pricing.FeeScheduleRow
MOST_EXAMPLES = 8
PAYABLE = frozenset("ARTCJX")
SURGICAL = frozenset({"000", "010", "090"})
WITH_AFTERCARE = frozenset({"010", "090"})
OPERATIONS = code_set("10004-69990 92920-92998")
OPERATIVE = frozenset({"53", "54", "55", "56", "62", "66", "80", "81", "82", "AS"})


@dataclass(frozen=True, slots=True)
class Takers:
    """How many payable codes take a modifier, and some that are billed often, each with its name."""

    count: int
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A line without the modifier and with it; `billed` is the line as it stands in an address."""

    code: str
    name: str
    billed: tuple[str, ...]
    place_of_service: str
    without: PriceResult
    carrying: PriceResult

    @property
    def rows(self) -> list[tuple[str, PriceResult]]:
        """Both lines as a claim writes them, each with its price."""
        return [
            ("-".join((self.code, *found.query.modifiers)), found) for found in (self.without, self.carrying)
        ]

    @property
    def parameters(self) -> str:
        """The line with the modifier as the address of the code's page has it."""
        query = self.carrying.query
        fields = {"mod": ",".join(self.billed), "pos": self.place_of_service}
        fields |= {"minutes": str(query.minutes)} if query.minutes else {}
        return urlencode(fields | ({"days": str(query.care_days)} if query.care_days else {}))


@dataclass(frozen=True, slots=True)
class Billed:
    """How an example is billed: the code, further modifiers of the line, and where."""

    code: str
    place_of_service: str = "11"
    besides: tuple[str, ...] = ()
    minutes: int | None = None
    days: int | None = None
    plain: tuple[str, ...] = ()


_CHEST_X_RAY, _KNEE = Billed("71046"), Billed("27447", "21")
_ANESTHESIA = Billed("00142", "22", minutes=45, plain=("AA",))
EXAMPLES: Mapping[str, Billed] = {
    **dict.fromkeys(("26", "TC", "FX", "FY"), _CHEST_X_RAY),
    **dict.fromkeys(("54", "78", "80", "81", "82", "AS", "58", "79"), _KNEE),
    **dict.fromkeys(("AD", "QK", "QX", "QY", "QZ"), _ANESTHESIA),
    **dict.fromkeys(("24", "25", "57", "95", "GC"), Billed("99214")),
    **dict.fromkeys(("59", "XE", "XS", "XP", "XU"), Billed("45380", "24")),
    **dict.fromkeys(("LT", "RT", "50"), Billed("20610")),
    "53": Billed("45378", "24"),
    "55": Billed("27447", "21", days=90),
    "62": Billed("22551", "21"),
    "CT": Billed("70450"),
    "CQ": Billed("97110", besides=("GP",), plain=("GP",)),
    "CO": Billed("97530", besides=("GO",), plain=("GO",)),
    "KX": Billed("97110", besides=("GP",), plain=("GP",)),
    "PT": Billed("45385", "24"),
    "33": Billed("99497"),
}


def takers(calendar: Calendar, modifier: str, at: date) -> Takers | None:
    """The codes in force on `at` that take a modifier; None where no indicator, range or list of CMS decides it."""
    codes = _takers(calendar, at).get(modifier)
    if codes is None:
        return None
    often = _billed_often()
    chosen = sorted(codes, key=lambda code: (often.get(code, 9), code))[:MOST_EXAMPLES]
    names = names_of(calendar, chosen, at)
    return Takers(len(codes), tuple((code, names.get(code, "")) for code in sorted(chosen)))


def example(calendar: Calendar, modifier: str, at: date) -> Example | None:
    """A line with and without a modifier, priced nationally; None for a modifier without an example or without prices
    on `at`."""
    billed = EXAMPLES.get(modifier)
    if billed is None:
        return None
    found = load_code(calendar, billed.code, at)
    without = price_code(calendar, found, _query(billed, billed.plain, at))
    modifiers = (modifier, *billed.besides)
    carrying = price_code(calendar, found, _query(billed, modifiers, at))
    if without.price is None or carrying.price is None:
        return None
    return Example(billed.code, found.name, modifiers, billed.place_of_service, without, carrying)


def _query(billed: Billed, modifiers: tuple[str, ...], at: date) -> PriceQuery:
    return PriceQuery(
        date_of_service=at,
        place_of_service=billed.place_of_service,
        modifiers=modifiers,
        minutes=billed.minutes,
        care_days=billed.days if "55" in modifiers else None,
    )


@versioned_cache(2)
def _takers(calendar: Calendar, at: date) -> Mapping[str, tuple[str, ...]]:
    """The payable codes by modifier: one pass over the fee schedule in force, and the tests with a QW row."""
    release = calendar.in_force(Source.PPRRVU, at)
    stored = (
        FeeScheduleRow.objects.filter(release=release, modifier="", status__in=PAYABLE) if release else None
    )
    found: dict[str, list[str]] = {}
    for row in stored.order_by("code").values(*PRICING_FIELDS) if stored is not None else ():
        for modifier in _taken_by(pricing.FeeScheduleRow(**row)):
            found.setdefault(modifier, []).append(row["code"])
    found["QW"] = sorted(waived_tests(calendar, at) or ())
    return {modifier: tuple(codes) for modifier, codes in found.items() if codes}


def _taken_by(row: Row) -> Iterable[str]:
    yield from (
        each.modifier for each in pricing.applicable(row) if each.applies and _may_be(each.modifier, row)
    )
    yield from site_modifiers(row.code)
    yield from (modifier for modifier, takes in BY_RANGE.items() if takes(row))


def _may_be(modifier: str, row: Row) -> bool:
    """CMS gives visits and tests surgical indicators too; only an operation has assistants or parts, or is stopped."""
    return modifier not in OPERATIVE or (row.global_days in SURGICAL and row.code in OPERATIONS)


BY_RANGE: Mapping[str, Callable[[Row], bool]] = {
    "LT": lambda row: row.bilateral_surgery in BOTH_SIDES_PAID,
    "RT": lambda row: row.bilateral_surgery in BOTH_SIDES_PAID,
    "58": lambda row: row.global_days in WITH_AFTERCARE,
    "79": lambda row: row.global_days in WITH_AFTERCARE,
    "91": lambda row: row.status == "X" and is_laboratory(row.code),
}


@versioned_cache(1)
def _billed_often() -> Mapping[str, int]:
    """The band of the codes that are billed most, 1 for the most."""
    return dict(CodeText.objects.filter(band__lte=2).values_list("code", "band"))
