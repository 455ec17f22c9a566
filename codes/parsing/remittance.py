"""The service lines of an electronic remittance (X12 835), and nothing of the people on it.

A file is segments of elements: `SVC*HC:20610:RT*150*54.2**1~`. The envelope (ISA) says which characters part elements,
components and segments; where it is missing they are read off the first line. Read are:

    CLP   02 claim status (22 takes back), 08 place of service        AMT   B6: the allowed amount of a line
    SVC   01 code and modifiers, 02 charge, 03 paid, 05 units         LQ    HE: a remark code
    CAS   01 group, then reason, amount and units, up to six times    REF   6R: the number of the line
    DTM   472, 150, 232: the date of service                          PLB   03 reason and 04 amount, six times

Everything else is passed over unread: names, identifiers, addresses, dates of birth, and of the segments above all
other elements. What is read must have the form of what it should be, and errors name a segment and never what stands
in it, so that no word of a person can leave this module.

Text is read segment by segment: nothing is kept but the lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

MOST_CHARACTERS = 5_000_000
MOST_LINES = 2_000
MOST_ERRORS = 20
EARLIEST = 2010
LONGEST_SEGMENT = 2_000
TAKEN_BACK = "22"
LINE_DATES = ("472", "150")
CLAIM_DATE = "232"

_FIRST = re.compile(r"(?:^|[~\n\r])[ \t]{0,8}(?:CLP|SVC|CAS)([^A-Za-z0-9\s~])", re.IGNORECASE)
_COMPONENT = r"SVC{0}[A-Z0-9]{{2}}([^A-Za-z0-9\s{0}])"
_AMOUNT = re.compile(r"-?(?:\d{1,9}(?:\.\d{0,2})?|\.\d{1,2})", re.ASCII)
_COUNT = re.compile(r"-?\d{1,5}(?:\.0{1,3})?", re.ASCII)
_CODE = re.compile(r"[A-Z0-9]\d{3}[A-Z0-9]", re.ASCII)
_MODIFIER = re.compile(r"[A-Z0-9]{2}", re.ASCII)
_GROUP = re.compile(r"CO|PR|OA|PI|CR", re.ASCII)
_REASON = re.compile(r"[A-Z]?\d{1,3}", re.ASCII)
_REMARK = re.compile(r"(?:MA|M|N)\d{1,4}", re.ASCII)
_STATUS = re.compile(r"\d{1,2}", re.ASCII)
_PLACE = re.compile(r"\d{2}", re.ASCII)
_LINE_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_PROVIDER_REASON = re.compile(r"[A-Z0-9]{2}", re.ASCII)


class Adjustment(NamedTuple):
    """What was taken off: group and reason as in "CO", "45", and dollars."""

    group: str
    reason: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service of a remittance. `claim` counts the claims from 1; money is dollars for the whole line.

    `allowed` is what the payer says that it allowed, None where it does not say. `code` is '' for what is no CPT or
    HCPCS code.
    """

    number: int
    claim: int
    code: str
    modifiers: tuple[str, ...]
    charge: Decimal
    paid: Decimal
    units: int
    place_of_service: str = ""
    is_taken_back: bool = False
    line_number: str = ""
    date_of_service: date | None = None
    allowed: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remittance:
    """The lines of one paste in their order; adjustments of whole claims; of the provider, by reason; what could not be
    read, in words."""

    lines: tuple[ServiceLine, ...] = ()
    of_claims: tuple[Adjustment, ...] = ()
    of_provider: tuple[Adjustment, ...] = ()
    claims: int = 0
    errors: tuple[str, ...] = ()


class Separators(NamedTuple):
    """What parts elements, the components of an element, and segments."""

    element: str
    component: str
    segment: str


class Unreadable(Exception):
    """A segment that has not the form it should have, in words."""


