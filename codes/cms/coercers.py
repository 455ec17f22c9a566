"""Text from CMS becomes a number, a date, a code or a word of a closed vocabulary here, and only here.

A coercer takes stripped text and returns the value, or raises ValueError with a reason that reads on from
the quoted value: `"ZZ9" is not one of 000, 010, 090`. Money and relative values are Decimal; codes,
localities and indicators stay text, because their zeros matter.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_CODE = re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]|[A-Z]XXX\d", re.ASCII)
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_SPREADSHEET = (
    "it looks as if a spreadsheet program has saved this file and dropped leading zeros; "
    "load the file as CMS publishes it"
)


def text(value: str) -> str:
    """Text as it stands, with runs of blanks made one."""
    return " ".join(value.split())


def filled(value: str) -> str:
    """Text that may not be missing."""
    if not value:
        raise ValueError("is blank")
    return text(value)


def name_without_stars(value: str) -> str:
    """A name without the stars that refer to footnotes: `MONTANA**` is MONTANA."""
    return text(value).rstrip("* ")


def state(value: str) -> str:
    """The two letters of a state or territory."""
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise ValueError("is not a state of two letters")
    return value


def number(value: str) -> Decimal:
    """A plain decimal number: no exponent, no thousands separator, no currency sign."""
    if not _NUMBER.fullmatch(value):
        raise ValueError("is not a number")
    return Decimal(value)


def amount(value: str) -> Decimal:
    """A number that cannot be negative: dollars, relative value units, factors."""
    result = number(value)
    if result < 0:
        raise ValueError("is less than zero")
    return result


def dollars_or_none(value: str) -> Decimal | None:
    """Dollars, with or without the sign and commas (`$1,518.92`, `1518.92`); None where nothing stands."""
    if not value:
        return None
    bare = value.removeprefix("$").strip()
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d*)?", bare, re.ASCII):
        bare = bare.replace(",", "")
    try:
        return amount(bare)
    except ValueError:
        raise ValueError("is not an amount in dollars") from None


def cents(value: str) -> Decimal:
    """Dollars from a whole number of cents: `1931` is 19.31."""
    return Decimal(whole_number(value)).scaleb(-2)


def between(low: str, high: str) -> Callable[[str], Decimal]:
    """A number in a range, both ends included."""
    lowest, highest = Decimal(low), Decimal(high)

    def coerce(value: str) -> Decimal:
        result = number(value)
        if not lowest <= result <= highest:
            raise ValueError(f"is not between {low} and {high}")
        return result

    return coerce


def whole_number(value: str) -> int:
    """A whole number of at least zero."""
    if not (value.isascii() and value.isdigit()):
        raise ValueError("is not a whole number")
    return int(value)


def year(value: str) -> int:
    """A year of this century."""
    if not re.fullmatch(r"20\d\d", value, re.ASCII):
        raise ValueError("is not a year of this century")
    return int(value)


def one_of(*vocabulary: str) -> Callable[[str], str]:
    """A word of a closed vocabulary, as CMS spells it."""
    known = frozenset(vocabulary)

    def coerce(value: str) -> str:
        if value in known:
            return value
        listed = ", ".join(word or "blank" for word in vocabulary)
        hint = f": {_SPREADSHEET}" if _lost_zeros(value, known) else ""
        raise ValueError(f"is not one of {listed}{hint}")

    return coerce


def mark(sign: str) -> Callable[[str], bool]:
    """True where the sign stands, False where nothing does."""

    def coerce(value: str) -> bool:
        if value not in ("", sign):
            raise ValueError(f"is neither {sign} nor blank")
        return value == sign

    return coerce


def code(value: str) -> str:
    """A CPT or HCPCS code: five characters, the three in the middle digits (00100, 0446T, G0105).

    CMS now and then leaves a placeholder of its rule-making among them: GXXX1.
    """
    if _CODE.fullmatch(value):
        return value
    hint = f": {_SPREADSHEET}" if re.fullmatch(r"\d{1,4}|\d{1,3}[A-Z]|\d(\.\d+)?E\+\d+", value) else ""
    raise ValueError(f"is not a five-character code{hint}")


def code_or_blank(value: str) -> str:
    return code(value) if value else ""


def modifier(value: str) -> str:
    """Two characters, or none."""
    if value and not _MODIFIER.fullmatch(value):
        raise ValueError("is not a modifier of two characters")
    return value


def filled_modifier(value: str) -> str:
    """Two characters, which may not be missing."""
    return modifier(filled(value))


def digits(count: int, name: str) -> Callable[[str], str]:
    """Text of exactly so many digits, leading zeros included."""

    def coerce(value: str) -> str:
        if len(value) == count and value.isascii() and value.isdigit():
            return value
        short = value.isascii() and value.isdigit() and len(value) < count
        raise ValueError(f"is not {name} of {count} digits" + (f": {_SPREADSHEET}" if short else ""))

    return coerce


status = one_of(*"ABCDEFGHIJLMNPQRSTX")
pctc = one_of(*"0123456789")
multiple_procedure = one_of(*"012345679")
mac = digits(5, "a contractor number")
locality = digits(2, "a locality number")
zip_code = digits(5, "a ZIP code")


def mac_without_zeros(value: str) -> str:
    """A contractor number in files whose zeros CMS itself has lost: `2102` is 02102."""
    return mac(value.zfill(5) if len(value) == 4 else value)


def locality_without_zeros(value: str) -> str:
    """A locality number in files whose zeros CMS itself has lost: `0` is 00."""
    return locality(value.zfill(2) if len(value) == 1 else value)


def date_from_digits(value: str) -> dt.date:
    """YYYYMMDD."""
    return _date(value, r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)", "YYYYMMDD")


def date_from_iso(value: str) -> dt.date:
    """YYYY-MM-DD."""
    return _date(value, r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", "YYYY-MM-DD")


def date_from_american(value: str) -> dt.date:
    """MM-DD-YYYY or MM/DD/YYYY."""
    return _date(value, r"(?P<month>\d\d)[-/](?P<day>\d\d)[-/](?P<year>\d{4})", "MM-DD-YYYY")


def date_from_day_of_year(value: str) -> dt.date:
    """YYYYDDD: `2025032` is February 1, 2025."""
    if not re.fullmatch(r"\d{7}", value):
        raise ValueError("is not a date of the form YYYYDDD")
    year, day = int(value[:4]), int(value[4:])
    try:
        result = dt.date(year, 1, 1) + dt.timedelta(days=day - 1)
    except (ValueError, OverflowError):
        raise ValueError("is not a day of the calendar") from None
    if result.year != year:
        raise ValueError("is not a day of the calendar")
    return result


def _date(value: str, pattern: str, form: str) -> dt.date:
    found = re.fullmatch(pattern, value, re.ASCII)
    if found is None:
        raise ValueError(f"is not a date of the form {form}")
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise ValueError("is not a day of the calendar") from None


def _lost_zeros(value: str, known: frozenset[str]) -> bool:
    return bool(value) and any(word != value and word.lstrip("0") == value.lstrip("0") for word in known)
