"""Text that looks as if it spoke of a patient: refused, with the kind of thing found and never the thing.

The patterns follow the identifiers of HIPAA's Safe Harbor (45 CFR 164.514(b)(2)) as far as they have a form:
numbers, addresses, dates. Names have none; a title before a word is all that can be recognized. What billing text
is full of, and what is nobody's, is taken out first: codes with their modifiers, diagnoses, adjustment
reasons, amounts of money.

Anybody may have long texts screened, so that each pattern reads its text once: what it repeats without a bound is
possessive or cannot begin again within itself (tests/ncci/test_patterns.py times them all).
"""

import re
import unicodedata
from collections.abc import Mapping

_LETTERS = "AC-HJKMNP-RT-Y"  # the letters of a Medicare beneficiary identifier: no S, L, O, I, B, Z
_MBI = rf"[{_LETTERS}][{_LETTERS}0-9]"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_NUMBERED = (
    "(?:mrn|acct|account|chart|claim|icn|dcn|tcn|ccn|ref|auth|policy|member|group|subscriber|check|eft)"
    r"\W{0,6}(?:(?:no|num|number|id)\W{0,3})?"
)
_STREETS = "st|street|ave|avenue|rd|road|blvd|dr|drive|ln|lane|ct|way|suite|apt"
_PEOPLE = "patient|pt|daughter|son|wife|husband|mother|father"
_NUMERIC_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_VERY_OLD = r"(?:9\d|1[0-2]\d)"

KINDS: Mapping[str, str] = {
    "ssn": "a Social Security number",
    "mbi": "a Medicare beneficiary number",
    "hicn": "an old Medicare claim number",
    "npi": "a provider number (NPI)",
    "phone": "a phone number",
    "email": "an email address",
    "url_ip": "a web or network address",
    "date": "a date",
    "birth": "a date of birth",
    "age": "an age over 89",
    "idnum": "a record, account or claim number",
    "digits": "a long number",
    "token": "a control number",
    "dea": "a DEA number",
    "ndc": "a drug package number (NDC)",
    "addr": "a street address",
    "zip": "a ZIP code",
    "name": "a name",
}
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "ssn": r"\b(?!000|666|9\d\d)\d{3}[- ]?(?!00)\d{2}[- ]?(?!0000)\d{4}\b",
        "mbi": rf"\b[1-9]{_MBI}\d[- ]?{_MBI}\d[- ]?[{_LETTERS}]{{2}}\d{{2}}\b",
        "hicn": r"\b\d{9}[A-Z]\d?\b",
        "npi": r"\b[12]\d{9}\b",
        "phone": r"(?:\+?1[ .-]?)?(?<!\d)\(?[2-9]\d{2}\)?[ .-]?[2-9]\d{2}[ .-]?\d{4}\b",
        "email": r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+",
        "url_ip": r"https?://\S+|\bwww\.\S+|\b(?:\d{1,3}\.){3}\d{1,3}\b",
        "date": rf"\b(?:{_NUMERIC_DATE})\b|\b(?:{_MONTHS})\.? {_DAY}\b"
        rf"|\b{_DAY}(?: of)?[ -](?:{_MONTHS})[ ,-]+\d{{2,4}}\b",
        "birth": r"\b(?:d\.?o\.?b|born|birth\w*)\b",
        "age": rf"\b{_VERY_OLD}[ -]?(?:yo|y/o|y\.o\.|(?:yrs?|years?)[ -]old)(?!\w)|\bage[d:]? *{_VERY_OLD}\b",
        "idnum": rf"\b{_NUMBERED}(?=[A-Z0-9-]{{0,40}}\d)[A-Z0-9-]{{5}}",
        "digits": r"\d{7,}",
        "token": r"(?<![A-Z0-9-])(?=(?:[A-Z-]*+\d){4})(?=[0-9-]*+[A-Z])[A-Z0-9-]{9,}\b",
        "dea": r"\b[A-Z]{2}\d{7}\b",
        "ndc": r"\b\d{4,5}-\d{3,4}-\d{1,2}\b",
        "addr": rf"\b\d{{1,6}} \w+ (?:{_STREETS})\b",
        "zip": r"\b\d{5}-\d{4}\b|\bzip\b",
        "name": r"\b(?:mrs?|ms|miss|dr)\b\.? +[a-z]{3,}|\bname\b[ :]+[a-z]{2,}"
        rf"|\b(?:{_PEOPLE})\b(?: +(?!resp|pa[iy]|amount|balance|liab|share)(?-i:[A-Z][a-z]+)|: *[a-z]{{2,}})",
    }.items()
}