@dataclass(slots=True)
class _Reader:
    """What has been read so far."""

    separators: Separators
    lines: list[ServiceLine] = field(default_factory=list)
    of_claims: list[Adjustment] = field(default_factory=list)
    of_provider: list[Adjustment] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    claims: int = 0
    status: str = ""
    place_of_service: str = ""
    claim_date: date | None = None
    is_in_line: bool = False
    is_lost: bool = False  # the line under which the next segments stand could not be read
    under_way: dict[str, Any] = field(default_factory=dict)

    def read(self, segment: str) -> None:
        """Read one segment, or pass it over."""
        reader = _READERS.get(segment[:3].rstrip(self.separators.element).upper())
        if reader is not None:
            elements = [each.strip() for each in segment.upper().split(self.separators.element)]
            reader(self, elements + [""] * 10)

    def claim(self, elements: Sequence[str]) -> None:
        self.end_line()
        self.claims += 1
        self.is_in_line = self.is_lost = False
        self.claim_date = None
        self.status = elements[2] if _STATUS.fullmatch(elements[2]) else ""
        self.place_of_service = elements[8] if _PLACE.fullmatch(elements[8]) else ""

    def service(self, elements: Sequence[str]) -> None:
        self.end_line()
        self.is_in_line, self.is_lost = False, True
        if len(self.lines) >= MOST_LINES:
            raise Unreadable("too many")
        code, modifiers = _procedure(elements[1], self.separators.component)
        charge, paid = (
            _amount(elements[2], "SVC02, the charge"),
            _amount(elements[3] or "0", "SVC03, the payment"),
        )
        self.add(
            number=len(self.lines) + 1,
            claim=self.claims,
            code=code,
            modifiers=modifiers,
            charge=charge,
            paid=paid,
            units=_units(elements[5]),
            place_of_service=self.place_of_service,
            is_taken_back=self.status == TAKEN_BACK or charge < 0,
            date_of_service=self.claim_date,
        )
        self.is_in_line, self.is_lost = True, False

    def add(self, **values: Any) -> None:
        """Put what a segment says of the line that it stands under onto that line."""
        self.under_way |= values

    def end_line(self) -> None:
        """Keep the line that has been read, if one is under way."""
        if self.under_way:
            self.lines.append(ServiceLine(**self.under_way))
            self.under_way = {}

    def adjust(self, elements: Sequence[str]) -> None:
        if not _GROUP.fullmatch(elements[1].upper()):
            raise Unreadable("CAS01: expected a group code, CO, PR, OA or PI")
        found = tuple(_adjustments(elements))
        if self.is_in_line:
            self.add(adjustments=self.under_way.get("adjustments", ()) + found)
        elif not self.is_lost:
            self.of_claims += found

    def date(self, elements: Sequence[str]) -> None:
        if elements[1] in LINE_DATES and self.is_in_line:
            self.add(date_of_service=_day(elements[2]))
        elif elements[1] == CLAIM_DATE and not self.is_in_line:
            self.claim_date = _day(elements[2])

    def allow(self, elements: Sequence[str]) -> None:
        if elements[1] == "B6" and self.is_in_line:
            self.add(allowed=_amount(elements[2], "AMT02, the allowed amount"))

    def refer(self, elements: Sequence[str]) -> None:
        if elements[1] == "6R" and self.is_in_line and _LINE_NUMBER.fullmatch(elements[2]):
            self.add(line_number=elements[2])

    def remark(self, elements: Sequence[str]) -> None:
        if elements[1] == "HE" and self.is_in_line and _REMARK.fullmatch(elements[2].upper()):
            self.add(remarks=(*self.under_way.get("remarks", ()), elements[2].upper()))

    def adjust_provider(self, elements: Sequence[str]) -> None:
        self.end_line()
        self.is_in_line = False
        for at in range(3, 15, 2):
            reason = elements[at : at + 1][:1]
            code = reason[0].split(self.separators.component)[0].upper() if reason else ""
            if _PROVIDER_REASON.fullmatch(code):
                amount = _amount((*elements, "", "")[at + 1], "PLB, an amount")
                self.of_provider.append(Adjustment("PLB", code, amount))


_READERS = {
    "CLP": _Reader.claim,
    "SVC": _Reader.service,
    "CAS": _Reader.adjust,
    "DTM": _Reader.date,
    "AMT": _Reader.allow,
    "REF": _Reader.refer,
    "LQ": _Reader.remark,
    "PLB": _Reader.adjust_provider,
}


def parse_remittance(text: str) -> Remittance:
    """The service lines of a remittance; never raises.

    >>> found = parse_remittance("SVC*HC:20610:RT*150*54.2**1~CAS*CO*45*81.19~CAS*PR*2*13.55~")
    >>> found.lines[0].code, found.lines[0].modifiers, found.lines[0].paid
    ('20610', ('RT',), Decimal('54.2'))
    >>> found.lines[0].adjustments[1]
    Adjustment(group='PR', reason='2', amount=Decimal('13.55'))
    """
    if len(text) > MOST_CHARACTERS:
        return Remittance(
            errors=(f"The file is longer than {MOST_CHARACTERS:,} characters. Send a part of it.",)
        )
    text = text.lstrip("\ufeff \t\r\n")
    try:
        reader = _Reader(find_separators(text))
    except Unreadable as error:
        return Remittance(errors=(str(error),))
    for number, segment in enumerate(_segments(text, reader.separators.segment), 1):
        try:
            reader.read(segment)
        except Unreadable as error:
            if str(error) == "too many":
                words = (
                    f"More than {MOST_LINES:,} service lines. Send the file in parts of whole claims, each from one "
                    "CLP segment up to another. With JavaScript this page does so itself."
                )
                return Remittance(errors=(words,))
            if len(reader.errors) < MOST_ERRORS:
                reader.errors.append(f"Segment {number}, {error}.")
    return _finished(reader)


