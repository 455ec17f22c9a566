"""From CMS's landing pages to the links of the newest files."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from codes.fetching.targets import Target

# The pages between CMS's list and its files go back for years; the newest stand for all that can still come.
MOST_PAGES_FOLLOWED = 3
GATES = ("/license/ama", "/apps/ama/license.asp")
MONTHS = {"january": 1, "april": 4, "july": 7, "october": 10}

ReadPage = Callable[[str], str]


class NothingFound(Exception):
    """A landing page has no link of the shape that is known: CMS has changed it, and a person must look."""


@dataclass(frozen=True, slots=True)
class Link:
    """A file to get: where it is, from which quarter it is, and whether CMS puts the AMA's licence before it."""

    target: Target
    address: str
    quarter: tuple[int, int]
    gated: bool

    @property
    def file_name(self) -> str:
        """The name to keep it under: CMS's own, with nothing in it but letters, digits, dots and dashes."""
        path = unquote(urlsplit(self.address).path).rpartition("/zip/")[2].lstrip("/")
        return re.sub(r"[^\w.-]", "-", path.replace("/", "-")).lstrip(".-")

    @property
    def period(self) -> str:
        """ "2026 Q4"."""
        return f"{self.quarter[0]} Q{self.quarter[1]}"


def newest(target: Target, base: str, read_page: ReadPage, today: date) -> list[Link]:
    """The files of `target` for this quarter and later ones; the newest earlier ones where there are none yet.

    `read_page` returns the HTML of an address. Raises NothingFound.
    """
    pages = [urljoin(base, target.page)]
    found = list(_files(target, pages[0], read_page(pages[0])))
    if target.follow:
        found += _on_following_pages(target, pages[0], read_page)
    if not found:
        raise NothingFound(f"{pages[0]} has no link that looks like {target.name}: has CMS changed the page?")
    unique = {link.address: link for link in found}
    current = (today.year, (today.month + 2) // 3)
    last = max(link.quarter for link in unique.values())
    wanted = [link for link in unique.values() if link.quarter >= min(current, last)]
    return sorted(_without_former_revisions(wanted), key=lambda link: (link.quarter, link.address))


def _on_following_pages(target: Target, page: str, read_page: ReadPage) -> Iterator[Link]:
    dated = {}
    for address in addresses(page, read_page(page)):
        found = target.follow.search(_comparable(address)) if target.follow else None
        if found:
            dated[address] = quarter_of(found)
    for address in sorted(dated, key=lambda each: dated[each], reverse=True)[:MOST_PAGES_FOLLOWED]:
        yield from _files(target, address, read_page(address))


def _files(target: Target, page: str, html: str) -> Iterator[Link]:
    for address in addresses(page, html):
        behind = behind_gate(address)
        found = target.find.search(_comparable(behind))
        if found:
            yield Link(target, behind, quarter_of(found), gated=behind != address)


def _without_former_revisions(links: Iterable[Link]) -> Iterator[Link]:
    """One link a quarter and part, the one that was revised last: rvu26c.zip gives way to its updated one."""
    latest: dict[tuple[tuple[int, int], str], Link] = {}
    for link in links:
        key = (link.quarter, _part(link))
        former = latest.get(key)
        if former is None or _revision(former.address) < _revision(link.address):
            latest[key] = link
    yield from latest.values()


def _part(link: Link) -> str:
    """What tells the files of one quarter apart: f1 to f4, or the kind of unit limits."""
    if link.target.parts == 1:
        return ""
    name = link.file_name.lower()
    return re.sub(r"-v\d+r\d+|-?20\d\d-?q\d", "", name)


def _revision(address: str) -> tuple[date, bool, str]:
    found = re.search(r"(\d\d)[-/](\d\d)[-/](20\d\d)\.zip", address)
    try:
        day = date(int(found[3]), int(found[1]), int(found[2])) if found else date.min
    except ValueError:
        day = date.min
    return day, bool(re.search(r"/rvu\d\d[a-d]r", address.lower())), address


def quarter_of(found: re.Match[str]) -> tuple[int, int]:
    """The year and quarter that the groups of a match tell."""
    parts = found.groupdict()
    year = int(parts["year"]) % 100 + 2000
    if letter := parts.get("letter"):
        return year, "abcd".index(letter) + 1
    if quarter := parts.get("quarter"):
        return year, int(quarter)
    month = parts["month"]
    return year, ((MONTHS.get(month) or int(month)) + 2) // 3


def behind_gate(address: str) -> str:
    """The file that a licence page leads to; the address itself where it is no licence page."""
    parts = urlsplit(address)
    if parts.path.lower() not in GATES:
        return address
    return urljoin(address, next(iter(parse_qs(parts.query).get("file", [])), "")) or address


def addresses(page: str, html: str) -> list[str]:
    """Every link of a page, made whole, each once and in order."""
    reader = _Links()
    reader.feed(html)
    return list(dict.fromkeys(urljoin(page, link.strip()) for link in reader.found))


def _comparable(address: str) -> str:
    return unquote(urlsplit(address).path).lower()


class _Links(HTMLParser):
    """Collects the `href` of every `a`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]