_CODE = r"[A-Z0-9]\d{3}[A-Z0-9]"
_MODIFIER = r"(?:[A-Z][A-Z0-9]|[2-9]\d|\dP)"
_UNITS = rf"[ -]?X ?\d{{1,5}}(?:-{_MODIFIER}(?![A-Z0-9./]))*"
_MODIFIERS = rf"(?:[ ,:-]{{1,2}}{_MODIFIER}(?:(?![A-Z0-9./])|(?=X\d)))*(?:{_UNITS})?"
_AMOUNT = r"\$?\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\$?\d{1,6}\.\d\d|\$\d{1,6}"
_HARMLESS = re.compile(
    rf"(?<![\w./-])(?:{_CODE}{_MODIFIERS}(?![\w./]|-\w)"
    r"|(?:[A-Z]\d[A-Z0-9](?:\.[A-Z0-9]{1,4})?|[A-Z]{2}\d\.[A-Z0-9]{1,4})(?![\w-])"  # a diagnosis
    r"|(?:CO|PR|OA|PI|CR)-?[AB]?\d{1,3}(?![\w-])"  # an adjustment reason
    rf"|(?:{_AMOUNT})(?![\w.-]))",
    re.IGNORECASE,
)
# A date of service is of 2010 or later; an older date beside a code is more likely a birth.
_DATE_OF_SERVICE = re.compile(
    r"(?<![\w./-])(?:\d{1,2}[/.-]\d{1,2}[/.-](?:20[1-9]\d|[1-3]\d)|20[1-9]\d[/.-]\d{1,2}[/.-]\d{1,2})(?![\w./-])"
)
_CODE_ON_LINE = re.compile(rf"(?<![\w./-]){_CODE}(?![\w./])", re.IGNORECASE)
_INVISIBLE = {"Cf", "Mn"}


class _Plain(dict[int, int | str]):
    """What stands for a character: it is asked once for each that is no look-alike, for ASCII once a text."""

    def __missing__(self, number: int) -> str:
        return _plain(chr(number))


_PLAIN = _Plain(
    str.maketrans("АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYX")
)


def normalise(text: str) -> str:
    """Text in which look-alikes are one: compatibility forms, letters of other scripts, all dashes, all blanks, nothing
    invisible."""
    return unicodedata.normalize("NFKC", text).translate(_PLAIN)


def is_longer(text: str, most: int) -> bool:
    """Whether a text has more characters than `most`, as given or in its compatibility forms: one character may
    stand for eighteen.

    >>> is_longer("\ufdfa", 17)
    True
    """
    return len(text) > most or len(unicodedata.normalize("NFKC", text)) > most


def personal_kinds(text: str) -> tuple[str, ...]:
    """The kinds of identifying things that a text seems to hold, as keys of KINDS; empty for none.

    >>> personal_kinds("97110-GP denied CO-97, $123.45")
    ()
    >>> personal_kinds("call 555-234-5678")
    ('phone',)
    """
    return _found(_HARMLESS.sub("¤", normalise(text)))


def personal_kinds_in_claim(text: str) -> tuple[str, ...]:
    """The same for lines copied from a claim or remittance, where a recent date beside a code is the date of
    service: it is not a finding there, unless the line speaks of a birth."""
    lines = (_without_dates_of_service(line) for line in normalise(text).splitlines())
    return _found("\n".join(_HARMLESS.sub("¤", line) for line in lines))


def _found(text: str) -> tuple[str, ...]:
    return tuple(kind for kind, pattern in _PATTERNS.items() if pattern.search(text))


def _without_dates_of_service(line: str) -> str:
    if _PATTERNS["birth"].search(line) or not _CODE_ON_LINE.search(line):
        return line
    return _DATE_OF_SERVICE.sub("¤", line)


def _plain(char: str) -> str:
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if unicodedata.category(char) == "Pd" or char == "−":
        return "-"
    return " " if char.isspace() and char not in "\n\r\t" else char
