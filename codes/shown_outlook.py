"""The outlook of a code page with its links: to the Claim Desk, the add-on codes, the modifiers."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from codes.code_request import CodeRequest
from codes.links import claim_desk_address, code_address, modifier_address
from codes.ncci import LineStatus
from codes.pricing.modifier_list import is_listed
from codes.queries.outlook import OutlookLine, Tag, will_it_be_paid
from codes.queries.price_query import PriceQuery

AS_TYPED: Mapping[LineStatus, str] = {
    LineStatus.PAID: "as typed, alone on the claim.",
    LineStatus.AT_RISK: "as typed, alone on the claim.",
    LineStatus.NOT_CHECKED: "not denied as typed, as far as could be checked.",
}


class ShownLine(NamedTuple):
    """A line of the outlook as a page shows it; `link` is an address of this site or ''."""

    tag: str
    sentence: str
    link: str

    @property
    def link_words(self) -> str:
        """What the link leads to: the claim to check, the primary codes, or the modifier."""
        if "lines=" in self.link:
            return "Check it"
        return "Primary codes" if "/add-ons/" in self.link else f"About {self.link.rstrip('/')[-2:]}"


class ShownOutlook(NamedTuple):
    """Will it be paid? `is_unpaid` where the line as typed is denied or returned."""

    status: LineStatus
    status_words: str
    reason: str
    fix: str
    lines: tuple[ShownLine, ...]

    @property
    def is_unpaid(self) -> bool:
        return self.status in (LineStatus.DENIED, LineStatus.RETURNED)

    @property
    def as_typed(self) -> str:
        """What follows the status; '' where the lines below say it, or the answer above."""
        return AS_TYPED.get(self.status, "")

    @property
    def below_the_answer(self) -> tuple[ShownLine, ...]:
        """The lines without what the answer says itself of a line that is not paid."""
        return tuple(line for line in self.lines if line.tag != Tag.AS_TYPED or not self.is_unpaid)

    @property
    def fixed(self) -> str:
        """The address of the Claim Desk with the line as mended, '' where nothing of it can be."""
        return next((line.link for line in self.lines if line.tag == Tag.AS_TYPED), "")

    @property
    def modifier_rules(self) -> tuple[ShownLine, ...]:
        """What the code needs, is never billed with, and is carried by."""
        return tuple(line for line in self.lines if line.tag in (Tag.NEEDS, Tag.NEVER_WITH, Tag.CARRIED_BY))


def outlook_of(found: CodeRequest) -> ShownOutlook | None:
    """The outlook of the code as asked; None for an invalid query and where no fee schedule knows the code."""
    outlook = will_it_be_paid(found.calendar, found.result) if found.result else None
    if outlook is None or found.result is None:
        return None
    lines = tuple(_shown(outlook.lines, found.record.code, found.result.query))
    return ShownOutlook(outlook.status, outlook.status_words, outlook.reason, outlook.fix, lines)


def _shown(lines: tuple[OutlookLine, ...], code: str, query: PriceQuery) -> Iterator[ShownLine]:
    for line in lines:
        yield ShownLine(line.tag.value, line.sentence, _link(line, code, query))


def _link(line: OutlookLine, code: str, query: PriceQuery) -> str:
    if line.claim:
        return claim_desk_address(line.claim, query)
    if line.subject == "add-ons":
        return code_address(code, "_add_ons")
    return modifier_address(line.subject) if is_listed(line.subject) else ""