def _finished(reader: _Reader) -> Remittance:
    reader.end_line()
    errors = reader.errors
    if not reader.lines and not errors:
        errors = ["No service line (SVC) was found. Claims that are paid as a whole have none."]
    return Remittance(
        lines=tuple(reader.lines),
        of_claims=tuple(reader.of_claims),
        of_provider=tuple(reader.of_provider),
        claims=reader.claims,
        errors=tuple(errors),
    )


def find_separators(text: str) -> Separators:
    """The separators that the envelope names, or that the first line shows. Raises Unreadable where there is neither.

    >>> find_separators("SVC|HC^99213|100|60\\nCAS|CO|45|20")
    Separators(element='|', component='^', segment='\\n')
    """
    start = text[:200].upper().find("ISA")
    if start >= 0 and not text[:start].strip("\ufeff \t\r\n"):
        return _of_envelope(text[start : start + 400])
    first = _FIRST.search(text)
    if first is None:
        raise Unreadable(_not_a_remittance(text))
    element = first[1]
    component = re.search(_COMPONENT.format(re.escape(element)), text, re.IGNORECASE)
    segment = next((each for each in "~\n" if each in text), "\r")
    return Separators(element, component[1] if component else ":", segment)


def _of_envelope(header: str) -> Separators:
    """ISA has sixteen elements; the last is one character, which parts components, and the next ends the segment."""
    element = header[3:4]
    parts = header.split(element, 16) if element and not element.isalnum() else []
    if len(parts) < 17 or len(parts[16]) < 2:
        raise Unreadable("The envelope (ISA) is damaged. Leave it out: paste from the first CLP or SVC on.")
    component, segment = parts[16][0], parts[16][1]
    if segment.isalnum() or segment == " " or component == element:
        raise Unreadable("The envelope (ISA) is damaged. Leave it out: paste from the first CLP or SVC on.")
    return Separators(element, component, "\n" if parts[16][1:3] == "\r\n" else segment)


def _not_a_remittance(text: str) -> str:
    if re.search(r"(?:^|[~\n\r])\s{0,8}SV1[^A-Za-z0-9\s]", text, re.IGNORECASE):
        return "This is a claim file (837), not a remittance. Its Claim Desk is at /claim/."
    return "This is no remittance file (835): there is no SVC segment like SVC*HC:20610*150*54.20**1."


def _segments(text: str, end: str) -> Iterator[str]:
    """The segments without the line breaks around them; one at a time. An overlong one is passed over, empty."""
    begin = 0
    while begin < len(text):
        found = text.find(end, begin)
        stop = len(text) if found < 0 else found
        yield text[begin:stop].strip() if stop - begin <= LONGEST_SEGMENT else ""
        begin = stop + 1


def _procedure(composite: str, component: str) -> tuple[str, tuple[str, ...]]:
    """Code and modifiers of SVC01; empty for what is no CPT or HCPCS code, such as a revenue code or a drug package."""
    qualifier, *parts = [part.strip().upper() for part in composite.split(component)]
    code = parts[0] if parts else ""
    if qualifier != "HC" or not _CODE.fullmatch(code):
        return "", ()
    return code, tuple(part for part in parts[1:5] if _MODIFIER.fullmatch(part))


def _amount(text: str, what: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise Unreadable(f"{what}: expected an amount like 150.00")
    return Decimal(text)


def _units(text: str) -> int:
    """The units paid; 1 where none are given, as the standard has it."""
    if not text:
        return 1
    if not _COUNT.fullmatch(text):
        raise Unreadable("SVC05, the units: expected a whole number")
    return max(1, abs(int(Decimal(text))))


def _adjustments(elements: Sequence[str]) -> Iterator[Adjustment]:
    """Reason, amount and quantity, up to six times."""
    group = elements[1].upper()
    for at in range(2, 20, 3):
        reason = elements[at].upper().lstrip("0") if at < len(elements) else ""
        if not reason:
            return
        if not _REASON.fullmatch(reason):
            raise Unreadable(f"CAS{at:02}: expected a reason like 45")
        yield Adjustment(group, reason, _amount(elements[at + 1], f"CAS{at + 1:02}, an amount"))


def _day(text: str) -> date:
    """A date of service. One before 2010 is more likely a birth."""
    try:
        found = datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        found = date.min
    if found.year < EARLIEST:
        raise Unreadable("DTM02, the date of service: expected eight digits like 20260803")
    return found
