"""What changed in the list of codes of a mail: amounts, edits, unit limits, codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from codes.formatting import day, dollars
from codes.links import absolute
from codes.queries.code_list import CodeList, ListedCode, code_list
from codes.queries.price_query import PriceQuery
from codes.queries.releases import calendar

MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class ListNews:
    """Lines of text, at most MOST_LINES, how many more there are, and the page of the list."""

    lines: tuple[str, ...]
    more: int
    page: str


def list_news(codes: Sequence[str], today: date) -> ListNews:
    """What the newest releases changed in these codes, in national amounts, each code in its usual place."""
    found = code_list(calendar(), codes, PriceQuery(date_of_service=today, place_of_service=""))
    lines = tuple(_lines(found))
    address = f"{reverse('codes:list')}?{urlencode({'codes': ','.join(codes)}, safe=',')}"
    return ListNews(lines[:MOST_LINES], max(len(lines) - MOST_LINES, 0), absolute(address))


def _lines(found: CodeList) -> Iterator[str]:
    for code in found.unknown:
        yield f"{code}: in none of the files for this date"
    for each in found.codes:
        if each.deleted:
            yield f"{each.code}: {each.why_not}"
    for each in found.changed:
        yield _in_dollars(each)
    for part in found.other_changes:
        release = part.comparison.release
        for change in part.changes:
            yield f"{change.change.code}: {change.sentence} ({release.name}, from {day(release.effective_from)})"


def _in_dollars(each: ListedCode) -> str:
    """ "99213: $88.95 to $95.19"; both amounts are there where the change is."""
    assert each.before is not None
    assert each.allowed is not None
    return f"{each.code}: {dollars(each.before)} to {dollars(each.allowed)}"
